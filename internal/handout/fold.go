package handout

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of an output: the hash of its letters and digits in lower
// case, and where it stands in bytes.
type word struct {
	hash       uint64
	start, end int
}

// The hash of a word is FNV-1a with a last mixing step; sums of words use a
// prime of their own.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
	runPrime  = 0x9e3779b97f4a7c15
)

// The letters of a stem.
const (
	minStem = 5
	maxStem = 8
)

// Classes of bytes: beside these, the lower case of letters and digits.
const (
	between = 0 // no part of a word
	special = 1 // look closer: &, \, %, <, and what is beyond ASCII
)

// classes is what the bytes are.
var classes = func() (list [256]byte) {
	for c := range list {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			list[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			list[c] = byte(c + 'a' - 'A')
		case c >= utf8.RuneSelf || c == '&' || c == '\\' || c == '%' || c == '<':
			list[c] = special
		}
	}
	return list
}()

// nextWord returns the word at or after a place; it ends where to go on.
func nextWord(text []byte, at int) (w word, ok bool) {
	for at < len(text) && classes[text[at]] == between {
		at++
	}
	sum, start, end := uint64(fnvOffset), at, at
	for at < len(text) {
		if c := classes[text[at]]; c > special {
			sum = (sum ^ uint64(c)) * fnvPrime
			at++
			end = at
			continue
		} else if c == special {
			if r, size := escaped(text, at); isPart(r) {
				sum = addRune(sum, r)
				at += size
				end = at
				continue
			} else if end == start {
				at += size
			}
		} else if end == start {
			at++
		}
		if end > start {
			break
		}
		start, end = at, at
	}
	sum ^= sum >> 32
	return word{sum * runPrime, start, end}, end > start
}

func addRune(sum uint64, r rune) uint64 {
	var b [utf8.UTFMax]byte
	for _, c := range b[:utf8.EncodeRune(b[:], unicode.ToLower(r))] {
		sum = (sum ^ uint64(c)) * fnvPrime
	}
	return sum
}

// letters counts the letters of a word as it stands.
func letters(text []byte) (n int) {
	for _, r := range string(text) {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// stem returns what an index might keep of a word: all but its last three
// letters, and 5 to 8 of them. A shorter word is its own.
func stem(text []byte) string {
	r := []rune(strings.ToLower(string(text)))
	return string(r[:min(len(r), max(minStem, min(len(r)-3, maxStem)))])
}

// stems returns all that begins a word and could be the stem of one like it.
func stems(text []byte) []string {
	r := []rune(strings.ToLower(string(text[:min(len(text), 4*maxStem)])))
	var list []string
	for n := minStem; n <= min(len(r), maxStem); n++ {
		list = append(list, string(r[:n]))
	}
	return list
}

// isPart reports whether words are made of a character.
func isPart(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// escaped returns the character that an escape or a byte beyond ASCII stands
// for, and its length. Characters that are no part of words are one.
func escaped(text []byte, at int) (r rune, size int) {
	rest := text[at:]
	switch c := rest[0]; {
	case c == '&':
		return entity(rest)
	case c == '\\':
		return backslash(rest)
	case c == '%':
		return percent(rest)
	case c == '<':
		return ' ', tag(rest)
	}
	return utf8.DecodeRune(rest)
}

// entity reads a character reference of HTML.
func entity(rest []byte) (rune, int) {
	end := bytes.IndexByte(rest[:min(len(rest), 12)], ';')
	if end < 2 {
		return ' ', 1
	}
	switch string(rest[1:end]) {
	case "amp", "lt", "gt", "quot", "nbsp", "#39", "#34":
		return ' ', end + 1 // nearly all that there are
	}
	text := html.UnescapeString(string(rest[:end+1]))
	if r, size := utf8.DecodeRuneInString(text); size == len(text) {
		return r, end + 1
	}
	return ' ', 1
}

// backslash reads an escape of JSON, JavaScript or Markdown.
func backslash(rest []byte) (rune, int) {
	if len(rest) > 5 && rest[1] == 'u' {
		if n, err := strconv.ParseUint(string(rest[2:6]), 16, 16); err == nil {
			return rune(n), 6
		}
	}
	if len(rest) > 1 && bytes.IndexByte([]byte(`nrtbf"'/\`), rest[1]) >= 0 {
		return ' ', 2
	}
	return ' ', 1
}

// percent reads a character that a URL holds as bytes: %C3%A9.
func percent(rest []byte) (rune, int) {
	var b [utf8.UTFMax]byte
	n := 0
	for n < len(b) && len(rest) >= 3*n+3 && rest[3*n] == '%' {
		v, err := strconv.ParseUint(string(rest[3*n+1:3*n+3]), 16, 8)
		if err != nil {
			break
		}
		b[n] = byte(v)
		n++
		if utf8.FullRune(b[:n]) {
			break
		}
	}
	if n == 0 {
		return ' ', 1
	}
	r, size := utf8.DecodeRune(b[:n])
	if r == utf8.RuneError || size != n {
		return ' ', 3
	}
	return r, 3 * n
}

// tag returns the length of a tag without attributes, such as <em> or </p>, so
// that words around it are neighbours; else that of the bracket.
func tag(rest []byte) int {
	i := 1
	if len(rest) > 1 && rest[1] == '/' {
		i++
	}
	for begin := i; i < len(rest) && i-begin < 10; i++ {
		c := rest[i]
		if c == '>' && i > begin {
			return i + 1
		}
		if classes[c] <= special {
			break
		}
	}
	return 1
}
