package search

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The example shows themes all that page.js looks for, so it must name it all.
func TestExampleHasAllParts(t *testing.T) {
	html, err := os.ReadFile("testdata/search.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, use := range regexp.MustCompile(`(?:part|show)\("(\w+)"`).FindAllStringSubmatch(pageJS, -1) {
		if !strings.Contains(string(html), "data-search-"+use[1]) {
			t.Errorf("data-search-%s is not in the example", use[1])
		}
		if !strings.Contains(pageJS, "[data-search-"+use[1]+"]") {
			t.Errorf("data-search-%s is not described at the top of page.js", use[1])
		}
	}
	for _, use := range regexp.MustCompile(`say\((?:[^"()]*\? )?"(\w+)"`).FindAllStringSubmatch(pageJS, -1) {
		if !strings.Contains(string(html), "data-"+use[1]+"=") || !strings.Contains(pageJS, "data-"+use[1]) {
			t.Errorf("data-%s is not in the example or not described", use[1])
		}
	}
}

// Nothing that a strict policy forbids, and no way to write markup.
func TestModulesWriteTextOnly(t *testing.T) {
	for name, js := range map[string]string{"client.js": clientJS, "page.js": pageJS} {
		for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setAttribute(\"style", ".style.", "javascript:"} {
			if strings.Contains(js, bad) {
				t.Errorf("%s uses %s", name, bad)
			}
		}
	}
}
