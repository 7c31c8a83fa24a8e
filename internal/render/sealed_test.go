package render_test

import (
	"strings"
	"testing"
)

const letter = `---
title: A letter to Wilhelmina
summary: A sealed handout with a picture in it, of which no output says a single word.
client: W. T.
key: s4s4s4s4s4s4
expires: 2099-01-01
access: passphrase
include: embed
---
Dear Wilhelmina ![Your garden](garden.png)

## First
1. [The list](../checklists/the-list.md) Begin here.
`

const lettered = "handouts/letter-s4s4s4s4s4s4/"

// A locked page has a form to come, the brand and the address, and nothing of
// the page behind it. Its files have addresses below the path of the site.
func TestLockedPage(t *testing.T) {
	site, diags := kitchenWith(t, map[string]string{"content/handouts/letter.md": letter, "content/handouts/garden.png": "a picture"})
	for _, d := range diags {
		t.Errorf("%s: %s", d.Pos.File, d.Message)
	}
	page := open(t, site, lettered+"index.html")
	page.has(map[string]int{"h1": 1, "main > section[data-sealed]": 1, "meta[name=robots]": 1, ".handout-brand": 1, ".site-header nav": 0, "script[type=module]": 1, "noscript": 1, "[data-keep]": 1, ".qr": 0})
	lock := page.all("[data-sealed]")[0]
	file := attr(lock, "data-files")
	if !strings.HasPrefix(file, "/kitchen/"+lettered) || site[strings.TrimPrefix(file, "/kitchen/")] == nil {
		t.Errorf("the sealed file is at %s", file)
	}
	for _, module := range []string{"guide", "checklist", "trail"} {
		if !strings.Contains(attr(lock, "data-scripts"), "/advice/"+module+".") {
			t.Errorf("%s is not among the modules %s", module, attr(lock, "data-scripts"))
		}
	}
	if got := text(page.all("title")[0]) + attr(page.all("meta[name=description]")[0], "content") + text(page.all("main")[0]); strings.Contains(got, "Wilhelmina") || strings.Contains(got, "W. T.") {
		t.Errorf("the locked page says %q", got)
	}
	if site["handouts/garden.png"] != nil {
		t.Error("the picture stands on the site as it was")
	}
}

// A theme that leaves no place to seal gives an error, and nothing is shown.
func TestThemeWithoutMain(t *testing.T) {
	site, diags := kitchenWith(t, map[string]string{"content/handouts/letter.md": letter, "content/handouts/garden.png": "a picture",
		"themes/default/layouts/base.html": `<!doctype html><title>{{.Title}}</title>{{block "main" .}}{{end}}`})
	found := ""
	for _, d := range diags {
		found += d.Message + "\n"
	}
	if !strings.Contains(found, "the handout cannot be sealed: the page has no main part") || strings.Contains(string(site[lettered+"index.html"]), "Wilhelmina") {
		t.Errorf("found %s in %s", found, site[lettered+"index.html"])
	}
}
