package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/render"
	"rapport/internal/site"
	"rapport/internal/theme"
)

// parsed is one page with what was found in it. What only its own output shows
// waits in the spool.
type parsed struct {
	path  string // of the file, as the page has it
	hash  files.Hash
	page  *site.Page
	diags diag.List
	words words
	links files.Hash // answer to the question where the page's links lead
	own   files.Part // the zero Part: the page was parsed by an earlier process
	saved bool       // by an earlier process, just like this
}

// parsing is what decides how pages are read beside their files.
type parsing struct {
	html, code, labels string
	messages           files.Hash // language included
}

// parse returns the pages of the tree in path order, and what was found in
// them. Pages whose file has not changed are those of the run before.
func (p *Pipeline) parse(ctx context.Context, in files.Tree, c *site.Config, m theme.Messages) ([]*site.Page, diag.List, error) {
	if now := (parsing{c.UnsafeHTML, c.Code, facetLabels(c), m.Hash}); now != p.reading || p.spool == nil {
		if err := p.forget(now); err != nil {
			return nil, nil, err
		}
	}
	p.in, p.config, p.parser = in, c, site.NewParser(c, spoken(m))
	results, fresh := p.known(in)
	err := forEach(ctx, len(fresh), func(i int) error {
		f := fresh[i]
		r, err := p.parseOne(f.file)
		if was := f.was; was != nil && r.page != nil && r.page.Same(was.page) {
			r.page, r.links = was.page, was.links // others cannot tell it from what it was
		}
		results[f.at] = r
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	p.take(slices.DeleteFunc(results, func(r parsed) bool { return r.page == nil }))
	pages, diags := p.pages(c)
	return pages, diags, nil
}

// unread is a file whose page is to be parsed.
type unread struct {
	file files.File
	at   int     // its place among all pages
	was  *parsed // in the run before; nil if it was not there
}

// known returns a place for each page of the tree, filled where the page is
// known from the run before, and the files that are still to be parsed.
func (p *Pipeline) known(in files.Tree) (results []parsed, fresh []unread) {
	before := p.parsed
	results = make([]parsed, 0, len(before))
	for f := range in.All() {
		if !site.IsPage(f.Path) {
			continue
		}
		for len(before) > 0 && before[0].path < f.Path {
			before = before[1:]
		}
		var was *parsed
		if len(before) > 0 && before[0].path == f.Path {
			was = &before[0]
		}
		if was != nil && was.hash == f.Hash {
			results = append(results, *was)
			continue
		}
		fresh = append(fresh, unread{f, len(results), was})
		results = append(results, parsed{})
	}
	return results, fresh
}

// parseOne parses the page of a file. A file that is gone since the tree was
// read gives none: the next run will not see it either.
func (p *Pipeline) parseOne(f files.File) (parsed, error) {
	data, hash, err := f.Read()
	if errors.Is(err, fs.ErrNotExist) {
		return parsed{}, nil
	}
	if err != nil {
		return parsed{}, err
	}
	page, diags := p.parser.ParsePage(f.Path, data)
	r := parsed{path: f.Path, hash: hash, page: page, diags: diags}
	err = p.withBuffer(func(b []byte) ([]byte, error) {
		b, err = p.putAside(&r, b)
		return b, err
	})
	page.Own = nil
	page.Trim()
	return r, err
}

// putAside puts what the search index reads of the page, and what its own output
// shows, into the spool. It takes both together in the buffer.
func (p *Pipeline) putAside(r *parsed, b []byte) ([]byte, error) {
	b = p.analyzer.Analyze(render.SearchPage(p.config, r.page), b)
	n := len(b)
	r.words.hash = files.Sum(b)
	b, err := p.stower.Stow(r.page.Own, b)
	if err != nil {
		return b, err
	}
	whole, err := p.spool.Put(b)
	r.words.part, r.own = whole.Split(n)
	return b, err
}

// withBuffer lends out a buffer and takes back what became of it.
func (p *Pipeline) withBuffer(use func([]byte) ([]byte, error)) error {
	buffer, _ := p.buffers.Get().(*[]byte)
	if buffer == nil {
		buffer = new([]byte)
	}
	defer p.buffers.Put(buffer)
	var err error
	*buffer, err = use((*buffer)[:0])
	return err
}

// texts are those of the pages of a run.
type texts struct{ *Pipeline }

// Hash returns the hash of the file that the page was parsed from.
func (p texts) Hash(path string) files.Hash {
	if r := p.find(path); r != nil {
		return r.hash
	}
	return files.Hash{}
}

// Own gets back what only the output of the page shows.
func (p texts) Own(page *site.Page) (*site.Own, error) {
	r := p.find(page.Path)
	if r == nil {
		return &site.Own{}, nil
	}
	if r.own == (files.Part{}) {
		again, err := p.again(r)
		if err != nil {
			return nil, err
		}
		return again.Own, nil
	}
	text, err := r.own.Text()
	if err != nil {
		return nil, err
	}
	return p.stower.Unstow(text)
}

// ErrStale means that a file is not what an earlier process took it for, though
// it looks the same by size and time.
var ErrStale = errors.New("not what an earlier build found in it")

// again parses the file of a page that an earlier process parsed.
func (p *Pipeline) again(r *parsed) (*site.Page, error) {
	f, ok := p.in.Get(r.path)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: r.path, Err: fs.ErrNotExist}
	}
	data, hash, err := f.Read()
	if err != nil {
		return nil, err
	}
	if hash != r.hash {
		return nil, fmt.Errorf("%s: %w", r.path, ErrStale)
	}
	page, _ := p.parser.ParsePage(r.path, data)
	return page, nil
}

