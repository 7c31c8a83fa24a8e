package render

import (
	"bytes"
	"html/template"
	"strings"
	"unicode/utf8"

	"rapport/internal/site"
	"rapport/internal/theme"
)

// perPage is how many cards a list page shows.
const perPage = 48

// List is what a list page lists.
type List struct {
	Cards    Cards
	Groups   []GroupView   // of a facet page, the tag index and the search page
	Sections []SectionView // folders inside, or on the search page all of them
	Pager    *Pager        // nil where one page holds all
	above    Crumbs
}

// Card is a page as lists show it.
type Card struct {
	Title, URL, Summary string
	Type                string
	Minutes             int
	Draft               bool
	Short               string // of a glossary term
	Also                []string
	Slug                string
	Role, Bio           string       // of a person
	Source              *site.Source // of a source
	Letter              string       // the first of the title, upper case
	Earlier             string       // addresses that the page had before it moved, as PageView.Earlier

	// What every card shows, ready made: layouts print many cards, and each
	// question that they ask of Go costs more than its answer.
	Label string // the type, in words
	Time  string // how long it takes, in words; empty for what is looked up
	Badge string // "Draft", or nothing
	Icon  string // address of the type's picture in the theme's icons.svg

	view  *View
	page  *site.Page
	apart bool // it leads elsewhere than other cards of the page
}

// HTML returns the card as the layout card.html sets it, whose dot is the Card.
// It is made once and shown in many lists.
func (c Card) HTML() template.HTML {
	v := c.view
	v.note(Layout, "card.html")
	if c.apart {
		return v.show(c.make())
	}
	made, ok := v.world.cards.Load(c.page)
	if !ok {
		made, _ = v.world.cards.LoadOrStore(c.page, c.make())
	}
	return v.show(made.(piece))
}

func (c Card) make() piece {
	var b bytes.Buffer
	found := c.view.world.Theme.Execute(&b, "card.html", c)
	return piece{html: template.HTML(b.String()), diags: found}
}

// show returns what a layout gave, and notes what it found.
func (v *View) show(p piece) template.HTML {
	v.diags.Add(p.diags)
	return p.html
}

// Cards are pages as lists show them.
type Cards []Card

// HTML returns the cards as entries of a list.
func (list Cards) HTML() template.HTML {
	made, size := make([]string, len(list)), 0
	for i := range list {
		made[i] = string(list[i].HTML())
		size += len(made[i]) + len("\n<li></li>")
	}
	var b entries
	b.Grow(size)
	for _, card := range made {
		b.entry(card)
	}
	return b.html()
}

// timed reports whether the card says how long the page takes: terms, sources
// and people are looked up rather than worked through.
func (c Card) timed() bool {
	return c.Minutes > 0 && c.Type != "term" && c.Type != "source" && c.Type != "person"
}

// look is what the cards of one type share.
type look struct {
	label string // the type, in words
	icon  string // address of a picture in the theme's sheet of icons, or "" in a theme that has none
}

// looksOf returns the looks of the types that pages have, and the words for how
// long they take. Cards are made by the thousand, of few types.
func looksOf(s *site.Site, t *theme.Theme, base string) (map[string]look, map[int]string) {
	looks, times := map[string]look{}, map[int]string{}
	sheet, drawn := t.Assets["icons.svg"]
	for _, p := range s.Pages {
		kind, minutes := p.Meta.Type, p.Meta.Minutes
		if _, ok := looks[kind]; !ok {
			l := look{label: t.Messages.Say("type." + kind)}
			if drawn {
				l.icon = base + "/" + sheet.Path + "#" + kind
			}
			looks[kind] = l
		}
		if _, ok := times[minutes]; !ok {
			times[minutes] = t.Messages.Say("minutes", minutes)
		}
	}
	return looks, times
}

// GroupView is a facet value or tag with the number of its pages.
type GroupView struct {
	ID, Label, URL string
	Count          int
	Facet          string // label of the facet
	Of             string // id of the facet
}

// SectionView is a folder with its pages.
type SectionView struct {
	Title, URL, Summary string
	Count               int
	Cards               Cards
}

// Pager leads through the pages of a long list.
type Pager struct {
	Number, Of     int
	Previous, Next string // addresses; empty at the ends
}

func (v *View) card(p *site.Page) Card {
	c := Card{Title: titleOf(p), URL: v.Path(p.URL), Summary: p.Meta.Summary, Type: p.Meta.Type,
		Minutes: p.Meta.Minutes, Draft: p.Meta.Draft, Also: p.Meta.Also, Slug: p.Slug, Letter: initial(p.Meta.Title), view: v, page: p}
	v.note(Messages, "")
	v.note(Asset, "icons.svg")
	look := v.world.looks[c.Type]
	if c.Label, c.Icon = look.label, look.icon; c.timed() {
		c.Time = v.world.times[c.Minutes]
	}
	if c.Draft {
		c.Badge = v.T("draft")
	}
	c.Earlier = earlier(p)
	switch {
	case p.Term != nil:
		c.Short = p.Term.Short
	case p.Person != nil:
		c.Role, c.Bio = p.Person.Role, p.Person.Bio
	case p.Source != nil:
		c.Source = p.Source
	}
	return c
}

