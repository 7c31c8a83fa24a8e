package advice_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"rapport/internal/advice"
)

// speaking are the settings of the site in another language.
func speaking(language string) string {
	return "title: Test\ndescription: A small site whose pages are used by a browser.\nbase_url: https://example.org/sub/\nlanguage: " + language + "\n"
}

// TestPagesInOtherLanguages uses pages whose interface is German or Arabic,
// which are wider, or go the other way.
func TestPagesInOtherLanguages(t *testing.T) {
	for language, says := range map[string]struct{ left, due string }{
		"de": {"1 von 6 erledigt, noch 1 Pflichtpunkt", "3 Werktage danach Mi., 8. Jan. 2020 (überfällig)"},
		"ar": {"أُنجز 1 من 6، بقي بند إلزامي واحد", "بعد الموعد بـ 3 أيام عمل الأربعاء، 8 يناير 2020 (متأخر)"},
	} {
		r := newReader(t, serve(t, built(t, map[string]string{"site.yaml": speaking(language)})), "")
		r.open("/checklists/after/")
		r.use("The name", " ")
		r.date("Meeting date", "2020-01-03")
		r.Sees(`[data-item="link"] .due`, says.due)
		r.AxeOnScreens(language + ", half done")
		r.use("Send a thank-you", " ")
		r.Sees(whole, strings.Replace(says.left, "1", "2", 1))
		for _, page := range []string{"/assessments/warm/", "/templates/ask/", "/questions/bank/", "/guides/path/", "/progress/"} {
			r.open(page)
			r.AxeOnScreens(language + page)
		}
	}
}

// TestArticleInOtherLanguages closes articles in the words of the site's
// language, which is as good as the English ones.
func TestArticleInOtherLanguages(t *testing.T) {
	for language, heading := range map[string]string{"de": "Wie es weitergeht", "ar": "خطوتك التالية"} {
		site := built(t, map[string]string{ // which fails on any warning
			"site.yaml":                speaking(language),
			"content/articles/last.md": "---\ntitle: Zum Schluss\nsummary: Ein kurzer Text, der sagt, wohin man danach gehen kann.\n---\nLeer ist er nicht.\n\n## " + heading + "\n- [Weiter](read.md)\n",
		})
		if !strings.Contains(string(site["articles/last/index.html"]), heading) {
			t.Errorf("%s: the article is not there", language)
		}
	}
}

var spoken = regexp.MustCompile("\\bsay\\(\"([a-z.-]+)\"")

// TestScriptsSpeak looks up what scripts say in the words of the default theme.
func TestScriptsSpeak(t *testing.T) {
	words, err := os.ReadFile("../../themes/default/messages/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for name, script := range advice.Scripts() {
		for _, m := range spoken.FindAllStringSubmatch(string(script), -1) {
			said++
			if key := regexp.MustCompile(`(?m)^js\.[a-z]+\.` + regexp.QuoteMeta(m[1]) + `(\.other)?:`); !key.Match(words) {
				t.Errorf("%s says %q, for which there are no words", name, m[1])
			}
		}
	}
	if said < 100 {
		t.Errorf("only %d words were found", said)
	}
}
