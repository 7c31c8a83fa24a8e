package pipeline

import (
	"strings"
	"testing"
)

// keepsTheLaw does the edits one after the other, and compares each time with a
// fresh run.
func keepsTheLaw(t *testing.T, s source, edits ...func()) {
	t.Helper()
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	run(t, p, s, out)
	for i, edit := range edits {
		edit()
		if d := difference(run(t, p, s, out), fresh(t, s)); d != "" {
			t.Errorf("after edit %d:\n%s", i, d)
		}
	}
}

// few is a site of two sections, where a test adds what it is about.
func few() source {
	return source{"site.yaml": "title: S\n", "content/articles/a.md": page("A", "") + "Text.\n", "content/b/b.md": page("B", "") + "Text.\n"}
}

// currentOnly is a header that says nothing but where the page is.
const currentOnly = `<header>{{range .Navigation}}{{if .Current}}<b>{{.Title}}</b>{{end}}{{end}}</header>`

// TestNavigationComesToAPage gives the navigation an entry that is the current one
// of a page which was there before.
func TestNavigationComesToAPage(t *testing.T) {
	s := few()
	s["themes/default/layouts/shared/header.html"] = currentOnly
	s["content/new/hidden.md"] = page("Hidden", "listed: false\n") + "Text.\n"
	keepsTheLaw(t, s, func() { s["content/new/shown.md"] = page("Shown", "") + "Text.\n" }, func() { delete(s, "content/new/shown.md") })
}

// TestFaultsOfSharedPieces moves and mends a fault in a piece that prints the same
// as before.
func TestFaultsOfSharedPieces(t *testing.T) {
	s := few()
	footer := "themes/default/layouts/shared/footer.html"
	s[footer] = `<footer>{{.Nothing}}</footer>`
	keepsTheLaw(t, s, func() { s[footer] = "{{/* a note */ -}}\n<footer>{{.Nothing}}</footer>" }, func() { s[footer] = `<footer>` })
}

// TestNames adds, hides and takes away what a name means: an author, a page that
// a layout asks for, and one that takes the name of another.
func TestNames(t *testing.T) {
	const bob, about = "content/people/bob.md", "content/articles/about.md"
	s := few()
	s["content/articles/a.md"] = page("A", "authors: [bob]\n") + "Text.\n"
	s["themes/default/layouts/partials/foot.html"] = `{{with .Page "about"}}<a href="{{.URL}}">{{.Title}}</a>{{end}}`
	keepsTheLaw(t, s,
		func() { s[bob] = page("Bob", "role: Writer\nlisted: false\n") + "Text.\n" },
		func() { replace(s, bob, "title: ", "title: Dr ") },
		func() { s[about] = page("About", "listed: false\n") + "Text.\n" },
		func() { replace(s, about, "title: ", "title: All ") },
		func() { s["content/aaa/about.md"] = page("Another", "listed: false\n") + "Text.\n" },
		func() { delete(s, "content/aaa/about.md") },
		func() { delete(s, about) },
		func() { delete(s, bob) },
	)

	s = few() // what the settings name
	s["site.yaml"] = "title: S\nhome:\n  guides: [g]\n"
	keepsTheLaw(t, s,
		func() { s["content/b/g.md"] = page("G", "listed: false\n") + "Text.\n" },
		func() { s["content/articles/g.md"] = page("Other G", "listed: false\n") + "Text.\n" },
		func() { delete(s, "content/articles/g.md") },
	)

	s = few() // the site's author, in a layout that asks for no other setting
	s["themes/default/layouts/base.html"] = `<main>{{block "main" .}}{{end}}</main>`
	s["themes/default/layouts/article.html"] = `{{define "main"}}{{range .Authors}}{{.Title}}{{end}}{{end}}`
	s[bob] = page("Bob", "role: Writer\n") + "Text.\n"
	keepsTheLaw(t, s, func() { s["site.yaml"] += "author: bob\n" })
}

// stepCards shows each step as a card, and the page it leads to where that stands
// in the handout.
const stepCards = `{{$page := .Page}}{{range .Phases}}{{range .Parts}}{{range .Items}}{{with $page.To .}}{{.HTML}}{{end}}{{with $page.Embed .}}{{.}}{{end}}{{end}}{{end}}{{end}}`

// TestCardsOfSteps shows the same page as a card in a list and, at a place of its
// own, in a handout that it stands in.
func TestCardsOfSteps(t *testing.T) {
	s := few()
	s["themes/default/layouts/partials/phases.html"] = stepCards
	s["content/handouts/pack.md"] = page("Pack", "key: abcdefgh1234\ninclude: embed\n") + "Hello.\n\n## Session\n1. [A](../articles/a.md) Do it.\n"
	out := &memory{files: map[string][]byte{}}
	p := New(settings(t, s))
	defer p.Close()
	run(t, p, s, out)
	for path, link := range map[string]string{"articles/index.html": `href="/articles/a/"`, "handouts/pack-abcdefgh1234/index.html": `href="#page-a"`} {
		if got := string(out.files[path]); !strings.Contains(got, link) {
			t.Errorf("%s holds no %s:\n%s", path, link, got)
		}
	}
	keepsTheLaw(t, s, func() { s["content/handouts/pack.md"] += "\nMore.\n" }, func() { s["content/articles/c.md"] = page("C", "") + "Text.\n" })
}

// TestCodeInAHandout puts code into a page that counts as part of a handout, whose
// layout does not show it.
func TestCodeInAHandout(t *testing.T) {
	s := few()
	s["themes/default/layouts/handout.html"] = `{{define "main"}}<h1>{{.Title}}</h1>{{if .HasCode}}With code.{{end}}{{end}}`
	s["content/handouts/pack.md"] = page("Pack", "key: abcdefgh1234\ninclude: embed\n") + "Hello.\n\n## Session\n1. [A](../articles/a.md) Do it.\n"
	code := func() { toggle(s, "content/articles/a.md", "Text.\n", "Text.\n\n```go\nx\n```\n") }
	keepsTheLaw(t, s, code, code)
}

// TestHowTextIsRead changes what decides how a text is read beside its file, under
// layouts that ask for nothing but the text.
func TestHowTextIsRead(t *testing.T) {
	s := few()
	s["themes/default/layouts/base.html"] = `<main>{{block "main" .}}{{end}}</main>`
	s["themes/default/layouts/article.html"] = `{{define "main"}}{{.Content}}{{end}}`
	s["content/articles/a.md"] += "\n## Part\n\n```go\nfunc f() {}\n```\n"
	keepsTheLaw(t, s, func() { s["site.yaml"] += "code: plain\n" }, func() { s["site.yaml"] += "language: de\n" })
}
