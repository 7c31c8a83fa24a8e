package render

import (
	"strings"
	"testing"

	"rapport/internal/diag"
	"rapport/internal/site"
)

func color(t *testing.T, s string) rgb {
	t.Helper()
	c, ok := parseColor(s)
	if !ok {
		t.Fatalf("%s is no colour", s)
	}
	return c
}

// The reference values are those of the definition: WCAG 2.2 gives 21 for black
// on white, and grey #767676 as the lightest with 4.5 on white.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		from, to float64
	}{
		{"#000000", "#ffffff", 21, 21},
		{"#ffffff", "#ffffff", 1, 1},
		{"#767676", "#ffffff", 4.5, 4.6},
		{"#777777", "#ffffff", 4.4, 4.5},
	} {
		got, back := contrast(color(t, c.a), color(t, c.b)), contrast(color(t, c.b), color(t, c.a))
		if got < c.from-1e-9 || got > c.to+1e-9 || got != back {
			t.Errorf("contrast of %s and %s is %.3f and %.3f, want %.1f to %.1f", c.a, c.b, got, back, c.from, c.to)
		}
	}
}

func TestColorsReadAndWriteBack(t *testing.T) {
	for _, s := range []string{"#000000", "#ffffff", "#2f6f5e", "#0a0b0c", "#fe0180"} {
		if got := color(t, s).String(); got != s {
			t.Errorf("%s became %s", s, got)
		}
		if got := moved(color(t, s), 1, 0).String(); got != s {
			t.Errorf("%s moved by nothing became %s", s, got)
		}
		if got := moved(color(t, s), 1, 1).String(); got != "#ffffff" {
			t.Errorf("%s moved all the way to white became %s", s, got)
		}
	}
	if got := moved(color(t, "#7a4a1e"), 1, 0.6).String(); got != "#e2ab7f" {
		t.Errorf("a lighter brown is %s, which is more grey than it need be", got)
	}
	for _, s := range []string{"", "#fff", "2f6f5e", "#2f6f5g", "#2f6f5ee", "#+12345"} {
		if _, ok := parseColor(s); ok {
			t.Errorf("%q was read as a colour", s)
		}
	}
}

// Whatever colour a brand has, text in it can be read on both papers.
func TestAccentsCanBeRead(t *testing.T) {
	steps := []string{"00", "33", "66", "99", "cc", "ff"}
	for _, r := range steps {
		for _, g := range steps {
			for _, b := range steps {
				wish := "#" + r + g + b
				light, dark, adjusted := accents(wish)
				if c := contrast(color(t, light), color(t, lightPaper)); c < enough {
					t.Errorf("%s: %s has %.2f on light paper", wish, light, c)
				}
				if c := contrast(color(t, dark), color(t, darkPaper)); c < enoughOnDark {
					t.Errorf("%s: %s has %.2f on dark paper", wish, dark, c)
				}
				if adjusted != (contrast(color(t, wish), color(t, lightPaper)) < enough) {
					t.Errorf("%s: adjusted is %v", wish, adjusted)
				}
				if !adjusted && light != wish {
					t.Errorf("%s can be read but became %s", wish, light)
				}
			}
		}
	}
}

func TestBrandStyle(t *testing.T) {
	at := map[string]diag.Pos{"color": {File: "site.yaml", Line: 7}}
	css, diags := brandStyle(site.Brand{Color: "#2F6F5E", Font: "serif"})
	if len(diags) > 0 || !strings.Contains(css, "--accent:light-dark(#2f6f5e,") || !strings.Contains(css, "--text:Charter") {
		t.Errorf("a plain brand gave %v and\n%s", diags, css)
	}
	css, diags = brandStyle(site.Brand{Color: "#ffcc00", At: at})
	if len(diags) != 1 || diags[0].Severity != diag.Warning || diags[0].Pos.Line != 7 || !strings.Contains(diags[0].Message, "#ffcc00") {
		t.Errorf("a faint colour gave %v", diags)
	}
	if strings.Contains(css, "(#ffcc00") || !strings.Contains(css, ",#ffcc00)") {
		t.Errorf("the colour is faint on light paper only, but the sheet is\n%s", css)
	}
	if css, diags := brandStyle(site.Brand{Name: "Plain"}); css != "" || len(diags) > 0 {
		t.Errorf("a brand without looks gave %v and %q", diags, css)
	}
}

func TestBrandPathTellsLooksApartAndNothingElse(t *testing.T) {
	a := brandPath(site.Brand{Name: "A", Color: "#2f6f5e"})
	if b := brandPath(site.Brand{Name: "B", Color: "#2F6F5E"}); a != b {
		t.Errorf("two names of one look stand at %s and %s", a, b)
	}
	for _, other := range []site.Brand{{Color: "#2f6f5f"}, {Color: "#2f6f5e", Font: "sans"}, {Font: "sans"}} {
		if b := brandPath(other); a == b {
			t.Errorf("%+v stands where another look does", other)
		}
	}
	if got := brandPath(site.Brand{Name: "Plain"}); got != "" {
		t.Errorf("a brand without looks stands at %s", got)
	}
}
