// Package markdown turns Markdown text into HTML with holes, an outline, plain
// text and a plain tree of sections, lists and fences.
//
// It knows no site and no theme. Where HTML would need the rest of the site (a
// link to another page, an image, a citation, a glossary term) it keeps a Hole
// with its place in the source, to be filled when the page is made. The syntax
// tree of the parser is dropped on return: what leaves this package is data.
//
// The language is CommonMark with the tables, task items, strikethrough and
// bare links of GitHub, footnotes, definition lists, GitHub alerts with the
// kinds, titles and folding of Obsidian, [@citations], [[wikilinks]] and
// attribute lists in braces. Text is not trusted: raw HTML is shown as text
// unless a sanitiser is asked for, link schemes are an allowlist, and a text
// that would take the parser more than a linear time is refused.
package markdown

import "rapport/internal/diag"

// Doc is one converted text.
type Doc struct {
	Body     Body      // the whole text
	Notes    Body      // the footnotes at the end of Body alone; often empty
	Title    string    // text of the heading of level 1 that the text begins with, if it does
	TitleID  string    // the id of that heading
	Outline  []Heading // in the order of the text, all levels
	Text     string    // what a reader reads, without markup, blocks apart by line ends
	Sections []Section // the same content as data; only if asked for
	Cites    []string  // ids of the sources cited, each once, in order of first use
	Anchors  []string  // every id that the Body carries, sorted
	Attrs    []Attrs   // the attribute lists of headings, items and fences that hold more than an id
	Words    int       // of Text

	title cut // where the heading of Title ends
}

// Heading is one entry of the outline. A heading of level 1 in the text is one
// of level 2 on the page, since the page's title is above it.
type Heading struct {
	Level int    // 2 to 6
	ID    string // unique on the page
	Text  string // without markup and attribute list
	Start int    // byte offset in Doc.Text at which its section begins, the heading's own text included
}

// HoleKind says what a hole asks for.
type HoleKind uint8

// What fills a hole of each kind:
const (
	Link  HoleKind = iota // an opening <a …> tag; the text and </a> follow in the body
	Wiki                  // a whole <a …>…</a>: a [[wikilink]] without a label of its own
	Image                 // a whole <img …>
	Cite                  // a whole citation, brackets included
)

// Hole is a place in a Body that only the site can fill.
type Hole struct {
	Kind   HoleKind
	Target string // as written, escapes resolved: "../a.md#b", "/x/", "#id", "slug", "pic.png", or a source id
	Label  string // Image: alternative text; Cite: what follows the id ("p. 12")
	Title  string // Link, Image: the title attribute
	Pos    diag.Pos
}

// Section is a heading and what stands under it, up to the next heading of any
// level. The text before the first heading is a Section of Level 0.
type Section struct {
	Level  int
	ID     string
	Title  Body   // without the attribute list
	Text   string // of the title
	Attrs  Attrs
	Pos    diag.Pos // of the heading; of the text's start at Level 0
	Blocks []Block
}

// BlockKind tells the blocks of a section apart.
type BlockKind uint8

// A Block is one of these:
const (
	Prose BlockKind = iota // anything without a structure of its own: only Body and Text are set
	Listing
	Code
)

// Block is one block of a section. Body always holds its whole HTML.
type Block struct {
	Kind  BlockKind
	Body  Body
	Text  string
	Links []Hole // the links in it, in order, Wiki ones included
	List  *List  // of a Listing
	Fence *Fence // of a Code block that was fenced
	Pos   diag.Pos
}

// List is a bullet or ordered list as data.
type List struct {
	Ordered bool
	Items   []Item
}

// Item is one item of a list. An attribute list at the end of its first
// paragraph is in Attrs and in no text.
type Item struct {
	Task    bool // begins with [ ] or [x]
	Checked bool
	Label   Body // the first paragraph, inline HTML without <p>
	Text    string
	First   *Hole  // the link that the item begins with, if it does
	After   Body   // what follows that link inside the first paragraph, trimmed; all of it where First is nil
	Links   []Hole // the links of the first paragraph
	Attrs   Attrs
	Rest    []Block  // what follows the first paragraph, without nested lists
	Items   []Item   // of the lists nested directly inside
	Pos     diag.Pos // of the label's first line
}

// Fence is a fenced code block.
type Fence struct {
	Lang  string // first word of the info string, lower case
	Attrs Attrs  // the rest of the info string, read as an attribute list
	Text  string
	Start int      // byte offset of Text in the source, for positions inside it
	Pos   diag.Pos // of the opening line
}

// Attrs is an attribute list: {#id flag key=value key="more words"}.
type Attrs struct {
	ID  string
	All []Attr // flags and pairs in order, the id left out
	Pos diag.Pos
}

// Attr is one flag (Flag true, no Value) or pair of an attribute list.
type Attr struct {
	Key, Value string
	Flag       bool
	Pos        diag.Pos
}

// Get returns the attribute with the key.
func (a Attrs) Get(key string) (Attr, bool) {
	for _, x := range a.All {
		if x.Key == key {
			return x, true
		}
	}
	return Attr{}, false
}
