package theme

import (
	"html/template"
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
	theme    *Theme
	name     string
	template *template.Template // or nil where the theme lacks it
	start    string
}

// Ready returns the layout with what is the same for every page set in. Its dot
// must be what answers, wherever it stands in base.html, "main" and "head", and
// so must the dot of what those are given it as a whole. The question slots
// names a piece of the page, for which a slot is left: see CutSlot.
func (t *Theme) Ready(name string, answer Answer, slots string) Ready {
	l := t.layouts[name]
	return t.ready(name, l.start(name), answer, slots)
}

// ReadyMain returns in the same way what the layout sets into base.html, alone.
func (t *Theme) ReadyMain(name string, answer Answer, slots string) Ready {
	if !t.layouts[name].framed {
		return Ready{theme: t, name: name, start: "main"}
	}
	return t.ready(name, "main", answer, slots)
}

func (t *Theme) ready(name, start string, answer Answer, slots string) Ready {
	r := Ready{t, name, t.layouts[name].template, start}
	if r.template == nil {
		return r
	}
	clone, err := r.template.Clone()
	if err != nil {
		return r // it was executed as it is, and goes on so
	}
	r.template = clone
	f := folder{answer: answer, slots: slots, blank: clone.Lookup(start), trees: map[string]*parse.Tree{}, dots: map[string]bool{}, folded: map[string]bool{}}
	for _, part := range clone.Templates() {
		if part.Tree != nil && part.Tree.Root != nil {
			f.trees[part.Name()] = part.Tree
		}
	}
	if f.trees[start] == nil {
		return r
	}
	f.calls(start)
	// Escaping is what comes first; with nothing to see, not much comes after.
	_ = clone.ExecuteTemplate(io.Discard, start, nil)
	if f.blank.Tree == nil {
		return r // it cannot be escaped, and says why when it is executed
	}
	f.template(start)
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

// Execute writes what the layout makes of the data, with its slots.
func (r Ready) Execute(w io.Writer, data any) diag.List {
	switch {
	case r.template != nil:
		return r.theme.execute(w, r.template, r.start, data)
	case r.theme.Has(r.name):
		return diag.List{{Severity: diag.Error, Pos: diag.File("layouts/" + r.name), Message: "the layout " + strconv.Quote(r.name) + " cannot be part of a handout", Hint: "let it define \"main\""}}
	}
	return r.theme.Execute(w, r.name, data) // and says that there is none
}
