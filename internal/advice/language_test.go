package advice_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"rapport/internal/advice"
)

// TestArticleInOtherLanguages closes articles in the words of the site's
// language, which is as good as the English ones.
func TestArticleInOtherLanguages(t *testing.T) {
	for language, heading := range map[string]string{"de": "Wie es weitergeht", "ar": "خطوتك التالية"} {
		site := built(t, map[string]string{ // which fails on any warning
			"site.yaml":                "title: Test\ndescription: A small site whose pages are used by a browser.\nbase_url: https://example.org/sub/\nlanguage: " + language + "\n",
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
