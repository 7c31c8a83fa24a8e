package site

import (
	"strings"

	"rapport/internal/files"
)

// Kept is a page as it can be written down and read again by another process.
type Kept struct {
	Page
	Anchors, Links, Items, Places string
	Withheld                      bool
}

// Keep returns what makes the page, but for its Own.
func (p *Page) Keep() Kept {
	k := Kept{*p, p.anchors, p.links, p.items, p.Meta.places, p.withheld}
	k.Own = nil
	return k
}

// Back returns the page that was kept.
func (k *Kept) Back() *Page {
	p := &k.Page
	p.anchors, p.links, p.items, p.Meta.places, p.withheld = k.Anchors, k.Links, k.Items, k.Places, k.Withheld
	p.finish()
	return p
}

// finish works out what follows from the rest.
func (p *Page) finish() {
	p.sortKey = strings.ToLower(p.Meta.Title)
	p.anchorHash = files.Sum([]byte(p.anchors))
}
