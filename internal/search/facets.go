package search

import (
	"slices"
	"strconv"
)

// timeSteps are the values of the facet "time": needs at most so many minutes.
var timeSteps = []int{5, 15, 30, 60}

// facets lists the facets that the pages use and writes, in the same order,
// which pages have each value: numbers of pages as gaps, of those that have it
// or, if that is shorter, of those that do not. A value is written as twice the
// number of pages in the list, plus one if it lists the others.
func (x *index) facets(w *writer) []Facet {
	type key struct{ facet, value string }
	pages := map[key][]int{}
	values := map[string][]string{}
	note := func(n int, facet, value string) {
		k := key{facet, value}
		if len(pages[k]) == 0 {
			values[facet] = append(values[facet], value)
		}
		if l := pages[k]; len(l) == 0 || l[len(l)-1] != n {
			pages[k] = append(l, n)
		}
	}
	for n := range x.records {
		r := &x.records[n]
		for _, use := range r.facets {
			for _, v := range use.values {
				note(n, use.id, v)
			}
		}
		if r.kind != "" {
			note(n, "type", r.kind)
		}
		if r.minutes > 0 {
			note(n, "time", timeStep(r.minutes))
		}
	}
	list := x.order(values)
	for _, f := range list {
		for _, v := range f.Values {
			w.pages(pages[key{f.ID, v.ID}], len(x.records))
		}
	}
	return list
}

func timeStep(minutes int) string {
	for _, step := range timeSteps {
		if minutes <= step {
			return strconv.Itoa(step)
		}
	}
	return "more"
}

// order sorts the used facets and values as the options say, the rest by id.
func (x *index) order(used map[string][]string) []Facet {
	var list []Facet
	take := func(f Facet) {
		have := used[f.ID]
		if len(have) == 0 {
			return
		}
		out := Facet{ID: f.ID, Label: f.Label}
		for _, v := range f.Values {
			if slices.Contains(have, v.ID) {
				out.Values = append(out.Values, v)
			}
		}
		slices.SortFunc(have, compareValues)
		for _, id := range have {
			if !slices.ContainsFunc(out.Values, func(v FacetValue) bool { return v.ID == id }) {
				out.Values = append(out.Values, FacetValue{id, id})
			}
		}
		list = append(list, out)
		delete(used, f.ID)
	}
	for _, f := range x.opts.Facets {
		take(f)
	}
	var rest []string
	for id := range used {
		rest = append(rest, id)
	}
	slices.Sort(rest)
	for _, id := range rest {
		take(Facet{ID: id, Label: id})
	}
	return list
}

// compareValues puts numbers in their order and before words.
func compareValues(a, b string) int {
	m, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return m - n
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return compareUTF16(a, b)
}

func (w *writer) pages(list []int, total int) {
	others := 0
	if len(list) > total/2 {
		has := list
		list, others = nil, 1
		for n := range total {
			if len(has) > 0 && has[0] == n {
				has = has[1:]
			} else {
				list = append(list, n)
			}
		}
	}
	w.uint(len(list)*2 + others)
	last := -1
	for _, n := range list {
		w.uint(n - last - 1)
		last = n
	}
}
