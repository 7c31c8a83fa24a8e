package server

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/internal/browsertest"
	"rapport/internal/diag"
	"rapport/internal/files"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

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

// openTab opens a tab in a window of a usual size.
func openTab(t *testing.T) *browsertest.Tab {
	t.Helper()
	tab := browsertest.Open(t)
	tab.Screen(1000, 700, "light")
	return tab
}

const (
	overlay = `document.querySelector("rapport-problems")?.shadowRoot`
	// settled is true once a page has its script's item and listens.
	settled = `document.getElementById("added") !== null && performance.getEntriesByType("resource").some((e) => e.name.includes("/.rapport/"))`
)

func TestPageIsPatchedInPlace(t *testing.T) {
	tab := openTab(t)
	s, at := start(t, Site{Tree: guideSite("First")})
	tab.Goto(at + "/guide/")
	tab.Becomes(settled, "true")
	tab.Type("#note", "typed")
	tab.Click("#tick")
	tab.Focus("#note")
	tab.Run(`window.same = true; document.querySelector("details").open = true; scrollTo(0, 900)`)
	tab.Becomes(`scrollY`, "900")
	tab.Run(`window.row = document.getElementById("row40"); window.top0 = row.getBoundingClientRect().top`)

	longer := strings.Replace(guide("Second", "/one.css"), "<details>", "<p>New</p><p>Newer</p><details>", 1)
	longer = strings.Replace(longer, "<li>two</li>", `<li class="x">two</li><li>three</li>`, 1)
	s.Show(Site{Tree: guideSite("Second", "guide/index.html", longer)})
	tab.Becomes(`document.querySelector("h1").textContent`, "Second")
	tab.Want(`document.title`, "Second")
	tab.Want(`[...document.querySelectorAll("#list li")].map((e) => e.textContent).join()`, "one,two,three,by a script")
	tab.Want(`document.querySelectorAll("#list li")[1].className`, "x")
	tab.Want(`window.same && loads`, "1") // never loaded again
	tab.Want(`note.value + tick.checked + document.querySelector("details").open + document.activeElement.id`, "typedtruetruenote")
	tab.Want(`Math.abs(row.getBoundingClientRect().top - top0) < 2`, "true")
	tab.Want(`scrollY > 900`, "true") // as much as was put in above

	s.Show(Site{Tree: guideSite("First")}) // and back
	tab.Becomes(`document.querySelector("h1").textContent`, "First")
	tab.Want(`[...document.querySelectorAll("#list li")].map((e) => e.textContent).join()`, "one,two,by a script")
	tab.Want(`note.value + loads`, "typed1")
}

// What a script was told when it began, such as the items to count, it is told
// again by a page that begins anew.
func TestScriptsHearOfOtherItems(t *testing.T) {
	tab := openTab(t)
	with := func(heading, form string) files.Tree {
		return guideSite(heading, "guide/index.html", strings.Replace(guide(heading, "/one.css"), `<ul id="list">`, form+`<ul id="list">`, 1))
	}
	const steps = `<div data-guide><a class="step-link" href="/a/">A</a></div>`
	s, at := start(t, Site{Tree: with("First", `<form data-config="one">x</form>`+steps)})
	tab.Goto(at + "/guide/")
	tab.Becomes(settled, "true")
	for _, c := range []struct {
		heading, form string
		same          string
	}{
		{"Label", `<form data-config="one">y</form>` + steps, "true"},
		{"Item", `<form data-config="one, two">y</form>` + steps, ""},
		{"Step", `<form data-config="one, two">y</form>` + strings.ReplaceAll(steps, "/a/", "/b/"), ""},
	} {
		tab.Run(`window.same = true`)
		s.Show(Site{Tree: with(c.heading, c.form)})
		tab.Becomes(`document.querySelector("h1")?.textContent`, c.heading)
		tab.Becomes(settled, "true")
		tab.Want(`window.same`, c.same)
	}
}

func TestStyleSheetsSwapWithoutReload(t *testing.T) {
	tab := openTab(t)
	page := strings.Replace(guide("First", "/one.css"), "</head>", `<link rel="stylesheet" href="/plain.css"></head>`, 1)
	s, at := start(t, Site{Tree: guideSite("First", "guide/index.html", page)})
	tab.Goto(at + "/guide/")
	tab.Becomes(settled, "true")
	color := func(of string) string { return `getComputedStyle(document.querySelector("` + of + `")).color` }
	tab.Becomes(color("h1")+"+"+color("header"), "rgb(1, 1, 1)rgb(3, 3, 3)")
	tab.Run(`window.same = true`)
	tab.Type("#note", "typed")
	s.Show(Site{Tree: guideSite("First", "guide/index.html", strings.Replace(page, "/one.css", "/two.css", 1))}) // another address
	tab.Becomes(color("h1"), "rgb(2, 2, 2)")
	tab.Becomes(`document.querySelectorAll("link[rel=stylesheet]").length`, "2")
	s.Show(Site{Tree: guideSite("First", "guide/index.html", strings.Replace(page, "/one.css", "/two.css", 1), "plain.css", "header{color:rgb(4,4,4)}")}) // the same address
	tab.Becomes(color("header"), "rgb(4, 4, 4)")
	tab.Want(`window.same + note.value`, "truetyped")
}

