package pipeline

import (
	"fmt"
	"testing"
)

// TestOldQuestionsAreForgotten renames a page again and again. What was asked of
// its earlier names must not stay for ever, and the site must stay what it is.
func TestOldQuestionsAreForgotten(t *testing.T) {
	s := lawSite()
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	run(t, p, s, out)
	first, most := len(p.asked.list), 0
	name := "content/articles/a8.md"
	for i := range 300 {
		next := fmt.Sprintf("content/articles/renamed-%d.md", i)
		s[next] = s[name]
		delete(s, name)
		name = next
		run(t, p, s, out)
		most = max(most, len(p.asked.list))
	}
	if most > 3*first {
		t.Errorf("%d questions became %d", first, most)
	}
	if most == first {
		t.Error("no name asked anything")
	}
	if d := difference(run(t, p, s, out), fresh(t, s)); d != "" {
		t.Error(d)
	}
}
