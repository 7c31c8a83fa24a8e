package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// attrList is an attribute list with its places as byte offsets.
type attrList struct {
	id         string
	idAt       span
	all        []attrToken
	start, end int
}

type attrToken struct {
	key, value string
	flag       bool
	at         span
}

// span is a range of byte offsets.
type span struct{ start, end int }

// attrScanner reads the tokens of an attribute list: #id, flag, key=value and
// key="words". The grammar has no error recovery on purpose: what does not
// parse is not a list but the author's text.
type attrScanner struct {
	text []byte
	at   int
	keys map[string]bool // flags that make a list a list
}

// braced reads the list in braces that text has at the offset. It returns
// false if there is none.
func (s *attrScanner) braced() (attrList, bool) {
	list := attrList{start: s.at}
	if s.at >= len(s.text) || s.text[s.at] != '{' {
		return list, false
	}
	s.at++
	for s.space(); s.at < len(s.text) && s.text[s.at] != '}'; s.space() {
		if !s.token(&list) {
			return list, false
		}
	}
	if s.at >= len(s.text) || !s.meant(list) {
		return list, false
	}
	s.at++
	list.end = s.at
	return list, true
}

// bare reads a list without braces that ends with the text.
func (s *attrScanner) bare() (attrList, bool) {
	s.space()
	list := attrList{start: s.at}
	for ; s.at < len(s.text); s.space() {
		if !s.token(&list) {
			return list, false
		}
	}
	list.end = s.at
	return list, true
}

// meant reports whether the list is one, rather than a word in braces.
func (s *attrScanner) meant(list attrList) bool {
	if list.id != "" {
		return true
	}
	for _, a := range list.all {
		if !a.flag || s.keys[a.key] {
			return true
		}
	}
	return false
}

func (s *attrScanner) space() {
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at]) >= 0 {
		s.at++
	}
}

// token reads one token and reports whether it is well formed and apart from
// what follows.
func (s *attrScanner) token(list *attrList) bool {
	start := s.at
	if s.text[s.at] == '#' {
		s.at++
		id := s.id()
		if id == "" || list.id != "" {
			return false
		}
		list.id, list.idAt = id, span{start, s.at}
		return s.apart()
	}
	a := attrToken{key: s.key(), flag: true}
	if a.key == "" {
		return false
	}
	if s.at < len(s.text) && s.text[s.at] == '=' {
		s.at++
		a.flag = false
		var ok bool
		if a.value, ok = s.value(); !ok {
			return false
		}
	}
	a.at = span{start, s.at}
	list.all = append(list.all, a)
	return s.apart()
}

func (s *attrScanner) apart() bool {
	return s.at >= len(s.text) || strings.IndexByte(" \t\r\n}", s.text[s.at]) >= 0
}

func (s *attrScanner) id() string {
	start := s.at
	for s.at < len(s.text) {
		c, n := utf8.DecodeRune(s.text[s.at:])
		if !inID(c) {
			break
		}
		s.at += n
	}
	return string(s.text[start:s.at])
}

// inID reports whether an id may hold the character: letters and digits of any
// script, hyphens, underscores and full stops, so nothing that would need
// escaping in an attribute.
func inID(c rune) bool {
	return c == '-' || c == '_' || c == '.' || unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c)
}

// key reads a letter followed by letters, digits, hyphens and underscores, all
// of them ASCII.
func (s *attrScanner) key() string {
	start := s.at
	for s.at < len(s.text) {
		c := s.text[s.at]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (s.at == start || c != '-' && c != '_' && (c < '0' || c > '9')) {
			break
		}
		s.at++
	}
	return string(s.text[start:s.at])
}

// value reads words in quotes, where \" and \\ are escapes and white space
// around a line end counts as one space, or a word without quotes.
func (s *attrScanner) value() (string, bool) {
	if s.at < len(s.text) && s.text[s.at] == '"' {
		return s.quoted()
	}
	start := s.at
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n\"{}", s.text[s.at]) < 0 {
		s.at++
	}
	return string(s.text[start:s.at]), s.at > start
}

func (s *attrScanner) quoted() (string, bool) {
	var b strings.Builder
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; c {
		case '"':
			s.at++
			return b.String(), true
		case '\\':
			if s.at+1 < len(s.text) && (s.text[s.at+1] == '"' || s.text[s.at+1] == '\\') {
				s.at++
			}
			b.WriteByte(s.text[s.at])
		case '\n':
			words := strings.TrimRight(b.String(), " \t\r")
			b.Reset()
			b.WriteString(words + " ")
			for s.at+1 < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at+1]) >= 0 {
				s.at++
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}
