// Package advice is the domain of Rapport. It turns the sections of a page into
// what the page is for: a checklist to tick, an assessment to score, messages
// to fill in, questions to ask, a guide or a handout to follow.
//
// It reads plain data (headings, lists and fences with their attribute lists)
// and the front matter values of a type, and gives plain data back, with every
// problem found on the way. It knows no site, no address and no layout: whether
// a link leads anywhere, or a stage exists, is for others to say. Scores and
// progress are defined here once; the page's script counts in the same order.
//
// Settings structs describe front matter. Their tags are read by whoever
// decodes it: key (the name in the file), default, enum, required, min and max
// (of whole numbers) and doc. At holds the position of each key present, nested
// ones by path: "fields.Your name.hint", "rules.0.when".
//
// Config methods return what a page carries as JSON for its script: ids,
// numbers and dates. Words that stand on the page are not repeated there.
package advice

import "rapport/internal/markdown"

// Heading opens a section. The zero Heading is that of the text before the
// first one.
type Heading struct {
	Level int    // 1 to 6, or 0
	ID    string // unique on the page
	Title markdown.Body
	Text  string // of the title
}

// Prose is a heading, or none, and plain blocks.
type Prose struct {
	Heading
	Blocks []markdown.Block
}

// Part is a stretch of a section: either prose or items, never both.
type Part[T any] struct {
	Prose []markdown.Block
	Items []T
}

// addProse appends a block to the last part if that is prose, else in a new one.
func addProse[T any](parts []Part[T], b markdown.Block) []Part[T] {
	if n := len(parts); n > 0 && len(parts[n-1].Items) == 0 {
		parts[n-1].Prose = append(parts[n-1].Prose, b)
		return parts
	}
	return append(parts, Part[T]{Prose: []markdown.Block{b}})
}

// addItems appends items as addProse appends prose.
func addItems[T any](parts []Part[T], items ...T) []Part[T] {
	if n := len(parts); n > 0 && len(parts[n-1].Prose) == 0 {
		parts[n-1].Items = append(parts[n-1].Items, items...)
		return parts
	}
	return append(parts, Part[T]{Items: items})
}

// allItems returns the items of the parts in order.
func allItems[T any](parts []Part[T]) []T {
	var items []T
	for _, p := range parts {
		items = append(items, p.Items...)
	}
	return items
}

func heading(s markdown.Section) Heading {
	return Heading{Level: s.Level, ID: s.ID, Title: s.Title, Text: s.Text}
}

func prose(s markdown.Section) Prose { return Prose{heading(s), s.Blocks} }
