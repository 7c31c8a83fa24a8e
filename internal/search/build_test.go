package search

import (
	"crypto/sha256"
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
		sum := sha256.Sum256(p)
		list[i] = Source{[16]byte(sum[:]), func([]byte) (Analyzed, error) { return p, nil }}
	}
	return list
}

// shelf is a sink in memory. What has holds is in place from before.
type shelf struct {
	has, put map[string][]byte
	kept     []string
}

func newShelf() *shelf { return &shelf{map[string][]byte{}, map[string][]byte{}, nil} }

func (s *shelf) Has(path string) bool {
	_, ok := s.has[path]
	if ok {
		s.kept = append(s.kept, path)
	}
	return ok
}

func (s *shelf) Put(path string, data []byte) error {
	if _, ok := s.put[path]; ok {
		return fmt.Errorf("%s is put twice", path)
	}
	s.put[path] = data
	return nil
}

// build makes the files of the pages from nothing.
func build(pages []Source, opts Options) (map[string][]byte, error) {
	s := newShelf()
	err := new(Index).Update(pages, opts, s)
	return s.put, err
}

func TestSameContentGivesSameBytes(t *testing.T) {
	var a Analyzer
	make := func(pages []Page) map[string][]byte {
		analyzed := slices.Repeat([]Analyzed{nil}, len(pages))
		var wg sync.WaitGroup
		for i, p := range pages {
			p.Lang = "en"
			wg.Go(func() { analyzed[i] = a.Analyze(p, nil) })
		}
		wg.Wait()
		files, err := build(sources(analyzed...), Options{})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	pages := invented(300)
	first := make(pages)
	slices.Reverse(pages)
	if d := difference(make(pages), first); d != "" {
		t.Error(d)
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
		if _, err := build(sources(good[:n]), Options{}); err == nil {
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
		build(sources(b), Options{}) // must not panic
	})
}

func TestSynonymsAreChecked(t *testing.T) {
	for _, bad := range []string{"alone", "> left", "a > b > c", "a = b; c"} {
		if _, err := build(nil, Options{Synonyms: []string{bad}}); err == nil || !strings.Contains(err.Error(), "synonyms") {
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
