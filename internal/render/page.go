package render

import (
	"encoding/json"
	"html/template"
	"slices"

	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/markdown"
	"rapport/internal/site"
)

// PageView is what the layout of one HTML page is given as its dot. It has the
// methods of View and, for pages made of a Markdown file, those of the file;
// for lists the file may be missing, and the methods then return nothing.
type PageView struct {
	*View
	Kind     string // article, checklist, …, or home, section, group, facet, tags, glossary, search, missing
	Title    string // of the h1
	Summary  string
	URL      string            // below the base URL; empty on the page for addresses that do not exist
	List     *List             // what a list page lists
	Locked   *Locked           // what the locked page of a sealed handout holds
	Embedded bool              // it stands in a handout, which has a heading and a foot of its own
	record   string            // what it is known by there; empty: its address
	prefix   string            // of its ids there
	within   map[string]inside // pages that stand in this one, by step
	page     *site.Page
	text     *site.Own       // of the page; nil until it is asked for
	used     map[string]bool // glossary terms linked so far
	source   []byte          // the file, for messages; nil until one needs its line
}

func (v *View) pageView(p *site.Page) *PageView {
	v.note(Meta, p.Path)
	v.note(Body, p.Path)
	v.note(Config, "") // these two say how the file is read
	v.note(Messages, "")
	return &PageView{View: v, Kind: p.Meta.Type, Title: p.Meta.Title, Summary: p.Meta.Summary, URL: p.URL, page: p}
}

// Meta returns the front matter of the page's file.
func (p *PageView) Meta() *site.Meta { return &p.file().Meta }

// Time returns how long the page takes, in words, or "" where nobody says.
func (p *PageView) Time() string {
	minutes := p.Meta().Minutes
	if minutes == 0 {
		return ""
	}
	if words, ok := p.world.times[minutes]; ok {
		p.note(Messages, "")
		return words
	}
	return p.T("minutes", minutes)
}

// Params returns the author's own data from the front matter.
func (p *PageView) PageParams() any { return p.Meta().Params.Value() }

// Canonical returns the page's full address, or "" without a base URL.
func (p *PageView) Canonical() string {
	if p.URL == "" {
		return ""
	}
	return p.Absolute(p.URL)
}

// Hidden reports whether search engines are asked to pass the page over.
func (p *PageView) Hidden() bool {
	return p.URL == "" || p.page != nil && !p.page.Meta.Listed
}

// Guide, Handout, Term, Source and Person return what the page is, or nil.
func (p *PageView) Guide() *advice.Guide {
	if p.page == nil {
		return nil
	}
	return p.page.Guide
}

func (p *PageView) Handout() *site.Handout { return p.file().Handout }
func (p *PageView) Term() *site.Term       { return p.file().Term }
func (p *PageView) Source() *site.Source   { return p.file().Source }
func (p *PageView) Person() *site.Person   { return p.file().Person }

func (p *PageView) file() *site.Page {
	if p.page == nil {
		return &site.Page{}
	}
	return p.page
}

// Notes returns the footnotes of a page whose layout sets its text piece by
// piece; Content brings them along.
func (p *PageView) Notes() template.HTML {
	return p.HTML(p.own().Doc.Notes)
}

// Disclaimer returns what the assessment says about itself.
func (p *PageView) Disclaimer() string {
	if a := p.Assessment(); a != nil && a.Disclaimer != "" {
		return a.Disclaimer
	}
	return p.config().Disclaimer
}

// Config returns, as JSON, what the page's script needs to know of it.
func (p *PageView) Config() string {
	switch f := p.own(); {
	case f.Checklist != nil:
		return toJSON(p.checklistConfig())
	case f.Assessment != nil:
		return toJSON(f.Assessment.Config())
	case f.Template != nil:
		return toJSON(f.Template.Config())
	case f.Questions != nil:
		return toJSON(f.Questions.Config())
	}
	return ""
}

func toJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(data)
}

func parent(folder string) string {
	for i := len(folder) - 1; i > 0; i-- {
		if folder[i] == '/' {
			return folder[:i]
		}
	}
	return ""
}

