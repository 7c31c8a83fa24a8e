package markdown

import (
	"slices"
	"strings"
)

// Put takes a text away and returns what gets it back.
type Put func(string) (get func() (string, error), err error)

// Stow returns a body whose HTML is put aside. It must be loaded before it is
// filled; its holes stay at hand, their places without excerpts.
func (b Body) Stow(put Put) (Body, error) {
	if b.get != nil || b.IsZero() {
		return b, nil
	}
	get, err := put(b.html)
	if err != nil {
		return b, err
	}
	holes := slices.Clone(b.holes)
	for i := range holes {
		holes[i].Pos.Excerpt = "" // whoever reports one finds the line again
	}
	return Body{holes: holes, offs: b.offs, base: b.base, get: get}, nil
}

// Load returns the body with its HTML at hand.
func (b Body) Load() (Body, error) {
	if b.get == nil {
		return b, nil
	}
	html, err := b.get()
	b.html, b.get = html, nil
	return b, err
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
