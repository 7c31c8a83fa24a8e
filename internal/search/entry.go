package search

import (
	"bytes"
	"encoding/json"
)

// formatVersion changes with the shape of any file; the client refuses others.
const formatVersion = 1

// rootLimit is the size in bytes up to which the root of a site in one language
// stands in the entry, which saves a reader of a small site one round trip. The
// entry is the one file that is never cached for long, so it stays small.
const rootLimit = 8192

// inlineLimit is the size in bytes up to which the page data travels in the
// root, where it costs no request of their own.
const inlineLimit = 2048

// entry is search/index.json. It holds the root of the language itself, or the
// name of its file if there are several or the root is large.
type entry struct {
	Version   int            `json:"version"`
	Languages map[string]any `json:"languages"`
}

type rawJSON = json.RawMessage

func (e entry) encode() []byte { return encodeJSON(e) }

// contents is the root of a language: it names all files of one language and says which holds what.
type contents struct {
	Pages      int                `json:"pages"`
	TitleWords int                `json:"titleWords"` // mean length of titles
	Words      directory          `json:"words"`
	Tails      directory          `json:"tails"`
	Cards      string             `json:"cards"`              // the files of the groups
	Facets     []Facet            `json:"facets,omitempty"`   // in the order of the page data
	PageData   []byte             `json:"pageData,omitempty"` // see pageData
	PageFile   string             `json:"pageFile,omitempty"` // where it stands if it is not here
	Synonyms   []synonymGroup     `json:"synonyms,omitempty"`
	Define     []string           `json:"define,omitempty"` // see Options.Definitions
	Types      map[string]float64 `json:"types,omitempty"`
}

func (r contents) encode() []byte { return encodeJSON(r) }

// directory lists files by the least word that each may hold. The words are
// joined by spaces, the names, which are of one length, by nothing: these lists
// are most of what every reader has to fetch.
type directory struct {
	From  string `json:"from"`
	Files string `json:"files"`
}

func (d *directory) add(from string, n name) {
	if d.Files != "" {
		d.From += " "
	}
	d.From += from
	d.Files += n.String()
}

// encodeJSON writes v in one line, with <, > and & as they are: the files are
// fetched as data and never stand in HTML.
func encodeJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // strings, numbers and lists of them always encode
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
