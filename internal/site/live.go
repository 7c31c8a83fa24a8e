package site

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
)

// Live reports whether the page is part of the site on its day.
func (c *Config) Live(p *Page) bool {
	m := &p.Meta
	return (!m.Draft || c.Drafts) && (m.Publish == "" || m.Publish <= c.Today) && (m.Expires == "" || m.Expires > c.Today) &&
		!p.withheld && (m.Type != "handout" || p.Handout != nil)
}

// live returns the pages that are part of the site, each with an address of its
// own, and those among them that had to make way for another.
func (s *Site) live(pages []*Page) (live, aside []*Page, diags diag.List) {
	live = make([]*Page, 0, len(pages))
	folded := map[string]*Page{}
	s.folded = folded
	for _, p := range pages {
		if !s.Config.Live(p) {
			continue
		}
		if other := s.taken(p.URL, folded); other != nil {
			diags.Error(p.SlugPos(), "give one of them another slug", "two pages have the address %s: %s and %s", p.URL, other.Path, p.Path)
			p = s.aside(p, folded)
			aside = append(aside, p)
		}
		if same := sameAddress(p.URL); same != p.URL {
			folded[same] = p
		}
		s.byURL[p.URL] = p
		live = append(live, p)
	}
	return live, aside, diags
}

// slugs notes which page a name means, of the live pages in path order.
func (s *Site) slugs(live []*Page) diag.List {
	var diags diag.List
	s.bySlug = make(map[string]*Page, len(live))
	for _, p := range live {
		if p.Index {
			continue
		}
		if other := s.bySlug[p.Slug]; other != nil {
			diags.Error(p.SlugPos(), "add a slug of its own to one of them: links by name must be clear", "two pages have the slug %q: %s and %s", p.Slug, other.Path, p.Path)
			continue
		}
		s.bySlug[p.Slug] = p
	}
	return diags
}

// order sorts the live pages.
func (s *Site) order(live []*Page) {
	s.Pages = slices.Clone(live)
	slices.SortFunc(s.Pages, func(a, b *Page) int { return strings.Compare(a.URL, b.URL) })
	s.titled = titled(s.Pages)
	s.Home = s.byURL["/"]
}

// taken returns the page whose address is the same to a server that folds case.
func (s *Site) taken(url string, folded map[string]*Page) *Page {
	same := sameAddress(url)
	if p := folded[same]; p != nil {
		return p
	}
	return s.byURL[same]
}

// titled returns the pages by title. Most titles differ in their first letters,
// which are compared as one number.
func titled(pages []*Page) []*Page {
	type start struct {
		letters uint64
		page    *Page
	}
	list := make([]start, len(pages))
	for i, p := range pages {
		var letters [8]byte
		copy(letters[:], p.sortKey)
		list[i] = start{binary.BigEndian.Uint64(letters[:]), p}
	}
	slices.SortFunc(list, func(a, b start) int {
		if a.letters != b.letters {
			return cmp.Compare(a.letters, b.letters)
		}
		return byTitle(a.page, b.page)
	})
	out := make([]*Page, len(list))
	for i := range list {
		out[i] = list[i].page
	}
	return out
}

// aside returns the page at a free address, so that a site of clashing pages
// still shows each of them to those who asked to keep going.
func (s *Site) aside(p *Page, folded map[string]*Page) *Page {
	for n := 2; ; n++ {
		q := p.At(strings.TrimSuffix(p.URL, "/") + "-" + strconv.Itoa(n) + "/")
		if s.taken(q.URL, folded) == nil {
			return q
		}
	}
}

// SlugPos returns where the page says its own address, or the file if it does not.
func (p *Page) SlugPos() diag.Pos { return p.keyPos("slug") }
