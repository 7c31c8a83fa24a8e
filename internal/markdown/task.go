package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// taskNode is the [ ] or [x] that a list item begins with.
type taskNode struct {
	construct
	checked bool
}

type taskParser struct{}

// Trigger is part of parser.InlineParser.
func (taskParser) Trigger() []byte { return []byte{'['} }

// Parse is part of parser.InlineParser.
func (taskParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if parent.HasChildren() || parent.Kind() == ast.KindHeading || !takesAttrs(parent) {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 4 || line[2] != ']' || line[3] != ' ' && line[3] != '\t' && line[3] != '\n' {
		return nil
	}
	checked := line[1] == 'x' || line[1] == 'X'
	if !checked && line[1] != ' ' && line[1] != '\t' {
		return nil
	}
	block.Advance(3)
	for c := block.Peek(); c == ' ' || c == '\t'; c = block.Peek() {
		block.Advance(1)
	}
	return &taskNode{checked: checked}
}

// taskOf returns the tick box that a list item's first block begins with, or
// nil.
func taskOf(block ast.Node) *taskNode {
	if block == nil {
		return nil
	}
	task, _ := block.FirstChild().(*taskNode)
	return task
}
