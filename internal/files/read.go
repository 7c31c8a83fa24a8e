package files

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// Folder is one folder, or one single file, to read, and where it stands in
// the tree.
type Folder struct {
	At  string // prefix in the tree, such as "content"
	Dir string // path on the disk
}

// clockStep is the coarsest step in which file systems keep times (FAT: 2 s).
const clockStep = 2 * time.Second

// Read returns the tree of all files below the folders. Files that are the
// same as in prev by size and time are not read again. A folder that does not
// exist holds nothing. Hidden files and folders (beginning with a dot), and
// what editors leave beside a file while saving it, are passed over.
//
// Nothing outside a folder is ever read: a link that leads out of it is
// skipped and listed. An error means that a folder could not be listed or a
// file not be read for a reason other than having vanished.
func Read(prev Tree, folders ...Folder) (Tree, error) {
	r := reader{prev: prev, list: make([]File, 0, prev.Len()), now: time.Now(), skipped: map[string]string{}, roots: map[string]*os.Root{}, buffer: make([]byte, 64<<10)}
	for _, f := range folders {
		if err := r.folder(f); err != nil {
			return Tree{}, err
		}
	}
	t := NewTree(r.list...)
	t.Skipped, t.roots = r.skipped, r.roots
	return t, nil
}

type reader struct {
	prev    Tree
	next    int // where in prev the next file likely is
	list    []File
	now     time.Time
	skipped map[string]string
	roots   map[string]*os.Root // by folder
	buffer  []byte              // for hashing
}

func (r *reader) folder(f Folder) error {
	info, err := os.Stat(f.Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		dir, name := path.Split(strings.ReplaceAll(f.Dir, string(os.PathSeparator), "/"))
		if dir == "" {
			dir = "."
		}
		root, err := r.root(dir)
		if err != nil {
			return err
		}
		return r.file(root, name, f.At, info)
	}
	root, err := r.root(f.Dir)
	if err != nil {
		return err
	}
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		at := path.Join(f.At, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // vanished while we looked: the next look will say the same
		case err != nil:
			return fmt.Errorf("%s: %w", at, err)
		case name == ".":
			return nil
		case Ignored(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			return r.link(root, name, at)
		case !d.Type().IsRegular():
			r.skipped[at] = "it is not a regular file"
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return r.file(root, name, at, info)
	})
}

// root opens the folder, or returns it as it was open before, if it is still
// the one that stands there. The last tree that knows it closes it.
func (r *reader) root(dir string) (*os.Root, error) {
	if was, ok := r.prev.roots[dir]; ok {
		now, err := os.Stat(dir)
		if err != nil {
			return nil, err
		}
		if then, err := was.Stat("."); err == nil && os.SameFile(now, then) {
			r.roots[dir] = was
			return was, nil
		}
	}
	root, err := os.OpenRoot(dir)
	r.roots[dir] = root
	return root, err
}

// Ignored says which names are never content: hidden files, and the swap,
// backup and lock files of editors.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".swx") || strings.HasSuffix(name, "___jb_tmp___") || strings.HasSuffix(name, "___jb_old___") ||
		name == "4913" // the name under which vim tries whether it may write
}

// link takes a link to a file inside the folder as that file.
func (r *reader) link(root *os.Root, name, at string) error {
	info, err := root.Stat(name)
	switch {
	case err != nil:
		r.skipped[at] = "the link leads outside the folder, or nowhere"
	case info.IsDir():
		r.skipped[at] = "links to folders are not followed"
	case info.Mode().IsRegular():
		return r.file(root, name, at, info)
	}
	return nil
}

func (r *reader) file(root *os.Root, name, at string, info fs.FileInfo) error {
	mtime := info.ModTime()
	if was, ok := r.before(at); ok && !was.young && was.Size == info.Size() && was.mtime == mtime.UnixNano() && was.mtime != 0 {
		was.root, was.name = root, name // that of before may be a folder that is no longer there
		r.list = append(r.list, was)
		return nil
	}
	hash, size, err := r.hash(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if errors.Is(err, fs.ErrPermission) {
		r.skipped[at] = "it may not be read"
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	r.list = append(r.list, File{Path: at, Hash: hash, Size: size, root: root, name: name, mtime: mtime.UnixNano(), young: r.now.Sub(mtime) < clockStep})
	return nil
}

// before returns the file as the tree before has it. Files come in nearly the
// order of the tree, so most are found where the one before them ended.
func (r *reader) before(at string) (File, bool) {
	if r.next >= len(r.prev.list) || r.prev.list[r.next].Path != at {
		i, ok := r.prev.find(at)
		if r.next = i; !ok {
			return File{}, false
		}
	}
	r.next++
	return r.prev.list[r.next-1], true
}

func (r *reader) hash(root *os.Root, name string) (Hash, int64, error) {
	f, err := root.Open(name)
	if err != nil {
		return Hash{}, 0, err
	}
	defer f.Close()
	h := sha256.New()
	// Only reading and writing are shown to the copy, or it would make a
	// buffer of its own for each file.
	n, err := io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{f}, r.buffer)
	return Hash(h.Sum(nil)[:16]), n, err
}

// FromFS returns the tree of all files of a file system, such as one that is
// embedded in the program.
func FromFS(fsys fs.FS, at string) (Tree, error) {
	var list []File
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		list = append(list, Memory(path.Join(at, name), data))
		return nil
	})
	return NewTree(list...), err
}
