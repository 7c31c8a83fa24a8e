package theme

import (
	"bytes"
	"html/template"
	"slices"
	"strings"
	"text/template/parse"
)

// folder sets answers into the templates of one layout, and leaves out what
// they decide against.
type folder struct {
	answer Answer
	slots  string             // the question whose answers are left out
	blank  *template.Template // in which pieces are executed alone
	trees  map[string]*parse.Tree
	dots   map[string]bool // templates, and whether their dot answers wherever they are called
	folded map[string]bool // templates, and whether that is done or begun
}

// calls notes which templates are called with the dot that the start is given.
// One that is called with anything else just once is left alone, with all that
// it calls, and so is one that gives $ another meaning. It has to see the
// templates as they were written: html/template escapes copies of those that are
// called elsewhere than in text, and what the copies call is seen nowhere else.
func (f *folder) calls(start string) {
	f.dots[start] = true
	for called := []string{start}; len(called) > 0; called = called[1:] {
		root := f.trees[called[0]].Root
		f.dots[called[0]] = f.dots[called[0]] && !slices.Contains(declared(root), "$")
		whole := f.dots[called[0]]
		walk(root, true, func(n parse.Node, top bool) {
			call, ok := n.(*parse.TemplateNode)
			if !ok || f.trees[call.Name] == nil {
				return
			}
			same := whole && wholeDot(call.Pipe, top)
			was, seen := f.dots[call.Name]
			if !seen || was && !same {
				f.dots[call.Name] = same
				called = append(called, call.Name)
			}
		})
	}
}

// template folds a template if its dot answers, and those that it calls. It
// reports whether that is done. Only what html/template has escaped in place may
// be folded: what is called by a name that it left as it was.
func (f *folder) template(name string) bool {
	done, begun := f.folded[name]
	if begun || !f.dots[name] {
		return done
	}
	f.folded[name] = false
	f.list(f.trees[name].Root, true)
	f.folded[name] = true
	return true
}

// wholeDot reports whether the pipeline is the dot that the template was given.
func wholeDot(p *parse.PipeNode, top bool) bool {
	switch arg := only(p).(type) {
	case *parse.DotNode:
		return top
	case *parse.VariableNode:
		return len(arg.Ident) == 1 && arg.Ident[0] == "$"
	}
	return false
}

// only returns the one thing that the pipeline consists of, or nil.
func only(p *parse.PipeNode) parse.Node {
	if p == nil || len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return nil
	}
	return p.Cmds[0].Args[0]
}

// walk visits the nodes of a list, with whether the dot there is still the one
// that the template was given.
func walk(list *parse.ListNode, top bool, visit func(n parse.Node, top bool)) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		visit(n, top)
		if b, inner := branch(n); b != nil {
			walk(b.List, top && !inner, visit)
			walk(b.ElseList, top, visit)
		}
	}
}

// branch returns the parts of an if, with or range, and whether it moves the dot.
func branch(n parse.Node) (b *parse.BranchNode, moves bool) {
	switch n := n.(type) {
	case *parse.IfNode:
		return &n.BranchNode, false
	case *parse.WithNode:
		return &n.BranchNode, true
	case *parse.RangeNode:
		return &n.BranchNode, true
	}
	return nil, false
}

// list sets answers into a list, and joins the texts that come of it.
func (f *folder) list(list *parse.ListNode, top bool) {
	if list == nil {
		return
	}
	var out []parse.Node
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			f.pipe(n.Pipe, top)
		case *parse.TemplateNode:
			f.pipe(n.Pipe, top)
			if body := f.body(n, top); body != nil {
				out = appendNodes(out, body.Nodes)
				continue
			}
		}
		if b, moves := branch(n); b != nil {
			f.pipe(b.Pipe, top)
			f.condition(n, b, top)
			if taken, ok := f.decided(n, b); ok {
				f.list(taken, top)
				out = appendNodes(out, taken.Nodes)
				continue
			}
			f.list(b.List, top && !moves)
			f.list(b.ElseList, top)
		}
		out = appendNodes(out, []parse.Node{f.text(n, top)})
	}
	list.Nodes = out
}

