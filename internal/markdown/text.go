package markdown

import (
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// escapes holds what stands for a byte in HTML, where that is not the byte
// itself. Control characters are not allowed in HTML at all.
var escapes = func() (t [256]string) {
	for c := range 0x20 {
		t[c] = "\uFFFD"
	}
	t['\t'], t['\n'], t['\f'], t['\r'], t[0x7f] = "", "", "", "", "\uFFFD"
	t['&'], t['<'], t['>'], t['"'] = "&amp;", "&lt;", "&gt;", "&quot;"
	return t
}()

// special are the bytes that prose does not take as they are.
var special = func() (t [256]bool) {
	for c, s := range escapes {
		t[c] = s != ""
	}
	t['\\'] = true
	return t
}()

// appendEscaped appends s with the characters escaped that mean something in
// HTML text or in a quoted attribute.
func appendEscaped[T []byte | string](to []byte, s T) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if e := escapes[s[i]]; e != "" {
			to = append(to, s[from:i]...)
			to = append(to, e...)
			from = i + 1
		}
	}
	return append(to, s[from:]...)
}

// prose writes Markdown text that holds no more constructs: backslash escapes
// and character references are resolved.
func (r *render) prose(s []byte) {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if !special[c] {
			i++
			continue
		}
		r.html = append(r.html, s[from:i]...)
		r.text = append(r.text, s[from:i]...)
		var plain []byte
		plain, i = resolve(s, i)
		r.html = appendEscaped(r.html, plain)
		r.text = append(r.text, plain...)
		from = i
	}
	r.html = append(r.html, s[from:]...)
	r.text = append(r.text, s[from:]...)
}

// literal writes text that is taken as it is, such as code.
func (r *render) literal(s []byte) {
	r.html = appendEscaped(r.html, s)
	r.text = append(r.text, s...)
}

// decode returns the text of a link destination or title: escapes and
// references resolved.
func decode(s []byte) string {
	var out []byte
	from := 0
	for i := 0; i < len(s); {
		if s[i] != '\\' && s[i] != '&' {
			i++
			continue
		}
		out = append(out, s[from:i]...)
		var plain []byte
		plain, i = resolve(s, i)
		out = append(out, plain...)
		from = i
	}
	if from == 0 {
		return string(s)
	}
	return string(append(out, s[from:]...))
}

// resolve returns what the special byte s[i] and those that belong to it stand
// for, and the index after them.
func resolve(s []byte, i int) ([]byte, int) {
	switch {
	case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
		return s[i+1 : i+2], i + 2
	case s[i] == '&':
		if plain, n := reference(s[i:]); n > 0 {
			return plain, i + n
		}
	}
	return s[i : i+1], i + 1
}

// The longest names and numbers of character references.
const (
	maxEntity  = 32
	maxDecimal = 7
	maxHex     = 6
)

// reference resolves the character reference that s begins with and returns
// its length, or 0 if it is none.
func reference(s []byte) ([]byte, int) {
	end := 1
	for end < len(s) && end <= maxEntity && (util.IsAlphaNumeric(s[end]) || end == 1 && s[end] == '#') {
		end++
	}
	if end >= len(s) || s[end] != ';' || end == 1 {
		return nil, 0
	}
	name := string(s[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return e.Characters, end + 1
		}
		return nil, 0
	}
	digits, base, most := name[1:], 10, maxDecimal
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, most = digits[1:], 16, maxHex
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > most {
		return nil, 0
	}
	return utf8.AppendRune(nil, util.ToValidRune(rune(code))), end + 1
}
