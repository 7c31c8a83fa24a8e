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
type Lexicon struct {
	root step
	// lengths has a bit for each length in bytes that a first word beginning
	// with the byte can have. It spares looking up nearly all words of a page.
	lengths [256]uint64
}

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
	for word := range lex.root.next {
		lex.lengths[word[0]] |= lengthBit(word)
		if word[0] >= utf8.RuneSelf { // in other letters it may have another first byte
			for c := utf8.RuneSelf; c < 256; c++ {
				lex.lengths[c] = ^uint64(0)
			}
		}
	}
	return lex
}

// lengthBit returns the bit for the length of a word in lower case. Letters
// beyond ASCII may change their length with the case, so a word with them has
// all bits.
func lengthBit(word string) uint64 {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return ^uint64(0)
		}
	}
	return 1 << min(len(word), 63)
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
	first := text[start]
	if 'A' <= first && first <= 'Z' {
		first += 'a' - 'A'
	}
	if lex.lengths[first]&(1<<min(word-start, 63)) == 0 {
		return nil, 0, word
	}
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

// letters are the ASCII characters of words.
var letters = func() (t [utf8.RuneSelf]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" {
		t[c] = true
	}
	return t
}()

func inWord(c rune) bool {
	if c < utf8.RuneSelf {
		return letters[c]
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
