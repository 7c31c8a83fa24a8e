package server

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// browser opens a tab, or skips the test where there is no Chromium, unless
// RAPPORT_BROWSER says that there must be one.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("RAPPORT_BROWSER") == "required" {
			t.Fatal("there is no Chromium on the PATH")
		}
		t.Skip("there is no Chromium on the PATH")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1000, 700))
	all, stop := chromedp.NewExecAllocator(context.Background(), options...)
	tab, leave := chromedp.NewContext(all)
	if err := chromedp.Do(tab); err != nil { // the first starts the browser
		t.Fatal(err)
	}
	bounded, cancel := context.WithTimeout(tab, 2*time.Minute)
	t.Cleanup(func() {
		cancel()
		leave()
		stop()
	})
	return bounded
}

// guide is a long page with things that readers do something to.
func guide(heading, sheet string) string {
	var rows strings.Builder
	for i := range 60 {
		fmt.Fprintf(&rows, "<p id=\"row%d\">Row %d</p>\n", i, i)
	}
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>` + heading + `</title><link rel="stylesheet" href="` + sheet + `"><script type="module" src="/own.js"></script></head>
<body><header>Site</header><main><h1>` + heading + `</h1>
<details><summary>More</summary><p>Hidden</p></details>
` + rows.String() + `<label>Note <textarea id="note"></textarea></label> <label>Done <input id="tick" type="checkbox"></label>
<ul id="list"><li>one</li><li>two</li></ul><a id="link" href="#x">x</a></main></body></html>`
}

func guideSite(heading string, more ...string) files.Tree {
	return tree(append([]string{
		"guide/index.html", guide(heading, "/one.css"), "one.css", "h1{color:rgb(1,1,1)}", "two.css", "h1{color:rgb(2,2,2)}", "plain.css", "header{color:rgb(3,3,3)}",
		"own.js", "document.getElementById('list').insertAdjacentHTML('beforeend', '<li id=\"added\">by a script</li>'); window.loads = (window.loads ?? 0) + 1;",
	}, more...)...)
}

// tester asks a page questions.
type tester struct {
	*testing.T
	tab context.Context
}

func (t tester) do(actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.tab, actions...); err != nil {
		t.Fatal(err)
	}
}

func (t tester) eval(js string) any {
	t.Helper()
	value, err := chromedp.Run(t.tab, chromedp.Evaluate[any](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	return value
}

// becomes waits until an expression has the value.
func (t tester) becomes(js string, want any) {
	t.Helper()
	var got any
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if got = t.eval(js); fmt.Sprint(got) == fmt.Sprint(want) {
			return
		}
	}
	t.Fatalf("%s is %v, want %v", js, got, want)
}

// is asks once.
func (t tester) is(js string, want any) {
	t.Helper()
	if got := t.eval(js); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s is %v, want %v", js, got, want)
	}
}

const (
	overlay = `document.querySelector("rapport-problems")?.shadowRoot`
	// settled is true once a page has its script's item and listens.
	settled = `document.getElementById("added") !== null && performance.getEntriesByType("resource").some((e) => e.name.includes("/.rapport/"))`
)

func TestPageIsPatchedInPlace(t *testing.T) {
	tab := tester{t, browser(t)}
	s, at := start(t, Site{Tree: guideSite("First")})
	tab.do(chromedp.Navigate(at + "/guide/"))
	tab.becomes(settled, true)
	tab.do(chromedp.SendKeys("#note", "typed"), chromedp.Click("#tick"), chromedp.Focus("#note"))
	tab.eval(`window.same = true; document.querySelector("details").open = true; scrollTo(0, 900); 0`)
	tab.becomes(`scrollY`, 900)
	tab.eval(`window.row = document.getElementById("row40"); window.top0 = row.getBoundingClientRect().top; 0`)

	longer := strings.Replace(guide("Second", "/one.css"), "<details>", "<p>New</p><p>Newer</p><details>", 1)
	longer = strings.Replace(longer, "<li>two</li>", `<li class="x">two</li><li>three</li>`, 1)
	s.Show(Site{Tree: guideSite("Second", "guide/index.html", longer)})
	tab.becomes(`document.querySelector("h1").textContent`, "Second")
	tab.is(`document.title`, "Second")
	tab.is(`[...document.querySelectorAll("#list li")].map((e) => e.textContent).join()`, "one,two,three,by a script")
	tab.is(`document.querySelectorAll("#list li")[1].className`, "x")
	tab.is(`window.same && loads`, 1) // never loaded again
	tab.is(`note.value + tick.checked + document.querySelector("details").open + document.activeElement.id`, "typedtruetruenote")
	tab.is(`Math.abs(row.getBoundingClientRect().top - top0) < 2`, true)
	tab.is(`scrollY > 900`, true) // as much as was put in above

	s.Show(Site{Tree: guideSite("First")}) // and back
	tab.becomes(`document.querySelector("h1").textContent`, "First")
	tab.is(`[...document.querySelectorAll("#list li")].map((e) => e.textContent).join()`, "one,two,by a script")
	tab.is(`note.value + loads`, "typed1")
}

// What a script was told when it began, such as the items to count, it is told
// again by a page that begins anew.
func TestScriptsHearOfOtherItems(t *testing.T) {
	tab := tester{t, browser(t)}
	with := func(heading, form string) files.Tree {
		return guideSite(heading, "guide/index.html", strings.Replace(guide(heading, "/one.css"), `<ul id="list">`, form+`<ul id="list">`, 1))
	}
	const steps = `<div data-guide><a class="step-link" href="/a/">A</a></div>`
	s, at := start(t, Site{Tree: with("First", `<form data-config="one">x</form>`+steps)})
	tab.do(chromedp.Navigate(at + "/guide/"))
	tab.becomes(settled, true)
	for _, c := range []struct {
		heading, form string
		same          any
	}{
		{"Label", `<form data-config="one">y</form>` + steps, true},
		{"Item", `<form data-config="one, two">y</form>` + steps, nil},
		{"Step", `<form data-config="one, two">y</form>` + strings.ReplaceAll(steps, "/a/", "/b/"), nil},
	} {
		tab.eval(`window.same = true; 0`)
		s.Show(Site{Tree: with(c.heading, c.form)})
		tab.becomes(`document.querySelector("h1")?.textContent`, c.heading)
		tab.becomes(settled, true)
		tab.is(`window.same`, c.same)
	}
}

func TestStyleSheetsSwapWithoutReload(t *testing.T) {
	tab := tester{t, browser(t)}
	page := strings.Replace(guide("First", "/one.css"), "</head>", `<link rel="stylesheet" href="/plain.css"></head>`, 1)
	s, at := start(t, Site{Tree: guideSite("First", "guide/index.html", page)})
	tab.do(chromedp.Navigate(at + "/guide/"))
	tab.becomes(settled, true)
	color := func(of string) string { return `getComputedStyle(document.querySelector("` + of + `")).color` }
	tab.becomes(color("h1")+"+"+color("header"), "rgb(1, 1, 1)rgb(3, 3, 3)")
	tab.eval(`window.same = true; 0`)
	tab.do(chromedp.SendKeys("#note", "typed"))
	s.Show(Site{Tree: guideSite("First", "guide/index.html", strings.Replace(page, "/one.css", "/two.css", 1))}) // another address
	tab.becomes(color("h1"), "rgb(2, 2, 2)")
	tab.becomes(`document.querySelectorAll("link[rel=stylesheet]").length`, 2)
	s.Show(Site{Tree: guideSite("First", "guide/index.html", strings.Replace(page, "/one.css", "/two.css", 1), "plain.css", "header{color:rgb(4,4,4)}")}) // the same address
	tab.becomes(color("header"), "rgb(4, 4, 4)")
	tab.is(`window.same + note.value`, "truetyped")
}

func TestProblemsLieOverThePage(t *testing.T) {
	tab := tester{t, browser(t)}
	good := Site{Tree: guideSite("First")}
	s, at := start(t, good)
	tab.do(chromedp.Navigate(at + "/guide/"))
	tab.becomes(settled, true)
	tab.is(overlay+` === undefined`, true)
	tab.do(chromedp.SendKeys("#note", "typed"))

	broken := good
	broken.Link = func(p diag.Pos) string { return "vscode://file/site/" + p.File }
	broken.Diags = diag.List{
		{Severity: diag.Warning, Pos: diag.File("content/b.md"), Message: "a warning"},
		{Severity: diag.Error, Pos: diag.Pos{File: "content/a.md", Line: 3, Column: 2, Width: 4, Excerpt: `a<script>alert(1)</script>`}, Message: `unknown "<img src=x onerror=alert(1)>"`, Hint: "take it out"},
	}
	s.Show(broken)
	tab.becomes(overlay+`.querySelector("h2").textContent`, "1 error, 1 warning")
	tab.is(overlay+`.querySelector("section").hidden`, false)
	tab.is(`[...`+overlay+`.querySelectorAll("li")].map((e) => e.className).join()`, "error,warning")
	tab.is(overlay+`.querySelector("li").textContent`, "error unknown \"<img src=x onerror=alert(1)>\"content/a.md:3:2a<script>alert(1)</script>take it out")
	tab.is(overlay+`.querySelector("u").textContent`, "<scr")
	tab.is(overlay+`.querySelector("a").href`, "vscode://file/site/content/a.md")
	tab.is(`document.querySelector("h1").textContent + note.value + document.activeElement.id`, "Firsttypednote") // the last good page, and no focus taken
	tab.becomes(`getComputedStyle(`+overlay+`.querySelector("section")).position`, "fixed")

	tab.eval(overlay + `.querySelector(".close").click(); 0`)
	tab.is(overlay+`.querySelector("section").hidden`, true)
	tab.eval(overlay + `.querySelector(".badge").click(); 0`)
	tab.is(overlay+`.querySelector("section").hidden`, false)

	for excerpt, want := range map[string]string{"日本 titel: x": "titel", "👩🏽‍💻t titel": "t", "é\u0301 ab titel": "titel", "ab cd": "\u00a0"} {
		column := 1
		for range strings.SplitN(excerpt, want, 2)[0] {
			column++
		}
		wide := good
		wide.Diags = diag.List{{Severity: diag.Error, Pos: diag.Pos{File: "content/a.md", Line: 3, Column: column, Width: len([]rune(want)), Excerpt: excerpt}, Message: "found"}}
		s.Show(wide)
		tab.becomes(overlay+`?.querySelector("pre")?.textContent.trim()`, excerpt)
		tab.is(overlay+`.querySelector("u").textContent`, want)
	}

	mended := good
	mended.Diags = broken.Diags[:1]
	s.Show(mended)
	tab.becomes(overlay+`.querySelector(".badge").textContent`, "1 warning")
	tab.is(overlay+`.querySelector("section").hidden`, true)
	s.Show(good)
	tab.becomes(overlay+` === undefined`, true)
	tab.is(`note.value`, "typed")
}

func TestMovedPageLeadsOn(t *testing.T) {
	tab := tester{t, browser(t)}
	s, at := start(t, Site{Tree: guideSite("First"), Base: "/base/"})
	tab.do(chromedp.Navigate(at + "/base/guide/"))
	tab.becomes(`document.querySelector("h1").textContent`, "First")
	s.Show(Site{Base: "/base/", Tree: guideSite("First", "guide/index.html", "", "ü x/index.html", guide("First", "/one.css")), Moved: map[string]string{"guide/index.html": "ü x/index.html"}})
	tab.becomes(`decodeURI(location.pathname)`, "/base/ü x/")
	s.Show(Site{Base: "/base/", Tree: guideSite("First", "guide/index.html", "")})
	tab.becomes(`document.title`, "Missing")
	s.Show(Site{Base: "/base/", Tree: guideSite("First", "guide/index.html", "", "ü x/index.html", guide("Back", "/one.css"))})
	tab.becomes(`document.title`, "Back")
}

func TestHiddenTabCatchesUp(t *testing.T) {
	tab := tester{t, browser(t)}
	s, at := start(t, Site{Tree: guideSite("First")})
	tab.do(chromedp.Navigate(at + "/guide/"))
	tab.becomes(settled, true)
	hide := func(hidden bool) {
		tab.eval(fmt.Sprintf(`Object.defineProperty(document, "hidden", { value: %v, configurable: true }); document.dispatchEvent(new Event("visibilitychange")); 0`, hidden))
	}
	hide(true)
	for begun := time.Now(); len(s.streams) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatal("a hidden tab keeps its connection")
		}
	}
	s.Show(Site{Tree: guideSite("Second")})
	hide(false)
	tab.becomes(`document.querySelector("h1").textContent + loads`, "Second1")
}

func TestSiteAppearsWhereThereWasNone(t *testing.T) {
	tab := tester{t, browser(t)}
	s, at := start(t, Site{Diags: diag.List{{Severity: diag.Error, Pos: diag.File("site.yaml"), Message: "no"}}})
	tab.do(chromedp.Navigate(at + "/guide/"))
	tab.becomes(`document.querySelector("h1")?.textContent`, "The site cannot be built yet")
	s.Show(Site{Tree: guideSite("First")})
	tab.becomes(`document.querySelector("h1")?.textContent + document.getElementById("added")?.textContent`, "Firstby a script")
}
