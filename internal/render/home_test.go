package render_test

import (
	"fmt"
	"testing"

	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/sitetest"
)

// A folder of notes has no sections, and still each page is a click or two from
// home: what the home page cannot name stands in lists behind it.
func TestHomeOfAFlatSiteIsPaged(t *testing.T) {
	list := []files.File{files.Memory("site.yaml", []byte("title: Notes\ndescription: All my notes.\n"))}
	for i := range 100 {
		list = append(list, files.Memory(fmt.Sprintf("content/note-%03d.md", i), []byte(fmt.Sprintf("---\ntitle: Note %03d\nsummary: A note.\ntype: article\n---\nText.\n", i))))
	}
	site := sitetest.Build(t, files.NewTree(list...), pipeline.Settings{}).Files
	open(t, site, "index.html").has(map[string]int{".places a": 48, ".pager a[rel=next][href='/page/2/']": 1, ".pager a[rel=prev]": 0})
	open(t, site, "page/2/index.html").has(map[string]int{".cards .card": 48, ".pager a[rel=prev][href='/']": 1, ".pager a[rel=next][href='/page/3/']": 1, "h1": 1, ".breadcrumbs a[href='/']": 1})
	last := open(t, site, "page/3/index.html")
	last.has(map[string]int{".cards .card": 4, ".pager a[rel=next]": 0})
	if got := text(last.all(".card h3")[3]); got != "Note 099" {
		t.Errorf("the last card is %q", got)
	}
}
