// Package search turns the texts of a site's pages into an index of static
// files, and a query into ranked results over those files.
//
// Analyze does the work that one page needs, alone, and returns bytes that can
// be remembered. Build joins the analyzed pages into the files below search/:
//
//	search/search.js           the client, a plain ES module (client.js)
//	search/page.js             the interface on top of it
//	search/index.json          the entry: names all other files
//	search/<lang>/<hash>.bin   words and postings, a range of the alphabet each
//	search/<lang>/<hash>.json  cards: what a result shows, a group of pages each
//
// A reader fetches the entry, the shards of the words of the query and the
// cards of the results, no more. Ranking is fielded BM25 (Robertson, Zaragoza,
// Taylor 2004) with impacts quantised at build time, so that the client adds
// up small integers and needs no table of lengths, and the title scored once
// more by itself. Nothing is a stop word. Words are stemmed here alone: a shard
// lists the surface forms of each stem, so that the browser needs no stemmer.
//
// The package knows no file system, no templates and no other room.
package search

import (
	"fmt"
	"slices"
	"strings"
)

// Page is what the index knows of one page. Drafts, unlisted pages and pages
// that ask not to be found are never handed in.
type Page struct {
	URL, Title, Summary string
	Type                string              // "article", "term", …; also the facet "type"
	Lang                string              // BCP 47, such as "en" or "pt-BR"
	Minutes             int                 // time needed; also the facet "time"; 0: unknown
	Also, Queries       []string            // other names; phrases that readers type
	Facets              map[string][]string // facet id → value ids
	FacetLabels         []string            // the labels of those values, as searched words
	Text                string              // plain text of the body, headings included
	Headings            []Heading           // in order of Start
}

// Heading is a place within a page that a result can lead to.
type Heading struct {
	ID, Text string
	Start    int // byte offset of the section in Page.Text
}

// File is one output file; Path is relative to the site's root.
type File struct {
	Path string
	Data []byte
}

// Facet says how one filter is shown, and in which order its values stand.
type Facet struct {
	ID     string       `json:"id"`
	Label  string       `json:"label"`
	Values []FacetValue `json:"values"`
}

// FacetValue is one choice of a filter.
type FacetValue struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Options are the site's own words about its search.
type Options struct {
	// Synonyms holds groups such as "intro = introduction" (both ways) and
	// "boss > employer" (a search for the left also finds the right).
	Synonyms []string
	// Facets gives labels and order; facets and values that pages use but that
	// stand nowhere here follow in the order of their ids.
	Facets []Facet
	// Definitions are phrases such as "what is" or "meaning of" by which readers
	// ask for a glossary term: they lift pages of the type "term".
	Definitions []string
	// Types says how much the score of a page counts by its type, such as 0.9
	// for "term"; 1 where nothing is said.
	Types map[string]float64
}

// Source gives an analyzed page each time that it is asked, so that a large
// site is never in memory as a whole. It may put it into the buffer.
type Source func(buffer []byte) (Analyzed, error)

// Build makes all files of the search from pages, one index per language. The
// order of pages does not matter; equal pages give equal bytes. The error tells
// of pages that cannot be had or were not made by this version's Analyze.
func Build(pages []Source, opts Options) ([]File, error) {
	byLang := map[string][]record{}
	var buffer []byte
	for i, get := range pages {
		p, err := get(buffer)
		if err != nil {
			return nil, err
		}
		r, err := p.open()
		if err != nil {
			return nil, fmt.Errorf("search: analyzed page %d: %w", i, err)
		}
		r.source, buffer = get, p
		byLang[r.lang] = append(byLang[r.lang], r)
	}
	langs := make([]string, 0, len(byLang))
	for lang := range byLang {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	synonyms, err := parseSynonyms(opts.Synonyms)
	if err != nil {
		return nil, err
	}
	e := entry{Version: formatVersion, Languages: map[string]any{}}
	var files []File
	for _, lang := range langs {
		records := byLang[lang]
		slices.SortFunc(records, func(a, b record) int { return strings.Compare(a.url, b.url) })
		x := index{lang: lang, records: records, synonyms: synonyms, opts: opts}
		made, root, err := x.build()
		if err != nil {
			return nil, err
		}
		if len(langs) > 1 || len(root) > rootLimit {
			f := named(lang, "json", root)
			made = append(made, f)
			e.Languages[lang] = strings.TrimPrefix(f.Path, "search/")
		} else {
			e.Languages[lang] = rawJSON(root)
		}
		files = append(files, made...)
	}
	files = append(files,
		File{"search/index.json", e.encode()},
		File{"search/search.js", shipped(clientJS)},
		File{"search/page.js", shipped(pageJS)})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return slices.CompactFunc(files, func(a, b File) bool { return a.Path == b.Path }), nil
}
