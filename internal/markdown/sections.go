package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"rapport/internal/diag"
)

// sections returns the content as data. Its bodies and texts are parts of what
// was written already: nothing is written twice.
func (r *render) sections(root ast.Node, f *filled) []Section {
	if root.FirstChild() == nil {
		return nil
	}
	all := make([]Section, 0, 1+len(r.outline))
	heading := 0
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			all = append(all, r.section(h, f, &heading))
			continue
		}
		b, ok := r.data(n, f)
		if !ok || n.Kind() == east.KindFootnoteList { // the notes belong to no section
			continue
		}
		if len(all) == 0 {
			all = append(all, Section{Pos: b.Pos})
		}
		last := &all[len(all)-1]
		if last.Blocks == nil {
			last.Blocks = make([]Block, 0, blocksFrom(n))
		}
		last.Blocks = append(last.Blocks, b)
	}
	return all
}

// blocksFrom counts the blocks from n to the next heading.
func blocksFrom(n ast.Node) int {
	count := 0
	for ; n != nil && n.Kind() != ast.KindHeading; n = n.NextSibling() {
		count++
	}
	return count
}

// section begins a section. The outline is in the order of the text, so next
// is at or before the heading's entry in it.
func (r *render) section(n *ast.Heading, f *filled, next *int) Section {
	at := max(0, n.Pos())
	s := Section{Level: max(2, n.Level), Attrs: r.attrs(attrsOf(n)), Pos: r.linePos(at)}
	e := r.extents[n]
	for ; *next < len(r.outline) && r.outline[*next].Start < e.end.text; *next++ {
		if o := r.outline[*next]; o.Start >= e.start.text {
			s.ID, s.Text, s.Title = o.ID, o.Text, f.body(r.inner[n])
		}
	}
	return s
}

// data returns a block as data, or false if it has nothing to show.
func (r *render) data(n ast.Node, f *filled) (Block, bool) {
	e := r.extents[n]
	if e.start.html == e.end.html && e.start.holes == e.end.holes {
		return Block{}, false
	}
	b := Block{
		Body:  f.body(e),
		Text:  f.words(e),
		Links: linksIn(f.holes[e.start.holes:e.end.holes]),
		Pos:   r.linePos(blockStart(n)),
	}
	switch n := n.(type) {
	case *ast.List:
		b.Kind = Listing
		b.List = &List{Ordered: n.IsOrdered(), Items: r.items(n, f)}
	case *ast.CodeBlock:
		b.Kind = Code
	case *ast.FencedCodeBlock:
		b.Kind = Code
		b.Fence = r.fenceData(n)
	}
	return b, true
}

func (r *render) items(list *ast.List, f *filled) []Item {
	items := make([]Item, 0, list.ChildCount())
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		items = append(items, r.itemData(c, f))
	}
	return items
}

func (r *render) itemData(n ast.Node, f *filled) Item {
	item := Item{Pos: r.linePos(blockStart(n))}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch {
		case c == n.FirstChild() && (c.Kind() == ast.KindTextBlock || c.Kind() == ast.KindParagraph):
			r.label(c, &item, f)
		case c.Kind() == ast.KindList:
			item.Items = append(item.Items, r.items(c.(*ast.List), f)...)
		default:
			if b, ok := r.data(c, f); ok {
				item.Rest = append(item.Rest, b)
			}
		}
	}
	return item
}

// label reads the first paragraph of an item.
func (r *render) label(n ast.Node, item *Item, f *filled) {
	e := r.inner[n]
	item.Attrs = r.attrs(attrsOf(n))
	if task := taskOf(n); task != nil {
		item.Task, item.Checked = true, task.checked
	}
	e = f.trim(e)
	item.Label = f.body(e)
	item.Text = f.words(e)
	item.Links = linksIn(f.holes[e.start.holes:e.end.holes])
	item.Pos = r.linePos(blockStart(n))
	first := n.FirstChild()
	if _, task := first.(*taskNode); task {
		first = first.NextSibling()
	}
	after := e
	if hole := e.start.holes; hole < e.end.holes && int(f.offs[hole]) == e.start.html {
		switch k := f.holes[hole]; k.Kind {
		case Wiki:
			item.First = &f.holes[hole]
			after.start = mark{int(f.offs[hole]), hole + 1, e.start.text + len(k.Target)}
		case Link:
			item.First = &f.holes[hole]
			after.start = r.linkEnd(first, e, f)
		}
	}
	item.After = f.body(f.trim(after))
}

// linkEnd returns where the link that a paragraph begins with ends.
func (r *render) linkEnd(n ast.Node, e extent, f *filled) mark {
	if link, ok := n.(*ast.Link); ok {
		return r.extents[link].end
	}
	end := strings.Index(f.html[e.start.html:], "</a>") + len("</a>")
	return mark{e.start.html + end, e.start.holes + 1, e.start.text}
}

func (r *render) fenceData(n *ast.FencedCodeBlock) *Fence {
	lang, list := r.info(n)
	fence := &Fence{Lang: lang, Attrs: r.attrs(list), Text: r.lines(n), Pos: r.linePos(max(0, n.Pos()))}
	if n.Lines().Len() > 0 {
		fence.Start = r.source.offset(n.Lines().At(0).Start)
	}
	return fence
}

// blockStart returns where a block begins.
func blockStart(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if at := n.Pos(); at >= 0 {
			return at
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
	}
	return 0
}

// maxUnderline is how much of a line is underlined at most, in bytes.
const maxUnderline = 80

// linePos is the position of the rest of a line. The parser may place an empty
// heading behind the end of the text.
func (r *render) linePos(at int) diag.Pos {
	at = min(at, len(r.source.body))
	line := r.source.body[at:min(len(r.source.body), at+maxUnderline)]
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	return r.pos(span{at, at + len(line)})
}

// linksIn returns the holes that are links.
func linksIn(holes []Hole) []Hole {
	var links []Hole
	for _, h := range holes {
		if h.Kind == Link || h.Kind == Wiki {
			links = append(links, h)
		}
	}
	return links
}

// words returns a part of the text, trimmed.
func (f *filled) words(e extent) string {
	end := min(e.end.text, len(f.text))
	return strings.TrimSpace(f.text[min(e.start.text, end):end])
}

// trim leaves out white space at both ends of a part of the HTML.
func (f *filled) trim(e extent) extent {
	first, last := e.end.html, e.start.html
	if e.start.holes < e.end.holes {
		first, last = int(f.offs[e.start.holes]), int(f.offs[e.end.holes-1])
	}
	for e.start.html < first && strings.IndexByte(" \n\t", f.html[e.start.html]) >= 0 {
		e.start.html++
	}
	for e.end.html > max(last, e.start.html) && strings.IndexByte(" \n\t", f.html[e.end.html-1]) >= 0 {
		e.end.html--
	}
	return e
}
