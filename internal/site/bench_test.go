package site

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"rapport/bench/corpus"
)

// BenchmarkParsePage reads one page after the other of a made-up site.
func BenchmarkParsePage(b *testing.B) {
	texts := corpus.Pages(200, 1)
	var paths []string
	var pages [][]byte
	size := 0
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		if strings.HasSuffix(path, ".md") {
			paths, pages = append(paths, path), append(pages, []byte(texts[path]))
			size += len(texts[path])
		}
	}
	r := NewParser(&Config{Code: "plain"}, nil)
	b.SetBytes(int64(size / len(pages)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r.ParsePage(paths[i%len(paths)], pages[i%len(pages)])
	}
}
