package markdown

import (
	"encoding/binary"
	"errors"

	"rapport/internal/diag"
)

// A Doc that waits for its output is written as bytes, so that a site with many
// pages is little work for the garbage collector. Numbers are varints, and a
// text stands behind its length:
//
//	file of the holes; Body; Notes; number of headings; per heading: level,
//	id, text
//
//	a body: HTML; number of holes; per hole: kind, bytes since the hole before,
//	target, label, title, line, column, width

// Stow appends what an output shows of the document: body, notes and outline.
// Places keep no excerpts, since the file has them.
func (d Doc) Stow(b []byte) []byte {
	file := ""
	if len(d.Body.holes) > 0 {
		file = d.Body.holes[0].Pos.File // the same for all
	}
	b = appendText(b, file)
	b = d.Body.stow(b)
	b = d.Notes.stow(b)
	b = appendInt(b, len(d.Outline))
	for _, h := range d.Outline {
		b = appendText(appendText(appendInt(b, h.Level), h.ID), h.Text)
	}
	return b
}

func (b Body) stow(out []byte) []byte {
	out = appendText(out, b.html)
	out = appendInt(out, len(b.holes))
	last := 0
	for i, h := range b.holes {
		out = appendInt(appendInt(out, int(h.Kind)), b.off(i)-last)
		last = b.off(i)
		out = appendText(appendText(appendText(out, h.Target), h.Label), h.Title)
		out = appendInt(appendInt(appendInt(out, h.Pos.Line), h.Pos.Column), h.Pos.Width)
	}
	return out
}

func appendInt(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func appendText(b []byte, s string) []byte { return append(appendInt(b, len(s)), s...) }

var errStowed = errors.New("what was put aside of a page is damaged")

// Unstow reads what Stow wrote. The document holds on to the text.
func Unstow(text string) (Doc, error) {
	r := stowed{rest: text}
	file := r.text()
	d := Doc{Body: r.body(file), Notes: r.body(file)}
	d.Outline = make([]Heading, 0, r.count())
	for range cap(d.Outline) {
		d.Outline = append(d.Outline, Heading{Level: r.int(), ID: r.text(), Text: r.text()})
	}
	if r.damaged {
		return Doc{}, errStowed
	}
	return d, nil
}

// stowed is what is still to be read. What is missing reads as zero.
type stowed struct {
	rest    string
	damaged bool
}

func (r *stowed) int() int {
	n, shift := 0, 0
	for i := range min(len(r.rest), binary.MaxVarintLen32) {
		n |= int(r.rest[i]&0x7f) << shift
		if shift += 7; r.rest[i] < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.rest, r.damaged = "", true
	return 0
}

// count is the number of things that follow, each of a byte or more.
func (r *stowed) count() int {
	n := r.int()
	if n > len(r.rest) {
		r.rest, r.damaged = "", true
		return 0
	}
	return n
}

func (r *stowed) text() string {
	n := r.count()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *stowed) body(file string) Body {
	b := Body{html: r.text()}
	n := r.count()
	if n == 0 {
		return b
	}
	b.holes, b.offs = make([]Hole, n), make([]int32, n)
	at := 0
	for i := range n {
		h := &b.holes[i]
		h.Kind = HoleKind(r.int())
		if at += r.int(); at > len(b.html) {
			r.damaged = true
			at = len(b.html)
		}
		b.offs[i] = int32(at)
		h.Target, h.Label, h.Title = r.text(), r.text(), r.text()
		h.Pos = diag.Pos{File: file, Line: r.int(), Column: r.int(), Width: r.int()}
	}
	return b
}

// MarshalBinary writes a body that stands in something else, such as the label
// of a step.
func (b Body) MarshalBinary() ([]byte, error) {
	file := ""
	if len(b.holes) > 0 {
		file = b.holes[0].Pos.File
	}
	return b.stow(appendText(nil, file)), nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (b *Body) UnmarshalBinary(data []byte) error {
	r := stowed{rest: string(data)}
	if *b = r.body(r.text()); r.damaged {
		return errStowed
	}
	return nil
}
