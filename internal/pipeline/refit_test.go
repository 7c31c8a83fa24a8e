package pipeline

import (
	"context"
	"maps"
	"strings"
	"testing"

	"rapport/internal/files"
	"rapport/internal/site"
)

// A new footer goes into the pages that are there. No layout is asked, so the
// texts of the pages are not needed.
func TestRefit(t *testing.T) {
	s := lawSite()
	maps.DeleteFunc(s, func(path, _ string) bool { return strings.HasPrefix(path, "content/handouts/") }) // nothing of them is kept
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer func() { p.Close() }()
	first := run(t, p, s, out)
	if out.got > 0 {
		t.Fatalf("a first run fetched %d pages", out.got)
	}
	p = inNewProcess(t, p) // which would have to read the text of a page that it makes
	s["themes/default/layouts/shared/footer.html"] = "<footer>New: {{.SiteTitle}}</footer>"
	want := fresh(t, s)
	var list []files.File
	for f := range s.tree().All() {
		if site.IsPage(f.Path) {
			other := files.Memory(f.Path, []byte("not what it looks like"))
			other.Hash = f.Hash
			f = other
		}
		list = append(list, f)
	}
	r, err := p.Run(context.Background(), files.NewTree(list...), out)
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, o := range r.Outputs {
		if o.Staged.Hash != want.files[o.Path] {
			t.Errorf("%s is not what a fresh build makes", o.Path)
		}
		if strings.HasSuffix(o.Path, ".html") && o.Staged.Hash != first.files[o.Path] {
			pages++
		}
	}
	if out.got < 30 || out.got > pages {
		t.Errorf("of %d pages with another footer %d were fetched", pages, out.got)
	}
	if got := string(out.files["articles/a1/index.html"]); strings.Count(got, "New: ") != 1 {
		t.Errorf("the page holds the footer %d times:\n%s", strings.Count(got, "New: "), got)
	}
}

// A new section comes into the navigation of pages that ask which of its entries is
// the current one. Their layouts are not asked for that either.
func TestRefitOfNavigation(t *testing.T) {
	s := few()
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	run(t, p, s, out)
	s["content/new/n.md"] = page("New", "") + "Text.\n"
	if d := difference(run(t, p, s, out), fresh(t, s)); d != "" {
		t.Error(d)
	}
	if out.got == 0 {
		t.Error("no page was fetched, so all were made again")
	}
}
