package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// Ref is where a link leads: to a page, a section, or another file.
type Ref struct {
	Page   *Page
	URL    string // below the base URL, query and anchor included
	Title  string // of the page or section; empty for other files
	Anchor string
	Asset  string // path in the tree of a file that is no page
}

// Problem says why a link leads nowhere; the zero Problem says that it does.
type Problem struct{ Message, Hint string }

// Resolve finds where a link, wikilink or image of the page leads.
func (s *Site) Resolve(from *Page, h markdown.Hole) (Ref, Problem) {
	if h.Kind == markdown.Cite {
		return s.source(h.Target)
	}
	target, anchor, _ := strings.Cut(h.Target, "#")
	target, query, _ := strings.Cut(target, "?")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if plain, err := url.PathUnescape(anchor); err == nil {
		anchor = plain
	}
	var ref Ref
	var problem Problem
	switch {
	case h.Kind == markdown.Wiki || strings.HasPrefix(h.Target, "wiki:"):
		ref, problem = s.wiki(from, strings.TrimPrefix(target, "wiki:"))
	case target == "":
		ref = pageRef(from)
	default:
		ref, problem = s.file(from, target)
	}
	if problem != (Problem{}) {
		return ref, problem
	}
	if query != "" {
		ref.URL += "?" + query
	}
	if anchor != "" {
		if ref.Page != nil && !ref.Page.Has(anchor) {
			return Ref{}, Problem{"the page " + ref.Page.Path + " has no heading or anchor #" + anchor, nearestAnchor(ref.Page, anchor)}
		}
		ref.Anchor = anchor
		ref.URL += "#" + url.PathEscape(anchor)
	}
	return ref, problem
}

func pageRef(p *Page) Ref {
	return Ref{Page: p, URL: p.URL, Title: p.Meta.Title}
}

// wiki finds a page by its slug, file name or title.
func (s *Site) wiki(from *Page, name string) (Ref, Problem) {
	if name == "" {
		return pageRef(from), Problem{}
	}
	slug := Slugify(strings.TrimSuffix(path.Base(name), ".md"))
	if p := s.bySlug[slug]; p != nil {
		return pageRef(p), Problem{}
	}
	return Ref{}, Problem{"there is no page " + quote(name), s.nearestSlug(slug)}
}

// source finds a cited source by its id.
func (s *Site) source(id string) (Ref, Problem) {
	if p := s.bySlug[id]; p != nil && p.Source != nil {
		return pageRef(p), Problem{}
	}
	var ids []string
	for _, p := range s.Pages {
		if p.Source != nil {
			ids = append(ids, p.Slug)
		}
	}
	slices.Sort(ids)
	return Ref{}, Problem{"there is no source " + quote(id), diag.DidYouMean(id, ids, "add a page sources/"+id+".md")}
}

// file finds what a path leads to: a page by its file or address, a section,
// or a file beside the page or in static/.
func (s *Site) file(from *Page, target string) (Ref, Problem) {
	if strings.ContainsRune(target, '\\') || strings.ContainsRune(target, 0) {
		return Ref{}, Problem{"the link " + quote(target) + " is not a path", "write it with forward slashes"}
	}
	if ref, ok := s.plain(target); ok {
		return ref, Problem{}
	}
	clean := path.Join("content", target)
	if !strings.HasPrefix(target, "/") {
		clean = path.Join(path.Dir(from.Path), target)
	}
	below := strings.TrimPrefix(clean, "content/")
	if clean == "content" {
		below = ""
	}
	if p := s.byPath[clean]; p != nil {
		return s.page(p, target)
	}
	for _, asset := range []string{clean, path.Join("static", target)} {
		if _, ok := s.assets[asset]; ok {
			return Ref{URL: AssetURL(asset), Asset: asset}, Problem{}
		}
	}
	if isMarkdown(clean) {
		return Ref{}, Problem{"there is no page at " + quote(target), s.nearestSlug(fileSlug(path.Base(clean)))}
	}
	if ref, ok := s.address("/" + withSlash(strings.Trim(below, "/"))); ok {
		return ref, Problem{}
	}
	if base := s.basePath(); strings.HasPrefix(target, base) && base != "/" {
		if ref, ok := s.address("/" + withSlash(strings.Trim(strings.TrimPrefix(target, base), "/"))); ok {
			return ref, Problem{}
		}
	}
	if ref, ok := s.relative(from, target); ok {
		return ref, Problem{}
	}
	if s.left[clean] {
		return Ref{}, Problem{"the file " + quote(target) + " is not part of the site: " + notCopied, "put it into static/ if you trust it"}
	}
	return Ref{}, Problem{"the link " + quote(target) + " leads nowhere", s.nearestSlug(Slugify(path.Base(strings.TrimSuffix(target, "/"))))}
}

// plain finds the page whose address is the target as it stands, where no file
// has that path: what file would find too, with less to join and to clean.
func (s *Site) plain(target string) (Ref, bool) {
	p := s.byURL[target]
	if p == nil || s.covered[target] || len(target) < 2 || target[len(target)-1] != '/' || isMarkdown(target[:len(target)-1]) {
		return Ref{}, false
	}
	return pageRef(p), true
}

// relative reads a path the way a browser on the built page would.
func (s *Site) relative(from *Page, target string) (Ref, bool) {
	if strings.HasPrefix(target, "/") {
		return Ref{}, false
	}
	return s.address(path.Join(from.URL, target) + "/")
}

func (s *Site) page(p *Page, target string) (Ref, Problem) {
	if s.byURL[p.URL] != p {
		return Ref{}, Problem{"the link " + quote(target) + " leads to a page that is not part of the site today", "it is a draft, not yet published, or expired"}
	}
	return pageRef(p), Problem{}
}

// address finds the page or section with the address, whose parts may be
// written as file names are.
func (s *Site) address(u string) (Ref, bool) {
	if p := s.byURL[u]; p != nil { // what most links are
		return pageRef(p), true
	}
	for _, try := range []string{u, "/" + withSlash(slugPath(strings.TrimSuffix(strings.Trim(u, "/"), ".html")))} {
		if p := s.byURL[try]; p != nil {
			return pageRef(p), true
		}
		if sec := s.folders[strings.Trim(try, "/")]; sec != nil && (try == "/" || !sec.empty()) {
			return Ref{URL: sec.URL, Title: sec.Title}, true
		}
		if g := s.groups[strings.Trim(try, "/")]; g != nil {
			return Ref{URL: g.URL, Title: g.Label}, true
		}
		switch try {
		case "/search/", "/tags/", "/progress/":
			return Ref{URL: try}, true
		case "/sitemap.xml/", "/feed.xml/":
			return Ref{URL: strings.TrimSuffix(try, "/")}, true
		}
	}
	return Ref{}, false
}

// Base returns the path part of the base URL, which begins and ends with a
// slash.
func (s *Site) basePath() string { return s.Config.BasePath() }

// BasePath returns the path under which the site stands, beginning and ending
// with a slash.
func (c *Config) BasePath() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Path == "" {
		return "/"
	}
	return "/" + withSlash(strings.Trim(u.Path, "/"))
}

// Find returns the live page with the slug, or nil.
func (s *Site) Find(slug string) *Page { return s.bySlug[slug] }

// At returns the live page that stands at the address, or nil.
func (s *Site) At(url string) *Page { return s.byURL[url] }

// File returns the page of the file, live or not, or nil.
func (s *Site) File(path string) *Page { return s.byPath[path] }

// Folder returns the section of the folder, or nil.
func (s *Site) Folder(folder string) *Section { return s.folders[folder] }
