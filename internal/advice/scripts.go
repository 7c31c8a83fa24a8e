package advice

import (
	"embed"
	"io/fs"
	"regexp"
)

//go:embed *.js
var scripts embed.FS

// comments are those that have lines of their own, and types in a line.
var comments = regexp.MustCompile(`(?m)^[ \t]*(?://.*|/\*\*(?:[^*]|\*[^/])*\*/[ \t]*)\n|/\*\* @type \{[^*\n]*\} \*/ ?`)

// Scripts returns the modules that make pages of this package's types work in
// a browser, by file name. They load each other as "./name.js". Comments, a
// third of the bytes, are left out: readers would download them for nothing.
func Scripts() map[string][]byte {
	byName := map[string][]byte{}
	entries, _ := fs.ReadDir(scripts, ".") // an embedded folder can be read
	for _, e := range entries {
		data, _ := scripts.ReadFile(e.Name())
		byName[e.Name()] = comments.ReplaceAll(data, nil)
	}
	return byName
}
