package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// bareLinks finds addresses that are links without brackets. The parser asks
// for them at every white space and splits the text there each time, so
// bareLinks also takes plain text: all up to the next byte at which something
// else may begin, in one step.
type bareLinks struct {
	parser.InlineParser
	signs [256]sign
}

// sign is what a byte may mean in running text.
type sign uint8

const (
	letter sign = iota // nothing
	inside             // an address may stand around it
	stop               // another construct may begin, or an address may stand around it
)

// newBareLinks returns the parser that comes after the others.
func newBareLinks(others []util.PrioritizedValue) *bareLinks {
	g := &bareLinks{InlineParser: extension.NewLinkifyParser(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}))}
	for _, o := range others {
		for _, c := range o.Value.(parser.InlineParser).Trigger() {
			g.signs[c] = stop
		}
	}
	for _, c := range "\t\n\v\f\r" {
		g.signs[c] = stop
	}
	for _, c := range ":.@" {
		g.signs[c] = inside
	}
	return g
}

// Parse is part of parser.InlineParser.
func (g *bareLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	word := line
	if c := word[0]; c == ' ' || c == '*' || c == '_' || c == '~' || c == '(' {
		word = word[1:]
	}
	if webAddress(word) || mailAddress(word) {
		if link := g.InlineParser.Parse(parent, block, pc); link != nil {
			return link
		}
	}
	r := readingOf(pc)
	if at.Padding != 0 || r.escapes(parent) {
		return nil
	}
	if n := g.plain(line); n > 1 {
		return r.take(parent, block, line, at.WithStop(at.Start+n))
	}
	return nil
}

// plain returns how many bytes the line begins with that are plain text. Its
// first byte and the word after it are known to begin nothing. Addresses are
// found by what is rare in them, so that most words cost nothing.
func (g *bareLinks) plain(line []byte) int {
	end := 1
	for ; end < len(line); end++ {
		sign := g.signs[line[end]]
		if sign == letter {
			continue
		}
		if at := opening(line, end); at > 0 {
			return at
		}
		if sign == stop {
			break
		}
	}
	if end == len(line) || util.IsSpace(line[end]) { // what the white space here means is up to the parser
		return len(bytes.TrimRight(line[:end], " "))
	}
	return end
}

// opening returns where the byte stands that comes before an address, if
// line[at] may be part of one, and else 0.
func opening(line []byte, at int) int {
	before, start := line[:at], 0
	switch {
	case line[at] == ':' && bytes.HasSuffix(before, []byte("http")):
		start = at - len("http")
	case line[at] == ':' && bytes.HasSuffix(before, []byte("https")):
		start = at - len("https")
	case line[at] == '.' && bytes.HasSuffix(before, []byte("www")):
		start = at - len("www")
	case line[at] != ':' && line[at] != '.':
		from := max(0, at-maxMailbox-1)
		if start = from + bytes.LastIndexAny(before[from:], " (") + 1; !mailAddress(line[start:]) {
			return 0
		}
	}
	if start < 2 || line[start-1] != ' ' && line[start-1] != '(' {
		return 0
	}
	return start - 1
}

// webAddress reports whether a word may be the address of a page.
func webAddress(word []byte) bool {
	if len(word) == 0 {
		return false
	}
	switch word[0] {
	case 'h':
		return bytes.HasPrefix(word, []byte("http:")) || bytes.HasPrefix(word, []byte("https:"))
	case 'w':
		return bytes.HasPrefix(word, []byte("www."))
	}
	return false
}

// maxMailbox is the most bytes that a mail address may have before its @.
const maxMailbox = 64

// mailAddress reports whether a word may be a mail address.
func mailAddress(word []byte) bool {
	for _, c := range word[:min(len(word), maxMailbox+1)] {
		switch c {
		case '@':
			return !util.IsPunct(word[0])
		case ' ', '\n':
			return false
		}
	}
	return false
}

// take returns plain text as a node, together with the text just before it, and
// moves on: to the next line if nothing of this one is left.
func (r *reading) take(parent ast.Node, block text.Reader, line []byte, at text.Segment) ast.Node {
	n := at.Stop - at.Start
	node, ok := parent.LastChild().(*ast.Text)
	if ok && node.Segment.Stop == at.Start && !node.SoftLineBreak() {
		parent.RemoveChild(parent, node)
		node.Segment = node.Segment.WithStop(at.Stop)
	} else {
		node = r.nodes.texts.add(ast.Text{Segment: at})
	}
	switch {
	case n == len(line):
		block.AdvanceLine()
	case line[n] == '\n':
		node.SetSoftLineBreak(true)
		block.AdvanceLine()
	default:
		block.Advance(n)
	}
	return node
}

// escapes reports whether there are backslashes in the block. The parser's
// state after one does not show from outside, so it takes such a block alone.
func (r *reading) escapes(block ast.Node) bool {
	if r.plain != block {
		lines := block.Lines()
		from, to := lines.At(0).Start, lines.At(lines.Len()-1).Stop
		r.plain, r.escaped = block, bytes.IndexByte(r.source.body[from:to], '\\') >= 0
	}
	return r.escaped
}
