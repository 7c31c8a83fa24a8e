package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"rapport/internal/diag"
)

// render writes one syntax tree as HTML with holes and as plain text, in one
// walk. Both are single buffers: every Body and every text of the result is a
// part of them.
type render struct {
	converter *Converter
	source    *source
	state     *reading
	diags     diag.List

	html  []byte
	text  []byte
	holes []Hole
	offs  []int32 // where in html each hole is

	ids     ids
	made    []string        // ids made up for headings and footnotes
	lost    map[string]bool // ids of footnote marks that were left out
	outline []Heading
	ends    []int // where in text the heading of each outline entry ends
	lists   []Attrs
	cites   []string
	cited   map[string]bool
	words   map[string]string
	title   mark // end of the heading that is the page's title
	titled  bool
	notes   extent

	inLink int // links around what is written
	depth  int // inline nodes around what is written
	inCell bool
	open   []string // elements of raw HTML that are open
	base   int      // those from here on may be closed where we are

	extents map[ast.Node]extent // of each node, only if sections are asked for
	inner   map[ast.Node]extent // of the inline content of headings and paragraphs
}

// mark is a place in the output.
type mark struct{ html, holes, text int }

// extent is a part of the output.
type extent struct{ start, end mark }

// maxRoom is for how many links or headings there is room from the start, if it
// looks as if there were so many.
const maxRoom = 256

func newRender(c *Converter, s *source, b *buffers, sections bool) *render {
	r := &render{
		converter: c,
		source:    s,
		html:      b.html,
		text:      b.text,
		words:     c.opts.Words,
	}
	if n := bytes.Count(s.body, []byte("](")); n > 0 {
		r.holes, r.offs = make([]Hole, 0, min(n, maxRoom)), make([]int32, 0, min(n, maxRoom))
	}
	if n := bytes.Count(s.body, []byte("\n#")); n > 0 {
		r.outline, r.ends, r.made = make([]Heading, 0, min(n, maxRoom)), make([]int, 0, min(n, maxRoom)), make([]string, 0, min(n, maxRoom))
	}
	if sections {
		r.extents, r.inner = b.extents()
	}
	return r
}

func (r *render) mark() mark { return mark{len(r.html), len(r.holes), len(r.text)} }

// word returns a word of the interface in the page's language.
func (r *render) word(english string) string {
	if w, ok := r.words[english]; ok {
		return w
	}
	return english
}

// hole leaves a hole in the output.
func (r *render) hole(h Hole) {
	r.holes = append(r.holes, h)
	r.offs = append(r.offs, int32(len(r.html)))
}

// insert puts HTML in front of what was written since the mark.
func (r *render) insert(at mark, s []byte) {
	n := len(s)
	r.html = append(r.html, s...)
	copy(r.html[at.html+n:], r.html[at.html:])
	copy(r.html[at.html:], s)
	for i := at.holes; i < len(r.offs); i++ {
		r.offs[i] += int32(n)
	}
}

// apart begins a new block of text.
func (r *render) apart() {
	if n := len(r.text); n > 0 && r.text[n-1] != '\n' {
		r.text = append(r.text, '\n')
	}
}

// document writes the whole tree.
func (r *render) document(root ast.Node, state *reading) {
	r.state = state
	r.reserveIDs(state.lists)
	r.blocks(root)
}

// blocks writes the children of a block that holds blocks.
func (r *render) blocks(n ast.Node) {
	outer := r.enter()
	for c := n.FirstChild(); c != nil && r.state.over == nil; c = c.NextSibling() {
		r.node(c)
	}
	r.leave(outer)
}

// node writes one block and notes where it is if somebody will ask.
func (r *render) node(n ast.Node) {
	if r.extents == nil {
		r.block(n)
		return
	}
	start := r.mark()
	outer := r.enter()
	r.block(n)
	r.leave(outer) // a block of a section is used alone, so it is whole
	r.extents[n] = extent{start, r.mark()}
}

// filled is what was written, from which the parts of the Doc are cut.
type filled struct {
	html, text string
	holes      []Hole
	offs       []int32
}

// body returns a part of the output as a Body.
func (f *filled) body(e extent) Body {
	if e.start.html >= e.end.html && e.start.holes == e.end.holes {
		return Body{}
	}
	return Body{
		html:  f.html[e.start.html:e.end.html],
		holes: f.holes[e.start.holes:e.end.holes:e.end.holes],
		offs:  f.offs[e.start.holes:e.end.holes:e.end.holes],
		base:  int32(e.start.html),
	}
}
