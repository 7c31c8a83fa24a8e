package handout

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// asked finds in a style sheet what is no address (comments and strings), and
// addresses: url(…) with or without quotes, and @import.
var asked = regexp.MustCompile(`(?is)/\*.*?\*/|@import\b|url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`)

// css puts the files that a style sheet asks for into it.
func (p *packer) css(text, at string) (string, error) {
	var failed error
	text = asked.ReplaceAllStringFunc(text, func(found string) string {
		switch {
		case strings.EqualFold(found, "@import"):
			failed = errors.Join(failed, fmt.Errorf("%s: @import cannot be put into one file", at))
			return found
		case len(found) < 4 || !strings.EqualFold(found[:4], "url("):
			return found
		}
		m := asked.FindStringSubmatch(found)
		ref := m[1] + m[2] + m[3]
		if ref == "" || strings.HasPrefix(ref, "data:") || strings.HasPrefix(ref, "#") {
			return found
		}
		data, mediaType, _, err := p.fetch(at, ref)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", at, err))
		}
		return "url(" + dataURL(mediaType, data) + ")"
	})
	return strings.ReplaceAll(text, "</", `<\/`), failed
}

// symbol takes a drawing out of another file (<use href="icons.svg#search">)
// into this one.
func (p *packer) symbol(n *html.Node) error {
	href, ok := get(n, "href")
	file, id, _ := strings.Cut(href, "#")
	if !ok || file == "" {
		return nil
	}
	data, _, at, err := p.fetch(p.base.Path, file)
	if err != nil {
		return err
	}
	place, name := p.body, "symbol-"+id
	for up := n.Parent; up != nil; up = up.Parent {
		if up.DataAtom == atom.Main {
			place, name = up, "drawing-"+id
		}
	}
	if p.symbols[name] == nil {
		found, err := drawing(data, id)
		if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
		set(found, "id", name)
		p.symbols[name] = found
		p.sprite(place).AppendChild(found)
	}
	set(n, "href", "#"+name)
	return nil
}

// drawing returns the element with an id out of an SVG file.
func drawing(svg []byte, id string) (*html.Node, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(bytes.NewReader(svg), body)
	if err != nil {
		return nil, err
	}
	for _, root := range nodes {
		for n := range root.Descendants() {
			if value, ok := get(n, "id"); ok && value == id {
				n.Parent.RemoveChild(n)
				return n, nil
			}
		}
	}
	return nil, fmt.Errorf("there is no drawing %q", id)
}

// sprite returns the unseen element at the beginning of a place that holds its
// drawings. The main part has one of its own, so that it can be sealed alone.
func (p *packer) sprite(place *html.Node) *html.Node {
	if p.sprites[place] == nil {
		svg := &html.Node{Type: html.ElementNode, Data: "svg", DataAtom: atom.Svg, Namespace: "svg", Attr: []html.Attribute{
			{Key: "width", Val: "0"}, {Key: "height", Val: "0"}, {Key: "aria-hidden", Val: "true"}, {Key: "class", Val: "visually-hidden"},
		}}
		place.InsertBefore(svg, place.FirstChild)
		p.sprites[place] = svg
	}
	return p.sprites[place]
}

func get(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func set(n *html.Node, key, value string) {
	drop(n, func(a html.Attribute) bool { return a.Key == key })
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func drop(n *html.Node, which func(html.Attribute) bool) {
	n.Attr = slices.DeleteFunc(n.Attr, which)
}

// content returns the text of a script or style element.
func content(n *html.Node) string {
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(c.Data)
	}
	return b.String()
}

func setContent(n *html.Node, text string) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: text})
}
