package render

import (
	"iter"

	"rapport/internal/files"
	"rapport/internal/markdown"
	"rapport/internal/site"
)

// Addresses returns a hash of all that decides where links lead, besides the
// pages that they stand on.
func (w *World) Addresses() files.Hash {
	return files.Sum(append(w.Site.Addresses[:], w.Site.Config.Hash[:]...))
}

// LinksOf returns the answer to Links of the page.
func (w *World) LinksOf(p *site.Page) files.Hash { return w.linksHash(p.Path) }

// KnowLinks takes n answers of LinksOf, so that they are not worked out again.
func (w *World) KnowLinks(n int, answers iter.Seq2[*site.Page, files.Hash]) {
	w.links = make(map[*site.Page]files.Hash, n)
	for p, h := range answers {
		w.links[p] = h
	}
}

// linksHash covers where the links, citations and pictures of a page lead.
func (w *World) linksHash(path string) files.Hash {
	p := w.Site.File(path)
	if p == nil {
		return files.Hash{}
	}
	if h, ok := w.links[p]; ok {
		return h
	}
	data := make([]byte, 0, 2<<10)
	for h := range p.Links() {
		data = w.appendLink(data, p, h)
	}
	for _, target := range []string{p.Meta.Image, photo(p)} {
		if target != "" {
			data = w.appendLink(data, p, markdown.Hole{Kind: markdown.Image, Target: target})
		}
	}
	return files.Sum(data)
}

func photo(p *site.Page) string {
	if p.Person == nil {
		return ""
	}
	return p.Person.Photo
}

// appendLink appends where the link leads. What the page shows of that end, such
// as its title, is another question.
func (w *World) appendLink(data []byte, p *site.Page, h markdown.Hole) []byte {
	ref, problem := w.Site.Resolve(p, h)
	end, kind := ref.Asset, ""
	if ref.Page != nil {
		end, kind = ref.Page.Path, ref.Page.Meta.Type
	}
	for _, s := range []string{ref.URL, end, kind, problem.Message, problem.Hint} {
		data = append(append(data, s...), 0)
	}
	return data
}
