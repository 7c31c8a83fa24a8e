package search

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The law of this package: an index that remembers makes the files that one
// which remembers nothing makes, whatever was edited in between, and whether or
// not it was saved and loaded.
func TestUpdateEqualsBuild(t *testing.T) {
	edits := 60
	if testing.Short() {
		edits = 20
	}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			d := newDraft(seed, []int{250, 80, 5}[seed])
			live, loaded := newKeeper(t), newKeeper(t)
			live.check(d)
			loaded.check(d)
			names := slices.Sorted(maps.Keys(draftEdits))
			for range edits {
				d.done = d.done[max(0, len(d.done)-3):]
				for range 1 + d.IntN(5)/3 {
					name := names[d.IntN(len(names))]
					draftEdits[name](d)
					d.done = append(d.done, name)
				}
				live.check(d)
				loaded.reload()
				loaded.check(d)
			}
			if live.kept == 0 || loaded.kept == 0 {
				t.Error("no file was ever kept")
			}
		})
	}
}

// A new form takes the place of another one of its stem, so that there are as
// many words as before on as many pages, and then the old one comes back.
func TestWordsTakeTurns(t *testing.T) {
	d := newDraft(1, 40)
	d.pages[3].Text += " frobnicate"
	k := newKeeper(t)
	for _, word := range []string{"frobnicated", "frobnicating", "frobnicated"} {
		d.pages[7].Text = d.pages[8].Text + " " + word
		k.check(d)
	}
}

// The first pages by address go, or the last ones, and with them words that no
// other page has.
func TestEndsGo(t *testing.T) {
	for count := 1; count <= 3; count++ {
		for _, first := range []bool{true, false} {
			d := newDraft(1, 40)
			slices.SortFunc(d.pages, func(a, b Page) int { return strings.Compare(a.URL, b.URL) })
			for i := range d.pages {
				d.pages[i].Text += fmt.Sprintf(" only%d", i)
			}
			k := newKeeper(t)
			k.check(d)
			d.done = []string{fmt.Sprintf("taking %d pages away, the first ones: %v", count, first)}
			if first {
				d.pages = d.pages[count:]
			} else {
				d.pages = d.pages[:len(d.pages)-count]
			}
			k.check(d)
		}
	}
}

// keeper has an index and the files that it made.
type keeper struct {
	t     *testing.T
	index *Index
	files map[string][]byte
	kept  int
}

func newKeeper(t *testing.T) *keeper { return &keeper{t, new(Index), map[string][]byte{}, 0} }

func (k *keeper) reload() {
	k.t.Helper()
	var err error
	if k.index, err = Load(k.index.Append(nil)); err != nil {
		k.t.Fatal(err)
	}
}

// check updates the index to the draft and compares its files with fresh ones.
func (k *keeper) check(d *draft) {
	k.t.Helper()
	pages := d.sources()
	want, err := build(pages, d.options)
	if err != nil {
		k.t.Fatal(err)
	}
	s := newShelf()
	for path, data := range k.files {
		if strings.Count(path, "/") == 2 && d.IntN(40) > 0 { // now and then a file was lost
			s.has[path] = data
		}
	}
	if err := k.index.Update(pages, d.options, s); err != nil {
		k.t.Fatal(err)
	}
	got := s.put
	for _, path := range s.kept {
		got[path] = s.has[path]
		k.kept++
	}
	if diff := difference(got, want); diff != "" {
		k.t.Fatalf("after %s:\n%s", strings.Join(d.done, ", "), diff)
	}
	k.files = got
}

// draft is a site being edited.
type draft struct {
	*rand.Rand
	pages   []Page
	options Options
	next    int // number of the next page
	done    []string
}

func newDraft(seed uint64, pages int) *draft {
	d := &draft{Rand: rand.New(rand.NewPCG(seed, 7))}
	for range pages {
		d.add()
	}
	return d
}

