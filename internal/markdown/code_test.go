package markdown

import (
	"strings"
	"testing"
)

// Characters that HTML may not hold become U+FFFD in code too, whether or not
// its language is known.
func TestControlCharactersInCode(t *testing.T) {
	for _, lang := range []string{"", "text", "go", "nobody-knows"} {
		got := convert(t, "```"+lang+"\n\x00é\x01\x1b[31m\t\x7f\n```\n").Body.Fill(nil)
		if strings.Count(got, "\uFFFD") != 4 || strings.ContainsAny(got, "\x00\x01\x1b\x7f") || !strings.Contains(got, "\t") {
			t.Errorf("in %q it is %q", lang, got)
		}
	}
}
