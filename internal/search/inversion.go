package search

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// transcript is what the words of one page come to before the postings can be
// written: as in the analyzed page, with the number of each word as a varint in
// the place of its letters.
type transcript []byte

// next takes the next word off the transcript, with its counts as they stand
// there: one byte for the body alone, or a mask, the name level and the counts.
func (t *transcript) next() (word int32, counts []byte) {
	n, size := uint64((*t)[0]), 1
	if n >= 0x80 {
		n, size = binary.Uvarint(*t)
	}
	rest := (*t)[size:]
	k := 1
	if rest[0] >= 0x80 {
		k = 2 + bits.OnesCount8(rest[0]&0x7f)
	}
	*t = rest[k:]
	return int32(n), rest[:k]
}

// inversion turns the words of fresh pages into lists.
type inversion struct {
	lists
	last  []int32 // by word: the latest page of its list, plus one
	pages []int32 // by word: how many of the pages hold it
}

// measure finds out how long the list of each word gets, so that each has its
// place from the beginning. The pages come in the order of their numbers.
func measure(pages []freshPage, words int) (*inversion, error) {
	v := &inversion{lists{ends: make([]int, words)}, make([]int32, words), make([]int32, words)}
	for i := range pages {
		n := int32(pages[i].number)
		for t := pages[i].words; len(t) > 0; {
			w, _ := t.next()
			if v.last[w] > n {
				return nil, errDamaged // a page lists each word once
			}
			v.ends[w] += (bits.Len32(uint32(n-v.last[w])|1)+6)/7 + 1
			v.last[w] = n + 1
			v.pages[w]++
		}
	}
	total := 0
	for w, size := range v.ends {
		v.ends[w] = total // where it begins, until it is written
		total += size
	}
	v.b = make([]byte, total)
	clear(v.last)
	return v, nil
}

// write fills in the lists.
func (v *inversion) write(pages []freshPage, class []int32, classes int, means [fieldCount]float64) {
	page := tally{make([]float64, classes), make([]uint8, classes), nil}
	for i := range pages {
		n := int32(pages[i].number)
		page.add(&pages[i], class, means)
		pages[i].words = nil // all of them are much to keep, and this was the last look
		for _, w := range page.words {
			at := v.ends[w]
			if gap := n - v.last[w]; gap < 0x80 {
				v.b[at] = byte(gap)
				at++
			} else {
				at += binary.PutUvarint(v.b[at:], uint64(gap))
			}
			v.b[at] = page.markOf(class[w])
			v.ends[w] = at + 1
			v.last[w] = n + 1
		}
	}
}

// tally sums up the words of one page by class.
type tally struct {
	weight []float64 // 0 when the mark is whole
	mark   []uint8   // name level, then the byte of the posting
	words  []int32
}

func (t *tally) add(p *freshPage, class []int32, means [fieldCount]float64) {
	s := newScale(p.lens, means)
	t.words = t.words[:0]
	for rest := p.words; len(rest) > 0; {
		w, counts := rest.next()
		weight, name := s.weigh(counts)
		t.words = append(t.words, w)
		c := class[w]
		if t.weight[c] == 0 {
			t.mark[c] = 0
		}
		t.weight[c] += weight
		t.mark[c] = max(t.mark[c], name)
	}
}

// markOf ends the sum of a class.
func (t *tally) markOf(c int32) uint8 {
	if w := t.weight[c]; w > 0 {
		impact := max(1, int(math.Round(levels*w/(w+saturation))))
		t.mark[c] = byte(impact) | t.mark[c]<<4
		t.weight[c] = 0
	}
	return t.mark[c]
}
