package search

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"testing"
)

// held is one page of a word, as readShard returns it.
type held struct {
	page         int
	impact, name uint8
}

// readShard is the client's reader in Go: word → postings.
func readShard(data []byte) (map[string][]held, error) {
	if len(data) < 5 {
		return nil, errDamaged
	}
	h := fnv.New32a()
	h.Write(data[4:])
	if binary.BigEndian.Uint32(data) != h.Sum32() {
		return nil, errDamaged
	}
	r := reader{b: data[4:]}
	var list []string
	var class []int
	classes, last := 0, ""
	for range r.count() {
		shared := r.uint()
		if shared > len(last) {
			return nil, errDamaged
		}
		last = last[:shared] + r.string()
		list = append(list, last)
		back := r.uint()
		if back > classes {
			return nil, errDamaged
		}
		class = append(class, classes-back)
		if back == 0 {
			classes++
		}
	}
	counts := make([]int, classes)
	for i := range counts {
		counts[i] = r.uint()
	}
	lists := make([][]held, classes)
	for i, n := range counts {
		if n > len(r.b) {
			return nil, errDamaged
		}
		page := -1
		lists[i] = make([]held, n)
		for k := range lists[i] {
			page += r.uint() + 1
			lists[i][k].page = page
		}
		for k := range lists[i] {
			b := r.byte()
			lists[i][k].impact, lists[i][k].name = b&15, b>>4
		}
	}
	out := map[string][]held{}
	for i, w := range list {
		out[w] = lists[class[i]]
	}
	return out, r.err
}

// FuzzShards writes the words of a text as shards and reads them back: every
// word must lie in the one shard that its place in the alphabet leads to, with
// the pages that hold it.
func FuzzShards(f *testing.F) {
	for _, seed := range []string{
		"Weak ties carry news, a weak tie does.\nStrong ties do not.\n",
		"naïve Straße\nœuvre\n検索エンジンを作る\n😀 𠮷野家\n\xff\xfe",
		strings.Repeat("word ", 400) + "\n" + strings.Repeat("a b c d e f g\n", 60),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			t.Skip("the number of pages grows with the text")
		}
		var a Analyzer
		var pages []Analyzed
		want := map[string]map[int]bool{}
		for n, line := range strings.Split(text, "\n") {
			pages = append(pages, a.Analyze(Page{URL: fmt.Sprintf("/%06d/", n), Lang: "en", Text: line}, nil))
			words(line, nil, func(w []byte, _, _ int) {
				f := fold(string(w))
				if want[f] == nil {
					want[f] = map[int]bool{}
				}
				want[f][n] = true
			})
		}
		edits, err := new(Index).sort(sources(pages...))
		if err != nil {
			t.Fatal(err)
		}
		e := edits["en"]
		if ok, err := e.follow(); !ok || err != nil {
			t.Fatal(ok, err)
		}
		list := filter(e.order, e.live)
		spans := e.cutWords(list, 64)
		read := make([]map[string][]held, len(spans))
		for i, s := range spans {
			if read[i], err = readShard(e.encode(list[s.start:s.end])); err != nil {
				t.Fatalf("shard %d: %v", i, err)
			}
		}
		for w, pages := range want {
			i, _ := slices.BinarySearchFunc(spans, w, func(s span, w string) int { return min(compareUTF16(s.from, w)*2-1, 1) })
			got := read[i-1][w]
			on := map[int]bool{}
			for _, p := range got {
				on[p.page] = true
				if p.impact == 0 {
					t.Errorf("%q has no impact on page %d", w, p.page)
				}
			}
			for n := range pages {
				if !on[n] {
					t.Errorf("%q is not on page %d: %v", w, n, got)
				}
			}
		}
	})
}

func TestImpactsFallWithTheField(t *testing.T) {
	fields := []func(*Page){
		func(p *Page) { p.Title = "rare" },
		func(p *Page) { p.Also = []string{"rare"} },
		func(p *Page) { p.Headings = []Heading{{"rare", "rare", 0}} },
		func(p *Page) { p.Summary = "rare" },
		func(p *Page) { p.FacetLabels = []string{"rare"} },
	}
	last := math.Inf(1)
	for i, set := range fields {
		pages := []Page{{URL: "/1/", Title: "one", Text: "some words here"}, {URL: "/2/", Title: "two", Text: "other words there"}}
		set(&pages[0])
		r := newSite(t, Options{}, pages...).find("rare", QueryOptions{})
		if len(r.Results) != 1 || r.Results[0].Score > last {
			t.Errorf("field %d: %+v after %.2f", i, r.Results, last)
			continue
		}
		last = r.Results[0].Score
	}
}

func TestWordsSortAsTheClientDoes(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"a", "b", -1}, {"ab", "a", 1}, {"é", "z", 1}, {"\uff5e", "\U00020bb7", 1}, {"x\U00020bb7", "x\ue000", -1}, {"", "", 0}} {
		if got := compareUTF16(test.a, test.b); (got > 0) != (test.want > 0) || (got < 0) != (test.want < 0) {
			t.Errorf("compareUTF16(%q, %q) = %d", test.a, test.b, got)
		}
	}
}
