package render

import (
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/site"
)

// The least favourable surfaces of the default theme that text in the accent
// colour stands on, in light and in dark (--sunk in style.css, tinted).
const (
	lightPaper = "#f1ede6"
	darkPaper  = "#2f2a26"
)

// enough is the least contrast of text on paper (WCAG 2.2, 1.4.3, level AA).
// On dark paper a colour lightened only that far looks drowsy, so links and
// buttons get more.
const (
	enough       = 4.5
	enoughOnDark = 6.5
)

// readable returns the colour nearest to the wish that has the contrast on the
// paper: the wish itself, or the wish made darker or lighter.
func readable(wish, paper rgb, least float64) rgb {
	if contrast(wish, paper) >= least {
		return wish
	}
	ink, lightness := rgb{}, 0.0
	if luminance(paper) < 0.18 { // white has more contrast than black
		ink, lightness = rgb{1, 1, 1}, 1
	}
	for t := 0.01; t < 1; t += 0.01 {
		if c, _ := parseColor(moved(wish, lightness, t).String()); contrast(c, paper) >= least {
			return c // as it is written, rounding included
		}
	}
	return ink
}

// accents returns a brand's colour as it can be read on light and on dark
// paper. It is adjusted if the light one is not the wish: that is the paper on
// which, and on real paper too, a brand shows its colour. That the dark one is
// lighter than the wish is the rule and no news.
func accents(wish string) (light, dark string, adjusted bool) {
	c, ok := parseColor(wish)
	if !ok {
		return "", "", false
	}
	onLight, _ := parseColor(lightPaper)
	onDark, _ := parseColor(darkPaper)
	light, dark = readable(c, onLight, enough).String(), readable(c, onDark, enoughOnDark).String()
	return light, dark, light != strings.ToLower(wish)
}

// typefaces are what the font of a brand stands for; system fonts, so nothing
// is loaded. The theme's own pair is used where a brand names none.
var typefaces = map[string]string{
	"sans":   "--text:system-ui,sans-serif;--head:system-ui,sans-serif",
	"serif":  `--text:Charter,"Bitstream Charter","Iowan Old Style",Cambria,Georgia,serif;--head:var(--text)`,
	"system": "--text:system-ui;--head:system-ui",
}

// brandStyle returns the style sheet of a brand: its colour and typeface as
// custom properties. It is empty for a brand that has neither.
func brandStyle(b site.Brand) (css string, diags diag.List) {
	var parts []string
	light, dark, adjusted := accents(b.Color)
	if light != "" {
		parts = append(parts, "--accent:light-dark("+light+","+dark+")")
	}
	if face := typefaces[b.Font]; face != "" {
		parts = append(parts, face)
	}
	if len(parts) == 0 {
		return "", nil
	}
	css = ":root{" + strings.Join(parts, ";") + "}\n"
	if adjusted {
		diags.Warn(b.At["color"], "write color: \""+light+"\" to have what is shown, or choose a darker one", "the color %s is too faint to read on light paper; %s is shown instead", b.Color, light)
	}
	return css, diags
}

// brandPath returns where the style sheet of a brand stands. The name holds a
// hash of what decides its bytes and not of the bytes, so that a page that
// links to it need not make it; it does not hold the brand's id, so that it
// tells nobody for whom a handout is.
func brandPath(b site.Brand) string {
	if b.Color == "" && typefaces[b.Font] == "" {
		return ""
	}
	made := strings.Join([]string{strings.ToLower(b.Color), typefaces[b.Font], looks}, "\x00")
	return "assets/brand." + files.Sum([]byte(made)).String()[:12] + ".css"
}

// looks tells the versions of brandStyle apart: a new one for each change of
// what it makes of a brand.
const looks = "4"

// brandTargets are the style sheets of the brands, one for all that look alike.
func brandTargets(w *World) []Target {
	var list []Target
	seen := map[string]bool{}
	for _, id := range sortedNames(w.Site.Config.Brands) {
		path := brandPath(w.Site.Config.Brands[id])
		if path == "" || seen[path] {
			continue
		}
		seen[path] = true
		list = append(list, Target{path, "brand " + id, func(v *View) ([]byte, error) {
			css, diags := brandStyle(v.config().Brands[id])
			v.diags.Add(diags)
			return []byte(css), nil
		}})
	}
	return list
}
