package search

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

//go:embed client.js
var clientJS string

//go:embed page.js
var pageJS string

// inline is a comment on types within a line.
var inline = regexp.MustCompile(`/\*\* @.*? \*/ ?`)

// trailing is a comment at the end of a line; no string of ours looks like one.
var trailing = regexp.MustCompile(`([;{},]) // .*`)

// The modules as readers fetch them, made once in a process.
var (
	clientModule = sync.OnceValue(func() []byte { return shipped(clientJS) })
	pageModule   = sync.OnceValue(func() []byte { return shipped(pageJS) })
)

// shipped is the module as readers fetch it: without indentation and comments,
// which are a third of it. It stays the same program line by line, so what we
// write is what runs.
func shipped(module string) []byte {
	var b strings.Builder
	b.WriteString("// Part of Rapport; the commented source is in internal/search.\n")
	comment := false
	for line := range strings.Lines(module) {
		line = strings.TrimSpace(line)
		switch {
		case comment:
			comment = !strings.HasSuffix(line, "*/")
		case strings.HasPrefix(line, "/**"):
			comment = !strings.Contains(line, "*/")
			if _, code, ok := strings.Cut(line, "*/"); ok && code != "" {
				b.WriteString(strings.TrimSpace(code) + "\n")
			}
		case line != "" && !strings.HasPrefix(line, "//"):
			b.WriteString(trailing.ReplaceAllString(inline.ReplaceAllString(line, ""), "$1") + "\n")
		}
	}
	return []byte(b.String())
}
