package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// sources gives pages that are at hand.
func sources(pages ...Analyzed) []Source {
	list := make([]Source, len(pages))
	for i, p := range pages {
		list[i] = func([]byte) (Analyzed, error) { return p, nil }
	}
	return list
}

func TestSameContentGivesSameBytes(t *testing.T) {
	var a Analyzer
	build := func(pages []Page) []File {
		analyzed := make([]Analyzed, len(pages))
		var wg sync.WaitGroup
		for i, p := range pages {
			p.Lang = "en"
			wg.Go(func() { analyzed[i] = a.Analyze(p, nil) })
		}
		wg.Wait()
		files, err := Build(sources(analyzed...), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	pages := invented(300)
	first := build(pages)
	slices.Reverse(pages)
	for i, f := range build(pages) {
		if f.Path != first[i].Path || !bytes.Equal(f.Data, first[i].Data) {
			t.Errorf("%s differs from %s", f.Path, first[i].Path)
		}
	}
}

func TestEditMovesFewFiles(t *testing.T) {
	pages := invented(1500)
	before := newSite(t, Options{}, pages...)
	pages[700].Text += " One more sentence with the word serendipity."
	after := newSite(t, Options{}, pages...)
	changed := 0
	for path := range after.files {
		if _, ok := before.files[path]; !ok {
			changed++
		}
	}
	if changed == 0 || changed > len(after.files)/4 {
		t.Errorf("%d of %d files are new after one edit", changed, len(after.files))
	}
	if got := after.find("serendipity", QueryOptions{}).urls(); got != pages[700].URL {
		t.Errorf("the new word finds %s", got)
	}
}

func TestFilesAreFew(t *testing.T) {
	pages := invented(10_000)
	s := newSite(t, Options{}, pages...)
	if got := s.find(pages[4321].Title, QueryOptions{Limit: 1}).urls(); got != pages[4321].URL {
		t.Errorf("a title finds %s", got)
	}
	if len(s.files) > 1000 {
		t.Errorf("%d files for 10,000 pages", len(s.files))
	}
	for path, data := range s.files {
		if path == "search/index.json" && len(data) > 4500 {
			t.Errorf("the entry has %d bytes", len(data))
		}
	}
}

func TestDamagedAnalysisIsAnError(t *testing.T) {
	var a Analyzer
	good := a.Analyze(advicePages()[0], nil)
	for n := range len(good) {
		if _, err := Build(sources(good[:n]), Options{}); err == nil {
			t.Fatalf("built from %d of %d bytes", n, len(good))
		}
	}
}

func FuzzBuildDamaged(f *testing.F) {
	var a Analyzer
	for _, p := range advicePages() {
		f.Add([]byte(a.Analyze(p, nil)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		Build(sources(b), Options{}) // must not panic
	})
}

func TestSynonymsAreChecked(t *testing.T) {
	for _, bad := range []string{"alone", "> left", "a > b > c", "a = b; c"} {
		if _, err := Build(nil, Options{Synonyms: []string{bad}}); err == nil || !strings.Contains(err.Error(), "synonyms") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// invented returns n pages of seeded nonsense with a few hundred stems.
func invented(n int) []Page {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		w := ""
		for range 1 + int(r.ExpFloat64()) {
			w += string("bdfgklmnprstvz"[r.IntN(14)]) + string("aeiou"[r.IntN(5)])
		}
		return w
	}
	text := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = word()
		}
		return strings.Join(list, " ")
	}
	pages := make([]Page, n)
	for i := range pages {
		pages[i] = Page{URL: fmt.Sprintf("/p/%05d/", i), Lang: "en", Title: text(4), Text: text(60), Type: "article", Minutes: 1 + i%20}
	}
	return pages
}

func BenchmarkAnalyze(b *testing.B) {
	var a Analyzer
	p := invented(1)[0]
	p.Text = strings.Repeat(p.Text+" ", 9) // about 580 words
	b.ReportAllocs()
	for b.Loop() {
		a.Analyze(p, nil)
	}
}

func BenchmarkBuild(b *testing.B) {
	var a Analyzer
	var analyzed []Analyzed
	for _, p := range invented(2000) {
		analyzed = append(analyzed, a.Analyze(p, nil))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(sources(analyzed...), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
