package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
)

// facets sorts the listed pages by facet value, and by the time they take.
func (s *Site) facets() diag.List {
	var diags diag.List
	facets := s.Config.FacetList()
	used := make([]map[string]*Group, len(facets))
	for i := range used {
		used[i] = map[string]*Group{}
	}
	times := map[string]*Group{}
	for _, p := range s.titled {
		at := p.Meta.Places()
		for n := range facets {
			f := &facets[n]
			for i, v := range p.Meta.Facet(f.ID) {
				if _, ok := f.Values[v]; !ok {
					diags.Error(at.Item(f.ID, i), facetHint(*f, v), "there is no %s %q", f.ID, v)
				} else if p.Meta.Listed {
					add(used[n], f.ID, v, f.Values[v], p)
				}
			}
		}
		if p.Meta.Listed && !p.Index {
			id := TimeNeeded(p.Meta.Minutes)
			add(times, "time", id, id, p)
		}
	}
	for i, f := range facets {
		s.facet(f.ID, f.Label, f.Order(), used[i])
	}
	s.facet("time", "", []string{"5", "15", "30", "60", "longer"}, times)
	return diags
}

// TimeNeeded returns the group of a page that takes so many minutes: the
// smallest of 5, 15, 30 and 60 that holds it, or "longer".
func TimeNeeded(minutes int) string {
	for _, limit := range []int{5, 15, 30, 60} {
		if minutes <= limit {
			return strconv.Itoa(limit)
		}
	}
	return "longer"
}

func facetHint(f Facet, value string) string {
	if len(f.order) == 0 {
		return "name its values under facets in site.yaml"
	}
	return diag.DidYouMean(value, f.order, "use one of: "+strings.Join(f.order, ", "))
}

func add(groups map[string]*Group, facet, id, label string, p *Page) {
	g := groups[id]
	if g == nil {
		g = &Group{ID: id, Label: label, URL: "/" + facet + "/" + id + "/"}
		groups[id] = g
	}
	g.Pages = append(g.Pages, p)
}

// facet keeps the groups in use, in the order of the settings.
func (s *Site) facet(id, label string, order []string, used map[string]*Group) {
	f := &Facets{ID: id, Label: label}
	for _, v := range order {
		if g := used[v]; g != nil {
			g.finish()
			f.Groups = append(f.Groups, g)
			s.groups[id+"/"+v] = g
		}
	}
	if len(f.Groups) > 0 {
		s.Facets = append(s.Facets, f)
	}
}

func (g *Group) finish() {
	g.Pages = slices.Compact(g.Pages) // a page may name a value twice
}

// tags groups the listed pages by tag. Tags that differ in case or hyphens are
// one, under the spelling that comes first.
func (s *Site) tags() diag.List {
	var diags diag.List
	spelled := map[string]*Group{} // by spelling; nil for tags that name nothing
	used := map[string]*Group{}    // by id
	apart := false                 // whether a tag is spelled in more than one way
	for _, p := range s.titled {
		if !p.Meta.Listed {
			continue
		}
		for _, tag := range p.Meta.Tags {
			g, ok := spelled[tag]
			if !ok {
				if id := TagID(tag); used[id] != nil {
					g, apart = used[id], true
				} else if id != "" {
					g = &Group{ID: id, Label: tag, URL: "/tags/" + id + "/"}
					used[id] = g
				}
				spelled[tag] = g
			}
			if g != nil {
				g.Pages = append(g.Pages, p)
			}
		}
	}
	if apart {
		diags = s.spellings(spelled)
	}
	for _, id := range sortedKeys(used) {
		used[id].finish()
		s.Tags = append(s.Tags, used[id])
	}
	slices.SortFunc(s.Tags, func(a, b *Group) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)), cmp.Compare(a.ID, b.ID))
	})
	return diags
}

// spellings gives each tag the spelling that comes first, and reports others.
func (s *Site) spellings(spelled map[string]*Group) diag.List {
	var diags diag.List
	first := map[*Group]*Page{} // the page whose spelling counts
	for _, p := range s.Pages {
		if !p.Meta.Listed {
			continue
		}
		at := p.Meta.Places()
		for i, tag := range p.Meta.Tags {
			switch g := spelled[tag]; {
			case g == nil:
			case first[g] == nil:
				first[g], g.Label = p, tag
			case g.Label != tag:
				diags.Warn(at.Item("tags", i), "write it the same everywhere", "the tag %q is also written %q (%s)", tag, g.Label, first[g].Path)
			}
		}
	}
	return diags
}

// Group returns the group of a facet value ("stage/prepare") or tag
// ("tags/follow-up"), or nil.
func (s *Site) Group(name string) *Group { return s.groups[name] }
