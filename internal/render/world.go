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
	"iter"
	"strconv"
	"strings"
	"sync"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/markdown"
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
	menu, tags, facets, listing, today files.Hash
	assets                             map[string]files.Hash // by name
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
	w.frame = frame{menu: w.menuHash(), tags: groupsHash(s.Tags), listing: s.Listing()}
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
	Body                   // path of a page: its text
	Links                  // path of a page: where each of its links leads
	Section                // folder: its pages and folders
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
	Listing                // no name: all listed pages
	Config                 // no name: the settings
	Today                  // no name: the day of the build
	Messages               // no name: the words of the interface
	Shared                 // sharedName: a piece that is the same on many pages
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

// Fingerprint returns the hash of the answer to a question; zero where there
// is no such thing (yet).
func (w *World) Fingerprint(k Key) files.Hash {
	s := w.Site
	switch k.Kind {
	case Meta:
		if p := s.File(k.Name); p != nil && s.Config.Live(p) {
			return p.MetaHash
		}
	case Body:
		if p := s.File(k.Name); p != nil && s.Config.Live(p) {
			return w.texts.Hash(k.Name)
		}
	case Links:
		return w.linksHash(k.Name)
	case Section:
		if sec := s.Folder(k.Name); sec != nil {
			return sec.Hash
		}
	case Folder:
		if sec := s.Folder(k.Name); sec != nil {
			return sec.NameHash
		}
	case Group:
		return w.groupHash(k.Name)
	case Neighbours:
		if p := s.File(k.Name); p != nil {
			before, after := s.Neighbours(p)
			return pagesHash(before, after)
		}
	case Related:
		if p := s.File(k.Name); p != nil {
			return pagesHash(s.Related(p)...)
		}
	case CitedBy:
		return pagesHash(s.CitedBy(k.Name)...)
	case WrittenBy:
		return pagesHash(s.WrittenBy(k.Name)...)
	case Places:
		return w.placesHash(k.Name)
	case Glossary:
		return s.LexHash
	case Menu:
		return w.frame.menu
	case Tags:
		return w.frame.tags
	case Facets:
		return w.frame.facets
	case Listing:
		return w.frame.listing
	case Config:
		return s.Config.Hash
	case Today:
		return w.frame.today
	case Messages:
		return w.Theme.Messages.Hash
	case Shared:
		return w.shared[k].hash
	case Layout:
		return w.Theme.Hash(k.Name)
	case Asset:
		return w.frame.assets[k.Name]
	case File:
		f, _ := w.Tree.Get(k.Name)
		return f.Hash
	case Keys:
		return w.locks[k.Name].Fingerprint
	case Unsaid:
		return w.unsaid
	}
	return files.Hash{}
}

func pagesHash(pages ...*site.Page) files.Hash {
	data := make([]byte, 0, 16*len(pages))
	for _, p := range pages {
		if p == nil {
			data = append(data, 0)
			continue
		}
		data = append(data, p.MetaHash[:]...)
	}
	return files.Sum(data)
}

// groupHash covers one page of the list of a group.
func (w *World) groupHash(name string) files.Hash {
	id, number, _ := strings.Cut(name, "#")
	g := w.Site.Group(id)
	n, err := strconv.Atoi(number)
	if g == nil || err != nil || n < 1 || n > pagesOf(len(g.Pages)) {
		return files.Hash{}
	}
	data := []byte(strings.Join([]string{g.ID, g.Label, g.URL, itoa(len(g.Pages))}, "\x00"))
	for _, p := range cut(g.Pages, n) {
		data = append(data, p.MetaHash[:]...)
	}
	return files.Sum(data)
}

func groupsHash(groups []*site.Group) files.Hash {
	var b strings.Builder
	for _, g := range groups {
		b.WriteString(g.URL + "\x00" + g.Label + "\x00")
		b.WriteString(strings.Repeat("+", min(len(g.Pages), 1)))
		b.WriteString(itoa(len(g.Pages)) + "\x00")
	}
	return files.Sum([]byte(b.String()))
}

func (w *World) placesHash(path string) files.Hash {
	p := w.Site.File(path)
	if p == nil {
		return files.Hash{}
	}
	var b strings.Builder
	for _, place := range w.Site.Places(p) {
		b.Write(place.Guide.MetaHash[:])
		b.WriteString(itoa(place.Number) + "/" + itoa(place.Of) + "\x00")
	}
	return files.Sum([]byte(b.String()))
}

// line returns the place with the line of the page's file that it is on, if
// the file still is what the page was read from.
func (w *World) line(pos diag.Pos, p *site.Page) diag.Pos {
	f, ok := w.Tree.Get(p.Path)
	if !ok {
		return pos
	}
	data, err := f.Bytes()
	if err != nil || files.Sum(data) != w.texts.Hash(p.Path) {
		return pos
	}
	return pos.In(data)
}

// Addresses returns a hash of all that decides where links lead, besides the
// pages that they stand on.
func (w *World) Addresses() files.Hash {
	return files.Sum(append(w.Site.Addresses[:], w.Site.Config.Hash[:]...))
}

// LinksOf returns the answer to Links of the page.
func (w *World) LinksOf(p *site.Page) files.Hash { return w.linksHash(p.Path) }

// KnowLinks takes n answers of LinksOf, so that they are not worked out again.
func (w *World) KnowLinks(n int, answers iter.Seq2[*site.Page, files.Hash]) {
	w.links = make(map[*site.Page]files.Hash, n)
	for p, h := range answers {
		w.links[p] = h
	}
}

// linksHash covers where the links, citations and pictures of a page lead.
func (w *World) linksHash(path string) files.Hash {
	p := w.Site.File(path)
	if p == nil {
		return files.Hash{}
	}
	if h, ok := w.links[p]; ok {
		return h
	}
	data := make([]byte, 0, 2<<10)
	for h := range p.Links() {
		data = w.appendLink(data, p, h)
	}
	for _, target := range []string{p.Meta.Image, photo(p)} {
		if target != "" {
			data = w.appendLink(data, p, markdown.Hole{Kind: markdown.Image, Target: target})
		}
	}
	return files.Sum(data)
}

func photo(p *site.Page) string {
	if p.Person == nil {
		return ""
	}
	return p.Person.Photo
}

// appendLink appends all that the page shows of where the link leads.
func (w *World) appendLink(data []byte, p *site.Page, h markdown.Hole) []byte {
	ref, problem := w.Site.Resolve(p, h)
	data = append(data, ref.Hash[:]...)
	for _, s := range []string{ref.URL, problem.Message, problem.Hint} {
		data = append(append(data, s...), 0)
	}
	return data
}
