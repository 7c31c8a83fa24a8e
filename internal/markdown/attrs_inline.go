package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"rapport/internal/diag"
)

// attrsNode is an attribute list at the end of a heading or of the first
// paragraph of a list item.
type attrsNode struct {
	construct
	list attrList
}

// attrsParser finds attribute lists, plain or hidden in a comment. It comes
// before emphasis and links, so that values need no escapes.
type attrsParser struct{ keys map[string]bool }

// Trigger is part of parser.InlineParser.
func (attrsParser) Trigger() []byte { return []byte{'{', '<'} }

// Parse is part of parser.InlineParser.
func (p attrsParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	hidden := line[0] == '<'
	if hidden && !bytes.HasPrefix(line, []byte("<!--")) || !hidden && bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	if before := block.PrecendingCharacter(); before != ' ' && before != '\t' && before != '\n' {
		return nil
	}
	if !takesAttrs(parent) {
		return nil
	}
	lines := parent.Lines()
	end := lines.At(lines.Len() - 1).Stop
	scan := attrScanner{text: block.Source()[:end], at: at.Start, keys: p.keys}
	if hidden {
		scan.at += len("<!--")
		scan.space()
	}
	list, ok := scan.braced()
	if !ok {
		return nil
	}
	scan.space()
	if hidden {
		if !bytes.HasPrefix(scan.text[scan.at:], []byte("-->")) {
			return nil
		}
		scan.at += len("-->")
		scan.space()
	}
	if scan.at != end {
		return nil
	}
	for block.AdvanceLine(); ; block.AdvanceLine() {
		if rest, _ := block.PeekLine(); rest == nil {
			break
		}
	}
	node := &attrsNode{list: list}
	r := readingOf(pc)
	r.lists = append(r.lists, node)
	return node
}

// takesAttrs reports whether a block may end with an attribute list.
func takesAttrs(block ast.Node) bool {
	switch block.(type) {
	case *ast.Heading:
		return true
	case *ast.Paragraph, *ast.TextBlock:
		item := block.Parent()
		return item != nil && item.Kind() == ast.KindListItem && item.FirstChild() == block
	}
	return false
}

// attrsOf returns the attribute list of a block, or nil.
func attrsOf(block ast.Node) *attrList {
	if block == nil {
		return nil
	}
	if n, ok := block.LastChild().(*attrsNode); ok {
		return &n.list
	}
	return nil
}

// attrs returns a list as data.
func (r *render) attrs(list *attrList) Attrs {
	if list == nil {
		return Attrs{}
	}
	a := Attrs{ID: list.id, Pos: r.pos(span{list.start, list.end})}
	for _, t := range list.all {
		a.All = append(a.All, Attr{Key: t.key, Value: t.value, Flag: t.flag, Pos: r.pos(t.at)})
	}
	return a
}

func (r *render) pos(at span) diag.Pos { return r.source.pos(at.start, at.end) }

// holePos is the place of a hole. Where the text is not wanted as data, it comes
// without its line: few holes are ever reported, and whoever does finds the
// line again.
func (r *render) holePos(at span) diag.Pos {
	return r.source.place(at.start, at.end, r.extents != nil)
}

// noteAttrs keeps a list for those who check keys.
func (r *render) noteAttrs(list *attrList) {
	if list != nil && len(list.all) > 0 {
		r.lists = append(r.lists, r.attrs(list))
	}
}

// giveID puts the id of an attribute list on the page and returns it, or ""
// if there is none or it is taken.
func (r *render) giveID(list *attrList) string {
	if list == nil || list.id == "" {
		return ""
	}
	if r.ids.give(list.id) {
		return list.id
	}
	return ""
}

// reserveIDs reads the author's ids of the whole text, so that those made up
// for headings avoid them, and reports those that are there twice.
func (r *render) reserveIDs(lists []*attrsNode) {
	first := map[string]*attrList{}
	for _, n := range lists {
		list := &n.list
		if list.id == "" {
			continue
		}
		r.ids.reserve(list.id)
		before, twice := first[list.id]
		if !twice {
			first[list.id] = list
			continue
		}
		const hint = "give each heading and item its own id"
		if before != nil {
			r.diags.Error(r.pos(before.idAt), hint, "the id %q is used more than once on this page", list.id)
			first[list.id] = nil
		}
		r.diags.Error(r.pos(list.idAt), hint, "the id %q is used more than once on this page", list.id)
	}
}
