package pipeline

import (
	"maps"
	"slices"

	"rapport/internal/advice"
	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/highlight"
)

// Scripts are what the rooms below offer to themes as assets, by name: what
// makes checklists and the like work in a browser, and the looks of code.
func Scripts() []files.File {
	list := []files.File{files.Memory("code.css", []byte(highlight.Styles())), files.Memory("unlock.js", handout.Unlock())}
	pages := advice.Scripts()
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		list = append(list, files.Memory("advice/"+name, pages[name]))
	}
	return list
}
