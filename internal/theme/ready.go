package theme

import (
	"bytes"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// Answer answers a question that layouts ask of their dot by name with words,
// such as T "home", if its answer is the same for every page. What it declines
// is asked when the layout is executed.
type Answer func(question string, words []string) (string, bool)

// Ready is a layout with the answers that are the same for every page set into
// it. Asking Go by name costs more than most answers, and then the answer has
// to be escaped: that is done once here, by the same escaper.
type Ready struct {
	theme  *Theme
	name   string
	layout layout
}

// Ready returns the layout with what is the same for every page set in. Its dot
// must be what answers, wherever it stands in base.html, "main" and "head", and
// so must the dot of what those are given it as a whole. The question slots
// names a piece of the page, for which a slot is left: see CutSlot.
func (t *Theme) Ready(name string, answer Answer, slots string) Ready {
	r := Ready{t, name, t.layouts[name]}
	if r.layout.template == nil {
		return r
	}
	clone, err := r.layout.template.Clone()
	if err != nil {
		return r // it was executed as it is, and goes on so
	}
	r.layout.template = clone
	start := clone.Lookup(r.layout.start(name))
	// Escaping is what comes first; with nothing to see, not much comes after.
	_ = clone.ExecuteTemplate(io.Discard, start.Name(), nil)
	f := folder{answer: answer, slots: slots, blank: start, trees: map[string]*parse.Tree{}, dots: map[string]bool{}}
	for _, part := range clone.Templates() {
		if part.Tree != nil && part.Tree.Root != nil {
			f.trees[part.Name()] = part.Tree
		}
	}
	f.layout(start.Name())
	return r
}

// kept is what was made of the layouts for one set of answers.
type kept struct {
	mutex   sync.Mutex
	answers files.Hash
	made    *sync.Map
}

// Kept returns room for what is made of the layouts with the answers that the
// hash covers, so that it need not be made again in the next run. What was made
// with others is let go.
func (t *Theme) Kept(answers files.Hash) *sync.Map {
	t.kept.mutex.Lock()
	defer t.kept.mutex.Unlock()
	if t.kept.made == nil || t.kept.answers != answers {
		t.kept.answers, t.kept.made = answers, new(sync.Map)
	}
	return t.kept.made
}

// start names the template that makes the whole page.
func (l layout) start(name string) string {
	if l.framed && l.template.Lookup("base.html") != nil {
		return "base.html"
	}
	return name
}

// Execute writes the page that the layout makes of the data, with its slots.
func (r Ready) Execute(w io.Writer, data any) diag.List {
	return r.theme.execute(w, r.name, r.layout, data)
}

// Main writes what Execute sets into base.html, alone.
func (r Ready) Main(w io.Writer, data any) diag.List {
	if !r.layout.framed {
		return diag.List{{Severity: diag.Error, Pos: diag.File("layouts/" + r.name), Message: "the layout " + strconv.Quote(r.name) + " cannot be part of a handout", Hint: "let it define \"main\""}}
	}
	if err := r.layout.template.ExecuteTemplate(w, "main", data); err != nil {
		return diag.List{explain(err, r.theme.sources())}
	}
	return nil
}

// folder sets answers into the templates of one layout.
type folder struct {
	answer Answer
	slots  string             // the question whose answers are left out
	blank  *template.Template // in which pieces are executed alone
	trees  map[string]*parse.Tree
	dots   map[string]bool // templates, and whether their dot answers wherever they are called
	called []string
}

// layout folds all templates whose dot is that of the layout.
func (f *folder) layout(start string) {
	f.dots[start], f.called = true, []string{start}
	for i := 0; i < len(f.called); i++ {
		f.calls(f.trees[f.called[i]].Root, f.dots[f.called[i]])
	}
	for _, name := range f.called {
		if f.dots[name] {
			f.list(f.trees[name].Root, true)
		}
	}
}

// calls notes which templates are called with the dot. One that is called with
// anything else just once is left alone, with all that it calls.
func (f *folder) calls(list *parse.ListNode, whole bool) {
	walk(list, true, func(n parse.Node, top bool) {
		call, ok := n.(*parse.TemplateNode)
		if !ok || f.trees[call.Name] == nil {
			return
		}
		same := whole && wholeDot(call.Pipe, top)
		was, seen := f.dots[call.Name]
		if !seen || was && !same {
			f.dots[call.Name] = same
			f.called = append(f.called, call.Name)
		}
	})
}

// wholeDot reports whether the pipeline is the dot that the template was given.
func wholeDot(p *parse.PipeNode, top bool) bool {
	if p == nil || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return false
	}
	switch arg := p.Cmds[0].Args[0].(type) {
	case *parse.DotNode:
		return top
	case *parse.VariableNode:
		return len(arg.Ident) == 1 && arg.Ident[0] == "$"
	}
	return false
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
	out := list.Nodes[:0]
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			f.pipe(n.Pipe, top)
		case *parse.TemplateNode:
			f.pipe(n.Pipe, top)
		}
		if b, moves := branch(n); b != nil {
			f.pipe(b.Pipe, top)
			f.list(b.List, top && !moves)
			f.list(b.ElseList, top)
		}
		out = appendNode(out, f.text(n, top))
	}
	list.Nodes = out
}

