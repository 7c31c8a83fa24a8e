package markdown

import "strings"

// Body is HTML with holes in it. The zero Body is empty.
type Body struct {
	html  string // without the holes
	holes []Hole
	offs  []int32 // where each hole is, from base on
	base  int32
}

// IsZero reports whether the body is empty.
func (b Body) IsZero() bool { return b.html == "" && len(b.holes) == 0 }

// Holes returns what the body asks of the site, in order. The caller must not
// change it. Places of a body that was stowed have no excerpts.
func (b Body) Holes() []Hole { return b.holes }

// Fill returns the HTML with each hole answered. The answers are taken as
// they are, so they must be safe HTML.
func (b Body) Fill(answer func(Hole) string) string {
	if len(b.holes) == 0 {
		return b.html
	}
	var s strings.Builder
	s.Grow(len(b.html) + 80*len(b.holes))
	from := 0
	for i, hole := range b.holes {
		s.WriteString(b.html[from:b.off(i)])
		s.WriteString(answer(hole))
		from = b.off(i)
	}
	s.WriteString(b.html[from:])
	return s.String()
}

// off returns where in the HTML hole i is.
func (b Body) off(i int) int { return int(b.offs[i] - b.base) }

// after returns the part of the body from the place on.
func (b Body) after(at cut) Body {
	return Body{html: b.html[at.html:], holes: b.holes[at.holes:], offs: b.offs[at.holes:], base: b.base + int32(at.html)}
}
