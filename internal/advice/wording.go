package advice

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"rapport/internal/diag"
)

// orList joins words as in "one, two or three".
func orList(words []string) string { return joinLast(words, " or ") }

// andList joins words as in "one, two and three".
func andList(words []string) string { return joinLast(words, " and ") }

func joinLast(words []string, last string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + last + words[n-1]
}

// maxQuote is how many runes of a text a message repeats.
const maxQuote = 50

// quote puts the beginning of a text in quotation marks. What could steer a
// terminal becomes space.
func quote(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.C, r)
	}), " ")
	if utf8.RuneCountInString(text) > maxQuote {
		text = strings.TrimSpace(string([]rune(text)[:maxQuote])) + "…"
	}
	return `"` + text + `"`
}

// number spells a score: 3, 2.5, 2.3333.
func number(x float64) string {
	return strconv.FormatFloat(math.Round(x*1e4)/1e4, 'f', -1, 64)
}

// parseNumber reads a decimal number of ordinary size.
func parseNumber(text string) (float64, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.Abs(n) > 1e9 || strings.ContainsAny(text, "xXpP_") || n != n {
		return 0, false
	}
	return n + 0, true // -0 reads as 0
}

// narrow returns the position of the word inside what pos underlines, or pos.
func narrow(pos diag.Pos, word string) diag.Pos {
	runes := []rune(pos.Excerpt)
	if word == "" || pos.Column < 1 || pos.Column > len(runes) {
		return pos
	}
	rest := string(runes[pos.Column-1:])
	i := strings.Index(rest, word)
	if i < 0 || utf8.RuneCountInString(rest[:i]) >= pos.Width {
		return pos
	}
	pos.Column += utf8.RuneCountInString(rest[:i])
	pos.Width = utf8.RuneCountInString(word)
	return pos
}

// place names a line of the same file, for messages that speak of two places.
func place(pos diag.Pos) string {
	if pos.Line == 0 {
		return pos.File
	}
	return "line " + strconv.Itoa(pos.Line)
}
