package render

import (
	"strings"
	"testing"

	"rapport"
	"rapport/bench/corpus"
	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/site"
	"rapport/internal/theme"
)

// parsed are the texts of pages that were just read.
type parsed map[*site.Page]*site.Own

func (p parsed) Own(page *site.Page) (*site.Own, error) { return p[page], nil }
func (p parsed) Hash(string) files.Hash                 { return files.Hash{} }

// BenchmarkLayout makes the output of one page in the default theme.
func BenchmarkLayout(b *testing.B) {
	var list []files.File
	for path, text := range corpus.Pages(1000, 1) {
		list = append(list, files.Memory(path, []byte(text)))
	}
	tree := files.NewTree(list...)
	c, _ := site.ParseConfig(diag.Source{Path: "site.yaml", Text: []byte("title: Bench\ncode: plain\n")})
	parser := site.NewParser(c, nil)
	var pages []*site.Page
	texts := parsed{}
	for f := range tree.All() {
		if data, err := f.Bytes(); err == nil && strings.HasSuffix(f.Path, ".md") {
			p, _ := parser.ParsePage(f.Path, data)
			pages, texts[p] = append(pages, p), p.Own
		}
	}
	s, _ := site.New(c, pages, tree)
	w := NewWorld(s, defaultTheme(b), tree, texts)
	targets := map[string][]Target{}
	all, _ := Plan(w)
	for _, t := range all {
		if p := s.File(strings.TrimPrefix(t.Recipe, "page ")); p != nil {
			targets[p.Meta.Type] = append(targets[p.Meta.Type], t)
		}
	}
	for _, kind := range []string{"article", "checklist"} {
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				t := targets[kind][i%len(targets[kind])]
				v := NewView(w, t.Path)
				if _, err := t.Make(v); err != nil || len(v.Diagnostics()) > 0 {
					b.Fatal(err, v.Diagnostics())
				}
				v.Done()
			}
		})
	}
}

func defaultTheme(tb testing.TB) *theme.Theme {
	tb.Helper()
	builtin, err := files.FromFS(rapport.Theme, "")
	if err != nil {
		tb.Fatal(err)
	}
	extra := []files.File{files.Memory("code.css", nil), files.Memory("unlock.js", nil)}
	for name, data := range advice.Scripts() {
		extra = append(extra, files.Memory("advice/"+name, data))
	}
	t, diags, err := theme.New(theme.Overlay(builtin, files.NewTree(), ""), extra, "en")
	if err != nil || len(diags) > 0 {
		tb.Fatal(err, diags)
	}
	return t
}
