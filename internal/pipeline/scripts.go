package pipeline

import (
	"rapport/internal/files"
	"rapport/internal/highlight"
)

// Scripts are what the rooms below offer to themes as assets, by name: what
// lies beside the Go code whose output it reads, and the looks of code.
func Scripts() []files.File {
	light, dark := highlight.Styles()
	return []files.File{
		files.Memory("code-light.css", []byte(light)),
		files.Memory("code-dark.css", []byte(dark)),
	}
}
