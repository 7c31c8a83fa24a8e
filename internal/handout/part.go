package handout

import (
	"bytes"
	"errors"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Part is all of a page that unlock.js shows, and so all that needs to be
// sealed, with what it needs besides.
type Part struct {
	HTML      []byte   // the title and the main part
	Modules   []string // addresses of the modules that the page runs, as written
	Addresses []string // of what the main part shows or links to, as written, each once
}

// Take takes a built page apart.
func Take(page []byte) (Part, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return Part{}, err
	}
	main := find(root, atom.Main)
	if main == nil {
		return Part{}, errors.New("the page has no main part")
	}
	var p Part
	var b bytes.Buffer
	if title := find(root, atom.Title); title != nil {
		if err := html.Render(&b, title); err != nil {
			return Part{}, err
		}
	}
	if err := html.Render(&b, main); err != nil {
		return Part{}, err
	}
	p.HTML = b.Bytes()
	for _, n := range elements(root) {
		if kind, _ := get(n, "type"); n.DataAtom == atom.Script && kind == "module" {
			src, _ := get(n, "src")
			p.Modules = append(p.Modules, src)
		}
	}
	for _, n := range elements(main) {
		for _, key := range []string{"src", "href"} {
			if address, ok := get(n, key); ok && !slices.Contains(p.Addresses, address) {
				p.Addresses = append(p.Addresses, address)
			}
		}
	}
	return p, nil
}
