package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Entry is a phrase that is linked where a page first uses it.
type Entry struct {
	Phrase      string // plain text
	Term        string // what it stands for; several phrases may share one
	Open, Close string // HTML around the phrase, such as <a …> and </a>
}

// Lexicon finds phrases. It is immutable and may be used by
// several goroutines at once.
type Lexicon struct{ root step }

// step is a node of a tree of words. Its keys are words in lower case, each
// with what stands between it and the word before.
type step struct {
	next  map[string]*step
	entry *Entry // of the phrase that ends here, if one does
}

// NewLexicon returns a lexicon of the entries. Of equal phrases the first
// counts.
func NewLexicon(entries []Entry) *Lexicon {
	lex := &Lexicon{}
	for _, e := range entries {
		text := string(appendEscaped(nil, strings.TrimSpace(e.Phrase)))
		at, end := &lex.root, 0
		for start := wordStart(text, 0); start < len(text); start = wordStart(text, end) {
			key := ""
			if at != &lex.root {
				key = string(appendGap(nil, text[end:start]))
			}
			end = wordEnd(text, start)
			at = at.child(string(appendLower([]byte(key), text[start:end])))
		}
		if at != &lex.root && at.entry == nil {
			at.entry = &e
		}
	}
	return lex
}

func (s *step) child(key string) *step {
	if s.next == nil {
		s.next = map[string]*step{}
	}
	if s.next[key] == nil {
		s.next[key] = &step{}
	}
	return s.next[key]
}

// match returns the entry of the longest phrase that begins at the offset, a
// word's start, with the phrase's end. It also returns the end of the word
// itself.
func (lex *Lexicon) match(text string, start int, key []byte) (entry *Entry, end, word int) {
	word = wordEnd(text, start)
	at := lex.root.next[string(appendLower(key, text[start:word]))]
	for from := word; at != nil; {
		if at.entry != nil {
			entry, end = at.entry, from
		}
		if at.next == nil {
			break
		}
		next := wordStart(text, from)
		if next == len(text) || next-from > maxGap {
			break
		}
		to := wordEnd(text, next)
		at = at.next[string(appendLower(appendGap(key, text[from:next]), text[next:to]))]
		from = to
	}
	return entry, end, word
}

// maxGap is how many bytes may stand between two words of a phrase.
const maxGap = 16

// wordStart returns where the first word at or after the offset begins.
func wordStart(text string, i int) int {
	for i < len(text) {
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:])
		}
		if inWord(c) {
			break
		}
		i += n
	}
	return i
}

// wordEnd returns where the word that begins at the offset ends.
func wordEnd(text string, i int) int {
	for i < len(text) {
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:])
		}
		if !inWord(c) {
			break
		}
		i += n
	}
	return i
}

func inWord(c rune) bool {
	if c < utf8.RuneSelf {
		return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
	}
	return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c)
}

// appendLower appends a word in lower case.
func appendLower(key []byte, word string) []byte {
	for _, c := range word {
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			key = append(key, byte(c))
			continue
		}
		key = utf8.AppendRune(key, unicode.ToLower(c))
	}
	return key
}

// appendGap appends what stands between two words, any white space as one
// space.
func appendGap(key []byte, gap string) []byte {
	for i := range len(gap) {
		c := gap[i]
		if c == '\n' || c == '\t' {
			c = ' '
		}
		if c != ' ' || len(key) == 0 || key[len(key)-1] != ' ' {
			key = append(key, c)
		}
	}
	return key
}
