package theme

import (
	"html/template"
	"strings"
	"testing"

	"rapport/internal/files"
)

// odd is the dot of layouts that are written in odd ways. Some of its answers
// are the same for every page.
type odd struct {
	Kind, Title     string
	Hidden          bool
	Handout         *odd
	Picture         *string
	List            []string
	HTML            template.HTML
	Script, Address string
}

func (o *odd) T(key string, more ...string) string {
	return strings.Join(append([]string{"<" + key + "> & 'more'"}, more...), "|")
}
func (o *odd) Piece(name string) template.HTML { return template.HTML("<b>" + name + "</b>") }
func (o *odd) Pair(a, b string) string         { return a + "+" + b }

func newOdd() *odd {
	return &odd{Kind: "article", Title: "A <title>", List: []string{"one", "<two>"}, HTML: "<i>made</i>", Script: "alert(1)", Address: "javascript:x"}
}

// alike gives the answers that are set into layouts: those that odd gives.
func alike(question string, words []string) (any, bool) {
	o := newOdd()
	switch question {
	case "Kind":
		return o.Kind, len(words) == 0
	case "Hidden":
		return o.Hidden, len(words) == 0
	case "Handout", "Picture":
		return nil, len(words) == 0
	case "T":
		if len(words) > 0 {
			return o.T(words[0], words[1:]...), true
		}
	}
	return nil, false
}

const oddBase = `<!doctype html><title>{{.Title}}</title>{{.Piece "header"}}{{block "main" .}}none{{end}}{{.Piece "footer"}}`

// oddPartials are there for all odd layouts.
var oddPartials = map[string]string{
	"kind":    `<i>{{.Kind}}</i>`,
	"plain":   `{{.Kind}}{{.T "home"}}`,
	"long":    strings.Repeat("<!-- a long comment -->\n", 50) + `<p>{{.Kind}} {{.T "long"}}{{if .Handout}}{{.Handout.Kind}}{{end}}</p>`,
	"wrong":   strings.Repeat("<!-- a long comment -->\n", 50) + `{{add .Kind 1}}`,
	"worse":   strings.Repeat("<!-- a long comment -->\n", 50) + `{{if add .Hidden 1}}{{end}}`,
	"worst":   strings.Repeat("<!-- a long comment -->\n", 50) + `{{range .Kind}}{{end}}`,
	"closes":  ` title="x">{{template "partials/kind.html" (dict "Kind" "other")}}<span`,
	"dollar":  `{{$ := dict "Kind" "mine"}}{{$.Kind}}{{template "partials/kind.html" $}}`,
	"sets":    `{{$kind := .Kind}}{{$kind}}`,
	"hides":   `{{print ($kind := "hidden")}}`,
	"tree":    `{{if .Hidden}}{{template "partials/tree.html" .}}{{else}}{{.Kind}}{{end}}`,
	"more":    `{{with .Inner}}{{template "partials/more.html" .}}{{end}}{{.Kind}}`,
	"nothing": `[{{.}}]`,
	"end":     `{{if .Kind}}{{template "partials/end.html" dict}}{{end}}`,
	"piece":   `{{.Piece "inner"}}{{range .List}}{{$.Piece "inner"}}{{end}}`,
}

