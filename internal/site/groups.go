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
	for _, f := range s.Config.FacetList() {
		used := map[string]*Group{}
		for _, p := range s.titled {
			for i, v := range p.Meta.Facet(f.ID) {
				if _, ok := f.Values[v]; !ok {
					diags.Error(itemPos(&p.Meta, f.ID, i), facetHint(f, v), "there is no %s %q", f.ID, v)
					continue
				}
				if p.Meta.Listed {
					add(used, v, f.Values[v], "/"+f.ID+"/"+v+"/", p)
				}
			}
		}
		s.facet(f.ID, f.Label, f.Order(), used)
	}
	used := map[string]*Group{}
	for _, p := range s.titled {
		if id := TimeNeeded(p.Meta.Minutes); p.Meta.Listed && !p.Index {
			add(used, id, id, "/time/"+id+"/", p)
		}
	}
	s.facet("time", "", []string{"5", "15", "30", "60", "longer"}, used)
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

func add(groups map[string]*Group, id, label, url string, p *Page) {
	g := groups[id]
	if g == nil {
		g = &Group{ID: id, Label: label, URL: url}
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
	h := hasher{}
	h.add(g.ID, g.Label, g.URL)
	for _, p := range g.Pages {
		h.page(p)
	}
	g.Hash = h.sum()
}

// tags groups the listed pages by tag. Tags that differ in case or hyphens are
// one, under the spelling that comes first.
func (s *Site) tags() diag.List {
	var diags diag.List
	first := map[string]*Page{} // by id: the page whose spelling counts
	labels, ids := map[string]string{}, map[string]string{}
	for _, p := range s.Pages {
		if !p.Meta.Listed {
			continue
		}
		for i, tag := range p.Meta.Tags {
			id, ok := ids[tag]
			if !ok {
				id = Slugify(tag)
				ids[tag] = id
			}
			if id == "" {
				continue
			}
			if first[id] == nil {
				first[id], labels[id] = p, tag
			} else if labels[id] != tag {
				diags.Warn(itemPos(&p.Meta, "tags", i), "write it the same everywhere", "the tag %q is also written %q (%s)", tag, labels[id], first[id].Path)
			}
		}
	}
	used := map[string]*Group{}
	for _, p := range s.titled {
		for _, tag := range p.Meta.Tags {
			if id := ids[tag]; id != "" && p.Meta.Listed {
				add(used, id, labels[id], "/tags/"+id+"/", p)
			}
		}
	}
	for _, id := range sortedKeys(used) {
		used[id].finish()
		s.Tags = append(s.Tags, used[id])
		s.groups["tags/"+id] = used[id]
	}
	slices.SortFunc(s.Tags, func(a, b *Group) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label)), cmp.Compare(a.ID, b.ID))
	})
	return diags
}

// Group returns the group of a facet value ("stage/prepare") or tag
// ("tags/follow-up"), or nil.
func (s *Site) Group(name string) *Group { return s.groups[name] }
