package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"rapport/internal/files"
	"rapport/internal/watch"
)

type watchCommand struct {
	liveFlags
	Out string `default:"public" placeholder:"DIR" help:"Folder to write to (${default} in the site's folder)."`
}

// Help is shown by rapport watch --help.
func (watchCommand) Help() string {
	return `While there are errors in the content nothing is written and the last good site
stays whole.

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
	err = l.follow(ctx, changes, func(ctx context.Context) error { return l.write(ctx, out) })
	return errors.Join(err, l.pipe.Close(), out.Close())
}

// write is one turn: a run that ends in the output folder.
func (l *live) write(ctx context.Context, out *files.Out) error {
	begun := time.Now()
	result, err := l.pages(ctx, out)
	if err == nil {
		result, err = l.pipe.Index(ctx, result, out)
	}
	if err != nil {
		return err
	}
	l.report(result.Diags)
	if n := result.Diags.Errors(); n > 0 {
		fmt.Fprintf(l.t.err, "%s; nothing was written\n", count(n, "error"))
		return nil
	}
	change, err := commit(out, result.Outputs)
	if err != nil {
		return err
	}
	if !change.IsEmpty() {
		report{Quiet: l.flags.Quiet}.summary(l.t, result, change, time.Since(begun))
	}
	return nil
}
