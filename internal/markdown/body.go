package markdown

import "strings"

// Body is HTML with holes between its pieces: len(html) == len(holes)+1. The
// zero Body is empty.
type Body struct {
	html  []string
	holes []Hole
	// Of a body that is put aside: the lengths of its pieces, and what gets
	// them back.
	cuts []int32
	get  func() ([]byte, error)
}

// HTML returns a body without holes. The text must be safe as it stands.
func HTML(text string) Body { return Body{html: []string{text}} }

// IsZero reports whether the body is empty.
func (b Body) IsZero() bool {
	return b.get == nil && len(b.holes) == 0 && (len(b.html) == 0 || b.html[0] == "")
}

// Holes returns what the body asks of the site, in order. The caller must not
// change it.
func (b Body) Holes() []Hole { return b.holes }

// Fill returns the HTML with each hole answered. The answers are taken as
// they are, so they must be safe HTML.
func (b Body) Fill(answer func(Hole) string) string {
	if len(b.holes) == 0 {
		if len(b.html) == 0 {
			return ""
		}
		return b.html[0]
	}
	var s strings.Builder
	n := 0
	for _, h := range b.html {
		n += len(h)
	}
	s.Grow(n + 80*len(b.holes))
	for i, hole := range b.holes {
		s.WriteString(b.html[i])
		s.WriteString(answer(hole))
	}
	s.WriteString(b.html[len(b.holes)])
	return s.String()
}
