package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord is the length in runes at which longer words are cut, on both sides.
const maxWord = 40

// words calls yield for each word of text, in lower case with its accents, and
// with the bytes of text that it comes from. Words are runs of letters, digits
// and the marks on them; Chinese, Japanese and Korean runs come as overlapping
// pairs of characters. client.js has the same rules. The word is only valid in
// the call; buf is scratch space, returned for the next call.
func words(text string, buf []byte, yield func(word []byte, start, end int)) []byte {
	for i := 0; i < len(text); {
		start := i
		buf = buf[:0]
		for ; i < len(text) && asciiLower[text[i]] != 0; i++ {
			buf = append(buf, asciiLower[text[i]])
		}
		if i < len(text) && text[i] >= utf8.RuneSelf {
			if i = runEnd(text, start); i > start {
				run(text[start:i], start, yield)
				continue
			}
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		if i == start {
			i++
			continue
		}
		yield(buf[:min(len(buf), maxWord)], start, i)
	}
	return buf
}

// runEnd is where the run of word characters that begins at start ends; a mark
// begins none.
func runEnd(text string, start int) int {
	for i, r := range text[start:] {
		if !isWord(r) || i == 0 && unicode.Is(unicode.M, r) {
			return start + i
		}
	}
	return len(text)
}

// run yields the words of one run of word characters that holds others than
// ASCII. The run begins at byte at of the text.
func run(s string, at int, yield func(word []byte, start, end int)) {
	for len(s) > 0 {
		first, _ := utf8.DecodeRuneInString(s)
		cjk := isCJK(first)
		n := strings.IndexFunc(s, func(r rune) bool { return isCJK(r) != cjk })
		if n < 0 {
			n = len(s)
		}
		if cjk {
			pairs(s[:n], at, yield)
		} else {
			word := []rune(norm.NFC.String(s[:n]))
			yield([]byte(strings.ToLower(string(word[:min(len(word), maxWord)]))), at, at+n)
		}
		s, at = s[n:], at+n
	}
}

// pairs yields all neighbours in s, or its only character.
func pairs(s string, at int, yield func(word []byte, start, end int)) {
	_, n := utf8.DecodeRuneInString(s)
	if n == len(s) {
		yield([]byte(s), at, at+n)
	}
	for i := 0; i+n < len(s); {
		_, next := utf8.DecodeRuneInString(s[i+n:])
		yield([]byte(s[i:i+n+next]), at+i, at+i+n+next)
		i, n = i+n, next
	}
}

// fold takes a word to the form that queries are compared in: no accents, no
// ligatures, compatibility forms resolved.
func fold(w string) string {
	if isASCII(w) {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(w) {
		if r < 0x300 || r > 0x36f {
			b.WriteRune(r)
		}
	}
	return letters.Replace(strings.ToLower(norm.NFC.String(b.String())))
}

// letters have no decomposition in Unicode though readers type them in two
// ways, or, like the final sigma, depend on their place in lower case.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ı", "i", "ς", "σ")

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// asciiLower holds the letters and digits of ASCII in lower case, and 0 for every
// other byte.
var asciiLower = func() (lower [256]byte) {
	for c := range byte(utf8.RuneSelf) {
		if isWord(rune(c)) {
			lower[c] = byte(unicode.ToLower(rune(c)))
		}
	}
	return
}()

func isWord(r rune) bool { return unicode.In(r, unicode.L, unicode.N, unicode.M) }

func isCJK(r rune) bool {
	return r >= 0x1100 && (r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul))
}
