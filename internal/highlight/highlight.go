// Package highlight turns the text of a code fence into HTML with classes, and
// chroma's styles into two style sheets. It also knows one language of ours:
// "message", a text with a subject line and {{placeholders}}.
//
// The languages are chroma's data: states of rules, each a regular expression
// with the tokens it gives. Chroma runs them with a general engine that is by
// far the largest cost of a page. Here the same rules are run by a matcher of
// our own, some thirty times faster and with the same result, which the tests
// hold against chroma's:
//
//	languages.go   a name → a language, prepared at first use
//	lexer.go       chroma's rules → states that know which rules can match before a byte
//	rule.go        one rule: its tokens and where it leads
//	pattern.go     a regular expression → linked nodes
//	first.go       what a match can begin with
//	match.go       nodes on a text; repeat.go its loops
//	tokenise.go    states on a text → tokens
//	html.go        tokens → HTML
//
// It knows no Markdown, no page and no theme.
package highlight

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
)

const (
	// maxText is the length in bytes above which a text is left plain.
	maxText = 64 << 10
	// maxForeign is the same for the dozen languages that only chroma itself
	// can run, where nothing but its clock stops a slow rule.
	maxForeign = 8 << 10
)

// Code returns the inside of <code> for a text in the language, and false
// where the language is unknown; the HTML is then the escaped text. Class
// names are chroma's. It may be called by several goroutines at once.
func Code(lang, text string) (out string, known bool) {
	lang = strings.ToLower(strings.TrimSpace(lang))
	if isPlain(lang) {
		return html.EscapeString(text), true
	}
	l := find(lang)
	if l == nil {
		return html.EscapeString(text), false
	}
	if len(text) <= maxText {
		if out, ok := l.highlight(normalise(text)); ok {
			return out, true
		}
	}
	return html.EscapeString(text), true
}

// normalise does to a text what chroma does before it reads: line ends become
// line feeds, bytes that are no UTF-8 the replacement character.
func normalise(text string) string {
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	if !utf8.ValidString(text) {
		text = string([]rune(text))
	}
	return text
}

// highlight returns the HTML of a text; false where the lexer gave up.
func (l *language) highlight(text string) (out string, ok bool) {
	// A fault in the rules of one of chroma's lexers is a panic. No text may
	// stop a build: what cannot be read is shown plain.
	defer func() {
		if recover() != nil {
			out, ok = "", false
		}
	}()
	var w writer
	w.html.Grow(4 * len(text))
	if ready := l.ready(); ready != nil {
		t := tokeniser{out: &w, steps: maxSteps}
		ok = t.tokenise(ready, text, "root", false)
		return w.String(), ok
	}
	if len(text) > maxForeign {
		return "", false
	}
	it, err := l.chroma.Tokenise(nil, text)
	if err != nil {
		return "", false
	}
	for t := it(); t != chroma.EOF; t = it() {
		w.token(t.Type, t.Value)
	}
	return w.String(), true
}
