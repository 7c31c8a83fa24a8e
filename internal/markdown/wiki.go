package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// wikiNode is a link by name: [[slug]], [[slug|label]], [[slug#anchor]].
type wikiNode struct {
	construct
	target, label string // no label: the site has one
	at            span   // of the target
}

type wikiParser struct{}

// The longest target and label of a wikilink in bytes.
const maxWiki = 500

// Trigger is part of parser.InlineParser.
func (wikiParser) Trigger() []byte { return []byte{'['} }

// Parse is part of parser.InlineParser.
func (wikiParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, at := block.PeekLine()
	if len(line) < 5 || line[1] != '[' {
		return nil
	}
	inside := line[2:min(len(line), maxWiki)]
	end := bytes.Index(inside, []byte("]]"))
	if end < 0 {
		return nil
	}
	inside = inside[:end]
	name, label, _ := bytes.Cut(inside, []byte("|"))
	target := bytes.TrimSpace(name)
	if len(target) == 0 || bytes.ContainsAny(target, "[]*`<>\"\\:@^") || bytes.ContainsAny(label, "[]`<>") {
		return nil
	}
	from := at.Start + 2 + bytes.Index(name, target)
	block.Advance(2 + end + 2)
	return &wikiNode{
		target: string(target),
		label:  decode(bytes.TrimSpace(label)),
		at:     span{from, from + len(target)},
	}
}

// wiki writes a wikilink.
func (r *render) wiki(n *wikiNode) {
	words := n.label
	if words == "" {
		words = n.target
	}
	switch {
	case r.inLink > 0:
		r.literal([]byte(words))
	case n.label == "":
		r.hole(Hole{Kind: Wiki, Target: n.target, Pos: r.holePos(n.at)})
		r.text = append(r.text, words...)
	default:
		r.hole(Hole{Kind: Link, Target: n.target, Pos: r.holePos(n.at)})
		r.literal([]byte(words))
		r.html = append(r.html, "</a>"...)
	}
}
