package search

import (
	"encoding/binary"
	"hash/crc32"
	"maps"
	"math"
	"slices"
)

// Append appends what the index remembers to b, for Load: about two bytes for
// each word of each page. It is of use to the same version of the program only.
func (x *Index) Append(b []byte) []byte {
	start := len(b)
	w := &writer{b}
	names := slices.Sorted(maps.Keys(x.languages))
	w.uint(len(names))
	for _, name := range names {
		x.languages[name].save(w)
	}
	return binary.BigEndian.AppendUint32(w.b, checksum(w.b[start:]))
}

func checksum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// Load returns the index that Append wrote. It keeps parts of b, which must not
// change. The error says that b is not what Append wrote.
func Load(b []byte) (*Index, error) {
	n := len(b) - 4
	if n < 0 || checksum(b[:n]) != binary.BigEndian.Uint32(b[n:]) {
		return nil, errDamaged
	}
	r := &reader{b: b[:n]}
	x := &Index{map[string]*language{}}
	for range r.count() {
		l := loadLanguage(r)
		x.languages[l.name] = l
	}
	if len(r.b) > 0 || r.err != nil {
		return nil, errDamaged
	}
	return x, nil
}

func (l *language) save(w *writer) {
	w.string(l.name)
	w.lexicon(&l.words)
	w.lexicon(&l.stems)
	w.lexicon(&l.values)
	for _, list := range [][]int32{l.folded, l.chief, l.class, l.order, l.back, l.size, l.held} {
		w.numbers(list)
	}
	last := 0
	w.uint(len(l.lists.ends))
	for _, end := range l.lists.ends {
		w.uint(end - last)
		last = end
	}
	w.bytes(l.lists.b)
	w.pieces(l.shards)
	w.pieces(l.tails)
	w.uint(len(l.cards))
	for _, n := range l.cards {
		w.b = append(w.b, n[:]...)
	}
	w.uint(len(l.pages))
	for i := range l.pages {
		p := &l.pages[i]
		w.string(p.url)
		w.b = append(w.b, p.hash[:]...)
		for _, n := range p.lens {
			w.uint(int(n))
		}
		w.numbers(p.facets)
		w.uint(int(p.group))
	}
}

// loadLanguage reads what save wrote. What others rely on is checked here.
func loadLanguage(r *reader) *language {
	l := &language{name: r.string()}
	r.lexicon(&l.words)
	r.lexicon(&l.stems)
	r.lexicon(&l.values)
	words, classes := l.words.len(), l.stems.len()
	l.folded, l.chief, l.class = r.numbers(words), r.numbers(words), r.numbers(classes)
	l.order, l.back = r.numbers(words), r.numbers(words)
	l.size, l.held = r.numbers(math.MaxInt32), r.numbers(math.MaxInt32)
	l.lists.ends = make([]int, r.count())
	last := 0
	for i := range l.lists.ends {
		last += r.uint()
		l.lists.ends[i] = last
	}
	l.lists.b = r.bytes(r.uint())
	l.shards, l.tails = r.pieces(), r.pieces()
	l.cards = make([]name, r.count())
	for i := range l.cards {
		copy(l.cards[i][:], r.bytes(len(name{})))
	}
	l.pages = make([]page, r.count())
	for i := range l.pages {
		p := &l.pages[i]
		p.url = r.string()
		copy(p.hash[:], r.bytes(len(p.hash)))
		for f := range p.lens {
			p.lens[f] = int32(r.uint())
		}
		p.facets = r.numbers(l.values.len())
		p.group = int32(r.uint())
	}
	if r.err != nil || !l.sound(last) {
		r.b, r.err = nil, errDamaged
		return &language{}
	}
	l.means = meanLengths(l.pages)
	return l
}

// sound reports whether nothing points to what is not there, and counts the
// pages of each word.
func (l *language) sound(bytes int) bool {
	words, classes := l.words.len(), l.stems.len()
	if len(l.folded) != words || len(l.chief) != words || len(l.class) != words || len(l.size) != classes || len(l.held) != classes {
		return false
	}
	if len(l.lists.ends) > words || len(l.lists.b) != bytes {
		return false
	}
	classless := func(f int32) bool { return f < 0 || l.class[f] < 0 }
	if slices.ContainsFunc(l.order, classless) || slices.ContainsFunc(l.back, classless) {
		return false
	}
	for i := range l.pages {
		if int(l.pages[i].group) >= len(l.cards) || slices.Contains(l.pages[i].facets, -1) {
			return false
		}
	}
	l.uses = make([]int32, words)
	for w, f := range l.folded {
		n, ok := soundList(l.lists.of(int32(w)), len(l.pages))
		if !ok || f < 0 || n > 0 && l.class[f] < 0 {
			return false
		}
		l.uses[w] = n
	}
	return true
}

// soundList counts the pages of a list, and reports whether they are such as
// there are.
func soundList(list []byte, pages int) (n int32, ok bool) {
	page := -1
	for i := 0; i < len(list); i += 2 {
		gap := int(list[i])
		if gap >= 0x80 {
			wide, size := binary.Uvarint(list[i:])
			if size <= 0 || wide > math.MaxInt32 {
				return 0, false
			}
			gap = int(wide)
			i += size - 1
		}
		if page += gap + 1; i+1 >= len(list) || page >= pages {
			return 0, false
		}
		n++
	}
	return n, true
}

func (w *writer) lexicon(l *lexicon) {
	w.bytes(l.text)
	w.uint(len(l.ends))
	last := int32(0)
	for _, end := range l.ends {
		w.uint(int(end - last))
		last = end
	}
}

func (r *reader) lexicon(l *lexicon) {
	l.text = slices.Clone(r.bytes(r.uint()))
	l.ends = make([]int32, r.count())
	last := 0
	for i := range l.ends {
		last += r.uint()
		if last > len(l.text) {
			r.b, r.err, last = nil, errDamaged, 0
		}
		l.ends[i] = int32(last)
	}
}

// numbers writes a list of numbers from -1 up.
func (w *writer) numbers(list []int32) {
	w.uint(len(list))
	for _, n := range list {
		w.uint(int(n) + 1)
	}
}

// numbers reads numbers below most.
func (r *reader) numbers(most int) []int32 {
	list := make([]int32, r.count())
	for i := range list {
		n := r.uint() - 1
		if n >= most {
			r.b, r.err, n = nil, errDamaged, -1
		}
		list[i] = int32(n)
	}
	return list
}

func (w *writer) pieces(list []piece) {
	w.uint(len(list))
	for _, p := range list {
		w.uint(int(p.first))
		w.uint(int(p.last))
		w.uint(int(p.count))
		w.b = append(w.b, p.name[:]...)
	}
}

func (r *reader) pieces() []piece {
	list := make([]piece, r.count())
	for i := range list {
		list[i] = piece{int32(r.uint()), int32(r.uint()), int32(r.uint()), name{}}
		copy(list[i].name[:], r.bytes(len(name{})))
	}
	return list
}
