package render_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
)

const handout = "handouts/first-weeks-k7q2m9x4/index.html"

func TestTheKitchenBuildsWithoutAComplaint(t *testing.T) {
	for _, language := range []string{"en", "de", "ar"} {
		_, diags := kitchen(t, "", "language: en", "language: "+language)
		for _, d := range diags {
			t.Errorf("%s: %s: %s", language, d.Pos.File, d.Message)
		}
	}
}

// Each kind of page has what its readers need, before any script runs.
func TestLayouts(t *testing.T) {
	site, _ := kitchen(t, "")
	for path, counts := range map[string]map[string]int{
		"index.html": {"main form[role=search] #home-search[name=q]": 1, ".guide-cards .card": 1, ".asks .card": 2, ".stages a": 2, ".places a": 8, ".breadcrumbs": 0},
		"articles/everything/index.html": {".page-header .summary": 1, "time[datetime='2026-03-04']": 1, "[rel=author]": 1, ".page-header img[alt]": 1,
			".outline details:not([open]) a": 5, "aside.alert": 5, "details.alert": 1, ".table[tabindex='0'] table": 1, "pre[tabindex='0']": 2, "#do-this-next + ul > li > a": 1,
			".footnotes li": 1, ".footnote-back": 1, ".references li[id='ref-granovetter-1973']": 1, ".cite[href='#ref-granovetter-1973']": 1, ".term[title]": 1,
			".steps-of a": 1, ".related .card": 2, ".filed a": 5, ".filed a[rel=tag]": 2, ".neighbours a": 1, "li.task input[type=checkbox]": 2, "img[width='320']": 0},
		"articles/short/index.html":    {".badge-disputed": 1, ".outline": 0, ".neighbours a[rel=prev]": 1},
		"articles/middling/index.html": {".neighbours a[rel=prev]": 1, ".neighbours a[rel=next]": 1},
		"articles/index.html":          {".cards .card": 3, ".card .type": 3, ".card-meta use": 3},
		"checklists/the-list/index.html": {"form.checklist-form[data-config][data-page]": 1, ".item": 6, ".item.required": 2, ".items .items .item": 2, "input[checked]": 1,
			".item label": 7, ".weight": 6, ".due": 3, "#anchor-date[type=date]": 1, "textarea": 2, ".band": 2, ".range": 2, ".footnotes li": 1, ".print .qr path": 1},
		"checklists/the-test/index.html": {"form.assessment-form[data-config]": 1, "[data-dimension]": 2, "fieldset[data-question] legend[id]": 2, "input[type=radio]": 2, "input[type=checkbox]": 2,
			".weight": 4, ".scoring li": 1, "[data-band]": 2, "[data-weakest]": 2, ".disclaimer": 1},
		"templates/the-message/index.html": {".messages[data-config]": 1, "figure.message[data-channel]": 4, ".subject": 1, ".blank[data-field]": 8, ".fields dt": 3, ".facts dd": 3, "figcaption use": 4},
		"questions/the-bank/index.html":    {".bank[data-config]": 1, "[data-situation]": 3, "li[data-question]": 4, "[data-depth]": 3, ".why": 1},
		"guides/the-path/index.html":       {".phase": 2, ".steps > li[value]": 3, ".steps > li[value='3']": 1, ".optional .badge": 1, ".step-link": 3, ".due": 2, ".facts dt": 3},
		handout:                            {".handout-brand": 1, ".site-header nav": 0, ".search-link": 0, ".breadcrumbs": 0, ".steps > li": 2, ".due time": 1, "meta[name=robots]": 1, "a.brand": 0},
		"handouts/all-of-it-w8e5r2t7y4u1/index.html": {".steps > li": 7, ".steps > li > .embedded": 5, "[data-embedded] form.checklist-form": 1, "[data-embedded] form.assessment-form": 1,
			"[data-embedded] .bank": 1, "[data-embedded] .messages": 1, "[data-embedded='s5-'] .references": 1, ".embedded h2": 0, ".embedded .kicker": 0, ".embedded .related": 0, ".embedded .breadcrumbs": 0,
			"a.step-link[href='#page-the-list']": 2, "a.step-link[href='/kitchen/guides/the-path/']": 1, "#s1-anchor-date": 1, "script[type=module]": 6,
			"form[data-page='/checklists/the-list/']": 1, "li[data-record='/checklists/the-list/']": 2, "[data-confidential]": 0},
		"glossary/index.html":              {".letters a": 2, ".letter h2[id]": 2, ".terms dt a": 2, ".terms #warm-lead .also": 1},
		"glossary/warm-lead/index.html":    {".related .card": 1},
		"sources/disputed-2001/index.html": {".badge-disputed": 1, ".facts dd": 3, ".facts a[rel=external]": 1, ".cited .card": 1},
		"people/ed-writer/index.html":      {"img.photo[alt='Ed, smiling']": 1, "[rel~=me]": 1},
		"stage/index.html":                 {".groups a": 2, ".count": 2},
		"stage/meet/index.html":            {".cards .card": 2},
		"tags/index.html":                  {".groups a": 2},
		"search/index.html":                {"main form[role=search] input[name=q]": 1, ".index section h3 a": 8},
		"404.html":                         {"form[role=search] #q": 1, ".places a": 8, "meta[name=robots]": 1, "link[rel=canonical]": 0},
	} {
		open(t, site, path).has(counts)
	}
}

