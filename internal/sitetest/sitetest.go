// Package sitetest builds sites in memory for tests. Only tests import it.
package sitetest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"rapport"
	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/render"
)

// Site is a built site.
type Site struct {
	Files map[string][]byte // by path
	World *render.World
	Diags diag.List
}

// Build builds a site. What the settings leave open is as on the release of this
// checkout: its default theme, its scripts, and a day that stays the same.
func Build(t testing.TB, content files.Tree, settings pipeline.Settings) Site {
	t.Helper()
	settings.Builtin, settings.Scripts = Tree(t, rapport.Theme), pipeline.Scripts()
	if settings.Today == "" {
		settings.Today = "2026-11-30"
	}
	p := pipeline.New(settings)
	t.Cleanup(func() { _ = p.Close() })
	out := &sink{files: map[string][]byte{}}
	r, err := p.Run(context.Background(), content, out)
	if err != nil {
		t.Fatal(err)
	}
	return Site{out.files, r.World, r.Diags}
}

// Faultless fails the test if there was anything to say of the site.
func (s Site) Faultless(t testing.TB) Site {
	t.Helper()
	for _, d := range s.Diags {
		t.Error(d.Text())
	}
	return s
}

// Starter is the site of this repository.
func Starter(t testing.TB) files.Tree {
	t.Helper()
	return Tree(t, rapport.Starter)
}

// Folder is the site in a folder.
func Folder(t testing.TB, name string) files.Tree {
	t.Helper()
	return Tree(t, os.DirFS(name))
}

// Tree is all that a file system holds.
func Tree(t testing.TB, from fs.FS) files.Tree {
	t.Helper()
	tree, err := files.FromFS(from, "")
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// With is the tree with files of these texts, by path.
func With(tree files.Tree, texts map[string]string) files.Tree {
	var list []files.File
	for _, path := range slices.Sorted(maps.Keys(texts)) {
		list = append(list, files.Memory(path, []byte(texts[path])))
	}
	return tree.With(files.NewTree(list...))
}

// sink keeps the bytes.
type sink struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (s *sink) Put(path string, data []byte) (files.Staged, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path] = bytes.Clone(data)
	return files.Staged{Path: path, Hash: files.Sum(data), Size: int64(len(data))}, nil
}

func (*sink) Holds(string, files.Hash) bool { return false }

// SingleFile is the page of a file of content as one file.
func (s Site) SingleFile(path string) ([]byte, diag.List, error) {
	return s.World.SingleFile(s.World.Site.File(path), func(path string) ([]byte, string, error) {
		data, ok := s.Files[strings.TrimPrefix(path, "/")]
		if !ok {
			return nil, "", fmt.Errorf("%s: %w", path, fs.ErrNotExist)
		}
		return data, render.MediaType(path), nil
	})
}
