package diag

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// In a long line, what is printed fits a terminal, and the underline stands below
// the place.
func TestLongLines(t *testing.T) {
	words := strings.Repeat("Ask for advice. ", 60)
	for _, test := range []struct{ before, place, behind, line, under string }{
		{"Short: ", "here", ".", "Short: here.", "       ^^^^"},
		{"", "here", words, "here" + words[:96] + "…", "^^^^"},
		{words[:80], "here", words, words[:80] + "here" + words[:16] + "…", strings.Repeat(" ", 80) + "^^^^"},
		{words, "here", " " + words, "…" + words[len(words)-48:] + "here " + words[:36] + "…", strings.Repeat(" ", 49) + "^^^^"},
		{words, "here", "", "…" + words[len(words)-48:] + "here", strings.Repeat(" ", 49) + "^^^^"},
		{words, "", "", "…" + words[len(words)-48:], strings.Repeat(" ", 49) + "^"},
		{"", words, "", words[:100] + "…", strings.Repeat("^", 100)},
		{strings.Repeat("日", 300), "here", words, "…" + strings.Repeat("日", 50) + "here" + words[:37] + "…", strings.Repeat(" ", 101) + "^^^^"},
	} {
		text := test.before + test.place + test.behind
		d := Diagnostic{Pos: Source{Path: "a.md", Text: []byte(text + "\nnext\n")}.Pos(len(test.before), len(test.before)+len(test.place))}
		want := "a.md:1:" + d.Pos.String()[len("a.md:1:"):] + ": warning: \n  1 | " + test.line + "\n    | " + test.under + "\n"
		if got := d.Text(); got != want {
			t.Errorf("printed as\n%swant\n%s", got, want)
		}
		if n := utf8.RuneCountInString(test.line); n > shown+2 {
			t.Errorf("%d runes are printed", n)
		}
	}
}
