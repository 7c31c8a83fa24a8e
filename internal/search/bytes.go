package search

import (
	"encoding/binary"
	"errors"
)

// errDamaged is what every reader of our own bytes says when they cannot be
// what the writer wrote.
var errDamaged = errors.New("damaged or made by another version")

// writer appends the two shapes that all binary parts are made of.
type writer struct{ b []byte }

func (w *writer) uint(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }

func (w *writer) string(s string) {
	w.uint(len(s))
	w.b = append(w.b, s...)
}

func (w *writer) bytes(b []byte) {
	w.uint(len(b))
	w.b = append(w.b, b...)
}

// reader takes them apart; after a fault it returns zeros and keeps err.
type reader struct {
	b   []byte
	err error
}

func (r *reader) uint() int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > 1<<31 {
		r.b, r.err = nil, errDamaged
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

// count reads the length of a list whose items take at least one byte each.
func (r *reader) count() int {
	n := r.uint()
	if n > len(r.b) {
		r.b, r.err = nil, errDamaged
		return 0
	}
	return n
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.b, r.err = nil, errDamaged
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) string() string { return string(r.bytes(r.uint())) }

// skip passes over a string.
func (r *reader) skip() { r.bytes(r.uint()) }
