package search

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Index remembers what the files of a search were made of, so that the next
// ones cost what changed. The zero Index remembers nothing. It never changes
// what the files are: they are those of a new Index with the same pages.
type Index struct {
	languages map[string]*language
}

// Source is one analyzed page, wherever it is kept.
type Source struct {
	Hash [16]byte // of the bytes: pages of one hash are one page
	// Read gets the bytes, in the buffer or in a larger one. Only pages that an
	// Index does not know are read, and those that share a file with them.
	Read func(buffer []byte) (Analyzed, error)
}

// Sink takes the files of a search, whose paths are relative to the site's
// root. Each file is had or put, once.
type Sink interface {
	// Has reports whether the file is in place. It is asked for files whose name
	// is made of their content.
	Has(path string) bool
	// Put hands in a file.
	Put(path string, data []byte) error
}

// The files whose names do not tell what is in them.
const (
	entryPath  = "search/index.json"
	clientPath = "search/search.js"
	pagePath   = "search/page.js"
)

// Fixed returns the paths of the files that every site with a search has.
func Fixed() []string { return []string{entryPath, clientPath, pagePath} }

// Update makes the files of the search of the pages, one index per language,
// and remembers the pages. Their order does not matter; equal pages give equal
// bytes. The error tells of pages that cannot be had or were not made by this
// version's Analyze; the Index then remembers nothing.
func (x *Index) Update(pages []Source, opts Options, to Sink) error {
	synonyms, err := parseSynonyms(opts.Synonyms)
	if err != nil {
		return err
	}
	edits, err := x.sort(pages)
	if err == nil {
		err = x.write(edits, root{opts, synonyms}, newOutput(to))
	}
	if err != nil {
		*x = Index{}
	}
	return err
}

// root is what the root of each language says beside its files.
type root struct {
	Options
	synonyms []synonymGroup
}

// sort finds out which of the pages are known, and reads the others.
func (x *Index) sort(sources []Source) (map[string]*edit, error) {
	type place struct {
		edit *edit
		page int
	}
	edits := map[string]*edit{}
	known := make(map[[16]byte]place, len(sources))
	for name, l := range x.languages {
		e := newEdit(l)
		edits[name] = e
		for n := range l.pages {
			known[l.pages[n].hash] = place{e, n}
		}
	}
	var buffer []byte
	for i, s := range sources {
		if p, ok := known[s.Hash]; ok {
			if p.edit != nil {
				p.edit.kept[p.page] = s
			}
			continue
		}
		known[s.Hash] = place{}
		a, err := s.Read(buffer)
		if err != nil {
			return nil, err
		}
		r, err := a.open()
		if err == nil {
			e := edits[r.lang]
			if e == nil {
				e = newEdit(&language{name: r.lang})
				edits[r.lang] = e
			}
			err = e.read(s, a, r)
		}
		if err != nil {
			return nil, fmt.Errorf("search: analyzed page %d: %w", i, err)
		}
		buffer = a
	}
	maps.DeleteFunc(edits, func(_ string, e *edit) bool { return e.empty() })
	return edits, nil
}

// write makes the files of all languages.
func (x *Index) write(edits map[string]*edit, r root, out *output) error {
	names := slices.Sorted(maps.Keys(edits))
	e := entry{Version: formatVersion, Languages: map[string]any{}}
	x.languages = map[string]*language{}
	for _, name := range names {
		l, data, err := edits[name].write(r, out)
		if err != nil {
			return err
		}
		x.languages[name] = l
		if len(names) > 1 || len(data) > rootLimit {
			root, err := out.give(name, "json", nil, func() ([]byte, error) { return data, nil })
			if err != nil {
				return err
			}
			e.Languages[name] = strings.TrimPrefix(root.path(name, "json"), "search/")
		} else {
			e.Languages[name] = rawJSON(data)
		}
	}
	out.put(entryPath, e.encode())
	out.put(clientPath, clientModule())
	out.put(pagePath, pageModule())
	return out.err
}
