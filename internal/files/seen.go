package files

import (
	"maps"
	"os"
	"slices"
	"time"
)

// Seen is what files looked like, in a form that can be written down: lists of
// one length, but for Skipped.
type Seen struct {
	Paths   []string
	Hashes  []byte // one behind the other
	Sizes   []int64
	Times   []int64 // of the last change, in nanoseconds; 0: it cannot be told by its time
	Skipped map[string]string
}

func (s *Seen) add(path string, hash Hash, size, when int64) {
	s.Paths, s.Hashes = append(s.Paths, path), append(s.Hashes, hash[:]...)
	s.Sizes, s.Times = append(s.Sizes, size), append(s.Times, when)
}

// whole reports whether the lists are of one length.
func (s Seen) whole() bool {
	n := len(s.Paths)
	return len(s.Hashes) == n*len(Hash{}) && len(s.Sizes) == n && len(s.Times) == n
}

func (s Seen) hash(i int) Hash { return Hash(s.Hashes[i*len(Hash{}):]) }

// Seen returns what the files of the tree look like, but for those to leave out.
func (t Tree) Seen(out func(path string) bool) Seen {
	s := Seen{Skipped: maps.Clone(t.Skipped)}
	maps.DeleteFunc(s.Skipped, func(path, _ string) bool { return out(path) })
	for _, f := range t.list {
		if out(f.Path) {
			continue
		}
		when := f.changed
		if f.young {
			when = 0
		}
		s.add(f.Path, f.Hash, f.Size, when)
	}
	return s
}

// Tree returns a tree of which Read takes what still looks the same. Its files
// hold no bytes.
func (s Seen) Tree() Tree {
	if !s.whole() {
		return Tree{}
	}
	list := make([]File, len(s.Paths))
	for i, path := range s.Paths {
		list[i] = File{Path: path, Hash: s.hash(i), Size: s.Sizes[i], changed: s.Times[i], young: s.Times[i] == 0}
	}
	t := NewTree(list...)
	t.Skipped = s.Skipped
	return t
}

// Same reports whether two trees hold the same files with the same bytes, and
// were found with the same ones skipped.
func Same(a, b Tree) bool {
	return slices.EqualFunc(a.list, b.list, func(f, g File) bool { return f.Path == g.Path && f.Hash == g.Hash }) && maps.Equal(a.Skipped, b.Skipped)
}

// SameBut reports whether two trees hold the same files with the same bytes, but
// for the paths that do not count.
func SameBut(a, b Tree, skip func(path string) bool) bool {
	next := func(list []File) []File {
		for len(list) > 0 && skip(list[0].Path) {
			list = list[1:]
		}
		return list
	}
	x, y := next(a.list), next(b.list)
	for len(x) > 0 && len(y) > 0 && x[0].Path == y[0].Path && x[0].Hash == y[0].Hash {
		x, y = next(x[1:]), next(y[1:])
	}
	return len(x) == 0 && len(y) == 0
}

// Seen returns what the made files look like now that they are in place. Those
// that were put in, or looked as they did at the last Recall, are not looked at.
func (o *Out) Seen(all []Staged) Seen {
	times := make([]int64, len(all))
	spread(len(all), func(i int) {
		if r, ok := o.put.get(all[i].Path); ok && r.hash == all[i].Hash {
			times[i] = r.mtime.UnixNano()
		} else if r, ok := o.sure[all[i].Path]; ok && r.hash == all[i].Hash && all[i].waits == "" {
			times[i] = r.mtime.UnixNano()
		} else if info, err := os.Lstat(o.onDisk(all[i].Path)); err == nil && info.Size() == all[i].Size {
			times[i] = info.ModTime().UnixNano()
		}
	})
	var s Seen
	for i, f := range all {
		s.add(f.Path, f.Hash, f.Size, times[i])
	}
	return s
}

// Recall takes what the files looked like when an earlier process left them.
// What still looks the same is what it was, for as long as the folder is open:
// it is for one build. Recall reports whether that is all.
func (o *Out) Recall(s Seen) (all bool) {
	if !s.whole() {
		return false
	}
	same := make([]bool, len(s.Paths))
	spread(len(same), func(i int) {
		info, err := os.Lstat(o.onDisk(s.Paths[i]))
		same[i] = err == nil && s.Times[i] != 0 && info.Mode().IsRegular() && info.Size() == s.Sizes[i] && info.ModTime().UnixNano() == s.Times[i]
	})
	o.known = s.Paths
	o.sure = make(map[string]record, len(same))
	for i, path := range s.Paths {
		if same[i] {
			o.sure[path] = record{s.hash(i), s.Sizes[i], time.Unix(0, s.Times[i])}
		}
	}
	return !slices.Contains(same, false)
}
