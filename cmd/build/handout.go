package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"unicode"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/pipeline"
	"rapport/internal/render"
	"rapport/internal/site"
)

type passphraseCommand struct {
	Words int `default:"5" short:"n" help:"How many words to draw, 5 or more (${default})."`
}

// Help is shown by rapport handout passphrase --help.
func (passphraseCommand) Help() string {
	return `The words are drawn by lot from 2,048, so each is worth 11 bits: five take longer to
guess than it matters. Nothing is remembered; copy them where you keep passwords.

Examples:
  rapport handout passphrase
  rapport handout passphrase -n 6`
}

// Run prints a passphrase.
func (c *passphraseCommand) Run(t *terminal) error {
	if c.Words < handout.MinWords || c.Words > 64 {
		return usage("-n needs a number from %d to 64: fewer words can be guessed", handout.MinWords)
	}
	words, err := handout.Passphrase(rand.Reader, c.Words)
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, words)
	return nil
}

type handoutCommand struct {
	Slug string `arg:"" help:"Name of the handout: that of its file, without .md."`
	siteFlags
	SingleFile string `required:"" placeholder:"FILE" help:"Where to write the one file."`
}

// Help is shown by rapport handout SLUG --help.
func (handoutCommand) Help() string {
	return `The file holds text, looks, pictures and what makes ticks work. It opens from a disk
or out of a mail, without a network, and asks nobody for anything. A sealed handout
stays sealed in it.

Example:
  rapport handout first-four-weeks --single-file weeks.html`
}

// Run writes the file.
func (c *handoutCommand) Run(t *terminal) error {
	in, err := c.input()
	if err != nil {
		return err
	}
	for _, f := range in.folders {
		if err := notInside(c.SingleFile, f.Dir); err != nil {
			return err
		}
	}
	in.asking(t)
	passphrases := in.settings.Sealing.Passphrases
	in.settings.Sealing.Passphrases = func(slug string) ([]string, error) {
		if slug != c.Slug {
			return nil, nil // only this one is sealed
		}
		return passphrases(slug)
	}
	kept := &siteFiles{files: map[string][]byte{}}
	result, done, err := in.once(kept)
	if err != nil {
		return err
	}
	defer done()
	page, err := c.find(t, in, result)
	if err != nil {
		return err
	}
	data, diags, err := result.World.SingleFile(page, kept.load)
	if err != nil {
		return err
	}
	if found := concerning(append(result.Diags, diags...), page.Path); found.Errors() > 0 {
		report{}.print(t, in, found)
		return status{exitContent, fmt.Sprintf("%s; nothing was written", count(found.Errors(), "error"))}
	}
	if err := os.WriteFile(c.SingleFile, data, 0o666); err != nil {
		return err
	}
	about := "not sealed: whoever gets the file can read it"
	if page.Handout.Sealed {
		about = "sealed"
	}
	fmt.Fprintf(t.out, "%s (%d kB), %s\n", c.SingleFile, (len(data)+999)/1000, about)
	return nil
}

// find returns the handout that is meant.
func (c *handoutCommand) find(t *terminal, in input, r pipeline.Result) (*site.Page, error) {
	if r.World == nil {
		report{}.print(t, in, r.Diags)
		return nil, status{exitContent, "the site cannot be read"}
	}
	var slugs []string
	for _, p := range r.World.Site.Pages {
		if p.Handout == nil {
			continue
		}
		if slugs = append(slugs, p.Slug); p.Slug != c.Slug {
			continue
		}
		if found := concerning(r.Diags, p.Path); found.Errors() > 0 { // such as a passphrase that is missing
			report{}.print(t, in, found)
			return nil, status{exitContent, fmt.Sprintf("%s; nothing was written", count(found.Errors(), "error"))}
		}
		return p, nil
	}
	for _, d := range r.Diags { // one with errors is no part of the site
		if d.Severity == diag.Error && strings.HasSuffix(d.Pos.File, "/"+c.Slug+".md") {
			report{}.print(t, in, concerning(r.Diags, d.Pos.File))
			return nil, status{exitContent, "nothing was written"}
		}
	}
	return nil, usage("there is no handout %q; %s", c.Slug, diag.DidYouMean(c.Slug, slugs, "`rapport handouts` lists them"))
}

