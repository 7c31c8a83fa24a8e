package handout

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Load returns a file of the site and its media type, by the path that a page
// asks for: "/assets/style.css". Paths begin with a slash and hold no escapes.
type Load func(path string) (data []byte, mediaType string, err error)

// SingleFile makes one HTML file of a built page: with its style sheets,
// scripts, images, icons and, if it is sealed, its sealed files inside. The file
// asks nobody for anything, from disk or out of a mail, and says so in a policy
// of its own. Links to other pages lead to the site.
//
// The address is where the page stands, best with https and host. Without a
// host, links to other pages lose their address and keep their text. What
// cannot be put into the file, such as an image from elsewhere, is an error
// that names it.
func SingleFile(page []byte, address string, load Load) ([]byte, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the address of the page: %w", err)
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	p := packer{base: base, load: load, symbols: map[string]*html.Node{}, sprites: map[*html.Node]*html.Node{}}
	p.head, p.body = find(root, atom.Head), find(root, atom.Body)
	if p.head == nil || p.body == nil {
		return nil, fmt.Errorf("%s has no head or no body", address)
	}
	for _, n := range elements(root) {
		if err := p.element(n); err != nil {
			return nil, err
		}
	}
	if err := p.finish(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = html.Render(&b, root)
	return b.Bytes(), err
}

// packer goes once through the elements of a page.
type packer struct {
	base       *url.URL
	load       Load
	head, body *html.Node
	symbols    map[string]*html.Node     // of sprites, by their new id
	sprites    map[*html.Node]*html.Node // by the part of the page
	entries    []string                  // modules to run
	apart      []string                  // modules to have at hand
	late       []*html.Node              // deferred scripts
	hashes     []string                  // of scripts
}

// elements returns all elements in the order of the page.
func elements(root *html.Node) []*html.Node {
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			list = append(list, n)
		}
	}
	return list
}

func find(root *html.Node, what atom.Atom) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == what {
			return n
		}
	}
	return nil
}

// element puts what one element asks for into the page.
func (p *packer) element(n *html.Node) error {
	drop(n, func(a html.Attribute) bool { return a.Key == "integrity" || a.Key == "crossorigin" })
	switch n.Data {
	case "link":
		return p.link(n)
	case "script":
		return p.script(n)
	case "style":
		return p.style(n, p.base.Path, content(n))
	case "img":
		return p.image(n)
	case "source":
		if n.Parent != nil && n.Parent.Data == "picture" {
			n.Parent.RemoveChild(n) // the image itself is enough
			return nil
		}
	case "use":
		return p.symbol(n)
	case "a", "area":
		p.anchor(n, "href")
	case "base":
		n.Parent.RemoveChild(n)
		return nil
	}
	p.anchor(n, "data-progress")
	if _, sealed := get(n, "data-sealed"); sealed {
		if err := p.sealed(n); err != nil {
			return err
		}
	}
	for _, key := range []string{"src", "srcset", "poster", "data", "background"} {
		if value, ok := get(n, key); ok && !strings.HasPrefix(value, "data:") {
			return fmt.Errorf("<%s %s=%q> cannot be put into one file", n.Data, key, value)
		}
	}
	return nil
}

// link keeps what a page looks like and what it is; all else would be asked
// for.
func (p *packer) link(n *html.Node) error {
	rel, _ := get(n, "rel")
	href, _ := get(n, "href")
	kinds := strings.Fields(strings.ToLower(rel))
	switch {
	case slices.Contains(kinds, "alternate") && slices.Contains(kinds, "stylesheet"):
	case slices.Contains(kinds, "stylesheet"):
		data, _, at, err := p.fetch(p.base.Path, href)
		if err != nil {
			return err
		}
		n.Data, n.DataAtom = "style", atom.Style
		drop(n, func(a html.Attribute) bool { return a.Key == "rel" || a.Key == "href" || a.Key == "type" })
		return p.style(n, at, string(data))
	case slices.Contains(kinds, "icon"):
		return p.inline(n, "href")
	case slices.Contains(kinds, "canonical"), slices.Contains(kinds, "license"), slices.Contains(kinds, "author"):
		return nil
	}
	n.Parent.RemoveChild(n)
	return nil
}

func (p *packer) style(n *html.Node, at, css string) error {
	text, err := p.css(css, at)
	if err != nil {
		return err
	}
	setContent(n, text)
	return nil
}

