package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// countNotes refuses a text with so many footnote marks that looking up each
// in the list of all would take too long.
func countNotes(r *reading) {
	if n := bytes.Count(r.source.body, []byte("[^")); n > maxNotes {
		r.refuse(bytes.Index(r.source.body, []byte("[^")), "split it into several pages",
			"this page has more than %d footnote marks", maxNotes)
	}
}

// The ids of footnotes hold a colon, which no heading's id does.
func noteID(n int) string { return "fn:" + strconv.Itoa(n) }

func markID(n, use int) string {
	if use == 0 {
		return "fnref:" + strconv.Itoa(n)
	}
	return "fnref:" + strconv.Itoa(n) + ":" + strconv.Itoa(use+1)
}

// noteMark writes the number of a footnote in the text.
func (r *render) noteMark(n *east.FootnoteLink) {
	id, number := markID(n.Index, n.RefIndex), strconv.Itoa(n.Index)
	r.made = append(r.made, id)
	if r.inLink > 0 {
		r.html = append(r.html, `<sup id="`+id+`">`+number+"</sup>"...)
		return
	}
	r.html = append(r.html, `<sup id="`+id+`"><a class="footnote-ref" href="#`+noteID(n.Index)+
		`" role="doc-noteref">`+number+"</a></sup>"...)
}

// noteBack writes the link from a footnote back to its mark.
func (r *render) noteBack(n *east.FootnoteBacklink) {
	id := markID(n.Index, n.RefIndex)
	if r.lost[id] {
		return
	}
	r.html = append(r.html, ` <a class="footnote-back" href="#`+id+`" role="doc-backlink" aria-label="`...)
	r.html = appendEscaped(r.html, r.word("Back to text"))
	r.html = append(r.html, " "+strconv.Itoa(n.Index)...)
	if n.RefIndex > 0 {
		r.html = append(r.html, "-"+strconv.Itoa(n.RefIndex+1)...)
	}
	r.html = append(r.html, "\">\u21a9\ufe0e</a>"...)
}

// noteList writes the footnotes at the end of the page.
func (r *render) noteList(n *east.FootnoteList) {
	start := r.mark()
	r.html = append(r.html, `<section class="footnotes" role="doc-endnotes" aria-label="`...)
	r.html = appendEscaped(r.html, r.word("Footnotes"))
	r.html = append(r.html, "\">\n<ol>\n"...)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.note(c.(*east.Footnote))
	}
	r.html = append(r.html, "</ol>\n</section>\n"...)
	r.notes = extent{start, r.mark()}
}

func (r *render) note(n *east.Footnote) {
	id := noteID(n.Index)
	r.made = append(r.made, id)
	r.html = append(r.html, `<li id="`+id+"\">\n"...)
	outer := r.enter()
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline { // the way back, where there is no last paragraph to hold it
			r.inline(c)
			continue
		}
		r.node(c)
	}
	r.leave(outer)
	r.html = append(r.html, "</li>\n"...)
}
