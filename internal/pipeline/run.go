package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/render"
	"rapport/internal/site"
	"rapport/internal/theme"
)

// forEach calls f for each number below n, on all processors, and returns the
// first error in the order of the numbers. It is the one shape of concurrency
// here: what belongs to number i is written to slot i.
func forEach(ctx context.Context, n int, f func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = f(i)
			}
		})
	}
	wait.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return ctx.Err()
}

// parse returns the pages of the tree in path order, and what was found in
// them. Pages whose file has not changed are those of the run before.
func (p *Pipeline) parse(ctx context.Context, in files.Tree, c *site.Config, m theme.Messages) ([]*site.Page, diag.List, error) {
	if now := (parsing{c.UnsafeHTML, c.Code, facetLabels(c), m.Hash}); now != p.reading || p.spool == nil {
		if err := p.forget(); err != nil {
			return nil, nil, err
		}
		p.reading = now
	}
	var sources []files.File
	for f := range in.All() {
		if strings.HasPrefix(f.Path, "content/") && isMarkdown(f.Path) {
			sources = append(sources, f)
		}
	}
	parser := site.NewParser(c, spoken(m))
	results := make([]parsed, len(sources))
	err := forEach(ctx, len(sources), func(i int) error {
		f := sources[i]
		if was, ok := p.parsed[f.Path]; ok && was.hash == f.Hash {
			results[i] = was
			return nil
		}
		data, err := f.Bytes()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone since the tree was read: the next run will not see it either
		}
		if err != nil {
			return err
		}
		page, diags := parser.ParsePage(f.Path, data)
		terms, err := p.analyze(render.SearchPage(c, page))
		if err != nil {
			return err
		}
		if err := page.Stow(p.stow); err != nil {
			return err
		}
		results[i] = parsed{files.Sum(data), page, diags, terms}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return p.keepParsed(results, c)
}

// stow puts a text aside.
func (p *Pipeline) stow(text string) (func() (string, error), error) {
	part, err := p.spool.PutText(text)
	return part.Text, err
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
func (p *Pipeline) forget() error {
	if p.spool != nil {
		if err := p.spool.Close(); err != nil {
			return err
		}
	}
	spool, err := files.NewSpool()
	p.spool, p.parsed = spool, map[string]parsed{}
	return err
}

// keepParsed remembers the pages of this run and nothing else. In a folder
// with two files for its index, README.md becomes a page beside it.
func (p *Pipeline) keepParsed(results []parsed, c *site.Config) ([]*site.Page, diag.List, error) {
	var diags diag.List
	p.parsed = make(map[string]parsed, len(results))
	pages := make([]*site.Page, 0, len(results))
	for _, r := range results {
		if r.page != nil {
			p.parsed[r.page.Path] = r
		}
	}
	for _, r := range results {
		if r.page == nil {
			continue
		}
		if p.overshadowed(r.page) {
			r.page = r.page.At(r.page.URL + "readme/")
		}
		pages = append(pages, r.page)
		for _, d := range r.diags {
			if d.Severity == diag.Error || c.Live(r.page) { // of a page that nobody sees yet, only what breaks it
				diags = append(diags, d)
			}
		}
	}
	return pages, diags, nil
}

// overshadowed reports whether the page is a README.md beside an index.md.
func (p *Pipeline) overshadowed(page *site.Page) bool {
	dir, name := path.Split(page.Path)
	if !strings.EqualFold(name, "README.md") {
		return false
	}
	_, index := p.parsed[dir+"index.md"]
	_, hugo := p.parsed[dir+"_index.md"]
	return index || hugo
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// make makes the targets that no longer hold and hands them to the sink.
func (p *Pipeline) make(ctx context.Context, r *Result, targets []render.Target, out Sink) error {
	r.Outputs = make([]Output, len(targets))
	results := make([]made, len(targets))
	var done atomic.Int64
	err := forEach(ctx, len(targets), func(i int) error {
		t := targets[i]
		o := Output{Path: t.Path, Recipe: t.Recipe}
		var err error
		if was, ok := p.made[t.Path]; ok && was.recipe == t.Recipe && holds(r.World, was.reads) && was.isIn(out, t.Path) {
			o.Staged, o.Kept = files.Staged{Path: t.Path, Hash: was.hash, Size: was.size}, true
			results[i] = was
		} else {
			results[i], o.Staged, err = makeOne(r.World, t, out)
		}
		o.Reads, o.Failed = results[i].reads, results[i].diags.Errors() > 0
		r.Outputs[i] = o
		if n := done.Add(1); p.settings.Progress != nil && n%64 == 0 {
			p.settings.Progress(int(n), len(targets))
		}
		return err
	})
	if err != nil {
		return err
	}
	p.made = make(map[string]made, len(targets))
	for i, t := range targets {
		p.made[t.Path] = results[i]
		r.Diags.Add(results[i].diags)
		r.Leaks += results[i].leaks
		r.addBeside(r.Outputs[i], results[i].beside)
		if r.Outputs[i].Kept {
			r.Kept++
		} else {
			r.Made++
		}
	}
	return nil
}

func makeOne(w *render.World, t render.Target, out Sink) (made, files.Staged, error) {
	v := render.NewView(w, t.Path)
	defer v.Done()
	data, err := t.Make(v)
	if err != nil {
		return made{}, files.Staged{}, err
	}
	v.Inspect(t, data)
	staged, err := out.Put(t.Path, data)
	if err != nil {
		return made{}, staged, err
	}
	m := made{recipe: t.Recipe, reads: v.Reads(), hash: staged.Hash, size: staged.Size, diags: v.Diagnostics(), leaks: v.Leaked()}
	m.beside, err = putBeside(v, out)
	return m, staged, err
}

// holds reports whether every question still has the answer that it had.
func holds(w *render.World, reads []render.Read) bool {
	for _, r := range reads {
		if w.Fingerprint(r.Key) != r.Answer {
			return false
		}
	}
	return true
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
