package rapport_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// answered waits for whatever a search says.
var answered = `(() => { const said = ` + visible(status) + `; return said === "" || said === "not yet" || said.includes("undefined") || said.includes("does not work") ? said : "an answer"; })()`

// TestSearchStaysText searches for hostile words, and finds pages with hostile
// titles: all of it is text, nothing runs, nobody complains.
func TestSearchStaysText(t *testing.T) {
	s := newSearcher(t, browser(t), searched(t))
	queries := append([]string{
		"__proto__", "constructor", "hasOwnProperty", "toString valueOf",
		"(a+)+$ [z-a] \\ ^*?", "javascript:hurt=1", "' or 1=1 --", "%00%ff%", "&amp;lt;", "\u202eyenrotta\u2066", "\x00\x1b\u2028", "note\n\nnote",
		strings.Repeat("note ", 2000), strings.Repeat("x", 10_000), strings.Repeat("é", 5000), "検索エンジン", "😀",
	}, hostile...)
	var expressions []string
	for _, q := range queries {
		expressions = append(expressions, quoted(q))
	}
	expressions = append(expressions, `"\ud800"`, `"note\udc00 \ud83d"`)
	for _, place := range []string{"/search/", "/articles/employer/"} {
		s.open(place)
		for _, q := range expressions {
			name := q[:min(len(q), 40)]
			s.shortcut("/", chromedp.ModifierNone)
			s.is(`document.activeElement.name`, "q")
			s.js(`document.querySelectorAll("[data-search-status]").forEach((el) => el.textContent = "not yet")`)
			s.put(q)
			s.is(answered, "an answer")
			if found := s.js(`(window.hurt ?? "") + [...document.querySelectorAll("[data-search] :is(img, svg, script, iframe)")].map((el) => el.outerHTML).join()`); found != "" {
				t.Fatalf("%s: %s", name, found)
			}
			if place != "/search/" {
				s.js(`document.querySelector("dialog[open]").close()`)
				s.is(`document.activeElement.tagName`, "BODY")
			}
		}
	}
	s.open("/search/?q=hostile")
	s.is(`[...document.querySelectorAll(".search-title")].map((el) => el.textContent).sort().join("\n")`, strings.Join(slices.Sorted(slices.Values(hostile)), "\n"))
	s.open("/search/?q=onerror+svg+script")
	s.is(`[...document.querySelectorAll("mark")].map((el) => el.textContent).sort().join(" ")`, "onerror onerror script script script script svg svg")
	s.axe("hostile results")
	s.is(`window.hurt ?? "unhurt"`, "unhurt")
	// In an address everything can be written too.
	for _, address := range []string{"?q=%ED%A0%80%FF", "?q=%3Cimg%20src=x%20onerror=hurt=1%3E&stage=%3Cb%3E&__proto__=1&constructor=1", "?q=note&q=weak&stage[]=x&%", "?q=" + strings.Repeat("note+", 1500)} {
		s.open("/search/" + address)
		s.is(answered, "an answer")
		s.is(`window.hurt ?? "unhurt"`, "unhurt")
	}
}

// TestSearchIsDamaged takes away, empties, cuts and garbles each file that a
// search needs. The reader is told, and gets the list of all pages.
func TestSearchIsDamaged(t *testing.T) {
	b, ctx := searched(t), browser(t)
	var names []string
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		if strings.HasPrefix(name, "search/") && !strings.HasSuffix(name, ".html") && name != "search/page.js" {
			names = append(names, name)
		}
	}
	if len(names) < 4 {
		t.Fatalf("the search has only the files %s", names)
	}
	for _, name := range names {
		good := b.files[name]
		garbled := slices.Clone(good)
		if strings.HasSuffix(name, ".bin") {
			garbled[len(good)/2] ^= 0x15 // which its checksum tells
		} else {
			garbled[0] ^= 0x15
		}
		for fault, data := range map[string][]byte{"missing": nil, "empty": {}, "cut": good[:len(good)/2], "garbled": garbled} {
			t.Run(name+" "+fault, func(t *testing.T) {
				s := newSearcher(t, ctx, b.without(name, data))
				s.open("/search/?q=answer+noet+weak") // words of all shards, and a correction
				s.is(`/^The search does not work just now\. Its own page lists all pages\. The search .*\.$/.test(`+visible(status)+`)`, "true")
				s.sees("[data-search-fallback] h2", "All pages")
				if data == nil {
					s.axe("a search that does not work")
				}
				s.complaints.take() // the browser notes a module that it cannot read
			})
		}
	}
}

// TestSearchRecovers loses a file for one search and finds it for the next.
func TestSearchRecovers(t *testing.T) {
	b := searched(t)
	s := newSearcher(t, browser(t), b)
	s.before(`const real = fetch; window.lost = true; fetch = (url) => window.lost && String(url).endsWith(".bin") ? Promise.reject(new TypeError("offline")) : real(url);`)
	s.open("/articles/employer/")
	s.shortcut("/", chromedp.ModifierNone)
	s.keys("n", "o", "t")
	s.is(visible(status)+`.startsWith("The search does not work just now.")`, "true")
	s.js(`lost = false`)
	s.keys("e")
	s.sees(status, "4 pages")
}
