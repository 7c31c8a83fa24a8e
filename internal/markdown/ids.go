package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ids hands out the ids of one page, each once.
type ids struct {
	next  map[string]int  // ids in use, each with the number to try for the next of its name
	given map[string]bool // ids that the author gave and that are on the page by now
}

// reserve keeps the ids that the author gives somewhere on the page from being
// made up for a heading above that place.
func (s *ids) reserve(id string) {
	if s.next == nil {
		s.next = map[string]int{}
	}
	if _, ok := s.next[id]; !ok {
		s.next[id] = 1
	}
}

// give puts an author's id on the page. It returns false if the id is there
// already.
func (s *ids) give(id string) bool {
	s.reserve(id)
	if s.given[id] {
		return false
	}
	if s.given == nil {
		s.given = map[string]bool{}
	}
	s.given[id] = true
	return true
}

// make returns a new id for a heading with the text.
func (s *ids) make(text string) string {
	id := slug(text)
	if _, ok := s.next[id]; ok {
		base := id
		for n := s.next[base]; ; n++ {
			id = base + "-" + strconv.Itoa(n)
			if _, ok := s.next[id]; !ok {
				s.next[base] = n + 1
				break
			}
		}
	}
	s.reserve(id)
	return id
}

// sorted returns the ids that are on the page, made up or given. A reserved
// one that was never given is not among them.
func (s *ids) sorted(made []string) []string {
	for id := range s.given {
		made = append(made, id)
	}
	slices.Sort(made)
	return made
}

// slug makes an id from a heading's text as GitHub does: lower case, spaces to
// hyphens, punctuation left out, letters of every script kept.
func slug(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, c := range norm.NFC.String(strings.TrimSpace(text)) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_':
			b.WriteByte(byte(c))
		case 'A' <= c && c <= 'Z':
			b.WriteByte(byte(c) + 'a' - 'A')
		case c == ' ':
			b.WriteByte('-')
		case c > unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c)):
			b.WriteRune(unicode.ToLower(c))
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}
