package theme

import (
	"html/template"
	"slices"
	"strings"
	"testing"

	"rapport/internal/files"
)

// asked is a dot that counts its questions.
type asked struct {
	Title string
	List  []string
	Inner struct{ Title string }
	None  *asked // what does not exist, and says so
	Empty string
	times map[string]int
}

func (a *asked) T(key string) string { a.times[key]++; return "<" + key + "> & more" }
func (a *asked) Piece(name string) template.HTML {
	a.times["piece "+name]++
	return template.HTML("<b>" + name + "</b>")
}
func (a *asked) Site() string { a.times["Site"]++; return "The site" }

const base = `<html lang="{{.Site}}"><a title="{{.T "attr"}}" href="{{.T "javascript:x"}}">{{.T "text"}}</a>
{{template "partials/whole.html" .}}{{template "partials/dict.html" (dict "Page" .)}}{{if ne .Title .Site}}{{.Site}}{{end}}
{{block "main" .}}{{end}}</html>`

func readyTheme(t *testing.T, main string) *Theme {
	t.Helper()
	tree := files.NewTree(
		files.Memory("layouts/base.html", []byte(base)),
		files.Memory("layouts/partials/whole.html", []byte(`{{range .List}}<p>{{.}} {{$.T "ranged"}}</p>{{end}}{{.T .Title}}{{join .List ($.T "between")}}`)),
		files.Memory("layouts/partials/dict.html", []byte(`{{.Page.T "dict"}}{{with .Page}}{{.T "inner"}}{{end}}`)),
		files.Memory("layouts/page.html", []byte(main)),
	)
	th, diags, err := New(builtin(tree), nil, "en")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	return th
}

func newAsked() *asked {
	return &asked{Title: "A title", List: []string{"one", "two"}, times: map[string]int{}}
}

// What a ready layout gives is what the layout gives, and the answers that are
// the same for every page are not asked for again.
func TestReadyGivesTheSame(t *testing.T) {
	const main = `{{define "main"}}{{with .Title}}{{.}} {{$.T "with"}}{{end}}<script>var x = {{.T "script"}}</script>{{.T "declined"}}{{end}}`
	var plain, folded strings.Builder
	if d := readyTheme(t, main).Execute(&plain, "page.html", newAsked()); len(d) > 0 {
		t.Fatal(d)
	}
	once := newAsked()
	r := readyTheme(t, main).Ready("page.html", func(question string, words []string) (any, bool) {
		if question == "Site" {
			return once.Site(), true
		}
		if question != "T" || words[0] == "declined" {
			return "", false
		}
		return once.T(words[0]), true
	}, "Piece")
	page := newAsked()
	if d := r.Execute(&folded, page); len(d) > 0 {
		t.Fatal(d)
	}
	if plain.String() != folded.String() {
		t.Errorf("a ready layout gives\n%s\nand not\n%s", folded.String(), plain.String())
	}
	want := map[string]int{"A title": 1, "dict": 1, "inner": 1, "declined": 1}
	for key, n := range page.times {
		if want[key] != n {
			t.Errorf("the page was asked %d times for %q, not %d", n, key, want[key])
		}
	}
	if page.times["declined"] != 1 || page.times["dict"] != 1 {
		t.Errorf("not every question was asked: %v", page.times)
	}
}

// Only the dot that answers is spared the question: what is wrong stays wrong,
// and has its place.
func TestReadyKeepsMistakes(t *testing.T) {
	r := readyTheme(t, "{{define \"main\"}}\n{{with .Inner}}{{.T \"x\"}}{{end}}{{end}}").Ready("page.html", func(question string, words []string) (any, bool) {
		return "said", question == "T"
	}, "Piece")
	diags := r.Execute(new(strings.Builder), newAsked())
	if len(diags) != 1 || diags[0].Pos.Line != 2 || diags[0].Pos.File != "themes/x/layouts/page.html" || !strings.Contains(diags[0].Message, "T") {
		t.Errorf("a mistake in a ready layout is %v", diags)
	}
}

// What the answers decide against is left out, and what they do not decide
// stays as it is: things that do not exist where they are printed, variables,
// templates that call themselves.
func TestReadyDecides(t *testing.T) {
	const main = `{{define "tree"}}{{if .List}}({{.T "leaf"}}{{with .Inner}}{{.Title}}{{end}}){{else}}{{template "tree" .}}{{end}}{{end}}` +
		`{{define "main"}}{{if not .Inner}}no{{else}}{{.T "inner"}}{{end}}|{{with .Inner}}{{$.T "with"}}{{else}}none{{end}}|{{.Inner}}` +
		`|{{if and .Wide (eq .Site "x")}}{{$v := .T "set"}}{{$v}}{{template "tree" .}}{{end}}|{{with .Site}}{{.}}{{$.T (print "of." .)}}{{end}}` +
		`|{{range .List}}{{if $.Wide}}{{.}}{{end}}{{end}}|{{if .Inner.Title}}{{.T "never"}}{{end}}{{template "tree" .}}{{end}}`
	r := readyTheme(t, main).ReadyMain("page.html", func(question string, words []string) (any, bool) {
		switch question {
		case "Inner", "Inner.Title":
			return nil, true
		case "Wide":
			return true, true
		case "Site":
			return "x", true
		case "T":
			return "<" + words[0] + ">", words[0] != "asked"
		}
		return nil, false
	}, "Piece")
	page := newAsked()
	var got strings.Builder
	if d := r.Execute(&got, page); len(d) > 0 {
		t.Fatal(d)
	}
	const tree = "(&lt;leaf&gt;)"
	if want := "no|none|{}|&lt;set&gt;" + tree + "|x&lt;of.x&gt; &amp; more|onetwo|" + tree; got.String() != want {
		t.Errorf("a ready layout gives\n%s\nand not\n%s", got.String(), want)
	}
	if len(page.times) != 1 || page.times["of.x"] != 1 {
		t.Errorf("the page was asked for %v", page.times)
	}
}

