package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
)

// Commit makes the folder equal to all: staged files go in, the assets before
// the pages that show them, then files of ours that are in all no longer go
// out. It returns the paths that changed. Files that are not ours stay.
func (o *Out) Commit(staged []Staged, all []string) (Change, error) {
	var c Change
	waits := slices.DeleteFunc(slices.Clone(staged), func(s Staged) bool { return s.waits == "" })
	keep, gone, err := o.claim(all, len(waits) > 0)
	if err != nil {
		return c, err
	}
	slices.SortFunc(waits, func(a, b Staged) int { return strings.Compare(a.Path, b.Path) })
	o.keep = keep
	moves := o.moves(waits, "", nil)
	for _, pages := range []bool{false, true} {
		if err := o.moveAll(slices.DeleteFunc(slices.Clone(moves), func(m move) bool { return m.pages != pages })); err != nil {
			return c, err
		}
	}
	for _, s := range waits {
		top, _, _ := strings.Cut(s.Path, "/")
		o.tops[top] = true
		o.put.set(s.Path, record{s.Hash, s.Size, s.mtime})
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
	if len(keep) != len(o.ours) { // those that are gone now
		o.ours = keep
		if err := o.list(); err != nil {
			return c, err
		}
	}
	o.all = slices.Clone(all)
	o.known = o.all
	return c, o.Discard()
}

// claim writes down that the files of the paths are ours, before anything
// moves, so that a cut leaves no file unknown. It returns the hashes of the
// paths, and the files of ours that are not among them.
func (o *Out) claim(all []string, changes bool) (keep map[mark]bool, gone []string, err error) {
	if _, err := o.root.Lstat(Listing); err == nil && slices.Equal(all, o.all) {
		return o.ours, nil, nil // as at the last Commit
	}
	o.all = nil
	keep = make(map[mark]bool, len(all))
	for _, p := range all {
		keep[markOf(p)] = true
	}
	if gone, err = o.strays(keep, o.known); err != nil {
		return nil, nil, err
	}
	if changes || len(gone) > 0 || !maps.Equal(keep, o.ours) {
		maps.Copy(o.ours, keep)
		err = o.list()
	}
	return keep, gone, err
}

var errCut = errors.New("cut short")

func (o *Out) cut() bool { return o.step != nil && !o.step() }

// move is one file or one whole folder that goes in by rename.
type move struct {
	from, to string
	pages    bool // they go in after what they show
}

// moves says how the files get from the staging folder to below the folder
// prefix, which is empty or ends with a slash. A folder of assets or of pages
// that stands nowhere yet moves as one; the files come in path order.
func (o *Out) moves(waits []Staged, prefix string, list []move) []move {
	for len(waits) > 0 {
		first := waits[0]
		name, _, inside := strings.Cut(first.Path[len(prefix):], "/")
		if !inside {
			list = append(list, move{first.waits, first.Path, isPage(first.Path)})
			waits = waits[1:]
			continue
		}
		folder := prefix + name + "/"
		n := slices.IndexFunc(waits, func(s Staged) bool { return !strings.HasPrefix(s.Path, folder) })
		if n < 0 {
			n = len(waits)
		}
		if o.whole(waits[:n], folder) {
			list = append(list, move{staging + "/new/" + prefix + name, prefix + name, isPage(first.Path)})
		} else {
			list = o.moves(waits[:n], folder, list)
		}
		waits = waits[n:]
	}
	return list
}

// whole reports whether the folder can move with all that waits in it.
func (o *Out) whole(waits []Staged, folder string) bool {
	if slices.ContainsFunc(waits, func(s Staged) bool { return s.exists || isPage(s.Path) != isPage(waits[0].Path) }) {
		return false
	}
	_, err := o.root.Lstat(strings.TrimSuffix(folder, "/"))
	return errors.Is(err, fs.ErrNotExist)
}

func isPage(p string) bool { return strings.HasSuffix(p, ".html") }

// mark is the first half of the SHA-256 of a path. The listing is published with
// the site, so unlike a Hash it must not give away what it was made of.
type mark [16]byte

func markOf(path string) mark {
	sum := sha256.Sum256([]byte(path))
	return mark(sum[:len(mark{})])
}

// String returns the mark in hexadecimal.
func (m mark) String() string { return hex.EncodeToString(m[:]) }

// list writes down which files are ours.
func (o *Out) list() error {
	lines := make([]string, 0, len(o.ours))
	for h := range o.ours {
		lines = append(lines, h.String()+"\n")
	}
	slices.Sort(lines)
	if _, err := o.stage(staging+"/files", []byte(strings.Join(lines, ""))); err != nil {
		return fmt.Errorf("%s: %w", path.Join(o.dir, Listing), reason(err))
	}
	return o.root.Rename(staging+"/files", Listing)
}

// moveAll moves files and folders in, several at once: most of the time is
// spent waiting for the file system.
func (o *Out) moveAll(moves []move) error {
	workers := min(runtime.GOMAXPROCS(0), len(moves))
	if o.step != nil {
		workers = min(1, workers)
	}
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(moves) && errs[w] == nil; i += workers {
				if o.cut() {
					errs[w] = errCut
				} else if err := o.move(moves[i]); err != nil {
					errs[w] = fmt.Errorf("%s: %w", path.Join(o.dir, moves[i].to), reason(err))
				}
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

func (o *Out) move(m move) error {
	o.put.delete(m.to) // until all have moved
	err := o.root.Rename(m.from, m.to)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		if err = o.folders(path.Dir(m.to)); err == nil {
			err = o.root.Rename(m.from, m.to)
		}
	}
	if err == nil {
		return nil
	}
	if info, e := o.root.Lstat(m.to); e == nil && info.IsDir() {
		if err = o.clear(m.to); err == nil {
			err = o.root.Rename(m.from, m.to)
		}
	}
	return err
}

// folders makes the folder and those above it. A file of ours that stands in
// the way is from an older build of the site.
func (o *Out) folders(dir string) error {
	for i := 0; i <= len(dir); i++ {
		if i < len(dir) && dir[i] != '/' {
			continue
		}
		if info, err := o.root.Lstat(dir[:i]); err == nil && !info.IsDir() && o.goes(dir[:i]) {
			if err := o.root.Remove(dir[:i]); err != nil {
				return err
			}
		}
	}
	return o.root.MkdirAll(dir, 0o777)
}

// goes reports whether the file is of an older build and not part of this one.
func (o *Out) goes(p string) bool {
	h := markOf(p)
	return o.ours[h] && !o.keep[h]
}

// clear takes away a folder that stands where a file must go, if all in it is of
// an older build.
func (o *Out) clear(dir string) error {
	err := fs.WalkDir(o.root.FS(), dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !o.goes(p) {
			return &fs.PathError{Op: "remove", Path: p, Err: errors.New("a folder that holds other files is in the way")}
		}
		return err
	})
	if err != nil {
		return err
	}
	return o.root.RemoveAll(dir)
}

// strays returns the files of ours that are not among those to keep. The folder
// is searched only for those whose paths are not known.
func (o *Out) strays(keep map[mark]bool, known []string) (gone []string, err error) {
	stale := 0
	for h := range o.ours {
		if !keep[h] {
			stale++
		}
	}
	if stale == 0 {
		return nil, nil
	}
	for _, p := range known {
		if h := markOf(p); o.ours[h] && !keep[h] {
			gone = append(gone, p)
		}
	}
	if len(gone) == stale {
		return gone, nil
	}
	gone = nil
	err = fs.WalkDir(o.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p == staging {
			return fs.SkipDir
		}
		if h := markOf(p); !d.IsDir() && o.ours[h] && !keep[h] {
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
	o.put.delete(p)
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if info, err := o.root.Lstat(dir); err != nil || !info.IsDir() || o.root.Remove(dir) != nil {
			return nil
		}
	}
	return nil
}
