package search

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Analyzed is one page made ready for Build: its words with their counts per
// field, and the texts that a result may show. It is plain bytes, about 3 KB
// for a page of 600 words, so it can be kept, hashed and saved as it is.
type Analyzed []byte

// The fields of a page, from the heaviest to the lightest.
const (
	fieldTitle = iota
	fieldAlso
	fieldQueries
	fieldHeadings
	fieldSummary
	fieldLabels
	fieldBody
	fieldCount
)

// Limits of what a result can show of a page, in bytes. Build cuts further on
// large sites.
const (
	maxLead        = 600
	maxSections    = 24
	maxSectionLead = 160
	maxHeading     = 200
)

// Analyzer analyzes pages. It may be used by many goroutines at once: its pool
// only saves the making of scratch tables.
type Analyzer struct{ pool sync.Pool }

// scratch counts the words of one page at a time. Its lexicon is small enough to
// stay in the cache and cleared rather than made anew, since every word of a
// site passes through it.
type scratch struct {
	lexicon
	counts []wordCount // by number
	buf    []byte
}

type wordCount struct {
	tf   [fieldCount]uint8
	in   uint8 // fields that it is in, one bit for each
	name uint8 // see nameLevel
}

// mostSlots is the size beyond which a lexicon is not kept.
const mostSlots = 1 << 14

// Analyze does all work on p that needs no other page. It may put the result
// into the buffer.
func (a *Analyzer) Analyze(p Page, buffer []byte) Analyzed {
	s, _ := a.pool.Get().(*scratch)
	if s == nil || len(s.slots) > mostSlots {
		s = &scratch{}
	}
	s.clear()
	s.counts = s.counts[:0]
	defer a.pool.Put(s)

	var lens [fieldCount]int
	phrases := func(field int, list ...string) {
		for _, text := range list {
			n := s.count(field, text)
			lens[field] += n
			s.mark(text, nameLevel(n))
		}
	}
	phrases(fieldTitle, p.Title)
	phrases(fieldAlso, p.Also...)
	phrases(fieldAlso, slug(p.URL)) // what readers see in the address
	phrases(fieldQueries, p.Queries...)
	for _, h := range p.Headings {
		lens[fieldHeadings] += s.count(fieldHeadings, h.Text)
	}
	lens[fieldSummary] = s.count(fieldSummary, p.Summary)
	for _, label := range p.FacetLabels {
		lens[fieldLabels] += s.count(fieldLabels, label)
	}
	lens[fieldBody] = s.count(fieldBody, p.Text)

	w := &writer{b: buffer[:0]}
	w.uint(formatVersion)
	writeCard(w, p)
	for _, n := range lens {
		w.uint(n)
	}
	s.write(w)
	return w.b
}

// of returns the counts of the word. They are valid until the next call.
func (s *scratch) of(word []byte) *wordCount {
	n := int(s.find(word))
	if n == len(s.counts) {
		s.counts = append(s.counts, wordCount{})
	}
	return &s.counts[n]
}

// count adds the words of text to the field and returns how many there were.
func (s *scratch) count(field int, text string) int {
	n := 0
	s.buf = words(text, s.buf, func(word []byte, _, _ int) {
		n++
		c := s.of(word)
		c.in |= 1 << field
		if c.tf[field] < 255 {
			c.tf[field]++
		}
	})
	return n
}

// mark notes that the words of text stand in a name of the page.
func (s *scratch) mark(text string, level uint8) {
	s.buf = words(text, s.buf, func(word []byte, _, _ int) {
		c := s.of(word)
		c.name = max(c.name, level)
	})
}

// nameLengths are the longest names, in words, of levels 15 down to 2.
var nameLengths = [...]int{1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 16, 20, 26, 34}

// nameLevel says in four bits how short a name of n words is, which is the
// share that one word has in it. The client knows the lengths that levels 1 to
// 15 stand for; 0 is for words in no name.
func nameLevel(n int) uint8 {
	for i, longest := range nameLengths {
		if n <= longest {
			return uint8(len(nameLengths) + 1 - i)
		}
	}
	return 1
}

// write lists the words in the order of their first appearance. A word of the
// body alone, which nearly all are, takes one byte for its count.
func (s *scratch) write(w *writer) {
	w.uint(s.len())
	for i := range s.counts {
		c, word := &s.counts[i], s.word(int32(i))
		w.b = append(append(w.b, byte(len(word))), word...)
		if body := c.tf[fieldBody]; c.in == 1<<fieldBody && body < 128 {
			w.b = append(w.b, body)
			continue
		}
		w.b = append(w.b, 0x80|c.in, c.name)
		for _, tf := range c.tf {
			if tf > 0 {
				w.b = append(w.b, tf)
			}
		}
	}
}

// writeCard notes what results and filters need of the page.
func writeCard(w *writer, p Page) {
	w.string(p.URL)
	w.string(p.Title)
	w.string(p.Type)
	w.string(folder(p.Lang))
	w.uint(max(p.Minutes, 0))
	ids := make([]string, 0, len(p.Facets))
	for id := range p.Facets {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	w.uint(len(ids))
	for _, id := range ids {
		w.string(id)
		w.uint(len(p.Facets[id]))
		for _, v := range p.Facets[id] {
			w.string(v)
		}
	}
	lead := p.Summary
	if lead == "" {
		lead = p.Text[:sectionEnd(p, -1)]
		if len(strings.TrimSpace(lead)) < 40 {
			lead = p.Text
		}
	}
	w.string(cut(tidy(lead, maxLead), maxLead))
	n := min(len(p.Headings), maxSections)
	w.uint(n)
	for i, h := range p.Headings[:n] {
		text := p.Text[min(max(h.Start, 0), len(p.Text)):sectionEnd(p, i)]
		text = tidy(text, len(h.Text)+1+maxSectionLead)
		text = strings.TrimSpace(strings.TrimPrefix(text, h.Text))
		w.string(h.ID)
		w.string(cut(tidy(h.Text, maxHeading), maxHeading))
		w.string(cut(text, maxSectionLead))
	}
}

// folder is the language as the name of a folder; "und" if it can be none.
func folder(lang string) string {
	other := func(r rune) bool { return r != '-' && (r > 'z' || !isWord(r)) }
	if lang == "" || len(lang) > maxWord || strings.ContainsFunc(lang, other) {
		return "und"
	}
	return lang
}

// slug is the last part of the address, which is often the page's first name.
func slug(url string) string {
	url = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(url, ".html"), "index"), "/")
	return url[strings.LastIndexByte(url, '/')+1:]
}

// sectionEnd is where the section of heading i ends in the text; -1 asks for
// the part before the first heading.
func sectionEnd(p Page, i int) int {
	end := len(p.Text)
	if i+1 < len(p.Headings) {
		end = min(max(p.Headings[i+1].Start, 0), end)
	}
	if i >= 0 {
		end = max(end, min(max(p.Headings[i].Start, 0), len(p.Text)))
	}
	return end
}

// tidy returns s with white space in single spaces, valid as UTF-8. It ends with
// the first word that ends behind byte n.
func tidy(s string, n int) string {
	var b strings.Builder
	b.Grow(min(len(s), n+maxWord))
	for word := range strings.FieldsSeq(s) {
		if b.Len() > n {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// cut shortens s to at most n bytes, at a space if there is one late enough.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	if i := strings.LastIndexByte(s[:n], ' '); i > n/2 {
		n = i
	}
	return strings.TrimRight(s[:n], " ,;:–—-") + "…"
}
