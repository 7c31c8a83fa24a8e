package diag

import (
	"strings"
	"testing"
)

// The underline stands below the place in a terminal, whatever stands before it.
// The cells that each sample takes are those of kitty, WezTerm and Windows Terminal.
func TestUnderlineBelowWideCharacters(t *testing.T) {
	for sample, cells := range map[string]int{
		"ab": 2, "ü": 1, "u\u0308": 1, "日本": 4, "ｗ": 2, "ｶ": 1, "한": 2, "\u1112\u1161\u11ab": 2, "😀": 2, "❤": 1, "❤\ufe0f": 2,
		"👩🏽\u200d💻": 2, "👨\u200d👩\u200d👧": 2, "🇩🇪": 2, "1\ufe0f\u20e3": 2, "a\u200bb": 2, "\ufeffa": 1, "क्\u200dष": 2, "a\u00adb": 3, "\t": 1, "—": 1,
		"か\u3099": 2, "、": 2, "": 0,
	} {
		src := Source{Text: []byte(sample + "key" + sample + ": x")}
		d := Diagnostic{Pos: src.Pos(len(sample), len(sample)+3+len(sample))}
		lines := strings.Split(d.Text(), "\n")
		if want := "    | " + strings.Repeat(" ", cells) + strings.Repeat("^", 3+cells); lines[2] != want {
			t.Errorf("%q:\n%s\n%s\nwant\n%s", sample, lines[1], lines[2], want)
		}
	}
}

// A place behind the end of a line is shown there.
func TestUnderlineBehindTheEnd(t *testing.T) {
	src := Source{Text: []byte("日本\nnext")}
	if got, want := (Diagnostic{Pos: src.Pos(6, 6)}).Text(), "\n  1 | 日本\n    |     ^\n"; !strings.HasSuffix(got, want) {
		t.Errorf("printed as %q, want %q", got, want)
	}
}
