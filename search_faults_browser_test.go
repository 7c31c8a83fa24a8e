package rapport_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"rapport/internal/browsertest"
)

// answered waits for whatever a search says.
var answered = `(() => { const said = ` + browsertest.Visible(status) + `; return said === "" || said === "not yet" || said.includes("undefined") || said.includes("does not work") ? said : "an answer"; })()`

// TestSearchStaysText searches for hostile words, and finds pages with hostile
// titles: all of it is text, nothing runs, nobody complains.
func TestSearchStaysText(t *testing.T) {
	s := newSearcher(t, searched(t))
	queries := append([]string{
		"__proto__", "constructor", "hasOwnProperty", "toString valueOf",
		"(a+)+$ [z-a] \\ ^*?", "javascript:hurt=1", "' or 1=1 --", "%00%ff%", "&amp;lt;", "\u202eyenrotta\u2066", "\x00\x1b\u2028", "note\n\nnote",
		strings.Repeat("note ", 2000), strings.Repeat("x", 10_000), strings.Repeat("é", 5000), "検索エンジン", "😀",
	}, hostile...)
	var expressions []string
	for _, q := range queries {
		expressions = append(expressions, browsertest.Quoted(q))
	}
	expressions = append(expressions, `"\ud800"`, `"note\udc00 \ud83d"`)
	for _, place := range []string{"/search/", "/articles/employer/"} {
		s.open(place)
		for _, q := range expressions {
			name := q[:min(len(q), 40)]
			s.Shortcut("/", browsertest.Alone)
			s.Becomes(`document.activeElement.name`, "q")
			s.Eval(`document.querySelectorAll("[data-search-status]").forEach((el) => el.textContent = "not yet")`)
			s.put(q)
			s.Becomes(answered, "an answer")
			if found := s.Eval(`(window.hurt ?? "") + [...document.querySelectorAll("[data-search] :is(img, svg, script, iframe)")].map((el) => el.outerHTML).join()`); found != "" {
				t.Fatalf("%s: %s", name, found)
			}
			if place != "/search/" {
				s.Eval(`document.querySelector("dialog[open]").close()`)
				s.Becomes(`document.activeElement.tagName`, "BODY")
			}
		}
	}
	s.open("/search/?q=hostile")
	s.Becomes(`[...document.querySelectorAll(".search-title")].map((el) => el.textContent).sort().join("\n")`, strings.Join(slices.Sorted(slices.Values(hostile)), "\n"))
	s.open("/search/?q=onerror+svg+script")
	s.Becomes(`[...document.querySelectorAll("mark")].map((el) => el.textContent).sort().join(" ")`, "onerror onerror script script script script svg svg")
	s.AxeOnScreens("hostile results")
	s.Becomes(`window.hurt ?? "unhurt"`, "unhurt")
	// In an address everything can be written too.
	for _, address := range []string{"?q=%ED%A0%80%FF", "?q=%3Cimg%20src=x%20onerror=hurt=1%3E&stage=%3Cb%3E&__proto__=1&constructor=1", "?q=note&q=weak&stage[]=x&%", "?q=" + strings.Repeat("note+", 1500)} {
		s.open("/search/" + address)
		s.Becomes(answered, "an answer")
		s.Becomes(`window.hurt ?? "unhurt"`, "unhurt")
	}
}

// TestSearchIsDamaged takes away, empties, cuts and garbles each file that a
// search needs. The reader is told, and gets the list of all pages.
func TestSearchIsDamaged(t *testing.T) {
	b := searched(t)
	var names []string
	for _, name := range slices.Sorted(maps.Keys(b.Files)) {
		if strings.HasPrefix(name, "search/") && !strings.HasSuffix(name, ".html") && name != "search/page.js" {
			names = append(names, name)
		}
	}
	if len(names) < 4 {
		t.Fatalf("the search has only the files %s", names)
	}
	for _, name := range names {
		good := b.Files[name]
		garbled := slices.Clone(good)
		if strings.HasSuffix(name, ".bin") {
			garbled[len(good)/2] ^= 0x15 // which its checksum tells
		} else {
			garbled[0] ^= 0x15
		}
		for fault, data := range map[string][]byte{"missing": nil, "empty": {}, "cut": good[:len(good)/2], "garbled": garbled} {
			t.Run(name+" "+fault, func(t *testing.T) {
				s := newSearcher(t, without(b, name, data))
				s.open("/search/?q=answer+noet+weak") // words of all shards, and a correction
				s.Becomes(`/^The search does not work just now\. Its own page lists all pages\. The search .*\.$/.test(`+browsertest.Visible(status)+`)`, "true")
				s.Sees("[data-search-fallback] h2", "All pages")
				if data == nil {
					s.AxeOnScreens("a search that does not work")
				}
				s.Said() // the browser notes a module that it cannot read
			})
		}
	}
}

// TestSearchRecovers loses a file for one search and finds it for the next.
func TestSearchRecovers(t *testing.T) {
	b := searched(t)
	s := newSearcher(t, b)
	s.Before(`const real = fetch; window.lost = true; fetch = (url) => window.lost && String(url).endsWith(".bin") ? Promise.reject(new TypeError("offline")) : real(url);`)
	s.open("/articles/employer/")
	s.Shortcut("/", browsertest.Alone)
	s.Press("n", "o", "t")
	s.Becomes(browsertest.Visible(status)+`.startsWith("The search does not work just now.")`, "true")
	s.Eval(`lost = false`)
	s.Press("e")
	s.Sees(status, "4 pages")
}
