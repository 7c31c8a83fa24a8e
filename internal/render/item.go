package render

import (
	"html/template"

	"rapport/internal/advice"
	"rapport/internal/markdown"
)

// ItemView is an item of a checklist as layouts see it. A page has many, so what
// each of them shows is ready made.
type ItemView struct {
	Page              *PageView
	ID                string
	DOM               string // id of the box to tick
	Label             template.HTML
	Required, Checked bool
	Points            string // what it weighs, in words; empty where all items count alike
	Due               string // when it is due, in words; may be empty
	Help              []markdown.Block
	Notes             bool   // there is a box for notes
	Prompt            string // what that box asks for; may be empty
	Children          []*ItemView
}

// Items returns items of the page's checklist, ready for the partial item.html.
func (p *PageView) Items(items []advice.Item) []*ItemView {
	weighted := p.Checklist() != nil && p.Checklist().Score == "weighted"
	list := make([]*ItemView, len(items))
	for i, item := range items {
		list[i] = &ItemView{Page: p, ID: item.ID, DOM: item.DOM(), Label: p.HTML(item.Label), Required: item.Required, Checked: item.Checked,
			Help: item.Help, Notes: item.Notes, Prompt: item.Prompt, Children: p.Items(item.Children)}
		if weighted {
			list[i].Points = p.T("points", item.Weight)
		}
		if item.Due != nil {
			list[i].Due = p.Due(item.Due)
		}
	}
	return list
}

// Heading returns the heading of a section of the page's text, or "" for text
// before the first one: {{$.Heading .Heading}}.
func (p *PageView) Heading(h advice.Heading) template.HTML {
	if h.ID == "" {
		return ""
	}
	tag := "h3"
	if h.Level <= 2 {
		tag = "h2"
	}
	return safe("<"+tag+` id="`+esc(h.ID)+`">`) + p.HTML(h.Title) + safe("</"+tag+">\n")
}
