package markdown

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"rapport/internal/diag"
)

func convert(t *testing.T, text string) Doc {
	t.Helper()
	doc, diags := New(Options{}).Convert(diag.Source{Path: "page.md", Text: []byte(text)}, 0, true)
	if diags.Errors() > 0 {
		t.Fatal(diags)
	}
	return doc
}

func TestTextAndOutline(t *testing.T) {
	doc := convert(t, "Lead *with* `code`,\na ![pic](a.png) and [@cite] &amp; [^1].\n\n"+
		"## One two\n\n- a\n- b\n\n```\nx := 1\n```\n\n### Three\n\n|a|b|\n|-|-|\n|c|d|\n\n> [!TIP]\n> q\n\n[^1]: Note.\n")
	want := "Lead with code, a pic and & .\nOne two\na\nb\nx := 1\nThree\na b\nc d\nq\nNote."
	if doc.Text != want {
		t.Errorf("text\n%q\nwant\n%q", doc.Text, want)
	}
	if doc.Words != 19 {
		t.Errorf("%d words", doc.Words)
	}
	if len(doc.Outline) != 2 {
		t.Fatalf("outline %+v", doc.Outline)
	}
	for _, h := range doc.Outline {
		if !strings.HasPrefix(doc.Text[h.Start:], h.Text+"\n") {
			t.Errorf("%+v begins at %q", h, doc.Text[h.Start:])
		}
	}
}

func TestCountWords(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "one": 1, "one two\nthree": 3, "don't re-read": 2, "a & b – c": 3, "Größe über": 2, "日本語 ok": 4, "x2 3": 2,
	} {
		if got := countWords(text); got != want {
			t.Errorf("%q: %d words, want %d", text, got, want)
		}
	}
}

func TestUntitled(t *testing.T) {
	doc := convert(t, "# The [title](t.md) here\n\nText [a](b.md).\n\n## Next\n")
	if doc.Title != "The title here" || doc.TitleID != "the-title-here" {
		t.Errorf("title %q #%s", doc.Title, doc.TitleID)
	}
	if got := show(doc.Body); !strings.Contains(got, "<h2 id=\"the-title-here\">") {
		t.Errorf("with the title: %s", got)
	}
	doc = doc.Untitled()
	if got := show(doc.Body); !strings.HasPrefix(got, "<p>Text [[link b.md 3:10+4]]a</a>.</p>") {
		t.Errorf("without: %s", got)
	}
	if doc.Text != "Text a.\nNext" || doc.Words != 3 || doc.Outline[0].Start != 8 || len(doc.Outline) != 1 {
		t.Errorf("%+v", doc)
	}
	if !reflect.DeepEqual(doc.Anchors, []string{"next"}) {
		t.Errorf("anchors %q", doc.Anchors)
	}
	if s := doc.Sections[0]; s.Level != 0 || s.Text != "" || len(s.Blocks) != 1 {
		t.Errorf("%+v", s)
	}
	for _, text := range []string{"", "text\n\n# late\n", "## two\n", "#\n\ntext\n"} {
		if d := convert(t, text); d.Title != "" {
			t.Errorf("%q has the title %q", text, d.Title)
		}
	}
	if d := convert(t, "<!-- note -->\n\nOnly\n====\n"); d.Title != "Only" || !d.Untitled().Body.IsZero() {
		t.Errorf("%q, %q", d.Title, show(d.Untitled().Body))
	}
}

// TestPlaces: positions are those in the file, whatever stands before the text
// and whichever line ends it has.
func TestPlaces(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		head := "---" + end + "title: T" + end + "---" + end
		text := strings.ReplaceAll("Ünïcode [a](x.md)\n\n[b](y.md) [c](z.md)\n\n```go\nx\n```\n", "\n", end)
		for _, bom := range []string{"", "\uFEFF"} {
			src := diag.Source{Path: "p.md", Text: []byte(head + bom + text)}
			doc, _ := New(Options{}).Convert(src, len(head), true)
			holes := doc.Body.Holes()
			want := []string{"p.md:4:13", "p.md:6:5", "p.md:6:15"}
			for i, h := range holes {
				if h.Pos.String() != want[i] || h.Pos.Width != 4 {
					t.Errorf("hole %d at %v+%d, want %s", i, h.Pos, h.Pos.Width, want[i])
				}
			}
			if e := holes[1].Pos.Excerpt; e != "[b](y.md) [c](z.md)" {
				t.Errorf("excerpt %q", e)
			}
			fence := doc.Sections[0].Blocks[2].Fence
			if fence.Text != "x\n" || !strings.HasPrefix(string(src.Text[fence.Start:]), "x"+end) {
				t.Errorf("fence %q at %q", fence.Text, src.Text[fence.Start:])
			}
			if strings.Contains(show(doc.Body), "\r") {
				t.Errorf("a carriage return in %q", show(doc.Body))
			}
		}
	}
}

func TestLongLines(t *testing.T) {
	doc := convert(t, "x\n"+strings.Repeat("word [a](b.md) ", 400))
	for i, h := range doc.Body.Holes() {
		if h.Pos.Column != 10+15*i || h.Pos.Line != 2 {
			t.Fatalf("hole %d at %v", i, h.Pos)
		}
		if len(h.Pos.Excerpt) > maxColumn+100 || h.Pos.Excerpt == "" && h.Pos.Column <= maxColumn {
			t.Fatalf("hole %d has an excerpt of %d bytes", i, len(h.Pos.Excerpt))
		}
	}
}

