package pipeline

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/search"
)

// words are one page made ready for the search index. They wait in the spool.
type words struct {
	hash files.Hash
	get  func() ([]byte, error)
}

// indexed is what is remembered of the search index: all that it was made of,
// as one hash, and its files.
type indexed struct {
	of    files.Hash
	files []files.Staged
	leaks diag.List
}

// Index is the part of Run that makes the files of the search, of the result
// of Pages. It is one question with many files: they are kept as long as no
// page's words have changed.
func (p *Pipeline) Index(ctx context.Context, r Result, out Sink) (Result, error) {
	if r.World == nil {
		return r, nil
	}
	options := r.World.SearchOptions()
	settings, err := json.Marshal(options)
	if err != nil {
		return r, err
	}
	var texts []words
	var all []byte
	for _, page := range r.World.Site.Pages {
		if w, ok := p.parsed[page.Path]; ok && r.World.Searchable(page) {
			texts = append(texts, w.words)
			all = append(append(all, page.URL...), w.words.hash[:]...)
		}
	}
	guarded := r.World.Guarded()
	of := files.Sum(append(append(all, settings...), guarded[:]...))
	if p.indexed.of == of && !slices.ContainsFunc(p.indexed.files, func(s files.Staged) bool { return !out.Holds(s.Path, s.Hash) }) {
		return r.withLeaks(p.indexed.leaks), nil // as Pages left it
	}
	made, err := buildIndex(ctx, texts, options)
	if err != nil {
		return r, err
	}
	now := indexed{of: of}
	for _, f := range made {
		staged, err := out.Put(f.Path, f.Data)
		if err != nil {
			return r, err
		}
		now.files = append(now.files, staged)
		now.leaks.Add(r.World.Leaks(f.Path, searchRecipe, f.Data, strings.HasSuffix(f.Path, ".js")))
	}
	r.Outputs = slices.DeleteFunc(r.Outputs, func(o Output) bool { return o.Recipe == searchRecipe })
	r.Kept -= len(p.indexed.files)
	for _, s := range now.files {
		r.add(Output{Path: s.Path, Recipe: searchRecipe, Staged: s})
	}
	p.indexed = now
	r.sort()
	return r.withLeaks(now.leaks), nil
}

// withLeaks adds what the files of the index say and may not say.
func (r Result) withLeaks(list diag.List) Result {
	r.Leaks += len(list)
	r.Diags = append(slices.Clip(r.Diags), list...).Sorted()
	return r
}

// addIndex adds the files of a search index that was made earlier.
func (r *Result) addIndex(list []files.Staged) {
	for _, s := range list {
		r.add(Output{Path: s.Path, Recipe: searchRecipe, Staged: files.Staged{Path: s.Path, Hash: s.Hash, Size: s.Size}, Kept: true})
	}
}

const searchRecipe = "search index of all pages"

func buildIndex(ctx context.Context, texts []words, options search.Options) ([]search.File, error) {
	analyzed := make([]search.Analyzed, len(texts))
	err := forEach(ctx, len(texts), func(i int) error {
		data, err := texts[i].get()
		analyzed[i] = data
		return err
	})
	if err != nil {
		return nil, err
	}
	return search.Build(analyzed, options)
}

// analyze makes a page's text ready for the index and puts it aside.
func (p *Pipeline) analyze(page search.Page) (words, error) {
	data := p.analyzer.Analyze(page)
	get, err := p.spool.Put(data)
	return words{files.Sum(data), get}, err
}

func (r *Result) add(o Output) {
	if r.Outputs = append(r.Outputs, o); o.Kept {
		r.Kept++
	} else {
		r.Made++
	}
}

// sort puts the outputs in path order.
func (r *Result) sort() {
	slices.SortFunc(r.Outputs, func(a, b Output) int { return strings.Compare(a.Path, b.Path) })
}
