package render_test

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestHandoutsMayUseEveryPublicWord gives the kitchen a handout that uses each
// word of all its other pages: none of them is a secret. What fails here is a
// word that the program itself writes, and belongs into the vocabulary.
func TestHandoutsMayUseEveryPublicWord(t *testing.T) {
	site, _ := kitchen(t, "")
	words := map[string]bool{}
	for path, data := range site {
		if path == handout || strings.HasPrefix(path, "assets/") || strings.HasSuffix(path, ".js") || strings.HasSuffix(path, ".bin") {
			continue
		}
		for _, w := range regexp.MustCompile(`[\pL\pM]{5,20}\b`).FindAll(data, -1) {
			words[string(bytes.ToLower(w))] = true
		}
	}
	text := "---\ntitle: Words\nsummary: A handout that uses each word of the site, to see that none is taken for a secret.\nkey: zzzz1111zzzz\nexpires: 2099-01-01\n---\n" +
		strings.Join(slices.Sorted(maps.Keys(words)), "\n\n") + "\n\n## Do\n1. [The list](../checklists/the-list.md)\n"
	_, diags := kitchenWith(t, map[string]string{"content/handouts/words.md": text})
	for _, d := range diags {
		if strings.Contains(d.Message, " says ") {
			t.Error(d.Message)
		}
	}
}
