package handout

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind sorts the parts of a script as far as linking needs it.
type tokenKind int

const (
	tokenWord tokenKind = iota // identifier, keyword or number
	tokenSign                  // one character of punctuation
	tokenText                  // a string in quotes
	tokenRest                  // a regular expression or a part of a template
)

// token is a part of a script. Comments and white space are none.
type token struct {
	kind       tokenKind
	text       string
	start, end int
	depth      int // of brackets around it
}

// scanner splits a script into tokens.
type scanner struct {
	src       string
	at        int
	tokens    []token
	depth     int
	templates []int // depths at which a template goes on after }
}

// scan splits a script into tokens (ECMAScript 2025, chapter 12). Where a slash
// begins a regular expression is guessed from what stands before it.
func scan(src string) ([]token, error) {
	s := scanner{src: src}
	for s.at < len(src) {
		if err := s.next(); err != nil {
			return nil, fmt.Errorf("line %d: %w", 1+strings.Count(src[:min(s.at, len(src))], "\n"), err)
		}
	}
	if s.depth != 0 || len(s.templates) != 0 {
		return nil, fmt.Errorf("a bracket is not closed")
	}
	return s.tokens, nil
}

func (s *scanner) next() error {
	rest := s.src[s.at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case isSpace(r):
		s.at += size
	case strings.HasPrefix(rest, "//"):
		s.at += len(untilAny(rest, "\n\r\u2028\u2029"))
	case strings.HasPrefix(rest, "/*"):
		end := strings.Index(rest[2:], "*/")
		if end < 0 {
			return fmt.Errorf("a comment is not closed")
		}
		s.at += end + 4
	case r == '"' || r == '\'':
		return s.quoted(tokenText, byte(r))
	case r == '/' && s.regexpHere():
		return s.quoted(tokenRest, '/')
	case r == '`':
		return s.template()
	case isWord(r):
		s.add(tokenWord, len(rest)-len(strings.TrimLeftFunc(rest, isWord)))
	case r == '}' && len(s.templates) > 0 && s.templates[len(s.templates)-1] == s.depth:
		s.templates = s.templates[:len(s.templates)-1]
		s.depth--
		return s.template()
	default:
		return s.sign(byte(r), size)
	}
	return nil
}

func (s *scanner) sign(c byte, size int) error {
	if size == 1 && strings.IndexByte(")]}", c) >= 0 {
		if s.depth--; s.depth < 0 {
			return fmt.Errorf("a bracket too many")
		}
	}
	s.add(tokenSign, size)
	if size == 1 && strings.IndexByte("([{", c) >= 0 {
		s.depth++
	}
	return nil
}

func (s *scanner) add(kind tokenKind, size int) {
	s.tokens = append(s.tokens, token{kind, s.src[s.at : s.at+size], s.at, s.at + size, s.depth})
	s.at += size
}

// quoted reads up to the same sign, which does not end it in a class of a
// regular expression.
func (s *scanner) quoted(kind tokenKind, end byte) error {
	class := false
	for i := s.at + 1; i < len(s.src); i++ {
		switch c := s.src[i]; {
		case c == '\\':
			i++
		case c == '\n':
			return fmt.Errorf("a string or regular expression is not closed")
		case end == '/' && c == '[':
			class = true
		case end == '/' && c == ']':
			class = false
		case c == end && !class:
			s.add(kind, i+1-s.at)
			return nil
		}
	}
	return fmt.Errorf("a string or regular expression is not closed")
}

// template reads from ` or from the } of a substitution up to the next
// substitution or the end.
func (s *scanner) template() error {
	for i := s.at + 1; i < len(s.src); i++ {
		switch {
		case s.src[i] == '\\':
			i++
		case s.src[i] == '`':
			s.add(tokenRest, i+1-s.at)
			return nil
		case strings.HasPrefix(s.src[i:], "${"):
			s.add(tokenRest, i+2-s.at)
			s.depth++
			s.templates = append(s.templates, s.depth)
			return nil
		}
	}
	return fmt.Errorf("a template is not closed")
}

// beforeRegexp are words after which a slash does not divide.
var beforeRegexp = []string{"return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new", "instanceof", "await", "yield"}

func (s *scanner) regexpHere() bool {
	if len(s.tokens) == 0 {
		return true
	}
	last := s.tokens[len(s.tokens)-1]
	switch last.kind {
	case tokenWord:
		return slices.Contains(beforeRegexp, last.text)
	case tokenSign:
		return !strings.Contains(")]}", last.text)
	case tokenRest:
		return strings.HasSuffix(last.text, "${")
	}
	return false
}

func isWord(r rune) bool {
	return r == '_' || r == '$' || r == '#' || r == '\\' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// untilAny returns what stands before the first of the signs.
func untilAny(s, signs string) string {
	if i := strings.IndexAny(s, signs); i >= 0 {
		return s[:i]
	}
	return s
}
