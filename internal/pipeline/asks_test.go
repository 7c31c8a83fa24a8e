package pipeline

import "testing"

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

	s = few() // with layouts that ask nothing of the settings
	s["themes/default/layouts/shared/header.html"] = currentOnly
	s["themes/default/layouts/base.html"] = `<!doctype html>{{.Shared "header"}}<main>{{block "main" .}}{{end}}</main>`
	s["themes/default/layouts/article.html"] = `{{define "main"}}<h1>{{.Title}}</h1>{{.Content}}{{end}}`
	s["site.yaml"] = "title: S\nnavigation:\n  - {title: B, page: b/}\n"
	keepsTheLaw(t, s, func() { s["site.yaml"] += "  - {title: Articles, page: articles/}\n" })
}

// TestFaultsOfSharedPieces moves and mends a fault in a piece that prints the same
// as before.
func TestFaultsOfSharedPieces(t *testing.T) {
	s := few()
	footer := "themes/default/layouts/shared/footer.html"
	s[footer] = `<footer>{{.Nothing}}</footer>`
	keepsTheLaw(t, s, func() { s[footer] = "{{/* a note */ -}}\n<footer>{{.Nothing}}</footer>" }, func() { s[footer] = `<footer>` })
}
