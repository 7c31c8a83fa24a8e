package advice

import (
	"embed"
	"io/fs"
	"regexp"
)

//go:embed *.js
var scripts embed.FS

// comments are those that have lines of their own, and remarks those at the end
// of a line: no text holds what would look like one.
var (
	comments = regexp.MustCompile(`(?m)^[ \t]*(?://.*|/\*\*(?:[^*]|\*[^/])*\*/[ \t]*)\n`)
	remarks  = regexp.MustCompile("(?m)[ \t]+// [^\"'`\n]*$")
)

// casts are types that stand inside lines; indents are what lines begin with. No
// text of a script goes over several lines, which script_test.go holds.
var (
	casts   = regexp.MustCompile(`/\*\* @[^*\n]*\*/ ?`)
	indents = regexp.MustCompile(`(?m)^[ \t]+|\n+$`)
)

// Scripts returns the modules that make pages of this package's types work in
// a browser, by file name. They load each other as "./name.js". Comments and
// indents are left out: readers would download them for nothing.
func Scripts() map[string][]byte {
	byName := map[string][]byte{}
	entries, _ := fs.ReadDir(scripts, ".") // an embedded folder can be read
	for _, e := range entries {
		data, _ := scripts.ReadFile(e.Name())
		byName[e.Name()] = indents.ReplaceAll(remarks.ReplaceAll(casts.ReplaceAll(comments.ReplaceAll(data, nil), nil), nil), nil)
	}
	return byName
}
