package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// heading writes a heading with its id, a link to itself and its entry in the
// outline. The id is only known when the words are, so it is put in front.
func (r *render) heading(n *ast.Heading) {
	r.apart()
	start := r.mark()
	first := len(r.text) == 0 && len(r.html) == 0
	level := max(2, n.Level)
	list := attrsOf(n)
	r.noteAttrs(list)
	r.inlines(n)
	words := bytes.TrimSpace(r.text[start.text:])
	open := append(make([]byte, 0, 80), '<', 'h', '0'+byte(level))
	if len(words) == 0 { // nothing to show in a table of contents, nothing to link to
		r.insert(start, append(open, '>'))
		r.closeHeading(level)
		return
	}
	text := string(words)
	id := r.giveID(list)
	if id == "" {
		id = r.ids.make(text)
		r.made = append(r.made, id)
	}
	open = append(appendEscaped(append(open, ` id="`...), id), `">`...)
	r.insert(start, open)
	if r.inner != nil {
		e := extent{start, r.mark()}
		e.start.html += len(open)
		r.inner[n] = e
	}
	r.anchor(id, text)
	r.closeHeading(level)

	at := start.text + bytes.Index(r.text[start.text:], words)
	r.outline = append(r.outline, Heading{Level: level, ID: id, Start: at})
	r.ends = append(r.ends, at+len(words))
	if first && n.Level == 1 {
		r.apart()
		r.title, r.titled = r.mark(), true
	}
}

func (r *render) closeHeading(level int) {
	r.html = append(r.html, '<', '/', 'h', '0'+byte(level), '>', '\n')
}

// anchor writes a heading's link to itself.
func (r *render) anchor(id, text string) {
	r.html = append(r.html, ` <a class="anchor" href="#`...)
	r.html = appendEscaped(r.html, id)
	r.html = append(r.html, `" aria-label="`...)
	r.html = appendEscaped(r.html, r.word("Link to this section"))
	r.html = append(r.html, ": "...)
	r.html = appendEscaped(r.html, text)
	r.html = append(r.html, `">#</a>`...)
}
