package rapport_test

import (
	"bytes"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"rapport"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/sitetest"
)

// starter builds the site of this repository, which must give no finding.
func starter(t *testing.T) sitetest.Site {
	t.Helper()
	return starterAt(t, "")
}

// starterAt builds it for another address than its settings name.
func starterAt(t *testing.T, baseURL string) sitetest.Site {
	t.Helper()
	return build(t, sitetest.Starter(t), baseURL)
}

// build builds the site in content with the default theme.
func build(t *testing.T, content files.Tree, baseURL string) sitetest.Site {
	t.Helper()
	return sitetest.Build(t, content, pipeline.Settings{BaseURL: baseURL}).Faultless(t)
}

// document is one HTML page, read.
type document struct {
	anchors map[string]bool
	links   []string // href, src and action as written
}

func read(data []byte) document {
	d := document{anchors: map[string]bool{}}
	z := html.NewTokenizer(bytes.NewReader(data))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		for _, a := range token.Attr {
			switch {
			case a.Key == "id":
				d.anchors[a.Val] = true
			case a.Key == "href" || a.Key == "src" || a.Key == "action":
				d.links = append(d.links, a.Val)
			}
		}
	}
	return d
}

func pages(b sitetest.Site) map[string]document {
	docs := map[string]document{}
	for name, data := range b.Files {
		if strings.HasSuffix(name, ".html") {
			docs[name] = read(data)
		}
	}
	return docs
}

// TestNoBrokenLinks follows every link, picture, style sheet and script of the
// starter to a file, and every anchor to an id, where the site has a host of
// its own and where it stands in a folder.
func TestNoBrokenLinks(t *testing.T) {
	for _, base := range []string{"/", "/guides/warm/"} {
		b := starterAt(t, "https://example.org"+base)
		docs := pages(b)
		for _, name := range slices.Sorted(maps.Keys(docs)) {
			for _, link := range docs[name].links {
				if why := broken(b, docs, base, name, link); why != "" {
					t.Errorf("%s under %s: %q %s", name, base, link, why)
				}
			}
		}
	}
}

// broken says what is wrong with a link of a page, or nothing.
func broken(b sitetest.Site, docs map[string]document, base, name, link string) string {
	u, err := url.Parse(link)
	switch {
	case err != nil:
		return "is no address"
	case u.Scheme != "" || u.Host != "":
		return ""
	}
	to, inside := u.Path, true
	if strings.HasPrefix(to, "/") {
		to, inside = strings.CutPrefix(to, base)
		to = "/" + to
	}
	file := target(name, to)
	if _, ok := b.Files[file]; !ok || !inside {
		return "leads nowhere"
	}
	if doc, ok := docs[file]; ok && u.Fragment != "" && !doc.anchors[u.Fragment] {
		return "leads to an anchor that does not exist"
	}
	return ""
}

// target returns the file that a path on a page leads to.
func target(from, to string) string {
	switch {
	case to == "":
		return from
	case !strings.HasPrefix(to, "/"):
		to = path.Join("/", path.Dir(from), to)
	}
	if strings.HasSuffix(to, "/") {
		to += "index.html"
	}
	return strings.TrimPrefix(to, "/")
}

// TestNoOrphans walks from the home page: each listed page is at most three
// clicks away.
func TestNoOrphans(t *testing.T) {
	b := starter(t)
	docs := pages(b)
	clicks := map[string]int{"index.html": 0}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		for _, link := range docs[queue[0]].links {
			u, err := url.Parse(link)
			if err != nil || u.Host != "" {
				continue
			}
			file := target(queue[0], u.Path)
			if _, seen := clicks[file]; !seen && docs[file].anchors != nil {
				clicks[file] = clicks[queue[0]] + 1
				queue = append(queue, file)
			}
		}
	}
	for _, p := range b.World.Site.Pages {
		if !p.Meta.Listed {
			continue
		}
		if n, ok := clicks[strings.TrimPrefix(p.URL, "/")+"index.html"]; !ok || n > 3 {
			t.Errorf("%s is %d clicks away from home (reachable: %v)", p.Path, n, ok)
		}
	}
}

// TestArticlesAreEasyToRead holds each article to a Flesch–Kincaid grade of 9:
// 0.39 × words/sentences + 11.8 × syllables/words − 15.59 (Kincaid et al.,
// 1975), with a syllable for each group of vowels but a silent final e.
func TestArticlesAreEasyToRead(t *testing.T) {
	content, err := files.FromFS(rapport.Starter, "")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for f := range content.All() {
		if !strings.HasPrefix(f.Path, "content/articles/") || strings.HasSuffix(f.Path, "index.md") {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		seen++
		words, sentences, syllables := measure(running(string(data)))
		grade := 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
		if grade > 9 {
			t.Errorf("%s has a grade of %.1f", f.Path, grade)
		}
		if words < 500 || words > 1100 {
			t.Errorf("%s has %d words of running text", f.Path, words)
		}
	}
	if seen == 0 {
		t.Error("there is no article")
	}
}

// running returns the sentences of a page: without front matter, code, tables
// and the targets of links.
func running(text string) string {
	if _, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n"); ok {
		text = body
	}
	var b strings.Builder
	code := false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "```") {
			code = !code
			continue
		}
		if code || strings.HasPrefix(trimmed, "|") || strings.HasPrefix(trimmed, "> [!") {
			continue
		}
		if strings.HasPrefix(trimmed, "#") || trimmed == "" {
			trimmed = strings.TrimLeft(trimmed, "# ") + "."
		}
		b.WriteString(strings.TrimLeft(trimmed, "->0123456789. ") + " ")
	}
	out := b.String()
	for {
		open := strings.Index(out, "](")
		if open < 0 {
			return out
		}
		end := strings.IndexByte(out[open:], ')')
		if end < 0 {
			return out
		}
		out = out[:open] + out[open+end+1:]
	}
}

func measure(text string) (words, sentences, syllables int) {
	inSentence := false
	for _, word := range strings.Fields(text) {
		letters := strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }))
		if letters != "" {
			words++
			syllables += syllablesOf(letters)
			inSentence = true
		}
		if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(word, `"')*_]`)); inSentence && strings.ContainsRune(".!?:", last) {
			sentences++
			inSentence = false
		}
	}
	return words, max(1, sentences), syllables
}

func syllablesOf(word string) int {
	n, vowel := 0, false
	for _, r := range word {
		is := strings.ContainsRune("aeiouy", r)
		if is && !vowel {
			n++
		}
		vowel = is
	}
	if strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") && n > 1 {
		n--
	}
	return max(1, n)
}

// TestStarterIsComplete counts the pages of each type that the starter
// promises.
func TestStarterIsComplete(t *testing.T) {
	b := starter(t)
	count := map[string]int{}
	for _, p := range b.World.Site.Pages {
		if !p.Index && p.Folder != "manual" && p.Folder != "" {
			count[p.Meta.Type]++
		}
	}
	for kind, want := range map[string]int{"article": 26, "checklist": 12, "assessment": 1, "template": 11, "questions": 1, "term": 20, "guide": 3, "handout": 2} {
		if count[kind] != want {
			t.Errorf("there are %d pages of the type %s, want %d", count[kind], kind, want)
		}
	}
	if n := len(b.World.Site.Find("thoughtful-questions").Items()); n != 60 {
		t.Errorf("the question bank has %d questions, want 60", n)
	}
}
