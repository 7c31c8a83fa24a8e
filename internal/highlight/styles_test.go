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
	colour := regexp.MustCompile(`color:(#[0-9a-f]{6})`)
	light, dark := Styles()
	for _, sheet := range []struct{ css, background string }{{light, lightBackground}, {dark, darkBackground}} {
		found := colour.FindAllStringSubmatch(sheet.css, -1)
		if len(found) != strings.Count(sheet.css, "color:") || len(found) < 8 {
			t.Errorf("%d colours in\n%s", len(found), sheet.css)
		}
		for _, m := range found {
			if c := contrast(m[1], sheet.background); c < 4.5 {
				t.Errorf("%s on %s: %.2f", m[1], sheet.background, c)
			}
		}
	}
}

func TestStyles(t *testing.T) {
	light, dark := Styles()
	again, _ := Styles()
	if light != again {
		t.Error("two calls, two style sheets")
	}
	for _, css := range []string{light, dark} {
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
	}
	if !strings.HasPrefix(light, "pre :is(.k,") && !strings.HasPrefix(light, "pre :is(.c,") {
		t.Errorf("starts %.40s", light)
	}
}
