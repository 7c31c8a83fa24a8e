package main

import (
	"rapport/internal/files"
	"rapport/internal/highlight"
)

// scripts are what the rooms offer to themes as assets: the looks of code.
func scripts() []files.File {
	light, dark := highlight.Styles()
	return []files.File{
		files.Memory("code-light.css", []byte(light)),
		files.Memory("code-dark.css", []byte(dark)),
	}
}
