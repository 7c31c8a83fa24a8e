package render

import (
	"sync"

	"rapport/internal/theme"
)

// ready is a layout with what is the same for every page set in, and what was
// asked for that.
type ready struct {
	once   sync.Once
	layout theme.Ready
	reads  []Read
}

// ready returns the layout made ready, and notes what is set in.
func (v *View) ready(name string) theme.Ready {
	made, ok := v.world.ready.Load(name)
	if !ok {
		made, _ = v.world.ready.LoadOrStore(name, new(ready))
	}
	r := made.(*ready)
	r.once.Do(func() {
		asks := NewView(v.world, "")
		r.layout = v.world.Theme.Ready(name, asks.same, "Shared")
		r.reads = asks.Reads()
	})
	for _, read := range r.reads {
		v.reads[read.Key] = read.Answer
	}
	return r.layout
}

// same answers the questions of layouts whose answer is the same for every page.
func (v *View) same(question string, words []string) (string, bool) {
	if len(words) == 0 {
		switch question {
		case "Language":
			return v.Language(), true
		case "Direction":
			return v.Direction(), true
		case "SiteTitle":
			return v.SiteTitle(), true
		}
		return "", false
	}
	switch first := words[0]; {
	case question == "T":
		values := make([]any, len(words)-1)
		for i, w := range words[1:] {
			values[i] = w
		}
		return v.T(first, values...), true
	case len(words) > 1:
		return "", false
	case question == "Words":
		return v.Words(first), true
	case question == "Path":
		return v.Path(first), true
	case question == "Asset" && v.HasAsset(first):
		return v.Asset(first), true
	}
	return "", false
}
