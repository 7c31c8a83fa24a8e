// Package watch turns what happens in folders into one word: "look again". It
// says so when the disk has changed and is quiet. What it names is a hint where to
// look first: whoever listens then looks at everything, so an event that is lost,
// doubled or late costs at most one look.
//
// Folders are watched, never single files, since editors replace files. Where
// the system cannot tell (a full queue, too many folders, a network drive) the
// folders are scanned instead. The package does not know what is in them.
package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options say what to watch.
type Options struct {
	Roots  []string                 // folders, and single files such as site.yaml; they need not exist
	Skip   []string                 // folders whose changes never count: outputs, caches
	Ignore func(name string) bool   // names that never count, such as hidden files; nil ignores none
	Poll   bool                     // scan from the start
	Say    func(message string)     // told once of each reason for scanning; may be nil
	Open   func() (Notifier, error) // events of the system; nil takes System
}

// Word says that something has changed.
type Word struct {
	Paths []string // what it was, of a lone save; nil where it may be anything
}

// and returns what two words say.
func (w Word) and(other Word) Word {
	if w.Paths == nil || other.Paths == nil {
		return Word{}
	}
	for _, p := range other.Paths {
		w = w.with(p)
	}
	return w
}

// with returns the word with one more path, of which a lone save has few.
func (w Word) with(path string) Word {
	if slices.Contains(w.Paths, path) {
		return w
	}
	if len(w.Paths) == few {
		return Word{}
	}
	return Word{append(slices.Clip(w.Paths), path)}
}

// Notifier is where events come from.
type Notifier struct {
	Events <-chan fsnotify.Event
	Errors <-chan error
	Add    func(dir string) error // begins to watch one folder, not those inside
	Close  func() error
}

// ErrOverflow among a notifier's errors means that events were lost.
var ErrOverflow = fsnotify.ErrEventOverflow

// System returns the notifier of the operating system.
func System() (Notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return Notifier{}, err
	}
	return Notifier{w.Events, w.Errors, w.Add, w.Close}, nil
}

// The quiet after the last event of a burst grows with the burst: a lone save
// is answered at once, a checkout when it is over. No burst waits longer than
// the ceiling.
const (
	quiet      = 10 * time.Millisecond
	perEvent   = time.Millisecond
	quietLimit = 100 * time.Millisecond
	ceiling    = time.Second
	few        = 8 // files that a save touches at most, those that editors put beside it included
)

const (
	limitMessage = `the system watches no more folders: scanning them instead, which is slower
  hint: sudo sysctl fs.inotify.max_user_watches=1048576 fs.inotify.max_user_instances=1024`
	overflowMessage = "too many changes at once for the system to tell them apart: looking at everything"
	muteMessage     = "this file system does not tell of changes: scanning it instead"
	brokenMessage   = "the system cannot watch folders: scanning them instead: "
)

// watcher is one Start.
type watcher struct {
	Options
	changes  chan Word
	notifier Notifier
	watched  map[string]bool // folders
	stale    bool            // watches and folders may differ: begin anew before the next word
	said     map[string]bool
}

// Start watches until ctx ends and then closes the channel, which holds at most
// one word: what happens while nobody listens is one more look. Everything that
// changes after Start has returned is told.
func Start(ctx context.Context, o Options) <-chan Word {
	w := &watcher{Options: o, changes: make(chan Word, 1), said: map[string]bool{}}
	if w.Open == nil {
		w.Open = System
	}
	if w.Ignore == nil {
		w.Ignore = func(string) bool { return false }
	}
	w.Roots, w.Skip = absolute(o.Roots), absolute(o.Skip)
	scan := w.Poll
	if !scan && w.mute() {
		w.say(muteMessage)
		scan = true
	}
	scan = scan || !w.begin()
	var seen snapshot
	if scan {
		seen = w.snapshot()
	}
	go func() {
		defer close(w.changes)
		if !scan && w.listen(ctx) {
			return
		} else if !scan {
			seen = w.snapshot()
			w.tell(Word{})
		}
		w.scan(ctx, seen)
	}()
	return w.changes
}

func absolute(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = p
		if full, err := filepath.Abs(p); err == nil {
			out[i] = full
		}
	}
	return out
}

func (w *watcher) say(message string) {
	if w.Say != nil && !w.said[message] {
		w.Say(message)
	}
	w.said[message] = true
}

// tell leaves the word, together with one that may be waiting.
func (w *watcher) tell(word Word) {
	select {
	case waiting := <-w.changes:
		word = waiting.and(word)
	default:
	}
	w.changes <- word
}

// listen tells of events until ctx ends; false means that events do not work
// any more.
func (w *watcher) listen(ctx context.Context) bool {
	defer func() { _ = w.notifier.Close() }()
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	var first time.Time
	burst, word := 0, Word{}
	for {
		counts := false
		select {
		case <-ctx.Done():
			return true
		case e, ok := <-w.notifier.Events:
			if !ok {
				return false
			}
			if counts = w.take(e); counts && burst == 0 {
				word = Word{Paths: []string{e.Name}}
			} else if counts && word.Paths != nil {
				word = word.with(e.Name)
			}
		case err, ok := <-w.notifier.Errors:
			if !ok {
				return false
			}
			if errors.Is(err, ErrOverflow) {
				w.say(overflowMessage)
			}
			w.stale, counts = true, true
		case <-timer.C:
			if w.stale {
				word = Word{}
			}
			if w.stale && !w.begin() {
				return false
			}
			burst = 0
			w.tell(word)
		}
		if !counts {
			continue
		}
		if burst == 0 {
			first = time.Now()
		}
		burst++
		wait := min(quiet+time.Duration(burst)*perEvent, quietLimit)
		timer.Reset(max(0, min(wait, time.Until(first.Add(ceiling)))))
	}
}

// take reports whether the event counts, and takes up the folder that it may
// tell of.
func (w *watcher) take(e fsnotify.Event) bool {
	if !w.counts(e.Name) {
		return false
	}
	gone := e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename)
	for _, r := range w.Roots {
		if inside(r, e.Name) && (gone || e.Has(fsnotify.Create)) {
			w.stale = true // a root itself, or a folder above it
		}
	}
	if gone && w.watched[e.Name] {
		w.stale = true
	}
	if info, err := os.Lstat(e.Name); err == nil && info.IsDir() && !w.stale && (e.Has(fsnotify.Create) || !w.watched[e.Name]) {
		w.stale = !w.add(e.Name)
	}
	return true
}

// counts reports whether a change of the path could be one of the roots.
func (w *watcher) counts(path string) bool {
	for _, s := range w.Skip {
		if inside(path, s) {
			return false
		}
	}
	for _, r := range w.Roots {
		if inside(r, path) {
			return true
		}
		if rest, ok := strings.CutPrefix(path, r+string(filepath.Separator)); ok && !w.ignored(rest) {
			return true
		}
	}
	return false
}

func (w *watcher) ignored(path string) bool {
	for name := range strings.SplitSeq(path, string(filepath.Separator)) {
		if w.Ignore(name) {
			return true
		}
	}
	return false
}

// inside reports whether the path is the folder or in it.
func inside(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}
