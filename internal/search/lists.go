package search

import (
	"bytes"
	"encoding/binary"
)

// lists hold the postings of all words by number, one after the other: for each
// page on which the word stands the gap to the page before, as a varint, and
// one byte: the impact of the word's class on that page | name level << 4.
type lists struct {
	ends []int
	b    []byte
}

// of returns the list of a word, empty if the word is newer than the lists.
func (l *lists) of(word int32) []byte {
	switch {
	case int(word) >= len(l.ends):
		return nil
	case word == 0:
		return l.b[:l.ends[0]]
	}
	return l.b[l.ends[word-1]:l.ends[word]]
}

// cursor walks over a list. It begins before the first page, at page -1.
type cursor struct {
	b    []byte
	page int
	mark byte
}

func cursorOf(list []byte) cursor { return cursor{b: list, page: -1} }

func (c *cursor) next() bool {
	if len(c.b) < 2 {
		return false
	}
	gap, n := int(c.b[0]), 1
	if gap >= 0x80 {
		wide, size := binary.Uvarint(c.b)
		gap, n = int(wide), size
	}
	c.page += gap + 1
	c.mark = c.b[n]
	c.b = c.b[n+1:]
	return true
}

// skip goes on while the pages are less than n, and returns how many bytes of
// the list that took. It is most of the work of an update.
func (c *cursor) skip(n int) int {
	i, page := 0, c.page
	for i < len(c.b) {
		gap, size := int(c.b[i]), 1
		if gap >= 0x80 {
			wide, long := binary.Uvarint(c.b[i:])
			gap, size = int(wide), long
		}
		if page+gap+1 >= n {
			break
		}
		page += gap + 1
		i += size + 1
	}
	c.b, c.page = c.b[i:], page
	return i
}

// pagesOf counts the pages of a list.
func pagesOf(list []byte) (n int32) {
	for i := 0; i < len(list); i++ {
		if list[i] < 0x80 {
			n++
			i++ // its impact
		}
	}
	return n
}

// appendPosting appends page n to a list that ends with the page last.
func appendPosting(list []byte, last, n int, mark byte) []byte {
	return append(binary.AppendUvarint(list, uint64(n-last-1)), mark)
}

// join appends to out the list of the pages of a or b.
func join(out, a, b []byte) []byte {
	p, q := cursorOf(a), cursorOf(b)
	last := -1
	more, others := p.next(), q.next()
	for more && others {
		c := &p
		if q.page < p.page {
			c = &q
		}
		n := c.page
		out = appendPosting(out, last, n, c.mark)
		last = n
		if p.page == n {
			more = p.next()
		}
		if q.page == n {
			others = q.next()
		}
	}
	if others {
		more, p = true, q
	}
	if more {
		out = append(appendPosting(out, last, p.page, p.mark), p.b...)
	}
	return out
}

// moves say which number each page of before has now: -1 if it is gone. Pages
// before first have kept theirs; those after last are all as far from it.
type moves struct {
	to          []int32
	first, last int
	shift       int
}

func newMoves(to []int32, pages int) moves {
	m := moves{to: to, last: len(to) - 1, shift: pages - len(to)}
	for m.first < len(to) && to[m.first] == int32(m.first) {
		m.first++
	}
	for m.last >= m.first && to[m.last] >= 0 && int(to[m.last]) == m.last+m.shift {
		m.last--
	}
	return m
}

// touch reports how many pages of the list are gone, and whether the list
// holds any page that is not where it was.
func (m *moves) touch(list []byte) (gone int32, touched bool) {
	if m.first == len(m.to) {
		return 0, false
	}
	c := cursorOf(list)
	c.skip(m.first)
	for c.next() {
		if c.page > m.last {
			return gone, touched || m.shift != 0
		}
		if m.to[c.page] < 0 {
			gone++
		}
		touched = touched || int(m.to[c.page]) != c.page
	}
	return gone, touched
}

// merge appends to out the list with its pages where they are now, and the
// fresh ones of another list, which are none of those.
func (m *moves) merge(out, list, fresh []byte) []byte {
	c, f := cursorOf(list), cursorOf(fresh)
	more := f.next()
	from := m.first
	if more {
		from = min(from, f.page)
	}
	out = append(out, list[:c.skip(from)]...)
	last := c.page
	add := func(n int, mark byte) {
		out = appendPosting(out, last, n, mark)
		last = n
	}
	for c.next() {
		n := c.page + m.shift
		if c.page <= m.last {
			n = int(m.to[c.page])
		}
		if c.page < m.first {
			n = c.page
		}
		for more && f.page < n {
			add(f.page, f.mark)
			more = f.next()
		}
		if n >= 0 {
			add(n, c.mark)
		}
		if !more && c.page > m.last && c.page >= m.first {
			return append(out, c.b...) // its gaps stay
		}
	}
	for ; more; more = f.next() {
		add(f.page, f.mark)
	}
	return out
}

// renew returns the lists of so many words after pages moved and others came,
// and which of them are other lists now. Untouched lists are taken as they are.
func (l *lists) renew(words int, m *moves, touched []bool, fresh *lists) (now lists, changed []bool) {
	changed = make([]bool, words)
	if len(l.b) == 0 {
		for w := range changed {
			changed[w] = len(fresh.of(int32(w))) > 0
		}
		return *fresh, changed
	}
	now = lists{make([]int, words), make([]byte, 0, len(l.b)+len(fresh.b)+len(l.b)/64)}
	for w := range int32(words) {
		list, more := l.of(w), fresh.of(w)
		if len(more) == 0 && (int(w) >= len(touched) || !touched[w]) {
			now.b = append(now.b, list...)
		} else {
			at := len(now.b)
			now.b = m.merge(now.b, list, more)
			changed[w] = !bytes.Equal(now.b[at:], list)
		}
		now.ends[w] = len(now.b)
	}
	return now, changed
}
