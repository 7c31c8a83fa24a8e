package render

import (
	"strings"
	"testing"

	"rapport/bench/corpus"
	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/site"
	"rapport/internal/theme"
)

// BenchmarkPlan lists the outputs of 10,000 pages.
func BenchmarkPlan(b *testing.B) {
	var list []files.File
	for path, text := range corpus.Pages(10_000, 1) {
		list = append(list, files.Memory(path, []byte(text)))
	}
	tree := files.NewTree(list...)
	c, _ := site.ParseConfig(diag.Source{Path: "site.yaml"})
	parser := site.NewParser(c, nil)
	var pages []*site.Page
	for f := range tree.All() {
		if data, err := f.Bytes(); err == nil && strings.HasSuffix(f.Path, ".md") {
			p, _ := parser.ParsePage(f.Path, data)
			pages = append(pages, p)
		}
	}
	s, _ := site.New(c, pages, tree)
	w := NewWorld(s, &theme.Theme{}, tree, nil)
	b.ReportAllocs()
	for b.Loop() {
		Plan(w)
	}
}
