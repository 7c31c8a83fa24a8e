package markdown

import (
	"bytes"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// sanitizer lets raw HTML through that is harmless. bluemonday's policy for
// content of users decides what that is; its result is read again and written
// anew from the tables below, so that only names that are written there ever
// become tags, elements are always closed where the Markdown around them ends,
// and links and images go the way of those in Markdown.
type sanitizer struct{ policy *bluemonday.Policy }

func newSanitizer() rawHTML {
	policy := bluemonday.UGCPolicy()
	policy.AllowElements("kbd")
	return sanitizer{policy}
}

// role says where an element may stand.
type role uint8

const (
	phrase role = iota + 1 // in a paragraph; ends with it
	void                   // in a paragraph, without an end
	flow                   // between paragraphs; ends with its own piece of HTML
	holder                 // between paragraphs, Markdown may stand inside
)

var elements = map[string]role{
	"abbr": phrase, "b": phrase, "bdi": phrase, "bdo": phrase, "cite": phrase, "code": phrase, "del": phrase,
	"dfn": phrase, "em": phrase, "i": phrase, "ins": phrase, "kbd": phrase, "mark": phrase, "q": phrase, "rp": phrase,
	"rt": phrase, "ruby": phrase, "s": phrase, "samp": phrase, "small": phrase, "span": phrase,
	"strong": phrase, "sub": phrase, "sup": phrase, "time": phrase, "u": phrase, "var": phrase,
	"br": void, "wbr": void, "hr": flow,
	"p": flow, "pre": flow, "summary": flow, "figcaption": flow, "caption": flow,
	"h1": flow, "h2": flow, "h3": flow, "h4": flow, "h5": flow, "h6": flow,
	"article": holder, "aside": holder, "blockquote": holder, "details": holder, "div": holder, "dl": holder,
	"dt": holder, "dd": holder, "figure": holder, "li": holder, "ol": holder, "section": holder, "ul": holder,
	"table": holder, "thead": holder, "tbody": holder, "tfoot": holder, "tr": holder, "td": holder, "th": holder,
}

var attributes = map[string]bool{
	"title": true, "lang": true, "dir": true, "open": true, "start": true, "reversed": true,
	"datetime": true, "colspan": true, "rowspan": true, "scope": true,
}

func (s sanitizer) write(r *render, piece []byte, at int, inline bool) {
	tokens := html.NewTokenizer(bytes.NewReader(s.policy.SanitizeBytes(piece)))
	open := len(r.open)
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if !inline {
				r.closeTags(s.held(r, open))
			}
			return
		case html.TextToken:
			r.literal([]byte(tokens.Token().Data))
		case html.StartTagToken, html.SelfClosingTagToken:
			s.start(r, tokens.Token(), at, inline)
		case html.EndTagToken:
			s.end(r, tokens.Token().Data)
		}
	}
}

// held returns how many of the open elements may stay open at the end of a
// block of HTML: the holders around everything else.
func (sanitizer) held(r *render, open int) int {
	open = min(open, len(r.open)) // it may have closed some that were open before
	for open < len(r.open) && elements[r.open[open]] == holder {
		open++
	}
	return open
}

func (sanitizer) start(r *render, t html.Token, at int, inline bool) {
	switch t.Data {
	case "a":
		s := attr(t, "href")
		if id := attr(t, "id"); id != "" {
			r.rawID("<span", id, "></span>")
		}
		if s == "" || r.inLink > 0 || len(r.open) >= maxNesting || !r.openLink(s, attr(t, "title"), span{at, at + 1}) {
			return
		}
		r.inLink++
		r.open = append(r.open, "a")
		return
	case "img":
		r.imageTo(attr(t, "src"), attr(t, "alt"), attr(t, "title"), span{at, at + 1})
		return
	}
	role := elements[t.Data]
	if role == 0 || inline && role > void || len(r.open) >= maxNesting {
		return
	}
	name := t.Data
	if name == "h1" {
		name = "h2"
	}
	r.html = append(r.html, '<')
	r.html = append(r.html, name...)
	r.rawID("", attr(t, "id"), "")
	for _, a := range t.Attr {
		if attributes[a.Key] {
			r.html = append(r.html, " "+a.Key+`="`...)
			r.html = appendEscaped(r.html, a.Val)
			r.html = append(r.html, '"')
		}
	}
	r.html = append(r.html, '>')
	if role != void && name != "hr" {
		r.open = append(r.open, name)
	}
}

// end closes an element that was opened by raw HTML in the same place of the
// Markdown, and those inside it.
func (sanitizer) end(r *render, name string) {
	if name == "h1" {
		name = "h2"
	}
	for n := len(r.open) - 1; n >= r.base; n-- {
		if r.open[n] == name {
			r.closeTags(n)
			return
		}
	}
}

// rawID writes an id from raw HTML, unless the page has it already.
func (r *render) rawID(before, id, after string) {
	_, used := r.ids.next[id]
	if used || id == "" || strings.IndexFunc(id, func(c rune) bool { return !inID(c) }) >= 0 {
		return
	}
	r.ids.give(id)
	r.html = append(r.html, before+` id="`...)
	r.html = appendEscaped(r.html, id)
	r.html = append(r.html, `"`+after...)
}

func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
