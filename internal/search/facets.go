package search

import (
	"slices"
	"strconv"
)

// timeSteps are the values of the facet "time": needs at most so many minutes.
var timeSteps = []int{5, 15, 30, 60}

// facetsOf returns the numbers of the values of the page, each once.
func (e *edit) facetsOf(r *record) (list []int32) {
	var key writer
	note := func(facet, value string) {
		key.b = key.b[:0]
		key.string(facet)
		if n := e.values.find(append(key.b, value...)); !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	for _, use := range r.facets {
		for _, v := range use.values {
			note(use.id, v)
		}
	}
	if r.kind != "" {
		note("type", r.kind)
	}
	if r.minutes > 0 {
		note("time", timeStep(r.minutes))
	}
	return list
}

// facets lists the facets that the pages use and writes, in the same order,
// which pages have each value: numbers of pages as gaps, of those that have it
// or, if that is shorter, of those that do not. A value is written as twice the
// number of pages in the list, plus one if it lists the others.
func (e *edit) facets(w *writer, known []Facet) []Facet {
	pages := make([][]int, e.values.len())
	for n := range e.pages {
		for _, v := range e.pages[n].facets {
			pages[v] = append(pages[v], n)
		}
	}
	used := map[string][]string{}
	having := map[[2]string][]int{}
	for v, list := range pages {
		if len(list) > 0 {
			r := reader{b: e.values.word(int32(v))}
			facet, value := r.string(), string(r.b)
			used[facet] = append(used[facet], value)
			having[[2]string{facet, value}] = list
		}
	}
	list := order(known, used)
	for _, f := range list {
		for _, v := range f.Values {
			w.pages(having[[2]string{f.ID, v.ID}], len(e.pages))
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

// order sorts the used facets and values as known ones do, the rest by id.
func order(known []Facet, used map[string][]string) []Facet {
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
	for _, f := range known {
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
