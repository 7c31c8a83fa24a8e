package theme

import "text/template/parse"

// declared returns the variables that a list declares or sets anywhere, such as
// "$x".
func declared(list *parse.ListNode) (names []string) {
	walk(list, true, func(n parse.Node, _ bool) { names = append(names, declaredIn(n)...) })
	return names
}

// declaredIn does so for one node without what stands in its branches. In
// parentheses, pipelines can declare too.
func declaredIn(n parse.Node) (names []string) {
	switch n := n.(type) {
	case *parse.ActionNode:
		return declaredIn(n.Pipe)
	case *parse.TemplateNode:
		return declaredIn(n.Pipe)
	case *parse.ChainNode:
		return declaredIn(n.Node)
	case *parse.PipeNode:
		if n == nil {
			return nil // a template that is called with nothing
		}
		for _, v := range n.Decl {
			names = append(names, v.Ident[0])
		}
		for _, cmd := range n.Cmds {
			for _, arg := range cmd.Args {
				names = append(names, declaredIn(arg)...)
			}
		}
	}
	if b, _ := branch(n); b != nil {
		return declaredIn(b.Pipe)
	}
	return names
}
