package render

import (
	"slices"
	"strconv"
	"strings"

	"rapport/internal/files"
	"rapport/internal/site"
)

// OfSite reports whether the site alone has the answer, so that the same site
// gives the same.
func (k Kind) OfSite() bool {
	switch k {
	case Meta, Slug, Links, Section, Folder, Group, Neighbours, Related, CitedBy, WrittenBy, Places, Glossary, Tags, Facets, Listing:
		return true
	}
	return false
}

// OfPage reports whether it is what a page asks of itself, and no other output
// but that of a handout around it.
func (k Kind) OfPage() bool {
	switch k {
	case Body, Links, Neighbours, Related, Places:
		return true
	}
	return false
}

// Fingerprint returns the hash of the answer to a question; zero where there
// is no such thing (yet).
func (w *World) Fingerprint(k Key) files.Hash {
	s := w.Site
	switch k.Kind {
	case Meta:
		if p := s.File(k.Name); p != nil && s.Config.Live(p) {
			return p.MetaHash
		}
	case Slug:
		if p := s.Find(k.Name); p != nil {
			return p.MetaHash
		}
	case Body:
		if p := s.File(k.Name); p != nil && s.Config.Live(p) {
			return w.texts.Hash(k.Name)
		}
	case Links:
		return w.linksHash(k.Name)
	case Section:
		return w.sectionHash(k.Name)
	case Folder:
		if sec := s.Folder(k.Name); sec != nil {
			return sec.NameHash
		}
	case Group:
		return w.groupHash(k.Name)
	case Neighbours:
		if p := s.File(k.Name); p != nil {
			before, after := s.Neighbours(p)
			return pagesHash(before, after)
		}
	case Related:
		if p := s.File(k.Name); p != nil {
			return pagesHash(s.Related(p)...)
		}
	case CitedBy:
		return pagesHash(s.CitedBy(k.Name)...)
	case WrittenBy:
		return pagesHash(s.WrittenBy(k.Name)...)
	case Places:
		return w.placesHash(k.Name)
	case Glossary:
		return s.LexHash
	case Menu:
		return w.frame.menu
	case Tags:
		return w.frame.tags
	case Facets:
		return w.frame.facets
	case Listing:
		return w.listingHash(k.Name)
	case Config:
		return s.Config.Hash
	case Today:
		return w.frame.today
	case Messages:
		return w.Theme.Messages.Hash
	case Shared:
		if k.Name == "" {
			return w.frame.entries
		}
		return w.shared[k].hash
	case Layout:
		return w.Theme.Hash(k.Name)
	case Asset:
		return w.frame.assets[k.Name]
	case File:
		f, _ := w.Tree.Get(k.Name)
		return f.Hash
	case Keys:
		return w.locks[k.Name].Fingerprint
	case Unsaid:
		return w.unsaid
	}
	return files.Hash{}
}

func pagesHash(pages ...*site.Page) files.Hash {
	data := make([]byte, 0, 16*len(pages))
	for _, p := range pages {
		if p == nil {
			data = append(data, 0)
			continue
		}
		data = append(data, p.MetaHash[:]...)
	}
	return files.Sum(data)
}

// sectionHash covers a section, or one page of its list.
func (w *World) sectionHash(name string) files.Hash {
	folder, number, listed := strings.Cut(name, "#")
	sec := w.Site.Folder(folder)
	switch n, err := strconv.Atoi(number); {
	case sec == nil:
		return files.Hash{}
	case !listed:
		return sec.Hash
	case err != nil || n < 1 || n > pagesOf(len(sec.Pages)):
		return files.Hash{}
	default:
		return pagesHash(cut(sec.Pages, n)...)
	}
}

// listingHash covers what one file lists of the whole site.
func (w *World) listingHash(name string) files.Hash {
	switch name {
	case "feed":
		return pagesHash(newest(w.Site)...)
	case "sitemap":
		var b strings.Builder
		for _, u := range addresses(w.Site) {
			b.WriteString(u.Loc + "\x00" + u.Lastmod + "\x00")
		}
		return files.Sum([]byte(b.String()))
	case "progress":
		return pagesHash(slices.DeleteFunc(slices.Clone(w.Site.Pages), func(p *site.Page) bool { return !toWorkWith(p) })...)
	}
	return files.Hash{}
}

// groupHash covers one page of the list of a group.
func (w *World) groupHash(name string) files.Hash {
	id, number, _ := strings.Cut(name, "#")
	g := w.Site.Group(id)
	n, err := strconv.Atoi(number)
	if g == nil || err != nil || n < 1 || n > pagesOf(len(g.Pages)) {
		return files.Hash{}
	}
	data := []byte(strings.Join([]string{g.ID, g.Label, g.URL, itoa(len(g.Pages))}, "\x00"))
	for _, p := range cut(g.Pages, n) {
		data = append(data, p.MetaHash[:]...)
	}
	return files.Sum(data)
}

func groupsHash(groups []*site.Group) files.Hash {
	var b strings.Builder
	for _, g := range groups {
		b.WriteString(g.URL + "\x00" + g.Label + "\x00")
		b.WriteString(strings.Repeat("+", min(len(g.Pages), 1)))
		b.WriteString(itoa(len(g.Pages)) + "\x00")
	}
	return files.Sum([]byte(b.String()))
}

func (w *World) placesHash(path string) files.Hash {
	p := w.Site.File(path)
	if p == nil {
		return files.Hash{}
	}
	var b strings.Builder
	for _, place := range w.Site.Places(p) {
		b.Write(place.Guide.MetaHash[:])
		b.WriteString(itoa(place.Number) + "/" + itoa(place.Of) + "\x00")
	}
	return files.Sum([]byte(b.String()))
}
