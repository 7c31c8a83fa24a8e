package highlight

import (
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// writer makes HTML of tokens: one span for neighbours of one type, cut at
// line ends, so that no span crosses one.
type writer struct {
	html  strings.Builder
	of    chroma.TokenType // of the latest token
	count int              // its bytes, with its neighbours'
	class string
	open  bool // its span
}

// maxSpan is the length at which chroma begins a new span for the same type.
const maxSpan = 8192

// token writes one token.
func (w *writer) token(t chroma.TokenType, text string) {
	if text == "" || t == chroma.Ignore {
		return
	}
	if t != w.of || w.count == 0 || w.count >= maxSpan {
		w.close()
		w.of, w.count, w.class = t, 0, class(t)
	}
	w.count += len(text)
	if w.class == "" {
		w.escape(text)
		return
	}
	for text != "" {
		if !w.open {
			w.html.WriteString(`<span class="`)
			w.html.WriteString(w.class)
			w.html.WriteString(`">`)
			w.open = true
		}
		end := strings.IndexByte(text, '\n') + 1
		if end == 0 {
			w.escape(text)
			return
		}
		w.escape(text[:end])
		w.close()
		text = text[end:]
	}
}

// close ends the open span.
func (w *writer) close() {
	if w.open {
		w.html.WriteString("</span>")
		w.open = false
	}
}

// String ends the HTML and returns it.
func (w *writer) String() string {
	w.close()
	return w.html.String()
}

// escape writes text as html.EscapeString has it.
func (w *writer) escape(text string) {
	last := 0
	for i := range len(text) {
		var entity string
		switch text[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '"':
			entity = "&#34;"
		case '\'':
			entity = "&#39;"
		default:
			continue
		}
		w.html.WriteString(text[last:i])
		w.html.WriteString(entity)
		last = i + 1
	}
	w.html.WriteString(text[last:])
}

// class returns the class of a token type, or its parent's where it has none
// of its own.
func class(t chroma.TokenType) string {
	for t != 0 {
		if name, ok := chroma.StandardTypes[t]; ok {
			return name
		}
		t = t.Parent()
	}
	return ""
}
