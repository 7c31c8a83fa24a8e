package highlight

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c chroma.Colour) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.Red()) + 0.7152*linear(c.Green()) + 0.0722*linear(c.Blue())
}

func contrast(a, b string) float64 {
	x, y := luminance(chroma.ParseColour(a)), luminance(chroma.ParseColour(b))
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestStylesHaveContrast(t *testing.T) {
	if c := contrast("#000000", "#ffffff"); c != 21 {
		t.Fatalf("black on white is %v", c)
	}
	colours := regexp.MustCompile(`color:light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)`)
	css := Styles()
	found := colours.FindAllStringSubmatch(css, -1)
	if len(found) != strings.Count(css, "color:") || len(found) < 8 {
		t.Errorf("%d colours in\n%s", len(found), css)
	}
	for _, m := range found {
		for i, background := range []string{lightBackground, darkBackground} {
			if c := contrast(m[i+1], background); c < 4.5 {
				t.Errorf("%s on %s: %.2f", m[i+1], background, c)
			}
		}
	}
}

func TestStyles(t *testing.T) {
	css := Styles()
	if css != Styles() {
		t.Error("two calls, two style sheets")
	}
	if len(css) > 1228 {
		t.Errorf("%d bytes", len(css))
	}
	for _, class := range []string{".k,", ".c1,", ".s2,", ".nv,", ".gh,"} {
		if !strings.Contains(strings.ReplaceAll(css, ")", ","), class) {
			t.Errorf("no rule for %s", class)
		}
	}
	for _, class := range []string{".bg", ".ln", ".chroma", ".w,", ".err"} {
		if strings.Contains(css, class) {
			t.Errorf("a rule for %s", class)
		}
	}
	if !strings.HasPrefix(css, "pre :is(.k,") && !strings.HasPrefix(css, "pre :is(.c,") {
		t.Errorf("starts %.40s", css)
	}
}
