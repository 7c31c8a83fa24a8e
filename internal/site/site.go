// Package site turns pages and settings into the content model: sections,
// facets, tags, neighbours and addresses. A Page is read from its own file
// alone; a Site is made of all of them, and never changes.
//
// It knows no layout and no output file.
package site

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/markdown"
)

// Site is all pages in their places.
type Site struct {
	Config    *Config
	Addresses files.Hash // of all that decides where links lead
	Pages     []*Page    // live pages by URL, unlisted ones included
	Home      *Page      // of content/index.md; nil if there is none
	Root      *Section
	Sections  []*Section // all but the root, by folder
	Facets    []*Facets  // those that pages use
	Tags      []*Group   // by label
	Terms     []*Page    // glossary, by title
	Redirects []Redirect // by From
	titled    []*Page    // Pages by title: groups are filled in this order
	Lexicon   *markdown.Lexicon
	LexHash   files.Hash // of all that glossary links show

	byPath   map[string]*Page // by file; drafts and the like included
	bySlug   map[string]*Page
	byURL    map[string]*Page
	folded   map[string]*Page // by those addresses that are the same as others in spite of their letters
	folders  map[string]*Section
	groups   map[string]*Group
	assets   map[string]files.Hash // by path in the tree: content/a/b.png, static/logo.svg
	covered  map[string]bool       // paths of those below their folder: /a/b.png/, /logo.svg/
	left     map[string]bool       // by path in the tree: files that are not part of the site
	cited    map[string][]*Page    // by slug of the source
	written  map[string][]*Page    // by slug of the person
	places   map[string][]Place    // by path of the page: the guides it is a step of
	position map[*Page]int         // in its section
}

// Section is a folder of pages.
type Section struct {
	Folder   string // such as articles; "" is the root
	URL      string
	Title    string
	Page     *Page      // the folder's index page; may be nil
	Pages    []*Page    // listed pages in their order, the index left out
	Sections []*Section // folders directly inside, by their order
	Terms    bool       // all pages are glossary terms
	Hash     files.Hash // of all that is seen of the above, but of the pages only how many there are
	NameHash files.Hash // of title and address
}

// Group is the pages that share a facet value or a tag.
type Group struct {
	ID, Label, URL string
	Pages          []*Page // listed, by title
}

// Facets is one facet with the groups of its values that pages use.
type Facets struct {
	ID, Label string
	Groups    []*Group
}

// Place says that a page is a step of a guide.
type Place struct {
	Guide  *Page
	Number int // from 1
	Of     int
}

// Redirect is an earlier address of a page.
type Redirect struct {
	From string // such as /old/name/
	To   *Page
}

// New makes a site of its pages. The tree says which other files there are to
// link to. The pages are not changed.
func New(c *Config, pages []*Page, tree files.Tree) (*Site, diag.List) {
	s := &Site{
		Config: c, byURL: make(map[string]*Page, len(pages)), folders: map[string]*Section{}, groups: map[string]*Group{},
		cited: map[string][]*Page{}, written: map[string][]*Page{}, places: map[string][]Place{}, position: make(map[*Page]int, len(pages)),
	}
	var live, aside []*Page
	var clashes, left, doubles, facets, tags diag.List
	together(func() { live, aside, clashes = s.live(pages) }, func() { left = s.files(pages, tree) })
	for _, p := range aside {
		s.byPath[p.Path] = p
	}
	together(func() { doubles = s.slugs(live) }, func() { s.order(live) })
	together(func() { s.sections(); s.Addresses = addresses(pages, s.Pages, tree) }, func() { tags = s.tags() }, func() { facets = s.facets(); s.people() })
	for _, g := range s.Tags {
		s.groups["tags/"+g.ID] = g
	}
	diags := slices.Concat(clashes, left, doubles, facets, tags)
	diags.Add(s.guides())
	diags.Add(s.glossary())
	diags.Add(s.redirects())
	diags.Add(s.check())
	return s, diags
}

// together calls functions that need nothing of each other, at once.
func together(list ...func()) {
	var wait sync.WaitGroup
	for _, f := range list {
		wait.Go(f)
	}
	wait.Wait()
}

