package site

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// people notes who wrote and who cites what.
func (s *Site) people() {
	for _, p := range s.titled {
		if !p.Meta.Listed || p.Index {
			continue
		}
		for _, id := range s.AuthorsOf(p) {
			s.written[id] = append(s.written[id], p)
		}
		for _, id := range p.Cites {
			s.cited[id] = append(s.cited[id], p)
		}
	}
}

// AuthorsOf returns the ids of who wrote the page: those it names, or the
// site's author for what is signed.
func (s *Site) AuthorsOf(p *Page) []string {
	if len(p.Meta.Authors) > 0 {
		return p.Meta.Authors
	}
	if s.Config.Author == "" || p.Index || p.Meta.Type == "term" || p.Meta.Type == "source" || p.Meta.Type == "person" || p.Meta.Type == "handout" {
		return nil
	}
	return []string{s.Config.Author}
}

// guides notes which pages are steps of which guides.
func (s *Site) guides() diag.List {
	var diags diag.List
	for _, p := range s.Pages {
		steps := p.Steps()
		for i, step := range steps {
			to, _ := s.Resolve(p, step.Link)
			if to.Page == nil {
				continue // a broken link is reported where the page is made
			}
			if to.Page.Meta.Draft {
				diags.Error(step.Link.Pos, "finish the page, or leave the step out", "the step leads to a draft: %s", to.Page.Path)
			}
			if p.Guide != nil && p.Meta.Listed {
				s.places[to.Page.Path] = append(s.places[to.Page.Path], Place{p, i + 1, len(steps)})
			}
		}
	}
	return diags
}

// glossary gathers the terms and the words that link to them.
func (s *Site) glossary() diag.List {
	var diags diag.List
	names := map[string]*Page{}
	for _, p := range s.Pages {
		if p.Term == nil || !p.Meta.Listed {
			continue
		}
		s.Terms = append(s.Terms, p)
		at := p.Meta.Places()
		for i, name := range append([]string{p.Meta.Title}, p.Meta.Also...) {
			key := strings.ToLower(name)
			if other := names[key]; other != nil && other != p {
				pos := p.keyPos("also")
				if i > 0 {
					pos = at.Item("also", i-1)
				}
				diags.Error(pos, "a name can mean one term only", "%q is also a name of %s", name, other.Path)
				continue
			}
			names[key] = p
		}
	}
	slices.SortFunc(s.Terms, byTitle)
	if !s.Config.Glossary || len(s.Terms) == 0 {
		return diags
	}
	h := hasher{}
	var entries []markdown.Entry
	base := strings.TrimSuffix(s.Config.BasePath(), "/")
	for _, p := range s.Terms {
		h.page(p)
		open := `<a class="term" href="` + html.EscapeString(base+p.URL) + `" title="` + html.EscapeString(p.Term.Short) + `">`
		for _, name := range append([]string{p.Meta.Title}, p.Meta.Also...) {
			entries = append(entries, markdown.Entry{Phrase: name, Term: p.Slug, Open: open, Close: "</a>"})
		}
	}
	slices.SortFunc(entries, func(a, b markdown.Entry) int {
		return cmp.Or(cmp.Compare(a.Phrase, b.Phrase), cmp.Compare(a.Term, b.Term))
	})
	s.Lexicon, s.LexHash = markdown.NewLexicon(entries), h.sum()
	return diags
}

// redirects gathers the earlier addresses of pages.
func (s *Site) redirects() diag.List {
	var diags diag.List
	taken := map[string]*Page{}
	for _, p := range s.Pages {
		at := p.Meta.Places()
		for i, from := range p.Meta.Redirects {
			if !redirectable(from) {
				continue
			}
			key := sameAddress(strings.TrimSuffix(from, "/") + "/")
			if hint, message := occupied(p, from, s.taken(key, s.folded), taken[key]); message != "" {
				diags.Error(at.Item("redirects", i), hint, "%s", message)
				continue
			}
			taken[key] = p
			s.Redirects = append(s.Redirects, Redirect{from, p})
		}
	}
	slices.SortFunc(s.Redirects, func(a, b Redirect) int { return cmp.Compare(a.From, b.From) })
	return diags
}

// occupied says why the page cannot redirect from an address at which a page
// lives, or from which another, or the page itself, already redirects.
func occupied(p *Page, from string, live, earlier *Page) (hint, message string) {
	const oneOnly = "an address can lead to one page only"
	switch {
	case live == p:
		return "leave it out", "the page redirects from its own address " + from
	case live != nil:
		return oneOnly, p.Path + " redirects from the address of " + live.Path
	case earlier == p:
		return "keep one of the two", "the earlier address " + from + " is listed twice"
	case earlier != nil:
		return oneOnly, earlier.Path + " and " + p.Path + " both redirect from " + from
	}
	return "", ""
}

// Neighbours returns the pages before and after the page in its section; nil
// at the ends, and for pages that no list shows.
func (s *Site) Neighbours(p *Page) (previous, next *Page) {
	i, ok := s.position[p]
	if !ok {
		return nil, nil
	}
	list := s.folders[p.Folder].Pages
	if i > 0 {
		previous = list[i-1]
	}
	if i+1 < len(list) {
		next = list[i+1]
	}
	return previous, next
}

// CitedBy returns the listed pages that cite the source, by title.
func (s *Site) CitedBy(slug string) []*Page { return s.cited[slug] }

// WrittenBy returns the listed pages of the author, by title.
func (s *Site) WrittenBy(slug string) []*Page { return s.written[slug] }

// Places returns the guides that the page is a step of.
func (s *Site) Places(p *Page) []Place { return s.places[p.Path] }

// Related returns up to four pages to read next: those that the page names,
// else those that share the most facet values with it.
func (s *Site) Related(p *Page) []*Page {
	if len(p.Meta.Related) > 0 {
		var list []*Page
		for _, slug := range p.Meta.Related {
			if q := s.bySlug[slug]; q != nil && q.Meta.Listed {
				list = append(list, q)
			}
		}
		return list
	}
	shared := map[*Page]int{}
	for _, facet := range facetIDs() {
		for _, v := range p.Meta.Facet(facet) {
			if g := s.groups[facet+"/"+v]; g != nil && len(g.Pages) <= maxRelatedGroup {
				for _, q := range g.Pages {
					shared[q]++
				}
			}
		}
	}
	delete(shared, p)
	list := make([]*Page, 0, len(shared))
	for q := range shared {
		if q.Meta.Type != "term" && q.Meta.Type != "source" && q.Meta.Type != "person" {
			list = append(list, q)
		}
	}
	slices.SortFunc(list, func(a, b *Page) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), byTitle(a, b)) })
	return list[:min(4, len(list))]
}

// maxRelatedGroup bounds the work on large sites: a value that a thousand
// pages share says little about which four belong together.
const maxRelatedGroup = 1000
