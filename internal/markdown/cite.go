package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// citeNode is a citation of one source or several: [@id], [@id, p. 12],
// [@a; @b].
type citeNode struct {
	construct
	at    span
	cites []cited
}

type cited struct {
	id, label string
	at        span
}

// The longest citation in bytes.
const maxCite = 1000

type citeParser struct{}

// Trigger is part of parser.InlineParser.
func (citeParser) Trigger() []byte { return []byte{'['} }

// Parse is part of parser.InlineParser. Brackets with a destination after
// them, or with a definition elsewhere, are a link, whatever they hold.
func (citeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if len(line) < 4 || line[1] != '@' {
		return nil
	}
	end := bytes.IndexByte(line[:min(len(line), maxCite)], ']')
	if end < 0 || end+1 < len(line) && (line[end+1] == '(' || line[end+1] == '[') {
		return nil
	}
	node := &citeNode{at: span{at.Start, at.Start + end + 1}}
	for from := 1; from < end; {
		to := from + bytes.IndexByte(line[from:end], ';')
		if to < from {
			to = end
		}
		c, ok := citation(line[from:to], at.Start+from)
		if !ok {
			return nil
		}
		node.cites = append(node.cites, c)
		from = to + 1
	}
	if _, link := pc.Reference(util.ToLinkReference(line[1:end])); link {
		return nil
	}
	block.Advance(end + 1)
	return node
}

// citation reads "@id" or "@id, locator", which stands at the offset.
func citation(s []byte, at int) (cited, bool) {
	head := len(s) - len(bytes.TrimLeft(s, " "))
	at += head
	s = bytes.TrimSpace(s)
	if len(s) < 2 || s[0] != '@' || s[1] < 'a' || s[1] > 'z' {
		return cited{}, false
	}
	end := 1
	for end < len(s) && (s[end] == '-' || 'a' <= s[end] && s[end] <= 'z' || '0' <= s[end] && s[end] <= '9') {
		end++
	}
	c := cited{id: string(s[1:end]), at: span{at, at + end}}
	rest := bytes.TrimSpace(s[end:])
	if len(rest) == 0 {
		return c, true
	}
	if rest[0] != ',' || bytes.IndexByte(rest, '[') >= 0 {
		return cited{}, false
	}
	c.label = decode(bytes.TrimSpace(rest[1:]))
	return c, c.label != ""
}

// cite writes a citation. It adds nothing to the text: what is shown is up to
// the site.
func (r *render) cite(n *citeNode) {
	if r.inLink > 0 {
		r.literal(r.source.body[n.at.start:n.at.end])
		return
	}
	for len(r.text) > 0 && r.text[len(r.text)-1] == ' ' {
		r.text = r.text[:len(r.text)-1]
	}
	for i, c := range n.cites {
		if i > 0 {
			r.html = append(r.html, ' ')
		}
		r.hole(Hole{Kind: Cite, Target: c.id, Label: c.label, Pos: r.holePos(c.at)})
		if !r.cited[c.id] {
			if r.cited == nil {
				r.cited = map[string]bool{}
			}
			r.cited[c.id] = true
			r.cites = append(r.cites, c.id)
		}
	}
}
