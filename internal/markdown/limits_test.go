package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/internal/diag"
)

// hostile are texts of about n bytes that take a naive reader of Markdown a
// time that grows with the square of n, or more.
var hostile = []struct {
	name string
	make func(n int) string
}{
	{"empty links", times("[](")},
	{"empty links with text", times("[a](b")},
	{"pointed destinations", times("[a](<b")},
	{"titles", times(`[a](b "c`)},
	{"titles in quotes of both kinds", times(`[a](b "c [d](e 'f `)},
	{"titles in parentheses", times(`[a](b (`)},
	{"links on one line", times("[a](b) ")},
	{"bad links on one line", times("[a](x:b) ")},
	{"images on one line", times("![a](//b) ")},
	{"tags on one line", times("a <b> ")},
	{"closed links without an end", times(`[a](b `)},
	{"opening brackets", times("[")},
	{"closing brackets", times("]")},
	{"brackets with marks", func(n int) string {
		return strings.Repeat("[", n/4) + strings.Repeat("a*", n/4) + strings.Repeat("]", n/4)
	}},
	{"short brackets around many marks", func(n int) string {
		return strings.Repeat("[", 900) + strings.Repeat("a*", n/2) + strings.Repeat("]", 900)
	}},
	{"bracket pairs", times("[a]")},
	{"bracket lines", times("[a]\n")},
	{"nested bracket pairs", func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("]", n/2) }},
	{"references", times("[a][b")},
	{"images", times("![")},
	{"nested images", func(n int) string { return strings.Repeat("![", n/6) + strings.Repeat("](a)", n/6) }},
	{"links with open marks", func(n int) string { return "*" + strings.Repeat("[_a](b) ", n/8) }},
	{"links with emphasis", times("[*a*](b) ")},
	{"marks that open", times("*a **a ")},
	{"marks of two kinds", times("*a_ ")},
	{"marks after words", times("a_a*")},
	{"a run of stars", func(n int) string { return strings.Repeat("*", n/2) + "a" + strings.Repeat("*", n/2) }},
	{"a run of underscores", times("_")},
	{"words with underscores", times("a_")},
	{"tildes", times("~a~~b")},
	{"nested emphasis", func(n int) string { return strings.Repeat("*a ", n/6) + strings.Repeat(" a*", n/6) }},
	{"runs of backticks", func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString("a" + strings.Repeat("`", i))
		}
		return b.String()
	}},
	{"falling runs of backticks", func(n int) string {
		var b strings.Builder
		for i := 500; b.Len() < n && i > 0; i-- {
			b.WriteString("a" + strings.Repeat("`", i))
		}
		return b.String()
	}},
	{"angles", times("<")},
	{"open tags", times("<a ")},
	{"attributes", times(`<a b="`)},
	{"attributes of both kinds", times(`<a b="' `)},
	{"many attributes", func(n int) string { return strings.Repeat("<a"+strings.Repeat(" b", 50), n/102) }},
	{"closing tags", times("</a")},
	{"comments", times("a <!--")},
	{"comment lines", times("<!--\n")},
	{"instructions", times("a <?")},
	{"declarations", times("a <!A")},
	{"cdata", times("a <![CDATA[")},
	{"addresses in angles", times("<a@b")},
	{"ampersands", times("&")},
	{"open references", times("&a")},
	{"backslashes", times(`\`)},
	{"bare addresses", times("http://a.b/(")},
	{"mail addresses", times("a_a@a.")},
	{"long mail domain", func(n int) string { return "x@" + strings.Repeat("a.", n/2) }},
	{"quotes", times("> ")},
	{"quotes on many lines", func(n int) string {
		return strings.Repeat(strings.Repeat("> ", 99)+"a\n", n/200)
	}},
	{"lazy lines in quotes", func(n int) string { return strings.Repeat(">", 90) + strings.Repeat("a\n", n/2) }},
	{"bullets", times("* ")},
	{"numbers", times("1. ")},
	{"lists ever deeper", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(strings.Repeat(" ", 2*i) + "* a\n")
		}
		return b.String()
	}},
	{"deep list, then short lines", func(n int) string {
		return strings.Repeat("* ", 98) + "a\n" + strings.Repeat("  b\n\n", n/5)
	}},
	{"empty items", times("-\n")},
	{"blank lines in a list", func(n int) string { return "- a\n" + strings.Repeat("\n", n) }},
	{"headings", times("# a\n")},
	{"underlined headings", times("a\n-\n")},
	{"rules", times("---\n")},
	{"a wide table", func(n int) string {
		w := n / 8
		return strings.Repeat("|a", w) + "|\n" + strings.Repeat("|-", w) + "|\n" + strings.Repeat("|a|\n", w)
	}},
	{"a square table", func(n int) string {
		return strings.Repeat("|", 300) + "\n" + strings.Repeat("|-", 300) + "|\n" + strings.Repeat("a\n", n/2)
	}},
	{"table rules", times("a|b\n-|-\n")},
	{"bars in code", times("|`\\|`|\n-|-\n")},
	{"table with code", func(n int) string { return "a|b\n-|-\n" + strings.Repeat("`\\|`|\n", n/6) }},
	{"bars", times("|\n")},
	{"link definitions", times("[a]: b\n")},
	{"link definitions with titles", times("[a]: b 'c\n")},
	{"link definitions in blocks", times("[a]: b\n\n")},
	{"one definition, many uses", func(n int) string { return "[a]: b\n\n" + strings.Repeat("[a] ", n/4) }},
	{"footnotes", times("[^1]: a\n\n")},
	{"footnote marks", func(n int) string { return strings.Repeat("[^a]", n/4) + "\n\n[^a]: b\n" }},
	{"open footnote marks", times("[^")},
	{"nested footnotes", times("[^a]: ")},
	{"many footnotes", func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n/2; i++ {
			fmt.Fprintf(&b, "[^%d]: a\n\n", i)
		}
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "[^%d] ", i)
		}
		return b.String()
	}},
	{"definition lists", times("a\n: b\n")},
	{"nested definitions", func(n int) string { return "a\n" + strings.Repeat(": ", n/2) }},
	{"attribute lists", times("# a {b=c ")},
	{"attribute lists in items", times("- a {#b} {c=\"")},
	{"braces", func(n int) string { return "# " + strings.Repeat("a {b=", n/5) }},
	{"wikilinks", times("[[a")},
	{"citations", times("[@a; ")},
	{"alerts", times("> [!TIP")},
	{"fences", times("```\na\n~~~\n")},
	{"open fences in quotes", times("> ```\n")},
	{"equal headings", func(n int) string { return strings.Repeat("# a\n\n# a-1\n\n", n/12) }},
	{"tabs", times("\t-\t")},
	{"carriage returns", times("a\r\n")},
	{"zero bytes", times("\x00")},
	{"broken UTF-8", times("\xff*\xfe")},
}

// refused are the names of those that pass a limit. Each guard has its own: with
// one guard gone, a text of its kind is read after all, slowly.
var refused = []string{
	"a run of stars",
	"a square table",
	"a wide table",
	"bracket lines",
	"brackets with marks",
	"broken UTF-8",
	"empty links",
	"empty links with text",
	"footnote marks",
	"footnotes",
	"link definitions",
	"link definitions with titles",
	"links with emphasis",
	"links with open marks",
	"lists ever deeper",
	"mail addresses",
	"many footnotes",
	"marks after words",
	"marks of two kinds",
	"marks that open",
	"nested bracket pairs",
	"nested emphasis",
	"nested footnotes",
	"nested images",
	"numbers",
	"open footnote marks",
	"pointed destinations",
	"quotes",
	"short brackets around many marks",
	"tildes",
	"words with underscores",
}

func times(s string) func(int) string {
	return func(n int) string { return strings.Repeat(s, n/len(s)) }
}

// TestHostile asks that every such text is read or refused soon. The bound is
// far above what is needed, and far below what a loop in a loop takes.
func TestHostile(t *testing.T) {
	for _, sanitize := range []bool{false, true} {
		c := New(Options{Sanitize: sanitize})
		for _, h := range hostile {
			text := h.make(128 << 10)
			if sanitize && !strings.Contains(text, "<") {
				continue // the same work again
			}
			start := time.Now()
			doc, diags := c.Convert(diag.Source{Path: "page.md", Text: []byte(text)}, 0, true)
			took := time.Since(start)
			if took > 10*time.Second {
				t.Errorf("%s: %v for %d bytes", h.name, took, len(text))
			}
			if diags.Errors() > 0 != slices.Contains(refused, h.name) {
				t.Errorf("%s: refused, or not, against the list: %v", h.name, diags)
			}
			if diags.Errors() > 0 && !doc.Body.IsZero() {
				t.Errorf("%s: refused, and yet there is a body", h.name)
			}
			first := ""
			if diags.Errors() > 0 {
				first = diags[0].Message
			}
			t.Logf("%6d ms  %s  %s", took.Milliseconds(), h.name, first)
		}
	}
}

// A hundred blocks inside one another are read, and one more is refused where it
// begins, whatever they are and whatever stands in them.
func TestNesting(t *testing.T) {
	c := New(Options{})
	quotes := func(n int) string { return strings.Repeat("> ", n) }
	bullets := func(n int) string { return strings.Repeat("* ", n) }
	steps := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.Repeat("  ", i) + "* a\n")
		}
		return b.String() + strings.Repeat("  ", n)
	}
	for name, nest := range map[string]func(n int) string{
		"quotes": quotes, "items on one line": bullets, "items on their lines": steps,
		"numbers":         func(n int) string { return strings.Repeat("1. ", n) },
		"items in quotes": func(n int) string { return quotes(n/2) + bullets(n-n/2) },
		"quotes in turn":  func(n int) string { return quotes(n-1) + "a\n" + quotes(n) },
	} {
		for n, refused := range map[int]bool{99: false, 100: false, 101: true, 150: true} {
			for _, inside := range []string{"*a* b", "a\n", "+b", "1.b"} {
				doc, diags := c.Convert(diag.Source{Path: "page.md", Text: []byte(nest(n) + inside)}, 0, true)
				if diags.Errors() > 0 != refused || doc.Body.IsZero() != refused {
					t.Errorf("%d %s with %q: %v", n, name, inside, diags)
				}
				if refused && !strings.Contains(diags[0].Message, "nested more than 100 deep") {
					t.Errorf("%d %s: %v", n, name, diags)
				}
			}
		}
	}
	if _, diags := c.Convert(diag.Source{Path: "page.md", Text: []byte(quotes(101) + "a")}, 0, true); len(diags) != 1 || diags[0].Pos.Column != 201 {
		t.Errorf("the place is %+v", diags)
	}
}
