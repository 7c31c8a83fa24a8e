package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// places are where a handout holds words, with a canary in each: a word that
// stands nowhere else.
var places = []string{"title", "description", "tag", "slug", "filename", "comment", "heading", "item", "link", "code", "asset", "olderpubliccopy"}

// canary is the word of a place of a handout.
func canary(handout, place string) string { return "qx" + handout + place + "zv" }

// aviary writes a site with a handout that holds canaries.
func aviary(t *testing.T, handout, access string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	tell(t, 0, "init", "--bare", dir)
	c := func(place string) string { return canary(handout, place) }
	put(t, dir, "content/handouts/"+c("filename")+".md", fmt.Sprintf(`---
title: %s weeks
summary: The %s of a handout that nobody else may read a single word of.
tags: [%s]
slug: %s
key: k3k3k3k3k3k3
expires: 2099-01-01
access: %s
# %s
---
Hello. ![A face](%s.png)

<!-- %s -->

## A %s
1. [My checklist](../checklists/my-checklist.md) The %s. See [there](https://%s.example/).

`+"```text\n%s\n```\n", c("title"), c("description"), c("tag"), c("slug"), access, c("comment"), c("asset"), c("comment"), c("heading"), c("item"), c("link"), c("code")))
	put(t, dir, "content/handouts/"+c("asset")+".png", "\x89PNG "+c("asset"))
	return dir
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// tell runs the program and returns what it says.
func tell(t *testing.T, status int, args ...string) string {
	t.Helper()
	var said bytes.Buffer
	if got := run(args, &said, &said); got != status {
		t.Fatalf("rapport %s ends with %d, not %d:\n%s", strings.Join(args, " "), got, status, &said)
	}
	return said.String()
}

const words = "velvet acorn tidal museum bright"

// TestCanaries finds no word of a handout outside of it: neither in another
// output, its name included, nor beside the site, nor in what is said.
func TestCanaries(t *testing.T) {
	for handout, access := range map[string]string{"open": "unlisted", "shut": "passphrase"} {
		t.Run(access, func(t *testing.T) {
			dir := aviary(t, handout, access)
			t.Setenv("RAPPORT_PASSPHRASE_"+strings.ToUpper(canary(handout, "slug")), words)
			// The page was public once, and is so no more.
			older := filepath.Join(dir, "content/articles/older.md")
			put(t, dir, "content/articles/older.md", "---\ntitle: Older\nsummary: A copy of the handout that was public once, with its "+canary(handout, "olderpubliccopy")+".\ndate: 2026-01-01\n---\n"+canary(handout, "olderpubliccopy")+"\n")
			tell(t, 0, "--site", dir)
			if err := os.Remove(older); err != nil {
				t.Fatal(err)
			}
			said := tell(t, 0, "--site", dir, "-v")
			own := "handouts/" + canary(handout, "slug") + "-k3k3k3k3k3k3/"
			found := map[string]string{"what is said": said}
			err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() || strings.HasPrefix(path, filepath.Join(dir, "content")) {
					return err
				}
				data, err := os.ReadFile(path)
				name, _ := filepath.Rel(filepath.Join(dir, "public"), path)
				found[filepath.ToSlash(name)] = string(data)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for name, text := range found {
				for _, place := range places {
					c := canary(handout, place)
					if access == "unlisted" && name == "handouts/"+canary(handout, "asset")+".png" {
						continue // a file of an unlisted page is a file
					}
					allowed := strings.HasPrefix(name, own) && (access == "unlisted" || place == "slug")
					if !allowed && strings.Contains(strings.ToLower(text), c) {
						t.Errorf("%s: the %s is in it", name, place)
					}
					if !allowed && strings.Contains(name, c) {
						t.Errorf("%s: the %s is in its name", name, place)
					}
				}
				if strings.Contains(name+text, "k3k3k3k3k3k3") && !strings.HasPrefix(name, own) {
					t.Errorf("%s tells the address", name)
				}
				if strings.Contains(text, "velvet") {
					t.Errorf("%s holds the passphrase", name)
				}
			}
			if _, ok := found[own+"index.html"]; !ok {
				t.Error("the handout was not built")
			}
		})
	}
}

// TestLeakFailsTheBuild lets a theme tell of a handout. The site stays as it
// was, whatever is asked for.
func TestLeakFailsTheBuild(t *testing.T) {
	dir := aviary(t, "shut", "passphrase")
	slug := canary("shut", "slug")
	t.Setenv("RAPPORT_PASSPHRASE_"+strings.ToUpper(slug), words)
	tell(t, 0, "--site", dir)
	before, err := os.ReadFile(filepath.Join(dir, "public/404.html"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "themes/default/layouts/404.html", `{{define "main"}}<h1>{{.Title}}</h1>{{with .Page "`+slug+`"}}{{.Title}}{{end}}{{end}}`)
	said := tell(t, 1, "--site", dir, "--keep-going")
	if !strings.Contains(said, `404.html says "qxshuttitlezv weeks", which is in the title of the handout content/handouts/qxshutfilenamezv.md`) || !strings.Contains(said, "nothing was written") {
		t.Error(said)
	}
	after, err := os.ReadFile(filepath.Join(dir, "public/404.html"))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the old site is not whole: %v", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "themes")); err != nil {
		t.Fatal(err)
	}
	// A copy of a sealed file is one, under whatever name.
	put(t, dir, "static/copy.png", "\x89PNG "+canary("shut", "asset"))
	if said := tell(t, 1, "--site", dir); !strings.Contains(said, "copy.png is a copy of the file qxshutassetzv.png of the sealed handout") {
		t.Error(said)
	}
	if err := os.Remove(filepath.Join(dir, "static/copy.png")); err != nil {
		t.Fatal(err)
	}
	// What is sealed cannot be public at the same time.
	put(t, dir, "content/articles/my-article.md", "---\ntitle: My article\nsummary: An article that shows a picture which is sealed with a handout.\ndate: 2026-01-01\n---\n![A face](../handouts/qxshutassetzv.png)\n\n## Do this next\n- [List](../checklists/my-checklist.md)\n")
	if said := tell(t, 1, "--site", dir); !strings.Contains(said, "neither public nor sealed") {
		t.Error(said)
	}
}