func TestCitesAndAttrs(t *testing.T) {
	doc := convert(t, "[@b] [@a; @b] ![[@z]](p.png)\n\n# H {x=1 #h}\n\n- i {y=2}\n\n```go z\n```\n\n- j {#only}\n")
	if !reflect.DeepEqual(doc.Cites, []string{"b", "a"}) {
		t.Errorf("cites %q", doc.Cites)
	}
	var keys []string
	for _, a := range doc.Attrs {
		keys = append(keys, a.ID+a.All[0].Key)
	}
	if !reflect.DeepEqual(keys, []string{"hx", "y", "z"}) {
		t.Errorf("attribute lists %q", keys)
	}
	if a, ok := doc.Attrs[1].Get("y"); !ok || a.Value != "2" || a.Pos.String() != "page.md:5:6" {
		t.Errorf("%+v", a)
	}
	if _, ok := doc.Attrs[1].Get("x"); ok {
		t.Error("a key of another list")
	}
}

func TestNotes(t *testing.T) {
	doc := convert(t, "a[^1]\n\n[^1]: n [l](m.md)\n")
	notes := show(doc.Notes)
	if !strings.HasPrefix(notes, "<section") || !strings.Contains(notes, "[[link m.md 3:13+4]]l</a>") {
		t.Errorf("notes %s", notes)
	}
	if !strings.HasSuffix(show(doc.Body), notes) {
		t.Errorf("body %s", show(doc.Body))
	}
	if !convert(t, "a\n").Notes.IsZero() {
		t.Error("notes without a note")
	}
}

func TestWordsOfTheInterface(t *testing.T) {
	c := New(Options{Words: map[string]string{
		"Tip": "Tipp", "Footnotes": "Fußnoten", "Back to text": "Zurück", "Link to this section": "Link hierher", "Table": "Tabelle",
	}})
	doc, _ := c.Convert(diag.Source{Text: []byte("> [!TIP]\n> a[^1]\n\n# H\n\n|a|\n|-|\n\n[^1]: n\n")}, 0, false)
	for _, want := range []string{">Tipp<", `"Fußnoten"`, `"Zurück 1"`, `"Link hierher: H"`, `"Tabelle"`} {
		if got := show(doc.Body); !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

// TestTogether: one converter serves several goroutines, and the same text
// gives the same result.
func TestTogether(t *testing.T) {
	c := New(Options{Sanitize: true})
	text := []byte("# T {#t}\n\n- [ ] a [b](c.md) <b>d</b>[^1] `e`\n\n|f|\n|-|\n\n[^1]: g\n")
	want, _ := c.Convert(diag.Source{Path: "p.md", Text: text}, 0, true)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				got, _ := c.Convert(diag.Source{Path: "p.md", Text: text}, 0, true)
				if !reflect.DeepEqual(got, want) {
					t.Error("another result")
					return
				}
			}
		})
	}
	all.Wait()
}

func TestLimits(t *testing.T) {
	within := map[string]string{
		"nesting": strings.Repeat("> ", 100) + "a",
		"cells":   strings.Repeat("|a", 16) + "|\n" + strings.Repeat("|-", 16) + "|\n" + strings.Repeat("|b\n", 4094),
		"notes":   strings.Repeat("a[^1] ", 9000) + "\n\n[^1]: b\n",
		"prose":   strings.Repeat("Some *plain* words of `text` with a [link](to.md) in it.\n\n", 20_000),
		"one":     strings.Repeat("Some *plain* words of `text` with a [link](to.md) in it.\n", 800),
	}
	for name, text := range within {
		if doc, diags := New(Options{}).Convert(diag.Source{Text: []byte(text)}, 0, false); diags.Errors() > 0 || doc.Body.IsZero() {
			t.Errorf("%s: %v", name, diags)
		}
	}
	beyond := map[string]string{
		"lists and quotes are nested more than 100 deep":           strings.Repeat("> ", 101) + "a",
		"the tables of this page have more than 65536 cells":       strings.Repeat("|a", 16) + "|\n" + strings.Repeat("|-", 16) + "|\n" + strings.Repeat("|b\n", 4096),
		"this page has more than 10000 footnote marks":             strings.Repeat("a[^1] ", 10_001),
		"this page is larger than 8 MiB":                           strings.Repeat("a", MaxPage+1),
		"emphasis and links are nested more than 100 deep":         strings.Repeat("*", 300) + "a" + strings.Repeat("*", 300),
		"this text is too tangled to be read in a reasonable time": strings.Repeat("[a](b", 30_000),
	}
	for want, text := range beyond {
		doc, diags := New(Options{}).Convert(diag.Source{Path: "p.md", Text: []byte(text)}, 0, true)
		if diags.Errors() != 1 || diags[0].Message != want || diags[0].Hint == "" {
			t.Errorf("%v, want %q", diags, want)
		}
		if !reflect.DeepEqual(doc, Doc{}) {
			t.Errorf("%s, and yet there is a Doc", want)
		}
	}
}
