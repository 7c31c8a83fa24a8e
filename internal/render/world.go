// Package render knows which files a site consists of and what layouts see
// while they make one. It joins the content model with a theme, and is the
// only room that knows both.
//
// Every output file is a Target. A target looks at the world through a View of
// its own, which notes each question with a fingerprint of its answer: a made
// file still holds for as long as every question that it asked has the same
// answer. So nothing here, or anywhere, decides what is out of date.
package render

import (
	"strings"
	"sync"

	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/site"
	"rapport/internal/theme"
)

// World is all that outputs can be made of.
type World struct {
	Site  *site.Site
	Theme *theme.Theme
	Tree  files.Tree // the input, for files that are copied or looked into
	texts Texts
	frame frame
	links map[*site.Page]files.Hash // answers to Links, as far as they are worked out
	// shared holds the pieces that are the same on many pages, by name and
	// the navigation entry that is current.
	shared    map[Key]piece
	entryURLs []string // addresses of the navigation
	cards     sync.Map // *site.Page → piece: cards made so far
	// ready holds layouts with what is the same for every page of a shape set in.
	// It depends on the theme and the settings alone.
	ready *sync.Map // shape → *ready
	// buffers spares making one for each page. What a target is made of depends
	// neither on it nor on which cards are made.
	buffers sync.Pool
	notes   sync.Pool // likewise: maps of View.reads
	base    string    // path of the base URL without its last slash
	looks   map[string]look
	times   map[int]string // minutes in words

	sealing    Sealing
	locks      map[string]Lock       // of sealed pages, by the path of their file
	withheld   map[string]*site.Page // files that are sealed, by path in the tree, with one of their pages
	withheldAt map[string]string     // their paths in the tree, by address
	finder     *handout.Finder       // of what no output may say; nil if there are no handouts
	unsaid     files.Hash            // of that
}

// frame holds the fingerprints that are the same for the whole site, worked
// out once.
type frame struct {
	menu, tags, facets, today files.Hash
	entries                   files.Hash            // addresses of the navigation
	assets                    map[string]files.Hash // by name
}

// Texts are the pages' own texts, which are no part of a Site.
type Texts interface {
	// Own gets back what only the output of the page shows.
	Own(*site.Page) (*site.Own, error)
	// Hash returns that of the file of a page; zero if there is none.
	Hash(path string) files.Hash
}

// NewWorld returns the world of a site in a theme.
func NewWorld(s *site.Site, t *theme.Theme, tree files.Tree, texts Texts) *World {
	w := &World{Site: s, Theme: t, Tree: tree, texts: texts, base: strings.TrimSuffix(s.Config.BasePath(), "/")}
	w.ready = t.Kept(s.Config.Hash)
	w.looks, w.times = looksOf(s, t, w.base)
	w.frame = frame{menu: w.menuHash(), tags: groupsHash(s.Tags)}
	var facets []*site.Group
	for _, f := range s.Facets {
		facets = append(facets, f.Groups...)
	}
	w.frame.facets, w.frame.today = groupsHash(facets), files.Sum([]byte(s.Config.Today))
	w.frame.assets = make(map[string]files.Hash, len(t.Assets))
	for name, a := range t.Assets {
		w.frame.assets[name] = files.Sum([]byte(a.Path))
	}
	w.share()
	return w
}

// Kind tells questions apart.
type Kind uint8

// A question is one of these; the comment says what its name is.
const (
	Meta       Kind = iota // path of a page: all that others may see of it
	Slug                   // slug: the page that has it, and all that others may see of that
	Body                   // path of a page: its text
	Links                  // path of a page: where each of its links leads, but not what is seen of there
	Section                // folder: its title, the folders in it and how many pages; "articles#2": the pages on one page of its list
	Folder                 // folder: its title and address
	Group                  // "stage/prepare#1", "tags/x#2": the pages on one page of its list
	Neighbours             // path of a page: before and after it
	Related                // path of a page: what to read next
	CitedBy                // slug of a source
	WrittenBy              // slug of a person
	Places                 // path of a page: the guides it is a step of
	Glossary               // no name: the terms and what shows of them
	Menu                   // no name: navigation
	Tags                   // no name: all tags with the number of their pages
	Facets                 // no name: all facet values likewise
	Listing                // "feed", "sitemap", "progress": what that file lists of the whole site
	Config                 // no name: the settings
	Today                  // no name: the day of the build
	Messages               // no name: the words of the interface
	Shared                 // layout and current entry of the navigation: a piece that is the same on many pages; no name: which entries there are
	Layout                 // name of a layout, such as article.html
	Asset                  // name of an asset of the theme
	File                   // path of a file of the input that is no page
	Keys                   // path of a sealed page: who can open it
	Unsaid                 // no name: what only handouts say
)

// Key is one question.
type Key struct {
	Kind Kind
	Name string
}

// Read is one question with the fingerprint of its answer.
type Read struct {
	Key
	Answer files.Hash
}

// source returns the page's file, if it still is what the page was read from.
func (w *World) source(p *site.Page) []byte {
	if f, ok := w.Tree.Get(p.Path); ok {
		if data, hash, err := f.Read(); err == nil && hash == w.texts.Hash(p.Path) {
			return data
		}
	}
	return []byte{}
}
