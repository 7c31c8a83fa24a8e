package search

import "slices"

// vocabulary is all that is known of the words of one language. Words that
// stand on no page any more keep their numbers, in case that they come back.
type vocabulary struct {
	words  lexicon // as pages spell them, and as readers may
	stems  lexicon // one for each class of words that share their postings
	folded []int32 // by word: its folded form, which is a word as well
	uses   []int32 // by word: how many pages spell it so
	chief  []int32 // by folded form: the least of the words on pages that fold to it; -1: there is none
	class  []int32 // by folded form; -1 if it never was one
	order  []int32 // folded forms in the order of UTF-16, which is how the client compares strings
	back   []int32 // those that can be corrected, in the order of how they are spelt backwards
	size   []int32 // by class: bytes of its postings
	held   []int32 // by class: pages that hold it
}

// read appends the transcript of the words of an analyzed page.
func (v *vocabulary) read(list Analyzed, out []byte) ([]byte, error) {
	r := reader{b: list}
	w := writer{out}
	for range r.count() {
		word := r.bytes(int(r.byte()))
		counts := r.counts()
		if r.err != nil {
			return nil, r.err
		}
		w.uint(int(v.words.find(word)))
		w.b = append(w.b, counts...)
	}
	return w.b, r.err
}

// settle gives each new folded form its class, which is the stem of the least
// word that pages spell it with: that depends on no order. It returns the forms
// that were on no page before, and false if one that was would have to change
// its class.
func (v *vocabulary) settle(lang string) (came []int32, ok bool) {
	for w := len(v.folded); w < v.words.len(); w++ {
		f := int32(w)
		if word := string(v.words.word(f)); !isASCII(word) {
			f = v.words.find([]byte(fold(word)))
		}
		v.folded = append(v.folded, f)
	}
	v.uses = longer(v.uses, v.words.len(), 0)
	v.class = longer(v.class, v.words.len(), -1)
	v.chief = longer(v.chief, v.words.len(), -1)
	stem := stemmer(lang)
	var added []int32
	for f, w := range v.chiefs() {
		if w < 0 || w == v.chief[f] {
			v.chief[f] = w
			continue
		}
		c := v.stems.find([]byte(stem(string(v.words.word(w)))))
		if v.chief[f] >= 0 && v.class[f] != c {
			return nil, false
		}
		if v.chief[f] < 0 {
			came = append(came, int32(f))
		}
		if v.class[f] < 0 {
			added = append(added, int32(f))
		}
		v.class[f], v.chief[f] = c, w
	}
	v.size, v.held = longer(v.size, v.stems.len(), 0), longer(v.held, v.stems.len(), 0)
	v.order = place(v.order, added, v.spelling)
	v.back = place(v.back, slices.DeleteFunc(added, func(f int32) bool { return !correctable(v.spelling(f)) }), func(f int32) string { return reverse(v.spelling(f)) })
	return came, true
}

// chiefs finds the chief of each folded form among the words that are on pages.
func (v *vocabulary) chiefs() []int32 {
	chief := longer(nil, v.words.len(), -1)
	for w, n := range v.uses {
		if n == 0 {
			continue
		}
		f := v.folded[w]
		if chief[f] < 0 || string(v.words.word(int32(w))) < string(v.words.word(chief[f])) {
			chief[f] = int32(w)
		}
	}
	return chief
}

func (v *vocabulary) spelling(w int32) string { return string(v.words.word(w)) }

// live reports whether the folded form is that of a word on some page.
func (v *vocabulary) live(f int32) bool { return v.chief[f] >= 0 }

// wordClasses returns the class of each word.
func (v *vocabulary) wordClasses() []int32 {
	class := make([]int32, len(v.folded))
	for w, f := range v.folded {
		class[w] = v.class[f]
	}
	return class
}

// worn reports whether most of what is known stands on no page any more.
func (v *vocabulary) worn() bool {
	live := 0
	for w, n := range v.uses {
		if n > 0 || v.chief[w] >= 0 {
			live++
		}
	}
	return len(v.uses) > 1000 && live < len(v.uses)/2
}

// longer fills the list up to the length.
func longer(list []int32, length int, with int32) []int32 {
	list = slices.Grow(list, length-len(list))
	for len(list) < length {
		list = append(list, with)
	}
	return list
}

// place puts words into a list that is in the order of their keys.
func place(list, words []int32, key func(int32) string) []int32 {
	type keyed struct {
		key  string
		word int32
	}
	added := make([]keyed, len(words))
	for i, w := range words {
		added[i] = keyed{key(w), w}
	}
	slices.SortFunc(added, func(a, b keyed) int { return compareUTF16(a.key, b.key) })
	out := make([]int32, 0, len(list)+len(added))
	for _, a := range added {
		at, _ := slices.BinarySearchFunc(list, a.key, func(w int32, k string) int { return compareUTF16(key(w), k) })
		out = append(append(out, list[:at]...), a.word)
		list = list[at:]
	}
	return append(out, list...)
}
