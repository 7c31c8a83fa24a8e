package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/render"
)

type whyCommand struct {
	siteFlags
	Name string `arg:"" placeholder:"PAGE|OUTPUT" help:"A Markdown file, an address, or a file of the built site."`
}

// Help is shown by rapport why --help.
func (whyCommand) Help() string {
	return `Examples:
  rapport why content/articles/warm-up-a-referral.md
  rapport why /articles/warm-up-a-referral/
  rapport why sitemap.xml`
}

// Run prints what each output of that name was made of and what it read.
func (c *whyCommand) Run(t *terminal) error {
	in, err := c.input()
	if err != nil {
		return err
	}
	tree, err := files.Read(files.Tree{}, in.folders...)
	if err != nil {
		return err
	}
	pipe := pipeline.New(in.settings)
	defer pipe.Close()
	result, err := pipe.Run(context.Background(), tree, nowhere{})
	if err != nil {
		return err
	}
	found := false
	var names []string
	for _, o := range result.Outputs {
		names = append(names, o.Path)
		if matches(o, strings.TrimPrefix(c.Name, "./")) {
			found = true
			explain(t, o, pipe.Reads(o.Path))
		}
	}
	if !found {
		return usage("nothing of the site is made from or called %q; %s", c.Name, diag.DidYouMean(c.Name, names, "name a file, an address or an output"))
	}
	return nil
}

func matches(o pipeline.Output, name string) bool {
	_, source, _ := strings.Cut(o.Recipe, " ")
	url := "/" + strings.TrimSuffix(o.Path, "index.html")
	return name == o.Path || name == source || name == url || name+"/" == url || name == strings.TrimSuffix(url, "/") || "content/"+name == source || name == "public/"+o.Path
}

func explain(t *terminal, o pipeline.Output, reads []render.Read) {
	fmt.Fprintf(t.out, "%s (%d bytes) is made of: %s\n", o.Path, o.Staged.Size, o.Recipe)
	var lines []string
	for _, r := range reads {
		lines = append(lines, "  "+r.Key.String()+absent(r))
	}
	slices.Sort(lines)
	fmt.Fprintln(t.out, strings.Join(lines, "\n"))
}

func absent(r render.Read) string {
	if r.Answer == (files.Hash{}) {
		return " (there is none)"
	}
	return ""
}

// nowhere is a sink for runs of which only the result is wanted.
type nowhere struct{}

func (nowhere) Put(path string, data []byte) (files.Staged, error) {
	return files.Staged{Path: path, Hash: files.Sum(data), Size: int64(len(data))}, nil
}
func (nowhere) Holds(string, files.Hash) bool { return true }
