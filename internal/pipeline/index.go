package pipeline

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/render"
	"rapport/internal/search"
)

// words are one page made ready for the search index. They wait in the spool.
type words struct {
	hash files.Hash
	part files.Part
}

// indexed is what is remembered of the search index: all that it was made of,
// as one hash, and its files.
type indexed struct {
	of    files.Hash
	files []files.Staged
	leaks diag.List
}

// Index is the part of Run that makes the files of the search, of the result
// of Pages.
func (p *Pipeline) Index(ctx context.Context, r Result, out Sink) (Result, error) {
	if r.World == nil {
		return r, nil
	}
	index, err := p.index(r.World, out)
	if err != nil {
		return r, err
	}
	r.Outputs = slices.Clone(r.Outputs)
	p.takeIndex(&r, index)
	r.addLeaks(index.leaks)
	return r, ctx.Err()
}

// addLeaks adds what the files of the index say and may not say.
func (r *Result) addLeaks(list diag.List) {
	if len(list) > 0 {
		r.Leaks += len(list)
		r.Diags = append(slices.Clip(r.Diags), list...).Sorted()
	}
}

// index makes the files of the search. It is one question with many files:
// they are kept as long as no page's words have changed.
func (p *Pipeline) index(w *render.World, out Sink) (indexed, error) {
	options := w.SearchOptions()
	settings, err := json.Marshal(options)
	if err != nil {
		return indexed{}, err
	}
	var texts []search.Source
	var all []byte
	for _, page := range w.Site.Pages {
		if r := p.find(page.Path); r != nil && w.Searchable(page) {
			texts = append(texts, func(buffer []byte) (search.Analyzed, error) { return p.record(r, buffer) })
			all = append(append(all, page.URL...), r.words.hash[:]...)
		}
	}
	guarded := w.Guarded()
	now := indexed{of: files.Sum(append(append(all, settings...), guarded[:]...))}
	if p.indexed.of == now.of && !slices.ContainsFunc(p.indexed.files, func(s files.Staged) bool { return !out.Holds(s.Path, s.Hash) }) {
		return p.indexed, nil
	}
	made, err := search.Build(texts, options)
	if err != nil {
		return indexed{}, err
	}
	for _, f := range made {
		staged, err := out.Put(f.Path, f.Data)
		if err != nil {
			return indexed{}, err
		}
		now.files = append(now.files, staged)
		now.leaks.Add(w.Leaks(f.Path, searchRecipe, f.Data, strings.HasSuffix(f.Path, ".js")))
	}
	return now, nil
}

const searchRecipe = "search index of all pages"

// takeIndex puts the files of the search into the result, in the place of
// those of the run before, and remembers them.
func (p *Pipeline) takeIndex(r *Result, index indexed) {
	r.Outputs = slices.DeleteFunc(r.Outputs, func(o Output) bool {
		if o.Recipe != searchRecipe {
			return false
		}
		r.Kept--
		return true
	})
	kept := index.of == p.indexed.of
	for _, s := range index.files {
		o := Output{Path: s.Path, Recipe: searchRecipe, Staged: s, Kept: kept}
		if kept {
			o.Staged = files.Staged{Path: s.Path, Hash: s.Hash, Size: s.Size} // in place since an earlier run
			r.Kept++
		} else {
			r.Made++
		}
		r.Outputs = append(r.Outputs, o)
	}
	p.indexed = index
	slices.SortFunc(r.Outputs, func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
	r.Diags = r.Diags.Sorted()
}

// analyze makes a page's text ready for the index and puts it aside.
func (p *Pipeline) analyze(page search.Page) (words, error) {
	var w words
	err := p.withBuffer(func(b []byte) ([]byte, error) {
		var err error
		b = p.analyzer.Analyze(page, b)
		w.hash = files.Sum(b)
		w.part, err = p.spool.Put(b)
		return b, err
	})
	return w, err
}

// record gets a page's words back, in the buffer if they have room there.
func (p *Pipeline) record(r *parsed, buffer []byte) (search.Analyzed, error) {
	if r.words.part != (files.Part{}) {
		return r.words.part.Into(buffer)
	}
	page, err := p.again(r)
	if err != nil {
		return nil, err
	}
	return p.analyzer.Analyze(render.SearchPage(p.config, page), buffer), nil
}
