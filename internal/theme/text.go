package theme

import (
	"maps"
	"slices"
)

// Text returns all that a theme itself may put into a page: its layouts, its
// messages with their keys, and the addresses of its assets.
func (t *Theme) Text() []byte {
	var text []byte
	add := func(words string) { text = append(append(text, words...), '\n') }
	sources := t.sources()
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		add(string(sources[name].Text))
	}
	for _, key := range slices.Sorted(maps.Keys(t.Messages.words)) {
		add(key)
		add(t.Messages.words[key])
	}
	for _, name := range slices.Sorted(maps.Keys(t.Assets)) {
		add(t.Assets[name].Path)
	}
	return text
}
