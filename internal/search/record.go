package search

import "math/bits"

// record is what the beginning of an analyzed page says.
type record struct {
	url, title, kind, lang string
	minutes                int
	facets                 []facetUse
	lens                   [fieldCount]int32
	texts, words           int // where its lead and sections begin, and its words: see writeCard and scratch.write
}

// texts are what only the page's card shows.
type texts struct {
	lead     string
	sections []section
}

type facetUse struct {
	id     string
	values []string
}

type section struct{ id, title, lead string }

// open reads all but the texts and the words.
func (a Analyzed) open() (record, error) {
	r := reader{b: a}
	if r.uint() != formatVersion {
		return record{}, errDamaged
	}
	p := record{url: r.string(), title: r.string(), kind: r.string(), lang: r.string(), minutes: r.uint()}
	for range r.count() {
		use := facetUse{id: r.string()}
		for range r.count() {
			use.values = append(use.values, r.string())
		}
		p.facets = append(p.facets, use)
	}
	p.texts = len(a) - len(r.b)
	r.skip()
	for range 3 * r.count() {
		r.skip()
	}
	for i := range p.lens {
		p.lens[i] = int32(r.uint())
	}
	p.words = len(a) - len(r.b)
	return p, r.err
}

// load reads the texts of the page.
func (p *record) load(a Analyzed) (texts, error) {
	r := reader{b: a[p.texts:]}
	t := texts{lead: r.string()}
	for range r.count() {
		t.sections = append(t.sections, section{r.string(), r.string(), r.string()})
	}
	return t, r.err
}

// counts takes the counts of a word: one byte for the body alone, or a mask of
// fields, the level of the best name that it stands in, and a byte for each.
func (r *reader) counts() []byte {
	n := 1
	if len(r.b) > 0 && r.b[0] >= 0x80 {
		n = 2 + bits.OnesCount8(r.b[0]&0x7f)
	}
	return r.bytes(n)
}
