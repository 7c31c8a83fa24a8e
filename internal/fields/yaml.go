package fields

import (
	"bytes"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"rapport/internal/diag"
)

// maxDepth bounds how deep values may nest.
const maxDepth = 32

// ParseYAML reads the mapping in the bytes from start to end of src. Anchors
// and aliases are refused: a few lines of them can stand for gigabytes, and no
// settings need them. The Node is nil where the text holds nothing or cannot
// be read.
func ParseYAML(src diag.Source, start, end int) (*Node, diag.List) {
	text := src.Text[start:end]
	p := yamlReader{place: newPlace(src, start, end)}
	if root := p.flat(text); root != nil {
		return root, nil
	}
	return p.read(text)
}

// read reads any YAML.
func (p *yamlReader) read(text []byte) (*Node, diag.List) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, p.syntax(err, text)
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 {
		return nil, nil
	}
	root := p.node(doc.Content[0], 0)
	switch {
	case p.diags.Errors() > 0:
		return nil, p.diags
	case root.Kind == Null:
		return nil, p.diags
	case root.Kind != Mapping:
		p.diags.Error(root.Pos, "write one key and value a line, such as: title: Maps", "settings must be keys with values")
		return nil, p.diags
	}
	return root, p.diags
}

type yamlReader struct {
	place place
	diags diag.List
}

func (p *yamlReader) node(n *yaml.Node, depth int) *Node {
	out := &Node{Pos: p.pos(n)}
	if depth > maxDepth {
		p.diags.Error(out.Pos, "keep settings flat", "values nest deeper than %d levels", maxDepth)
		return out
	}
	switch n.Kind {
	case yaml.AliasNode:
		p.diags.Error(out.Pos, "write the value again here", "YAML aliases are not supported")
	case yaml.SequenceNode:
		out.Kind = Sequence
		for _, c := range n.Content {
			out.Items = append(out.Items, p.node(c, depth+1))
		}
	case yaml.MappingNode:
		p.mapping(n, out, depth)
	case yaml.ScalarNode:
		out.Kind, out.Text = Scalar, n.Value
		out.Plain = n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
		if n.Tag == "!!null" {
			out.Kind = Null
		}
	}
	return out
}

func (p *yamlReader) mapping(n *yaml.Node, out *Node, depth int) {
	out.Kind = Mapping
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		pos := p.pos(k)
		if k.Kind != yaml.ScalarNode {
			p.diags.Error(pos, "keys are single words", "a key must be plain text")
			continue
		}
		if seen[k.Value] {
			p.diags.Error(pos, "keep one of the two", "the key %q stands here twice", k.Value)
			continue
		}
		seen[k.Value] = true
		out.Keys = append(out.Keys, Key{k.Value, pos, p.node(n.Content[i+1], depth+1)})
	}
}

func (p *yamlReader) pos(n *yaml.Node) diag.Pos {
	width := utf8.RuneCountInString(n.Value)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		width += 2
	}
	if n.Kind != yaml.ScalarNode {
		width = 1
	}
	return p.place.at(n.Line, n.Column, width)
}

// place turns line and column inside a part of a file into positions.
type place struct {
	src   diag.Source
	first int      // number of the part's first line
	start int      // offset of the part
	lines [][]byte // of the part

	shown   int    // the line of the last excerpt
	excerpt string // which the places of a short line share

	line, column, from int // of the last place: the next is mostly a little to the right
}

// maxShared is how many bytes a line may have to be its own excerpt.
const maxShared = 160

func newPlace(src diag.Source, start, end int) place {
	return place{src: src, start: start, first: bytes.Count(src.Text[:start], []byte("\n")) + 1, lines: bytes.Split(src.Text[start:end], []byte("\n"))}
}

// at takes a 1-based line and column in runes.
func (p *place) at(line, column, width int) diag.Pos {
	line = max(1, min(line, len(p.lines)))
	text := bytes.TrimSuffix(p.lines[line-1], []byte("\r"))
	if line != p.line || column < p.column {
		p.line, p.column, p.from = line, 1, 0
	}
	from, moved := runes(text, p.from, column-p.column)
	p.column, p.from = p.column+moved, from
	_, width = runes(text, from, width)
	pos := diag.Pos{File: p.src.Path, Line: p.first + line - 1, Column: p.column, Width: max(1, width)}
	if p.shown != line || len(text) > maxShared {
		p.shown, p.excerpt = line, diag.Pos{Line: 1, Column: p.column}.In(text).Excerpt
	}
	pos.Excerpt = p.excerpt
	return pos
}

// runes returns the offset in the text so many runes after another, and how many
// there were.
func runes(text []byte, from, n int) (at, moved int) {
	for at = from; moved < n && at < len(text); moved++ {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return at, moved
}

// whole returns the place of a line without the space around it.
func (p *place) whole(line int) diag.Pos {
	line = max(1, min(line, len(p.lines)))
	text := p.lines[line-1]
	indent := len(text) - len(bytes.TrimLeft(text, " \t"))
	return p.at(line, indent+1, max(1, len(bytes.TrimSpace(text))))
}
