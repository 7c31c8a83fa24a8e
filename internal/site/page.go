package site

import (
	"bytes"
	"cmp"
	"iter"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/fields"
	"rapport/internal/files"
	"rapport/internal/markdown"
)

// Page is one Markdown file, read. It does not know the other pages, and it is
// never changed once it is part of a Site.
type Page struct {
	sortKey string // the title in lower case: sorting asks for it very often
	Path    string // of the file, such as content/articles/maps.md
	Folder  string // part of the address before the slug, such as articles
	Slug    string
	URL     string // address below the base URL, such as /articles/maps/
	Index   bool   // stands for its folder
	Meta    Meta

	// One of these, or of the Structure, is set if the page is of that type and
	// holds together; a page that does not is shown by its text alone.
	Guide   *advice.Guide
	Handout *Handout
	Term    *Term
	Source  *Source
	Person  *Person
	Whole   bool // one is set

	Cites   []string            // ids of the sources cited, each once, in order of first use
	Facets  []advice.FacetValue // that a question bank names
	anchors string              // every id of its text, each between two zero bytes
	links   string              // what its text asks of the site, see Links
	items   string              // what readers can tick or answer, see Items

	// Own is what only the page's own output shows. It is nil in a Site: a page
	// waits for its output elsewhere.
	Own *Own

	MetaHash  files.Hash // of all that other pages may see of it
	placeHash files.Hash // of what of that decides where links lead
	Code      bool       // there is code in fences, and it is colored
	withheld  bool       // it may have been meant to be sealed, and could not be
}

// Has reports whether the page holds the id as an anchor.
func (p *Page) Has(id string) bool { return strings.Contains(p.anchors, "\x00"+id+"\x00") }

// Anchors returns every id of the page's text, sorted.
func (p *Page) Anchors() []string {
	return strings.FieldsFunc(p.anchors, func(r rune) bool { return r == 0 })
}

// Links yields the links, pictures and citations of the page's text, of which it
// gives kind and target. They are one string, since a large site has many.
func (p *Page) Links() iter.Seq[markdown.Hole] {
	return func(yield func(markdown.Hole) bool) {
		for link := range strings.SplitSeq(strings.TrimSuffix(p.links, "\x00"), "\x00") {
			if link != "" && !yield(markdown.Hole{Kind: markdown.HoleKind(link[0] - '0'), Target: link[1:]}) {
				return
			}
		}
	}
}

// share sets what others may ask of the page's text.
func (p *Page) share() {
	doc := &p.Own.Doc
	p.Cites = doc.Cites
	if len(doc.Anchors) > 0 {
		p.anchors = "\x00" + strings.Join(doc.Anchors, "\x00") + "\x00"
	}
	var links strings.Builder
	for _, h := range doc.Body.Holes() {
		links.WriteByte('0' + byte(h.Kind))
		links.WriteString(strings.ReplaceAll(h.Target, "\x00", "\uFFFD"))
		links.WriteByte(0)
	}
	p.links = links.String()
	switch own := p.Own; {
	case own.Checklist != nil:
		p.items = packed(own.Checklist.Published())
	case own.Assessment != nil:
		p.items = packed(own.Assessment.Published())
	case own.Questions != nil:
		p.items, p.Facets = packed(own.Questions.Published()), own.Questions.Facets()
	}
}

// packed returns the items as one string: ids and texts, each with a zero byte
// behind it.
func packed(items map[string]string) string {
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(items)) {
		b.WriteString(id + "\x00" + strings.ReplaceAll(items[id], "\x00", "\uFFFD") + "\x00")
	}
	return b.String()
}

// Items returns what readers can tick or answer on the page: id → text.
func (p *Page) Items() map[string]string {
	if p.items == "" {
		return nil
	}
	items := map[string]string{}
	parts := strings.Split(p.items, "\x00")
	for i := 0; i+1 < len(parts); i += 2 {
		items[parts[i]] = parts[i+1]
	}
	return items
}

// At returns the same page at another address, no longer standing for its
// folder.
func (p *Page) At(url string) *Page {
	q := *p
	q.URL, q.Index, q.Slug = url, false, path.Base(url)
	q.MetaHash = files.Sum(append(p.MetaHash[:], url...))
	q.finish()
	return &q
}

// Earlier returns the addresses that the page had before it moved, as URL
// spells them.
func (p *Page) Earlier() []string {
	var list []string
	for _, from := range p.Meta.Redirects {
		if strings.HasPrefix(from, "/") {
			list = append(list, strings.TrimSuffix(from, "/")+"/")
		}
	}
	return list
}

// Steps returns the steps of a guide or handout, in order, or nil.
func (p *Page) Steps() []advice.Step {
	switch {
	case p.Guide != nil:
		return p.Guide.Steps()
	case p.Handout != nil:
		return p.Handout.Steps()
	}
	return nil
}

// Same reports whether two pages are the same to all others.
func (p *Page) Same(q *Page) bool { return reflect.DeepEqual(p, q) }

// Trim lets go of what no output needs.
func (p *Page) Trim() {
	p.Meta.pack(p.Path)
	if p.Source != nil {
		p.Source.At = nil
	}
	if p.Person != nil {
		p.Person.At = nil
	}
}

// Parser reads pages. It may be used by several goroutines at once.
type Parser struct {
	markdown *markdown.Converter
	plain    bool   // code is not colored
	next     string // the heading that closes an article, in the site's language
}

// NewParser returns a parser for a site with these settings. The words are
// those that Markdown adds to a page (see markdown.Options), and those of
// advice.NextHeading.
func NewParser(c *Config, words map[string]string) *Parser {
	plain := c.Code == "plain"
	return &Parser{plain: plain, next: cmp.Or(words[advice.NextHeading], advice.NextHeading), markdown: markdown.New(markdown.Options{
		Sanitize: c.UnsafeHTML == "sanitize",
		Plain:    plain,
		Keys:     advice.Keys(),
		Words:    words,
	})}
}

