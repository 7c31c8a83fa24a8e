package markdown

import (
	"slices"
	"strings"

	"rapport/internal/diag"
)

// Put takes a text away and returns what gets it back.
type Put func(string) (get func() (string, error), err error)

// aside is what stays at hand of a body: what gets its HTML back, and its
// holes. A large site has many, so they take little room.
type aside struct {
	get   func() (string, error)
	file  string
	holes []smallHole
}

type smallHole struct {
	target              string
	words               *[2]string // label and title, where there are any
	line, column, width int32
	kind                HoleKind
}

func (a *aside) open() []Hole {
	holes := make([]Hole, len(a.holes))
	for i, h := range a.holes {
		holes[i] = Hole{Kind: h.kind, Target: h.target, Pos: diag.Pos{File: a.file, Line: int(h.line), Column: int(h.column), Width: int(h.width)}}
		if h.words != nil {
			holes[i].Label, holes[i].Title = h.words[0], h.words[1]
		}
	}
	return holes
}

// Stow returns a body whose HTML is put aside. It must be loaded before it is
// filled.
func (b Body) Stow(put Put) (Body, error) {
	if b.aside != nil || b.IsZero() {
		return b, nil
	}
	get, err := put(b.html)
	if err != nil {
		return b, err
	}
	a := &aside{get: get, holes: make([]smallHole, len(b.holes))}
	for i, h := range b.holes {
		a.file = h.Pos.File // the same for all
		a.holes[i] = smallHole{target: h.Target, line: int32(h.Pos.Line), column: int32(h.Pos.Column), width: int32(h.Pos.Width), kind: h.Kind}
		if h.Label != "" || h.Title != "" {
			a.holes[i].words = &[2]string{h.Label, h.Title}
		}
	}
	return Body{offs: b.offs, base: b.base, aside: a}, nil
}

// Load returns the body with its HTML at hand.
func (b Body) Load() (Body, error) {
	if b.aside == nil {
		return b, nil
	}
	html, err := b.aside.get()
	return Body{html: html, holes: b.aside.open(), offs: b.offs, base: b.base}, err
}

// Stow returns a Doc whose body is put aside, and whose other parts no longer
// hold the text alive. The text itself is dropped.
func (d Doc) Stow(put Put) (Doc, error) {
	var err error
	if d.Body, err = d.Body.Stow(put); err != nil {
		return d, err
	}
	if d.Notes, err = d.Notes.Stow(put); err != nil {
		return d, err
	}
	d.Outline = slices.Clone(d.Outline)
	for i := range d.Outline {
		d.Outline[i].Text = strings.Clone(d.Outline[i].Text)
	}
	d.Text, d.Title, d.Sections = "", strings.Clone(d.Title), nil
	return d, nil
}
