package render_test

import (
	"context"
	"fmt"
	"testing"

	"rapport"
	"rapport/internal/files"
	"rapport/internal/pipeline"
)

// A folder of notes has no sections, and still each page is a click or two from
// home: what the home page cannot name stands in lists behind it.
func TestHomeOfAFlatSiteIsPaged(t *testing.T) {
	builtin, err := files.FromFS(rapport.Theme, "")
	if err != nil {
		t.Fatal(err)
	}
	list := []files.File{files.Memory("site.yaml", []byte("title: Notes\ndescription: All my notes.\n"))}
	for i := range 100 {
		list = append(list, files.Memory(fmt.Sprintf("content/note-%03d.md", i), []byte(fmt.Sprintf("---\ntitle: Note %03d\nsummary: A note.\ntype: article\n---\nText.\n", i))))
	}
	p := pipeline.New(pipeline.Settings{Builtin: builtin, Scripts: pipeline.Scripts(), Today: "2026-11-22"})
	defer p.Close()
	out := &shelf{files: map[string][]byte{}}
	if _, err := p.Run(context.Background(), files.NewTree(list...), out); err != nil {
		t.Fatal(err)
	}
	open(t, out.files, "index.html").has(map[string]int{".places a": 48, ".pager a[rel=next][href='/page/2/']": 1, ".pager a[rel=prev]": 0})
	open(t, out.files, "page/2/index.html").has(map[string]int{".cards .card": 48, ".pager a[rel=prev][href='/']": 1, ".pager a[rel=next][href='/page/3/']": 1, "h1": 1, ".breadcrumbs a[href='/']": 1})
	last := open(t, out.files, "page/3/index.html")
	last.has(map[string]int{".cards .card": 4, ".pager a[rel=next]": 0})
	if got := text(last.all(".card h3")[3]); got != "Note 099" {
		t.Errorf("the last card is %q", got)
	}
}
