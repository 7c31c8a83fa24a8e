package render_test

import (
	"strings"
	"testing"
)

// A theme holds only what it changes: here a layout, a partial, a piece shared
// by all pages, an asset and one of the words. All else is the default theme's.
func TestAThemeChangesOnlyWhatItHolds(t *testing.T) {
	plain, _ := kitchen(t, "")
	tiny, diags := kitchen(t, "tiny")
	if len(diags) > 0 {
		t.Fatalf("the tiny theme gave %v", diags)
	}
	term := open(t, tiny, "glossary/warm-lead/index.html")
	term.has(map[string]int{".tiny-term h1": 1, ".page-header": 0, ".tiny-footer": 1, ".site-header": 1, "link[rel=canonical]": 1})
	list := open(t, tiny, "checklists/the-list/index.html")
	list.has(map[string]int{"form.checklist-form": 1, ".tiny-footer": 1, ".site-footer": 0, ".breadcrumbs": 0, ".tiny-crumbs": 1})
	sheet := ""
	for _, n := range list.all("link[rel=stylesheet]") {
		if url := attr(n, "href"); strings.Contains(url, "/style.") {
			sheet = strings.TrimPrefix(url, "/kitchen/")
		}
	}
	if skip, search := text(term.all(".skip")[0]), text(term.all(".search-link")[0]); skip != "To the text" || search != "Search" {
		t.Errorf("the theme's words are %q and the others %q", skip, search)
	}
	if got := string(tiny[sheet]); got != ".tiny-term{color:#222}\n" {
		t.Errorf("the style sheet %s is %.60q", sheet, got)
	}
	if _, ok := plain[sheet]; ok {
		t.Error("another style sheet stands under the same name")
	}
	before, after := open(t, plain, "checklists/the-list/index.html"), list
	if a, b := text(before.all("article")[0]), text(after.all("article")[0]); a != b {
		t.Error("the tiny theme changed what it does not hold")
	}
}
