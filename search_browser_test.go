package rapport_test

import (
	"strings"
	"testing"

	"rapport/internal/browsertest"
)

const (
	status = `[data-search-status]`
	titles = `.search-title`
	ticked = `[...document.querySelectorAll("[data-search-filters] input:checked")].map((el) => el.value).join(" ")`
)

// TestSearch tells what readers do with the search of a small site.
func TestSearch(t *testing.T) {
	b := searched(t)
	for name, story := range map[string]func(*searcher){
		"dialog": dialog, "keyboard": keyboard, "page": searchPage, "filters": filters,
		"correction": correction, "recent": recent, "nothing": nothing, "announced": announced, "refused": refused, "no script": noScript,
	} {
		t.Run(name, func(t *testing.T) { story(newSearcher(t, b)) })
	}
}

// TestSearchOpensEverywhere opens the search by key on a page of every kind.
// Handouts have none: they are no part of the site.
func TestSearchOpensEverywhere(t *testing.T) {
	b := starter(t)
	host := browsertest.Serve(t, b.Files, "/")
	opened := 0
	for _, name := range kinds(b) {
		if !strings.Contains(string(b.Files[name]), "data-search-open") {
			if !strings.HasPrefix(name, "handouts/") {
				t.Errorf("%s has no search", name)
			}
			continue
		}
		s := &searcher{browsertest.Open(t), t, host.URL}
		s.open("/" + name)
		for _, key := range []struct {
			letter string
			held   int64
		}{{"/", browsertest.Alone}, {"k", browsertest.Ctrl}, {"k", browsertest.Meta}} {
			s.Eval(`document.activeElement.blur()`)
			s.Shortcut(key.letter, key.held)
			if got := s.Eval(`document.activeElement.name + (document.querySelector("dialog.search-dialog[open]") || document.body.matches(".kind-search") ? "" : ", but no dialog")`); got != "q" {
				t.Errorf("%s: %d %s leads to %s", name, key.held, key.letter, got)
			}
			if got := s.Eval(`document.activeElement.value`); got != "" {
				t.Errorf("%s: %d %s types %q", name, key.held, key.letter, got)
			}
			s.Press(browsertest.Escape)
			opened++
		}
	}
	if opened < 36 {
		t.Errorf("only %d keys on %d pages were tried", opened, opened/3)
	}
}

func dialog(s *searcher) {
	s.open("/articles/employer/")
	s.Eval(`document.querySelector("[data-search-open]").click()`)
	s.AxeOnScreens("the open dialog")
	s.Press("s", "t", "r", "a", "n") // results come with the letters, of words not yet whole
	s.Sees(titles, "Cold outreach that works")
	s.Sees(".search-meta", "Article · 8 min")
	s.Sees(status, "1 page")
	s.Eval(`document.activeElement.select()`)
	s.Press("s", "h", "o", "r", "t", " ", "n", "o", "t", "e")
	s.Sees("mark", "short | note") // in an excerpt and in no other place
	s.AxeOnScreens("results in the dialog")
	s.Eval(`document.querySelector("[data-search-close]").click()`)
	s.Sees("dialog", "")
	if got := s.Eval(`location.pathname`); got != below+"/articles/employer/" {
		s.t.Errorf("the dialog leads to %s", got)
	}
}

func keyboard(s *searcher) {
	s.open("/articles/employer/")
	s.Eval(`document.querySelector("[data-search-open]").focus()`)
	s.Shortcut("/", browsertest.Alone)
	s.Press("n", "o", "t", "e")
	s.Sees(status, "4 pages")
	all := strings.Split(s.Eval(browsertest.Visible(titles)), " | ")
	s.Press(browsertest.Up, browsertest.Down)
	s.Becomes(focused+`.split("\n")[0]`, all[0])
	s.Press(browsertest.Down, browsertest.Down, browsertest.Down, browsertest.Down)
	s.Becomes(focused+`.split("\n")[0]`, all[3])
	s.Press(browsertest.Up, browsertest.Up, browsertest.Up, browsertest.Up)
	s.Becomes(focused, "q")
	s.Press(browsertest.Escape)
	s.Sees("dialog", "")
	s.Becomes(focused, "Search") // where the reader was
	s.Shortcut("/", browsertest.Alone)
	s.Press(browsertest.Down, browsertest.Down, browsertest.Enter)
	s.lands(all[1])
	s.Shortcut("/", browsertest.Alone)
	s.Press("w", "e", "a", "k", browsertest.Enter)
	s.where("/search/?q=weak")
	s.Sees(titles, "Weak tie")
}

