package render

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/search"
)

// apart returns the targets in path order, without those that stand in the way of
// another: at its path, or where it needs a folder. Each of them is an error. What
// the search index is made of has its place before all targets.
func apart(list []Target) ([]Target, diag.List) {
	for _, at := range search.Fixed() {
		list = append(list, Target{Path: at})
	}
	slices.SortStableFunc(list, func(a, b Target) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Recipe, b.Recipe)
	})
	var diags diag.List
	out, above := list[:0], []Target{} // above: those whose path the next one may begin with
	gone := map[string]bool{}
	for _, t := range list {
		for len(above) > 0 && !strings.HasPrefix(t.Path, above[len(above)-1].Path) {
			above = above[:len(above)-1]
		}
		i := slices.IndexFunc(above, func(o Target) bool { return !gone[o.Path] && o.blocks(t.Path) })
		switch {
		case path.Clean(t.Path) != t.Path: // another way to write a path that may be taken
			diags.Error(diag.File(sourceOf(t.Recipe)), "give it a plain name", "there can be no file %s", t.Path)
			continue
		case t.copied() && strings.HasPrefix(t.Path, "search/"):
			diags.Add(inTheWay(t, Target{Path: "search/"}))
			continue
		case i >= 0 && above[i].copied() && above[i].Path != t.Path: // one file for the sake of many pages
			diags.Add(inTheWay(above[i], t))
			gone[above[i].Path] = true
		case i >= 0:
			diags.Add(inTheWay(t, above[i]))
			continue
		}
		out, above = append(out, t), append(above, t)
	}
	return slices.DeleteFunc(out, func(t Target) bool { return t.Recipe == "" || gone[t.Path] }), diags
}

// blocks reports whether there can be no file at the path beside the target.
func (t Target) blocks(path string) bool {
	rest, ok := strings.CutPrefix(path, t.Path)
	return ok && (rest == "" || rest[0] == '/')
}

func inTheWay(t, other Target) diag.List {
	var diags diag.List
	message, values := "two things want the file %s: %s and %s", []any{other.Path, cmp.Or(other.Recipe, "the search index"), t.Recipe}
	if t.Path != other.Path {
		message = "%[3]s is in the way of %[1]s (%[2]s)"
	}
	diags.Error(diag.File(sourceOf(t.Recipe)), "give one of them another name", message, values...)
	return diags
}
