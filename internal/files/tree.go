// Package files is the only room that touches the disk on the way in or out.
// It turns folders into a Tree of files with hashes, and made files into a
// folder that is equal to them. It does not know what is in a file.
package files

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"maps"
	"os"
	"slices"
)

// Hash is the first half of the SHA-256 of some bytes; the zero Hash stands
// for "there is no such thing".
type Hash [16]byte

// Sum returns the hash of the bytes.
func Sum(data []byte) Hash {
	full := sha256.Sum256(data)
	return Hash(full[:16])
}

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// File is one file of a tree. Its bytes are fetched when they are needed.
type File struct {
	Path string // slash-separated, relative to the tree
	Hash Hash
	Size int64
	// Where the bytes are: a file of a folder, or what open returns.
	root *os.Root
	name string
	open func() ([]byte, error)
}

// Bytes returns the content. Of a file on disk it is what stands there now,
// which may differ from what Hash was taken of: whoever keeps something made
// from it keeps it under the Sum of these bytes.
func (f File) Bytes() ([]byte, error) {
	if f.root != nil {
		return f.root.ReadFile(f.name)
	}
	return f.open()
}

// Memory returns a file that holds its bytes.
func Memory(path string, data []byte) File {
	return File{Path: path, Hash: Sum(data), Size: int64(len(data)), open: func() ([]byte, error) { return data, nil }}
}

// Tree is a set of files by path. It is immutable.
type Tree struct {
	byPath map[string]File
	paths  []string // sorted
	stats  map[string]stat
	roots  map[string]*os.Root // folders on the disk that files are in
	// Skipped holds what was found but could not be taken, by path, with the
	// reason in words.
	Skipped map[string]string
}

// NewTree returns a tree of the files; of two with one path the later wins.
func NewTree(list ...File) Tree {
	t := Tree{byPath: make(map[string]File, len(list))}
	t.paths = make([]string, 0, len(list))
	for _, f := range list {
		if _, twice := t.byPath[f.Path]; !twice {
			t.paths = append(t.paths, f.Path)
		}
		t.byPath[f.Path] = f
	}
	slices.Sort(t.paths) // fast: most lists are in order
	return t
}

// Get returns the file at the path.
func (t Tree) Get(path string) (File, bool) {
	f, ok := t.byPath[path]
	return f, ok
}

// Len returns how many files there are.
func (t Tree) Len() int { return len(t.paths) }

// Paths returns all paths, sorted. The caller must not change the slice.
func (t Tree) Paths() []string { return t.paths }

// All iterates over the files in path order.
func (t Tree) All() iter.Seq[File] {
	return func(yield func(File) bool) {
		for _, p := range t.paths {
			if !yield(t.byPath[p]) {
				return
			}
		}
	}
}

// With returns a tree that also holds the files of another, which win.
func (t Tree) With(other Tree) Tree {
	list := make([]File, 0, t.Len()+other.Len())
	for f := range t.All() {
		list = append(list, f)
	}
	for f := range other.All() {
		list = append(list, f)
	}
	out := NewTree(list...)
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
	for f := range after.All() {
		was, ok := before.Get(f.Path)
		switch {
		case !ok:
			c.Added = append(c.Added, f.Path)
		case was.Hash != f.Hash:
			c.Updated = append(c.Updated, f.Path)
		}
	}
	for _, p := range before.paths {
		if _, ok := after.Get(p); !ok {
			c.Removed = append(c.Removed, p)
		}
	}
	return c
}

// IsEmpty reports whether nothing differs.
func (c Change) IsEmpty() bool { return len(c.Added)+len(c.Updated)+len(c.Removed) == 0 }
