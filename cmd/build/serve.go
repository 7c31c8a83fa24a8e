package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/server"
	"rapport/internal/watch"
)

type serveCommand struct {
	liveFlags
	Addr   string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address to serve at; the next free port if taken (${default})."`
	Host   []string `placeholder:"NAME" help:"Also answer to this host name, such as that of a tunnel."`
	Open   bool     `help:"Open the site in the browser."`
	Editor string   `placeholder:"TEMPLATE" help:"How problems open in your editor, such as vscode://file{path}:{line}:{column} (by $VISUAL or $EDITOR)."`
}

// Help is shown by rapport serve --help.
func (serveCommand) Help() string {
	return `Nothing is written to the site's folder. Pages are what a build would write; the
browser patches them in place, and shows what is wrong over the last good page.

Examples:
  rapport serve --open
  rapport serve --drafts --addr 127.0.0.1:9000
  rapport serve --editor 'zed://file{path}:{line}:{column}'`
}

// Run serves until it is interrupted.
func (c *serveCommand) Run(t *terminal) error {
	ctx, stop := interruptible()
	defer stop()
	return c.serve(ctx, t, nil)
}

// serve is Run with the source of events handed in; nil takes the system's.
func (c *serveCommand) serve(ctx context.Context, t *terminal, events func() (watch.Notifier, error)) error {
	host, port, err := net.SplitHostPort(c.Addr)
	if _, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil {
		return usage("--addr needs a host and a port such as 127.0.0.1:8080, not %q", c.Addr)
	}
	for _, name := range c.Host {
		if net.ParseIP(name) == nil && strings.ContainsAny(name, ":/\\@?#% \t") {
			return usage("--host needs a name such as notes.example.org, without scheme, port or path, not %q", name)
		}
	}
	if c.Editor == "" {
		c.Editor = server.Editor(os.Getenv("VISUAL"), os.Getenv("EDITOR"))
	} else if !server.ValidEditor(c.Editor) {
		return usage("--editor needs an address with {path} that an editor answers to, such as vscode://file{path}:{line}:{column}")
	}
	l, err := newLive(c.liveFlags, t)
	if err != nil {
		return err
	}
	shelf, err := files.NewShelf()
	if err != nil {
		return err
	}
	listener, err := server.Listen(c.Addr)
	if err != nil {
		return errors.Join(err, shelf.Close())
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		fmt.Fprintf(t.err, "rapport: warning: %s is reachable from other machines: whoever finds it reads the site, drafts included\n", listener.Addr())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	options := l.watched()
	options.Open = events
	changes := watch.Start(ctx, options)
	s := &shown{live: l, pending: func() bool { return len(changes) > 0 }, shelf: shelf, server: server.New(append(c.Host, host)...), editor: c.Editor, ready: func(base string) {
		address := "http://" + local(listener.Addr()) + base
		fmt.Fprintln(t.out, "Serving on", address, "(Ctrl-C ends)")
		if c.Open {
			_ = browse(address)
		}
	}}
	served := make(chan error, 1)
	go func() {
		served <- s.server.Serve(ctx, listener)
		stop()
	}()
	err = l.follow(ctx, changes, s.turn)
	stop()
	return errors.Join(err, <-served, l.pipe.Close(), shelf.Close())
}

// shown is what is being served.
type shown struct {
	*live
	pending func() bool // whether something has changed since the turn began
	shelf   *files.Shelf
	server  *server.Server
	editor  string
	ready   func(base string) // called once, with the path of the site

	site    server.Site
	bad     map[string]bool // files of which there never was a good one
	outputs []pipeline.Output
}

// turn is a run that ends in what browsers see: the pages as soon as they are
// made, the search index after them.
func (s *shown) turn(ctx context.Context) error {
	begun := time.Now()
	before := s.tree
	result, err := s.pages(ctx, s.shelf)
	if err != nil {
		return err
	}
	s.show(result, before)
	took := time.Since(begun)
	s.report(result.Diags)
	if s.ready != nil {
		s.ready(max(s.site.Base, "/"))
		s.ready = nil
	} else if !s.flags.Quiet && result.Made > 0 {
		fmt.Fprintf(s.t.out, "%s in %s\n", count(result.Made, "file"), rounded(took))
	}
	if s.pending() {
		return nil // the next turn sees to the index
	}
	whole, err := s.pipe.Index(ctx, result, s.shelf)
	if err != nil {
		return err
	}
	if whole.Made > result.Made {
		s.show(whole, s.tree)
	}
	return s.shelf.Sweep(s.site.Tree)
}

// show hands a result to the browsers. The tree is that of the run before.
func (s *shown) show(r pipeline.Result, before files.Tree) {
	s.site.Diags, s.site.Link, s.site.Moved = r.Diags, s.link, nil
	if r.World != nil {
		s.site.Base = r.World.Site.Config.BasePath()
		s.site.Tree = s.served(r)
		s.site.Moved = moved(s.outputs, r.Outputs, before, s.tree)
		s.outputs = r.Outputs
	}
	s.server.Show(s.site)
}

// served returns the files to show: those that were made, but the last good
// one where making found errors.
func (s *shown) served(r pipeline.Result) files.Tree {
	wrong := map[string]bool{}
	for _, d := range r.Diags {
		if d.Severity == diag.Error {
			wrong[d.Pos.File] = true
		}
	}
	bad := map[string]bool{}
	list := make([]files.File, len(r.Outputs))
	for i, o := range r.Outputs {
		list[i] = s.shelf.File(o.Path, o.Staged.Hash, o.Staged.Size)
		if _, source, _ := strings.Cut(o.Recipe, " "); !o.Failed && !wrong[source] {
			continue
		}
		if last, ok := s.site.Tree.Get(o.Path); ok && !s.bad[o.Path] {
			list[i] = last
		} else {
			bad[o.Path] = true
		}
	}
	s.bad = bad
	return files.NewTree(list...)
}

func (s *shown) link(at diag.Pos) string {
	return server.EditorLink(s.editor, s.in.onDisk(at.File), at.Line, at.Column)
}

// moved returns for pages that are gone from their place where they are now:
// pages of the same source, or of the same text under another name.
func moved(before, after []pipeline.Output, was, is files.Tree) map[string]string {
	gone := map[string]string{} // recipe → path
	next := after               // both are in path order
	for _, o := range before {
		for len(next) > 0 && next[0].Path < o.Path {
			next = next[1:]
		}
		if stays := len(next) > 0 && next[0].Path == o.Path && next[0].Recipe == o.Recipe; !stays && strings.HasPrefix(o.Recipe, "page ") {
			gone[o.Recipe] = o.Path
		}
	}
	if len(gone) == 0 {
		return nil
	}
	change, byHash := files.Diff(was, is), map[files.Hash]string{}
	for _, p := range change.Removed {
		f, _ := was.Get(p)
		byHash[f.Hash] = p
	}
	for _, p := range change.Added {
		f, _ := is.Get(p)
		if old, ok := gone["page "+byHash[f.Hash]]; ok {
			gone["page "+p] = old
		}
	}
	to := map[string]string{}
	for _, o := range after {
		if from, ok := gone[o.Recipe]; ok && from != o.Path {
			to[from] = o.Path
		}
	}
	return to
}

// local is an address as a browser on this machine can call it.
func local(a net.Addr) string {
	host, port, _ := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// browse opens an address in the user's browser.
func browse(address string) error {
	switch runtime.GOOS {
	case "darwin":
		return exec.Command("open", address).Start()
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", address).Start()
	}
	return exec.Command("xdg-open", address).Start()
}
