package markdown

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"rapport/internal/diag"
)

// TestPagesLeaveNoTrace reads small pages after large ones with one converter,
// and each with a new one.
func TestPagesLeaveNoTrace(t *testing.T) {
	var pages []string
	for _, n := range []int{1, 200, 2, 3000, 1, 70} {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "## Head *%d* of %d\n\nSome **bold words** and [a link](b%d.md) by\na line. [^1]\n\n- [ ] task _%d_\n\n[^1]: note\n", i, n, i, i)
		}
		pages = append(pages, b.String())
	}
	one := New(Options{})
	for i, page := range append(pages, pages...) {
		src := diag.Source{Path: "p.md", Text: []byte(page)}
		got, _ := one.Convert(src, 0, i%3 > 0)
		want, _ := New(Options{}).Convert(src, 0, i%3 > 0)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("page %d of %d bytes is different after others", i, len(page))
		}
	}
}
