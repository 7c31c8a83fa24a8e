package theme

import (
	"io"
	"strconv"
	"sync"
	"text/template/parse"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// Answer answers a question that layouts ask of their dot by name with words,
// such as T "home" or Brand.Name, if its answer is the same for every page. What
// it declines is asked when the layout is executed. The answer is a string, a
// bool, or nil where there is no such thing: that decides an if or a with.
type Answer func(question string, words []string) (answer any, ok bool)

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
	f := folder{answer: answer, slots: slots, blank: start, trees: map[string]*parse.Tree{}, dots: map[string]bool{}, folded: map[string]bool{}}
	for _, part := range clone.Templates() {
		if part.Tree != nil && part.Tree.Root != nil && !renames(part.Tree.Root) {
			f.trees[part.Name()] = part.Tree
		}
	}
	if f.trees[start.Name()] != nil { // else it says what is wrong when it is executed
		f.layout(start.Name())
	}
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
