package search

import (
	"math"
	"slices"
)

// files gives the files of the language to the output and returns its root, as
// JSON.
func (e *edit) files(r root, out *output) ([]byte, error) {
	c := contents{Pages: len(e.pages), TitleWords: max(1, int(math.Round(e.means[fieldTitle]))), Define: r.Definitions, Types: r.Types, Synonyms: r.synonyms}
	words, back := filter(e.order, e.live), filter(e.back, e.live)
	var err error
	e.shards, err = e.pieces(e.shards, words, e.cutWords(words, shardSize), func(f int32) bool { return e.dirty[e.class[f]] }, e.encode, &c.Words, out)
	if err != nil {
		return nil, err
	}
	e.tails, err = e.pieces(e.tails, back, e.cutTails(back), func(f int32) bool { return e.rarer[f] }, e.encodeTail, &c.Tails, out)
	if err != nil {
		return nil, err
	}
	near := e.near(words)
	groups := e.groups(near)
	if err := e.giveCards(groups, out); err != nil {
		return nil, err
	}
	for _, n := range e.cards {
		c.Cards += n.String()
	}
	if c.Facets, c.PageData = e.pageData(groups, near, r.Facets); len(c.PageData) > inlineLimit {
		data := c.PageData
		n, err := out.give(e.name, "bin", nil, func() ([]byte, error) { return data, nil })
		if err != nil {
			return nil, err
		}
		c.PageFile, c.PageData = n.String(), nil
	}
	return c.encode(), nil
}

func filter(list []int32, keep func(int32) bool) []int32 {
	out := make([]int32, 0, len(list))
	for _, n := range list {
		if keep(n) {
			out = append(out, n)
		}
	}
	return out
}

// pageData writes what a search needs of every page: facets, the group of its
// card and the nearest pages (as many for each, or none at all).
//
//	1 and the group of each page, or 0 and the size of each group of pages in
//	  their order
//	facets, see facets
//	number of nearest pages; that many for each page, in rising order as gaps;
//	  the page itself fills up what is missing
func (e *edit) pageData(groups [][]int, near [][]link, known []Facet) ([]Facet, []byte) {
	w := &writer{make([]byte, 4)}
	if near == nil {
		w.uint(0)
		for _, g := range groups {
			w.uint(len(g))
		}
	} else {
		w.uint(1)
		of := make([]int, len(e.pages))
		for i, g := range groups {
			for _, n := range g {
				of[n] = i
			}
		}
		for _, i := range of {
			w.uint(i)
		}
	}
	facets := e.facets(w, known)
	if near == nil {
		w.uint(0)
		return facets, w.seal()
	}
	w.uint(nearCount)
	for n, list := range near {
		pages := make([]int, nearCount)
		for i := range pages {
			pages[i] = n
			if i < len(list) {
				pages[i] = int(list[i].page)
			}
		}
		slices.Sort(pages)
		last := 0
		for _, m := range pages {
			w.uint(m - last)
			last = m
		}
	}
	return facets, w.seal()
}
