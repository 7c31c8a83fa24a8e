package files

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// level is one folder below a root, as it was found. Levels are looked at by
// several goroutines at once, each by one.
type level struct {
	name    string // below the root, "." for the root itself
	at      string // prefix of its files in the tree, empty or ending with a slash
	before  []File // of the tree before, from where its files likely are
	list    []File // its own files
	inner   []within
	skipped map[string]string
}

// within is a folder in another, and how many files of that stand before it.
type within struct {
	*level
	place int
}

// walk looks at the folder and at all below it: first at the folder, then at
// all folders in it, and so on, since most of the time goes into asking the
// system about one file after another.
func (r *reader) walk(root *os.Root, top *level) error {
	for levels := []*level{top}; len(levels) > 0; {
		errs := make([]error, len(levels))
		spread(len(levels), func(i int) { errs[i] = r.level(root, levels[i]) })
		if err := cmp.Or(errs...); err != nil {
			return err
		}
		var next []*level
		for _, l := range levels {
			for _, in := range l.inner {
				next = append(next, in.level)
			}
		}
		levels = next
	}
	return nil
}

// spread calls f for each number below n, on all processors.
func spread(n int, f func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wait.Wait()
}

// add takes the files of the folder and of all below it, in the order of paths.
func (r *reader) add(l *level) {
	done := 0
	for _, in := range l.inner {
		r.list = append(r.list, l.list[done:in.place]...)
		r.add(in.level)
		done = in.place
	}
	r.list = append(r.list, l.list[done:]...)
	for at, why := range l.skipped {
		r.skipped[at] = why
	}
}

// level looks at what stands in one folder.
func (r *reader) level(root *os.Root, l *level) error {
	found, err := entries(root, l.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // vanished while we looked: the next look will say the same
	}
	if err != nil {
		return fmt.Errorf("%s: %w", cmp.Or(strings.TrimSuffix(l.at, "/"), "."), err)
	}
	l.before, l.list = r.before(l.at), make([]File, 0, len(found))
	for _, e := range found {
		if Ignored(e.Name()) {
			continue
		}
		name := path.Join(l.name, e.Name())
		if e.IsDir() {
			l.inner = append(l.inner, within{&level{name: name, at: l.at + e.Name() + "/"}, len(l.list)})
			continue
		}
		if err := r.entry(l, root, e, name); err != nil {
			return err
		}
	}
	return nil
}

// entries returns what is in a folder, in the order of the paths to come: that
// of a folder goes on with a slash.
func entries(root *os.Root, name string) ([]fs.DirEntry, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	slices.SortFunc(list, func(a, b fs.DirEntry) int {
		if c := strings.Compare(a.Name(), b.Name()); !a.IsDir() && !b.IsDir() {
			return c
		}
		return strings.Compare(pathEnd(a), pathEnd(b))
	})
	return list, err
}

func pathEnd(e fs.DirEntry) string {
	if e.IsDir() {
		return e.Name() + "/"
	}
	return e.Name()
}

// entry takes what stands in a folder and is no folder.
func (r *reader) entry(l *level, root *os.Root, e fs.DirEntry, name string) error {
	switch {
	case e.Type()&fs.ModeSymlink != 0:
		return r.link(l, root, e.Name(), name)
	case !e.Type().IsRegular():
		l.skip(e.Name(), "it is not a regular file")
		return nil
	}
	info, err := e.Info()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.file(l, root, e.Name(), name, info)
}

// link takes a link to a file inside the folder as that file.
func (r *reader) link(l *level, root *os.Root, file, name string) error {
	info, err := root.Stat(name)
	switch {
	case err != nil:
		l.skip(file, "the link leads outside the folder, or nowhere")
	case info.IsDir():
		l.skip(file, "links to folders are not followed")
	case info.Mode().IsRegular():
		return r.file(l, root, file, name, info)
	}
	return nil
}

func (l *level) skip(file, why string) {
	if l.skipped == nil {
		l.skipped = map[string]string{}
	}
	l.skipped[l.at+file] = why
}

// file takes the file of the level, which has the name below the root.
func (r *reader) file(l *level, root *os.Root, file, name string, info fs.FileInfo) error {
	when := changed(info)
	was, ok := l.was(file)
	if ok && !was.young && was.Size == info.Size() && was.changed == when.UnixNano() && was.changed != 0 {
		was.root, was.name = root, name // that of before may be a folder that is no longer there
		l.list = append(l.list, was)
		return nil
	}
	at := l.at + file
	hash, size, few, err := r.content(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if errors.Is(err, fs.ErrPermission) {
		l.skip(file, "it may not be read")
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	now := File{Path: at, Hash: hash, Size: size, root: root, name: name, changed: when.UnixNano(), young: r.now.Sub(when) < clockStep}
	if few != nil && hash != was.Hash { // nobody asks for what is known
		now.held = &held{data: few}
	}
	l.list = append(l.list, now)
	return nil
}

// before returns the files of the tree before, from the path on.
func (r *reader) before(at string) []File {
	i, _ := r.prev.find(at)
	return r.prev.list[i:]
}

// was returns the file as the tree before has it. Files come in the order of
// the tree, so most are found where the one before them ended.
func (l *level) was(file string) (File, bool) {
	if len(l.before) == 0 || l.compare(l.before[0], file) != 0 {
		i, ok := slices.BinarySearchFunc(l.before, file, l.compare)
		if l.before = l.before[i:]; !ok {
			return File{}, false
		}
	}
	f := l.before[0]
	l.before = l.before[1:]
	return f, true
}

// compare compares the path of a file with that of one in the level.
func (l *level) compare(f File, file string) int {
	n := min(len(f.Path), len(l.at))
	if c := strings.Compare(f.Path[:n], l.at); c != 0 {
		return c
	}
	return strings.Compare(f.Path[n:], file)
}
