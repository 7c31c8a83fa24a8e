package site

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/internal/diag"
)

// check reports what is wrong with a page in the light of the others.
func (s *Site) check() diag.List {
	var diags diag.List
	for _, p := range s.Pages {
		m := &p.Meta
		at := m.Places()
		for i, id := range m.Authors {
			if !s.isPerson(id) {
				diags.Add(s.needPerson(id, at.Item("authors", i)))
			}
		}
		for i, slug := range m.Related {
			if s.bySlug[slug] == nil {
				diags.Add(s.needPage(slug, at.Item("related", i)))
			}
		}
		if p.Term != nil {
			for i, slug := range p.Term.See {
				diags.Add(s.needPage(slug, p.Term.At["see."+strconv.Itoa(i)]))
			}
		}
		if p.Handout != nil {
			diags.Add(s.checkHandout(p))
		}
		if len(p.Facets) > 0 {
			diags.Add(s.checkQuestions(p))
		}
		diags.Add(s.checkReviewed(p))
	}
	diags.Add(s.checkConfig())
	diags.Add(s.checkNames())
	return diags
}

func (s *Site) isPerson(id string) bool {
	p := s.bySlug[id]
	return p != nil && p.Person != nil
}

func (s *Site) needPerson(id string, pos diag.Pos) diag.List {
	var diags diag.List
	if !s.isPerson(id) {
		var people []string
		for _, q := range s.Pages {
			if q.Person != nil {
				people = append(people, q.Slug)
			}
		}
		diags.Error(pos, diag.DidYouMean(id, people, "add a page people/"+id+".md"), "there is no person %q", id)
	}
	return diags
}

func (s *Site) needPage(slug string, pos diag.Pos) diag.List {
	var diags diag.List
	if s.bySlug[slug] == nil {
		diags.Error(pos, s.nearestSlug(slug), "there is no page with the slug %q", slug)
	}
	return diags
}

// noHandout reports an entry of the settings that every page would show.
func (s *Site) noHandout(slug string, pos diag.Pos) diag.List {
	var diags diag.List
	if p := s.bySlug[slug]; p != nil && p.Confidential() {
		diags.Error(pos, "hand its address to the client yourself", "a link from a public page would give the handout %s away", p.Path)
	}
	return diags
}

func (s *Site) checkHandout(p *Page) diag.List {
	var diags diag.List
	set := p.Handout.Settings
	if set.Coach != "" {
		diags.Add(s.needPerson(set.Coach, set.At["coach"]))
	}
	if _, ok := s.Config.Brands[set.Brand]; set.Brand != "" && !ok {
		diags.Error(set.At["brand"], diag.DidYouMean(set.Brand, sortedKeys(s.Config.Brands), "add it under brands in site.yaml"), "there is no brand %q", set.Brand)
	}
	return diags
}

func (s *Site) checkQuestions(p *Page) diag.List {
	var diags diag.List
	for _, v := range p.Facets {
		for _, f := range s.Config.FacetList() {
			if _, ok := f.Values[v.Value]; f.ID == v.Facet && !ok {
				diags.Error(v.Pos, facetHint(f, v.Value), "there is no %s %q", f.ID, v.Value)
			}
		}
	}
	return diags
}

// checkReviewed warns of advice that nobody looked at for long.
func (s *Site) checkReviewed(p *Page) diag.List {
	var diags diag.List
	months := s.Config.ReviewAfter
	if months == 0 || p.Meta.Reviewed == "" || s.Config.Today == "" {
		return nil
	}
	if due := p.Meta.Reviewed.Time().AddDate(0, months, 0).Format(time.DateOnly); due < string(s.Config.Today) {
		diags.Warn(p.Meta.Pos("reviewed"), "read it again, mend it, and set the new date", "the page was due for review on %s", due)
	}
	return diags
}

// checkConfig reports names in site.yaml that nothing on the site has.
func (s *Site) checkConfig() diag.List {
	var diags diag.List
	c := s.Config
	if c.Author != "" {
		diags.Add(s.needPerson(c.Author, c.At["author"]))
	}
	for i, slug := range c.Home.Guides {
		diags.Add(s.needPage(slug, c.At["home.guides."+strconv.Itoa(i)]))
		diags.Add(s.noHandout(slug, c.At["home.guides."+strconv.Itoa(i)]))
	}
	for _, e := range c.Home.Questions {
		diags.Add(s.needPage(e.Page, e.At["page"]))
		diags.Add(s.noHandout(e.Page, e.At["page"]))
	}
	for _, l := range slices.Concat(c.Navigation, c.Footer) {
		diags.Add(s.noHandout(l.Page, l.At["page"]))
		if _, _, ok := s.Destination(l.Page); !ok {
			diags.Error(l.At["page"], s.nearestSlug(Slugify(l.Page)), "there is nothing at %q", l.Page)
		}
	}
	for _, id := range sortedKeys(c.Brands) {
		b := c.Brands[id]
		if _, ok := s.assets["static/"+strings.TrimPrefix(b.Logo, "/")]; b.Logo != "" && !ok {
			diags.Error(b.At["logo"], "put the picture into the folder static/", "the brand %q has no picture at static/%s", id, b.Logo)
		}
	}
	return diags
}

// Destination finds what a navigation entry names: a slug, a folder, an
// address of the site, or a web address, which is returned as it is.
func (s *Site) Destination(name string) (url, title string, ok bool) {
	if isWeb(name) || strings.HasPrefix(name, "mailto:") {
		return name, "", true
	}
	if p := s.bySlug[name]; p != nil {
		return p.URL, p.Meta.Title, true
	}
	ref, ok := s.address("/" + withSlash(strings.Trim(name, "/")))
	return ref.URL, ref.Title, ok
}

// nearestSlug says which page was likely meant. On large sites only names with
// the same first letter are compared, as thousands of links may be broken.
func (s *Site) nearestSlug(slug string) string {
	var near []string
	for other := range s.bySlug {
		if slug != "" && (len(s.bySlug) < 500 || other[0] == slug[0]) {
			near = append(near, other)
		}
	}
	slices.Sort(near)
	return diag.DidYouMean(slug, near, "check the name of the file")
}

func nearestAnchor(p *Page, id string) string {
	return diag.DidYouMean(id, p.Anchors(), "look at the headings of that page")
}

func quote(s string) string { return strconv.Quote(s) }
