package rapport_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	status = `[data-search-status]`
	titles = `.search-title`
	ticked = `[...document.querySelectorAll("[data-search-filters] input:checked")].map((el) => el.value).join(" ")`
)

// TestSearch tells what readers do with the search of a small site.
func TestSearch(t *testing.T) {
	b, ctx := searched(t), browser(t)
	for name, story := range map[string]func(*searcher){
		"dialog": dialog, "keyboard": keyboard, "page": searchPage, "filters": filters,
		"correction": correction, "recent": recent, "nothing": nothing, "announced": announced, "refused": refused, "no script": noScript,
	} {
		t.Run(name, func(t *testing.T) { story(newSearcher(t, ctx, b)) })
	}
}

// TestSearchOpensEverywhere opens the search by key on a page of every kind.
// Handouts have none: they are no part of the site.
func TestSearchOpensEverywhere(t *testing.T) {
	b, ctx := starter(t), browser(t)
	server := serve(t, b, "/")
	opened := 0
	for _, name := range kinds(b) {
		if !strings.Contains(string(b.files[name]), "data-search-open") {
			if !strings.HasPrefix(name, "handouts/") {
				t.Errorf("%s has no search", name)
			}
			continue
		}
		s := &searcher{t: t, ctx: ctx, base: server.URL}
		s.open("/" + name)
		for _, key := range []struct {
			letter string
			held   chromedp.Modifier
		}{{"/", chromedp.ModifierNone}, {"k", chromedp.ModifierCtrl}, {"k", chromedp.ModifierMeta}} {
			s.js(`document.activeElement.blur()`)
			s.shortcut(key.letter, key.held)
			if got := s.js(`document.activeElement.name + (document.querySelector("dialog.search-dialog[open]") || document.body.matches(".kind-search") ? "" : ", but no dialog")`); got != "q" {
				t.Errorf("%s: %d %s leads to %s", name, key.held, key.letter, got)
			}
			if got := s.js(`document.activeElement.value`); got != "" {
				t.Errorf("%s: %d %s types %q", name, key.held, key.letter, got)
			}
			s.keys(kb.Escape)
			opened++
		}
	}
	if opened < 36 {
		t.Errorf("only %d keys on %d pages were tried", opened, opened/3)
	}
}

func dialog(s *searcher) {
	s.open("/articles/employer/")
	s.js(`document.querySelector("[data-search-open]").click()`)
	s.axe("the open dialog")
	s.keys("s", "t", "r", "a", "n") // results come with the letters, of words not yet whole
	s.sees(titles, "Cold outreach that works")
	s.sees(".search-meta", "Article · 8 min")
	s.sees(status, "1 page")
	s.js(`document.activeElement.select()`)
	s.keys("s", "h", "o", "r", "t", " ", "n", "o", "t", "e")
	s.sees("mark", "short | note") // in an excerpt and in no other place
	s.axe("results in the dialog")
	s.js(`document.querySelector("[data-search-close]").click()`)
	s.sees("dialog", "")
	if got := s.js(`location.pathname`); got != below+"/articles/employer/" {
		s.t.Errorf("the dialog leads to %s", got)
	}
}

func keyboard(s *searcher) {
	s.open("/articles/employer/")
	s.js(`document.querySelector("[data-search-open]").focus()`)
	s.shortcut("/", chromedp.ModifierNone)
	s.keys("n", "o", "t", "e")
	s.sees(status, "4 pages")
	all := strings.Split(s.js(visible(titles)), " | ")
	s.keys(kb.ArrowUp, kb.ArrowDown)
	s.is(focused+`.split("\n")[0]`, all[0])
	s.keys(kb.ArrowDown, kb.ArrowDown, kb.ArrowDown, kb.ArrowDown)
	s.is(focused+`.split("\n")[0]`, all[3])
	s.keys(kb.ArrowUp, kb.ArrowUp, kb.ArrowUp, kb.ArrowUp)
	s.is(focused, "q")
	s.keys(kb.Escape)
	s.sees("dialog", "")
	s.is(focused, "Search") // where the reader was
	s.shortcut("/", chromedp.ModifierNone)
	s.keys(kb.ArrowDown, kb.ArrowDown, kb.Enter)
	s.lands(all[1])
	s.shortcut("/", chromedp.ModifierNone)
	s.keys("w", "e", "a", "k", kb.Enter)
	s.where("/search/?q=weak")
	s.sees(titles, "Weak tie")
}

