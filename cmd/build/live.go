package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"rapport/internal/diag"
	"rapport/internal/fields"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/watch"
)

// liveFlags are those of the commands that follow changes.
type liveFlags struct {
	siteFlags
	Poll    bool `help:"Look for changes by scanning, for drives that do not tell of them."`
	Quiet   bool `short:"q" help:"Print problems only."`
	Verbose bool `short:"v" help:"Print every problem, however often it repeats."`
}

// live runs one pipeline again and again. It knows of no second way to build:
// each run looks at all files and makes what no longer holds.
type live struct {
	flags liveFlags
	in    input
	pipe  *pipeline.Pipeline
	tree  files.Tree // of the last turn
	seen  bool       // the last turn could read it
	hints []string   // what has changed since, as the watcher has it; nil: anything
	brief bool       // the last turn went by a glance at those
	diags diag.List  // as last printed
	said  string     // the last failure of ours, so that it is said once
	t     *terminal
}

func newLive(f liveFlags, t *terminal) (*live, error) {
	in, err := f.input()
	if err != nil {
		return nil, err
	}
	in.asking(t)
	progress := newProgress(t, f.Quiet)
	in.settings.Progress = progress.show
	return &live{flags: f, in: in, pipe: pipeline.New(in.settings), t: t}, nil
}

// watched returns what to watch. The folders to skip are outputs.
func (l *live) watched(skip ...string) watch.Options {
	o := watch.Options{Skip: skip, Ignore: files.Ignored, Poll: l.flags.Poll, Say: func(m string) { fmt.Fprintln(l.t.err, "rapport:", m) }}
	for _, f := range l.in.folders {
		o.Roots = append(o.Roots, f.Dir)
	}
	return o
}

// follow takes a turn at once and after each change, until ctx ends. A turn
// that fails is said, and taken again with the next change.
func (l *live) follow(ctx context.Context, changes <-chan watch.Word, turn func(context.Context) error) error {
	for {
		err := turn(ctx)
		if ctx.Err() != nil {
			return nil
		}
		said := ""
		if err != nil {
			said = err.Error()
		}
		if said != l.said && said != "" {
			fmt.Fprintln(l.t.err, "rapport:", said)
		}
		l.said = said
		if len(changes) == 0 && l.missed() {
			continue
		}
		if len(changes) == 0 {
			runtime.GC() // now that nobody waits, rather than in the midst of the next turn
		}
		word, ok := <-changes
		if !ok {
			return nil
		}
		l.hints = word.Paths
	}
}

// look returns what is on the disk now. On large sites it takes long to look at
// everything, so after a lone save that is done when the turn is over.
func (l *live) look() (files.Tree, error) {
	if l.hints != nil && l.seen {
		tree, ok := files.Glance(l.tree, l.in.folders, l.hints)
		if ok {
			l.hints, l.brief = nil, true
			return tree, nil
		}
	}
	l.hints, l.brief = nil, false
	return files.Read(l.tree, l.in.folders...)
}

// missed looks at everything after a turn that did not, and reports whether there
// is more than it saw.
func (l *live) missed() bool {
	if !l.brief {
		return false
	}
	tree, err := files.Read(l.tree, l.in.folders...)
	l.brief = false
	return err != nil || !files.Same(tree, l.tree)
}

// pages makes the site of what is on the disk now, but for the search index.
func (l *live) pages(ctx context.Context, sink pipeline.Sink) (pipeline.Result, error) {
	if today := fields.Date(time.Now().Format(time.DateOnly)); l.flags.At == "" && today != l.in.settings.Today {
		l.in.settings.Today = today
		if err := l.pipe.Close(); err != nil {
			return pipeline.Result{}, err
		}
		l.pipe = pipeline.New(l.in.settings)
	}
	tree, err := l.look()
	l.seen = err == nil
	if err != nil {
		return pipeline.Result{}, err
	}
	l.tree = tree
	return l.pipe.Pages(ctx, tree, sink)
}

// report prints what was not wrong before, and what is mended. A finding that
// only moved to another line is neither.
func (l *live) report(now diag.List) {
	if slices.Equal(l.diags, now) {
		return
	}
	fresh, mended := without(now, l.diags), without(l.diags, now)
	l.diags = now
	report{Format: "text", Verbose: l.flags.Verbose}.print(l.t, l.in, fresh)
	for i, d := range mended {
		if i == repeats && !l.flags.Verbose {
			fmt.Fprintf(l.t.err, "mended: %d more\n", len(mended)-i)
			break
		}
		fmt.Fprintf(l.t.err, "mended: %s: %s\n", l.in.shown(d.Pos.File), d.Message)
	}
}

// without returns the findings of a list that are not in another.
func without(list, other diag.List) diag.List {
	place := func(d diag.Diagnostic) diag.Diagnostic {
		d.Pos = diag.File(d.Pos.File)
		return d
	}
	known := make(map[diag.Diagnostic]int, len(other))
	for _, d := range other {
		known[place(d)]++
	}
	var rest diag.List
	for _, d := range list {
		if known[place(d)]--; known[place(d)] < 0 {
			rest = append(rest, d)
		}
	}
	return rest
}

// interruptible returns a context that ends with Ctrl-C, or when the system
// asks the program to go.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

// onDisk returns the absolute path of the file at a path of the tree.
func (in input) onDisk(path string) string {
	full, err := filepath.Abs(filepath.FromSlash(in.shown(path)))
	if err != nil {
		return path
	}
	return full
}
