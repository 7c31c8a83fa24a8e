package search

import "hash/maphash"

// lexicon numbers words from 0 in the order in which they come. It is a hash
// table of its own, without pointers: a site has millions of words to look up
// and few that differ, and what is remembered between builds should cost the
// garbage collector nothing.
type lexicon struct {
	seed  maphash.Seed
	text  []byte  // the words, end to end
	ends  []int32 // by number: where the word ends in text
	slots []int32 // by hash: a number plus one; 0 is free
}

const firstSlots = 1 << 10

func (l *lexicon) len() int { return len(l.ends) }

// word is valid until the next find.
func (l *lexicon) word(n int32) []byte {
	if n == 0 {
		return l.text[:l.ends[0]]
	}
	return l.text[l.ends[n-1]:l.ends[n]]
}

// find returns the number of the word, which is new if it is l.len() of before.
func (l *lexicon) find(word []byte) int32 {
	if 2*len(l.ends) >= len(l.slots) {
		l.grow()
	}
	i := l.slot(word)
	if n := l.slots[i]; n > 0 {
		return n - 1
	}
	l.text = append(l.text, word...)
	l.ends = append(l.ends, int32(len(l.text)))
	l.slots[i] = int32(len(l.ends))
	return l.slots[i] - 1
}

// slot returns where the number of the word is, or would be.
func (l *lexicon) slot(word []byte) int {
	i := int(maphash.Bytes(l.seed, word)) & (len(l.slots) - 1)
	for n := l.slots[i]; n > 0; n = l.slots[i] {
		if string(l.word(n-1)) == string(word) {
			break
		}
		i = (i + 1) & (len(l.slots) - 1)
	}
	return i
}

// grow makes room for twice as many words, and for those at hand.
func (l *lexicon) grow() {
	if l.slots == nil {
		l.seed = maphash.MakeSeed()
	}
	n := max(firstSlots, 2*len(l.slots))
	for n < 3*len(l.ends) {
		n *= 2
	}
	l.slots = make([]int32, n)
	for n := range l.ends {
		l.slots[l.slot(l.word(int32(n)))] = int32(n + 1)
	}
}

// clear forgets all words and keeps the room.
func (l *lexicon) clear() {
	l.text, l.ends = l.text[:0], l.ends[:0]
	clear(l.slots)
}
