package files

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	// staging is the folder inside the output folder in which made files wait.
	staging = ".rapport-staging"
	// listing names the files in the output folder that are ours. It holds
	// hashes of their paths, not the paths: the folder is published, and some
	// addresses are not for everyone.
	listing = ".rapport-files"
)

// Out is a folder that is made equal to a set of made files. Put may be called
// by several goroutines at once, the rest by one.
//
// Files wait in a staging folder until Commit moves them in by rename, so at
// any moment each file of the folder is an old one or a new one. What is cut
// short is finished by the next Commit.
type Out struct {
	dir  string
	root *os.Root
	ours map[Hash]bool // of paths that we wrote, now or before
	put  sync.Map      // path → record of this and earlier runs
	step func() bool   // called before each file moves; false cuts the work short (tests); may be nil
}

// record is what is known of a file of ours without reading it.
type record struct {
	hash  Hash
	size  int64
	mtime time.Time
}

// Staged says where the bytes of one made file are.
type Staged struct {
	Path   string
	Hash   Hash
	Size   int64
	waits  bool // in the staging folder; otherwise the folder holds them already
	exists bool
}

// OpenOut opens the folder, made if need be.
func OpenOut(dir string) (*Out, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	o := &Out{dir: dir, root: root, ours: map[Hash]bool{}}
	if err := root.RemoveAll(staging); err != nil { // left by a run that was cut short
		return nil, errors.Join(err, root.Close())
	}
	list, err := root.ReadFile(listing)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(err, root.Close())
	}
	for line := range bytes.Lines(list) {
		if h, err := hex.DecodeString(string(bytes.TrimSpace(line))); err == nil && len(h) == len(Hash{}) {
			o.ours[Hash(h)] = true
		}
	}
	return o, nil
}

// Close ends the work on the folder and takes away what still waits.
func (o *Out) Close() error {
	return errors.Join(o.root.RemoveAll(staging), o.root.Close())
}

// Holds reports whether the folder holds these bytes at the path.
func (o *Out) Holds(p string, h Hash) bool {
	if r, ok := o.record(p); ok {
		if info, err := o.root.Stat(p); err == nil && info.Size() == r.size && info.ModTime().Equal(r.mtime) {
			return r.hash == h
		}
	}
	data, err := o.root.ReadFile(p)
	if err != nil || Sum(data) != h {
		return false
	}
	o.remember(p, h)
	return true
}

func (o *Out) record(p string) (record, bool) {
	if r, ok := o.put.Load(p); ok {
		return r.(record), true
	}
	return record{}, false
}

func (o *Out) remember(p string, h Hash) {
	if info, err := o.root.Stat(p); err == nil {
		o.put.Store(p, record{h, info.Size(), info.ModTime()})
	}
}

// Put hands in the bytes of one file. They wait in the staging folder unless
// the folder holds them already.
func (o *Out) Put(p string, data []byte) (Staged, error) {
	s := Staged{Path: p, Hash: Sum(data), Size: int64(len(data))}
	info, err := o.root.Lstat(p)
	s.exists = err == nil
	if s.exists && info.Mode().IsRegular() && info.Size() == s.Size && o.Holds(p, s.Hash) {
		return s, nil
	}
	s.waits = true
	if err := o.stage(waiting(p), data); err != nil {
		return s, fmt.Errorf("%s: %w", path.Join(o.dir, p), reason(err))
	}
	return s, nil
}

// waiting is the name under which a file waits: never longer than a name may
// be, and the same however often it is put.
func waiting(p string) string { return staging + "/" + Sum([]byte(p)).String() }

