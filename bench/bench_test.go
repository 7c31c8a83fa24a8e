// Package bench measures whole runs of the pipeline on seeded sites. Compare
// two versions with benchstat; absolute times mean little.
//
//	go test ./bench -bench . -benchtime 3x
package bench

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"testing"

	"rapport"
	"rapport/bench/corpus"
	"rapport/internal/files"
	"rapport/internal/pipeline"
)

// nowhere takes files and says that they are in place.
type nowhere struct{}

func (nowhere) Put(path string, data []byte) (files.Staged, error) {
	return files.Staged{Path: path, Hash: files.Sum(data), Size: int64(len(data))}, nil
}
func (nowhere) Holds(string, files.Hash) bool { return true }

func tree(texts map[string]string) files.Tree {
	list := make([]files.File, 0, len(texts))
	for path, text := range texts {
		list = append(list, files.Memory(path, []byte(text)))
	}
	return files.NewTree(list...)
}

func newPipeline(b *testing.B) *pipeline.Pipeline {
	b.Helper()
	theme, err := files.FromFS(rapport.Theme, "")
	if err != nil {
		b.Fatal(err)
	}
	return pipeline.New(pipeline.Settings{Builtin: theme, Scripts: pipeline.Scripts(), Today: "2026-11-01"})
}

func run(b *testing.B, p *pipeline.Pipeline, in files.Tree) pipeline.Result {
	b.Helper()
	r, err := p.Run(context.Background(), in, nowhere{})
	if err != nil || r.Diags.Errors() > 0 {
		b.Fatal(err, r.Diags.Errors())
	}
	return r
}

func sizes(b *testing.B) []int {
	if testing.Short() {
		return []int{100}
	}
	return []int{100, 1000, 10000}
}

// BenchmarkFresh is a build that remembers nothing; it also reports what stays
// in memory for each page.
func BenchmarkFresh(b *testing.B) {
	for _, n := range sizes(b) {
		in := tree(corpus.Pages(n, 1))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				p := newPipeline(b)
				run(b, p, in)
				b.StopTimer()
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/float64(n), "held-B/page")
				p.Close()
				b.StartTimer()
			}
		})
	}
}

// BenchmarkEdit is a rebuild after one edit of a site that was built before.
func BenchmarkEdit(b *testing.B) {
	for name, edit := range map[string]func(texts map[string]string, path string, i int){
		"warm": func(map[string]string, string, int) {},
		"body": func(texts map[string]string, path string, i int) { texts[path] += fmt.Sprintf("\nMore %d.\n", i) },
		"title": func(texts map[string]string, path string, i int) {
			texts[path] = strings.Replace(texts[path], "title: \"", "title: \"A", 1)
		},
		"layout": func(texts map[string]string, path string, i int) {
			texts["themes/default/layouts/term.html"] = fmt.Sprint("{{/* ", i, " */}}")
		},
		"partial": func(texts map[string]string, path string, i int) { // which all pages show
			texts["themes/default/layouts/shared/footer.html"] = fmt.Sprint("<footer>", i, "</footer>")
		},
		"styles": func(texts map[string]string, path string, i int) {
			texts["themes/default/assets/style.css"] = fmt.Sprint("body{margin:", i, "px}")
		},
	} {
		for _, n := range sizes(b) {
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				texts := maps.Clone(corpus.Pages(n, 1))
				path := ""
				for p := range texts {
					if strings.HasSuffix(p, "page-1.md") {
						path = p
					}
				}
				p := newPipeline(b)
				defer p.Close()
				run(b, p, tree(texts))
				i := 0
				for b.Loop() {
					b.StopTimer()
					i++
					edit(texts, path, i)
					in := tree(texts)
					b.StartTimer()
					r, err := p.Pages(context.Background(), in, nowhere{}) // what a browser waits for
					b.StopTimer()
					if err == nil {
						_, err = p.Index(context.Background(), r, nowhere{})
					}
					if err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
			})
		}
	}
}
