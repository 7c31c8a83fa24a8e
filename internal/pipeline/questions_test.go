package pipeline

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"testing"
	"weak"

	"rapport/internal/render"
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

// TestOldWorldsAreLetGo edits a text, which changes neither the site nor the plan.
// What the plan says must not hold on to the world, the tree and the cards of the
// run that planned.
func TestOldWorldsAreLetGo(t *testing.T) {
	s := lawSite()
	p := New(settings(t, s))
	defer p.Close()
	out := &memory{files: map[string][]byte{}}
	planned := func() weak.Pointer[render.World] {
		r, err := p.Run(context.Background(), s.tree(), out)
		if err != nil {
			t.Fatal(err)
		}
		return weak.Make(r.World)
	}
	maps.DeleteFunc(s, func(path, _ string) bool { return strings.HasPrefix(path, "content/handouts/") }) // with which each run plans
	first := planned()
	s["content/articles/a1.md"] += "\nMore.\n"
	planned()
	for range 3 { // what is pooled lives through two
		runtime.GC()
	}
	if first.Value() != nil {
		t.Error("the world of an earlier run is still held")
	}
}