func searchPage(s *searcher) {
	s.open("/search/?q=subject+lines")
	s.sees(titles, "Cold outreach that works")
	s.sees(".search-sections a", "Subject lines")
	s.sees("h2", "") // the list of all pages has made room
	s.axe("results on the page")
	s.js(`document.querySelector("#site-q").focus()`)
	s.js(`document.activeElement.select()`)
	s.keys("b", "o", "s", "s")
	s.sees(titles, "Tell your employer") // by a synonym
	s.where("/search/?q=boss")
	s.js(`document.activeElement.select()`)
	s.keys(kb.Backspace)
	s.where("/search/")
	s.sees("h2", "All pages")
	s.js(`document.querySelector("#site-q").value = "weak"`)
	s.keys(kb.Enter)
	s.where("/search/?q=weak")
	s.sees(titles, "Weak tie")
	s.js(`document.querySelector(".search-hit a").click()`)
	s.lands("Weak tie")
	s.where("/glossary/weak-tie/")
	s.js(`history.back()`)
	s.sees(titles, "Weak tie")
}

func filters(s *searcher) {
	s.open("/search/?q=short+note+politely")
	s.sees(status, "4 pages")
	s.js(`document.querySelector(".search-narrow summary").click()`)
	s.sees(".search-choice", "Prepare 1 | Meet 2 | Up to 5 minutes 2 | Up to 15 minutes 2 | Article 3 | Checklist 1 | Term 0")
	s.axe("filters")
	s.js(`document.querySelector("[value=meet]").focus()`)
	s.keys(" ")
	s.sees(titles, "The informational interview | Follow up without pestering")
	s.where("/search/?q=short+note+politely&stage=meet")
	s.sees(".search-choice:has(:enabled)", "Prepare 1 | Meet 2 | Up to 5 minutes 1 | Up to 15 minutes 1 | Article 1 | Checklist 1")
	s.js(`document.querySelector("[value=prepare]").click()`) // either of two values
	s.sees(status, "3 pages")
	s.js(`document.querySelector("[value=article]").click()`) // and the type
	s.sees(status, "2 pages")
	s.where("/search/?q=short+note+politely&stage=prepare&stage=meet&type=article")

	s.open("/search/?q=short+note+politely&stage=meet&type=checklist&type=gone&__proto__=x")
	s.sees(titles, "Follow up without pestering")
	s.is(ticked, "meet checklist")
	// Seen without opening anything; what two filters shut out counts nowhere.
	s.sees(".search-choice:has(:enabled)", "Meet 1 | Up to 5 minutes 1 | Article 1 | Checklist 1")
}

func correction(s *searcher) {
	s.open("/search/?q=outraech")
	s.sees(titles, "Cold outreach that works")
	s.sees("[data-search-corrected]", "Showing results for “outreach”. Search instead for “outraech”.")
	s.axe("a correction")
	s.js(`document.querySelector("[data-search-corrected] button").click()`)
	s.sees(status, "Nothing found for “outraech”.")
	s.sees("[data-search-corrected]", "")
	s.is(focused, "q")
	s.keys("x", kb.Backspace)
	s.sees(titles, "Cold outreach that works")
}

