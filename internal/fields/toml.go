package fields

import (
	"errors"
	"fmt"
	"time"

	"github.com/pelletier/go-toml/v2"

	"rapport/internal/diag"
)

// ParseTOML reads TOML from the bytes from start to end of src, for people who
// come from Hugo. A position is that of the key's first occurrence, which is
// right in front matter, where keys are few.
func ParseTOML(src diag.Source, start, end int) (*Node, diag.List) {
	var diags diag.List
	var values map[string]any
	if err := toml.Unmarshal(src.Text[start:end], &values); err != nil {
		p := newPlace(src, start, end)
		line, column := 1, 1
		var bad *toml.DecodeError
		if errors.As(err, &bad) {
			line, column = bad.Position()
		}
		diags.Error(p.at(line, column, 1), "values that are words stand in quotes", "this is not valid TOML: %s", err)
		return nil, diags
	}
	if len(values) == 0 {
		return nil, nil
	}
	t := tomlReader{src, start}
	return t.mapping(values, src.Pos(start, start), 0), nil
}

type tomlReader struct {
	src   diag.Source
	start int
}

func (t tomlReader) mapping(values map[string]any, pos diag.Pos, depth int) *Node {
	n := &Node{Kind: Mapping, Pos: pos}
	for _, name := range sortedKeys(values) {
		at := t.src.Find(name, t.start)
		n.Keys = append(n.Keys, Key{name, at, t.value(values[name], at, depth+1)})
	}
	return n
}

func (t tomlReader) value(v any, pos diag.Pos, depth int) *Node {
	if depth > maxDepth {
		return &Node{Pos: pos}
	}
	switch v := v.(type) {
	case map[string]any:
		return t.mapping(v, pos, depth)
	case []any:
		n := &Node{Kind: Sequence, Pos: pos}
		for _, item := range v {
			n.Items = append(n.Items, t.value(item, pos, depth+1))
		}
		return n
	case string:
		return &Node{Kind: Scalar, Text: v, Pos: pos}
	case time.Time:
		return &Node{Kind: Scalar, Text: v.Format(time.RFC3339), Plain: true, Pos: pos}
	}
	return &Node{Kind: Scalar, Text: fmt.Sprint(v), Plain: true, Pos: pos}
}