// oddLayouts are ways to write a layout that folding could get wrong.
var oddLayouts = map[string]string{
	// Dots that are another one.
	"a map for the page":              `{{template "partials/kind.html" .}}{{template "partials/kind.html" (dict "Kind" "other")}}`,
	"a map for the page, out of text": `{{template "partials/kind.html" .}}<p{{template "partials/closes.html" .}}></span></p>`,
	"only out of text":                `<p{{template "partials/closes.html" .}}></span></p>`,
	"in an attribute":                 `<p title="{{template "partials/plain.html" .}}">{{template "partials/plain.html" .}}</p>`,
	"in an attribute, of a map":       `<p title="{{template "partials/kind.html" (dict "Kind" "x<y")}}">{{template "partials/kind.html" .}}</p>`,
	"in a script":                     `<script>var a = "{{template "partials/plain.html" .}}", b = {{.Kind}}, c = {{.T "x"}}, d = {{.Handout}}</script>{{template "partials/plain.html" .}}`,
	"in a style":                      `<style>a { color: {{.Kind}}; content: "{{.T "x"}}" }</style>`,
	"in an address":                   `<a href="{{.T "javascript:x"}}">a</a><a href="/{{.Kind}}?q={{.T "x"}}">b</a><a href={{.T "y"}}>c</a>`,
	"with":                            `{{with .Title}}{{.}}{{$.Kind}}{{template "partials/kind.html" $}}{{end}}{{with .List}}{{range .}}{{.}}{{end}}{{end}}`,
	"with of the dot":                 `{{with .}}{{.Kind}}{{template "partials/kind.html" .}}{{end}}`,
	"with another page":               `{{with dict "Kind" "other" "Handout" true}}{{.Kind}}{{if .Handout}}yes{{end}}{{template "partials/kind.html" .}}{{$.Kind}}{{end}}`,
	"with else with":                  `{{with .Handout}}{{.Kind}}{{else with .Picture}}{{.}}{{else}}{{.Kind}}{{end}}`,
	"range else":                      `{{range .Handout}}{{.}}{{else}}{{.Kind}}{{end}}{{range $i, $x := .List}}{{$i}}{{$x}}{{$.Kind}}{{end}}`,
	"range and break":                 `{{range .List}}{{if $.Hidden}}{{continue}}{{else}}{{.}}{{break}}{{end}}{{end}}`,
	"itself":                          `{{template "partials/tree.html" .}}`,
	"itself with less":                `{{template "partials/more.html" (dict "Kind" "a" "Inner" (dict "Kind" "b" "Inner" ""))}}`,
	"nothing":                         `{{template "partials/nothing.html"}}{{template "partials/nothing.html" .Kind}}`,
	"a dot in parentheses":            `{{template "partials/kind.html" (.)}}{{(.).Kind}}{{(.T "x") | printf "%.3s"}}`,
	"a chain":                         `{{(dict "Kind" "other").Kind}}{{(dict "x" .).x.Kind}}`,
	// Variables.
	"$ is declared":                    `{{with $ := dict "Kind" "mine"}}[{{$.Kind}}]{{end}}{{$.Kind}}`,
	"$ is declared for what follows":   `{{$ := dict "Kind" "mine"}}{{$.Kind}}{{template "partials/kind.html" $}}{{template "partials/kind.html" .}}`,
	"$ is set":                         `{{if true}}{{$ = dict "Kind" "mine"}}{{end}}{{$.Kind}}{{template "partials/kind.html" $}}`,
	"$ is declared in parentheses":     `{{if ($ := dict "Kind" "mine")}}{{$.Kind}}{{end}}{{print ($ := "x")}}{{len $}}`,
	"$ is ranged over":                 `{{range $, $x := .List}}{{$}}{{$x}}{{end}}{{range $i, $ := .List}}{{$}}{{end}}`,
	"$ is declared in a partial":       `{{template "partials/dollar.html" .}}{{$.Kind}}{{template "partials/kind.html" .}}`,
	"a variable of the dot":            `{{$page := .}}{{$page.Kind}}{{template "partials/kind.html" $page}}{{$kind := .Kind}}{{$kind}}`,
	"a partial that declares":          `{{$kind := "mine"}}{{template "partials/sets.html" .}}{{$kind}}`,
	"a partial that declares covertly": `{{$kind := "mine"}}{{template "partials/hides.html" .}}{{$kind}}`,
	"a branch that declares":           `{{$x := "a"}}{{if not .Hidden}}{{$x := "b"}}{{$x}}{{end}}{{$x}}{{if not .Hidden}}{{$x = "c"}}{{end}}{{$x}}`,
	"a branch that declares covertly":  `{{$x := "a"}}{{if not .Hidden}}{{print ($x := "b")}}{{end}}{{$x}}{{if .Hidden}}{{else}}{{template "partials/kind.html" ($x := .)}}{{end}}{{$x}}`,
	"a condition that declares":        `{{if ($x := .Kind)}}{{$x}}{{end}}{{if $x := .Hidden}}{{else}}{{$x}}{{end}}{{if ($x := true)}}{{$x}}{{end}}{{if not ($y := .Handout)}}[{{$y}}]{{end}}`,
	"what with keeps":                  `{{with $h := or .Handout .Picture}}{{else}}[{{$h}}]{{end}}{{with $h := .Handout}}{{else}}[{{$h}}]{{end}}{{if $h := and .Handout .Kind}}{{else}}[{{$h}}]{{end}}`,
	"what with keeps within":           `{{with or ($h := .Handout) .Picture}}{{else}}[{{$h}}]{{end}}{{with or (or ($h := or .Handout .Picture)) .Picture}}{{else}}[{{$h}}]{{end}}`,
	// What does not exist.
	"decided":     `{{if or .Handout .Picture}}a{{else if and .Handout .Kind}}b{{else if not .Handout}}c{{.T "x"}}{{end}}{{with not .Handout}}{{.}}{{end}}`,
	"printed":     `{{.Handout}}{{print .Handout}}{{printf "%v" (or .Handout .Picture)}}{{.Hidden}}{{not .Handout}}{{or .Handout .Kind}}`,
	"compared":    `{{if eq .Kind "article" "x"}}{{len .Kind}}{{index .Kind 1}}{{slice .Kind 1 3}}{{end}}{{eq .Hidden false}}{{if eq (or .Handout .Picture) nil}}{{end}}`,
	"given on":    `{{.Kind | printf "%s %s" "x"}}{{"x" | .T}}{{.T "x" .Kind}}{{.Pair .Kind (print .Kind .Hidden)}}{{printf "%T %T" .Kind .Hidden}}{{html .Kind (.T "x")}}{{.T "a b" | urlquery}}`,
	"white space": "{{- .Kind -}}\n {{- if .Hidden}} x {{else}} y {{- end}} z",
	// Texts.
	"pieces":     `{{.Piece "a"}}{{template "partials/piece.html" .}}<p title="{{.Piece "b"}}">{{if .Piece "c"}}{{$x := .Piece "d"}}{{$x}}{{end}}</p><textarea>{{.Piece "e"}}</textarea><script>{{.Piece "f"}}</script>{{.Piece .Kind}}`,
	"zero bytes": `{{"\x00header\x00"}}{{printf "\x00%s\x00" .Kind}}<p title="{{"\x00"}}" {{"\x00"}}="x" class={{"\x00"}}><a href="{{"\x00"}}" onclick="f({{"\x00"}})" style="color: {{"\x00"}}">x</a><script>f({{"\x00"}}, "{{"\x00"}}", /{{"\x00"}}/, ` + "\x60{{\"\\x00\"}}\x60" + `)</script><textarea>{{"\x00"}}</textarea><style>{{"\x00"}}</style><img srcset="{{"\x00"}}"><!-- {{"\x00"}} -->{{html "\x00"}}{{js "\x00"}}{{urlquery "\x00"}}`,
	"markup":     `{{.HTML}}{{.Script}}<a href="{{.Address}}" onclick="f({{.Script}})">{{.HTML | printf "%s"}}</a>`,
	// Mistakes.
	"a partial that cannot be added": `{{template "partials/wrong.html" .}}`,
	"a partial that cannot decide":   `{{template "partials/worse.html" .}}`,
	"a partial that cannot range":    `{{template "partials/worst.html" .}}`,
	"a question too many":            "{{.Kind}}\n\n{{.T}}",
	"a partial that is not there":    "{{.Kind}}\n{{template \"partials/kid.html\" .}}",
	"an open attribute":              `<a {{if .Hidden}}href="{{end}}>x</a>`,
	"an open tag":                    `<a href="`,
	"an open range":                  `{{range .List}}<a href="{{end}}`,
	"an endless template":            `{{template "partials/end.html" dict}}`,
	"a long partial":                 `{{template "partials/long.html" .}}{{.Handout.Kind}}`,
	"a call of nothing":              `{{.Handout.T "x"}}`,
}