// image takes an image as it is, without its other sizes.
func (p *packer) image(n *html.Node) error {
	drop(n, func(a html.Attribute) bool { return a.Key == "srcset" || a.Key == "sizes" || a.Key == "loading" })
	if _, ok := get(n, "src"); !ok {
		return nil
	}
	return p.inline(n, "src")
}

// inline turns an address into a data: URL.
func (p *packer) inline(n *html.Node, key string) error {
	value, _ := get(n, key)
	if strings.HasPrefix(value, "data:") {
		return nil
	}
	data, mediaType, _, err := p.fetch(p.base.Path, value)
	if err != nil {
		return err
	}
	set(n, key, dataURL(mediaType, data))
	return nil
}

func dataURL(mediaType string, data []byte) string {
	return "data:" + strings.ReplaceAll(mediaType, " ", "") + ";base64," + base64.StdEncoding.EncodeToString(data)
}

// anchor makes a link lead from anywhere to the site, or to a place in the
// page.
func (p *packer) anchor(n *html.Node, key string) {
	value, ok := get(n, key)
	if !ok || strings.HasPrefix(value, "data:") {
		return
	}
	u, err := p.base.Parse(value)
	switch {
	case err != nil || u.Host == "" && (u.Scheme == "" || u.Scheme == "file") && u.Path != p.base.Path:
		drop(n, func(a html.Attribute) bool { return a.Key == key })
	case u.Host == p.base.Host && u.Path == p.base.Path && u.RawQuery == "" && u.Scheme == p.base.Scheme:
		set(n, key, "#"+u.EscapedFragment())
	default:
		set(n, key, u.String())
	}
}

// sealed puts the sealed files of a sealed page, and the modules that it loads
// once it is open, into the page.
func (p *packer) sealed(n *html.Node) error {
	list, _ := get(n, "data-files")
	for _, address := range strings.Fields(list) {
		data, _, at, err := p.fetch(p.base.Path, address)
		if err != nil {
			return err
		}
		n.Parent.InsertBefore(&html.Node{Type: html.ElementNode, Data: "template", DataAtom: atom.Template, Attr: []html.Attribute{
			{Key: "data-sealed-file", Val: path.Base(at)}, {Key: "data-bytes", Val: base64.StdEncoding.EncodeToString(data)},
		}}, n)
	}
	drop(n, func(a html.Attribute) bool { return a.Key == "data-files" })
	return p.scripts(n)
}

// fetch loads a file of the site by a reference from another, and returns
// where it stands.
func (p *packer) fetch(from, ref string) (data []byte, mediaType, at string, err error) {
	at, err = p.resolve(from, ref)
	if err != nil {
		return nil, "", "", err
	}
	data, mediaType, err = p.load(at)
	if err != nil {
		return nil, "", "", fmt.Errorf("%s: %w", at, err)
	}
	return data, mediaType, at, nil
}

// resolve returns the path that a reference from another file means.
func (p *packer) resolve(from, ref string) (string, error) {
	u, err := url.Parse(ref)
	if err != nil {
		return "", err
	}
	u = (&url.URL{Scheme: p.base.Scheme, Host: p.base.Host, Path: from}).ResolveReference(u)
	if u.Host != p.base.Host || u.Scheme != p.base.Scheme || u.Opaque != "" || !strings.HasPrefix(u.Path, "/") {
		return "", fmt.Errorf("%s is not a file of the site and cannot be put into the page", ref)
	}
	return u.Path, nil
}

// finish puts in what belongs at the ends of the page.
func (p *packer) finish() error {
	if err := p.endScripts(); err != nil {
		return err
	}
	policy := "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src " + strings.Join(p.hashes, " ")
	if len(p.hashes) == 0 {
		policy += "'none'"
	}
	meta := &html.Node{Type: html.ElementNode, Data: "meta", DataAtom: atom.Meta, Attr: []html.Attribute{{Key: "http-equiv", Val: "Content-Security-Policy"}, {Key: "content", Val: policy}}}
	place := p.head.FirstChild // the encoding must come within the first 1024 bytes
	for n := range p.head.ChildNodes() {
		if _, ok := get(n, "charset"); ok {
			place = n.NextSibling
		}
	}
	p.head.InsertBefore(meta, place)
	return nil
}

func hash(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
