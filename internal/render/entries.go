package render

import (
	"html/template"
	"slices"
	"strings"

	"rapport/internal/site"
)

// Layouts print lists on every page, and each question that they ask of Go
// costs more than its answer. So lists know how the default theme writes their
// entries, and a layout that wants them otherwise ranges over them.

// entries are what is written of a list.
type entries struct{ strings.Builder }

func (b *entries) html() template.HTML { return safe(b.String()) }

// write appends texts as they are.
func (b *entries) write(texts ...string) {
	for _, s := range texts {
		b.WriteString(s)
	}
}

// entry is one <li>, on a line of its own.
func (b *entries) entry(inner ...string) {
	b.write("\n<li>")
	b.write(inner...)
	b.write("</li>")
}

// link is a link with its text, both made safe. Attributes begin with a space.
func (b *entries) link(url, text, attributes string) {
	b.write("<a", attributes, ` href="`, href(url), `">`, esc(text), "</a>")
}

// linked is an entry that is a link, or only text where there is no address.
func (b *entries) linked(url, text, attributes string) {
	b.write("\n<li>")
	if url == "" {
		b.write(esc(text))
	} else {
		b.link(url, text, attributes)
	}
	b.write("</li>")
}

// href is an address of this site as an attribute holds it, in ASCII as
// html/template has it. It is made of slugs, so nothing else is to be encoded.
func href(url string) string {
	const hex = "0123456789abcdef"
	at := strings.IndexFunc(url, func(r rune) bool { return r > '~' })
	if at < 0 {
		return esc(url)
	}
	out := []byte(url[:at])
	for _, c := range []byte(url[at:]) {
		if c > '~' {
			out = append(out, '%', hex[c>>4], hex[c&15])
		} else {
			out = append(out, c)
		}
	}
	return esc(string(out))
}

// Headings are the outline of a page.
type Headings []Heading

// Heading is one entry of the outline with those below it.
type Heading struct {
	ID, Text string
	Below    Headings
}

// HTML returns the outline as entries of a list, links to the headings, in each
// a list of those below it.
func (list Headings) HTML() template.HTML {
	var b entries
	b.Grow(128 * len(list))
	list.write(&b)
	return b.html()
}

func (list Headings) write(b *entries) {
	for _, h := range list {
		b.write("\n<li>")
		b.link("#"+h.ID, h.Text, "")
		if len(h.Below) > 0 {
			b.write("<ul>")
			h.Below.write(b)
			b.write("</ul>")
		}
		b.write("</li>")
	}
}

// Outline returns the headings of level 2 with those of level 3 below them, or
// nothing where the page is too short to need it or does not want it.
func (p *PageView) Outline() Headings {
	toc := p.Meta().TOC
	if p.page == nil || toc == "false" {
		return nil
	}
	var list Headings
	n := 0
	for _, h := range p.own().Doc.Outline {
		switch {
		case h.Level <= 2:
			list = append(list, Heading{ID: h.ID, Text: h.Text})
			n++
		case h.Level == 3 && len(list) > 0:
			last := &list[len(list)-1]
			last.Below = append(last.Below, Heading{ID: h.ID, Text: h.Text})
			n++
		}
	}
	if n < 3 && toc != "true" {
		return nil
	}
	return list
}

// Crumbs are the way from the home page to a page.
type Crumbs []Crumb

// Crumb is one step from the home page to this one; the last has no URL.
type Crumb struct{ Title, URL string }

// HTML returns the steps as entries of a list, all but the last as links.
func (list Crumbs) HTML() template.HTML {
	var b entries
	b.Grow(96 * len(list))
	for _, c := range list {
		if c.URL == "" {
			b.entry(`<span aria-current="page">`, esc(c.Title), `</span>`)
		} else {
			b.linked(c.URL, c.Title, "")
		}
	}
	return b.html()
}

// Breadcrumbs returns the way from the home page to this one.
func (p *PageView) Breadcrumbs() Crumbs {
	if p.URL == "/" || p.URL == "" {
		return nil
	}
	crumbs := Crumbs{{p.T("home"), p.Path("/")}}
	if p.page != nil {
		for _, sec := range p.above(p.page) {
			crumbs = append(crumbs, Crumb{sec.Title, p.Path(sec.URL)})
		}
	} else if p.List != nil {
		crumbs = append(crumbs, p.List.above...)
	}
	return append(crumbs, Crumb{Title: p.Title})
}

// above returns the sections around the page, the outermost first.
func (v *View) above(p *site.Page) []*site.Section {
	var list []*site.Section
	folder := p.Folder
	if p.Index {
		folder = parent(folder)
	}
	for ; folder != ""; folder = parent(folder) {
		v.note(Folder, folder)
		if sec := v.world.Site.Folder(folder); sec != nil {
			list = append(list, sec)
		}
	}
	slices.Reverse(list)
	return list
}

// FacetValue is one value of a facet that the page has.
type FacetValue struct{ Facet, ID, Label, URL string }

// Facets returns the facet values of the page, in the order of the facets.
func (p *PageView) Facets() []FacetValue {
	var list []FacetValue
	meta := p.Meta()
	for _, f := range p.config().FacetList() {
		for _, id := range meta.Facet(f.ID) {
			if label, ok := f.Values[id]; ok {
				value := FacetValue{Facet: f.Label, ID: id, Label: label}
				p.note(Facets, "")
				if g := p.world.Site.Group(f.ID + "/" + id); g != nil {
					value.URL = p.Path(g.URL)
				}
				list = append(list, value)
			}
		}
	}
	return list
}

// Tags returns the page's tags as links.
func (p *PageView) Tags() []NavLink {
	var list []NavLink
	for _, tag := range p.Meta().Tags {
		id := site.TagID(tag)
		p.note(Tags, "")
		if g := p.world.Site.Group("tags/" + id); g != nil {
			list = append(list, NavLink{Title: tag, URL: p.Path(g.URL)})
		}
	}
	return list
}

// Filed returns the facet values and tags of the page as entries of a list,
// links where they have a page, or "" where there are none.
func (p *PageView) Filed() template.HTML { return filed(p.Facets(), p.Tags()) }

func filed(values []FacetValue, tags []NavLink) template.HTML {
	var b entries
	b.Grow(96 * (len(values) + len(tags)))
	for _, f := range values {
		b.linked(f.URL, f.Label, "")
	}
	for _, tag := range tags {
		b.linked(tag.URL, tag.Title, ` rel="tag"`)
	}
	return b.html()
}

// Neighbours returns the links to the pages before and after this one in its
// section, each on a line of its own, or "" where there are none.
func (p *PageView) Neighbours() template.HTML {
	var b entries
	b.Grow(256)
	before, after := p.neighbours()
	for _, to := range []struct {
		page      *site.Page
		rel, word string
	}{{before, "prev", "previous"}, {after, "next", "next"}} {
		if to.page != nil {
			b.write("\n<a rel=\"", to.rel, `" href="`, href(p.Path(to.page.URL)), `"><span>`, esc(p.T(to.word)), "</span> ", esc(titleOf(to.page)), "</a>")
		}
	}
	return b.html()
}

// Previous and Next return the neighbors in the section, or nil.
func (p *PageView) Previous() *Card { before, _ := p.neighbours(); return p.cardOf(before) }

// Next returns the page after this one in its section, or nil.
func (p *PageView) Next() *Card { _, after := p.neighbours(); return p.cardOf(after) }

func (p *PageView) neighbours() (before, after *site.Page) {
	if p.page == nil {
		return nil, nil
	}
	p.note(Neighbours, p.page.Path)
	return p.world.Site.Neighbours(p.page)
}