// A piece leaves a slot where the layout does nothing but print it, and is asked
// for wherever it decides something or is changed to fit.
func TestReadySlots(t *testing.T) {
	const main = `{{define "main"}}1{{.Piece "one"}}2{{range .List}}{{$.Piece "two"}}{{end}}3{{with .Inner}}{{$.Piece "two"}}{{end}}
<p title="{{.Piece "attribute"}}">{{if .Piece "asked"}}{{$x := .Piece "kept"}}{{$x}}{{end}}{{.Piece "longer" | printf "%.3s"}}</p>{{.Piece .Title}}{{end}}`
	r := readyTheme(t, main).Ready("page.html", func(string, []string) (any, bool) { return nil, false }, "Piece")
	page := newAsked()
	var made, filled strings.Builder
	if d := r.Execute(&made, page); len(d) > 0 {
		t.Fatal(d)
	}
	var slots []string
	rest := []byte(made.String())
	for {
		before, name, after, ok := CutSlot(rest)
		filled.Write(before)
		if !ok {
			break
		}
		slots, rest = append(slots, name), after
		filled.WriteString("<b>" + name + "</b>")
	}
	if got := strings.Join(slots, " "); got != "one two two two" {
		t.Errorf("the slots are %s", got)
	}
	for _, name := range []string{"attribute", "asked", "kept", "longer", "A title"} {
		if page.times["piece "+name] != 1 {
			t.Errorf("the piece %q was asked for %d times", name, page.times["piece "+name])
		}
	}
	var plain strings.Builder
	if readyTheme(t, main).Execute(&plain, "page.html", newAsked()); plain.String() != filled.String() {
		t.Errorf("filled the layout gives\n%s\nand not\n%s", filled.String(), plain.String())
	}
}

// A ready layout gives what the layout gives, however it is written.
func TestReadyGivesTheSameOfOddLayouts(t *testing.T) {
	for name, main := range map[string]string{
		"another dollar":          `{{define "main"}}{{with $ := dict "Title" "mine"}}[{{$.Title}}]{{end}}{{end}}`,
		"another dollar, printed": `{{define "main"}}{{range $, $v := .List}}[{{$}}]{{end}}{{end}}`,
		"what does not exist":     `{{define "main"}}{{with $h := or .None .Empty}}{{else}}[{{$h}}]{{end}}{{if not (or .None .Empty)}}none{{end}}{{end}}`,
		"called within a tag": `{{define "in"}} title="x">{{template "title" (dict "Title" "other")}}<span{{end}}{{define "title"}}<i>{{.Title}}</i>{{end}}` +
			`{{define "main"}}{{template "title" .}}<p{{template "in" .}}></span></p>{{end}}`,
		"called with the dot and without": `{{define "title"}}<i>{{.Title}}{{$.Title}}</i>{{end}}{{define "main"}}{{template "title" .}}{{template "title" (dict "Title" "other")}}{{end}}`,
		"a piece in a text and a tag":     `{{define "main"}}{{.Piece "a"}}<p title="{{.Piece "b"}}">{{with .Piece "c"}}{{.}}{{end}}{{end}}`,
		"a template that is not there":    `{{define "main"}}{{template "none" .}}{{end}}`,
		"a tag that is cut in two":        `{{define "main"}}<a {{if .Title}}href="{{end}}>x</a>{{end}}`,
	} {
		t.Run(name, func(t *testing.T) {
			var plain, folded strings.Builder
			want := readyTheme(t, main).Execute(&plain, "page.html", newAsked())
			r := readyTheme(t, main).Ready("page.html", func(question string, words []string) (any, bool) {
				switch question {
				case "Title":
					return "A title", true
				case "Site":
					return "The site", true
				case "None", "Empty":
					return nil, true
				}
				return nil, false
			}, "Piece")
			got := r.Execute(&folded, newAsked())
			if !slices.Equal(got, want) {
				t.Errorf("a ready layout says %v, and not %v", got, want)
			}
			if filled := fillSlots(folded.String()); len(want) == 0 && filled != plain.String() {
				t.Errorf("a ready layout gives\n%s\nand not\n%s", filled, plain.String())
			}
		})
	}
}

// fillSlots puts the pieces of a page that was asked into its slots.
func fillSlots(made string) string {
	before, name, after, ok := CutSlot([]byte(made))
	if !ok {
		return made
	}
	return string(before) + "<b>" + name + "</b>" + fillSlots(string(after))
}

// builtin takes the tree for all of a built-in theme.
func builtin(tree files.Tree) Layers {
	l := Layers{Tree: tree, Origin: map[string]string{"layouts/page.html": "themes/x/layouts/page.html"}}
	for _, path := range tree.Paths() {
		l.builtin = append(l.builtin, strings.TrimPrefix(path, "layouts/"))
	}
	return l
}

func TestLayoutsHoldNoZeroBytes(t *testing.T) {
	tree := files.NewTree(files.Memory("layouts/page.html", []byte("one\ntwo \x00main\x00")))
	_, diags, err := New(builtin(tree), nil, "en")
	if err != nil || diags.Errors() != 1 || diags[0].Pos.Line != 2 || diags[0].Pos.Column != 5 {
		t.Errorf("a layout with zero bytes: %v, %v", diags, err)
	}
}
