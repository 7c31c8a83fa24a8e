// Package pipeline turns a tree of input files into the files of a site. It is
// the one way a site is built: a full build is a run that remembers nothing,
// and a rebuild is the same run, which keeps what still holds.
//
// A parsed page is kept while its file has the same hash. A made file is kept
// while every question that it asked has the same answer. The package knows
// neither who asks for a run nor why.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"rapport/internal/diag"
	"rapport/internal/fields"
	"rapport/internal/files"
	"rapport/internal/render"
	"rapport/internal/search"
	"rapport/internal/site"
	"rapport/internal/theme"
)

// Settings are the inputs of a run beside the tree.
type Settings struct {
	Builtin  files.Tree            // the built-in theme, below themes/default/
	Scripts  []files.File          // offered to themes as assets, by name
	Theme    string                // overrides the theme of site.yaml
	BaseURL  string                // overrides the base URL of site.yaml
	Drafts   bool                  // drafts are part of the site
	Today    fields.Date           // for which publish and expires are judged
	Sealing  render.Sealing        // how sealed pages are sealed; without it none is made
	Progress func(done, total int) // called now and then, from any goroutine; may be nil
}

// Sink takes the made files. Both methods are called by several goroutines.
type Sink interface {
	// Put hands in the bytes of a file, which it must not keep.
	Put(path string, data []byte) (files.Staged, error)
	// Holds reports whether the file is in place with these bytes.
	Holds(path string, hash files.Hash) bool
}

// Output is one file of the site.
type Output struct {
	Path   string
	Recipe string // what it was made of
	Staged files.Staged
	Kept   bool // not made anew, since nothing that it read has changed
	Failed bool // making it found errors
}

// Result is what a run gives.
type Result struct {
	Outputs []Output // in path order
	Diags   diag.List
	Pages   int // Markdown files that are part of the site
	Made    int // outputs made anew
	Kept    int
	Leaks   int           // places at which an output says what only a handout may say
	World   *render.World // nil where settings or theme cannot be read
}

// Pipeline remembers earlier runs.
type Pipeline struct {
	settings  Settings
	in        files.Tree // of this run, and what it is read with
	config    *site.Config
	parser    *site.Parser
	stower    site.Stower
	parsed    []parsed         // by path of the file
	places    map[string]int32 // in parsed, by that path
	groups    []group          // of which it was restored
	spool     *files.Spool     // what waits of the parsed pages
	reading   parsing          // what pages were parsed with
	addresses files.Hash       // with which it was worked out where links lead
	sited     sited
	theme     themed
	made      []made // by path
	asked     questions
	analyzer  search.Analyzer
	buffers   sync.Pool // of *[]byte
	indexed   indexed
	unsaid    unsaid
	secret    []byte // key of fingerprints of passphrases
}

// themed is a theme with the hash of all that it was made of.
type themed struct {
	hash  files.Hash
	theme *theme.Theme
	diags diag.List
}

// New returns a pipeline that remembers nothing.
func New(s Settings) *Pipeline {
	return &Pipeline{settings: s}
}

// Run makes the site of the tree. What is wrong with the user's files is in
// the result, whose outputs are then what could be made in spite of it. An
// error means that a file could not be read or handed in.
func (p *Pipeline) Run(ctx context.Context, in files.Tree, out Sink) (Result, error) {
	r, targets, err := p.plan(ctx, in)
	if err != nil || r.World == nil {
		return r, err
	}
	var index indexed
	var failed error
	var wait sync.WaitGroup
	wait.Go(func() { index, failed = p.index(r.World, out) }) // of what is parsed, so it needs no page to be made
	err = p.make(ctx, &r, targets, out)
	wait.Wait()
	if err := errors.Join(err, failed); err != nil {
		return r, err
	}
	p.takeIndex(&r, index)
	r.addLeaks(index.leaks())
	return r, ctx.Err()
}

// Pages is the part of Run that readers of a page wait for: all but the search
// index, which is still that of the run before.
func (p *Pipeline) Pages(ctx context.Context, in files.Tree, out Sink) (Result, error) {
	r, targets, err := p.plan(ctx, in)
	if err != nil || r.World == nil {
		return r, err
	}
	if err := p.make(ctx, &r, targets, out); err != nil {
		return r, err
	}
	p.takeIndex(&r, p.indexed)
	return r, ctx.Err()
}

