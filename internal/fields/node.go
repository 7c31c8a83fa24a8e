// Package fields turns YAML or TOML text into Go structs, mistakes named with
// their place, and the same structs into JSON Schema, so that what an editor
// completes and what the program accepts cannot drift apart.
//
// It knows nothing of pages or sites: which keys exist, and what they mean, is
// said by the struct tags of its callers.
package fields

import "rapport/internal/diag"

// Kind tells the nodes of a parsed text apart.
type Kind uint8

// A Node is one of these:
const (
	Null Kind = iota
	Scalar
	Sequence
	Mapping
)

// Node is one value of a parsed text with its place.
type Node struct {
	Kind  Kind
	Text  string   // of a Scalar, as written without its quotes
	Plain bool     // the Scalar was written without quotes, so true and 3 are not words
	Items []*Node  // of a Sequence
	Keys  []Key    // of a Mapping, in the order of the text
	Pos   diag.Pos // of the value
}

// Key is one entry of a mapping.
type Key struct {
	Name  string
	Pos   diag.Pos
	Value *Node
}

// Get returns the value at the key, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Keys {
		if k.Name == key {
			return k.Value
		}
	}
	return nil
}

// Value returns the node as strings, lists of values and maps of them, the way
// templates read data.
func (n *Node) Value() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Sequence:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = item.Value()
		}
		return list
	case Mapping:
		m := make(map[string]any, len(n.Keys))
		for _, k := range n.Keys {
			m[k.Name] = k.Value.Value()
		}
		return m
	case Scalar:
		return n.Text
	}
	return nil
}
