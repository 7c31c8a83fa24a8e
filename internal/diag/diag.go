// Package diag says what is wrong with the user's files, kindly: where it is,
// the line it stands on, and what to do about it.
//
// It turns byte offsets of a source into positions that can be printed alone,
// and lists of findings into text or JSON. It knows nothing of Markdown, YAML
// or sites. What we ourselves could not do (a full disk, a taken port) is an
// ordinary error, never a Diagnostic.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity says whether a finding fails the build.
type Severity int

// A Warning is printed, an Error also fails the build.
const (
	Warning Severity = iota
	Error
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// MarshalText makes a severity read as a word in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Diagnostic is one thing wrong with the user's files.
type Diagnostic struct {
	Severity Severity `json:"severity"`
	Pos      Pos      `json:"position"`
	Message  string   `json:"message"`        // what is wrong, in the author's words
	Hint     string   `json:"hint,omitempty"` // what to do about it; may be empty
}

// List is what was found, in the order it was found.
type List []Diagnostic

// Error adds an error.
func (l *List) Error(pos Pos, hint, format string, args ...any) {
	*l = append(*l, Diagnostic{Error, pos, fmt.Sprintf(format, args...), hint})
}

// Warn adds a warning.
func (l *List) Warn(pos Pos, hint, format string, args ...any) {
	*l = append(*l, Diagnostic{Warning, pos, fmt.Sprintf(format, args...), hint})
}

// Add appends the findings of another list.
func (l *List) Add(other List) { *l = append(*l, other...) }

// Errors counts the errors of the list.
func (l List) Errors() int {
	n := 0
	for _, d := range l {
		if d.Severity == Error {
			n++
		}
	}
	return n
}

// Warnings counts the warnings of the list.
func (l List) Warnings() int { return len(l) - l.Errors() }

// Sorted returns the list by place, each finding once. The order is full, so
// the same findings always print the same way.
func (l List) Sorted() List {
	s := slices.Clone(l)
	slices.SortFunc(s, compare)
	return slices.Compact(s)
}

func compare(a, b Diagnostic) int {
	if c := cmp.Compare(a.Pos.File, b.Pos.File); c != 0 {
		return c // most are told apart by that
	}
	return cmp.Or(
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		-cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Hint, b.Hint),
		cmp.Compare(a.Pos.Width, b.Pos.Width),
		cmp.Compare(a.Pos.Excerpt, b.Pos.Excerpt),
	)
}
