package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/fields"
	"rapport/internal/markdown"
)

// Handout is a handout with its place: the address of a handout is not for
// others to guess.
type Handout struct {
	advice.Handout
	Settings advice.HandoutSettings
}

// Confidential reports whether the page is a handout that no other output may
// tell of: unlisted or sealed.
func (p *Page) Confidential() bool { return p.Handout != nil && !p.Meta.Listed }

// AccessPos returns the place where the handout says who may read it.
func (p *Page) AccessPos() diag.Pos { return keyPos(p.Handout.Settings.At, "access", p) }

// hand sees to what is special about a handout.
func (p *Page) hand() diag.List {
	p.Meta.Expires = "" // an expired handout says so instead of vanishing
	diags := p.checkHandout()
	if key := Slugify(p.Handout.Settings.Key); key != "" {
		p.URL = strings.TrimSuffix(p.URL, "/") + "-" + key + "/"
	}
	if p.Index {
		diags.Error(diag.File(p.Path), "give the file another name than "+path.Base(p.Path), "a handout cannot stand for a folder, whose page everybody sees")
	}
	if len(p.Meta.Redirects) > 0 {
		diags.Error(place(&p.Meta, "redirects", "aliases"), "leave redirects out, and hand out the new address", "an earlier address would lead others to the handout")
	}
	if p.Handout.Sealed && p.Meta.Listed {
		diags.Error(p.keyPos("listed"), "leave listed out: a sealed page has nothing to show in a list", "a sealed page cannot be listed")
	}
	return diags
}

// unknown reports keys of the front matter that mean nothing. They are errors
// where one may have been meant to seal the page.
func (p *Page) unknown(n *fields.Node, known []string, found bool) diag.List {
	if p.Meta.Type == "handout" {
		diags := fields.Unknown(n, known, diag.Error, "front matter")
		if !found {
			diags.Error(diag.File(p.Path), "begin the file with front matter, without an empty line before its ---, as `rapport new handout` does", "a handout needs front matter, which says who may read it")
		}
		return diags
	}
	diags := fields.Unknown(n, known, diag.Warning, "front matter")
	if n != nil {
		for _, k := range n.Keys {
			if k.Name == "access" {
				diags.Error(k.Pos, "add type: handout, or move the file to content/handouts/", "only a handout can be sealed, and this page is of the type %s", p.Meta.Type)
				p.withheld = true
			}
		}
	}
	return diags
}

// withhold keeps a handout with errors off the site: it may have been meant to
// be sealed, and must not be shown as text.
func (p *Page) withhold(diags diag.List) {
	folder, _, _ := strings.Cut(p.Folder, "/")
	meant := p.Meta.Type == "handout" || folderType(folder) == "handout" && !p.Index
	p.withheld = p.withheld || meant && diags.Errors() > 0
}

// hiddenByDefault says which defaults handouts turn round: nobody is to come
// across them.
func (p *Page) hiddenByDefault() {
	if p.Meta.Type != "handout" {
		return
	}
	if !present(&p.Meta, "search") {
		p.Meta.Search = false
	}
	if !present(&p.Meta, "listed") {
		p.Meta.Listed = false
	}
}

// checkHandout reports what would give a handout away.
func (p *Page) checkHandout() diag.List {
	var diags diag.List
	s := p.Handout.Settings
	if advice.NamesClient(s.Client, p.Slug) || advice.NamesClient(s.Client, fileSlug(path.Base(p.Path))) {
		diags.Warn(keyPos(s.At, "client", p), "name the file by its subject; the client's name stays inside", "the client's name is part of the address")
	}
	if s.Key == "" {
		diags.Warn(diag.File(p.Path), "add key: with twelve or more random letters and digits, as `rapport new handout` does", "the handout's address can be guessed: it has no key")
	}
	return diags
}

// AssetsOf returns the files that are no pages and that the page shows or links
// to, by path in the tree. The name says which are of interest; nil takes all.
func (s *Site) AssetsOf(p *Page, interesting func(name string) bool) []string {
	var list []string
	add := func(kind markdown.HoleKind, target string) {
		if target == "" || interesting != nil && !interesting(assetName(target)) {
			return
		}
		if ref, problem := s.Resolve(p, markdown.Hole{Kind: kind, Target: target}); problem == (Problem{}) && ref.Asset != "" {
			list = append(list, ref.Asset)
		}
	}
	for h := range p.Links() {
		if h.Kind == markdown.Image || h.Kind == markdown.Link {
			add(h.Kind, h.Target)
		}
	}
	add(markdown.Image, p.Meta.Image)
	if p.Person != nil {
		add(markdown.Image, p.Person.Photo)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// assetName returns the name of the file that a link may mean.
func assetName(target string) string {
	target, _, _ = strings.Cut(target, "#")
	target, _, _ = strings.Cut(target, "?")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	return path.Base(target)
}