func oddTheme(t *testing.T, main string) *Theme {
	t.Helper()
	list := []files.File{files.Memory("layouts/base.html", []byte(oddBase)), files.Memory("layouts/page.html", []byte(`{{define "main"}}`+main+`{{end}}`)), files.Memory("layouts/alone.html", []byte(main))}
	for name, text := range oddPartials {
		list = append(list, files.Memory("layouts/partials/"+name+".html", []byte(text)))
	}
	th, diags, err := New(builtin(files.NewTree(list...)), nil, "en")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	return th
}

// filled puts the pieces into their slots.
func filled(made string) string {
	var b strings.Builder
	before, name, after, ok := CutSlot([]byte(made))
	for ; ok; before, name, after, ok = CutSlot(after) {
		b.Write(before)
		b.WriteString(string(newOdd().Piece(name)))
	}
	b.Write(before)
	return b.String()
}

// The law of folding: a ready layout prints what html/template prints without,
// and fails at the same place.
func TestFoldedIsTheSame(t *testing.T) {
	for name, main := range oddLayouts {
		for layout, part := range map[string]string{"page.html": "", "alone.html": "", "main": "main"} {
			t.Run(name+" in "+layout, func(t *testing.T) {
				var want, got strings.Builder
				plain, fold := oddTheme(t, main), (*Theme).Ready
				if part != "" {
					layout, fold = "page.html", (*Theme).ReadyMain
				}
				l := plain.layouts[layout]
				if part == "" {
					part = l.start(layout)
				}
				wrong := plain.execute(&want, l.template, part, newOdd())
				found := fold(oddTheme(t, main), layout, alike, "Piece").Execute(&got, newOdd())
				if len(found) != len(wrong) || len(found) > 0 && found[0].Pos != wrong[0].Pos {
					t.Fatalf("folded it says\n%+v\nand not\n%+v", found, wrong)
				}
				if len(found) == 0 && filled(got.String()) != want.String() {
					t.Errorf("folded it prints\n%s\nand not\n%s", filled(got.String()), want.String())
				}
				if strings.Contains(want.String(), "\x00") {
					t.Errorf("it prints zero bytes: %q", want.String())
				}
				if len(found) > 0 && found[0].Pos.Line == 0 && found[0].Message == "" {
					t.Errorf("it says nothing of where it fails: %+v", found)
				}
			})
		}
	}
}
