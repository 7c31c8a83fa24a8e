package site

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// A list may have thousands of items with a fault each. What finding them takes
// grows with their number, not with its square; memory stands for time here.
func TestManyFaultsInOneList(t *testing.T) {
	for _, key := range []string{"authors", "related", "stage", "tags", "redirects", "also", "aliases"} {
		for _, style := range []string{"[%s]", "\n  - %s"} {
			few, many := spent(t, key, style, 250), spent(t, key, style, 2000)
			if many > 24*few {
				t.Errorf("%s: %d bytes for 250 items, %d for 2,000", key+strings.TrimSpace(style), few, many)
			}
		}
	}
}

// spent returns the bytes that are allocated to read and join two pages with so
// many items in a list, all of them wrong.
func spent(t *testing.T, key, style string, n int) uint64 {
	t.Helper()
	var pages [2]string
	for side, word := range []string{"old %d", "Old %d"} { // tags and names clash by case
		items := make([]string, n)
		for i := range items {
			if items[i] = fmt.Sprintf(word, i); key == "redirects" || key == "aliases" {
				items[i] = fmt.Sprintf("/x%d/", i)
			}
		}
		between := ", "
		if strings.HasPrefix(style, "\n") {
			between = "\n  - "
		}
		pages[side] = front + key + ": " + fmt.Sprintf(style, strings.Join(items, between)) + "\nshort: A word.\n---\n"
	}
	c, _ := ParseConfig(diag.Source{Path: "site.yaml"})
	parser := NewParser(c, nil)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a, _ := parser.ParsePage("content/glossary/a.md", []byte(pages[0]))
	b, _ := parser.ParsePage("content/glossary/b.md", []byte(pages[1]))
	a.Trim()
	b.Trim()
	_, diags := New(c, []*Page{a, b}, files.Tree{})
	runtime.ReadMemStats(&after)
	if len(diags) < n {
		t.Fatalf("%s: %d items give %d findings", key, n, len(diags))
	}
	return after.TotalAlloc - before.TotalAlloc
}