// concerning are the findings in a file.
func concerning(list diag.List, path string) diag.List {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Pos.File != path }).Sorted()
}

// once makes the site one time. Its World can be asked until it is done with.
func (in input) once(out pipeline.Sink) (result pipeline.Result, done func() error, err error) {
	tree, err := files.Read(files.Tree{}, in.folders...)
	if err != nil {
		return result, nil, err
	}
	p := pipeline.New(in.settings)
	if result, err = p.Pages(context.Background(), tree, out); err != nil {
		return result, nil, errors.Join(err, p.Close())
	}
	return result, p.Close, nil
}

// siteFiles is a sink that keeps what pages load.
type siteFiles struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (s *siteFiles) Put(path string, data []byte) (files.Staged, error) {
	if !strings.HasSuffix(path, ".html") {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.files[path] = slices.Clone(data)
	}
	return files.Staged{Path: path, Hash: files.Sum(data), Size: int64(len(data))}, nil
}

func (*siteFiles) Holds(string, files.Hash) bool { return false }

func (s *siteFiles) load(path string) ([]byte, string, error) {
	data, ok := s.files[strings.TrimPrefix(path, "/")]
	if !ok {
		return nil, "", fmt.Errorf("the site has no such file: %w", fs.ErrNotExist)
	}
	return data, render.MediaType(path), nil
}

type handoutsCommand struct{ siteFlags }

// Help is shown by rapport handouts --help.
func (handoutsCommand) Help() string {
	return `Addresses are for those who get the handout: take care where you paste the list.

Example:
  rapport handouts`
}

// Run prints a line for each handout.
func (c *handoutsCommand) Run(t *terminal) error {
	in, err := c.input()
	if err != nil {
		return err
	}
	in.settings.Sealing = render.Sealing{} // nothing is made
	result, done, err := in.once(nowhere{})
	if err != nil {
		return err
	}
	defer done()
	if result.World == nil {
		report{}.print(t, in, result.Diags)
		return status{exitContent, "the site cannot be read"}
	}
	var rows []string
	broken := map[string]bool{}
	for _, p := range result.World.Site.Pages {
		if p.Handout != nil {
			rows = append(rows, handoutRow(result.World.Site.Config, p))
		}
	}
	for _, d := range result.Diags {
		if p := result.World.Site.File(d.Pos.File); p != nil && p.Meta.Type == "handout" && d.Severity == diag.Error && !result.World.Site.Config.Live(p) {
			broken[p.Path] = true
		}
	}
	if len(rows) > 0 {
		w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "HANDOUT\tFOR\tEXPIRES\tACCESS\tADDRESS")
		fmt.Fprint(w, strings.Join(rows, ""))
		if err := w.Flush(); err != nil {
			return err
		}
	}
	for _, path := range slices.Sorted(maps.Keys(broken)) {
		fmt.Fprintf(t.err, "%s has errors and is not built; `rapport build` says which\n", in.shown(path))
	}
	if len(rows)+len(broken) == 0 {
		fmt.Fprintln(t.out, "There are no handouts; `rapport new handout NAME` begins one.")
	}
	return nil
}

func handoutRow(c *site.Config, p *site.Page) string {
	expires := p.Handout.Expires
	switch {
	case expires == "":
		expires = "never"
	case expires <= string(c.Today):
		expires += " (over)"
	}
	access := "unlisted"
	if p.Handout.Sealed {
		access = "sealed"
	} else if p.Meta.Listed {
		access = "listed"
	}
	address := strings.TrimSuffix(c.BaseURL, "/") + p.URL
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s\n", p.Slug, initials(p.Handout.Client), expires, access, address)
}

// initials are what of a client's name may stand on a screen that others see.
func initials(client string) string {
	var list []string
	for word := range strings.FieldsFuncSeq(client, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first := []rune(word)[0]
		list = append(list, string(unicode.ToUpper(first))+".")
	}
	if list == nil {
		return "–"
	}
	return strings.Join(list, " ")
}
