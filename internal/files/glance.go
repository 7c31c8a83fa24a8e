package files

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Glance returns the tree as Read would find it if nothing but the files at the
// paths on the disk has changed. It reports false where it cannot tell, as it only
// sees files that were there and still are: what is new, gone or moved is for Read.
func Glance(prev Tree, folders []Folder, paths []string) (Tree, bool) {
	t := prev
	t.list = make([]File, len(prev.list))
	copy(t.list, prev.list)
	r := newReader(prev)
	for _, on := range paths {
		at, ok := inTree(folders, on)
		if !ok {
			return Tree{}, false
		}
		i, known := prev.find(at)
		if !known {
			if _, err := os.Lstat(on); !errors.Is(err, fs.ErrNotExist) || prev.below(at) {
				return Tree{}, false
			}
			continue // an editor put it beside the file for a moment
		}
		if t.list[i], ok = r.glance(prev.list[i]); !ok {
			return Tree{}, false
		}
	}
	return t, true
}

// glance returns the file as it is now, if it still is one.
func (r *reader) glance(f File) (File, bool) {
	if f.root == nil || r.prev.Skipped[f.Path] != "" {
		return File{}, false
	}
	info, err := f.root.Lstat(f.name)
	if err != nil || !info.Mode().IsRegular() {
		return File{}, false
	}
	dir, name := path.Split(f.Path)
	l := &level{at: dir, before: r.before(f.Path)}
	if err := r.file(l, f.root, name, f.name, info); err != nil || len(l.list) == 0 {
		return File{}, false
	}
	return l.list[0], true
}

// inTree returns the path in the tree of a path on the disk.
func inTree(folders []Folder, on string) (string, bool) {
	for _, f := range folders {
		dir, err := filepath.Abs(f.Dir)
		if err != nil {
			continue
		}
		if on == dir {
			return f.At, true
		}
		if rest, ok := strings.CutPrefix(on, dir+string(filepath.Separator)); ok {
			return path.Join(f.At, filepath.ToSlash(rest)), true
		}
	}
	return "", false
}

// below reports whether there are files in the folder at the path.
func (t Tree) below(at string) bool {
	i, _ := t.find(at + "/")
	return i < len(t.list) && strings.HasPrefix(t.list[i].Path, at+"/")
}
