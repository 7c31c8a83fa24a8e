package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tables guards tables: each row is filled up to as many cells as the header
// has, so that a wide header over short rows makes a table far larger than its
// source.
type tables struct{ parser.ParagraphTransformer }

func (g tables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		columns := ruleColumns(line.Value(reader.Source()))
		if columns == 0 {
			continue
		}
		r := readingOf(pc)
		header := lines.At(i - 1)
		if bytes.Count(header.Value(reader.Source()), []byte("|")) < columns-1 {
			return // not the header of this rule: no table
		}
		if r.cells += columns * (lines.Len() - i); r.cells > maxCells {
			r.refuse(line.Start, "split it into several pages", "the tables of this page have more than %d cells", maxCells)
			return
		}
		g.ParagraphTransformer.Transform(node, reader, pc)
		return
	}
}

// ruleColumns returns how many columns the line under a table's header has, or
// 0 if it is no such line.
func ruleColumns(line []byte) int {
	line = bytes.TrimSpace(line)
	if len(line) == 0 || len(bytes.Trim(line, "-")) == 0 {
		return 0
	}
	for _, c := range line {
		if c != '-' && c != '|' && c != ':' && c != ' ' && c != '\t' {
			return 0
		}
	}
	return bytes.Count(bytes.Trim(line, "|"), []byte("|")) + 1
}

// table writes a table inside a box that can be scrolled, by keyboard too. The
// box is a group, not a region: a page with many tables would have as many
// landmarks of one name.
func (r *render) table(n *east.Table) {
	r.html = append(r.html, `<div class="table" tabindex="0" role="group" aria-label="`...)
	r.html = appendEscaped(r.html, r.word("Table"))
	r.html = append(r.html, "\"><table>\n"...)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		r.apart()
		if row == n.FirstChild() {
			r.row(row, "th", "<thead>\n<tr>\n", "</tr>\n</thead>\n")
			continue
		}
		if row.PreviousSibling() == n.FirstChild() {
			r.html = append(r.html, "<tbody>\n"...)
		}
		r.row(row, "td", "<tr>\n", "</tr>\n")
		if row.NextSibling() == nil {
			r.html = append(r.html, "</tbody>\n"...)
		}
	}
	r.html = append(r.html, "</table></div>\n"...)
}

func (r *render) row(n ast.Node, tag, before, after string) {
	r.html = append(r.html, before...)
	r.inCell = true
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c != n.FirstChild() && len(r.text) > 0 {
			r.text = append(r.text, ' ')
		}
		r.cell(c.(*east.TableCell), tag)
	}
	r.inCell = false
	r.html = append(r.html, after...)
}

func (r *render) cell(n *east.TableCell, tag string) {
	if !n.HasChildren() {
		tag = "td" // a corner without words heads nothing
	}
	r.html = append(r.html, '<')
	r.html = append(r.html, tag...)
	switch n.Alignment {
	case east.AlignLeft:
		r.html = append(r.html, ` class="align-left"`...)
	case east.AlignRight:
		r.html = append(r.html, ` class="align-right"`...)
	case east.AlignCenter:
		r.html = append(r.html, ` class="align-center"`...)
	}
	r.html = append(r.html, '>')
	r.inlines(n)
	r.html = append(r.html, "</"...)
	r.html = append(r.html, tag...)
	r.html = append(r.html, ">\n"...)
}
