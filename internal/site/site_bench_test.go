package site

import (
	"strings"
	"testing"

	"rapport/bench/corpus"
	"rapport/internal/diag"
	"rapport/internal/files"
)

// BenchmarkNew joins 10,000 pages that are parsed already.
func BenchmarkNew(b *testing.B) {
	var list []files.File
	for path, text := range corpus.Pages(10_000, 1) {
		list = append(list, files.Memory(path, []byte(text)))
	}
	tree := files.NewTree(list...)
	c, _ := ParseConfig(diag.Source{Path: "site.yaml"})
	parser := NewParser(c, nil)
	var pages []*Page
	for f := range tree.All() {
		if data, err := f.Bytes(); err == nil && strings.HasSuffix(f.Path, ".md") {
			p, _ := parser.ParsePage(f.Path, data)
			pages = append(pages, p)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		New(c, pages, tree)
	}
}
