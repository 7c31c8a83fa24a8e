package markdown

import (
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"rapport/internal/diag"
)

// Options say how a text is read.
type Options struct {
	// Sanitize lets raw HTML through a sanitiser. Off, it is shown as text
	// and each place is a warning.
	Sanitize bool
	// Plain leaves code in fences without colors.
	Plain bool
	// Keys are the attribute keys that mean something somewhere. A list in
	// braces that holds no #id, no pair and no known flag stays text.
	Keys []string
	// Words translates the few words that this package adds to a page. They
	// are in English where it has none: "Note", "Tip", "Important",
	// "Warning", "Caution", "Footnotes", "Back to text", "Link to this
	// section", "Table".
	Words map[string]string
}

// Converter reads Markdown. It may be used by several goroutines at once.
type Converter struct {
	opts   Options
	parser parser.Parser
	raw    rawHTML
	pages  sync.Pool // of *buffers, which are as large as a page
}

// New returns a converter.
func New(opts Options) *Converter {
	c := &Converter{opts: opts, parser: newParser(opts)}
	if opts.Sanitize {
		c.raw = newSanitizer()
	}
	return c
}

// Convert reads src from the byte offset from on, the start of a line (what
// stands before is front matter), and finds positions in the whole of src. With sections, the Doc also
// holds the content as data. A text over a limit gives an error finding and a
// Doc that is empty.
func (c *Converter) Convert(src diag.Source, from int, sections bool) (Doc, diag.List) {
	var diags diag.List
	if len(src.Text)-from > MaxPage {
		diags.Error(diag.File(src.Path), "split it into several pages", "this page is larger than %d MiB", MaxPage>>20)
		return Doc{}, diags
	}
	s := newSource(src, from)
	b := c.buffers()
	state := newReading(s, b.nodes)
	root := c.parse(state)
	if state.over == nil {
		r := newRender(c, s, b, sections)
		defer c.release(b, state, r)
		r.document(root, state)
		if state.over == nil {
			return r.doc(root), r.diags
		}
	}
	at := state.over.at
	diags.Error(s.pos(at, at), state.over.hint, "%s", state.over.message)
	return Doc{}, diags
}

// parse makes the syntax tree. The parser is not ours, and the text is not
// trusted: if one ever trips up the other, that is a finding too.
func (c *Converter) parse(state *reading) (root ast.Node) {
	defer func() {
		if e := recover(); e != nil {
			state.refuse(0, "please report it as a bug, with the page", "this page could not be read: %v", e)
		}
	}()
	countNotes(state)
	if state.over != nil {
		return nil
	}
	pc := parser.NewContext()
	pc.Set(readingKey, state)
	return c.parser.Parse(text.NewReader(state.source.body), parser.WithContext(pc))
}
