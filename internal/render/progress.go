package render

import (
	"slices"
	"strings"

	"rapport/internal/site"
)

// worked are the types of pages that a reader works with, in the order of the
// page that lists them.
var worked = []string{"guide", "checklist", "assessment", "questions"}

// progressTarget is the page "Your progress": without script a list of all
// pages to work with, by type; with it what the reader has begun of them.
func progressTarget(s *site.Site) Target {
	return Target{"progress/index.html", "progress page", func(v *View) ([]byte, error) {
		v.note(Listing, "progress")
		p := &PageView{View: v, Kind: "progress", Title: v.T("js.progress.title"), Summary: v.T("js.progress.summary"), URL: "/progress/", List: &List{}}
		for _, kind := range worked {
			var pages []*site.Page
			for _, q := range s.Pages {
				if q.Meta.Type == kind && toWorkWith(q) {
					pages = append(pages, q)
				}
			}
			if len(pages) > 0 {
				p.List.Sections = append(p.List.Sections, SectionView{Title: v.T("types." + kind), Cards: v.cards(pages)})
			}
		}
		return v.execute("progress.html", p)
	}}
}

// toWorkWith reports whether that page lists this one.
func toWorkWith(p *site.Page) bool { return p.Meta.Listed && slices.Contains(worked, p.Meta.Type) }

// IDOf returns what the page at an address of this site is known by on a
// reader's device: see ID.
func (v *View) IDOf(url string) string {
	return strings.TrimPrefix(url, strings.TrimSuffix(v.config().BasePath(), "/"))
}