func TestProblemsLieOverThePage(t *testing.T) {
	tab := openTab(t)
	good := Site{Tree: guideSite("First")}
	s, at := start(t, good)
	tab.Goto(at + "/guide/")
	tab.Becomes(settled, "true")
	tab.Want(overlay+` === undefined`, "true")
	tab.Type("#note", "typed")

	broken := good
	broken.Link = func(p diag.Pos) string { return "vscode://file/site/" + p.File }
	broken.Diags = diag.List{
		{Severity: diag.Warning, Pos: diag.File("content/b.md"), Message: "a warning"},
		{Severity: diag.Error, Pos: diag.Pos{File: "content/a.md", Line: 3, Column: 2, Width: 4, Excerpt: `a<script>alert(1)</script>`}, Message: `unknown "<img src=x onerror=alert(1)>"`, Hint: "take it out"},
	}
	s.Show(broken)
	tab.Becomes(overlay+`.querySelector("h2").textContent`, "1 error, 1 warning")
	tab.Want(overlay+`.querySelector("section").hidden`, "false")
	tab.Want(`[...`+overlay+`.querySelectorAll("li")].map((e) => e.className).join()`, "error,warning")
	tab.Want(overlay+`.querySelector("li").textContent`, "error unknown \"<img src=x onerror=alert(1)>\"content/a.md:3:2a<script>alert(1)</script>take it out")
	tab.Want(overlay+`.querySelector("u").textContent`, "<scr")
	tab.Want(overlay+`.querySelector("a").href`, "vscode://file/site/content/a.md")
	tab.Want(`document.querySelector("h1").textContent + note.value + document.activeElement.id`, "Firsttypednote") // the last good page, and no focus taken
	tab.Becomes(`getComputedStyle(`+overlay+`.querySelector("section")).position`, "fixed")

	tab.Run(overlay + `.querySelector(".close").click()`)
	tab.Want(overlay+`.querySelector("section").hidden`, "true")
	tab.Run(overlay + `.querySelector(".badge").click()`)
	tab.Want(overlay+`.querySelector("section").hidden`, "false")

	for excerpt, want := range map[string]string{"日本 titel: x": "titel", "👩🏽‍💻t titel": "t", "é\u0301 ab titel": "titel", "ab cd": "\u00a0"} {
		column := 1
		for range strings.SplitN(excerpt, want, 2)[0] {
			column++
		}
		wide := good
		wide.Diags = diag.List{{Severity: diag.Error, Pos: diag.Pos{File: "content/a.md", Line: 3, Column: column, Width: len([]rune(want)), Excerpt: excerpt}, Message: "found"}}
		s.Show(wide)
		tab.Becomes(overlay+`?.querySelector("pre")?.textContent.trim()`, excerpt)
		tab.Want(overlay+`.querySelector("u").textContent`, want)
	}
	far := good
	far.Diags = diag.List{{Severity: diag.Error, Pos: diag.Pos{File: "content/a.md", Line: 3, Column: 201, Width: 5, Excerpt: strings.Repeat("word ", 40) + "titel: x"}, Message: "found"}}
	s.Show(far)
	tab.Becomes(overlay+`?.querySelector("pre")?.textContent`, "…"+strings.Repeat("word ", 10)+"titel: x")
	tab.Want(overlay+`.querySelector("u").textContent`, "titel")

	mended := good
	mended.Diags = broken.Diags[:1]
	s.Show(mended)
	tab.Becomes(overlay+`.querySelector(".badge").textContent`, "1 warning")
	tab.Want(overlay+`.querySelector("section").hidden`, "true")
	s.Show(good)
	tab.Becomes(overlay+` === undefined`, "true")
	tab.Want(`note.value`, "typed")
}

func TestMovedPageLeadsOn(t *testing.T) {
	tab := openTab(t)
	s, at := start(t, Site{Tree: guideSite("First"), Base: "/base/"})
	tab.Goto(at + "/base/guide/")
	tab.Becomes(`document.querySelector("h1").textContent`, "First")
	s.Show(Site{Base: "/base/", Tree: guideSite("First", "guide/index.html", "", "ü x/index.html", guide("First", "/one.css")), Moved: map[string]string{"guide/index.html": "ü x/index.html"}})
	tab.Becomes(`decodeURI(location.pathname)`, "/base/ü x/")
	s.Show(Site{Base: "/base/", Tree: guideSite("First", "guide/index.html", "")})
	tab.Becomes(`document.title`, "Missing")
	s.Show(Site{Base: "/base/", Tree: guideSite("First", "guide/index.html", "", "ü x/index.html", guide("Back", "/one.css"))})
	tab.Becomes(`document.title`, "Back")
}

func TestHiddenTabCatchesUp(t *testing.T) {
	tab := openTab(t)
	s, at := start(t, Site{Tree: guideSite("First")})
	tab.Goto(at + "/guide/")
	tab.Becomes(settled, "true")
	hide := func(hidden bool) {
		tab.Run(fmt.Sprintf(`Object.defineProperty(document, "hidden", { value: %v, configurable: true }); document.dispatchEvent(new Event("visibilitychange")); 0`, hidden))
	}
	hide(true)
	for begun := time.Now(); len(s.streams) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatal("a hidden tab keeps its connection")
		}
	}
	s.Show(Site{Tree: guideSite("Second")})
	hide(false)
	tab.Becomes(`document.querySelector("h1").textContent + loads`, "Second1")
}

func TestSiteAppearsWhereThereWasNone(t *testing.T) {
	tab := openTab(t)
	s, at := start(t, Site{Diags: diag.List{{Severity: diag.Error, Pos: diag.File("site.yaml"), Message: "no"}}})
	tab.Goto(at + "/guide/")
	tab.Becomes(`document.querySelector("h1")?.textContent`, "The site cannot be built yet")
	s.Show(Site{Tree: guideSite("First")})
	tab.Becomes(`document.querySelector("h1")?.textContent + document.getElementById("added")?.textContent`, "Firstby a script")
}