func (o *Out) stage(name string, data []byte) error {
	err := o.root.WriteFile(name, data, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		if err := o.root.Mkdir(staging, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		err = o.root.WriteFile(name, data, 0o666)
	}
	return err
}

// reason leaves out the staging name, which tells nobody anything.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Commit makes the folder equal to all: staged files go in, the assets before
// the pages that show them, then files of ours that are in all no longer go
// out. It returns the paths that changed. Files that are not ours stay.
func (o *Out) Commit(staged []Staged, all []string) (Change, error) {
	var c Change
	keep := make(map[Hash]bool, len(all))
	for _, p := range all {
		keep[Sum([]byte(p))] = true
	}
	waits := slices.DeleteFunc(slices.Clone(staged), func(s Staged) bool { return !s.waits })
	gone, err := o.strays(keep)
	if err != nil {
		return c, err
	}
	if len(waits) > 0 || len(gone) > 0 || !maps.Equal(keep, o.ours) {
		maps.Copy(o.ours, keep)
		if err := o.list(); err != nil { // before anything moves, so that a cut leaves no file unknown
			return c, err
		}
	}
	slices.SortFunc(waits, func(a, b Staged) int {
		return cmp.Or(cmp.Compare(rank(a.Path), rank(b.Path)), cmp.Compare(a.Path, b.Path))
	})
	assets := len(waits)
	for i, s := range waits {
		if rank(s.Path) > 0 {
			assets = i
			break
		}
	}
	if err := errors.Join(o.moveAll(waits[:assets]), o.moveAll(waits[assets:])); err != nil {
		return c, err
	}
	for _, s := range waits {
		if s.exists {
			c.Updated = append(c.Updated, s.Path)
		} else {
			c.Added = append(c.Added, s.Path)
		}
	}
	for _, p := range gone {
		if o.cut() {
			return c, errCut
		}
		if err := o.remove(p); err != nil {
			return c, fmt.Errorf("%s: %w", path.Join(o.dir, p), reason(err))
		}
		c.Removed = append(c.Removed, p)
	}
	slices.Sort(c.Added)
	slices.Sort(c.Updated)
	if !maps.Equal(keep, o.ours) {
		o.ours = keep
		if err := o.list(); err != nil {
			return c, err
		}
	}
	return c, o.root.RemoveAll(staging)
}

var errCut = errors.New("cut short")

func (o *Out) cut() bool { return o.step != nil && !o.step() }

// rank puts pages behind what they show.
func rank(p string) int {
	if strings.HasSuffix(p, ".html") {
		return 1
	}
	return 0
}

// list writes down which files are ours.
func (o *Out) list() error {
	lines := make([]string, 0, len(o.ours))
	for h := range o.ours {
		lines = append(lines, h.String()+"\n")
	}
	slices.Sort(lines)
	if err := o.stage(staging+"/files", []byte(strings.Join(lines, ""))); err != nil {
		return fmt.Errorf("%s: %w", path.Join(o.dir, listing), reason(err))
	}
	return o.root.Rename(staging+"/files", listing)
}

// moveAll moves the files in, several at once: most of the time is spent
// waiting for the file system.
func (o *Out) moveAll(waits []Staged) error {
	workers := min(runtime.GOMAXPROCS(0), len(waits))
	if o.step != nil {
		workers = min(1, workers)
	}
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(waits) && errs[w] == nil; i += workers {
				if o.cut() {
					errs[w] = errCut
				} else if err := o.move(waits[i]); err != nil {
					errs[w] = fmt.Errorf("%s: %w", path.Join(o.dir, waits[i].Path), reason(err))
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

func (o *Out) move(s Staged) error {
	from := waiting(s.Path)
	err := o.root.Rename(from, s.Path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		if err = o.folders(path.Dir(s.Path)); err == nil {
			err = o.root.Rename(from, s.Path)
		}
	}
	if info, e := o.root.Lstat(s.Path); err != nil && e == nil && info.IsDir() {
		if err = o.clear(s.Path); err == nil {
			err = o.root.Rename(from, s.Path)
		}
	}
	o.put.Delete(s.Path) // known again when it is next asked for
	return err
}

// folders makes the folder and those above it. A file of ours that stands in
// the way is from an older build of the site.
func (o *Out) folders(dir string) error {
	for i := 0; i <= len(dir); i++ {
		if i < len(dir) && dir[i] != '/' {
			continue
		}
		if info, err := o.root.Lstat(dir[:i]); err == nil && !info.IsDir() && o.ours[Sum([]byte(dir[:i]))] {
			if err := o.root.Remove(dir[:i]); err != nil {
				return err
			}
		}
	}
	return o.root.MkdirAll(dir, 0o777)
}

// clear takes away a folder that stands where a file must go, if all in it is
// ours.
func (o *Out) clear(dir string) error {
	err := fs.WalkDir(o.root.FS(), dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !o.ours[Sum([]byte(p))] {
			return &fs.PathError{Op: "remove", Path: p, Err: errors.New("a folder with files that Rapport did not write is in the way")}
		}
		return err
	})
	if err != nil {
		return err
	}
	return o.root.RemoveAll(dir)
}

// strays returns the files of ours that are not among those to keep.
func (o *Out) strays(keep map[Hash]bool) ([]string, error) {
	stale := 0
	for h := range o.ours {
		if !keep[h] {
			stale++
		}
	}
	if stale == 0 {
		return nil, nil
	}
	var gone []string
	err := fs.WalkDir(o.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p == staging {
			return fs.SkipDir
		}
		if h := Sum([]byte(p)); !d.IsDir() && o.ours[h] && !keep[h] {
			gone = append(gone, p)
		}
		return nil
	})
	return gone, err
}

// remove takes the file away, and the folders that it leaves empty.
func (o *Out) remove(p string) error {
	if info, err := o.root.Lstat(p); err == nil && info.IsDir() {
		return nil // it has made way for a folder of the new site
	}
	if err := o.root.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return err
	}
	o.put.Delete(p)
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if info, err := o.root.Lstat(dir); err != nil || !info.IsDir() || o.root.Remove(dir) != nil {
			return nil
		}
	}
	return nil
}

// File returns the file at the path as the folder holds it after Commit.
func (o *Out) File(p string, h Hash, size int64) File {
	return File{Path: p, Hash: h, Size: size, open: func() ([]byte, error) { return readInside(o.dir, p) }}
}