// Related returns pages to read next.
func (p *PageView) Related() Cards {
	if p.page == nil {
		return nil
	}
	p.note(Related, p.page.Path)
	return p.cards(p.world.Site.Related(p.page))
}

// CitedBy returns the pages that cite this source.
func (p *PageView) CitedBy() Cards {
	p.note(CitedBy, p.file().Slug)
	return p.cards(p.world.Site.CitedBy(p.file().Slug))
}

// WrittenBy returns the pages of this person.
func (p *PageView) WrittenBy() Cards {
	p.note(WrittenBy, p.file().Slug)
	return p.cards(p.world.Site.WrittenBy(p.file().Slug))
}

// Step says that the page is a step of a guide.
type Step struct {
	Guide      Card
	Number, Of int
}

// Steps returns the guides that the page is a step of.
func (p *PageView) Steps() []Step {
	if p.page == nil {
		return nil
	}
	p.note(Places, p.page.Path)
	var list []Step
	for _, place := range p.world.Site.Places(p.page) {
		list = append(list, Step{p.card(place.Guide), place.Number, place.Of})
	}
	return list
}

// To returns the page that a step leads to, or nil.
func (p *PageView) To(s advice.Step) *Card {
	ref, ok := p.resolve(s.Link)
	if !ok || ref.Page == nil {
		return nil
	}
	p.note(Meta, ref.Page.Path)
	c := p.cardOf(ref.Page)
	if in, ok := p.insides()[s.ID]; ok {
		c.URL, c.apart = "#"+in.id, true
	}
	return c
}

// Pages returns the pages with the slugs, those that do not exist left out.
func (p *PageView) Pages(slugs []string) Cards {
	var list Cards
	for _, slug := range slugs {
		if c := p.Page(slug); c != nil {
			list = append(list, *c)
		}
	}
	return list
}

// Page returns the page with the slug, or nil.
func (v *View) Page(slug string) *Card {
	v.note(Slug, slug)
	return v.cardOf(v.world.Site.Find(slug))
}

// Reference is one entry of the page's reference list.
type Reference struct {
	ID, URL string
	Source  *site.Source
	Title   string
}

// References returns the sources that the page cites, by author and year.
func (p *PageView) References() []Reference {
	var list []Reference
	for _, id := range p.file().Cites {
		ref, problem := p.world.Site.Resolve(p.page, markdown.Hole{Kind: markdown.Cite, Target: id})
		p.note(Links, p.page.Path)
		if problem == (site.Problem{}) {
			p.note(Meta, ref.Page.Path)
			list = append(list, Reference{id, p.Path(ref.URL), ref.Page.Source, ref.Title})
		}
	}
	slices.SortStableFunc(list, func(a, b Reference) int {
		return compareText(shortCitation(a.Source), shortCitation(b.Source))
	})
	return list
}

// Authors returns who wrote the page.
func (p *PageView) Authors() Cards {
	if p.page == nil {
		return nil
	}
	p.config() // which names who wrote what nobody signed
	var list Cards
	for _, id := range p.world.Site.AuthorsOf(p.page) {
		p.note(Slug, id)
		if q := p.world.Site.Find(id); q != nil && q.Person != nil {
			list = append(list, p.card(q))
		}
	}
	return list
}

// Picture returns the address of the page's own picture, or "".
func (p *PageView) Picture() string { return p.pictureOf(p.Meta().Image, p.Meta().Pos("image")) }

// Photo returns the address of the person's photo, or "".
func (p *PageView) Photo() string {
	if s := p.Person(); s != nil {
		return p.pictureOf(s.Photo, diag.File(p.page.Path)) // pages are kept without the places of such keys
	}
	return ""
}

func (p *PageView) pictureOf(target string, pos diag.Pos) string {
	if target == "" || p.page == nil {
		return ""
	}
	ref, ok := p.resolve(markdown.Hole{Kind: markdown.Image, Target: target, Pos: pos})
	if !ok {
		return ""
	}
	return p.Path(ref.URL)
}

// Cite returns a source as it stands in a reference list, its title apart.
func (p *PageView) Cite(s *site.Source) template.HTML { return safe(longCitation(s)) }
