package markdown

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rapport/internal/diag"
)

// FuzzConvert asks of any text that its HTML is whole and harmless, that its
// parts are parts of it, and that it is the same a second time.
func FuzzConvert(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.make(60))
	}
	var examples []example
	data, err := os.ReadFile("testdata/spec/commonmark.json")
	if err != nil {
		f.Fatal(err)
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		f.Fatal(err)
	}
	for i := 0; i < len(examples); i += 5 {
		f.Add(examples[i].Markdown)
	}
	f.Add("# T {#a b=c}\n\n- [ ] [x](y.md) t {#b due=+1d}\n\n  <b>r\n\n> [!TIP]- T\n> x[^1] [@a; @b, p. 1] [[w|l]]\n\n[^1]: n\n")
	f.Add("<details><summary>a</summary>\n\n*b*\n\n</div></details> <img src=a.png onerror=x> <a href=jav&#x09;ascript:x>y</a>\n")
	f.Add("[a](javascript&colon;x) [b](jav\tascript:x) [c](%6aavascript:x) ![d](//h/i) <a href=\"/x\" id=\"y\">\n\n|a|b|\n|-|-|\n|`\\|`|c|\n")
	f.Add("```message channel=email limit=3 label=\"x\"\r\nSubject: {{a}}\r\n```\r\n\r\nterm\r\n: def\r\n")
	f.Add("* \n\t#")
	plain, sanitized := New(Options{Keys: []string{"required"}}), New(Options{Sanitize: true})
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range []*Converter{plain, sanitized} {
			src := diag.Source{Path: "p.md", Text: []byte(text)}
			doc, diags := c.Convert(src, 0, true)
			checkDoc(t, doc)
			checkStowed(t, doc)
			again, _ := c.Convert(src, 0, false)
			if c == plain && again.Body.Fill(mark1) != doc.Body.Fill(mark1) {
				t.Errorf("sections change the body")
			}
			for _, d := range diags {
				if d.Pos.Column < 1 && d.Pos.Line > 0 || strings.Contains(d.Message, "could not be read") {
					t.Errorf("%v", d)
				}
			}
		}
	})
}

func mark1(h Hole) string {
	switch h.Kind {
	case Link:
		return "<a>"
	case Image:
		return "<img>"
	}
	return "<a>w</a>"
}

func checkDoc(t *testing.T, doc Doc) {
	t.Helper()
	checkHTML(t, doc.Body)
	ids := tagIDs(doc.Body)
	slices.Sort(ids)
	if !slices.Equal(ids, doc.Anchors) {
		t.Errorf("anchors %q, ids in the body %q", doc.Anchors, ids)
	}
	for i, h := range doc.Outline {
		if !strings.HasPrefix(doc.Text[h.Start:], h.Text) || h.Level < 2 || h.Level > 6 || !slices.Contains(ids, h.ID) {
			t.Errorf("outline %d: %+v", i, h)
		}
	}
	for _, s := range doc.Sections {
		checkHTML(t, s.Title)
		checkBlocks(t, s.Blocks)
	}
	if untitled := doc.Untitled(); doc.Title != "" {
		checkHTML(t, untitled.Body)
		if strings.Contains(untitled.Body.Fill(mark1), `id="`+doc.TitleID+`"`) {
			t.Errorf("the title is still there: %q", untitled.Body.Fill(mark1))
		}
	}
	lex := NewLexicon([]Entry{{Phrase: "a", Term: "a", Open: "<a>", Close: "</a>"}, {Phrase: "b c", Term: "b", Open: "<a>", Close: "</a>"}})
	checkTokens(t, doc.Body.FillTerms(mark1, lex, map[string]bool{}))
}

func checkBlocks(t *testing.T, blocks []Block) {
	t.Helper()
	for _, b := range blocks {
		checkHTML(t, b.Body)
		if b.List != nil {
			checkItems(t, b.List.Items)
		}
	}
}

