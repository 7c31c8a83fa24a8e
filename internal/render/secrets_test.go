package render

import (
	"fmt"
	"strings"
	"testing"
)

// TestParts sorts the words of a handout by what they are, and leaves out what
// only names public things.
func TestParts(t *testing.T) {
	source := strings.Join([]string{"---", "title: Four weeks", "brand: lantern # for Anna", "# a comment", "tags:", "  - one", "authors: [ann]", "params:", "  note: secret", "---",
		"Dear", "reader", "", "# Head", "- item", "  goes on", "2. second", "<!-- said -->", "```", "code", "", "more", "```", "after"}, "\r\n")
	var got []string
	for _, p := range parts([]byte(source)) {
		got = append(got, fmt.Sprintf("%s=%s", p.kind, strings.TrimSpace(p.text)))
	}
	want := "title=Four weeks|comment=for Anna|comment=# a comment|tags=|tags=- one|params=|params=note: secret|" +
		"text=Dear reader|heading=# Head|item=- item goes on|item=2. second|comment=<!-- said -->|code=code|code=|code=more|text=after"
	if strings.Join(got, "|") != want {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	for _, odd := range []string{"", "---", "+++\ntitle = \"x\"", "---\n---", "```", "\n\n"} {
		parts([]byte(odd)) // nothing to panic about
	}
}