// addresses returns a hash of all that decides where links lead: the pages with
// their addresses, anchors and groups, whether live or not, and the paths of
// other files.
func addresses(all, live []*Page, tree files.Tree) files.Hash {
	data := make([]byte, 0, (len(all)+len(live)+1)*len(files.Hash{}))
	for _, list := range [][]*Page{all, live} {
		for _, p := range list {
			data = append(data, p.placeHash[:]...)
		}
		data = append(data, 0)
	}
	for f := range tree.All() {
		if IsAsset(f.Path) {
			data = append(append(data, f.Path...), 0)
		}
	}
	return files.Sum(data)
}

// sections sorts the pages into their folders.
func (s *Site) sections() {
	s.Root = s.section("")
	for _, p := range s.titled {
		if sec := s.section(p.Folder); p.Index {
			sec.Page, sec.Title = p, p.Meta.Title
		} else if p.Meta.Listed {
			sec.Pages = append(sec.Pages, p)
		}
	}
	for _, folder := range slices.Sorted(maps.Keys(s.folders)) {
		if sec := s.folders[folder]; folder != "" {
			s.Sections = append(s.Sections, sec)
		}
	}
	for i := len(s.Sections) - 1; i >= 0; i-- { // inner folders first: a hash covers those inside
		s.Sections[i].finish()
	}
	s.Root.Title = s.Config.Title
	s.Root.finish()
	s.Sections = slices.DeleteFunc(s.Sections, func(sec *Section) bool { return sec.empty() && sec.Page == nil })
	for _, sec := range append(s.Sections, s.Root) {
		for i, p := range sec.Pages {
			s.position[p] = i
		}
	}
}

func (s *Site) section(folder string) *Section {
	if sec := s.folders[folder]; sec != nil {
		return sec
	}
	sec := &Section{Folder: folder, URL: "/" + withSlash(folder), Title: titleFrom(path.Base(folder))}
	s.folders[folder] = sec
	if folder != "" {
		parent := path.Dir(folder)
		if parent == "." {
			parent = ""
		}
		up := s.section(parent)
		up.Sections = append(up.Sections, sec)
	}
	return sec
}

// Empty reports whether nobody would find anything in the section.
func (sec *Section) empty() bool {
	return len(sec.Pages) == 0 && !slices.ContainsFunc(sec.Sections, func(in *Section) bool { return !in.empty() })
}

func (sec *Section) finish() {
	if !slices.IsSortedFunc(sec.Pages, byOrder) {
		slices.SortStableFunc(sec.Pages, byOrder)
	}
	sec.Sections = slices.DeleteFunc(sec.Sections, (*Section).empty)
	slices.SortFunc(sec.Sections, func(a, b *Section) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), cmp.Compare(a.Folder, b.Folder))
	})
	sec.Terms = len(sec.Pages) > 0 && !slices.ContainsFunc(sec.Pages, func(p *Page) bool { return p.Term == nil })
	h := hasher{}
	for _, in := range append([]*Section{sec}, sec.Sections...) {
		h.add(in.Folder, in.Title, strconv.Itoa(len(in.Pages)), strconv.FormatBool(in.Terms))
		if in.Page != nil {
			h.page(in.Page)
		}
	}
	sec.Hash = h.sum()
	sec.NameHash = files.Sum([]byte(sec.Title + "\x00" + sec.URL))
}

func (sec *Section) order() int {
	if sec.Page == nil {
		return 0
	}
	return sec.Page.Meta.Order
}

// byOrder is for pages that are in the order of their titles.
func byOrder(a, b *Page) int { return cmp.Compare(a.Meta.Order, b.Meta.Order) }

func byTitle(a, b *Page) int {
	if c := strings.Compare(a.sortKey, b.sortKey); c != 0 {
		return c
	}
	return strings.Compare(a.URL, b.URL)
}

// hasher collects what a list shows.
type hasher struct{ data []byte }

func (h *hasher) add(words ...string) {
	for _, w := range words {
		h.data = append(append(h.data, w...), 0)
	}
}
func (h *hasher) page(p *Page)    { h.data = append(h.data, p.MetaHash[:]...) }
func (h *hasher) sum() files.Hash { return files.Sum(h.data) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