func appendNode(list []parse.Node, n parse.Node) []parse.Node {
	text, ok := n.(*parse.TextNode)
	if ok && len(list) > 0 {
		if last, ok := list[len(list)-1].(*parse.TextNode); ok {
			joined := *last
			joined.Text = append(bytes.Clone(last.Text), text.Text...)
			list[len(list)-1] = &joined
			return list
		}
	}
	return append(list, n)
}

// text returns what the action prints, if that is known and a text, or a slot
// for it.
func (f *folder) text(n parse.Node, top bool) parse.Node {
	a, ok := n.(*parse.ActionNode)
	if !ok {
		return n
	}
	if slot, ok := f.slot(a, top); ok {
		return slot
	}
	if len(a.Pipe.Decl) > 0 || known(a.Pipe.Cmds[0]) == nil {
		return n
	}
	for _, cmd := range a.Pipe.Cmds[1:] {
		if id, ok := cmd.Args[0].(*parse.IdentifierNode); !ok || len(cmd.Args) > 1 || !strings.HasPrefix(id.Ident, "_html_template_") {
			return n
		}
	}
	var b bytes.Buffer
	whole := f.blank.Tree.Root
	f.blank.Tree.Root = &parse.ListNode{NodeType: parse.NodeList, Pos: a.Pos, Nodes: []parse.Node{a}}
	err := f.blank.Execute(&b, nil)
	f.blank.Tree.Root = whole
	if err != nil {
		return n
	}
	return &parse.TextNode{NodeType: parse.NodeText, Pos: a.Pos, Text: b.Bytes()}
}

// known returns the words that the command is, if it is no more.
func known(cmd *parse.CommandNode) *parse.StringNode {
	if len(cmd.Args) != 1 {
		return nil
	}
	s, _ := cmd.Args[0].(*parse.StringNode)
	return s
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
				if len(inner.Cmds) == 1 && len(inner.Decl) == 0 && known(inner.Cmds[0]) != nil {
					cmd.Args[i] = inner.Cmds[0].Args[0]
				}
			} else if i > 0 {
				cmd.Args[i] = f.ask(arg, nil, top)
			}
		}
		if at > 0 {
			continue // it is given more than its arguments
		}
		if said := f.ask(cmd.Args[0], cmd.Args[1:], top); said != cmd.Args[0] {
			cmd.Args = []parse.Node{said}
		}
	}
}

// ask returns the answer to a question of the dot, or the question.
func (f *folder) ask(n parse.Node, args []parse.Node, top bool) parse.Node {
	name := questionOf(n, top)
	if name == "" {
		return n
	}
	words := make([]string, len(args))
	for i, arg := range args {
		s, ok := arg.(*parse.StringNode)
		if !ok {
			return n
		}
		words[i] = s.Text
	}
	text, ok := f.answer(name, words)
	if !ok {
		return n
	}
	return &parse.StringNode{NodeType: parse.NodeString, Pos: n.Position(), Quoted: strconv.Quote(text), Text: text}
}
