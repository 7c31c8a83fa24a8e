package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// language is what is remembered of one language of the site.
type language struct {
	name   string
	pages  []page // by URL; a page's number is its place here
	means  [fieldCount]float64
	values lexicon // of facets, each with the id of its facet before it
	vocabulary
	lists         lists
	shards, tails []piece
	cards         []name // of each group of pages
}

// page is what is remembered of one page. Its words are in the lists, its texts
// are read again when its card is made.
type page struct {
	url    string
	hash   [16]byte
	lens   [fieldCount]int32
	facets []int32 // numbers of values
	group  int32   // whose file holds the card; -1 until it is made
}

// freshPage is one that was not known.
type freshPage struct {
	page
	source Source
	words  transcript
	number int
}

// edit takes a language from the pages that it had to those that it has.
type edit struct {
	*language
	kept  []Source // by number of before; without Read if the page is gone
	fresh []freshPage
	room  []byte // for transcripts

	sources []Source // by number
	budget  int      // of the cards of before
	sizes   []int    // of the groups of before
	forms   []int32  // the words of each class, class by class
	starts  []int32  // by class: where its forms begin
	dirty   []bool   // by class: its postings are others now
	rarer   []bool   // by folded form: what the files of endings say of it is
	joined  [2][]byte
}

func newEdit(l *language) *edit {
	e := &edit{language: l, kept: make([]Source, len(l.pages)), budget: budget(len(l.pages)), sizes: make([]int, len(l.cards))}
	for n := range l.pages {
		e.sizes[l.pages[n].group]++
	}
	return e
}

// empty reports whether no page is left.
func (e *edit) empty() bool {
	return len(e.fresh) == 0 && !slices.ContainsFunc(e.kept, func(s Source) bool { return s.Read != nil })
}

// read takes in a page that is not known.
func (e *edit) read(s Source, a Analyzed, r record) error {
	if cap(e.room)-len(e.room) < len(a) {
		e.room = make([]byte, 0, 1<<18+len(a))
	}
	at := len(e.room)
	words, err := e.vocabulary.read(a[r.words:], e.room)
	if err != nil {
		return err
	}
	e.room = words
	e.fresh = append(e.fresh, freshPage{page: page{r.url, s.Hash, r.lens, e.facetsOf(&r), -1}, source: s, words: words[at:]})
	return nil
}

// follow brings all that is remembered up to the pages of now. It returns false
// if nearly all of it is of no use any more.
func (e *edit) follow() (bool, error) {
	known := len(e.pages) > 0
	m := e.number()
	means := meanLengths(e.pages)
	if known && (means != e.means || e.worn()) {
		return false, nil
	}
	e.means = means
	fresh, err := measure(e.fresh, e.words.len())
	if err != nil {
		return false, err
	}
	touched := make([]bool, len(fresh.pages))
	for w, n := range e.uses {
		gone, moved := m.touch(e.lists.of(int32(w)))
		fresh.pages[w] += n - gone
		touched[w] = moved
	}
	e.uses = fresh.pages
	came, ok := e.settle(e.name)
	if !ok {
		return false, nil
	}
	class := e.wordClasses()
	fresh.write(e.fresh, class, e.stems.len(), means)
	var changed []bool
	e.lists, changed = e.lists.renew(len(class), &m, touched, &fresh.lists)
	e.count(class, changed, came)
	e.fresh, e.room = nil, nil
	return true, nil
}

// number puts the pages that were kept and the fresh ones in the order of their
// addresses.
func (e *edit) number() moves {
	slices.SortFunc(e.fresh, func(a, b freshPage) int { return a.compare(&b.page) })
	old := e.pages
	to := make([]int32, len(old))
	all := len(e.fresh)
	for _, s := range e.kept {
		if s.Read != nil {
			all++
		}
	}
	e.pages, e.sources = make([]page, 0, all), make([]Source, 0, all)
	add := func(p page, s Source) {
		e.pages, e.sources = append(e.pages, p), append(e.sources, s)
	}
	next := 0
	fresh := func(before func(p *freshPage) bool) {
		for ; next < len(e.fresh) && before(&e.fresh[next]); next++ {
			e.fresh[next].number = len(e.pages)
			add(e.fresh[next].page, e.fresh[next].source)
		}
	}
	for n := range old {
		to[n] = -1
		if e.kept[n].Read == nil {
			continue
		}
		fresh(func(p *freshPage) bool { return p.compare(&old[n]) < 0 })
		to[n] = int32(len(e.pages))
		add(old[n], e.kept[n])
	}
	fresh(func(*freshPage) bool { return true })
	return newMoves(to, len(e.pages))
}

func (p *page) compare(q *page) int {
	return cmp.Or(strings.Compare(p.url, q.url), slices.Compare(p.hash[:], q.hash[:]))
}

// meanLengths are the mean lengths of the fields, in words.
func meanLengths(pages []page) (means [fieldCount]float64) {
	for i := range pages {
		for f, n := range pages[i].lens {
			means[f] += float64(n) / float64(len(pages))
		}
	}
	for f, m := range means {
		means[f] = steady(m, 16)
	}
	return means
}

// count works out what is known of classes from the lists.
func (e *edit) count(class []int32, changed []bool, came []int32) {
	e.starts = make([]int32, e.stems.len()+1)
	for w, n := range e.uses {
		if n > 0 {
			e.starts[class[w]+1]++
		}
	}
	for c := range e.stems.len() {
		e.starts[c+1] += e.starts[c]
	}
	e.forms = make([]int32, e.starts[e.stems.len()])
	at := slices.Clone(e.starts)
	e.dirty, e.rarer = make([]bool, e.stems.len()), make([]bool, len(class))
	for w, n := range e.uses {
		c := class[w]
		if changed[w] {
			e.dirty[c] = true
		}
		if n > 0 {
			e.forms[at[c]] = int32(w)
			at[c]++
		}
	}
	rarer := make([]bool, e.stems.len())
	for c, dirty := range e.dirty {
		if !dirty {
			continue
		}
		pairs := e.pairs(int32(c))
		pages := pagesOf(pairs)
		rarer[c] = bits.Len32(uint32(pages)) != bits.Len32(uint32(e.held[c]))
		e.size[c], e.held[c] = int32(len(pairs)), pages
	}
	for f, c := range e.class {
		e.rarer[f] = c >= 0 && rarer[c]
	}
	for _, w := range came {
		e.rarer[w] = true
	}
}

// pairs returns the postings of a class, which are those of all its words. They
// are valid until the next call.
func (e *edit) pairs(c int32) (list []byte) {
	for i, w := range e.forms[e.starts[c]:e.starts[c+1]] {
		more := e.lists.of(w)
		if i == 0 {
			list = more
			continue
		}
		e.joined[i%2] = join(e.joined[i%2][:0], list, more)
		list = e.joined[i%2]
	}
	return list
}

// write makes the files of the language and its root, as JSON.
func (e *edit) write(r root, out *output) (*language, []byte, error) {
	ok, err := e.follow()
	if err == nil && !ok {
		err = e.again()
	}
	if err != nil {
		return nil, nil, err
	}
	data, err := e.files(r, out)
	return e.language, data, err
}

// again reads all pages, as if none were known.
func (e *edit) again() error {
	all := e.sources
	*e = *newEdit(&language{name: e.name})
	var buffer []byte
	for _, s := range all {
		a, err := s.Read(buffer)
		if err != nil {
			return err
		}
		r, err := a.open()
		if err != nil {
			return err
		}
		if err := e.read(s, a, r); err != nil {
			return err
		}
		buffer = a
	}
	_, err := e.follow()
	return err
}
