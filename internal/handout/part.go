package handout

import (
	"bytes"
	"errors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Main returns the title and the main part of a page, which is all of it that
// unlock.js shows, and so all that needs to be sealed.
func Main(page []byte) ([]byte, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	main := find(root, atom.Main)
	if main == nil {
		return nil, errors.New("the page has no main part")
	}
	var b bytes.Buffer
	if title := find(root, atom.Title); title != nil {
		if err := html.Render(&b, title); err != nil {
			return nil, err
		}
	}
	err = html.Render(&b, main)
	return b.Bytes(), err
}
