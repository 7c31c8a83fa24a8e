// Package corpus makes a seeded site of any size out of made-up words: pages
// of about 600 words under ten sections, with links, lists and tables, code in
// one page of five and a checklist in ten. The same seed and number of pages
// always give the same bytes.
package corpus

import (
	"fmt"
	"math"
	"math/rand"
	"strings"
)

// Pages returns the files of a site with n pages, by path.
func Pages(n int, seed int64) map[string]string {
	w := newWriter(seed)
	titles, paths := make([]string, n), make([]string, n)
	for i := range n {
		titles[i] = w.capital(w.words(3 + w.Intn(4)))
		paths[i] = fmt.Sprintf("content/%s/page-%d.md", sections[w.Intn(len(sections))], i)
	}
	files := map[string]string{"site.yaml": "title: Bench\nbase_url: https://example.org/\n"}
	for i := range n {
		files[paths[i]] = w.page(i, titles, paths)
	}
	return files
}

var (
	sections = strings.Fields("guides runbooks reference security platform product research operations design release")
	common   = strings.Fields("the of and to in a is that for it as was with be by on not he this are or his from at which but have an they you were can all there use each how their if will up other about out many then them these so some make like into time has look two more write go see number no way could people my than first water been call who its now find long down day did get come made may part")
	onsets   = strings.Fields("b c d f g h j k l m n p r s t v w br cr dr fl gr pl st tr")
	vowels   = strings.Fields("a e i o u ai ea io ou")
	endings  = strings.Fields("- - - - ing ed tion ment er ly s al ive ness able")
)

type writer struct {
	*rand.Rand
	vocabulary []string
	zipf       *rand.Zipf
}

func newWriter(seed int64) *writer {
	w := &writer{Rand: rand.New(rand.NewSource(seed))}
	seen := map[string]bool{}
	for len(w.vocabulary) < 20000 {
		word := ""
		for range 2 + w.Intn(2) {
			word += onsets[w.Intn(len(onsets))] + vowels[w.Intn(len(vowels))]
		}
		if ending := endings[w.Intn(len(endings))]; ending != "-" {
			word += ending
		}
		if !seen[word] {
			seen[word] = true
			w.vocabulary = append(w.vocabulary, word)
		}
	}
	w.zipf = rand.NewZipf(w.Rand, 1.07, 8, uint64(len(w.vocabulary)-1))
	return w
}

func (w *writer) words(n int) string {
	list := make([]string, n)
	for i := range list {
		if list[i] = w.vocabulary[w.zipf.Uint64()]; w.Intn(100) < 45 {
			list[i] = common[int(math.Pow(w.Float64(), 2)*float64(len(common)))]
		}
	}
	return strings.Join(list, " ")
}

func (w *writer) capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (w *writer) page(i int, titles, paths []string) string {
	var b strings.Builder
	kind := "article"
	if i%10 == 3 {
		kind = "checklist"
	}
	fmt.Fprintf(&b, "---\ntitle: %q\nsummary: %q\ndate: 2026-%02d-%02d\ntype: %s\ntags: [%s, %s]\n---\n\n", titles[i], w.capital(w.words(12))+".",
		1+w.Intn(12), 1+w.Intn(28), kind, w.vocabulary[100+w.Intn(60)], w.vocabulary[100+w.Intn(60)])
	w.paragraph(&b, titles, paths)
	for part := range 3 + w.Intn(5) {
		fmt.Fprintf(&b, "## %s\n\n", w.capital(w.words(4)))
		w.paragraph(&b, titles, paths)
		switch {
		case kind == "checklist":
			for range 5 {
				fmt.Fprintf(&b, "- [ ] %s\n", w.capital(w.words(7)))
			}
		case part%3 == 1:
			for n := range 5 {
				fmt.Fprintf(&b, "%d. %s\n", n+1, w.words(6))
			}
		case part%3 == 2:
			fmt.Fprintf(&b, "> %s.\n", w.capital(w.words(14)))
		}
		b.WriteString("\n")
	}
	b.WriteString("| Name | Value | Note |\n|---|--:|:--|\n")
	for range 5 {
		fmt.Fprintf(&b, "| %s | %d | %s |\n", w.words(2), w.Intn(10000), w.words(4))
	}
	if i%5 == 0 {
		b.WriteString("\n```go\n")
		for range 12 {
			fmt.Fprintf(&b, "func %s(x int) (string, error) { return fmt.Sprint(\"%s\", x+%d), nil }\n", w.vocabulary[w.Intn(900)], w.words(2), w.Intn(1000))
		}
		b.WriteString("```\n")
	}
	return b.String()
}

func (w *writer) paragraph(b *strings.Builder, titles, paths []string) {
	for range 4 + w.Intn(3) {
		b.WriteString(w.capital(w.words(8+w.Intn(8))) + " **" + w.words(2) + "** ")
		if w.Intn(5) == 0 {
			to := w.Intn(len(titles))
			fmt.Fprintf(b, "see [%s](../%s) ", titles[to], strings.TrimPrefix(paths[to], "content/"))
		}
		b.WriteString(w.words(4) + ". ")
	}
	b.WriteString("\n\n")
}