func searchPage(s *searcher) {
	s.open("/search/?q=subject+lines")
	s.Sees(titles, "Cold outreach that works")
	s.Sees(".search-sections a", "Subject lines")
	s.Sees("h2", "") // the list of all pages has made room
	s.AxeOnScreens("results on the page")
	s.Eval(`document.querySelector("#site-q").focus()`)
	s.Eval(`document.activeElement.select()`)
	s.Press("b", "o", "s", "s")
	s.Sees(titles, "Tell your employer") // by a synonym
	s.where("/search/?q=boss")
	s.Eval(`document.activeElement.select()`)
	s.Press(browsertest.Backspace)
	s.where("/search/")
	s.Sees("h2", "All pages")
	s.Eval(`document.querySelector("#site-q").value = "weak"`)
	s.Press(browsertest.Enter)
	s.where("/search/?q=weak")
	s.Sees(titles, "Weak tie")
	s.Eval(`document.querySelector(".search-hit a").click()`)
	s.lands("Weak tie")
	s.where("/glossary/weak-tie/")
	s.Eval(`history.back()`)
	s.Sees(titles, "Weak tie")
}

func filters(s *searcher) {
	s.open("/search/?q=short+note+politely")
	s.Sees(status, "4 pages")
	s.Eval(`document.querySelector(".search-narrow summary").click()`)
	s.Sees(".search-choice", "Prepare 1 | Meet 2 | Up to 5 minutes 2 | Up to 15 minutes 2 | Article 3 | Checklist 1 | Term 0")
	s.AxeOnScreens("filters")
	s.Eval(`document.querySelector("[value=meet]").focus()`)
	s.Press(" ")
	s.Sees(titles, "The informational interview | Follow up without pestering")
	s.where("/search/?q=short+note+politely&stage=meet")
	s.Sees(".search-choice:has(:enabled)", "Prepare 1 | Meet 2 | Up to 5 minutes 1 | Up to 15 minutes 1 | Article 1 | Checklist 1")
	s.Eval(`document.querySelector("[value=prepare]").click()`) // either of two values
	s.Sees(status, "3 pages")
	s.Eval(`document.querySelector("[value=article]").click()`) // and the type
	s.Sees(status, "2 pages")
	s.where("/search/?q=short+note+politely&stage=prepare&stage=meet&type=article")

	s.open("/search/?q=short+note+politely&stage=meet&type=checklist&type=gone&__proto__=x")
	s.Sees(titles, "Follow up without pestering")
	s.Becomes(ticked, "meet checklist")
	// Seen without opening anything; what two filters shut out counts nowhere.
	s.Sees(".search-choice:has(:enabled)", "Meet 1 | Up to 5 minutes 1 | Article 1 | Checklist 1")
}

func correction(s *searcher) {
	s.open("/search/?q=outraech")
	s.Sees(titles, "Cold outreach that works")
	s.Sees("[data-search-corrected]", "Showing results for “outreach”. Search instead for “outraech”.")
	s.AxeOnScreens("a correction")
	s.Eval(`document.querySelector("[data-search-corrected] button").click()`)
	s.Sees(status, "Nothing found for “outraech”.")
	s.Sees("[data-search-corrected]", "")
	s.Becomes(focused, "q")
	s.Press("x", browsertest.Backspace)
	s.Sees(titles, "Cold outreach that works")
}

