package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser finds the marks of emphasis, as the library's own parser does,
// but makes its nodes out of those of the last page.
type emphasisParser struct{}

// Trigger is part of parser.InlineParser.
func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

// Parse is part of parser.InlineParser.
func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before, after := block.PrecendingCharacter(), ' '
	line, at := block.PeekLine()
	char, n := line[0], 1
	for n < len(line) && line[n] == char {
		n++
	}
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	r := readingOf(pc)
	opens, closes := flanks(char, before, after)
	mark := r.nodes.marks.add(parser.Delimiter{
		Segment: at.WithStop(at.Start + n),
		CanOpen: opens, CanClose: closes,
		Length: n, OriginalLength: n,
		Char:      char,
		Processor: emphasis{&r.nodes},
	})
	block.Advance(n)
	pc.PushDelimiter(mark)
	return mark
}

// flanks says whether a run of marks between two characters may open and close
// emphasis: the rules of CommonMark 0.31, section 6.2.
func flanks(char byte, before, after rune) (opens, closes bool) {
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	punctBefore, punctAfter := util.IsPunctRune(before), util.IsPunctRune(after)
	left := !spaceAfter && (!punctAfter || spaceBefore || punctBefore)
	right := !spaceBefore && (!punctBefore || spaceAfter || punctAfter)
	if char != '_' {
		return left, right
	}
	return left && (!right || punctBefore), right && (!left || punctAfter)
}

// emphasis joins marks.
type emphasis struct{ nodes *nodes }

// IsDelimiter is part of parser.DelimiterProcessor.
func (emphasis) IsDelimiter(c byte) bool { return c == '*' || c == '_' }

// CanOpenCloser is part of parser.DelimiterProcessor.
func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch is part of parser.DelimiterProcessor.
func (e emphasis) OnMatch(level int) ast.Node {
	return e.nodes.emphases.add(ast.Emphasis{Level: level})
}
