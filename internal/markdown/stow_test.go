package markdown

import (
	"slices"
	"testing"

	"rapport/internal/diag"
)

// checkStowed puts a document aside and gets it back: what an output shows of
// it must be the same, and bytes that are cut short must say so.
func checkStowed(t *testing.T, doc Doc) {
	t.Helper()
	stowed := string(doc.Stow(nil))
	back, err := Unstow(stowed)
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]Body{{doc.Body, back.Body}, {doc.Notes, back.Notes}} {
		if want, got := pair[0].Fill(mark1), pair[1].Fill(mark1); got != want {
			t.Errorf("came back as\n%s\nwant\n%s", got, want)
		}
		for i, want := range pair[0].Holes() {
			want.Pos.Excerpt = "" // the file has it
			if got := pair[1].Holes()[i]; got != want {
				t.Errorf("hole %d came back as %+v, want %+v", i, got, want)
			}
		}
	}
	outline := slices.Clone(doc.Outline)
	for i := range outline {
		outline[i].Start = 0 // for the search, which reads before
	}
	if !slices.Equal(back.Outline, outline) {
		t.Errorf("the outline came back as %v, want %v", back.Outline, outline)
	}
	if _, err := Unstow(stowed[:len(stowed)/2]); err == nil {
		t.Error("half a document is one")
	}
}

func TestStow(t *testing.T) {
	src := diag.Source{Path: "content/a.md", Text: []byte("# A\n\n[b](b.md \"B\") ![c](c.png) [@d, p. 3] [[e]] [^1]\n\n## F\n\ng\n\n[^1]: See [h](h.md).\n")}
	doc, _ := New(Options{}).Convert(src, 0, false)
	checkStowed(t, doc)

	var back Body
	data, err := doc.Body.MarshalBinary()
	if err == nil {
		err = back.UnmarshalBinary(data)
	}
	if err != nil || back.Fill(mark1) != doc.Body.Fill(mark1) || back.Holes()[0].Pos.File != "content/a.md" {
		t.Errorf("a body came back as %+v, %v", back, err)
	}
	for i := range data { // whatever is in it, it must not panic
		data[i] ^= 0xff
		_ = back.UnmarshalBinary(data)
		data[i] ^= 0xff
	}
}
