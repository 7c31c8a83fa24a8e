package theme

import (
	"bytes"
	"text/template/parse"
)

// A slot is left by a ready layout where it prints a piece that is the same on
// many pages: the name of the piece between two zero bytes. Nothing else prints
// those: layouts that hold any are refused, html/template escapes them in all
// that it is given as plain text, and who gives it HTML has to leave them out.

// CutSlot returns the name in the first slot, and what is before and after it.
func CutSlot(made []byte) (before []byte, name string, after []byte, found bool) {
	before, rest, found := bytes.Cut(made, zero)
	if !found {
		return made, "", nil, false
	}
	inside, after, found := bytes.Cut(rest, zero)
	if !found {
		return made, "", nil, false
	}
	return before, string(inside), after, true
}

var zero = []byte{0}

// slot returns the slot for an action that does nothing but print a piece as
// text of the page, such as {{.Shared "header"}}.
func (f *folder) slot(a *parse.ActionNode, top bool) (*parse.TextNode, bool) {
	if len(a.Pipe.Decl) > 0 || len(a.Pipe.Cmds) != 2 || len(a.Pipe.Cmds[0].Args) != 2 {
		return nil, false
	}
	escaper, ok := a.Pipe.Cmds[1].Args[0].(*parse.IdentifierNode)
	if !ok || escaper.Ident != "_html_template_htmlescaper" || len(a.Pipe.Cmds[1].Args) > 1 {
		return nil, false // elsewhere than in the text, pieces are changed to fit
	}
	name, ok := a.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !ok || questionOf(a.Pipe.Cmds[0].Args[0], top) != f.slots || bytes.Contains([]byte(name.Text), zero) {
		return nil, false
	}
	return &parse.TextNode{NodeType: parse.NodeText, Pos: a.Pos, Text: []byte("\x00" + name.Text + "\x00")}, true
}
