package markdown

import (
	"bytes"
	"slices"
	"sort"
	"unicode/utf8"

	"rapport/internal/diag"
)

// source is the text that is read: a part of a file, with line ends of one
// kind. Positions are counted in the file.
type source struct {
	file   diag.Source
	from   int    // where the part begins in the file
	body   []byte // the part; its capacity ends with it
	cut    []int  // offsets in body before which a carriage return was left out
	before int    // lines of the file before the part
	starts []int  // offset in body of each line, made when first asked for

	line    int    // asked for last
	excerpt string // of it, if it is short
	at      int    // offset asked for last
	column  int    // of it
}

func newSource(file diag.Source, from int) *source {
	from = max(0, min(from, len(file.Text)))
	s := &source{file: file, from: from, line: -1, column: 1}
	s.body = file.Text[from:len(file.Text):len(file.Text)]
	if bom := []byte("\uFEFF"); bytes.HasPrefix(s.body, bom) {
		s.from += len(bom)
		s.body = s.body[len(bom):]
	}
	if bytes.Contains(s.body, []byte("\r\n")) {
		s.unify()
	}
	return s
}

// unify makes body a copy with line feeds alone.
func (s *source) unify() {
	body := make([]byte, 0, len(s.body))
	for rest := s.body; ; {
		i := bytes.Index(rest, []byte("\r\n"))
		if i < 0 {
			body = append(body, rest...)
			break
		}
		body = append(body, rest[:i]...)
		s.cut = append(s.cut, len(body))
		rest = rest[i+1:]
	}
	s.body = slices.Clip(body)
}

// offset returns the offset in the file of one in body.
func (s *source) offset(at int) int {
	return s.from + at + sort.SearchInts(s.cut, at)
}

// offsetOf returns where part, a slice of body, begins in it, or -1 if part is
// not a slice of body.
func (s *source) offsetOf(part []byte) int {
	at := cap(s.body) - cap(part)
	if len(part) == 0 || at < 0 || at+len(part) > len(s.body) || &s.body[at] != &part[0] {
		return -1
	}
	return at
}

// The longest line in bytes that is its own excerpt, and the last column whose
// place has one. All places in a line share the string, since a page keeps them
// for its whole life.
const (
	maxShared = 512
	maxColumn = 1000
)

// pos returns the position in the file of the bytes of body from start to end.
// Asked for places in the order of the text, it looks at each byte once.
func (s *source) pos(start, end int) diag.Pos { return s.place(start, end, true) }

// place is pos with or without the line itself.
func (s *source) place(start, end int, excerpt bool) diag.Pos {
	if s.starts == nil {
		s.index()
	}
	start = max(0, min(start, len(s.body)))
	line := sort.SearchInts(s.starts, start+1) - 1
	from, to := s.starts[line], len(s.body)
	if line+1 < len(s.starts) {
		to = s.starts[line+1] - 1
	}
	if s.line != line {
		s.line, s.excerpt = line, ""
	}
	if excerpt && s.excerpt == "" {
		if to-from <= maxShared {
			s.excerpt = diag.Source{Text: s.body[from:to]}.Pos(to-from, to-from).Excerpt
		}
	}
	if start < s.at || s.at < from {
		s.at, s.column = from, 1
	}
	s.column += utf8.RuneCount(s.body[s.at:start])
	s.at = start
	end = max(start, min(end, to))
	p := diag.Pos{
		File:   s.file.Path,
		Line:   s.before + line + 1,
		Column: s.column,
		Width:  max(1, utf8.RuneCount(s.body[start:end])),
	}
	if !excerpt {
		return p
	}
	p.Excerpt = s.excerpt
	if to-from > maxShared && p.Column <= maxColumn {
		p.Excerpt = diag.Source{Text: s.body[from:to]}.Pos(start-from, start-from).Excerpt
	}
	return p
}

// index notes where the lines begin.
func (s *source) index() {
	s.before = bytes.Count(s.file.Text[:s.from], []byte("\n"))
	s.starts = append(make([]int, 0, bytes.Count(s.body, []byte("\n"))+1), 0)
	for i := 0; ; {
		n := bytes.IndexByte(s.body[i:], '\n')
		if n < 0 {
			return
		}
		i += n + 1
		s.starts = append(s.starts, i)
	}
}
