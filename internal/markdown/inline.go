package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// inlines writes the inline content of a block.
func (r *render) inlines(n ast.Node) {
	c := n.FirstChild()
	task, _ := c.(*taskNode)
	if task != nil {
		r.tick(task)
		c = c.NextSibling()
	}
	outer := r.enter()
	start := r.mark()
	for ; c != nil; c = c.NextSibling() {
		r.inline(c)
	}
	r.leave(outer)
	if r.inner != nil {
		r.inner[n] = extent{start, r.mark()}
	}
	if task != nil {
		r.html = append(r.html, "</label>"...)
	}
}

// nested writes the children of an inline node between two tags.
func (r *render) nested(n ast.Node, before, after string) {
	if r.depth++; r.depth > maxInline {
		r.state.refuse(max(0, n.Pos()), "use fewer marks", "emphasis and links are nested more than %d deep", maxInline)
		return
	}
	outer := r.enter()
	r.html = append(r.html, before...)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.inline(c)
	}
	r.leave(outer)
	r.html = append(r.html, after...)
	r.depth--
}

// inline writes one inline node.
func (r *render) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.textNode(n)
	case *ast.Link:
		r.link(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			r.nested(n, "<strong>", "</strong>")
		} else {
			r.nested(n, "<em>", "</em>")
		}
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *ast.RawHTML:
		r.rawInline(n)
	case *east.Strikethrough:
		r.nested(n, "<del>", "</del>")
	case *east.FootnoteLink:
		r.noteMark(n)
	case *east.FootnoteBacklink:
		r.noteBack(n)
	case *citeNode:
		r.cite(n)
	case *wikiNode:
		r.wiki(n)
	case *ast.String:
		r.prose(n.Value)
	}
}

// textNode writes a run of text and the line end after it. What stands before
// an attribute list belongs to it if it is white space.
func (r *render) textNode(n *ast.Text) {
	value := n.Segment.Value(r.source.body)
	if _, last := n.NextSibling().(*attrsNode); last {
		for len(value) > 0 && (value[len(value)-1] == ' ' || value[len(value)-1] == '\t' || value[len(value)-1] == '\n') {
			value = value[:len(value)-1]
		}
		r.prose(value)
		return
	}
	if n.IsRaw() {
		r.literal(value)
		return
	}
	r.prose(value)
	switch {
	case n.HardLineBreak():
		r.endLine("<br>\n")
	case n.SoftLineBreak():
		r.endLine("\n")
	}
}

// endLine writes a line end inside a paragraph. White space before it counts
// for nothing.
func (r *render) endLine(s string) {
	least := 0
	if n := len(r.offs); n > 0 {
		least = int(r.offs[n-1])
	}
	n := len(r.html)
	for n > least && r.html[n-1] == ' ' {
		n--
	}
	r.html = append(r.html[:n], s...)
	if n := len(r.text); n > 0 && r.text[n-1] != ' ' && r.text[n-1] != '\n' {
		r.text = append(r.text, ' ')
	}
}

// codeSpan writes code, line ends as spaces. In a table cell, \| is how a bar
// is written even in code.
func (r *render) codeSpan(n *ast.CodeSpan) {
	r.html = append(r.html, "<code>"...)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		value := c.(*ast.Text).Segment.Value(r.source.body)
		if k := len(value); k > 0 && value[k-1] == '\n' {
			r.literal(value[:k-1])
			if c != n.LastChild() {
				r.literal([]byte{' '})
			}
			continue
		}
		if r.inCell {
			value = bytes.ReplaceAll(value, []byte(`\|`), []byte("|"))
		}
		r.literal(value)
	}
	r.html = append(r.html, "</code>"...)
}