func recent(s *searcher) {
	s.open("/")
	s.Shortcut("/", browsertest.Alone)
	s.Press("w", "e", "a", "k", browsertest.Enter)
	s.where("/search/?q=weak")
	s.open("/search/?q=")
	s.Eval(`document.querySelector("#site-q").focus()`)
	s.Sees("[data-search-recent] li", "weak")
	s.put(`"employer"`)
	s.Sees(titles, "Tell your employer")
	s.Eval(`document.querySelector(".search-hit a").click()`)
	s.lands("Tell your employer")
	s.Shortcut("/", browsertest.Alone)
	s.Sees("[data-search-recent]", "Recent searches employer weak Forget them")
	s.AxeOnScreens("recent searches")
	s.Becomes(`Object.keys(localStorage).filter((k) => k.includes("search")).join() + document.cookie`, "rapport-searches")
	s.Eval(`document.querySelectorAll("[data-search-recent] li button")[1].click()`)
	s.Sees(titles, "Weak tie")
	s.put(`""`)
	s.Sees("[data-search-recent] li", "employer | weak")
	s.Eval(`[...document.querySelectorAll(".search-clear")].find((el) => el.checkVisibility()).click()`)
	s.Sees("[data-search-recent]", "")
	s.Becomes(`localStorage.getItem("rapport-searches")`, "")
	s.Becomes(focused, "q")
}

func nothing(s *searcher) {
	s.open("/search/")
	s.Eval(`document.querySelector("#site-q").focus()`)
	s.Press("i", "n", "t", "q", "q", "q", "q", "z", "z")
	s.Sees(status, "Nothing found for “intqqqqzz”.")
	s.Sees("[data-search-nearest] button", "interview")
	s.Sees("[data-search-empty] .groups", "Prepare Meet")
	s.AxeOnScreens("nothing found")
	s.Eval(`document.querySelector("[data-search-nearest] button").click()`)
	s.Sees(titles, "The informational interview")
	s.open("/articles/employer/")
	s.Shortcut("/", browsertest.Alone)
	s.Press("z", "z", "z", "z", "z")
	s.Sees(status, "Nothing found for “zzzzz”.")
	s.AxeOnScreens("nothing found in the dialog")
}

// announced reads what a screen reader would, in the live region that was there
// before anything was said.
func announced(s *searcher) {
	const said = `[...document.querySelectorAll("[role=status]")].filter((el) => el.checkVisibility()).map((el) => el.innerText.trim().replace(/\s+/g, " ")).join(" | ")`
	for _, place := range []string{"/search/", "/articles/employer/"} {
		s.open(place)
		s.Shortcut("/", browsertest.Alone)
		s.put(`"note"`)
		s.Becomes(said, "4 pages")
		s.put(`"outraech"`)
		s.Becomes(said, "1 page Showing results for “outreach”. Search instead for “outraech”.")
		s.put(`"zzzzzz"`)
		s.Becomes(said, "Nothing found for “zzzzzz”.")
		s.put(`""`)
		s.Becomes(said, "")
	}
}

// refused is a browser that keeps nothing.
func refused(s *searcher) {
	s.Before(`Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }});`)
	s.open("/")
	s.Shortcut("/", browsertest.Alone)
	s.Press("w", "e", "a", "k")
	s.Sees(titles, "Weak tie")
	s.Press(browsertest.Enter)
	s.where("/search/?q=weak")
	s.Sees(titles, "Weak tie")
	s.Eval(`document.querySelector("#site-q").select()`)
	s.Press(browsertest.Backspace)
	s.Sees("h2", "All pages")
}

func noScript(s *searcher) {
	s.Scripts(false)
	s.open("/articles/employer/")
	s.Sees("dialog", "")
	s.Eval(`document.querySelector("[data-search-open]").click()`)
	s.lands("Search")
	s.Eval(`document.querySelector("#site-q").focus()`)
	s.Press("w", "e", "a", "k", browsertest.Enter)
	s.where("/search/?q=weak")
	s.Sees("[data-search-fallback] h3 a", "Articles | Checklists | Glossary")
	for _, title := range append([]string{"Cold outreach that works", "Follow up without pestering", "Weak tie"}, hostile...) {
		if found := s.Eval(`[...document.querySelectorAll("[data-search-fallback] li a")].filter((el) => el.textContent === ` + browsertest.Quoted(title) + `).length`); found != "1" {
			s.t.Errorf("without script %s links lead to %q", found, title)
		}
	}
	s.Eval(`[...document.querySelectorAll("[data-search-fallback] a")].find((el) => el.innerText === "Weak tie").click()`)
	s.where("/glossary/weak-tie/")
}
