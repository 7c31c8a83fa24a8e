package search

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// Results is what the client returns, see client.js.
type Results struct {
	Results   []Result                  `json:"results"`
	Total     int                       `json:"total"`
	Facets    map[string]map[string]int `json:"facets"`
	Corrected string                    `json:"corrected"`
}

// Result is one page that was found.
type Result struct {
	URL      string              `json:"url"`
	Title    string              `json:"title"`
	Score    float64             `json:"score"`
	Type     string              `json:"type"`
	Minutes  int                 `json:"minutes"`
	Facets   map[string][]string `json:"facets"`
	Excerpt  Excerpt             `json:"excerpt"`
	Sections []ResultSection     `json:"sections"`
}

// ResultSection is a place within the page that matches.
type ResultSection struct {
	Title   string   `json:"title"`
	URL     string   `json:"url"`
	Excerpt *Excerpt `json:"excerpt,omitempty"`
}

// Excerpt is text and the places in it that match, in UTF-16 units.
type Excerpt struct {
	Text   string   `json:"text"`
	Ranges [][2]int `json:"ranges"`
}

// QueryOptions are those of the client's search.
type QueryOptions struct {
	Lang    string              `json:"-"` // "" for English or else the first
	Limit   int                 `json:"limit,omitempty"`
	Filters map[string][]string `json:"filters,omitempty"`
	Exact   bool                `json:"exact,omitempty"` // correct nothing
}

// Searcher answers queries over the files that Build made. It is not for
// several goroutines at once.
//
// It runs the very client that browsers run, in a JavaScript engine: one
// ranking, so the command line cannot drift from the site, and what is tested
// here holds there. A twin in Go would have to follow the client in every sum.
// The engine lacks three things, which Go lends it: reading of files, base64
// and UTF-8, and the cutting of words, because it has no Unicode classes in
// regular expressions; the two cutters are tested against each other.
type Searcher struct {
	vm   *goja.Runtime
	read func(path string) ([]byte, error)
	ask  goja.Callable
}

// program is the client without its exports, and one function on top of it.
var program = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("search.js", strings.ReplaceAll(clientJS, "\nexport ", "\n")+`
const sites = new Map();
async function ask(lang, query, options) {
	if (!sites.has(lang)) sites.set(lang, await open("", { lang, fetch: load, words: cut }));
	return JSON.stringify(await sites.get(lang).search(query, JSON.parse(options)));
}`, true)
})

// NewSearcher returns a searcher over the files that read returns, by their
// paths in the site.
func NewSearcher(read func(path string) ([]byte, error)) (*Searcher, error) {
	s := &Searcher{vm: goja.New(), read: read}
	lend := map[string]any{
		"load": s.load,
		"cut":  cutWords,
		"atob": func(s string) (string, error) {
			b, err := base64.StdEncoding.DecodeString(s)
			runes := make([]rune, len(b)) // one character for each byte, as atob has it
			for i, c := range b {
				runes[i] = rune(c)
			}
			return string(runes), err
		},
		"utf8": func(b []byte) string { return strings.ToValidUTF8(string(b), "\uFFFD") },
	}
	for name, f := range lend {
		if err := s.vm.Set(name, f); err != nil {
			return nil, err
		}
	}
	const decoder = `class TextDecoder { decode(b) { return utf8(b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength)); } }`
	if _, err := s.vm.RunString(decoder); err != nil {
		return nil, err
	}
	if _, err := s.vm.RunProgram(program()); err != nil {
		return nil, err
	}
	s.ask, _ = goja.AssertFunction(s.vm.Get("ask"))
	return s, nil
}

// Query searches. The error says which file is missing or damaged.
func (s *Searcher) Query(query string, opts QueryOptions) (Results, error) {
	if opts.Limit == 0 {
		opts.Limit = 10
	}
	o, err := json.Marshal(opts)
	if err != nil {
		return Results{}, err
	}
	v, err := s.ask(goja.Undefined(), s.vm.ToValue(opts.Lang), s.vm.ToValue(query), s.vm.ToValue(string(o)))
	if err != nil {
		return Results{}, err
	}
	p, ok := v.Export().(*goja.Promise)
	if !ok || p.State() == goja.PromiseStatePending {
		return Results{}, errors.New("search: the client did not finish")
	}
	if p.State() == goja.PromiseStateRejected {
		reason := p.Result()
		if o, ok := reason.(*goja.Object); ok {
			reason = o.Get("message")
		}
		return Results{}, fmt.Errorf("search: %v", reason)
	}
	var out Results
	err = json.Unmarshal([]byte(p.Result().String()), &out)
	return out, err
}

// load stands in for fetch: it returns a response, or throws.
func (s *Searcher) load(url string) (map[string]any, error) {
	b, err := s.read(strings.TrimPrefix(url, "/"))
	if err != nil {
		return nil, err
	}
	data := s.vm.NewArrayBuffer(b)
	return map[string]any{"ok": true, "status": 200, "arrayBuffer": func() goja.ArrayBuffer { return data }}, nil
}

// cutWords stands in for the client's words: word, start and end in UTF-16 units.
func cutWords(text string) [][]any {
	list := [][]any{}
	at, units := 0, 0
	unit := func(end int) int { // of a byte offset, which never falls by more than a word
		if end < at {
			at, units = 0, 0
		}
		for at < end {
			r, n := utf8.DecodeRuneInString(text[at:])
			at += n
			units++
			if r > 0xffff {
				units++
			}
		}
		return units
	}
	words(text, nil, func(word []byte, start, end int) {
		list = append(list, []any{fold(string(word)), unit(start), unit(end)})
	})
	return list
}