func (d *draft) add() {
	d.next++
	p := Page{URL: fmt.Sprintf("/%c/p%03d/", 'a'+d.IntN(5), d.next), Lang: "en", Title: d.text(3), Summary: d.text(8), Type: "article", Minutes: d.IntN(40),
		Facets: map[string][]string{"stage": {[]string{"prepare", "meet", "later"}[d.IntN(3)]}}, Text: d.text(30 + d.IntN(60))}
	if d.IntN(3) == 0 {
		p.Text = d.text(250) // more than a card holds
	}
	for i := range 5 {
		p.Headings = append(p.Headings, Heading{fmt.Sprint("h", i), "One " + d.text(2), len(p.Text) * (i + 1) / 6})
	}
	d.pages = append(d.pages, p)
}

// draftWords share stems, and some are spelt with accents and without.
var draftWords = strings.Fields("resume résumé resumes résumés café cafe cafés work works working worked naïve naive naively walk walks walking straße strasse œuvre oeuvre 検索エンジン 検索 ΣΊΣΥΦΟΣ σίσυφος ǅ ㎏ kg tie ties tied")

func (d *draft) text(n int) string {
	var list []string
	for range n {
		if d.IntN(4) == 0 {
			list = append(list, draftWords[d.IntN(len(draftWords))])
			continue
		}
		list = append(list, fmt.Sprintf("w%c%d", 'a'+d.IntN(20), int(d.ExpFloat64()*20)))
	}
	return strings.Join(list, " ")
}

func (d *draft) page() *Page { return &d.pages[d.IntN(len(d.pages))] }

func (d *draft) sources() []Source {
	var a Analyzer
	var list []Analyzed
	for _, p := range d.pages {
		list = append(list, a.Analyze(p, nil))
	}
	d.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return sources(list...)
}

// draftEdits are what people do to the pages of a site.
var draftEdits = map[string]func(d *draft){
	"nothing":      func(d *draft) {},
	"add words":    func(d *draft) { d.page().Text += " " + d.text(1+d.IntN(9)) },
	"new word":     func(d *draft) { d.page().Text += fmt.Sprint(" unheard", d.IntN(1000)) },
	"accent":       func(d *draft) { d.page().Text += fmt.Sprint(" ùnheard", d.IntN(1000), " unheard", d.IntN(1000)) },
	"drop accents": func(d *draft) { p := d.page(); p.Text = fold(p.Text) },
	"cut":          func(d *draft) { p := d.page(); p.Text = p.Text[:0]; p.Headings = nil },
	"rewrite":      func(d *draft) { p := d.page(); p.Text = d.text(40); p.Headings = nil },
	"lengthen": func(d *draft) {
		for i := range d.pages {
			d.pages[i].Text += " " + d.text(10)
		}
	},
	"retitle": func(d *draft) { d.page().Title = d.text(1 + d.IntN(6)) },
	"summary": func(d *draft) { d.page().Summary = d.text(d.IntN(12)) },
	"section": func(d *draft) { d.page().Headings = []Heading{{"x", d.text(2), 0}} },
	"rename":  func(d *draft) { d.page().URL += "x/" },
	"swap":    func(d *draft) { p, q := d.page(), d.page(); p.URL, q.URL = q.URL, p.URL },
	"add":     func(d *draft) { d.add() },
	"add many": func(d *draft) {
		for range 9 {
			d.add()
		}
	},
	"remove": func(d *draft) {
		if i := d.IntN(len(d.pages)); len(d.pages) > 3 {
			d.pages = slices.Delete(d.pages, i, i+1)
		}
	},
	"remove many": func(d *draft) {
		d.pages = slices.DeleteFunc(d.pages, func(p Page) bool { return len(d.pages) > 30 && d.IntN(12) == 0 })
	},
	"double": func(d *draft) { d.pages = append(d.pages, *d.page()) },
	"refile": func(d *draft) {
		d.page().Facets = map[string][]string{"stage": {"meet"}, "level": {fmt.Sprint(d.IntN(3))}}
	},
	"kind":      func(d *draft) { d.page().Type = []string{"term", "", "checklist"}[d.IntN(3)] },
	"minutes":   func(d *draft) { d.page().Minutes = d.IntN(90) },
	"also":      func(d *draft) { d.page().Also = []string{d.text(2)} },
	"translate": func(d *draft) { d.page().Lang = []string{"en", "fr", "de"}[d.IntN(3)] },
	"one language": func(d *draft) {
		for i := range d.pages {
			d.pages[i].Lang = "en"
		}
	},
	"synonyms": func(d *draft) { d.options.Synonyms = []string{d.text(1) + " = x" + d.text(1)} },
	"facets": func(d *draft) {
		d.options.Facets = []Facet{{ID: "stage", Label: d.text(1), Values: []FacetValue{{"meet", "Meet"}}}}
	},
	"types": func(d *draft) { d.options.Types = map[string]float64{"term": d.Float64()} },
}

