package search

import (
	"cmp"
	"math"
	"slices"
)

// Pages that are about the same things vouch for each other: the client adds a
// part of the mean score of a page's nearest pages to its own (score
// regularisation, Diaz 2005). On small collections that is worth more than
// latent semantic indexing, for six bytes a page.
const (
	nearCount  = 3    // nearest pages of each page
	nearMost   = 5000 // pages up to which a site gets them: beyond, too many bytes for one query
	nearTerms  = 48   // heaviest stems of a page that nearness is measured by
	nearCommon = 3    // stems on more than one page of so many say nothing,
	nearHeld   = 300  // nor do those on more pages than that, and they cost time
)

// link is one page near another.
type link struct {
	page int32
	sim  int32
}

type feature struct{ class, weight int32 }

// near returns the nearest pages of each page by the cosine of their heaviest
// stems, nearest first; nil for sites of a size that does without. It reckons
// in integers, so that all machines agree.
func (x *index) near(v *vocabulary) [][]link {
	if n := len(x.records); n > nearMost || n <= nearCount+1 {
		return nil
	}
	features := v.features(len(x.records))
	holders := make([][]link, len(v.classes))
	for n, list := range features {
		for _, f := range list {
			holders[f.class] = append(holders[f.class], link{int32(n), f.weight})
		}
	}
	out := make([][]link, len(features))
	sims := make([]int32, len(features))
	for n, list := range features {
		clear(sims)
		for _, f := range list {
			for _, h := range holders[f.class] {
				sims[h.page] += f.weight * h.sim
			}
		}
		sims[n] = 0
		out[n] = nearest(sims)
	}
	return out
}

// nearest picks the pages of the greatest similarities, of equal ones the first.
func nearest(sims []int32) []link {
	best := make([]link, 0, nearCount+1)
	for m, sim := range sims {
		if sim == 0 || len(best) == nearCount && sim <= best[nearCount-1].sim {
			continue
		}
		i := len(best)
		for i > 0 && best[i-1].sim < sim {
			i--
		}
		best = slices.Insert(best, i, link{int32(m), sim})
		best = best[:min(len(best), nearCount)]
	}
	return best
}

// features returns the heaviest stems of each page, their weights scaled so
// that the squares of a page sum up to about a million.
func (v *vocabulary) features(pages int) [][]feature {
	out := make([][]feature, pages)
	for i := range v.classes {
		c := &v.classes[i]
		if c.pages < 2 || c.pages > max(2, min(pages/nearCommon, nearHeld)) {
			continue
		}
		idf := int32(math.Round(64 * math.Log(float64(pages)/float64(c.pages))))
		n := -1
		for r := (reader{b: c.postings}); len(r.b) > 0; {
			n += r.uint() + 1
			out[n] = append(out[n], feature{int32(i), idf * int32(r.byte()&15)})
		}
	}
	for n, list := range out {
		slices.SortFunc(list, func(a, b feature) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.class, b.class)) })
		list = slices.Clone(list[:min(nearTerms, len(list))])
		sum := 0.
		for _, f := range list {
			sum += float64(f.weight) * float64(f.weight)
		}
		for i := range list {
			list[i].weight = int32(math.Round(1000 * float64(list[i].weight) / math.Sqrt(sum)))
		}
		out[n] = list
	}
	return out
}

// gather puts pages that are near each other into groups of at most size: the
// nearest pairs join first, and what stays small shares a group at the end.
func gather(near [][]link, size int) [][]int {
	root, count := make([]int, len(near)), make([]int, len(near))
	for n := range root {
		root[n], count[n] = n, 1
	}
	find := func(n int) int {
		for root[n] != n {
			root[n] = root[root[n]]
			n = root[n]
		}
		return n
	}
	type pair struct{ a, b, sim int }
	var pairs []pair
	for a, list := range near {
		for _, l := range list {
			pairs = append(pairs, pair{a, int(l.page), int(l.sim)})
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int { return cmp.Or(q.sim-p.sim, p.a-q.a, p.b-q.b) })
	for _, p := range pairs {
		if a, b := find(p.a), find(p.b); a != b && count[a]+count[b] <= size {
			a, b = min(a, b), max(a, b)
			root[b] = a
			count[a] += count[b]
		}
	}
	members := make([][]int, len(near))
	for n := range near {
		members[find(n)] = append(members[find(n)], n)
	}
	members = slices.DeleteFunc(members, func(m []int) bool { return m == nil })
	slices.SortStableFunc(members, func(a, b []int) int { return len(b) - len(a) })
	var groups [][]int
	for _, m := range members {
		i := slices.IndexFunc(groups, func(g []int) bool { return len(g)+len(m) <= size })
		if i < 0 {
			i = len(groups)
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], m...)
	}
	for _, g := range groups {
		slices.Sort(g)
	}
	return groups
}
