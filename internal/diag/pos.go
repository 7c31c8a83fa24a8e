package diag

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Source is the text of one file, as positions are counted in it.
type Source struct {
	Path string // slash-separated, relative to the site
	Text []byte
}

// Pos is a place in a source. It carries its own excerpt, so that it can be
// printed when the source is long gone.
type Pos struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`    // 1-based; 0 means the whole file
	Column  int    `json:"column,omitempty"`  // 1-based, in runes
	Width   int    `json:"width,omitempty"`   // runes to underline, at least 1 where there is a line
	Excerpt string `json:"excerpt,omitempty"` // the line itself, long ones cut around the place
}

// maxExcerpt is how many runes of a line are shown: enough for a paragraph's
// start, short enough for a terminal that wraps. A place beyond farColumn is told
// by its numbers alone, so that a line with thousands of faults is not kept as
// often.
const (
	maxExcerpt = 160
	farColumn  = 4000
)

// Pos returns the position of the bytes from start to end. Offsets outside the
// text are moved to its nearest end; an underline never leaves its first line.
func (s Source) Pos(start, end int) Pos {
	start = max(0, min(start, len(s.Text)))
	head := s.Text[:start]
	lineStart := bytes.LastIndexByte(head, '\n') + 1
	lineEnd := len(s.Text)
	if i := bytes.IndexByte(s.Text[start:], '\n'); i >= 0 {
		lineEnd = start + i
	}
	line := bytes.TrimSuffix(s.Text[lineStart:lineEnd], []byte("\r"))
	end = max(start, min(end, lineStart+len(line)))
	p := Pos{
		File:   s.Path,
		Line:   bytes.Count(head, []byte("\n")) + 1,
		Column: utf8.RuneCount(s.Text[lineStart:start]) + 1,
		Width:  max(1, utf8.RuneCount(s.Text[start:end])),
	}
	p.Excerpt = excerpt(line, p.Column)
	return p
}

// File returns the position that stands for the whole file.
func File(path string) Pos { return Pos{File: path} }

// In returns the place with its line taken from the text of the file.
func (p Pos) In(text []byte) Pos {
	for range p.Line - 1 {
		_, rest, ok := bytes.Cut(text, []byte("\n"))
		if !ok {
			return p
		}
		text = rest
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	p.Excerpt = excerpt(bytes.TrimSuffix(line, []byte("\r")), p.Column)
	return p
}

// Find returns the position of the first occurrence of word at or after the
// byte offset from, or that of from itself if the word is not there.
func (s Source) Find(word string, from int) Pos {
	from = max(0, min(from, len(s.Text)))
	if i := bytes.Index(s.Text[from:], []byte(word)); i >= 0 {
		return s.Pos(from+i, from+i+len(word))
	}
	return s.Pos(from, from)
}

// excerpt returns the part of the line that is worth showing: all of it, or
// its start up to well past the column. Control characters become spaces, so
// that an excerpt can never steer a terminal.
func excerpt(line []byte, column int) string {
	if column > farColumn {
		return ""
	}
	keep, rest := max(maxExcerpt, column+40), ""
	if n := offset(line, keep); n < len(line) {
		line, rest = line[:n], "…"
	}
	if plain(line) {
		return string(line) + rest
	}
	return harmless(string(line)) + rest
}

// harmless returns the text with spaces for the characters that steer a terminal
// or turn the direction of what follows, one for each.
func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, text)
}

// offset returns where so many runes of the line end.
func offset(line []byte, runes int) int {
	if len(line) <= runes {
		return len(line)
	}
	at := 0
	for ; runes > 0 && at < len(line); runes-- {
		_, n := utf8.DecodeRune(line[at:])
		at += n
	}
	return at
}

// plain reports whether the line is printable ASCII: one byte a rune, nothing
// to clean.
func plain(line []byte) bool {
	for _, c := range line {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// String returns file:line:column, or the file alone.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}
