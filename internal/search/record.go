package search

// record is an analyzed page as Build reads it.
type record struct {
	url, title, kind, lang string
	minutes                int
	facets                 []facetUse
	lens                   [fieldCount]int
	source                 Source
	texts, words           int // where its lead and sections begin, and its words: see writeCard and scratch.write
}

// texts are what only the page's card shows. A site has many, so they are read
// when the card is made.
type texts struct {
	lead     string
	sections []section
}

type facetUse struct {
	id     string
	values []string
}

type section struct{ id, title, lead string }

// open reads all but the texts, and the words, which eachWord takes one at a
// time.
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
		p.lens[i] = r.uint()
	}
	p.words = len(a) - len(r.b)
	return p, r.err
}

// load reads the texts of the page, by way of the buffer.
func (p *record) load(buffer *[]byte) (texts, error) {
	a, err := p.source(*buffer)
	if err != nil {
		return texts{}, err
	}
	*buffer = a
	r := reader{b: a[min(p.texts, len(a)):]}
	t := texts{lead: r.string()}
	for range r.count() {
		t.sections = append(t.sections, section{r.string(), r.string(), r.string()})
	}
	return t, r.err
}

// eachWord calls yield for each word of the page, which is read into the
// buffer: its counts per field and the level of the best name it stands in. The
// slice is only valid in the call.
func (p *record) eachWord(buffer *[]byte, yield func(word []byte, tf *[fieldCount]uint8, name uint8)) error {
	a, err := p.source(*buffer)
	if err != nil {
		return err
	}
	*buffer = a
	r := reader{b: a[min(p.words, len(a)):]}
	var tf [fieldCount]uint8
	for range r.count() {
		word := r.bytes(int(r.byte()))
		clear(tf[:])
		name := uint8(0)
		if b := r.byte(); b < 0x80 {
			tf[fieldBody] = b
		} else {
			name = r.byte() & 15
			for f := range tf {
				if b&(1<<f) != 0 {
					tf[f] = r.byte()
				}
			}
		}
		if r.err != nil {
			return r.err
		}
		yield(word, &tf, name)
	}
	return r.err
}
