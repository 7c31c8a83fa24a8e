package pipeline

import (
	"bytes"
	"strings"
	"testing"
)

// small is a site of two pages.
func small() source {
	return source{"site.yaml": "title: Small\n", "content/articles/a.md": page("A", "") + "Text.\n", "content/b/b.md": page("B", "") + "Text.\n"}
}

// TestBrokenLayouts mistypes layouts while somebody watches: each is an error
// with its place, and all is well once it is mended.
func TestBrokenLayouts(t *testing.T) {
	s := small()
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	run(t, p, s, out)
	for _, c := range []struct{ name, text, want string }{
		{"article.html", "{{define \"main\"}}\n{{template \"partials/hedaing.html\" .}}{{end}}", "article.html:2:12: error: the layout fails: there is no template \"partials/hedaing.html\"\n  2 | {{template \"partials/hedaing.html\" .}}{{end}}\n    |            ^^^^^^^^^^^^^^^^^^^^^^^\n  hint: did you mean \"partials/heading.html\"?\n"},
		{"article.html", `{{define "main"}}{{template "nowhere" .}}{{end}}`, `add it as layouts/nowhere`},
		{"article.html", `{{define "main"}}<a {{if .Hidden}}href="{{end}}>x</a>{{end}}`, "article.html:1:26: error: the layout fails: the branches of {{if}} end in different places"},
		{"base.html", `<!doctype html>{{block "main" .}}{{end}}<a href="`, "base.html:1:49: error: the layout fails: the HTML ends within"},
		{"base.html", `<!doctype html>{{block "main" .}}{{end}}<a "=x>`, "base.html: error: the layout fails: "},
		{"article.html", "{{define \"main\"}}\none \x00 zero byte{{end}}", "article.html:2:5: error: the layout holds a zero byte"},
		{"partials/heading.html", "{{add .Kind 1}}", "partials/heading.html:1:7: error: the layout fails: expected integer"},
	} {
		layout := "themes/default/layouts/" + c.name
		s[layout] = c.text
		if got := run(t, p, s, out).diags; !strings.Contains(got, c.want) {
			t.Errorf("of the layout %s it says\n%s", c.text, got)
		}
		delete(s, layout)
		if d := difference(run(t, p, s, out), fresh(t, s)); d != "" {
			t.Fatalf("%s is mended, and still\n%s", c.text, d)
		}
	}
}

// TestFooterKnowsThePage marks the entry of the footer that a page stands below,
// though the navigation has none for it.
func TestFooterKnowsThePage(t *testing.T) {
	s := small()
	s["site.yaml"] = "title: S\nnavigation:\n  - {title: Articles, page: articles/}\nfooter:\n  - {title: B, page: b/}\n"
	s["themes/default/layouts/shared/footer.html"] = `<footer>{{range .Footer}}{{if .Current}}<b>{{.Title}}</b>{{end}}{{end}}</footer>`
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	run(t, p, s, out)
	for path, want := range map[string]string{"b/b/index.html": "<footer><b>B</b></footer>", "articles/a/index.html": "<footer></footer>"} {
		if !bytes.Contains(out.files[path], []byte(want)) {
			t.Errorf("%s does not show %s", path, want)
		}
	}
}
