package rapport_test

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"rapport"
	"rapport/internal/files"
	"rapport/internal/site"
)

// sources returns the text of each page's file by its path.
func sources(t *testing.T) map[string]string {
	t.Helper()
	tree, err := files.FromFS(rapport.Starter, "")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for f := range tree.All() {
		if strings.HasPrefix(f.Path, "content/") {
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			texts[f.Path] = string(data)
		}
	}
	return texts
}

// TestFrontMatterIsComplete wants every page to say what cards, search and the
// next reader need. Pages of folders and handouts are not searched for, terms
// lead on by see, and the minutes of the manual may be estimated.
func TestFrontMatterIsComplete(t *testing.T) {
	texts := sources(t)
	for _, p := range starter(t).World.Site.Pages {
		if n := utf8.RuneCountInString(p.Meta.Summary); n < 50 || n > 160 {
			t.Errorf("%s: the summary has %d characters, want 50 to 160", p.Path, n)
		}
		if n := utf8.RuneCountInString(p.Meta.Title); n > 70 {
			t.Errorf("%s: the title has %d characters, want at most 70", p.Path, n)
		}
		for _, key := range keysOf(p) {
			if head, _, _ := strings.Cut(texts[p.Path], "\n---\n"); !strings.Contains(head, "\n"+key+":") {
				t.Errorf("%s does not say %s", p.Path, key)
			}
		}
		if p.Term != nil && len(p.Term.See) == 0 {
			t.Errorf("%s does not say what to see besides", p.Path)
		}
	}
}

func keysOf(p *site.Page) []string {
	keys := []string{"title", "summary", "date", "reviewed"}
	if p.Index || p.Handout != nil {
		return keys
	}
	keys = append(keys, "also", "queries")
	if p.Folder != "manual" {
		keys = append(keys, "minutes")
	}
	if p.Term == nil {
		keys = append(keys, "related")
	}
	return keys
}

// TestExamplesAreMarked wants one example in each article and term, marked as
// made up, and no more than one on any page.
func TestExamplesAreMarked(t *testing.T) {
	texts := sources(t)
	for _, p := range starter(t).World.Site.Pages {
		n := strings.Count(texts[p.Path], "**Example (made up).**")
		must := (p.Folder == "articles" || p.Term != nil) && !p.Index
		if n > 1 || must && n == 0 {
			t.Errorf("%s has %d examples that are marked as made up, want 1", p.Path, n)
		}
	}
}

// promise is a link with the minutes that its page is said to take.
var promise = regexp.MustCompile(`\]\(([\w./-]+\.md)\) \((\d+) minutes?\)`)

// TestMinutesArePromisedOnce compares the minutes beside a link with those that
// the page itself gives.
func TestMinutesArePromisedOnce(t *testing.T) {
	minutes := map[string]int{}
	for _, p := range starter(t).World.Site.Pages {
		minutes[p.Path] = p.Meta.Minutes
	}
	seen := 0
	for name, text := range sources(t) {
		for _, m := range promise.FindAllStringSubmatch(withoutCode(text), -1) {
			seen++
			if n, _ := strconv.Atoi(m[2]); n != minutes[path.Join(path.Dir(name), m[1])] {
				t.Errorf("%s promises %s minutes for %s, which says %d", name, m[2], m[1], minutes[path.Join(path.Dir(name), m[1])])
			}
		}
	}
	if seen == 0 {
		t.Error("no link promises any minutes")
	}
}

// withoutCode leaves out what stands in fences: examples of other sites.
func withoutCode(text string) string {
	var b strings.Builder
	code := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			code = !code
		} else if !code {
			b.WriteString(line)
		}
	}
	return b.String()
}
