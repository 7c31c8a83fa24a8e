package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The parser takes a time that grows with the square of some inputs. The
// guards here stand in front of the constructs in question: they find out what
// a step will cost before it is taken and refuse the text when the work of all
// of them runs out. Each names the loop that it accounts for.

// container guards a block that holds blocks: with deep nesting, each line is
// handed down through all of them.
type container struct{ parser.BlockParser }

func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) < maxNesting {
		return c.BlockParser.Open(parent, reader, pc)
	}
	depth := depth(pc.OpenedBlocks())
	if depth > maxNesting {
		return nil, parser.NoChildren // the text is refused already
	}
	_, at := reader.Position()
	node, state := c.BlockParser.Open(parent, reader, pc)
	if node != nil && depth == maxNesting {
		readingOf(pc).refuse(at.Start, "use headings instead of deeper lists and quotes",
			"lists and quotes are nested more than %d deep", maxNesting)
	}
	return node, state
}

// depth returns how many of the blocks hold blocks. The items of a list, which is
// one itself, are not guarded and do not count.
func depth(open []parser.Block) int {
	depth := 0
	for _, b := range open {
		if _, ok := b.Parser.(container); ok {
			depth++
		}
	}
	return depth
}

// references guards link reference definitions: after each one, the lines of
// the paragraph are moved up.
type references struct{ parser.ParagraphTransformer }

func (g references) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, found := node.Lines(), 0
	for ; found < lines.Len(); found++ {
		line := lines.At(found)
		if b := bytes.TrimLeft(line.Value(reader.Source()), " "); len(b) == 0 || b[0] != '[' {
			break
		}
	}
	if found == 0 || !readingOf(pc).spend(node.Pos(), found*lines.Len()/2) {
		return
	}
	g.ParagraphTransformer.Transform(node, reader, pc)
}

// links guards brackets. A closing one makes the parser walk what stands
// inside, look the label up line by line, and scan a destination to its end.
type links struct{ parser.InlineParser }

func (g links) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	if r.over != nil {
		return nil
	}
	if line, at := block.PeekLine(); line[0] == ']' {
		if !pc.IsInLinkLabel() || !r.spend(at.Start, g.cost(parent, line, at.Start, pc)) {
			return nil
		}
	}
	return g.InlineParser.Parse(parent, block, pc)
}

func (g links) cost(parent ast.Node, line []byte, at int, pc parser.Context) int {
	steps := parent.Lines().Len() + destination(line[1:])
	marks := false
	for c := parent.LastChild(); c != nil; c = c.PreviousSibling() {
		steps++
		if _, ok := c.(*parser.Delimiter); ok {
			marks = true
		} else if c.Kind() != ast.KindText && c.Kind().String() == "LinkLabelState" {
			steps += at - c.Pos()
			break
		}
	}
	if marks { // emphasis inside: its siblings are walked back to the paragraph's start
		steps += parent.ChildCount()
	}
	return steps
}

// destination returns how far the parser looks for the end of a link's
// destination.
func destination(line []byte) int {
	if len(line) == 0 || line[0] != '(' {
		return 0
	}
	for depth, i := 0, 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		case c == '<':
			if end := bytes.IndexByte(line[i:], '>'); end >= 0 {
				return i + end
			}
			return len(line)
		case i > 1 && util.IsSpace(c):
			return i
		}
	}
	return len(line)
}

func (g links) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	g.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// delimiters guards emphasis: a mark that may close looks back through all
// that may open.
type delimiters struct{ parser.InlineParser }

func (g delimiters) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	r := readingOf(pc)
	if r.block != parent {
		r.block, r.delims = parent, 0
	}
	if r.delims++; r.delims > 100 {
		if _, at := block.PeekLine(); !r.spend(at.Start, r.delims) {
			return nil
		}
	}
	return g.InlineParser.Parse(parent, block, pc)
}

// codeEnds remembers which lengths of runs of backticks have no end in a block.
// Longer runs than it has room for are text.
type codeEnds struct {
	block   ast.Node
	missing [80]bool
}

// codeSpans guards code spans: an unclosed run of backticks makes the parser
// look through the rest of the paragraph, for each length of run again.
type codeSpans struct{ parser.InlineParser }

func (g codeSpans) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	n := 0
	for n < len(line) && line[n] == '`' {
		n++
	}
	r := readingOf(pc)
	if r.ends.block != parent {
		r.ends = codeEnds{block: parent}
	}
	if n >= len(r.ends.missing) || r.ends.missing[n] {
		block.Advance(n)
		return ast.NewTextSegment(text.NewSegment(at.Start, at.Start+n))
	}
	node := g.InlineParser.Parse(parent, block, pc)
	if _, open := node.(*ast.Text); open {
		r.ends.missing[n] = true
	}
	return node
}
