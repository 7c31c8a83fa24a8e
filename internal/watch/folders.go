package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// begin watches all roots, and above each the nearest folder that exists, so
// that a root can go and return. It begins from nothing: watches follow folders
// that are moved, and nothing else is sure to forget their old names. False
// means that the system cannot watch them.
func (w *watcher) begin() bool {
	if w.notifier.Close != nil {
		_ = w.notifier.Close()
	}
	w.watched, w.stale = map[string]bool{}, false
	n, err := w.Open()
	if err != nil {
		return w.failed(err)
	}
	w.notifier = n
	for _, r := range w.Roots {
		if !w.addAbove(r) {
			return false
		}
		if info, err := os.Stat(r); err == nil && info.IsDir() && !w.add(r) {
			return false
		}
	}
	return true
}

// failed says why the system cannot watch, and closes what it opened.
func (w *watcher) failed(err error) bool {
	if limit(err) {
		w.say(limitMessage)
	} else {
		w.say(brokenMessage + err.Error())
	}
	if w.notifier.Close != nil {
		_ = w.notifier.Close()
	}
	return false
}

func limit(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

func (w *watcher) addAbove(root string) bool {
	for dir := filepath.Dir(root); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return w.addOne(dir)
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// add watches the folder and those inside it. Each is watched first and listed
// then: what appears in between is seen twice rather than never. It reports
// false at the limit of the system.
func (w *watcher) add(dir string) bool {
	if !w.addOne(dir) {
		return false
	}
	entries, _ := os.ReadDir(dir) // gone or not readable: its own change is told above it
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() && w.counts(path) && !w.add(path) {
			return false
		}
	}
	return true
}

func (w *watcher) addOne(dir string) bool {
	switch err := w.notifier.Add(dir); {
	case err == nil:
		w.watched[dir] = true
	case limit(err):
		return w.failed(err)
	case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, syscall.ENOTDIR):
		return w.failed(err)
	}
	return true
}
