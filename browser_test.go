package rapport_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapport/internal/browsertest"
	"rapport/internal/sitetest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// TestEveryPage opens each page of the starter and looks at it on a phone and
// on a desk, light and dark: no accessibility violation, nothing wider than a
// 320 px screen, no word against the policy, no request to another host.
func TestEveryPage(t *testing.T) {
	site := starter(t)
	b := browsertest.Open(t)
	host := browsertest.Serve(t, site.Files, "/")
	for _, name := range htmlFiles(site) {
		b.Screen(390, 844, "light")
		b.Goto(host.URL + "/" + strings.TrimSuffix(name, "index.html"))
		// The page stays while the screen around it changes, which costs less
		// than opening it four times.
		for _, width := range []int64{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				b.Screen(width, 844, scheme)
				b.Axe(fmt.Sprintf("%s at %d px, %s", name, width, scheme))
			}
		}
		b.Screen(320, 640, "light")
		if by := b.Eval(`document.documentElement.scrollWidth - document.documentElement.clientWidth`); by != "0" {
			t.Errorf("%s is %s px wider than a screen of 320 px", name, by)
		}
		for _, said := range b.Said() {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// unseen lists the text of the main part that a reader does not see: neither
// what waits for a script (hidden) nor what a fold holds until it is opened.
const unseen = `[...document.querySelectorAll("main *")].filter(e =>
	[...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) &&
	!e.closest("[hidden], details:not([open]), noscript, .visually-hidden, .print, .breadcrumbs") &&
	(!e.checkVisibility({opacityProperty: true, visibilityProperty: true}) || !e.getClientRects().length) && !e.matches(".anchor")).map(e => e.className + " " + e.textContent.trim().slice(0, 40)).concat(
	document.querySelector("main").innerText.trim().length < 60 ? ["all but " + document.querySelector("main").innerText] : [],
	[...document.querySelectorAll("main [hidden]")].filter(e => e.querySelector("h1, form, .prose, .cards") || e.textContent.trim().length > 200).map(e => "hidden: " + e.className))`

// TestEveryPageInASubPathWithoutScript opens each page of a site that stands
// in a folder of its host, with scripts and without: all that it loads is
// there, and the main content can be read.
func TestEveryPageInASubPathWithoutScript(t *testing.T) {
	site := starterAt(t, "https://example.org/guides/warm/")
	b := browsertest.Open(t)
	host := browsertest.Serve(t, site.Files, "/guides/warm/")
	b.Screen(1280, 844, "light")
	for _, script := range []bool{true, false} {
		b.Scripts(script)
		for _, name := range htmlFiles(site) {
			b.Goto(host.URL + "/guides/warm/" + strings.TrimSuffix(name, "index.html"))
			if !script {
				if missed := b.Eval("(" + unseen + `).join("; ")`); missed != "" {
					t.Errorf("%s without script: not to be seen: %s", name, missed)
				}
			}
			for _, said := range b.Said() {
				t.Errorf("%s, scripts %v: %s", name, script, said)
			}
		}
	}
}

// htmlFiles returns the pages that readers open. Redirects leave at once.
func htmlFiles(b sitetest.Site) []string {
	var list []string
	for name, data := range b.Files {
		if strings.HasSuffix(name, ".html") && !strings.Contains(string(data), `http-equiv="refresh"`) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
