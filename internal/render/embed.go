package render

import (
	"bytes"
	"html/template"

	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/handout"
	"rapport/internal/site"
)

// embeddable are the types of pages that stand in a handout as a whole. Others
// are linked: guides lead to further pages, the rest is looked up.
var embeddable = map[string]bool{"article": true, "checklist": true, "assessment": true, "template": true, "questions": true}

// inside is a page that stands in the handout.
type inside struct {
	page   *site.Page
	id     string // of its place
	prefix string // of the ids in it
	down   int    // levels that its headings go down
	first  bool   // it stands here; else at an earlier step
}

// insides returns the pages that stand in the handout, by the id of the step.
func (p *PageView) insides() map[string]inside {
	h := p.Handout()
	if h == nil || !h.Embed {
		return nil
	}
	if p.within != nil {
		return p.within
	}
	p.within = map[string]inside{}
	seen := map[*site.Page]bool{}
	for _, session := range h.Sessions {
		down := 1
		if session.ID == "" {
			down = 0 // below the title of the handout itself
		}
		for _, s := range session.Steps() {
			ref, ok := p.resolve(s.Link)
			if !ok || ref.Page == nil || ref.Page.Index || !embeddable[ref.Page.Meta.Type] {
				continue
			}
			p.note(Meta, ref.Page.Path)
			p.note(Body, ref.Page.Path) // which says whether there is code in it
			p.within[s.ID] = inside{ref.Page, "page-" + ref.Page.Slug, "s" + itoa(s.Number) + "-", down, !seen[ref.Page]}
			seen[ref.Page] = true
		}
	}
	return p.within
}

// Embed returns the page that a step of a handout leads to, if it is to stand
// in the handout and has not stood there yet: {{.Embed .}} with the step.
func (p *PageView) Embed(s advice.Step) template.HTML {
	in, ok := p.insides()[s.ID]
	if !ok || !in.first {
		return ""
	}
	q := p.pageView(in.page)
	q.Embedded, q.record, q.prefix = true, p.RecordOf(s), in.prefix
	layout := layoutOf(in.page)
	p.note(Layout, layout)
	var b bytes.Buffer
	found := q.ready(layout).Execute(&b, q)
	if p.diags.Add(found); found.Errors() > 0 {
		return ""
	}
	var filled bytes.Buffer
	outer := p.insets
	p.fill(&filled, b.Bytes())
	p.unfit, p.insets = p.unfit || len(p.insets) > len(outer), outer
	html, err := handout.Embed(filled.Bytes(), in.id, in.prefix, in.down)
	if err != nil {
		p.diags.Error(diag.File(p.page.Path), "let the layout "+layout+" of the theme be an <article>", "%s cannot stand in the handout: %v", in.page.Path, err)
		return ""
	}
	return safe(string(html))
}

// checklistConfig returns what the script needs to know of the page's list, with
// ids as they are where it stands.
func (p *PageView) checklistConfig() advice.ChecklistConfig {
	c := p.Checklist().Config()
	for i := range c.Sections {
		c.Sections[i].ID = p.prefix + c.Sections[i].ID
	}
	return c
}

// RecordOf returns what a page that stands in a handout is known by on a
// reader's device: the same as everywhere, so that ticks are kept together, but
// in a sealed handout with the handout alone. It is "" for other steps.
func (p *PageView) RecordOf(s advice.Step) string {
	in, ok := p.insides()[s.ID]
	switch {
	case !ok:
		return ""
	case p.Handout().Sealed:
		return p.URL + "#" + in.id
	}
	return in.page.URL
}

// Modules returns the names of the scripts that the pages standing in a handout
// need besides its own.
func (p *PageView) Modules() []string {
	var list []string
	for _, kind := range []string{"checklist", "assessment", "questions", "template"} {
		for _, in := range p.insides() {
			if in.page.Meta.Type == kind {
				list = append(list, kind)
				break
			}
		}
	}
	return list
}
