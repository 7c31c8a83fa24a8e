package markdown

import (
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
)

// The most that one text may hold. Beyond it the text is refused as a whole.
const (
	MaxPage    = 8 << 20 // bytes
	maxNesting = 100     // blocks inside one another
	maxInline  = 100     // emphasis and links inside one another
	maxCells   = 1 << 16 // table cells a text
	maxNotes   = 10_000  // footnote marks a text, counting both ends
)

// The work that a text may cause beyond one look at each of its bytes, in
// steps of the parser's loops (a few nanoseconds each). Ordinary pages use a
// thousandth of it; the parser's quadratic cases use it up within a second.
const (
	workBase    = 128 << 20
	workPerByte = 64
)

// reading is what the constructs of one text share while it is parsed.
type reading struct {
	source *source
	work   int      // steps left
	cells  int      // table cells so far
	over   *refusal // set by the first limit that is passed
	lists  []*attrsNode
	ends   codeEnds

	block  ast.Node // whose inline text is read
	delims int      // delimiters in it so far

	nodes   nodes
	plain   ast.Node // the block that was last looked at for backslashes
	escaped bool     // it has some
}

// refusal says which limit was passed and where.
type refusal struct {
	at            int
	message, hint string
}

func newReading(s *source, n nodes) *reading {
	return &reading{source: s, work: workBase + workPerByte*len(s.body), nodes: n}
}

var readingKey = parser.NewContextKey()

func readingOf(pc parser.Context) *reading { return pc.Get(readingKey).(*reading) }

// refuse notes the first limit that is passed.
func (r *reading) refuse(at int, hint, format string, args ...any) {
	if r.over == nil {
		r.over = &refusal{at: at, message: fmt.Sprintf(format, args...), hint: hint}
	}
}

// spend takes steps from what is left and reports whether there were enough.
func (r *reading) spend(at, steps int) bool {
	r.work -= steps
	if r.work < 0 {
		r.refuse(at, "break this paragraph up: it holds thousands of brackets or other marks",
			"this text is too tangled to be read in a reasonable time")
	}
	return r.over == nil
}