// ParsePage makes a page of its own file and nothing else. The path is that of
// the file in the tree, beginning with content/.
func (r *Parser) ParsePage(file string, data []byte) (*Page, diag.List) {
	src, diags := source(file, data)
	below := strings.TrimPrefix(file, "content/")
	p := &Page{Own: &Own{}, Path: file, Index: isIndex(path.Base(below))}
	n, body, found, list := frontMatter(src)
	diags.Add(list)
	unread := diags.Errors() > 0
	m := &p.Meta
	diags.Add(metaSchema.Decode(n, m, diag.File(file)))
	if m.Type == "" {
		m.Type = folderType(strings.SplitN(below, "/", 2)[0])
		if p.Index {
			m.Type = "article"
		}
	}
	p.hiddenByDefault()
	diags.Add(p.address(below))
	p.Own.Doc, list = r.markdown.Convert(src, body, r.wantsSections(m.Type, src.Text[body:]))
	diags.Add(list)
	if list = p.judge(n, found, src, body, r.next); !unread {
		diags.Add(list) // else all of it may follow from keys that are there and could not be read
	}
	if p.Own.Doc.Title != "" && (p.Own.Doc.Title == m.Title || !present(m, "title")) {
		p.Own.Doc = p.Own.Doc.Untitled()
	}
	p.Code = !r.plain && (bytes.Contains(src.Text, []byte("```")) || bytes.Contains(src.Text, []byte("~~~")))
	p.share()
	p.finish()
	p.withhold(diags)
	p.MetaHash = sum(file, p.URL, m.Title, m.Summary, m.Type, strconv.Itoa(m.Minutes), string(src.Text[:body]))
	return p, diags
}

// judge makes of the page what its type says, fills in what the author left out,
// and says what is wrong with it.
func (p *Page) judge(n *fields.Node, found bool, src diag.Source, body int, next string) diag.List {
	known, diags := p.kind(n, metaSchema.Keys(), src.Pos(0, 0))
	diags.Add(p.unknown(n, known, found))
	if _, structured := readers[p.Meta.Type]; !structured || p.Term != nil || p.Source != nil || p.Person != nil {
		diags.Add(p.checkAttrs())
	}
	diags.Add(p.complete(found, src, body))
	diags.Add(p.checkMeta())
	if p.Meta.Type == "article" && found && !p.Index {
		diags.Add(advice.CheckArticle(p.Own.Doc.Sections, next, src.Pos(len(src.Text)-1, len(src.Text)-1)))
	}
	return diags
}

// sum returns the hash of the parts, told apart.
func sum(parts ...string) files.Hash {
	text := make([]byte, 0, 1024)
	for i, part := range parts {
		if i > 0 {
			text = append(text, 0)
		}
		text = append(text, part...)
	}
	return files.Sum(text)
}

// address works out where the page stands.
func (p *Page) address(below string) diag.List {
	var diags diag.List
	m := &p.Meta
	if slug := portable(Slugify(m.Slug), "page"); slug != m.Slug {
		hint := "write it as " + slug
		if slug == "" {
			hint = "use letters or digits, or leave it out"
		}
		if why := Unportable(m.Slug); Slugify(m.Slug) == m.Slug {
			diags.Error(m.Pos("slug"), hint, "the slug %q %s", m.Slug, why)
		} else {
			diags.Error(m.Pos("slug"), hint, "the slug %q is not lower case words joined by hyphens", m.Slug)
		}
		m.Slug = slug
	}
	p.Folder, p.Slug, p.URL = address(below, m.Slug)
	return diags
}

// complete fills in what the author left out.
func (p *Page) complete(found bool, src diag.Source, body int) diag.List {
	var diags diag.List
	m := &p.Meta
	place := src.Pos(0, 0)
	if len(src.Text) == 0 {
		place = diag.File(src.Path)
	}
	if m.Title == "" && p.Person != nil {
		m.Title = p.Person.Name
	}
	if m.Title == "" {
		hint := "begin the file with front matter: ---, title: …, ---"
		switch m.Title = p.Own.Doc.Title; {
		case m.Title != "":
			diags.Warn(place, hint, "the page has no title; its first heading is used")
		case found:
			diags.Error(place, "add a line such as title: "+titleFrom(path.Base(src.Path)), `"title" is missing`)
		default:
			diags.Warn(place, hint, "the page has no title; its file name is used")
		}
		if m.Title == "" {
			m.Title = titleFrom(path.Base(src.Path))
		}
	}
	if m.Summary == "" {
		switch {
		case m.Draft, m.Type == "handout": // no list shows it
		case found:
			diags.Error(place, "add one sentence of 50 to 160 characters that says what the reader gets", `"summary" is missing`)
		default:
			diags.Warn(place, "add front matter with a summary", "the page has no summary; its first words are used")
		}
		m.Summary = opening(p.Own.Doc.Text)
	}
	if m.Minutes == 0 {
		m.Minutes = max(1, (p.Own.Doc.Words+219)/220) // 220 words a minute: Brysbaert (2019), a little under the mean of silent reading
	}
	if m.Updated == "" {
		m.Updated = m.Date
	}
	m.sortAliases()
	return diags
}

// opening returns the first words of a text, at most 160 characters.
func opening(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if utf8.RuneCountInString(first) <= 160 {
		return first
	}
	short := string([]rune(first)[:159])
	if i := strings.LastIndexByte(short, ' '); i > 80 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.") + "…"
}
