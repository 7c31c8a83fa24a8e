package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// block writes one block.
func (r *render) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.apart()
		r.html = append(r.html, "<p>"...)
		r.inlines(n)
		r.html = append(r.html, "</p>\n"...)
	case *ast.TextBlock:
		r.apart()
		r.inlines(n)
		if n.NextSibling() != nil && n.HasChildren() {
			r.html = append(r.html, '\n')
		}
	case *ast.Heading:
		r.heading(n)
	case *ast.List:
		r.list(n)
	case *ast.FencedCodeBlock:
		r.fence(n)
	case *ast.CodeBlock:
		r.code("", r.lines(n))
	case *ast.Blockquote:
		r.quote(n)
	case *ast.ThematicBreak:
		r.html = append(r.html, "<hr>\n"...)
	case *ast.HTMLBlock:
		r.rawBlock(n)
	case *east.Table:
		r.table(n)
	case *east.DefinitionList:
		r.wrap(n, "<dl>\n", "</dl>\n")
	case *east.DefinitionTerm:
		r.apart()
		r.html = append(r.html, "<dt>"...)
		r.inlines(n)
		r.html = append(r.html, "</dt>\n"...)
	case *east.DefinitionDescription:
		if n.IsTight {
			r.wrap(n, "<dd>", "</dd>\n")
		} else {
			r.wrap(n, "<dd>\n", "</dd>\n")
		}
	case *east.FootnoteList:
		r.noteList(n)
	}
}

// wrap writes the blocks inside a block between two tags.
func (r *render) wrap(n ast.Node, before, after string) {
	r.html = append(r.html, before...)
	r.blocks(n)
	r.html = append(r.html, after...)
}

// list writes a bullet or ordered list.
func (r *render) list(n *ast.List) {
	before, after := "<ul>\n", "</ul>\n"
	if n.IsOrdered() {
		before, after = "<ol>\n", "</ol>\n"
		if n.Start != 1 {
			before = `<ol start="` + strconv.Itoa(n.Start) + "\">\n"
		}
	}
	r.html = append(r.html, before...)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.item(c)
	}
	r.html = append(r.html, after...)
}

// item writes a list item. A task is a tick box with its first paragraph as
// the label.
func (r *render) item(n ast.Node) {
	first := n.FirstChild()
	list := attrsOf(first)
	if list != nil && first.Kind() != ast.KindHeading {
		r.noteAttrs(list)
	}
	r.html = append(r.html, "<li"...)
	if taskOf(first) != nil {
		r.html = append(r.html, ` class="task"`...)
	}
	if list != nil && first.Kind() != ast.KindHeading {
		if id := r.giveID(list); id != "" {
			r.html = append(r.html, ` id="`...)
			r.html = appendEscaped(r.html, id)
			r.html = append(r.html, '"')
		}
	}
	r.html = append(r.html, '>')
	if first != nil && first.Kind() != ast.KindTextBlock {
		r.html = append(r.html, '\n')
	}
	r.blocks(n)
	r.html = append(r.html, "</li>\n"...)
}

// tick writes the tick box of a task and opens the label around it and its
// paragraph.
func (r *render) tick(n *taskNode) {
	r.html = append(r.html, `<label><input type="checkbox" disabled`...)
	if n.checked {
		r.html = append(r.html, " checked"...)
	}
	r.html = append(r.html, "> "...)
}