func checkItems(t *testing.T, items []Item) {
	t.Helper()
	for _, item := range items {
		checkHTML(t, item.Label)
		checkHTML(t, item.After)
		if item.First != nil && item.First.Kind != Link && item.First.Kind != Wiki {
			t.Errorf("first: %+v", item.First)
		}
		checkBlocks(t, item.Rest)
		checkItems(t, item.Items)
	}
}

func checkHTML(t *testing.T, b Body) {
	t.Helper()
	last := 0
	for i := range b.holes {
		if at := b.off(i); at < last || at > len(b.html) {
			t.Errorf("hole %d of %d is at %d of %d", i, len(b.holes), at, len(b.html))
		} else {
			last = at
		}
	}
	checkTokens(t, b.Fill(mark1))
}

// The only attributes that a page can have.
var known = strings.Fields(`alt aria-label checked class colspan data-lang datetime dir disabled href id lang open
	rel reversed role rowspan scope src start tabindex title type`)

// checkTokens asks that every element is closed, in order, and that there is
// nothing in it that a browser would run.
func checkTokens(t *testing.T, s string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(s))
	for z.Next() != html.ErrorToken {
		tok := z.Token()
		switch tok.Type {
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%v in %q", tok, s)
		case html.StartTagToken, html.SelfClosingTagToken:
			if slices.Contains([]string{"script", "style", "iframe", "object", "form", "svg", "math", "template"}, tok.Data) {
				t.Errorf("%v in %q", tok, s)
			}
			checkAttrs(t, tok, s)
			if !slices.Contains([]string{"br", "wbr", "hr", "img", "input"}, tok.Data) {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Errorf("%v closes %q in %q", tok, open, s)
				return
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("open: %q in %q", open, s)
	}
}

func checkAttrs(t *testing.T, tok html.Token, s string) {
	t.Helper()
	seen := map[string]bool{}
	for _, a := range tok.Attr {
		if !slices.Contains(known, a.Key) || seen[a.Key] {
			t.Errorf("attribute %q in %q", a.Key, s)
		}
		seen[a.Key] = true
		if a.Key == "href" && !strings.HasPrefix(a.Val, "#") && reachOf(a.Val) != external {
			t.Errorf("link to %q in %q", a.Val, s)
		}
		if a.Key == "src" && !inlineImage(a.Val) {
			t.Errorf("image from %q in %q", a.Val, s)
		}
	}
}

func tagIDs(b Body) (ids []string) {
	z := html.NewTokenizer(strings.NewReader(b.Fill(mark1)))
	for z.Next() != html.ErrorToken {
		for _, a := range z.Token().Attr {
			if a.Key == "id" {
				ids = append(ids, a.Val)
			}
		}
	}
	return ids
}

// FuzzAttrs asks that a list that was read is written in the text as it was
// read, and that reading it never runs past its end.
func FuzzAttrs(f *testing.F) {
	for _, s := range []string{
		`{#id flag key=value key="more words"}`, `{}`, `{{a}}`, `{a}`, `{a=}`, `{#}`, `{#é}`, `{a="b\"c"}`, "{a=\"b\n c\"}",
		`{a=b}c`, `{a = b}`, `{#a #b}`, `{due=+1d}`, `{a="`, `{a=b"c}`, `{x=`, "{\xff=1}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := attrScanner{text: []byte(text), keys: map[string]bool{"flag": true}}
		list, ok := s.braced()
		if s.at > len(text) {
			t.Fatalf("at %d of %d", s.at, len(text))
		}
		if !ok {
			return
		}
		if text[list.end-1] != '}' || list.id == "" && len(list.all) == 0 {
			t.Errorf("%q: %+v", text, list)
		}
		for _, a := range list.all {
			part := text[a.at.start:a.at.end]
			if !strings.HasPrefix(part, a.key) || a.flag != (part == a.key) {
				t.Errorf("%q: %+v stands at %q", text, a, part)
			}
		}
	})
}
