package markdown

import (
	"unicode"
	"unicode/utf8"
)

// countWords counts the runs of letters and digits between white space. In
// scripts that have no spaces between words, each letter counts.
func countWords(text string) int {
	n, inside := 0, false
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c <= ' ':
				inside = false
			case !inside && ('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'):
				inside = true
				n++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case unicode.IsSpace(r):
			inside = false
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			inside = false
			n++
		case !inside && (unicode.IsLetter(r) || unicode.IsNumber(r)):
			inside = true
			n++
		}
	}
	return n
}