func recent(s *searcher) {
	s.open("/")
	s.shortcut("/", chromedp.ModifierNone)
	s.keys("w", "e", "a", "k", kb.Enter)
	s.where("/search/?q=weak")
	s.open("/search/?q=")
	s.js(`document.querySelector("#site-q").focus()`)
	s.sees("[data-search-recent] li", "weak")
	s.put(`"employer"`)
	s.sees(titles, "Tell your employer")
	s.js(`document.querySelector(".search-hit a").click()`)
	s.lands("Tell your employer")
	s.shortcut("/", chromedp.ModifierNone)
	s.sees("[data-search-recent]", "Recent searches employer weak Forget them")
	s.axe("recent searches")
	s.is(`Object.keys(localStorage).filter((k) => k.includes("search")).join() + document.cookie`, "rapport-searches")
	s.js(`document.querySelectorAll("[data-search-recent] li button")[1].click()`)
	s.sees(titles, "Weak tie")
	s.put(`""`)
	s.sees("[data-search-recent] li", "employer | weak")
	s.js(`[...document.querySelectorAll(".search-clear")].find((el) => el.checkVisibility()).click()`)
	s.sees("[data-search-recent]", "")
	s.is(`localStorage.getItem("rapport-searches")`, "")
	s.is(focused, "q")
}

func nothing(s *searcher) {
	s.open("/search/")
	s.js(`document.querySelector("#site-q").focus()`)
	s.keys("i", "n", "t", "q", "q", "q", "q", "z", "z")
	s.sees(status, "Nothing found for “intqqqqzz”.")
	s.sees("[data-search-nearest] button", "interview")
	s.sees("[data-search-empty] .groups", "Prepare Meet")
	s.axe("nothing found")
	s.js(`document.querySelector("[data-search-nearest] button").click()`)
	s.sees(titles, "The informational interview")
	s.open("/articles/employer/")
	s.shortcut("/", chromedp.ModifierNone)
	s.keys("z", "z", "z", "z", "z")
	s.sees(status, "Nothing found for “zzzzz”.")
	s.axe("nothing found in the dialog")
}

// announced reads what a screen reader would, in the live region that was there
// before anything was said.
func announced(s *searcher) {
	const said = `[...document.querySelectorAll("[role=status]")].filter((el) => el.checkVisibility()).map((el) => el.innerText.trim().replace(/\s+/g, " ")).join(" | ")`
	for _, place := range []string{"/search/", "/articles/employer/"} {
		s.open(place)
		s.shortcut("/", chromedp.ModifierNone)
		s.put(`"note"`)
		s.is(said, "4 pages")
		s.put(`"outraech"`)
		s.is(said, "1 page Showing results for “outreach”. Search instead for “outraech”.")
		s.put(`"zzzzzz"`)
		s.is(said, "Nothing found for “zzzzzz”.")
		s.put(`""`)
		s.is(said, "")
	}
}

// refused is a browser that keeps nothing.
func refused(s *searcher) {
	s.before(`Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }});`)
	s.open("/")
	s.shortcut("/", chromedp.ModifierNone)
	s.keys("w", "e", "a", "k")
	s.sees(titles, "Weak tie")
	s.keys(kb.Enter)
	s.where("/search/?q=weak")
	s.sees(titles, "Weak tie")
	s.js(`document.querySelector("#site-q").select()`)
	s.keys(kb.Backspace)
	s.sees("h2", "All pages")
}

func noScript(s *searcher) {
	s.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	s.open("/articles/employer/")
	s.sees("dialog", "")
	s.js(`document.querySelector("[data-search-open]").click()`)
	s.lands("Search")
	s.js(`document.querySelector("#site-q").focus()`)
	s.keys("w", "e", "a", "k", kb.Enter)
	s.where("/search/?q=weak")
	s.sees("[data-search-fallback] h3 a", "Articles | Checklists | Glossary")
	for _, title := range append([]string{"Cold outreach that works", "Follow up without pestering", "Weak tie"}, hostile...) {
		if found := s.js(`[...document.querySelectorAll("[data-search-fallback] li a")].filter((el) => el.textContent === ` + quoted(title) + `).length`); found != "1" {
			s.t.Errorf("without script %s links lead to %q", found, title)
		}
	}
	s.js(`[...document.querySelectorAll("[data-search-fallback] a")].find((el) => el.innerText === "Weak tie").click()`)
	s.where("/glossary/weak-tie/")
}
