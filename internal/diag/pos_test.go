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

// What a file says, or is called, cannot steer the terminal that it is shown in.
func TestTextIsHarmless(t *testing.T) {
	bad := "a\x1b]0;b\a\u202ec\nd"
	src := Source{Path: bad, Text: []byte("x \x1b[2J\u2066 y")}
	d := Diagnostic{Severity: Error, Pos: src.Pos(0, 1), Message: "there is no " + bad, Hint: "add " + bad}
	if got, want := d.Text(), "a ]0;b  c d:1:1: error: there is no a ]0;b  c d\n  1 | x  [2J  y\n    | ^\n  hint: add a ]0;b  c d\n"; got != want {
		t.Errorf("printed as %q, want %q", got, want)
	}
}
