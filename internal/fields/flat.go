package fields

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFlat is the most keys of a text that flat reads.
const maxFlat = 40

// flat reads a text of keys whose values are plain words, words in double
// quotes, or a list of either, in brackets or on the lines below. Nearly all
// front matter is of this kind, and to the library each page costs more than its
// front matter is worth. For any other text, faulty ones included, it returns
// nil; where it returns a node, the library gives the same one.
func (p *yamlReader) flat(text []byte) *Node {
	root := &Node{Kind: Mapping, Pos: p.place.at(1, 1, 1)}
	root.Keys = make([]Key, 0, min(len(p.place.lines), maxFlat))
	var list *Node       // of the key above, if its items stand on lines of their own
	rest := string(text) // of which all that is read is a part
	for line := 1; len(rest) > 0; line++ {
		r := flatLine{place: &p.place, line: line}
		r.text, rest, _ = strings.Cut(rest, "\n")
		if list != nil && r.item(list) {
			continue
		}
		if list != nil && len(list.Items) == 0 {
			return nil
		}
		name, ok := r.key()
		if !ok || len(root.Keys) == maxFlat || root.Get(name) != nil {
			return nil
		}
		key := Key{name, p.place.at(line, 1, len(name)), nil}
		if list = nil; r.at == len(r.text) {
			list = &Node{Kind: Sequence}
			key.Value = list
		} else if key.Value = r.value(); key.Value == nil || r.at != len(r.text) {
			return nil
		}
		root.Keys = append(root.Keys, key)
	}
	if len(root.Keys) == 0 || list != nil && len(list.Items) == 0 {
		return nil
	}
	return root
}

// flatLine is one line, read from the left.
type flatLine struct {
	place *place
	line  int
	text  string
	at    int

	column, counted int // runes up to a byte, so that none is counted twice
}

// key reads letters, digits and underscores, a colon, and a space if there is
// more.
func (r *flatLine) key() (string, bool) {
	end := strings.IndexByte(r.text, ':')
	if end < 1 || end > 64 {
		return "", false
	}
	for i, c := range []byte(r.text[:end]) {
		if c != '_' && !alphanumeric(c) || i == 0 && '0' <= c && c <= '9' {
			return "", false
		}
	}
	if r.at = end + 1; r.at < len(r.text) {
		if r.text[r.at] != ' ' || r.at+1 == len(r.text) {
			return "", false
		}
		r.at++
	}
	return r.text[:end], true
}

// item reads an item of the list above and reports whether the line is one.
func (r *flatLine) item(list *Node) bool {
	const dash = "  - "
	if !strings.HasPrefix(r.text, dash) {
		return false
	}
	r.at = len(dash)
	item := r.scalar("")
	if item == nil || r.at != len(r.text) {
		return false
	}
	if len(list.Items) == 0 {
		list.Pos = r.place.at(r.line, 3, 1)
	}
	list.Items = append(list.Items, item)
	return true
}

func (r *flatLine) value() *Node {
	if r.text[r.at] != '[' {
		return r.scalar("")
	}
	list := r.node(&Node{Kind: Sequence}, 1)
	for {
		item := r.scalar("?,]") // a question mark may mean something in a list
		if item == nil {
			return nil
		}
		list.Items = append(list.Items, item)
		rest := r.text[r.at:]
		switch {
		case strings.HasPrefix(rest, ", "):
			r.at += 2
		case strings.HasPrefix(rest, "]"):
			r.at++
			return list
		default:
			return nil
		}
	}
}

// scalar reads words in quotes, or plain ones up to the first of the bytes in
// ends.
func (r *flatLine) scalar(ends string) *Node {
	rest := r.text[r.at:]
	if len(rest) > 0 && rest[0] == '"' {
		end := strings.IndexByte(rest[1:], '"')
		if end < 0 || !readable(rest[1:end+1], `\`) {
			return nil
		}
		return r.node(&Node{Kind: Scalar, Text: rest[1 : end+1]}, end+2)
	}
	end := strings.IndexAny(rest, ends)
	if end < 0 {
		end = len(rest)
	}
	words := rest[:end]
	if end == 0 || words[end-1] == ' ' || !alphanumeric(words[0]) || !readable(words, "\"#*:<>@[\\]`{|}~") || strings.EqualFold(words, "null") {
		return nil
	}
	return r.node(&Node{Kind: Scalar, Text: words, Plain: true}, end)
}

// node places a value that takes the next n bytes, and goes on behind it.
func (r *flatLine) node(value *Node, n int) *Node {
	if r.counted < r.at {
		r.column, r.counted = r.column+utf8.RuneCountInString(r.text[r.counted:r.at]), r.at
	}
	value.Pos = r.place.at(r.line, r.column+1, utf8.RuneCountInString(r.text[r.at:r.at+n]))
	r.at += n
	return value
}

// readable reports whether the text holds only spaces and characters that can
// be seen, and none of the others.
func readable(text string, others string) bool {
	for i := 0; i < len(text); {
		c, n := rune(text[i]), 1
		switch {
		case c >= utf8.RuneSelf:
			if c, n = utf8.DecodeRuneInString(text[i:]); !unicode.IsGraphic(c) || unicode.IsSpace(c) || c == utf8.RuneError {
				return false
			}
		case c < ' ', c > '~', strings.IndexByte(others, text[i]) >= 0:
			return false
		}
		i += n
	}
	return true
}

func alphanumeric(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}