// body returns what a template consists of that can stand where it is called.
func (f *folder) body(call *parse.TemplateNode, top bool) *parse.ListNode {
	if !f.template(call.Name) || !top || declares(f.trees[call.Name].Root) {
		return nil
	}
	return f.trees[call.Name].Root
}

// appendNodes appends nodes to a list, texts to the text before them.
func appendNodes(list, nodes []parse.Node) []parse.Node {
	for _, n := range nodes {
		text, ok := n.(*parse.TextNode)
		if ok && len(list) > 0 {
			if last, ok := list[len(list)-1].(*parse.TextNode); ok {
				joined := *last
				joined.Text = append(bytes.Clone(last.Text), text.Text...)
				list[len(list)-1] = &joined
				continue
			}
		}
		list = append(list, n)
	}
	return list
}

// text returns what the action prints, if that is known, or a slot for it.
func (f *folder) text(n parse.Node, top bool) parse.Node {
	a, ok := n.(*parse.ActionNode)
	if !ok {
		return n
	}
	if slot, ok := f.slot(a, top); ok {
		return slot
	}
	if len(a.Pipe.Decl) > 0 || !constant(a.Pipe) {
		return n
	}
	text, err := f.execute(a)
	if err != nil {
		return n // and is what it is when the layout is executed
	}
	return &parse.TextNode{NodeType: parse.NodeText, Pos: a.Pos, Text: text}
}

// pipe sets answers into a pipeline, inner ones first.
func (f *folder) pipe(p *parse.PipeNode, top bool) {
	if p == nil {
		return
	}
	for at, cmd := range p.Cmds {
		for i, arg := range cmd.Args {
			if inner, ok := arg.(*parse.PipeNode); ok {
				f.pipe(inner, top)
				cmd.Args[i] = f.words(inner)
			} else if i > 0 {
				cmd.Args[i] = f.said(arg, nil, top)
			}
		}
		if at > 0 {
			continue // it is given more than its arguments
		}
		if said := f.said(cmd.Args[0], cmd.Args[1:], top); said != cmd.Args[0] {
			cmd.Args = []parse.Node{said}
		}
	}
}

// words returns the words that an inner pipeline comes to, if they are known.
func (f *folder) words(p *parse.PipeNode) parse.Node {
	if text, ok := only(p).(*parse.StringNode); ok {
		return text
	}
	if name, ok := p.Cmds[len(p.Cmds)-1].Args[0].(*parse.IdentifierNode); ok && name.Ident == "print" && len(p.Decl) == 0 && constant(p) {
		action := &parse.ActionNode{NodeType: parse.NodeAction, Pos: p.Pos, Pipe: p}
		if text, err := f.execute(action); err == nil {
			return literal(p, string(text))
		}
	}
	return p
}

// said returns the answer to a question of the dot as it would be written in
// the layout, or the question.
func (f *folder) said(n parse.Node, args []parse.Node, top bool) parse.Node {
	answer, ok := f.ask(n, args, top)
	if !ok {
		return n
	}
	switch answer.(type) {
	case string, bool:
		return literal(n, answer)
	}
	return n
}

// ask puts a question of the dot.
func (f *folder) ask(n parse.Node, args []parse.Node, top bool) (any, bool) {
	question := questionOf(n, top)
	if question == "" {
		return nil, false
	}
	words := make([]string, len(args))
	for i, arg := range args {
		s, ok := arg.(*parse.StringNode)
		if !ok {
			return nil, false
		}
		words[i] = s.Text
	}
	return f.answer(question, words)
}

// questionOf returns which question of the dot the node asks, such as T or
// Brand.Name, or "".
func questionOf(n parse.Node, top bool) string {
	switch n := n.(type) {
	case *parse.FieldNode:
		if top {
			return strings.Join(n.Ident, ".")
		}
	case *parse.VariableNode:
		if n.Ident[0] == "$" {
			return strings.Join(n.Ident[1:], ".")
		}
	}
	return ""
}
