package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
)

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
