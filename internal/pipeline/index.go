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
// as one hash, what it takes to make it again in part, and its files.
type indexed struct {
	of      files.Hash
	guarded files.Hash // what the files were looked through for
	index   *search.Index
	saved   []byte               // the index as an earlier process left it, from which it is loaded when it is needed
	files   map[string]indexFile // by path
}

// indexFile is one file of the search.
type indexFile struct {
	staged files.Staged
	leaks  diag.List
	kept   bool // in place since an earlier run
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
	r.addLeaks(index.leaks())
	return r, ctx.Err()
}

// leaks are those of all files.
func (i indexed) leaks() (list diag.List) {
	for _, path := range sorted(i.files) {
		list.Add(i.files[path].leaks)
	}
	return list
}

// addLeaks adds what the files of the index say and may not say.
func (r *Result) addLeaks(list diag.List) {
	if len(list) > 0 {
		r.Leaks += len(list)
		r.Diags = append(slices.Clip(r.Diags), list...).Sorted()
	}
}

// index makes the files of the search. It is one question with many files: they
// are kept as long as no page's words have changed, and when some have, those
// that are still the same.
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
			texts = append(texts, search.Source{Hash: r.words.hash, Read: func(buffer []byte) (search.Analyzed, error) { return p.record(r, buffer) }})
			all = append(append(all, page.URL...), r.words.hash[:]...)
		}
	}
	was := p.indexed
	now := indexed{guarded: w.Guarded(), index: was.index, saved: was.saved, files: map[string]indexFile{}}
	now.of = files.Sum(append(append(all, settings...), now.guarded[:]...))
	if was.of == now.of && was.isIn(out) {
		return was, nil
	}
	if now.index == nil {
		if now.index, err = search.Load(was.saved); err != nil { // none, or damaged
			now.index = new(search.Index)
		}
	}
	if err := now.index.Update(texts, options, &shelf{w, out, was, now}); err != nil {
		p.indexed = indexed{} // half of it may be of this run
		return indexed{}, err
	}
	return now, nil
}

// isIn reports whether all files are in place.
func (i indexed) isIn(out Sink) bool {
	for path, f := range i.files {
		if !out.Holds(path, f.staged.Hash) {
			return false
		}
	}
	return true
}

// shelf takes the files of an index: those that are in place stay there.
type shelf struct {
	world    *render.World
	out      Sink
	was, now indexed
}

// Has keeps a file, if what it may not say is what it was.
func (s *shelf) Has(path string) bool {
	f, ok := s.was.files[path]
	if !ok || s.was.guarded != s.now.guarded || !s.out.Holds(path, f.staged.Hash) {
		return false
	}
	s.now.files[path] = f
	return true
}

// Put hands a file on, if it is not in place, and looks it through.
func (s *shelf) Put(path string, data []byte) error {
	f, ok := s.was.files[path]
	if !ok || f.staged.Hash != files.Sum(data) || !s.out.Holds(path, f.staged.Hash) {
		staged, err := s.out.Put(path, data)
		if err != nil {
			return err
		}
		f = indexFile{staged: staged}
	}
	f.leaks = s.world.Leaks(path, searchRecipe, data, strings.HasSuffix(path, ".js"))
	s.now.files[path] = f
	return nil
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
	list := make([]Output, 0, len(index.files))
	for path, f := range index.files {
		list = append(list, Output{Path: path, Recipe: searchRecipe, Staged: f.staged, Kept: f.kept})
		if f.kept {
			r.Kept++
		} else {
			r.Made++
		}
		f.staged, f.kept = files.Staged{Path: path, Hash: f.staged.Hash, Size: f.staged.Size}, true // from now on
		index.files[path] = f
	}
	p.indexed = index
	r.Outputs = merged(r.Outputs, list)
	r.Diags = r.Diags.Sorted()
}

// merged returns both lists in path order. The first nearly is.
func merged(outputs, others []Output) []Output {
	byPath := func(a, b Output) int { return strings.Compare(a.Path, b.Path) }
	if !slices.IsSortedFunc(outputs, byPath) { // files that were made besides stand at its end
		slices.SortFunc(outputs, byPath)
	}
	slices.SortFunc(others, byPath)
	list := make([]Output, 0, len(outputs)+len(others))
	for _, o := range outputs {
		for len(others) > 0 && others[0].Path < o.Path {
			list, others = append(list, others[0]), others[1:]
		}
		list = append(list, o)
	}
	return append(list, others...)
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