// Whatever is damaged is an error, and what could get past the checksum still
// makes no panic.
func TestDamagedIndexIsAnError(t *testing.T) {
	d := newDraft(1, 6)
	var x Index
	if err := x.Update(d.sources(), Options{}, newShelf()); err != nil {
		t.Fatal(err)
	}
	good := x.Append(nil)
	for n := range good {
		if _, err := Load(good[:n]); err == nil {
			t.Fatalf("loaded %d of %d bytes", n, len(good))
		}
		bad := slices.Clone(good)
		bad[n] ^= 1 << d.IntN(8)
		if _, err := Load(bad); err == nil {
			t.Fatalf("loaded with byte %d flipped", n)
		}
		if n%5 == 0 && n < len(good)-4 {
			useForged(t, d, bad)
		}
	}
}

func FuzzLoad(f *testing.F) {
	d := newDraft(1, 6)
	var x Index
	if err := x.Update(d.sources(), Options{}, newShelf()); err != nil {
		f.Fatal(err)
	}
	f.Add(x.Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) >= 4 {
			useForged(t, d, slices.Clone(b))
		}
	})
}

// useForged loads the bytes under a right checksum and, if they look right,
// updates what they hold.
func useForged(t *testing.T, d *draft, b []byte) {
	binary.BigEndian.PutUint32(b[len(b)-4:], checksum(b[:len(b)-4]))
	if x, err := Load(b); err == nil {
		d.page().Text += " more"
		x.Update(d.sources(), Options{}, newShelf())
	}
}

// TestOneEditReadsFewPages says that an edit costs what it changes.
func TestOneEditReadsFewPages(t *testing.T) {
	d := newDraft(3, 400)
	reads := 0
	counted := func() []Source {
		list := d.sources()
		for i, s := range list {
			list[i].Read = func(buffer []byte) (Analyzed, error) { reads++; return s.Read(buffer) }
		}
		return list
	}
	var x Index
	s := newShelf()
	if err := x.Update(counted(), Options{}, s); err != nil {
		t.Fatal(err)
	}
	reads = 0
	d.pages[200].Text += " serendipity"
	next := newShelf()
	next.has = s.put
	if err := x.Update(counted(), Options{}, next); err != nil {
		t.Fatal(err)
	}
	if reads > 100 || len(next.put) > len(s.put)/4 {
		t.Errorf("%d pages were read, %d of %d files made", reads, len(next.put), len(s.put))
	}
}

// difference says how files differ; "" if they do not.
func difference(got, want map[string][]byte) string {
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if data, ok := got[path]; !ok {
			fmt.Fprintf(&b, "%s is missing\n", path)
		} else if !bytes.Equal(data, want[path]) {
			fmt.Fprintf(&b, "%s differs\n", path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[path]; !ok {
			fmt.Fprintf(&b, "%s should not be there\n", path)
		}
	}
	return b.String()
}
