package render

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/search"
	"rapport/internal/site"
)

// apart returns the targets in path order, without those that stand in the way of
// another: at its path, or where it needs a folder. Each of them is an error. What
// the search index is made of has its place before all targets, and what every
// site has before what an author wrote.
func apart(w *World, list []Target) ([]Target, diag.List) {
	for _, at := range search.Fixed() {
		list = append(list, Target{Path: at})
	}
	slices.SortStableFunc(list, func(a, b Target) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), strings.Compare(a.Recipe, b.Recipe))
	})
	c := clashes{world: w}
	out, above := list[:0], []Target{} // above: those whose path the next one may begin with
	gone := map[string]bool{}
	for _, t := range list {
		for len(above) > 0 && !strings.HasPrefix(t.Path, above[len(above)-1].Path) {
			above = above[:len(above)-1]
		}
		i := slices.IndexFunc(above, func(o Target) bool { return !gone[o.Path] && o.blocks(t.Path) })
		switch {
		case path.Clean(t.Path) != t.Path: // another way to write a path that may be taken
			c.diags.Error(c.place(t), "give it a plain name", "there can be no file %s", t.Path)
			continue
		case strings.HasPrefix(t.Recipe, "asset ") && unportable(t.Path) != "": // of others, package site knows better places
			c.diags.Error(c.place(t), "rename it with letters, digits, hyphens and dots", "%s has a name that %s", words(t), unportable(t.Path))
			continue
		case t.copied() && strings.HasPrefix(t.Path, "search/"):
			c.report(t, Target{Path: "search/"})
			continue
		case i >= 0 && above[i].copied() && above[i].Path != t.Path: // one file for the sake of many pages
			c.report(above[i], t)
			gone[above[i].Path] = true
		case i >= 0:
			c.report(t, above[i])
			continue
		}
		out, above = append(out, t), append(above, t)
	}
	return slices.DeleteFunc(out, func(t Target) bool { return t.Recipe == "" || gone[t.Path] }), c.diags
}

// blocks reports whether there can be no file at the path beside the target.
func (t Target) blocks(path string) bool {
	rest, ok := strings.CutPrefix(path, t.Path)
	return ok && (rest == "" || rest[0] == '/')
}

// rank says how far an author can move a target out of the way of others: those of
// higher rank have to.
func (t Target) rank() int {
	switch kind, name, _ := strings.Cut(t.Recipe, " "); {
	case kind == "section":
		return 1
	case kind == "page" && strings.HasPrefix(name, "content/"):
		return 2
	case t.copied():
		return 3
	case kind == "redirect":
		return 4
	}
	return 0
}

// unportable says why some system cannot hold a file at the path.
func unportable(path string) string {
	for part := range strings.SplitSeq(path, "/") {
		if why := site.Unportable(part); why != "" {
			return why
		}
	}
	return ""
}