// What every page has: the head, the landmarks, one h1, and nothing that the
// content security policy forbids.
func TestEveryPage(t *testing.T) {
	site, _ := kitchen(t, "")
	for _, path := range slices.Sorted(maps.Keys(site)) {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		p := open(t, site, path)
		p.has(map[string]int{"h1": 1, "main": 1, "title": 1, "html[lang=en][dir=ltr]": 1, "body > header": 1, "body > footer": 1, "a.skip[href='#main']": 1,
			"link[rel=icon]": 1, "link[rel=apple-touch-icon]": 1, "link[rel=manifest]": 1, "meta[name=theme-color]": 2, "meta[name=description]": 1,
			"meta[property='og:title']": 1, "meta[property='og:type']": 1, "meta[property='og:site_name']": 1, "meta[property='og:description']": 1,
			"[style]": 0, "style": 0, "script:not([src])": 0, "[onclick]": 0, "img:not([alt])": 0, "body > a:first-child.skip": 1})
		ids := map[string]bool{}
		for _, n := range p.all("[id]") {
			if ids[attr(n, "id")] {
				t.Errorf("%s: the id %q stands twice", path, attr(n, "id"))
			}
			ids[attr(n, "id")] = true
		}
		for _, selector := range []string{"a[href^='#']", "label[for]", "[aria-labelledby]", "[aria-describedby]"} {
			for _, n := range p.all(selector) {
				id := strings.TrimPrefix(attr(n, "href"), "#") + attr(n, "for") + attr(n, "aria-labelledby") + attr(n, "aria-describedby")
				if !ids[id] && selector != "label[for]" || attr(n, "for") != "" && !ids[attr(n, "for")] {
					t.Errorf("%s: nothing has the id of %s %q", path, n.Data, id)
				}
			}
		}
		for _, n := range p.all("[href^='/'], [src^='/']") {
			if url := attr(n, "href") + attr(n, "src"); !strings.HasPrefix(url, "/kitchen/") {
				t.Errorf("%s: %s leads out of the folder of the site", path, url)
			}
		}
		if text(p.all("h1")[0]) == "" || strings.Contains(string(site[path]), "\n\n\n") {
			t.Errorf("%s: the heading is empty, or there are empty lines", path)
		}
	}
}

func TestHeadSaysWhereThePageIs(t *testing.T) {
	site, _ := kitchen(t, "")
	p := open(t, site, "articles/everything/index.html")
	url := "https://example.org/kitchen/articles/everything/"
	if got := attr(p.all("link[rel=canonical]")[0], "href"); got != url {
		t.Errorf("canonical is %s", got)
	}
	if got := text(p.all(".print .address")[0]); got != url {
		t.Errorf("the printed address is %s", got)
	}
	if got := text(p.all(".print p")[0]); !strings.Contains(got, "Reviewed 4 March 2026") {
		t.Errorf("the foot of the printed page says %q", got)
	}
	if got := text(p.all("title")[0]); got != "Everything and the Donaudampfschifffahrtsgesellschaftskapitän – The kitchen sink" {
		t.Errorf("title is %q", got)
	}
	crumbs := p.all(".breadcrumbs ol > li")
	if len(crumbs) != 3 || text(crumbs[1]) != "Articles" || attr(p.all(".breadcrumbs [aria-current=page]")[0], "href") != "" {
		t.Errorf("there are %d breadcrumbs", len(crumbs))
	}
}

// The manifest offers the pictures that a phone puts on its first screen.
func TestManifestOffersIcons(t *testing.T) {
	site, _ := kitchen(t, "")
	var m struct {
		Icons []struct{ Src, Sizes, Type string }
	}
	if err := json.Unmarshal(site["manifest.webmanifest"], &m); err != nil {
		t.Fatal(err)
	}
	sizes := ""
	for _, icon := range m.Icons {
		sizes += icon.Sizes + " "
		if _, ok := site[strings.TrimPrefix(icon.Src, "/kitchen/")]; !ok {
			t.Errorf("there is no %s", icon.Src)
		}
	}
	if sizes != "any 180x180 " {
		t.Errorf("the icons are %v", m.Icons)
	}
}

// A handout wears its own brand, and no other output tells its address.
func TestHandoutWearsItsBrandAndIsNotTold(t *testing.T) {
	site, _ := kitchen(t, "")
	house, guest := open(t, site, "index.html"), open(t, site, handout)
	styles := func(p page) string {
		for _, n := range p.all("link[rel=stylesheet]") {
			if url := attr(n, "href"); strings.Contains(url, "/brand.") {
				return url
			}
		}
		return ""
	}
	if a, b := styles(house), styles(guest); a == "" || b == "" || a == b {
		t.Errorf("the site wears %q and the handout %q", a, b)
	}
	for _, url := range []string{styles(house), styles(guest)} {
		if _, ok := site[strings.TrimPrefix(url, "/kitchen/")]; !ok {
			t.Errorf("there is no %s", url)
		}
	}
	if got := text(guest.all(".handout-brand")[0]); got != "A guest & partners" {
		t.Errorf("the handout is by %q", got)
	}
	for _, path := range slices.Sorted(maps.Keys(site)) {
		if path != handout && strings.Contains(string(site[path]), "k7q2m9x4") {
			t.Errorf("%s tells the address of the handout", path)
		}
	}
}

func TestFaintBrandIsAWarning(t *testing.T) {
	_, diags := kitchen(t, "", `"#7a4a1e"`, `"#ffcc00"`)
	if len(diags) != 1 || !strings.Contains(diags[0].Message, "#ffcc00") || diags[0].Pos.File != "site.yaml" || diags[0].Pos.Line == 0 {
		t.Errorf("a faint colour gave %v", diags)
	}
}
