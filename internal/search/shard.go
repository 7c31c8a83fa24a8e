package search

import (
	"hash/fnv"
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

// surface is one folded form of a word and its class.
type surface struct {
	word  string
	class int32
}

// shard is one file of words.
type shard struct {
	from string // no word of an earlier shard is as great
	data []byte
}

// sorted lists the surface forms in the order of UTF-16, which is how the
// client compares strings.
func (v *vocabulary) sorted() []surface {
	list := make([]surface, 0, len(v.surface))
	for w, c := range v.surface {
		list = append(list, surface{w, c})
	}
	slices.SortFunc(list, func(a, b surface) int { return compareUTF16(a.word, b.word) })
	return list
}

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

// shards cuts the alphabet into ranges. A class belongs to every range that one
// of its forms sorts into; cuts fall where that doubles nothing, if such a
// place comes in time, and depend on the words around them alone, so that an
// edit moves few. The mean size is least bytes, grown in steps until there are
// not too many for a site of so many pages.
func (v *vocabulary) shards(list []surface, pages, least int) []shard {
	end := make([]int, len(v.classes)) // last place of each class in list
	for i, s := range list {
		end[s.class] = i
	}
	total := 5 * len(list)
	for i := range v.classes {
		total += len(v.classes[i].postings) + 3
	}
	mean := least
	for total/mean > max(shardMost, pages/50) {
		mean += mean / 4
	}
	var out []shard
	start, size, reach := 0, 0, 0
	seen := make([]int, len(v.classes))
	for i, s := range list {
		if seen[s.class] <= start {
			seen[s.class] = start + 1
			size += len(v.classes[s.class].postings) + 3
		}
		size += 5
		reach = max(reach, end[s.class])
		calm := reach <= i && hash32(s.word)%4 == 0
		if i+1 == len(list) || size > mean*3/4 && calm || size > mean*2 {
			out = append(out, shard{from(list, start), v.encode(list[start : i+1])})
			start, size, reach = i+1, 0, 0
		}
	}
	return out
}

// from is the shortest string that parts list[i] from the word before it.
func from(list []surface, i int) string {
	if i == 0 {
		return ""
	}
	w := list[i].word
	for n := range w {
		if n > 0 && compareUTF16(w[:n], list[i-1].word) > 0 {
			return w[:n]
		}
	}
	return w
}

func hash32(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
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
func (v *vocabulary) encode(list []surface) []byte {
	w := &writer{make([]byte, 4, shardSize*2)}
	local := map[int32]int{}
	var classes []int32
	w.uint(len(list))
	prev := ""
	for _, s := range list {
		w.front(prev, s.word)
		prev = s.word
		n, ok := local[s.class]
		if !ok {
			n = len(classes)
			local[s.class] = n
			classes = append(classes, s.class)
			w.uint(0)
			continue
		}
		w.uint(len(classes) - n)
	}
	for _, c := range classes {
		w.uint(v.classes[c].pages)
	}
	for _, c := range classes {
		w.postings(v.classes[c].postings)
	}
	return w.seal()
}

// front writes what word has beyond its shared beginning with prev.
func (w *writer) front(prev, word string) {
	n := 0
	for n < len(prev) && n < len(word) && prev[n] == word[n] {
		n++
	}
	for n > 0 && n < len(word) && !utf8.RuneStart(word[n]) {
		n--
	}
	w.uint(n)
	w.string(word[n:])
}

// postings writes gaps and impacts apart, which compresses better.
func (w *writer) postings(pairs []byte) {
	r := reader{b: pairs}
	for len(r.b) > 0 {
		w.uint(r.uint())
		r.byte()
	}
	for r = (reader{b: pairs}); len(r.b) > 0; {
		r.uint()
		w.b = append(w.b, r.byte())
	}
}

// seal fills in the checksum.
func (w *writer) seal() []byte {
	h := fnv.New32a()
	h.Write(w.b[4:])
	h.Sum(w.b[:0])
	return w.b
}

// tails lists the words by their endings, so that a slip near the beginning of
// a word can be undone: the same words, spelt backwards, with the logarithm of
// how many pages hold them.
func (v *vocabulary) tails(list []surface) []shard {
	var back []surface
	for _, s := range list {
		if correctable(s.word) {
			back = append(back, surface{reverse(s.word), s.class})
		}
	}
	slices.SortFunc(back, func(a, b surface) int { return compareUTF16(a.word, b.word) })
	var out []shard
	for start, i := 0, 0; i < len(back); i++ {
		n := i + 1 - start
		if i+1 == len(back) || n > tailSize*3/4 && hash32(back[i].word)%64 == 0 || n > tailSize*2 {
			out = append(out, shard{from(back, start), v.encodeTail(back[start : i+1])})
			start = i + 1
		}
	}
	return out
}

// tailSize is the number of words that a shard of endings holds on the average.
const tailSize = 2000

func (v *vocabulary) encodeTail(list []surface) []byte {
	w := &writer{make([]byte, 4, 8*len(list))}
	w.uint(len(list))
	prev := ""
	for _, s := range list {
		w.front(prev, s.word)
		prev = s.word
		log := 0
		for n := v.classes[s.class].pages; n > 1; n >>= 1 {
			log++
		}
		w.uint(log)
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
