package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// rawHTML lets raw HTML through a sanitiser; nil means that there is none.
type rawHTML interface {
	// write writes a piece of HTML that stands at the offset.
	write(r *render, piece []byte, at int, inline bool)
}

const rawHint = "write it in Markdown, or allow HTML with unsafe_html: sanitize in site.yaml"

// rawInline writes a tag inside a paragraph. Comments are for the author
// alone.
func (r *render) rawInline(n *ast.RawHTML) {
	var piece []byte
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		piece = append(piece, s.Value(r.source.body)...)
	}
	if bytes.HasPrefix(piece, []byte("<!--")) {
		return
	}
	first := n.Segments.At(0)
	if r.converter.raw != nil {
		r.converter.raw.write(r, piece, first.Start, true)
		return
	}
	r.diags.Warn(r.pos(span{first.Start, first.Stop}), rawHint, "raw HTML is shown as text")
	r.literal(piece)
}

// rawBlock writes a block of HTML.
func (r *render) rawBlock(n *ast.HTMLBlock) {
	lines := []byte(r.lines(n))
	if n.HasClosure() {
		lines = append(lines, n.ClosureLine.Value(r.source.body)...)
	}
	piece := bytes.TrimSpace(withoutComments(lines))
	if len(piece) == 0 {
		return
	}
	at := max(0, n.Pos())
	r.apart()
	if r.converter.raw != nil {
		r.converter.raw.write(r, piece, at, false)
		r.html = append(r.html, '\n')
		return
	}
	end := bytes.IndexByte(r.source.body[at:], '\n')
	if end < 0 {
		end = len(r.source.body) - at
	}
	r.diags.Warn(r.pos(span{at, at + end}), rawHint, "raw HTML is shown as text")
	r.html = append(r.html, `<p class="raw">`...)
	r.literal(piece)
	r.html = append(r.html, "</p>\n"...)
}

// withoutComments returns HTML without its comments.
func withoutComments(s []byte) []byte {
	from := bytes.Index(s, []byte("<!--"))
	if from < 0 {
		return s
	}
	out := append([]byte(nil), s[:from]...)
	for from >= 0 {
		s = s[from:]
		end := bytes.Index(s[len("<!--"):], []byte("-->"))
		if end < 0 {
			return out
		}
		s = s[len("<!--")+end+len("-->"):]
		if from = bytes.Index(s, []byte("<!--")); from < 0 {
			return append(out, s...)
		}
		out = append(out, s[:from]...)
	}
	return out
}

// enter begins a part of the Markdown, such as a list item or an emphasis, in
// which raw HTML can open and close elements; leave closes those left open.
func (r *render) enter() (outer int) {
	outer, r.base = r.base, len(r.open)
	return outer
}

func (r *render) leave(outer int) {
	r.closeTags(r.base)
	r.base = outer
}

// closeTags closes the elements that raw HTML opened since there were so many,
// the last first.
func (r *render) closeTags(open int) {
	for n := len(r.open); n > open; n-- {
		r.html = append(r.html, "</"+r.open[n-1]+">"...)
		if r.open[n-1] == "a" {
			r.inLink--
		}
	}
	r.open = r.open[:open]
}
