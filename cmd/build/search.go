package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/render"
	"rapport/internal/search"
)

type searchCommand struct {
	siteFlags
	Query []string `arg:"" help:"What to look for."`
	Limit int      `default:"10" short:"n" help:"How many pages to print (${default})."`
}

// Help is shown by rapport search --help.
func (searchCommand) Help() string {
	return `The ranking is that of the site: the same program answers here and there.

Examples:
  rapport search no reply
  rapport search -n 3 "how do I ask for an introduction"`
}

// Run prints the pages that the site's search finds.
func (c *searchCommand) Run(t *terminal) error {
	if c.Limit < 1 {
		return usage("--limit needs a number of pages from 1, not %d", c.Limit)
	}
	s, err := c.searcher()
	if err != nil {
		return err
	}
	query := strings.Join(c.Query, " ")
	found, err := s.Query(query, search.QueryOptions{Limit: c.Limit})
	if err != nil {
		return err
	}
	if found.Corrected != "" {
		fmt.Fprintf(t.out, "Showing results for %q.\n", found.Corrected)
	}
	for i, r := range found.Results {
		fmt.Fprintf(t.out, "%2d. %s (%s)\n    %s\n", i+1, r.Title, r.Type, r.URL)
		if r.Excerpt.Text != "" {
			fmt.Fprintf(t.out, "    %s\n", r.Excerpt.Text)
		}
	}
	fmt.Fprintf(t.out, "%s found for %q\n", count(found.Total, "page"), query)
	return nil
}

// searcher builds the site and answers queries over its index.
func (f siteFlags) searcher() (*search.Searcher, error) {
	in, err := f.input()
	if err != nil {
		return nil, err
	}
	tree, err := files.Read(files.Tree{}, in.folders...)
	if err != nil {
		return nil, err
	}
	in.settings.Sealing = render.Sealing{} // no search finds a sealed page
	p := pipeline.New(in.settings)
	defer p.Close()
	kept := &indexFiles{files: map[string][]byte{}}
	if _, err := p.Run(context.Background(), tree, kept); err != nil {
		return nil, err
	}
	return search.NewSearcher(kept.read)
}

// indexFiles is a sink that keeps the files of the search.
type indexFiles struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (x *indexFiles) Put(path string, data []byte) (files.Staged, error) {
	if strings.HasPrefix(path, "search/") {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.files[path] = slices.Clone(data)
	}
	return files.Staged{Path: path, Hash: files.Sum(data), Size: int64(len(data))}, nil
}

func (*indexFiles) Holds(string, files.Hash) bool { return false }

func (x *indexFiles) read(path string) ([]byte, error) {
	data, ok := x.files[path]
	if !ok {
		return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	return data, nil
}

type checkCommand struct {
	Search checkSearchCommand `cmd:"" help:"Ask the site's search what search-tests.tsv expects of it."`
}

type checkSearchCommand struct {
	siteFlags
	Tests string `placeholder:"FILE" help:"Expectations (search-tests.tsv in the site's folder)."`
	Top   int    `default:"3" help:"How far down a right page may stand (${default})."`
}

// Help is shown by rapport check search --help.
func (checkSearchCommand) Help() string {
	return `Each line of search-tests.tsv holds a query, a tab, and the slugs of right pages,
parted by commas. The check fails where none of them is among the first three.`
}

// Run asks each query and prints those whose pages are not found.
func (c *checkSearchCommand) Run(t *terminal) error {
	if c.Top < 1 {
		return usage("--top needs a number of pages from 1, not %d", c.Top)
	}
	name := filepath.Join(c.Site, "search-tests.tsv")
	if c.Tests != "" {
		name = c.Tests
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return usage("cannot read %s: %v", name, err)
	}
	s, err := c.searcher()
	if err != nil {
		return err
	}
	asked, missed := 0, 0
	for number, line := range strings.Split(string(text), "\n") {
		fields := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if len(fields) < 2 {
			return usage("%s:%d: a line needs a query, a tab and slugs", name, number+1)
		}
		asked++
		found, err := s.Query(fields[0], search.QueryOptions{Limit: c.Top})
		if err != nil {
			return err
		}
		if slugs := slugsOf(found); !slices.ContainsFunc(strings.Split(fields[1], ","), func(want string) bool { return slices.Contains(slugs, strings.TrimSpace(want)) }) {
			missed++
			fmt.Fprintf(t.err, "%s:%d: %q does not find %s\n  found: %s\n", name, number+1, fields[0], fields[1], strings.Join(slugs, ", "))
		}
	}
	fmt.Fprintf(t.out, "%d of %s find a right page among the first %d\n", asked-missed, count(asked, "query"), c.Top)
	if missed > 0 {
		return status{code: exitContent}
	}
	return nil
}

// slugsOf returns the last part of each result's address.
func slugsOf(found search.Results) []string {
	var list []string
	for _, r := range found.Results {
		list = append(list, filepath.Base(strings.TrimSuffix(r.URL, "/")))
	}
	return list
}
