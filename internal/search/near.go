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
func (e *edit) near(list []int32) [][]link {
	if n := len(e.pages); n > nearMost || n <= nearCount+1 {
		return nil
	}
	features := e.features(list)
	holders, starts := e.holders(features)
	out := make([][]link, len(features))
	sims := make([]int32, len(features))
	for n, list := range features {
		clear(sims)
		for _, f := range list {
			for _, h := range holders[starts[f.class]:starts[f.class+1]] {
				sims[h.page] += f.weight * h.sim
			}
		}
		sims[n] = 0
		out[n] = nearest(sims)
	}
	return out
}

// holders lists the pages of each feature, and where those of each class begin.
func (e *edit) holders(features [][]feature) (list []link, starts []int) {
	starts = make([]int, e.stems.len()+1)
	for _, of := range features {
		for _, f := range of {
			starts[f.class+1]++
		}
	}
	for c := range e.stems.len() {
		starts[c+1] += starts[c]
	}
	list = make([]link, starts[e.stems.len()])
	at := slices.Clone(starts)
	for n, of := range features {
		for _, f := range of {
			list[at[f.class]] = link{int32(n), f.weight}
			at[f.class]++
		}
	}
	return list, starts
}

// nearest picks the pages of the greatest similarities, of equal ones the first.
func nearest(sims []int32) []link {
	best := make([]link, 0, nearCount+1)
	least := int32(0)
	for m, sim := range sims {
		if sim <= least {
			continue
		}
		i := len(best)
		for i > 0 && best[i-1].sim < sim {
			i--
		}
		best = slices.Insert(best, i, link{int32(m), sim})
		if best = best[:min(len(best), nearCount)]; len(best) == nearCount {
			least = best[nearCount-1].sim
		}
	}
	return best
}

// features returns the heaviest stems of each page, in no order, their weights
// scaled so that the squares of a page sum up to about a million. Of equal ones
// those win that come first in the list of folded forms.
func (e *edit) features(list []int32) [][]feature {
	classes, ends := e.telling(list)
	keys := make([]uint64, ends[len(e.pages)]) // of each page: weight << 32 | a number that falls from class to class
	for i, c := range classes {
		idf := e.idf(c)
		for p := cursorOf(e.pairs(c)); p.next(); {
			at := &ends[p.page]
			keys[*at] = uint64(idf*int(p.mark&15))<<32 | uint64(math.MaxUint32-i)
			*at++
		}
	}
	out := make([][]feature, len(e.pages))
	flat := make([]feature, 0, len(out)*nearTerms)
	for n, start := 0, 0; n < len(out); n++ {
		heaviest := greatest(keys[start:ends[n]], nearTerms)
		start = ends[n]
		sum := 0.
		for _, k := range heaviest {
			sum += float64(k>>32) * float64(k>>32)
		}
		first := len(flat)
		for _, k := range heaviest {
			weight := math.Round(1000 * float64(k>>32) / math.Sqrt(sum))
			flat = append(flat, feature{classes[math.MaxUint32-uint32(k)], int32(weight)})
		}
		out[n] = flat[first:]
	}
	return out
}

// telling lists the classes that say what a page is about, in the order of
// their first forms, and where those of each page begin in a list by page.
func (e *edit) telling(list []int32) (classes []int32, starts []int) {
	pages := len(e.pages)
	starts = make([]int, pages+1)
	done := make([]bool, e.stems.len())
	for _, f := range list {
		c := e.class[f]
		held := int(e.held[c])
		if done[c] || held < 2 || held > max(2, min(pages/nearCommon, nearHeld)) {
			continue
		}
		done[c] = true
		classes = append(classes, c)
		for p := cursorOf(e.pairs(c)); p.next(); {
			starts[p.page+1]++
		}
	}
	for n := range pages {
		starts[n+1] += starts[n]
	}
	return classes, starts
}

// idf is how much a class says by being on few pages.
func (e *edit) idf(c int32) int {
	return int(math.Round(64 * math.Log(float64(len(e.pages))/float64(e.held[c]))))
}

// greatest moves the n greatest keys to the front and returns them, by Hoare's
// selection.
func greatest(keys []uint64, n int) []uint64 {
	if len(keys) <= n {
		return keys
	}
	for lo, hi := 0, len(keys)-1; lo < hi; {
		pivot := keys[(lo+hi)/2]
		i, j := lo, hi
		for i <= j {
			for keys[i] > pivot {
				i++
			}
			for keys[j] < pivot {
				j--
			}
			if i <= j {
				keys[i], keys[j] = keys[j], keys[i]
				i++
				j--
			}
		}
		switch {
		case n-1 <= j:
			hi = j
		case n-1 >= i:
			lo = i
		default:
			return keys[:n]
		}
	}
	return keys[:n]
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
