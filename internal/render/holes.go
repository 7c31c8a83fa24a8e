package render

import (
	"html/template"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
	"rapport/internal/site"
)

// HTML returns a piece of the page's text with its holes filled: {{.HTML .Label}}.
func (p *PageView) HTML(b markdown.Body) template.HTML {
	if b.IsZero() {
		return ""
	}
	return safe(b.Fill(p.answer))
}

// Blocks returns paragraphs, lists and the like one after the other.
func (p *PageView) Blocks(blocks []markdown.Block) template.HTML {
	var s strings.Builder
	for _, b := range blocks {
		s.WriteString(b.Body.Fill(p.answer))
	}
	return safe(s.String())
}

// Content returns the page's whole text, glossary terms linked.
func (p *PageView) Content() template.HTML {
	if p.page == nil {
		return ""
	}
	p.note(Body, p.page.Path)
	return p.filled(p.own().Doc.Body)
}

// Prose is HTML with glossary terms linked, each where the page first uses it.
func (p *PageView) Prose(blocks []markdown.Block) template.HTML {
	var s strings.Builder
	for _, b := range blocks {
		s.WriteString(string(p.filled(b.Body)))
	}
	return safe(s.String())
}

func (p *PageView) filled(b markdown.Body) template.HTML {
	if p.page == nil || !p.page.Meta.Glossary || p.page.Meta.Type == "source" || p.page.Meta.Type == "person" {
		return p.HTML(b)
	}
	p.note(Glossary, "")
	if p.world.Site.Lexicon == nil {
		return p.HTML(b)
	}
	if p.used == nil {
		p.used = map[string]bool{p.page.Slug: true} // a term does not link to itself
	}
	return safe(b.FillTerms(p.answer, p.world.Site.Lexicon, p.used))
}

// answer fills one hole of the page. What is wrong is reported at the place of
// the hole, and the text stays readable.
func (p *PageView) answer(h markdown.Hole) string {
	switch h.Kind {
	case markdown.Cite:
		return p.cite(h)
	case markdown.Image:
		return p.image(h)
	}
	ref, ok := p.resolve(h)
	if !strings.HasPrefix(ref.URL, "#") { // as what leads to a place on this page does
		ref.URL = p.Path(ref.URL)
	}
	if h.Kind == markdown.Wiki {
		if !ok {
			return esc(h.Target)
		}
		p.note(Meta, ref.Page.Path)
		return `<a href="` + esc(ref.URL) + `">` + esc(ref.Title) + `</a>`
	}
	if !ok {
		return "<a>" // a link that leads nowhere is text
	}
	title := ""
	if h.Title != "" {
		title = ` title="` + esc(h.Title) + `"`
	}
	return `<a href="` + esc(ref.URL) + `"` + title + `>`
}

// resolve finds where the hole leads, and reports if that is nowhere.
func (p *PageView) resolve(h markdown.Hole) (site.Ref, bool) {
	p.note(Links, p.page.Path)
	ref, problem := p.world.Site.Resolve(p.page, h)
	if problem == (site.Problem{}) {
		if ref.Page != nil && ref.Page.Meta.Type == "handout" && p.page.Meta.Type != "handout" {
			p.diags.Error(p.at(h), "hand its address to the client yourself", "a link from a public page would give the handout away")
			return ref, false
		}
		if ref.Page == p.page && ref.Anchor != "" {
			ref.URL = "#" + strings.SplitN(ref.URL, "#", 2)[1]
			return ref, true
		}
		return ref, true
	}
	p.diags.Error(p.at(h), problem.Hint, "%s", problem.Message)
	return ref, false
}

// cite returns the mark of a citation, which leads to the reference list.
func (p *PageView) cite(h markdown.Hole) string {
	locator := ""
	if h.Label != "" {
		locator = ", " + h.Label
	}
	ref, ok := p.resolve(h)
	if !ok {
		return "[" + esc(h.Target+locator) + "]"
	}
	p.note(Meta, ref.Page.Path)
	source := ref.Page.Source
	badge := ""
	switch source.Status {
	case "retracted":
		p.diags.Error(p.at(h), "find another source for the claim, or leave it out", "the source %q was retracted", h.Target)
	case "disputed", "unsupported":
		badge = ` <span class="badge badge-` + source.Status + `">` + esc(p.T("status."+source.Status)) + `</span>`
	}
	return `<a class="cite" href="#ref-` + h.Target + `">(` + esc(shortCitation(source)+locator) + `)</a>` + badge
}

// at returns the place of a hole with its line. Pages are kept without their
// lines, which are found again in the file for the few that are reported.
func (p *PageView) at(h markdown.Hole) diag.Pos {
	if h.Pos.Excerpt != "" || h.Pos.Line == 0 {
		return h.Pos
	}
	if p.source == nil {
		p.source = p.world.source(p.page)
	}
	return h.Pos.In(p.source)
}

// shortCitation is "Granovetter 1973", "Liu & Lan 2013" or "Liu et al. 2014".
func shortCitation(s *site.Source) string {
	names := make([]string, len(s.Authors))
	for i, a := range s.Authors {
		names[i], _, _ = strings.Cut(a, ",")
	}
	who := ""
	switch len(names) {
	case 0:
		who = s.Container
	case 1:
		who = names[0]
	case 2:
		who = names[0] + " & " + names[1]
	default:
		who = names[0] + " et al."
	}
	return strings.TrimSpace(who + " " + s.Year)
}

func esc(s string) string { return template.HTMLEscapeString(s) }
