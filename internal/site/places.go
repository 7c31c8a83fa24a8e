package site

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
)

// Where the keys of front matter stand is a map while a page is read. A page that
// waits keeps one string, of the few keys that others can find fault with:
//
//	file, then for each key: key, line, column, width, line of text (\x01: as before)
//
// with a zero byte behind each.

// joined are the keys whose places are needed once all pages are known.
var joined = map[string]bool{"slug": true, "authors": true, "related": true, "redirects": true, "aliases": true, "tags": true, "reviewed": true,
	"stage": true, "audience": true, "relationship": true, "channel": true, "image": true, "also": true}

// pack puts the places into one string.
func (m *Meta) pack(file string) {
	var b strings.Builder
	add := func(s string) { b.WriteString(s + "\x00") }
	add(file)
	last := ""
	for _, key := range slices.Sorted(maps.Keys(m.At)) {
		if name, _, _ := strings.Cut(key, "."); !joined[name] {
			continue
		}
		pos := m.At[key]
		add(key)
		for _, n := range []int{pos.Line, pos.Column, pos.Width} {
			add(strconv.Itoa(n))
		}
		if text := strings.ReplaceAll(pos.Excerpt, "\x00", ""); text == last {
			add("\x01")
		} else {
			add(text)
			last = text
		}
	}
	m.At, m.places = nil, b.String()
}

// at returns where the key stands, such as tags, or tags.0 for its first item.
func (m *Meta) at(key string) (diag.Pos, bool) {
	if m.places == "" {
		pos, ok := m.At[key]
		return pos, ok
	}
	for k, pos := range m.unpack() {
		if k == key {
			return pos, true
		}
	}
	return diag.Pos{}, false
}

// unpack yields the keys of the string that pack made, with their places.
func (m *Meta) unpack() iter.Seq2[string, diag.Pos] {
	return func(yield func(string, diag.Pos) bool) {
		rest := m.places
		next := func() (part string) {
			part, rest, _ = strings.Cut(rest, "\x00")
			return part
		}
		pos := diag.Pos{File: next()}
		for rest != "" {
			key := next()
			for _, n := range []*int{&pos.Line, &pos.Column, &pos.Width} {
				*n, _ = strconv.Atoi(next())
			}
			if text := next(); text != "\x01" {
				pos.Excerpt = text
			}
			if !yield(key, pos) {
				return
			}
		}
	}
}

// Places answers many questions about the places of one page. The string is
// unpacked for the first of them, once for all: each of thousands of items may
// be at fault.
type Places struct {
	meta *Meta
	at   map[string]diag.Pos
}

// Places returns the places of the page's keys.
func (m *Meta) Places() *Places { return &Places{meta: m} }

// Item returns where item i of a list stands.
func (p *Places) Item(key string, i int) diag.Pos {
	if p.at == nil {
		if p.at = p.meta.At; p.meta.places != "" {
			p.at = maps.Collect(p.meta.unpack())
		}
	}
	if pos, ok := p.at[key+"."+strconv.Itoa(i)]; ok {
		return pos
	}
	return p.at[key]
}

// Pos returns where the key stands; the zero Pos if it does not.
func (m *Meta) Pos(key string) diag.Pos {
	pos, _ := m.at(key)
	return pos
}

// present reports whether the author wrote the key.
func present(m *Meta, key string) bool { return m.Pos(key).Line > 0 }

// place returns where the first of the keys that is present stands.
func place(m *Meta, keys ...string) diag.Pos {
	for _, k := range keys {
		if present(m, k) {
			return m.Pos(k)
		}
	}
	return diag.Pos{}
}

// keyPos returns where the key stands, or the file if it does not.
func (p *Page) keyPos(key string) diag.Pos {
	if pos, ok := p.Meta.at(key); ok {
		return pos
	}
	return diag.File(p.Path)
}

// keyPos returns where the key of a type stands, or the file if it does not.
func keyPos(at map[string]diag.Pos, key string, p *Page) diag.Pos {
	if pos, ok := at[key]; ok {
		return pos
	}
	return diag.File(p.Path)
}
