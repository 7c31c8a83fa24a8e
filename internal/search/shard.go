package search

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Shards have about shardSize bytes before a host compresses them: a question
// of fifteen words needs nearly as many shards, so what else stands in them is
// most of what its reader waits for. They have more on sites so large that
// there would be more than shardMost of them, or one for 50 pages: hosts limit
// the number of files.
const (
	shardSize = 1280
	shardMost = 440
)

func compareUTF16(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			if a[i] < 0xee && b[i] < 0xee { // neither can begin a rune above U+DFFF
				return int(a[i]) - int(b[i])
			}
			return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
		}
	}
	return len(a) - len(b)
}

// span is a range of words that go into one file, from the place start in some
// list up to the place end.
type span struct {
	from       string // no word of an earlier range is as great
	start, end int
}

// cutWords cuts the alphabet into ranges. A class belongs to every range that one
// of its forms sorts into; cuts fall where that doubles nothing, if such a
// place comes in time, and depend on the words around them alone, so that an
// edit moves few. The mean size is least bytes, grown in steps until there are
// not too many for a site of so many pages.
func (e *edit) cutWords(list []int32, least int) []span {
	end, total := make([]int, e.stems.len()), 5*len(list) // end: last place of each class in list
	for i, w := range list {
		end[e.class[w]] = i
	}
	for c := range e.stems.len() {
		if e.held[c] > 0 {
			total += int(e.size[c]) + 3
		}
	}
	mean := least
	for total/mean > max(shardMost, len(e.pages)/50) {
		mean += mean / 4
	}
	var out []span
	start, size, reach := 0, 0, 0
	seen := make([]int, e.stems.len())
	for i, w := range list {
		c := e.class[w]
		if seen[c] <= start {
			seen[c] = start + 1
			size += int(e.size[c]) + 3
		}
		size += 5
		reach = max(reach, end[c])
		calm := reach <= i && hash32(e.words.word(w))%4 == 0
		if i+1 == len(list) || size > mean*3/4 && calm || size > mean*2 {
			out = append(out, span{from(list, start, e.spelling), start, i + 1})
			start, size, reach = i+1, 0, 0
		}
	}
	return out
}

// from is the shortest string that parts list[i] from the word before it.
func from(list []int32, i int, spelling func(int32) string) string {
	if i == 0 {
		return ""
	}
	w, before := spelling(list[i]), spelling(list[i-1])
	for n := range w {
		if n > 0 && compareUTF16(w[:n], before) > 0 {
			return w[:n]
		}
	}
	return w
}

// hash32 is FNV-1a.
func hash32(s []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range s {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// pieces gives each range of the list to the output, those in which no word is
// dirty and that hold the same words as before without being made.
func (e *edit) pieces(old []piece, list []int32, cuts []span, dirty func(w int32) bool, encode func([]int32) []byte, dir *directory, out *output) ([]piece, error) {
	known := make(map[int32]*piece, len(old))
	for i := range old {
		known[old[i].first] = &old[i]
	}
	var now []piece
	for _, c := range cuts {
		words := list[c.start:c.end]
		p := piece{words[0], words[len(words)-1], int32(len(words)), name{}}
		var same *name
		if was := known[p.first]; was != nil && was.last == p.last && was.count == p.count && !slices.ContainsFunc(words, dirty) {
			same = &was.name
		}
		var err error
		p.name, err = out.give(e.name, "bin", same, func() ([]byte, error) { return encode(words), nil })
		if err != nil {
			return nil, err
		}
		now = append(now, p)
		dir.add(c.from, p.name)
	}
	return now, nil
}

// encode writes one shard:
//
//	checksum of the rest (FNV-1a, 4 bytes, big-endian)
//	number of forms; per form: bytes shared with the form before, number of
//	  further bytes, those bytes, and its class as steps back from the next new
//	  one (0: it is the new one)
//	per class: number of pages
//	per class: all gaps between pages, then one byte of impact for each
//
// Numbers are unsigned varints.
func (e *edit) encode(list []int32) []byte {
	w := &writer{make([]byte, 4, shardSize*2)}
	local := map[int32]int{}
	var classes []int32
	w.uint(len(list))
	var prev []byte
	for _, f := range list {
		word := e.words.word(f)
		w.front(prev, word)
		prev = word
		c := e.class[f]
		n, ok := local[c]
		if !ok {
			n = len(classes)
			local[c] = n
			classes = append(classes, c)
			w.uint(0)
			continue
		}
		w.uint(len(classes) - n)
	}
	for _, c := range classes {
		w.uint(int(e.held[c]))
	}
	for _, c := range classes {
		w.postings(e.pairs(c))
	}
	return w.seal()
}

// front writes what word has beyond its shared beginning with prev.
func (w *writer) front(prev, word []byte) {
	n := 0
	for n < len(prev) && n < len(word) && prev[n] == word[n] {
		n++
	}
	for n > 0 && n < len(word) && !utf8.RuneStart(word[n]) {
		n--
	}
	w.uint(n)
	w.bytes(word[n:])
}

// postings writes gaps and impacts apart, which compresses better.
func (w *writer) postings(pairs []byte) {
	for i := 0; i < len(pairs); i++ {
		w.b = append(w.b, pairs[i])
		if pairs[i] < 0x80 {
			i++ // its impact
		}
	}
	for i := 1; i < len(pairs); i++ {
		if pairs[i-1] < 0x80 {
			w.b = append(w.b, pairs[i])
			i++
		}
	}
}

// seal fills in the checksum.
func (w *writer) seal() []byte {
	binary.BigEndian.PutUint32(w.b, hash32(w.b[4:]))
	return w.b
}

// tailSize is the number of words that a shard of endings holds on the average.
const tailSize = 2000

// cutTails cuts the words that can be corrected, in the order of their endings.
func (e *edit) cutTails(list []int32) []span {
	var out []span
	for start, i := 0, 0; i < len(list); i++ {
		n := i + 1 - start
		if i+1 == len(list) || n > tailSize*3/4 && hash32([]byte(e.ending(list[i])))%64 == 0 || n > tailSize*2 {
			out = append(out, span{from(list, start, e.ending), start, i + 1})
			start = i + 1
		}
	}
	return out
}

// ending is the word spelt backwards.
func (e *edit) ending(w int32) string { return reverse(e.spelling(w)) }

// encodeTail lists the words by their endings, so that a slip near the beginning
// of a word can be undone: the same words, spelt backwards, with the logarithm
// of how many pages hold them.
func (e *edit) encodeTail(list []int32) []byte {
	w := &writer{make([]byte, 4, 8*len(list))}
	w.uint(len(list))
	var prev []byte
	for _, f := range list {
		word := []byte(e.ending(f))
		w.front(prev, word)
		prev = word
		w.uint(bits.Len32(uint32(e.held[e.class[f]])) - 1)
	}
	return w.seal()
}

// correctable words are those of four letters or more in scripts that spell.
func correctable(w string) bool {
	return utf8.RuneCountInString(w) >= 4 && !strings.ContainsFunc(w, func(r rune) bool { return r >= '0' && r <= '9' || isCJK(r) })
}

func reverse(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}
