package search

import (
	"math"
	"slices"
)

// The one configuration of the ranking that is fixed at build time; the rest
// is in client.js. Weights fall in the order of the fields; spread says how
// much a long field dilutes its words (b of BM25).
var (
	fieldWeight = [fieldCount]float64{fieldTitle: 3, fieldAlso: 2.5, fieldQueries: 2.5, fieldHeadings: 2, fieldSummary: 1.5, fieldLabels: 1, fieldBody: 1}
	fieldSpread = [fieldCount]float64{fieldTitle: .4, fieldAlso: .4, fieldQueries: .4, fieldHeadings: .5, fieldSummary: .5, fieldLabels: .5, fieldBody: .85}
)

const (
	saturation = 2  // k1 of BM25
	levels     = 15 // steps of an impact; it takes four bits
)

// index is one language of the site on its way to files.
type index struct {
	lang     string
	records  []record // by URL; a page's number is its place here
	synonyms []synonymGroup
	opts     Options
}

// class is one stem with all its surface forms: they share their postings.
type class struct {
	pages    int
	last     int    // page of the latest posting
	postings []byte // gap to the page before, then impact | name level << 4
}

// vocabulary is what one pass over all pages yields.
type vocabulary struct {
	classes []class
	surface map[string]int32 // folded surface form → class
}

// means are the mean lengths of the fields, in words.
func (x *index) means() (means [fieldCount]float64) {
	for i := range x.records {
		for f, n := range x.records[i].lens {
			means[f] += float64(n) / float64(len(x.records))
		}
	}
	for f, m := range means {
		means[f] = steady(m, 16)
	}
	return means
}

// steady rounds a length to so many steps an octave, so that an edit moves the
// impacts of the words that it touches and rarely those of all others.
func steady(length, steps float64) float64 {
	if length <= 0 {
		return 0
	}
	return math.Exp2(math.Round(math.Log2(length)*steps) / steps)
}

// read makes classes and postings of all words of all pages.
func (x *index) read(means [fieldCount]float64) (*vocabulary, error) {
	v := &vocabulary{surface: map[string]int32{}}
	known, stems, stem := map[string]int32{}, map[string]int32{}, stemmer(x.lang)
	find := func(word []byte) int32 {
		if c, ok := known[string(word)]; ok {
			return c
		}
		w := string(word)
		folded := fold(w)
		c, ok := v.surface[folded]
		if !ok {
			s := stem(w)
			if c, ok = stems[s]; !ok {
				c = int32(len(v.classes))
				stems[s] = c
				v.classes = append(v.classes, class{last: -1})
			}
			v.surface[folded] = c
		}
		known[w] = c
		return c
	}
	var page tally
	var buffer []byte
	for n := range x.records {
		r := &x.records[n]
		var scale [fieldCount]float64
		for f := range scale {
			scale[f] = fieldWeight[f]
			if means[f] > 0 {
				scale[f] /= 1 - fieldSpread[f] + fieldSpread[f]*steady(float64(r.lens[f]), 6)/means[f]
			}
		}
		err := r.eachWord(&buffer, func(word []byte, tf *[fieldCount]uint8, name uint8) {
			weight := 0.
			for f, n := range tf {
				if n > 0 {
					weight += float64(float64(n) * scale[f]) // rounded here on all machines
				}
			}
			page.add(find(word), weight, name)
		})
		if err != nil {
			return nil, err
		}
		page.flush(v.classes, n)
	}
	return v, nil
}

// tally sums up the words of one page by class.
type tally struct {
	weight []float64
	name   []uint8
	used   []int32
}

func (t *tally) add(c int32, weight float64, name uint8) {
	for int(c) >= len(t.weight) {
		t.weight, t.name = append(t.weight, 0), append(t.name, 0)
	}
	if t.weight[c] == 0 {
		t.used = append(t.used, c)
	}
	t.weight[c] += weight
	t.name[c] = max(t.name[c], name)
}

// flush writes the postings of page n and forgets it.
func (t *tally) flush(classes []class, n int) {
	for _, i := range t.used {
		c := &classes[i]
		w := writer{c.postings}
		w.uint(n - c.last - 1)
		impact := max(1, int(math.Round(levels*t.weight[i]/(t.weight[i]+saturation))))
		c.postings = append(w.b, byte(impact)|t.name[i]<<4)
		c.pages++
		c.last = n
		t.weight[i], t.name[i] = 0, 0
	}
	t.used = t.used[:0]
}

// build makes the files of the language and its root, as JSON.
func (x *index) build() (files []File, root []byte, err error) {
	means := x.means()
	v, err := x.read(means)
	if err != nil {
		return nil, nil, err
	}
	r := contents{Pages: len(x.records), TitleWords: max(1, int(math.Round(means[fieldTitle]))), Define: x.opts.Definitions, Types: x.opts.Types}
	surfaces := v.sorted()
	put := func(dir *directory, shards []shard) {
		for _, s := range shards {
			f := named(x.lang, "bin", s.data)
			files = append(files, f)
			dir.add(s.from, f)
		}
	}
	put(&r.Words, v.shards(surfaces, len(x.records), shardSize))
	put(&r.Tails, v.tails(surfaces))
	near := x.near(v)
	groups := x.groups(near)
	cards, err := x.cards(groups)
	if err != nil {
		return nil, nil, err
	}
	for _, data := range cards {
		f := named(x.lang, "json", data)
		files = append(files, f)
		r.Cards += hashOf(f)
	}
	if r.Facets, r.PageData = x.pageData(groups, near); len(r.PageData) > inlineLimit {
		f := named(x.lang, "bin", r.PageData)
		files = append(files, f)
		r.PageFile, r.PageData = hashOf(f), nil
	}
	r.Synonyms = x.synonyms
	return files, r.encode(), nil
}

// pageData writes what a search needs of every page: facets, the group of its
// card and the nearest pages (as many for each, or none at all).
//
//	1 and the group of each page, or 0 and the size of each group of pages in
//	  their order
//	facets, see facets
//	number of nearest pages; that many for each page, in rising order as gaps;
//	  the page itself fills up what is missing
func (x *index) pageData(groups [][]int, near [][]link) ([]Facet, []byte) {
	w := &writer{make([]byte, 4)}
	if near == nil {
		w.uint(0)
		for _, g := range groups {
			w.uint(len(g))
		}
	} else {
		w.uint(1)
		of := make([]int, len(x.records))
		for i, g := range groups {
			for _, n := range g {
				of[n] = i
			}
		}
		for _, i := range of {
			w.uint(i)
		}
	}
	facets := x.facets(w)
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
