package theme

import (
	"bytes"
	"text/template/parse"
)

// condition lets an if or with ask for things that do not exist.
func (f *folder) condition(n parse.Node, b *parse.BranchNode, top bool) {
	if _, ok := n.(*parse.RangeNode); !ok && only(b.Pipe) != nil {
		f.absent(b.Pipe.Cmds[0].Args, top)
	} else if !ok {
		f.absentIn(b.Pipe, top)
	}
}

// absentIn does so for what the functions not, and and or are given, unless what
// they come to is kept in a variable and may be shown.
func (f *folder) absentIn(p *parse.PipeNode, top bool) {
	args := p.Cmds[0].Args
	name, ok := args[0].(*parse.IdentifierNode)
	if !ok || len(p.Decl) > 0 || len(p.Cmds) > 1 || name.Ident != "not" && name.Ident != "and" && name.Ident != "or" {
		return
	}
	f.absent(args[1:], top)
	for _, arg := range args[1:] {
		if inner, ok := arg.(*parse.PipeNode); ok {
			f.absentIn(inner, top)
		}
	}
}

// absent writes false for things that do not exist.
func (f *folder) absent(args []parse.Node, top bool) {
	for i, arg := range args {
		if answer, ok := f.ask(arg, nil, top); ok && answer == nil {
			args[i] = literal(arg, false)
		}
	}
}

// decided returns what is left of an if or with whose condition is known. One
// that would declare variables for what follows stays.
func (f *folder) decided(n parse.Node, b *parse.BranchNode) (*parse.ListNode, bool) {
	if _, ok := n.(*parse.RangeNode); ok || len(b.Pipe.Decl) > 0 || !constant(b.Pipe) {
		return nil, false
	}
	yes := &parse.ListNode{NodeType: parse.NodeList, Nodes: []parse.Node{&parse.TextNode{NodeType: parse.NodeText, Text: []byte("yes")}}}
	said, err := f.execute(&parse.IfNode{BranchNode: parse.BranchNode{NodeType: parse.NodeIf, Pos: b.Pos, Pipe: b.Pipe, List: yes}})
	taken := b.ElseList
	if _, with := n.(*parse.WithNode); len(said) > 0 {
		if taken = b.List; with {
			return nil, false // the dot in it is another one
		}
	}
	if err != nil {
		return nil, false
	}
	if declares(taken) {
		if taken == b.List { // what it comes to need not be worked out each time
			b.Pipe.Cmds = []*parse.CommandNode{{NodeType: parse.NodeCommand, Pos: b.Pos, Args: []parse.Node{literal(b.Pipe, true)}}}
		}
		return nil, false
	}
	if taken == nil {
		taken = &parse.ListNode{}
	}
	return taken, true
}

// declares reports whether the list sets a variable for what follows in it.
func declares(list *parse.ListNode) bool {
	if list == nil {
		return false
	}
	for _, n := range list.Nodes {
		if b, _ := branch(n); b == nil && len(declaredIn(n)) > 0 {
			return true
		}
	}
	return false
}

// constant reports whether the pipeline consists of functions and what is
// written in the layout, and so asks nothing and keeps nothing.
func constant(p *parse.PipeNode) bool {
	if len(p.Decl) > 0 {
		return false
	}
	for _, cmd := range p.Cmds {
		for _, arg := range cmd.Args {
			switch arg := arg.(type) {
			case *parse.StringNode, *parse.BoolNode, *parse.NumberNode, *parse.IdentifierNode:
			case *parse.PipeNode:
				if !constant(arg) {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}

// execute returns what a piece prints alone.
func (f *folder) execute(n parse.Node) ([]byte, error) {
	var b bytes.Buffer
	whole := f.blank.Tree.Root
	f.blank.Tree.Root = &parse.ListNode{NodeType: parse.NodeList, Pos: n.Position(), Nodes: []parse.Node{n}}
	err := f.blank.Execute(&b, nil)
	f.blank.Tree.Root = whole
	return b.Bytes(), err
}
