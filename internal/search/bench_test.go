package search

import (
	"fmt"
	"slices"
	"testing"
)

// records are the analyzed pages of the corpus.
func records(n int) []Analyzed {
	var a Analyzer
	var list []Analyzed
	for _, p := range corpusPages(n) {
		list = append(list, a.Analyze(p, nil))
	}
	return list
}

// drain takes files and says that those with a name of their content were
// there, as all but a few are after an edit.
type drain struct{ has map[string]bool }

func (d drain) Has(path string) bool { return d.has[path] }

func (d drain) Put(path string, _ []byte) error {
	d.has[path] = true
	return nil
}

func sizes(b *testing.B) []int {
	if testing.Short() {
		return []int{1000}
	}
	return []int{1000, 10_000}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range sizes(b) {
		pages := sources(records(n)...)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := new(Index).Update(pages, Options{}, drain{map[string]bool{}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkUpdate is the index after one page changed.
func BenchmarkUpdate(b *testing.B) {
	for _, n := range sizes(b) {
		analyzed := records(n)
		page := corpusPages(n)[n/3]
		pages := sources(analyzed...)
		edited := slices.Clone(pages)
		var a Analyzer
		for name, edit := range map[string]func(p Page) Page{
			"word":   func(p Page) Page { p.Text += " One more sentence with the word serendipity."; return p },
			"half":   func(p Page) Page { p.Text = p.Text[:len(p.Text)/2]; return p },
			"rename": func(p Page) Page { p.URL += "new/"; return p },
			"remove": func(p Page) Page { p.Lang = "xx"; return p },
		} {
			edited[n/3] = sources(a.Analyze(edit(page), nil))[0]
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				var x Index
				d := drain{map[string]bool{}}
				if err := x.Update(pages, Options{}, d); err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					i++
					if err := x.Update([][]Source{pages, edited}[i%2], Options{}, d); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
