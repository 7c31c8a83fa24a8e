package files

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/zeebo/xxh3"
)

// Folder is one folder, or one single file, to read, and where it stands in
// the tree.
type Folder struct {
	At   string // prefix in the tree, such as "content"
	Dir  string // path on the disk
	File bool   // it is one file, and a folder in its place is skipped
}

// clockStep is the coarsest step in which file systems keep times (FAT: 2 s).
const clockStep = 2 * time.Second

// Read returns the tree of all files below the folders. Files that are the
// same as in prev by size and time of change are not read again. A folder that does not
// exist holds nothing. Names that are Ignored are
// passed over.
//
// Nothing outside a folder is ever read: a link that leads out of it is
// skipped and listed. An error means that a folder could not be listed or a
// file not be read for a reason other than having vanished.
func Read(prev Tree, folders ...Folder) (Tree, error) { return newReader(prev).tree(folders) }

type reader struct {
	prev    Tree
	now     time.Time
	buffers sync.Pool // of *[]byte, for hashing

	list    []File
	skipped map[string]string
	roots   map[string]*os.Root // by folder
}

func newReader(prev Tree) *reader {
	return &reader{prev: prev, now: time.Now(), list: make([]File, 0, prev.Len()), skipped: map[string]string{}, roots: map[string]*os.Root{}}
}

func (r *reader) tree(folders []Folder) (Tree, error) {
	for _, f := range folders {
		if err := r.folder(f); err != nil {
			return Tree{}, err
		}
	}
	t := NewTree(r.list...)
	t.Skipped, t.roots = r.skipped, r.roots
	return t, nil
}

func (r *reader) folder(f Folder) error {
	info, err := os.Stat(f.Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir() && !info.Mode().IsRegular(): // reading a pipe would wait forever
		r.skipped[f.At] = "it is not a regular file"
		return nil
	case info.IsDir() && f.File:
		r.skipped[f.At] = "it is a folder"
		return nil
	case !info.IsDir():
		dir, name := path.Split(strings.ReplaceAll(f.Dir, string(os.PathSeparator), "/"))
		if dir == "" {
			dir = "."
		}
		root, err := r.root(dir)
		if err != nil {
			return err
		}
		at, file := path.Split(f.At)
		level := &level{at: at, before: r.before(f.At)}
		if err := r.file(level, root, file, name, info); err != nil {
			return err
		}
		r.add(level)
		return nil
	}
	root, err := r.root(f.Dir)
	if err != nil {
		return err
	}
	top := &level{name: "."}
	if top.at = f.At; f.At != "" {
		top.at += "/"
	}
	if err := r.walk(root, top); err != nil {
		return err
	}
	r.add(top)
	return nil
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

// Ignored says which names never count: hidden files, but for those that hosts
// ask for, and the swap, backup and lock files of editors.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") && !slices.Contains(hosting, name) || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".swx") || strings.HasSuffix(name, "___jb_tmp___") || strings.HasSuffix(name, "___jb_old___") ||
		name == "4913" // the name under which vim tries whether it may write
}

// hosting are the names that web servers and hosts of sites look for.
var hosting = []string{".well-known", ".nojekyll", ".htaccess"}

// content returns hash and size of a file, and its bytes if they are few.
func (r *reader) content(root *os.Root, name string) (hash Hash, size int64, few []byte, err error) {
	f, err := root.Open(name)
	if err != nil {
		return Hash{}, 0, nil, err
	}
	defer f.Close()
	buffer, _ := r.buffers.Get().(*[]byte)
	if buffer == nil {
		buffer = new(make([]byte, 64<<10))
	}
	defer r.buffers.Put(buffer)
	n, err := io.ReadFull(f, *buffer)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		few = bytes.Clone((*buffer)[:n])
		return Sum(few), int64(n), few, nil
	}
	if err != nil {
		return Hash{}, 0, nil, err
	}
	h := xxh3.New()
	h.Write(*buffer)
	// Only reading and writing are shown to the copy, or it would make a
	// buffer of its own for each file.
	rest, err := io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{f}, *buffer)
	return h.Sum128().Bytes(), int64(n) + rest, nil, err
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
