// Package search turns the texts of a site's pages into an index of static
// files, and a query into ranked results over those files.
//
// Analyze does the work that one page needs, alone, and returns bytes that can
// be remembered. An Index joins the analyzed pages into the files below search/:
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
