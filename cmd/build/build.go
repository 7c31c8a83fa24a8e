package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
)

type buildCommand struct {
	siteFlags
	Out       string `default:"public" placeholder:"DIR" help:"Folder to write to (${default} in the site's folder)."`
	NoCache   bool   `help:"Neither use nor keep what a build leaves for the next one in .rapport."`
	KeepGoing bool   `help:"Write what could be made in spite of errors in the content; the exit status is 1 all the same."`
	report
}

// Help is shown by rapport build --help.
func (buildCommand) Help() string {
	return `With errors in the content nothing is written and the old site stays whole.

Examples:
  rapport build --drafts --at 2027-01-01
  rapport build --content ~/docs --out /tmp/docs --keep-going
  rapport build --format json > problems.json`
}

// AfterApply puts the output folder into the site's folder, unless it was given.
func (c *buildCommand) AfterApply() error {
	if c.Out == "public" {
		c.Out = filepath.Join(c.Site, "public")
	}
	return nil
}

// Run builds the site once.
func (c *buildCommand) Run(t *terminal) error {
	begun := time.Now()
	in, err := c.input()
	if err != nil {
		return err
	}
	if err := refuse(c.Out, c.Site, in.content); err != nil {
		return err
	}
	if err := outside(c.Passphrases, c.Out); err != nil {
		return err
	}
	in.asking(t)
	interrupted, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	b, err := c.begin(in)
	if err != nil {
		return err
	}
	if b.same {
		last := b.last
		c.print(t, in, last.Diags)
		c.summary(t, pipeline.Result{Pages: last.Pages, Outputs: make([]pipeline.Output, len(last.Out.Paths)), Diags: last.Diags}, files.Change{}, time.Since(begun))
		return b.out.Close()
	}
	makeRoom(b.tree)
	progress := newProgress(t, c.Quiet)
	in.settings.Progress = progress.show
	pipe, result, err := b.run(interrupted, in)
	progress.clear()
	if err != nil {
		return errors.Join(err, b.out.Close())
	}
	defer pipe.Close()
	items, lost, err := c.published(result)
	if err != nil {
		return errors.Join(err, b.out.Close())
	}
	found := result.Diags // what the next build finds too
	result.Diags = append(slices.Clip(found), lost...).Sorted()
	c.print(t, in, result.Diags)
	failed := result.Diags.Errors() > 0
	if failed && (!c.KeepGoing || result.World == nil || result.Leaks > 0) {
		if err := b.out.Close(); err != nil {
			return err
		}
		return status{exitContent, fmt.Sprintf("%s; nothing was written, the site in %s is as it was", count(result.Diags.Errors(), "error"), c.Out)}
	}
	change, err := commit(b.out, result.Outputs)
	if err := errors.Join(err, b.out.Close()); err != nil {
		return err
	}
	if !failed {
		if err := items.save(); err != nil {
			return err
		}
		if !c.NoCache {
			b.now.Diags = found
			c.keep(interrupted, b, pipe, result)
		}
	}
	c.summary(t, result, change, time.Since(begun))
	c.sealingNotes(t, result, in.keys)
	if failed {
		return status{exitContent, fmt.Sprintf("%s; what could be made was written to %s", count(result.Diags.Errors(), "error"), c.Out)}
	}
	return nil
}

// building is a build that has looked at what there is.
type building struct {
	now, last memory
	tree      files.Tree
	out       *files.Out
	same      bool // nothing has changed since the last build
}

// begin recalls the last build and looks at input and output side by side.
func (c *buildCommand) begin(in input) (b building, err error) {
	if b.now, err = c.memory(in); err != nil {
		return b, err
	}
	if !c.NoCache {
		b.last = b.now.recall()
	}
	if b.out, err = files.OpenOut(c.Out); err != nil {
		return b, cannotWrite(c.Out, err)
	}
	var whole bool // the folder holds what the last build left there
	var wait sync.WaitGroup
	wait.Go(func() { whole = b.out.Recall(b.last.Out) })
	before := b.last.In.Tree()
	b.tree, err = files.Read(before, in.folders...)
	wait.Wait()
	listed, failed := c.listed()
	if err := errors.Join(err, failed); err != nil {
		return b, errors.Join(err, b.out.Close())
	}
	b.same = whole && !b.last.Private && b.now.Settings == b.last.Settings && b.last.Published == listed && files.Same(b.tree, before)
	return b, nil
}

// run makes the site out of what the last build remembers and what has changed.
// A memory that turns out to be wrong is no memory.
func (b *building) run(ctx context.Context, in input) (*pipeline.Pipeline, pipeline.Result, error) {
	p := b.last.pipeline(ctx, in.settings)
	result, err := p.Run(ctx, b.tree, b.out)
	if !errors.Is(err, pipeline.ErrStale) {
		return p, result, err
	}
	if err := p.Close(); err != nil {
		return p, result, err
	}
	if b.tree, err = files.Read(files.Tree{}, in.folders...); err != nil {
		return p, result, err
	}
	p = pipeline.New(in.settings)
	result, err = p.Run(ctx, b.tree, b.out)
	return p, result, err
}

