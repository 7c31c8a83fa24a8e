// Package rapport holds the starter site and the default theme, so that the
// released program needs no files of its own.
package rapport

import "embed"

// Starter is the site that `rapport init` writes: content and settings.
//
//go:embed all:content site.yaml search-tests.tsv
var Starter embed.FS

// Theme is the default theme, below themes/default.
//
//go:embed themes/default
var Theme embed.FS
