package pipeline

import (
	"path"
	"strings"

	"rapport/internal/site"
)

// Private tells what nothing that is kept may name: handouts, and the files that
// lie beside them.
type Private struct{ pages, folders map[string]bool }

// Private returns what is private in the last run.
func (p *Pipeline) Private() Private {
	s := Private{map[string]bool{}, map[string]bool{}}
	for _, r := range p.parsed {
		if r.page.Meta.Type == "handout" || r.page.Confidential() {
			s.pages[r.path], s.folders[path.Dir(r.path)] = true, true
		}
	}
	return s
}

// Any reports whether there is anything private.
func (s Private) Any() bool { return len(s.pages) > 0 }

// Page reports whether the file is that of a handout.
func (s Private) Page(file string) bool { return s.pages[file] }

// File reports whether the file of the input is private.
func (s Private) File(file string) bool {
	if site.IsPage(file) || !s.Any() {
		return s.pages[file]
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if s.folders[dir] {
			return true
		}
	}
	return false
}

// Recipe reports whether what is made of it is private.
func (s Private) Recipe(recipe string) bool {
	kind, source, _ := strings.Cut(recipe, " ")
	return kind == "sealed" || s.File(source)
}
