package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is wrong with the arguments is wrong use, and what is wrong with the files
// an error in the content: scripts tell them apart by the exit status.
func TestStatusTellsWhoseFaultItIs(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("language: en_US\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]int{
		"build":                        exitContent,
		"build --base-url example.org": exitUsage,
		"build --theme nope":           exitUsage,
		"build --at soon":              exitUsage,
		"build --format xml":           exitUsage,
		"build --content nowhere":      exitUsage,
		"serve --addr 8080":            exitUsage,
		"serve --host a/b":             exitUsage,
		"search --limit=0 x":           exitUsage,
	} {
		var said strings.Builder
		if got := run(append(strings.Fields(args), "--site", dir), &said, &said); got != want {
			t.Errorf("%s: status %d, want %d:\n%s", args, got, want, said.String())
		}
	}
}
