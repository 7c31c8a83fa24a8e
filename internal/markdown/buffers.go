package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
)

// buffers are what a page is read and written into.
type buffers struct {
	html, text []byte
	nodes      nodes
	all, inner map[ast.Node]extent
}

// maxExtents is how many places of nodes there is room kept for.
const maxExtents = 512

// extents returns two empty maps.
func (b *buffers) extents() (all, inner map[ast.Node]extent) {
	if b.all == nil {
		b.all, b.inner = map[ast.Node]extent{}, map[ast.Node]extent{}
	}
	return b.all, b.inner
}

// buffers returns empty ones.
func (c *Converter) buffers() *buffers {
	if b, ok := c.pages.Get().(*buffers); ok {
		return b
	}
	return new(buffers)
}

// release keeps what a page was read and written into for the next. The tree
// must be out of use.
func (c *Converter) release(b *buffers, s *reading, r *render) {
	s.nodes.release()
	b.html, b.text, b.nodes = r.html[:0], r.text[:0], s.nodes
	if len(b.all) > maxExtents { // clearing takes as long as the largest page needed
		b.all, b.inner = nil, nil
	}
	clear(b.all)
	clear(b.inner)
	c.pages.Put(b)
}

// nodes are those of which a page has hundreds. The tree is dropped once the
// page is written, so the next page is read into the same ones.
type nodes struct {
	texts    row[ast.Text]
	marks    row[parser.Delimiter]
	emphases row[ast.Emphasis]
}

// release lets go of the tree and keeps the room for the next.
func (n *nodes) release() {
	n.texts.release()
	n.marks.release()
	n.emphases.release()
}

// row is nodes of one type that are in use. Pointers into it stay good: it never
// moves, but goes on elsewhere when it is full.
type row[T any] []T

// maxRow is how many nodes are kept for the next page.
const maxRow = 1 << 12

func (r *row[T]) add(v T) *T {
	if len(*r) == cap(*r) {
		*r = make([]T, 0, max(64, 2*cap(*r)))
	}
	*r = append(*r, v)
	return &(*r)[len(*r)-1]
}

func (r *row[T]) release() {
	clear(*r)
	if *r = (*r)[:0]; cap(*r) > maxRow {
		*r = nil
	}
}
