package main

import (
	"sync"

	"rapport/internal/files"
)

// ahead is a look at the input that was taken while the watcher waited for quiet,
// since on a large site looking takes as long as that.
type ahead struct {
	lock sync.Mutex
	last files.Tree // the latest look, which the next one begins with
	err  error      // of that look
	good bool       // the next turn goes by it
}

// lookAhead looks at all files. What it sees counts if a word of the watcher says
// that nothing has happened since.
func (l *live) lookAhead() {
	l.ahead.lock.Lock()
	defer l.ahead.lock.Unlock()
	l.ahead.read(l.in.folders)
}

// use says whether the next turn goes by the look that was taken last.
func (a *ahead) use(good bool) {
	a.lock.Lock()
	defer a.lock.Unlock()
	a.good = good
}

// look returns what is on the disk now.
func (l *live) look() (files.Tree, error) {
	l.ahead.lock.Lock()
	defer l.ahead.lock.Unlock()
	if !l.ahead.good {
		l.ahead.read(l.in.folders)
	}
	l.ahead.good = false
	return l.ahead.last, l.ahead.err
}

func (a *ahead) read(folders []files.Folder) {
	tree, err := files.Read(a.last, folders...)
	if a.err = err; err == nil {
		a.last = tree
	}
}
