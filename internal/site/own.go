package site

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"sync"

	"rapport/internal/advice"
	"rapport/internal/markdown"
)

// Own is what no other page asks of a page.
type Own struct {
	Doc markdown.Doc
	Structure
}

// Structure is what the text of a page is, if it is of such a type.
type Structure struct {
	Checklist  *advice.Checklist
	Assessment *advice.Assessment
	Template   *advice.Template
	Questions  *advice.Questions
}

// Stower turns what only a page's own output needs into bytes and back. It may
// be used by several goroutines at once.
type Stower struct{ stowers, unstowers sync.Pool }

// stower and unstower are gob streams that are past the description of the types,
// which would be most of the bytes and time of a single page.
type stower struct {
	out bytes.Buffer
	gob *gob.Encoder
}

type unstower struct {
	in  bytes.Reader
	gob *gob.Decoder
}

func newStower() *stower {
	w := new(stower)
	w.gob = gob.NewEncoder(&w.out)
	return w
}

// Stow appends the bytes to b: the length of the structure, which is 0 if there
// is none, the structure, and what output shows of the Doc.
func (s *Stower) Stow(own *Own, b []byte) ([]byte, error) {
	if own.Structure == (Structure{}) {
		return own.Doc.Stow(append(b, 0)), nil
	}
	w, _ := s.stowers.Get().(*stower)
	if w == nil {
		w = newStower()
		if err := w.gob.Encode(Structure{}); err != nil { // with the types
			return b, err
		}
	}
	w.out.Reset()
	if err := w.gob.Encode(own.Structure); err != nil {
		return b, err
	}
	b = append(binary.AppendUvarint(b, uint64(w.out.Len())), w.out.Bytes()...)
	s.stowers.Put(w)
	return own.Doc.Stow(b), nil
}

// Unstow reads what Stow appended. The result holds on to the text.
func (s *Stower) Unstow(text string) (own *Own, err error) {
	own = new(Own)
	size, n := binary.Uvarint([]byte(text[:min(len(text), binary.MaxVarintLen64)]))
	if n <= 0 || size > uint64(len(text)-n) {
		return nil, errors.New("what was put aside of a page is damaged")
	}
	text = text[n:]
	if size > 0 {
		if err := s.structure([]byte(text[:size]), &own.Structure); err != nil {
			return nil, err
		}
	}
	own.Doc, err = markdown.Unstow(text[size:])
	return own, err
}

func (s *Stower) structure(data []byte, to *Structure) error {
	r, _ := s.unstowers.Get().(*unstower)
	if r == nil {
		types := newStower()
		if err := types.gob.Encode(Structure{}); err != nil {
			return err
		}
		r = new(unstower)
		r.in.Reset(types.out.Bytes())
		r.gob = gob.NewDecoder(&r.in)
		if err := r.gob.Decode(new(Structure)); err != nil {
			return err
		}
	}
	r.in.Reset(data)
	err := r.gob.Decode(to)
	if err == nil {
		s.unstowers.Put(r)
	}
	return err
}
