package render

import (
	"strings"

	"rapport/internal/search"
	"rapport/internal/site"
)

// SearchPage returns what the search index knows of a page. It depends on the
// page, which has its own text, the labels of facets and the path of the base
// URL alone.
func SearchPage(c *site.Config, p *site.Page) search.Page {
	out := search.Page{
		URL: strings.TrimSuffix(c.BasePath(), "/") + p.URL, Title: p.Meta.Title, Summary: p.Meta.Summary, Type: p.Meta.Type, Lang: c.Language, Minutes: p.Meta.Minutes,
		Also: p.Meta.Also, Queries: p.Meta.Queries, Facets: map[string][]string{}, Text: p.Own.Doc.Text,
	}
	if p.Term != nil {
		out.Summary = p.Term.Short
	}
	for _, f := range c.FacetList() {
		for _, id := range p.Meta.Facet(f.ID) {
			if label, ok := f.Values[id]; ok {
				out.Facets[f.ID] = append(out.Facets[f.ID], id)
				out.FacetLabels = append(out.FacetLabels, label)
			}
		}
	}
	out.FacetLabels = append(out.FacetLabels, p.Meta.Tags...)
	for _, h := range p.Own.Doc.Outline {
		out.Headings = append(out.Headings, search.Heading{ID: h.ID, Text: h.Text, Start: h.Start})
	}
	return out
}

// Searchable reports whether the index holds the page: it is part of the site,
// and nobody asked for it not to be found.
func (w *World) Searchable(p *site.Page) bool {
	return !p.Index && p.Meta.Search && p.Meta.Listed && w.Site.Config.Live(p) && p.Meta.Type != "handout"
}

// SearchOptions returns the site's own words about its search.
func (w *World) SearchOptions() search.Options {
	say := w.Theme.Messages.Say
	// A term says in two lines what an article says in full, and a source is
	// seldom what a reader is after: both stand a little behind.
	o := search.Options{Synonyms: w.Site.Config.Synonyms, Types: map[string]float64{"term": 0.9, "source": 0.8}}
	if phrases := say("search.definitions"); phrases != "search.definitions" {
		for phrase := range strings.SplitSeq(phrases, ",") {
			o.Definitions = append(o.Definitions, strings.TrimSpace(phrase))
		}
	}
	for _, f := range w.Site.Config.FacetList() {
		facet := search.Facet{ID: f.ID, Label: f.Label}
		for _, id := range f.Order() {
			facet.Values = append(facet.Values, search.FacetValue{ID: id, Label: f.Values[id]})
		}
		o.Facets = append(o.Facets, facet)
	}
	time := search.Facet{ID: "time", Label: say("time")}
	for _, id := range []string{"5", "15", "30", "60"} {
		time.Values = append(time.Values, search.FacetValue{ID: id, Label: say("time." + id)})
	}
	time.Values = append(time.Values, search.FacetValue{ID: "more", Label: say("time.longer")})
	kind := search.Facet{ID: "type", Label: say("type")}
	for _, id := range site.Types() {
		kind.Values = append(kind.Values, search.FacetValue{ID: id, Label: say("type." + id)})
	}
	o.Facets = append(o.Facets, time, kind)
	return o
}
