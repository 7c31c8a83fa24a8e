package render

import (
	"sync"

	"rapport/internal/theme"
)

// shape is what decides which answers pages have in common: those of one shape
// use one layout made ready.
type shape struct {
	layout, kind                             string
	embedded, handout, hidden, code, picture bool
}

func (p *PageView) shape(layout string) shape {
	return shape{layout, p.Kind, p.Embedded, p.Handout() != nil, p.Hidden(), p.file().Code, p.Meta().Image != ""}
}

// ready is a layout with what is the same for every page of a shape set in, and
// what was asked for that.
type ready struct {
	once   sync.Once
	layout theme.Ready
	reads  []Read
}

// ready returns the layout made ready, and notes what is set in.
func (p *PageView) ready(layout string) theme.Ready {
	s := p.shape(layout)
	made, ok := p.world.ready.Load(s)
	if !ok {
		made, _ = p.world.ready.LoadOrStore(s, new(ready))
	}
	r := made.(*ready)
	r.once.Do(func() {
		asks := NewView(p.world, "")
		of := p.world.Theme.Ready
		if s.embedded {
			of = p.world.Theme.ReadyMain
		}
		r.layout = of(layout, func(question string, words []string) (any, bool) {
			if len(words) == 0 {
				return asks.alike(s, question)
			}
			return asks.same(question, words[0], words[1:])
		}, "Shared")
		r.reads = asks.Reads()
	})
	for _, read := range r.reads {
		p.reads[read.Key] = read.Answer
	}
	return r.layout
}

// alike answers the questions whose answer is the same for all pages of a shape.
func (v *View) alike(s shape, question string) (any, bool) {
	switch question {
	case "Language":
		return v.Language(), true
	case "Direction":
		return v.Direction(), true
	case "SiteTitle":
		return v.SiteTitle(), true
	case "Kind":
		return s.kind, true
	case "Embedded":
		return s.embedded, true
	case "Hidden":
		return s.hidden, true
	case "HasCode":
		return s.code, !s.handout // it may show the code of others
	case "Picture":
		return nil, !s.picture
	case "Handout":
		return nil, !s.handout
	case "HandoutBrand.Style":
		if !s.handout {
			c := v.config()
			return v.style(c.Brands[c.Brand]), true
		}
	case "Canonical":
		return "", v.config().BaseURL == ""
	}
	return nil, false
}

// same answers the questions with words whose answer is the same for every page.
func (v *View) same(question, first string, more []string) (any, bool) {
	if question == "T" {
		values := make([]any, len(more))
		for i, w := range more {
			values[i] = w
		}
		return v.T(first, values...), true
	}
	switch {
	case len(more) > 0:
	case question == "Words":
		return v.Words(first), true
	case question == "Path":
		return v.Path(first), true
	case question == "Asset" && v.HasAsset(first):
		return v.Asset(first), true
	}
	return nil, false
}
