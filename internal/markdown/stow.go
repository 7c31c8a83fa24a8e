package markdown

import (
	"slices"
	"strings"
)

// Put takes bytes away and returns what gets them back.
type Put func([]byte) (get func() ([]byte, error), err error)

// Stow returns a body whose HTML is put aside. It must be loaded before it is
// filled; its holes stay at hand, their places without excerpts.
func (b Body) Stow(put Put) (Body, error) {
	if b.get != nil || b.IsZero() {
		return b, nil
	}
	cuts, size := make([]int32, len(b.html)), 0
	for i, piece := range b.html {
		cuts[i] = int32(len(piece))
		size += len(piece)
	}
	all := make([]byte, 0, size)
	for _, piece := range b.html {
		all = append(all, piece...)
	}
	get, err := put(all)
	if err != nil {
		return b, err
	}
	holes := slices.Clone(b.holes)
	for i := range holes {
		holes[i].Pos.Excerpt = "" // whoever reports one finds the line again
	}
	return Body{holes: holes, cuts: cuts, get: get}, nil
}

// Load returns the body with its HTML at hand.
func (b Body) Load() (Body, error) {
	if b.get == nil {
		return b, nil
	}
	data, err := b.get()
	if err != nil {
		return b, err
	}
	all := string(data)
	html := make([]string, len(b.cuts))
	for i, n := range b.cuts {
		html[i], all = all[:n], all[n:]
	}
	return Body{html: html, holes: b.holes}, nil
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
