package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
)

// publishedName is the file beside site.yaml that remembers which items the
// last build had, so that the next one can say which ticks an edit would lose.
// It is meant for git: one item a line.
const publishedName = "published-items.json"

// published compares the items of a build with those of the one before.
type published struct {
	site   string // folder; empty: this build is not the site itself, but a look at it
	before []byte
	after  advice.Published
}

// published returns the items of the build and a warning for each that is gone.
// Builds of other content or days, of drafts, or to another
// folder neither warn nor remember.
func (c *buildCommand) published(r pipeline.Result) (published, diag.List, error) {
	var diags diag.List
	if c.Content != "" || c.Out != filepath.Join(c.Site, "public") || c.Drafts || c.At != "" || r.World == nil {
		return published{}, nil, nil
	}
	p := published{site: c.Site, after: advice.Published{}}
	data, err := c.readPublished()
	if err != nil {
		return p, nil, err
	}
	p.before = data
	before, err := advice.ParsePublished(data)
	if err != nil {
		diags.Warn(diag.File(publishedName), "delete it: the next build writes it anew", "the file cannot be read: %v", err)
	}
	for _, page := range r.World.Site.Pages {
		for _, from := range page.Earlier() {
			before.Moved(from, page.URL)
		}
		if items := page.Items(); len(items) > 0 && page.Meta.Listed { // the file is public, an unlisted page is not
			p.after[page.URL] = items
		}
	}
	for _, loss := range advice.Lost(before, p.after) {
		message, hint := loss.Explain()
		place := diag.File(publishedName)
		if page := r.World.Site.At(loss.Page); page != nil {
			place = diag.File(page.Path)
		}
		diags.Warn(place, hint, "%s", message)
	}
	return p, diags, nil
}

// listed returns the hash of the items of the build before, as they stand now.
func (c *buildCommand) listed() (files.Hash, error) {
	data, err := c.readPublished()
	if data == nil {
		return files.Hash{}, err
	}
	return files.Sum(data), err
}

// readPublished returns nil if there is no such file.
func (c *buildCommand) readPublished() ([]byte, error) {
	site, err := os.OpenRoot(c.Site)
	if err != nil {
		return nil, err
	}
	defer site.Close()
	data, err := files.ReadRegular(site, publishedName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// save remembers the items, unless they are those of the build before. A site
// without any has no such file.
func (p published) save() error {
	if p.site == "" || len(p.after) == 0 && p.before == nil {
		return nil
	}
	now := p.after.Format()
	if bytes.Equal(now, p.before) {
		return nil
	}
	site, err := os.OpenRoot(p.site)
	if err != nil {
		return err
	}
	defer site.Close()
	const fresh = publishedName + ".new"
	f, err := files.Create(site, fresh, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(now)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return site.Rename(fresh, publishedName)
}
