package diag

import (
	"strings"
	"testing"
)

// A line with thousands of faults must not be kept thousands of times.
func TestExcerptsOfLongLines(t *testing.T) {
	src := Source{Path: "a.md", Text: []byte("first\n" + strings.Repeat("[a](b.md) ", 40_000))}
	kept := 0
	for at := 6; at < len(src.Text); at += 1000 {
		p := src.Pos(at, at+9)
		if p.Line != 2 || p.Column != at-5 {
			t.Fatalf("byte %d is at %d:%d", at, p.Line, p.Column)
		}
		kept += len(p.Excerpt)
	}
	if near := src.Pos(2006, 2015); len(near.Excerpt) < 2000 || kept > 20_000 {
		t.Errorf("a place near the start keeps %d bytes, 400 places keep %d", len(near.Excerpt), kept)
	}
}
