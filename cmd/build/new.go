package main

import (
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"rapport/internal/diag"
	"rapport/internal/site"
)

// skeletons are pages with their front matter filled in, one a type.
//
//go:embed skeletons
var skeletons embed.FS

type newCommand struct {
	Type string `arg:"" help:"article, guide, checklist, assessment, template, questions, term, source, person or handout."`
	Slug string `arg:"" help:"Name of the page in addresses: lower case words joined by hyphens."`
	Site string `default:"." placeholder:"DIR" help:"Folder of the site (${default})."`
}

// Help is shown by rapport new --help.
func (newCommand) Help() string {
	return `Examples:
  rapport new article ask-for-an-introduction
  rapport new handout first-four-weeks`
}

// Run writes the page. It never overwrites.
func (c *newCommand) Run(t *terminal) error {
	known := false
	for _, kind := range site.Types() {
		known = known || kind == c.Type
	}
	if !known {
		return usage("there is no type %q; %s", c.Type, diag.DidYouMean(c.Type, site.Types(), "use one of: "+strings.Join(site.Types(), ", ")))
	}
	if slug := site.Slugify(c.Slug); slug == "" || slug != c.Slug {
		return usage("%q cannot be part of an address; write it as %q", c.Slug, slug)
	}
	if why := site.Unportable(c.Slug); why != "" {
		return usage("the name %q %s; choose another", c.Slug, why)
	}
	data, err := skeleton(c.Type, c.Slug, titled(c.Slug))
	if err != nil {
		return err
	}
	name := filepath.Join(c.Site, "content", folderOf(c.Type), c.Slug+".md")
	err = writeNew(name, data)
	if errors.Is(err, fs.ErrExist) {
		return usage("%s exists; nothing was written", name)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, name)
	return nil
}

// skeleton returns the page of a type with its blanks filled.
func skeleton(kind, slug, title string) ([]byte, error) {
	data, err := skeletons.ReadFile("skeletons/" + kind + ".md")
	if err != nil {
		return nil, err
	}
	today := time.Now()
	fill := strings.NewReplacer(
		"@TITLE@", title, "@SLUG@", slug, "@TODAY@", today.Format(time.DateOnly),
		"@NEXTYEAR@", today.AddDate(1, 0, 0).Format(time.DateOnly), "@KEY@", strings.ToLower(rand.Text()[:16]))
	return []byte(fill.Replace(string(data))), nil
}

// titled makes a title of a slug: "my-first-list" is "My first list".
func titled(slug string) string {
	words := []rune(strings.ReplaceAll(slug, "-", " "))
	words[0] = unicode.ToUpper(words[0])
	return string(words)
}

// folderOf returns the folder below content/ in which pages of a type stand.
func folderOf(kind string) string {
	switch kind {
	case "assessment":
		return "checklists"
	case "questions":
		return "questions"
	case "term":
		return "glossary"
	case "person":
		return "people"
	}
	return kind + "s"
}