// titleOf returns what a page is called in lists.
func titleOf(p *site.Page) string {
	if p.Person != nil && p.Person.Name != "" {
		return p.Person.Name
	}
	return p.Meta.Title
}

func (v *View) cardOf(p *site.Page) *Card {
	if p == nil {
		return nil
	}
	c := v.card(p)
	return &c
}

func (v *View) cards(pages []*site.Page) Cards {
	list := make(Cards, 0, len(pages))
	for _, p := range pages {
		list = append(list, v.card(p))
	}
	return list
}

func initial(title string) string {
	for _, r := range title {
		if r < utf8.RuneSelf {
			return strings.ToUpper(title[:1])
		}
		return strings.ToUpper(string(r))
	}
	return ""
}

// SectionList returns a section with its first pages, for the home page:
// {{.SectionList "articles" 6}}. It is nil where the section has no pages.
func (v *View) SectionList(folder string, most int) *SectionView {
	v.note(Section, folder)
	sec := v.world.Site.Folder(folder)
	if sec == nil || len(sec.Pages) == 0 {
		return nil
	}
	s := v.section(sec)
	s.Cards = v.first(sec, most)
	return &s
}

// first returns the first pages of a section.
func (v *View) first(sec *site.Section, most int) []Card {
	most = min(most, len(sec.Pages))
	for number := 1; number <= pagesOf(most); number++ {
		v.note(Section, sec.Folder+"#"+itoa(number))
	}
	return v.cards(sec.Pages[:most])
}

// listed returns one page of the list of a section.
func (v *View) listed(sec *site.Section, number int) ([]Card, *Pager) {
	v.note(Section, sec.Folder)
	v.note(Section, sec.Folder+"#"+itoa(number))
	return v.page(sec.URL, sec.Pages, number)
}

// AllSections returns the sections of the site with the number of their pages.
func (v *View) AllSections() []SectionView {
	v.note(Section, "")
	var list []SectionView
	for _, sec := range v.world.Site.Root.Sections {
		list = append(list, v.section(sec))
	}
	return list
}

func (v *View) section(sec *site.Section) SectionView {
	s := SectionView{Title: sec.Title, URL: v.Path(sec.URL), Count: len(sec.Pages)}
	if sec.Page != nil {
		s.Summary = sec.Page.Meta.Summary
	}
	return s
}

// FacetGroups returns the values of a facet that pages use: {{.FacetGroups "stage"}}.
func (v *View) FacetGroups(id string) []GroupView {
	v.note(Facets, "")
	for _, f := range v.world.Site.Facets {
		if f.ID == id {
			return v.groups(f)
		}
	}
	return nil
}

func (v *View) groups(f *site.Facets) []GroupView {
	list := make([]GroupView, 0, len(f.Groups))
	for _, g := range f.Groups {
		list = append(list, v.group(f, g))
	}
	return list
}

func (v *View) group(f *site.Facets, g *site.Group) GroupView {
	label, facet := g.Label, f.Label
	if f.ID == "time" {
		label, facet = v.T("time."+g.ID), v.T("time")
	}
	return GroupView{ID: g.ID, Label: label, URL: v.Path(g.URL), Count: len(g.Pages), Facet: facet, Of: f.ID}
}

// Home returns what site.yaml puts on the home page.
func (v *View) Home() site.Home { return v.config().Home }

// page cuts one page out of a list and says where the others are.
func (v *View) page(url string, pages []*site.Page, number int) (Cards, *Pager) {
	of := pagesOf(len(pages))
	cards := v.cards(cut(pages, number))
	if of == 1 {
		return cards, nil
	}
	p := &Pager{Number: number, Of: of}
	if number > 1 {
		p.Previous = v.Path(pageURL(url, number-1))
	}
	if number < of {
		p.Next = v.Path(pageURL(url, number+1))
	}
	return cards, p
}

// cut returns the entries on one page of a list.
func cut(pages []*site.Page, number int) []*site.Page {
	from := (number - 1) * perPage
	return pages[from:min(from+perPage, len(pages))]
}

// pagesOf returns how many pages a list of so many entries takes.
func pagesOf(entries int) int { return max(1, (entries+perPage-1)/perPage) }

func pageURL(url string, number int) string {
	if number == 1 {
		return url
	}
	return url + "page/" + itoa(number) + "/"
}