// commit makes the output folder equal to the outputs.
func commit(out *files.Out, outputs []pipeline.Output) (files.Change, error) {
	paths := make([]string, len(outputs))
	for i, o := range outputs {
		paths[i] = o.Path
	}
	return out.Commit(staged(outputs), paths)
}

func staged(outputs []pipeline.Output) []files.Staged {
	list := make([]files.Staged, len(outputs))
	for i, o := range outputs {
		list[i] = o.Staged
	}
	return list
}

// refuse says no to output folders whose files could be somebody's work.
func refuse(out, site, content string) error {
	full, err := resolved(out)
	if err != nil {
		return err
	}
	home, _ := os.UserHomeDir()
	protected := []string{string(filepath.Separator), home, site, content, filepath.Join(site, "themes"), filepath.Join(site, "static")}
	for _, p := range protected {
		if p == "" {
			continue
		}
		keep, err := resolved(p)
		if err != nil {
			return err
		}
		if full == keep || strings.HasPrefix(keep+string(filepath.Separator), strings.TrimSuffix(full, string(filepath.Separator))+string(filepath.Separator)) {
			return usage("will not write into %s: it is, or holds, %s", out, p)
		}
	}
	return notInside(out, content, filepath.Join(site, "themes"), filepath.Join(site, "static"), filepath.Join(site, memoryFolder), filepath.Join(site, ".git"))
}

// notInside refuses to write to one of the paths, or to anything in them.
func notInside(out string, protected ...string) error {
	full, err := resolved(out)
	if err != nil {
		return err
	}
	for _, p := range protected {
		if keep, err := resolved(p); err == nil && strings.HasPrefix(full+string(filepath.Separator), keep+string(filepath.Separator)) {
			return usage("will not write into %s: it belongs to %s", out, p)
		}
	}
	return nil
}

// resolved returns the absolute path with links followed as far as it exists.
func resolved(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	for rest := ""; ; {
		if real, err := filepath.EvalSymlinks(full); err == nil {
			return filepath.Join(real, rest), nil
		}
		up := filepath.Dir(full)
		if up == full {
			return filepath.Join(full, rest), nil
		}
		rest, full = filepath.Join(filepath.Base(full), rest), up
	}
}

func cannotWrite(dir string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("cannot write to %s: %w", dir, err)
}

// report is how a command says what it found.
type report struct {
	Format  string `enum:"text,json" default:"text" help:"How problems are printed: text or json."`
	Quiet   bool   `short:"q" help:"Print problems only."`
	Verbose bool   `short:"v" help:"Print every problem, however often it repeats, and each file that changed."`
}

// repeats is how often one message is printed before the rest is counted.
const repeats = 5

func (r report) print(t *terminal, in input, list diag.List) {
	shown := make(diag.List, len(list))
	for i, d := range list {
		d.Pos.File = in.shown(d.Pos.File)
		shown[i] = d
	}
	if r.Format == "json" {
		_ = shown.WriteJSON(t.out)
		return
	}
	most := repeats
	if r.Verbose {
		most = 0
	}
	_ = shown.WriteText(t.err, most)
}

func (r report) summary(t *terminal, result pipeline.Result, c files.Change, took time.Duration) {
	if r.Quiet || r.Format == "json" {
		return
	}
	if r.Verbose {
		hidden := ofHandouts(result)
		for _, group := range []struct {
			sign  string
			paths []string
		}{{"+", c.Added}, {"~", c.Updated}, {"-", c.Removed}} {
			for _, p := range group.paths {
				if slices.ContainsFunc(hidden, func(folder string) bool { return strings.HasPrefix(p, folder) }) {
					p = "(a file of a handout)" // logs are read by others
				}
				fmt.Fprintln(t.out, group.sign, p)
			}
		}
	}
	made := len(c.Added) + len(c.Updated)
	line := fmt.Sprintf("%s, %s made, %d kept, %d removed in %s", count(result.Pages, "page"), count(made, "file"), len(result.Outputs)-made, len(c.Removed), rounded(took))
	if n := result.Diags.Warnings(); n > 0 {
		line += ", " + count(n, "warning")
	}
	fmt.Fprintln(t.out, line)
}

// ofHandouts returns the folders of outputs whose addresses are not for everyone.
func ofHandouts(result pipeline.Result) (folders []string) {
	for _, p := range result.World.Site.Pages {
		if p.Confidential() {
			folders = append(folders, p.URL[1:])
		}
	}
	return folders
}

func rounded(d time.Duration) time.Duration {
	if d < time.Second {
		return d.Round(time.Millisecond)
	}
	return d.Round(10 * time.Millisecond)
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	if stem, ok := strings.CutSuffix(word, "y"); ok {
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, word)
}
