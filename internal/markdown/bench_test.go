package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"rapport/internal/diag"
)

// page is like an article of about 600 words: sections of paragraphs with some
// marks and links, lists, a table and a fence without a language.
var page = []byte(strings.Repeat("## Before you use a name of others\n\n"+
	"A name on its own is not a lead yet, and *what makes it one* is what you learn from the person who gave it to "+
	"you. Ask **how they know** each other before you ask for [the address](../checklists/value-to-offer.md), and "+
	"write down `what you` heard. Most people like to be asked about the work that they do every day, and about "+
	"what they would do differently if they began again today.\n\n"+
	"- one thing that is worth asking for\n- another one, with [a link](/templates/thank-you/)\n- and the last of them\n\n"+
	"Two short conversations turn a bare name into a lead that people answer, since both sides then have a reason to "+
	"talk to each other, which is more than most messages of this kind can say.\n\n", 4) +
	"| say this | not that |\n| --- | --- |\n| How did you meet? | Can you help me? |\n| What is new? | Any jobs? |\n\n" +
	"```\nHi, we met last week.\n```\n")

func BenchmarkConvert(b *testing.B) {
	c := New(Options{})
	src := diag.Source{Path: "page.md", Text: page}
	b.ReportAllocs()
	for b.Loop() {
		c.Convert(src, 0, false)
	}
}

func BenchmarkConvertSections(b *testing.B) {
	c := New(Options{})
	src := diag.Source{Path: "page.md", Text: page}
	b.ReportAllocs()
	for b.Loop() {
		c.Convert(src, 0, true)
	}
}

// BenchmarkGoldmark is what the parser's own renderer takes for the same page.
func BenchmarkGoldmark(b *testing.B) {
	m := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := m.Convert(page, &buf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFill(b *testing.B) {
	doc, _ := New(Options{}).Convert(diag.Source{Path: "page.md", Text: page}, 0, false)
	for b.Loop() {
		doc.Body.Fill(mark1)
	}
}

func BenchmarkFillTerms(b *testing.B) {
	doc, _ := New(Options{}).Convert(diag.Source{Path: "page.md", Text: page}, 0, false)
	var entries []Entry
	for _, p := range []string{"weak tie", "lead", "informational interview", "a bare name", "reciprocity", "most people", "contact log"} {
		entries = append(entries, Entry{p, p, "<a>", "</a>"})
	}
	lex := NewLexicon(entries)
	for b.Loop() {
		doc.Body.FillTerms(mark1, lex, map[string]bool{})
	}
}
