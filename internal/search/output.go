package search

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// name is what a file is called by its content.
type name [5]byte

func nameOf(data []byte) name {
	sum := sha256.Sum256(data)
	return name(sum[:])
}

func (n name) String() string { return hex.EncodeToString(n[:]) }

func (n name) path(lang, ext string) string {
	return "search/" + strings.ToLower(lang) + "/" + n.String() + "." + ext
}

// output hands each file to the sink once.
type output struct {
	sink Sink
	done map[string]bool
	err  error // the first of the sink
}

func newOutput(to Sink) *output { return &output{sink: to, done: map[string]bool{}} }

// has reports whether nothing is to be done for a file that is named by its
// content, or could be.
func (o *output) has(path string) bool {
	if !o.done[path] && o.err == nil {
		o.done[path] = o.sink.Has(path)
	}
	return o.done[path] || o.err != nil
}

func (o *output) put(path string, data []byte) {
	if !o.done[path] && o.err == nil {
		o.done[path] = true
		o.err = o.sink.Put(path, data)
	}
}

// piece is a file that holds a part of some list, from its item first to its
// item last, as it was made last.
type piece struct {
	first, last, count int32
	name               name
}

// give sees to it that the sink has the file of what make makes. The name is
// that of the file if nothing in it has changed, which saves the making.
func (o *output) give(lang, ext string, known *name, make func() ([]byte, error)) (name, error) {
	if known != nil && o.has(known.path(lang, ext)) {
		return *known, o.err
	}
	data, err := make()
	if err != nil {
		return name{}, err
	}
	n := nameOf(data)
	if path := n.path(lang, ext); !o.has(path) {
		o.put(path, data)
	}
	return n, o.err
}
