package search

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"rapport/bench/corpus"
)

var markup = regexp.MustCompile("(?m)[*`>|]+|^[-#]+ |\\]\\([^)]*\\)|\\[")

// corpusPages returns the n pages of the site that the benchmarks build, near
// enough to what a site makes of them.
func corpusPages(n int) []Page {
	files := corpus.Pages(n, 1)
	var pages []Page
	for _, path := range slices.Sorted(maps.Keys(files)) {
		name, ok := strings.CutPrefix(path, "content/")
		if !ok {
			continue
		}
		_, rest, _ := strings.Cut(files[path], "---\n")
		head, body, _ := strings.Cut(rest, "---\n")
		p := Page{URL: "/" + strings.TrimSuffix(name, ".md") + "/", Lang: "en", Facets: map[string][]string{}}
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch value = strings.Trim(value, `"[]`); key {
			case "title":
				p.Title = value
			case "summary":
				p.Summary = value
			case "type":
				p.Type = value
			case "tags":
				p.FacetLabels = strings.Split(value, ", ")
				p.Facets["tag"] = p.FacetLabels
			}
		}
		var text strings.Builder
		for line := range strings.Lines(body) {
			heading := strings.HasPrefix(line, "## ")
			line = markup.ReplaceAllString(line, "")
			if heading {
				p.Headings = append(p.Headings, Heading{fmt.Sprint("h", len(p.Headings)), strings.TrimSpace(line), text.Len()})
			}
			text.WriteString(line)
		}
		p.Text = text.String()
		p.Minutes = len(strings.Fields(p.Text))/200 + 1
		pages = append(pages, p)
	}
	return pages
}
