package render_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var messageKey = regexp.MustCompile(`(?m)^([a-z][a-z0-9.-]*):`)

// forms are the plural forms of each language (Unicode CLDR).
var forms = map[string][]string{
	"en": {"one", "other"}, "de": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"},
}

func messageKeys(t *testing.T, language string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile("../../themes/default/messages/" + language + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, m := range messageKey.FindAllStringSubmatch(string(data), -1) {
		if keys[m[1]] {
			t.Errorf("%s: %s stands twice", language, m[1])
		}
		keys[m[1]] = true
	}
	return keys
}

// Each language has all words, with each form that it has for numbers, and no
// words that nobody uses.
func TestMessagesAreWhole(t *testing.T) {
	english := messageKeys(t, "en")
	for _, language := range []string{"de", "ar"} {
		keys, wanted := messageKeys(t, language), map[string]bool{}
		for key := range english {
			base, counted := strings.CutSuffix(key, ".other")
			switch {
			case counted && english[base+".one"]:
				for _, form := range forms[language] {
					wanted[base+"."+form] = true
				}
			case strings.HasSuffix(key, ".one") && english[strings.TrimSuffix(key, ".one")+".other"]:
			default:
				wanted[key] = true
			}
		}
		var wrong []string
		for key := range wanted {
			if !keys[key] {
				wrong = append(wrong, "lacks "+key)
			}
		}
		for key := range keys {
			if !wanted[key] {
				wrong = append(wrong, "has "+key+", which English has not")
			}
		}
		slices.Sort(wrong)
		for _, w := range wrong {
			t.Errorf("%s %s", language, w)
		}
	}
}

func TestLanguageAndDirection(t *testing.T) {
	for language, want := range map[string]struct{ direction, minutes, reviewed string }{
		"de": {"ltr", "1 Minute", "Geprüft am 4. März 2026"},
		"ar": {"rtl", "دقيقة واحدة", "تمت المراجعة في 4 مارس 2026"},
	} {
		site, _ := kitchen(t, "", "language: en", "language: "+language)
		p := open(t, site, "articles/everything/index.html")
		p.has(map[string]int{"html[lang=" + language + "][dir=" + want.direction + "]": 1})
		if got := text(p.all(".page-meta")[0]); !strings.Contains(got, want.minutes) || !strings.Contains(got, want.reviewed) {
			t.Errorf("%s: the page says %q", language, got)
		}
	}
}
