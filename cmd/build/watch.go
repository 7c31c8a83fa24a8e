package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/watch"
)

type watchCommand struct {
	liveFlags
	Out string `default:"public" placeholder:"DIR" help:"Folder to write to (${default} in the site's folder)."`
}

// Help is shown by rapport watch --help.
func (watchCommand) Help() string {
	return `While there are errors in the content nothing is written and the last good site
stays whole. Pages are written as soon as they are made, the search index after
them.

Examples:
  rapport watch --drafts
  rapport watch --poll --out /srv/guides`
}

// AfterApply puts the output folder into the site's folder, unless it was given.
func (c *watchCommand) AfterApply() error {
	if c.Out == "public" {
		c.Out = filepath.Join(c.Site, "public")
	}
	return nil
}

// Run builds after each change until it is interrupted.
func (c *watchCommand) Run(t *terminal) error {
	ctx, stop := interruptible()
	defer stop()
	l, err := newLive(c.liveFlags, t)
	if err != nil {
		return err
	}
	if err := errors.Join(refuse(c.Out, c.Site, l.in.content), outside(c.Passphrases, c.Out)); err != nil {
		return err
	}
	out, err := files.OpenOut(c.Out)
	if err != nil {
		return cannotWrite(c.Out, err)
	}
	changes := watch.Start(ctx, l.watched(c.Out))
	w := &writing{live: l, dir: c.Out, out: out, pending: func() bool { return len(changes) > 0 }}
	err = l.follow(ctx, changes, w.turn)
	return errors.Join(err, l.pipe.Close(), w.out.Close())
}

// writing is what goes into a folder.
type writing struct {
	*live
	dir     string
	out     *files.Out
	pending func() bool // whether something has changed since the turn began
	whole   bool        // the folder holds a site of ours, with its search index
}

// turn is a run that ends in the output folder. Whether somebody else changed
// what stands there takes a while to see, so it is looked at when the pages are
// there; if so, a second run puts it right.
func (w *writing) turn(ctx context.Context) error {
	if w.out.Moved() { // somebody took it away, to begin with an empty one
		_ = w.out.Close()
		out, err := files.OpenOut(w.dir)
		if err != nil {
			return cannotWrite(w.dir, err)
		}
		w.out, w.whole = out, false
	}
	written, err := w.write(ctx)
	if err == nil && written && !w.pending() && !w.out.Check() {
		_, err = w.write(ctx)
	}
	return errors.Join(err, w.out.Discard()) // what was not written must not come along with what is
}

// write is a run: the pages go in as soon as they are made, the search index
// after them. What the folder holds at first may be anything, so the first run
// writes both at once. While there are errors in the content nothing is written.
func (w *writing) write(ctx context.Context) (written bool, err error) {
	begun := time.Now()
	result, err := w.pages(ctx, w.out)
	if err == nil && !w.whole {
		result, err = w.pipe.Index(ctx, result, w.out)
	}
	if err != nil {
		return false, err
	}
	if n := result.Diags.Errors(); n > 0 {
		w.report(result.Diags)
		fmt.Fprintf(w.t.err, "%s; nothing was written\n", count(n, "error"))
		return false, nil
	}
	change, err := commit(w.out, result.Outputs)
	if err != nil {
		return false, err
	}
	took := time.Since(begun)
	if w.whole && !w.pending() { // else the next turn sees to the index
		if result, err = w.index(ctx, result); err != nil {
			return true, err
		}
	}
	w.whole = true
	w.report(result.Diags)
	if !change.IsEmpty() {
		report{Quiet: w.flags.Quiet}.summary(w.t, result, change, took)
	}
	return true, nil
}

// index writes the search index of pages that are in the folder.
func (w *writing) index(ctx context.Context, pages pipeline.Result) (pipeline.Result, error) {
	for i, o := range pages.Outputs {
		pages.Outputs[i].Staged = files.Staged{Path: o.Path, Hash: o.Staged.Hash, Size: o.Staged.Size} // no longer waiting
	}
	whole, err := w.pipe.Index(ctx, pages, w.out)
	if err != nil || whole.Made == pages.Made {
		return whole, err
	}
	if n := whole.Diags.Errors(); n > 0 {
		fmt.Fprintf(w.t.err, "%s; the search index was not written\n", count(n, "error"))
		return whole, nil
	}
	_, err = commit(w.out, whole.Outputs)
	return whole, err
}