// plan does what comes before making: it reads pages and settings, and lists
// the outputs. Where settings or theme cannot be read, there is no World.
func (p *Pipeline) plan(ctx context.Context, in files.Tree) (r Result, targets []render.Target, err error) {
	config, list, err := p.readConfig(in)
	r.Diags.Add(list)
	if err != nil || config == nil {
		return r, nil, err
	}
	for _, path := range sorted(in.Skipped) {
		r.Diags.Warn(diag.File(path), "put the file itself into the folder", "the file is skipped: %s", in.Skipped[path])
	}
	th, list, err := p.themeOf(in, config)
	r.Diags.Add(list)
	if err != nil || th == nil {
		return r, nil, err
	}
	pages, list, err := p.parse(ctx, in, config, th.Messages)
	r.Diags.Add(list)
	if err != nil {
		return r, nil, err
	}
	s, list := p.site(config, pages, in)
	r.Diags.Add(list)
	r.World, r.Pages = render.NewWorld(s, th, in, texts{p}), len(s.Pages)
	if err := p.knowLinks(ctx, r.World); err != nil {
		return r, nil, err
	}
	if list, err = p.lock(r.World); err != nil {
		return r, nil, err
	}
	r.Diags.Add(list)
	targets, list = p.targets(r.World)
	r.Diags.Add(list)
	return r, targets, p.guard(ctx, r.World)
}

// readConfig reads site.yaml and puts what the command line says over it.
func (p *Pipeline) readConfig(in files.Tree) (*site.Config, diag.List, error) {
	src := diag.Source{Path: "site.yaml"}
	if why := in.Skipped[src.Path]; why != "" { // to go on without settings would make another site
		var diags diag.List
		diags.Error(diag.File(src.Path), "put the file with the settings there, or leave it out", "the settings cannot be read: %s", why)
		return nil, diags, nil
	}
	if f, ok := in.Get("site.yaml"); ok {
		data, err := f.Bytes()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		src.Text = data
	}
	c, diags := site.ParseConfig(src)
	if p.settings.BaseURL != "" {
		c.BaseURL = p.settings.BaseURL
	}
	if p.settings.Theme != "" {
		c.Theme = p.settings.Theme
	}
	c.Drafts, c.Today = p.settings.Drafts, p.settings.Today
	c.Hash = files.Sum([]byte(strings.Join([]string{string(src.Text), c.BaseURL, c.Theme}, "\x00")))
	if diags.Errors() > 0 {
		return nil, diags, nil
	}
	return c, diags, nil
}

// sited is a site with all that it was made of.
type sited struct {
	config files.Hash
	pages  []*site.Page
	others files.Tree // of which only assets count
	site   *site.Site
	diags  diag.List
	sealed bool // a page is

	theme   *theme.Theme // with which the outputs were planned
	targets []render.Target
	clashes diag.List
}

// site returns the site of the pages. A site of the same pages is the same site.
func (p *Pipeline) site(c *site.Config, pages []*site.Page, in files.Tree) (*site.Site, diag.List) {
	settings := files.Sum(fmt.Append(c.Hash[:], c.Drafts, c.Today))
	was := p.sited
	if was.site == nil || was.config != settings || !slices.Equal(was.pages, pages) || !files.SameBut(was.others, in, func(path string) bool { return !site.IsAsset(path) }) {
		s, diags := site.New(c, pages, in)
		sealed := slices.ContainsFunc(s.Pages, func(p *site.Page) bool { return p.Handout != nil && p.Handout.Sealed })
		p.sited = sited{config: settings, pages: pages, others: in, site: s, diags: diags, sealed: sealed}
	}
	return p.sited.site, p.sited.diags
}

// targets returns the plan of the world, which is that of the run before if site
// and theme are, and no passphrase has a say in it.
func (p *Pipeline) targets(w *render.World) ([]render.Target, diag.List) {
	if s := &p.sited; s.sealed || s.theme != w.Theme {
		s.theme = w.Theme
		s.targets, s.clashes = render.Plan(w)
	}
	return p.sited.targets, p.sited.clashes
}

// themeOf returns the site's theme, as remembered where nothing in it changed.
func (p *Pipeline) themeOf(in files.Tree, c *site.Config) (*theme.Theme, diag.List, error) {
	layers := theme.Overlay(p.settings.Builtin, in, c.Theme)
	var all []byte
	for f := range layers.All() {
		all = append(append(append(all, f.Path...), layers.Origin[f.Path]...), f.Hash[:]...)
	}
	hash := files.Sum(append(all, c.Language...))
	if p.theme.hash != hash || p.theme.theme == nil {
		t, diags, err := theme.New(layers, p.settings.Scripts, c.Language)
		if err != nil {
			return nil, diags, err
		}
		p.theme = themed{hash, t, diags}
	}
	diags := p.theme.diags
	if c.Theme != "" && c.Theme != "default" && !hasTheme(in, c.Theme) {
		pos, ok := c.At["theme"]
		if !ok {
			pos = diag.File("site.yaml")
		}
		diags.Error(pos, "make the folder, or leave theme out", "there is no theme in themes/%s", c.Theme)
	}
	if diags.Errors() > 0 {
		return nil, diags, nil
	}
	return p.theme.theme, diags, nil
}

func hasTheme(in files.Tree, name string) bool {
	for _, path := range in.Paths() {
		if strings.HasPrefix(path, "themes/"+name+"/") {
			return true
		}
	}
	return false
}

// Close gives back what the pipeline holds beside memory.
func (p *Pipeline) Close() error {
	if p.spool == nil {
		return nil
	}
	return p.spool.Close()
}
