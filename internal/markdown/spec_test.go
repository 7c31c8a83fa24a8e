package markdown

import (
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark/util"

	"rapport/internal/diag"
)

// A deviation is a set of examples that come out differently on purpose. One
// that comes out as specified is a failure too: it is to be taken off the list.
type deviation struct {
	reason   string
	examples []int
}

var deviations = map[string][]deviation{
	"commonmark": {
		{"raw HTML is shown as text, comments are left out", []int{
			21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166,
			167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187,
			188, 189, 190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623,
			625, 626, 627, 628, 629, 630, 631, 642, 643}},
		{"two brackets are a wikilink", []int{548, 590}},
		{"this scheme is not allowed", []int{596, 598, 599, 601}},
		{"a bare address is a link, as in GFM", []int{608, 611, 612}},
	},
	"linkify": {
		{"ftp: is not an allowed scheme", []int{7}},
	},
	"strikethrough": {
		{"languages of fences are in lower case", []int{5}},
	},
}

type example struct {
	Example        int
	Markdown, HTML string
}

func TestCommonMark(t *testing.T) {
	data, err := os.ReadFile("testdata/spec/commonmark.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []example
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) < 650 {
		t.Fatalf("only %d examples", len(examples))
	}
	checkExamples(t, "commonmark", examples)
}

func TestGFM(t *testing.T) {
	files, err := filepath.Glob("testdata/spec/*.txt")
	if err != nil || len(files) != 6 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		checkExamples(t, name, readExamples(t, file))
	}
}

// readExamples reads a file of examples: a number, the Markdown and the HTML,
// between two kinds of lines.
func readExamples(t *testing.T, file string) []example {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var examples []example
	for one := range strings.SplitSeq(string(data), "//= = = = = = = = = = = = = = = = = = = = = = = =//") {
		parts := strings.Split(one, "//- - - - - - - - -//\n")
		if len(parts) != 3 {
			continue
		}
		number, _, _ := strings.Cut(strings.TrimSpace(parts[0]), ":")
		n, err := strconv.Atoi(strings.Fields(number)[0])
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if strings.Contains(parts[0], `"enableEscape": true`) {
			parts[1] = strings.ReplaceAll(parts[1], `\t`, "\t")
			parts[2] = strings.ReplaceAll(parts[2], `\t`, "\t")
		}
		examples = append(examples, example{n, parts[1], parts[2]})
	}
	return examples
}

func checkExamples(t *testing.T, set string, examples []example) {
	c := New(Options{})
	for _, e := range examples {
		doc, _ := c.Convert(diag.Source{Path: "page.md", Text: []byte(e.Markdown)}, 0, false)
		got, want := ours(doc), theirs(e.HTML)
		reason := ""
		for _, d := range deviations[set] {
			if slices.Contains(d.examples, e.Example) {
				reason = d.reason
			}
		}
		switch same := got == want; {
		case same && reason != "":
			t.Errorf("%s %d comes out as specified: no longer a deviation (%s)", set, e.Example, reason)
		case !same && reason == "":
			t.Errorf("%s %d: %q\n got %q\nwant %q", set, e.Example, e.Markdown, got, want)
		}
	}
}

// What a page adds to the HTML of the specification.
var additions = []struct {
	pattern *regexp.Regexp
	plain   string
}{
	{regexp.MustCompile(` <a class="anchor"[^>]*>#</a>`), ""},
	{regexp.MustCompile(`<h([1-6]) id="[^"]*">`), "<h$1>"},
	{regexp.MustCompile(` rel="external"`), ""},
	{regexp.MustCompile(`<pre class="code" tabindex="0" data-lang="([^"]*)"><code[^>]*>`), `<pre><code class="language-$1">`},
	{regexp.MustCompile(`<pre class="code" tabindex="0">`), `<pre>`},
	{regexp.MustCompile(`</?span[^>]*>`), ""},
	{regexp.MustCompile(`<div class="table"[^>]*><table>`), "<table>"},
	{regexp.MustCompile(`</table></div>`), "</table>"},
	{regexp.MustCompile(` class="align-(\w+)"`), ` style="text-align:$1"`},
	{regexp.MustCompile(`<li class="task">`), "<li>"},
	{regexp.MustCompile(`<label>|</label>`), ""},
	{regexp.MustCompile(`<input type="checkbox" disabled checked>`), `<input checked="" disabled="" type="checkbox">`},
	{regexp.MustCompile(`<input type="checkbox" disabled>`), `<input disabled="" type="checkbox">`},
	{regexp.MustCompile(`<a class="footnote-ref" href="([^"]*)"`), `<a href="$1" class="footnote-ref"`},
	{regexp.MustCompile(` <a class="footnote-back" href="([^"]*)" role="doc-backlink" aria-label="[^"]*">\x{21a9}\x{fe0e}`),
		`&#160;<a href="$1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;`},
	{regexp.MustCompile(`fnref:(\d+):2`), "fnref1:$1"},
	{regexp.MustCompile(`fnref:(\d+):3`), "fnref2:$1"},
	{regexp.MustCompile(`<section class="footnotes"[^>]*>`), `<div class="footnotes" role="doc-endnotes">` + "\n<hr>"},
	{regexp.MustCompile(`</section>`), "</div>"},
}

// ours returns a page with its holes filled and its additions taken away.
func ours(doc Doc) string {
	s := doc.Body.Fill(func(h Hole) string {
		address := html.EscapeString(string(util.URLEscape([]byte(h.Target), false)))
		title := ""
		if h.Title != "" {
			title = ` title="` + strings.ReplaceAll(html.EscapeString(h.Title), "&#34;", "&quot;") + `"`
		}
		if h.Kind == Image {
			return `<img src="` + address + `" alt="` + html.EscapeString(h.Label) + `"` + title + `>`
		}
		return `<a href="` + address + `"` + title + `>`
	})
	for _, a := range additions {
		s = a.pattern.ReplaceAllString(s, a.plain)
	}
	return canonical(s)
}

// theirs returns the HTML of an example in the same spelling.
func theirs(s string) string {
	s = strings.ReplaceAll(s, " />", ">")
	s = regexp.MustCompile(` align="(\w+)"`).ReplaceAllString(s, ` style="text-align:$1"`)
	s = strings.NewReplacer("<h1>", "<h2>", "</h1>", "</h2>").Replace(s)
	return canonical(s)
}

func canonical(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "&#39;", "'"))
}
