package render

import (
	"maps"
	"slices"

	"rapport/internal/site"
)

// listTargets are the pages that list others: home, sections, facet values,
// tags, the page that leads to everything, and that for wrong addresses.
func listTargets(w *World) []Target {
	s := w.Site
	list := homeTargets(s)
	for _, sec := range s.Sections {
		list = append(list, sectionTargets(sec)...)
	}
	for _, f := range s.Facets {
		list = append(list, facetTarget(f))
		for _, g := range f.Groups {
			list = append(list, groupTargets(f, g)...)
		}
	}
	if len(s.Tags) > 0 {
		list = append(list, tagsTarget(s))
		for _, g := range s.Tags {
			list = append(list, groupTargets(&site.Facets{ID: "tags"}, g)...)
		}
	}
	list = append(list,
		progressTarget(s),
		Target{"search/index.html", "search page", func(v *View) ([]byte, error) {
			return v.execute("search.html", v.everything())
		}},
		Target{"404.html", "page for wrong addresses", func(v *View) ([]byte, error) {
			return v.execute("404.html", &PageView{View: v, Kind: "missing", Title: v.T("missing.title"), Summary: v.T("missing.summary")})
		}})
	return list
}

// homeTargets are the home page and, where more pages lie outside all folders
// than it can name, plain lists of the others.
func homeTargets(s *site.Site) []Target {
	recipe, home, root := "home", s.Home, s.Root
	if home != nil {
		recipe = "page " + home.Path
	}
	list := []Target{{"index.html", recipe, func(v *View) ([]byte, error) {
		p := &PageView{View: v, Title: v.SiteTitle(), Summary: v.SiteDescription(), URL: "/"}
		if home != nil {
			p = v.pageView(home)
		}
		p.Kind = "home"
		p.List = &List{Sections: v.AllSections()}
		p.List.Cards, p.List.Pager = v.listed(root, 1)
		return v.execute("home.html", p)
	}}}
	for number := 2; number <= pagesOf(len(root.Pages)); number++ {
		url := pageURL("/", number)
		list = append(list, Target{file(url), recipe, func(v *View) ([]byte, error) {
			p := &PageView{View: v, Kind: "section", Title: v.T("search.all"), Summary: v.SiteDescription(), URL: url, List: &List{}}
			p.List.Cards, p.List.Pager = v.listed(root, number)
			return v.execute("section.html", p)
		}})
	}
	return list
}

// sectionTargets are the pages of a folder. A glossary stands on one page.
func sectionTargets(sec *site.Section) []Target {
	layout, kind := "section.html", "section"
	of := pagesOf(len(sec.Pages))
	if sec.Terms {
		layout, kind, of = "glossary.html", "glossary", 1
	}
	recipe := "section " + sec.Folder
	if sec.Page != nil {
		recipe = "page " + sec.Page.Path
	}
	var list []Target
	for number := 1; number <= of; number++ {
		url := pageURL(sec.URL, number)
		list = append(list, Target{file(url), recipe, func(v *View) ([]byte, error) {
			p := v.sectionView(sec, kind, number)
			if p.URL = url; sec.Terms {
				p.List.Cards, p.List.Pager = v.first(sec, len(sec.Pages)), nil
			}
			return v.execute(layout, p)
		}})
	}
	return list
}

func (v *View) sectionView(sec *site.Section, kind string, number int) *PageView {
	p := &PageView{View: v, Title: sec.Title, Summary: v.T("group.summary", sec.Title, v.SiteTitle())}
	if sec.Page != nil {
		p = v.pageView(sec.Page)
	}
	p.Kind, p.List = kind, &List{}
	p.List.Cards, p.List.Pager = v.listed(sec, number)
	for _, in := range sec.Sections {
		p.List.Sections = append(p.List.Sections, v.section(in))
	}
	for folder := parent(sec.Folder); folder != ""; folder = parent(folder) {
		v.note(Folder, folder)
		if up := v.world.Site.Folder(folder); up != nil {
			p.List.above = append(p.List.above, Crumb{up.Title, v.Path(up.URL)})
		}
	}
	slices.Reverse(p.List.above)
	return p
}

// facetTarget is the page of all values of a facet.
func facetTarget(f *site.Facets) Target {
	return Target{f.ID + "/index.html", "facet " + f.ID, func(v *View) ([]byte, error) {
		v.note(Facets, "")
		v.config()
		groups := v.groups(f)
		p := &PageView{View: v, Kind: "facet", Title: groups[0].Facet, URL: "/" + f.ID + "/", List: &List{Groups: groups}}
		p.Summary = v.T("facet.summary", p.Title, v.SiteTitle())
		return v.execute("facet.html", p)
	}}
}

// groupTargets are the pages of one facet value or tag.
func groupTargets(f *site.Facets, g *site.Group) []Target {
	var list []Target
	name := f.ID + "/" + g.ID
	for number := 1; number <= pagesOf(len(g.Pages)); number++ {
		url := pageURL(g.URL, number)
		list = append(list, Target{file(url), "group " + name, func(v *View) ([]byte, error) {
			v.note(Group, name+"#"+itoa(number))
			v.config()
			view := v.group(f, g)
			p := &PageView{View: v, Kind: "group", Title: view.Label, URL: url, List: &List{}}
			above := Crumb{view.Facet, v.Path("/" + f.ID + "/")}
			if f.ID == "tags" {
				above.Title = v.T("tags")
			}
			p.Summary = v.T("group.summary", view.Label, v.SiteTitle())
			p.List.above = Crumbs{above}
			p.List.Cards, p.List.Pager = v.page(g.URL, g.Pages, number)
			return v.execute("group.html", p)
		}})
	}
	return list
}

func tagsTarget(s *site.Site) Target {
	return Target{"tags/index.html", "tags", func(v *View) ([]byte, error) {
		v.note(Tags, "")
		p := &PageView{View: v, Kind: "tags", Title: v.T("tags"), Summary: v.T("tags.summary", v.SiteTitle()), URL: "/tags/", List: &List{}}
		for _, g := range s.Tags {
			p.List.Groups = append(p.List.Groups, GroupView{ID: g.ID, Label: g.Label, URL: v.Path(g.URL), Count: len(g.Pages), Of: "tags"})
		}
		return v.execute("tags.html", p)
	}}
}

// listsAll is up to how many pages a site's search page lists each of them.
// Beyond, it leads to the sections, which list theirs page by page.
const listsAll = 300

// everything is the page that leads to all others by section, so that readers
// without script find each of them.
func (v *View) everything() *PageView {
	p := &PageView{View: v, Kind: "search", Title: v.T("search"), Summary: v.T("search.summary", v.SiteTitle()), URL: "/search/", List: &List{}}
	root, sections := v.world.Site.Root, v.world.Site.Sections
	v.note(Section, root.Folder)
	all := len(root.Pages)
	for _, sec := range sections {
		v.note(Section, sec.Folder)
		all += len(sec.Pages)
	}
	add := func(s SectionView, sec *site.Section) {
		if len(sec.Pages) == 0 {
			return
		}
		if s.Count = len(sec.Pages); all <= listsAll {
			s.Cards = v.first(sec, all)
		}
		p.List.Sections = append(p.List.Sections, s)
	}
	add(SectionView{Title: v.SiteTitle(), URL: v.Path("/")}, root)
	for _, sec := range sections {
		add(v.section(sec), sec)
	}
	return p
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
