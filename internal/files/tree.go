// Package files is the only room that touches the disk on the way in or out.
// It turns folders into a Tree of files with hashes, and made files into a
// folder that is equal to them. It does not know what is in a file.
package files

import (
	"encoding/hex"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/zeebo/xxh3"
)

// Hash is the XXH3 of some bytes in 128 bits, by which equal bytes are known; the
// zero Hash stands for "there is no such thing". It keeps no secrets: who wants
// to can find two texts with one hash, though all it gains is a page of theirs
// that does not change when it should.
type Hash [16]byte

// Sum returns the hash of the bytes.
func Sum(data []byte) Hash { return xxh3.Hash128(data).Bytes() }

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// File is one file of a tree. Its bytes are fetched when they are needed.
type File struct {
	Path string // slash-separated, relative to the tree
	Hash Hash
	Size int64
	// Where the bytes are: a file of a folder, or what open returns.
	root    *os.Root
	name    string
	open    func() ([]byte, error)
	held    *held // what Hash was taken of, for the first who asks
	changed int64 // when a file of a folder was, in nanoseconds, for Read
	young   bool  // it changed so shortly before it was read that the clock could not tell a later change
}

// Bytes returns the content. Of a file on disk it may be what stands there now,
// which may differ from what Hash was taken of.
func (f File) Bytes() ([]byte, error) {
	if data := f.held.take(); data != nil {
		return data, nil
	}
	if f.root != nil {
		return f.root.ReadFile(f.name)
	}
	return f.open()
}

// Read is Bytes with their hash, under which to keep what is made from them.
func (f File) Read() ([]byte, Hash, error) {
	if data := f.held.take(); data != nil {
		return data, f.Hash, nil
	}
	data, err := f.Bytes()
	return data, Sum(data), err
}

// held is the content of a small file that was read for its hash. It is given
// away once, so that a file which is new is read once and not kept.
type held struct {
	data  []byte
	taken atomic.Bool
}

// take returns nil if there is nothing to take.
func (h *held) take() []byte {
	if h == nil || h.taken.Swap(true) {
		return nil
	}
	data := h.data
	h.data = nil
	return data
}

// Memory returns a file that holds its bytes.
func Memory(path string, data []byte) File {
	return File{Path: path, Hash: Sum(data), Size: int64(len(data)), open: func() ([]byte, error) { return data, nil }}
}

// Tree is a set of files by path. It is immutable.
type Tree struct {
	list  []File              // by path
	roots map[string]*os.Root // folders on the disk that files are in
	// Skipped holds what was found but could not be taken, by path, with the
	// reason in words.
	Skipped map[string]string
}

// NewTree returns a tree of the files, which it takes over; of two with one
// path the later wins.
func NewTree(list ...File) Tree {
	inOrder := true
	for i := range len(list) - 1 {
		inOrder = inOrder && list[i].Path < list[i+1].Path
	}
	if inOrder {
		return Tree{list: list}
	}
	slices.SortStableFunc(list, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	slices.Reverse(list) // Compact keeps the first of equals
	list = slices.CompactFunc(list, func(a, b File) bool { return a.Path == b.Path })
	slices.Reverse(list)
	return Tree{list: list}
}

// Get returns the file at the path.
func (t Tree) Get(path string) (File, bool) {
	i, ok := t.find(path)
	if !ok {
		return File{}, false
	}
	return t.list[i], true
}

// find returns where the path is, or would be.
func (t Tree) find(path string) (int, bool) {
	return slices.BinarySearchFunc(t.list, path, func(f File, path string) int { return strings.Compare(f.Path, path) })
}

// Len returns how many files there are.
func (t Tree) Len() int { return len(t.list) }

// Paths returns all paths, sorted.
func (t Tree) Paths() []string {
	paths := make([]string, len(t.list))
	for i, f := range t.list {
		paths[i] = f.Path
	}
	return paths
}

// All iterates over the files in path order.
func (t Tree) All() iter.Seq[File] { return slices.Values(t.list) }

// With returns a tree that also holds the files of another, which win.
func (t Tree) With(other Tree) Tree {
	out := NewTree(slices.Concat(t.list, other.list)...)
	out.Skipped = maps.Clone(t.Skipped)
	for path, why := range other.Skipped {
		if out.Skipped == nil {
			out.Skipped = map[string]string{}
		}
		out.Skipped[path] = why
	}
	return out
}

// Change lists the paths in which two trees differ, each list sorted.
type Change struct{ Added, Updated, Removed []string }

// Diff returns what leads from the old tree to the new one.
func Diff(before, after Tree) Change {
	var c Change
	old := before.list
	for _, f := range after.list {
		for len(old) > 0 && old[0].Path < f.Path {
			c.Removed = append(c.Removed, old[0].Path)
			old = old[1:]
		}
		switch {
		case len(old) == 0 || old[0].Path != f.Path:
			c.Added = append(c.Added, f.Path)
			continue
		case old[0].Hash != f.Hash:
			c.Updated = append(c.Updated, f.Path)
		}
		old = old[1:]
	}
	for _, f := range old {
		c.Removed = append(c.Removed, f.Path)
	}
	return c
}

// IsEmpty reports whether nothing differs.
func (c Change) IsEmpty() bool { return len(c.Added)+len(c.Updated)+len(c.Removed) == 0 }