// take makes the pages, which are in path order, those of this run.
func (p *Pipeline) take(list []parsed) {
	same := p.places != nil && len(list) == len(p.parsed)
	for i := 0; same && i < len(list); i++ {
		same = list[i].path == p.parsed[i].path
	}
	if !same {
		p.places = make(map[string]int32, len(list))
		for i := range list {
			p.places[list[i].path] = int32(i)
		}
	}
	p.parsed = list
}

// find returns the page of the file, or nil.
func (p *Pipeline) find(path string) *parsed {
	if i, ok := p.places[path]; ok {
		return &p.parsed[i]
	}
	return nil
}

// spoken are the words that Markdown adds to a page, in the site's language.
func spoken(m theme.Messages) map[string]string {
	words := map[string]string{}
	for word, key := range map[string]string{
		"Note": "alert.note", "Tip": "alert.tip", "Important": "alert.important", "Warning": "alert.warning", "Caution": "alert.caution",
		"Footnotes": "footnotes", "Back to text": "footnote.back", "Link to this section": "heading.link", "Table": "table",
		"Do this next": "article.next",
	} {
		if m.Has(key) {
			words[word] = m.Say(key)
		}
	}
	return words
}

// facetLabels is what the words of a page depend on besides its file: the
// labels of facets, and the path before its address.
func facetLabels(c *site.Config) string {
	var b strings.Builder
	b.WriteString(c.BasePath() + "\x00")
	for _, f := range c.FacetList() {
		for _, id := range f.Order() {
			b.WriteString(f.ID + "\x00" + id + "\x00" + f.Values[id] + "\x00")
		}
	}
	return b.String()
}

// forget begins with no parsed page and an empty spool.
func (p *Pipeline) forget(now parsing) error {
	if p.spool != nil {
		if err := p.spool.Close(); err != nil {
			return err
		}
	}
	spool, err := files.NewSpool()
	p.spool, p.parsed, p.places, p.reading = spool, nil, nil, now
	return err
}

// pages returns the pages of this run with what was found in them. In a folder
// with two files for its index, README.md becomes a page beside it.
func (p *Pipeline) pages(c *site.Config) ([]*site.Page, diag.List) {
	found := 0
	for i := range p.parsed {
		found += len(p.parsed[i].diags)
	}
	diags := make(diag.List, 0, found) // large sites have thousands of warnings
	pages := make([]*site.Page, len(p.parsed))
	for i := range p.parsed {
		r := &p.parsed[i]
		page := r.page
		if p.overshadowed(r.path) {
			page = page.At(page.URL + "readme/")
		}
		pages[i] = page
		for _, d := range r.diags {
			if d.Severity == diag.Error || c.Live(page) { // of a page that nobody sees yet, only what breaks it
				diags = append(diags, d)
			}
		}
	}
	return pages, diags
}

// overshadowed reports whether the page of the file is a README.md beside an
// index.md.
func (p *Pipeline) overshadowed(file string) bool {
	if len(file) < len("README.md") || !strings.EqualFold(file[len(file)-len("README.md"):], "README.md") {
		return false
	}
	dir, name := path.Split(file)
	return strings.EqualFold(name, "README.md") && (p.find(dir+"index.md") != nil || p.find(dir+"_index.md") != nil)
}

// knowLinks works out where the links of each page lead, or keeps the answer of
// the run before where nothing has moved.
func (p *Pipeline) knowLinks(ctx context.Context, w *render.World) error {
	moved := p.addresses != w.Addresses()
	err := forEach(ctx, len(p.parsed), func(i int) error {
		r := &p.parsed[i]
		if !moved && r.links != (files.Hash{}) {
			return nil
		}
		if links := w.LinksOf(r.page); links != r.links {
			r.links, r.saved = links, false
		}
		return nil
	})
	if err != nil {
		p.addresses = files.Hash{} // some are of this run, some of the one before
		return err
	}
	p.addresses = w.Addresses()
	w.KnowLinks(len(p.parsed), func(yield func(*site.Page, files.Hash) bool) {
		for _, r := range p.parsed {
			if !yield(r.page, r.links) {
				return
			}
		}
	})
	return nil
}
