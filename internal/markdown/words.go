package markdown

import (
	"unicode"
	"unicode/utf8"
)

// countWords counts the runs of letters and digits between white space. In
// scripts that have no spaces between words, each letter counts.
func countWords(text string) int {
	n, inside := 0, uint8(0) // a word: 1
	for i := 0; i < len(text); {
		step := steps[text[i]]
		if step == beyond {
			r, size := utf8.DecodeRuneInString(text[i:])
			i += size
			switch {
			case unicode.IsSpace(r):
				inside = 0
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
				inside = 0
				n++
			case inside == 0 && (unicode.IsLetter(r) || unicode.IsNumber(r)):
				inside = 1
				n++
			}
			continue
		}
		i++
		next := step >> inside & 1 // no branch: where words end cannot be foreseen
		n += int(next &^ inside)
		inside = next
	}
	return n
}

// steps holds what follows on each byte: bit 0 says whether a word begins with
// it, bit 1 whether a word goes on.
var steps = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf:
			t[c] = beyond
		case 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9':
			t[c] = 0b11
		case c > ' ':
			t[c] = 0b10
		}
	}
	return t
}()

// beyond stands for a byte that is part of a character beyond ASCII.
const beyond = 0xff
