package render_test

import (
	"bytes"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"rapport/internal/diag"
	"rapport/internal/pipeline"
	"rapport/internal/render"
	"rapport/internal/sitetest"
)

// kitchen builds the site in testdata/kitchen, which holds a page of every
// kind with every component, in the default theme of this checkout. Changes
// are pairs of text to replace in site.yaml.
func kitchen(t *testing.T, themeName string, changes ...string) (map[string][]byte, diag.List) {
	t.Helper()
	return kitchenWith(t, nil, append([]string{"theme", themeName}, changes...)...)
}

// kitchenWith is the kitchen with more files; the first pair of changes may name
// a theme.
func kitchenWith(t *testing.T, more map[string]string, changes ...string) (map[string][]byte, diag.List) {
	t.Helper()
	themeName := ""
	if len(changes) > 0 && changes[0] == "theme" {
		themeName, changes = changes[1], changes[2:]
	}
	tree := sitetest.Folder(t, "testdata/kitchen")
	settings, ok := tree.Get("site.yaml")
	if !ok {
		t.Fatal("the kitchen has no site.yaml")
	}
	text, err := settings.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	tree = sitetest.With(sitetest.With(tree, map[string]string{"site.yaml": strings.NewReplacer(changes...).Replace(string(text))}), more)
	site := sitetest.Build(t, tree, pipeline.Settings{Theme: themeName, Today: "2026-11-22", Sealing: render.Sealing{
		Passphrases: func(string) ([]string, error) { return []string{"velvet acorn tidal museum bright"}, nil },
		Random:      func() io.Reader { return rand.NewChaCha8([32]byte{}) },
	}})
	return site.Files, site.Diags
}

// page is one HTML page of a built site.
type page struct {
	t    *testing.T
	path string
	root *html.Node
}

func open(t *testing.T, site map[string][]byte, path string) page {
	t.Helper()
	data, ok := site[path]
	if !ok {
		t.Fatalf("there is no %s among %v", path, slices.Sorted(maps.Keys(site)))
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return page{t, path, root}
}

func (p page) all(selector string) []*html.Node {
	p.t.Helper()
	return cascadia.QueryAll(p.root, cascadia.MustCompile(selector))
}

// has checks how many nodes the selectors find: {"h1": 1}.
func (p page) has(counts map[string]int) {
	p.t.Helper()
	for _, selector := range slices.Sorted(maps.Keys(counts)) {
		if got := len(p.all(selector)); got != counts[selector] {
			p.t.Errorf("%s: %d of %s, want %d", p.path, got, selector, counts[selector])
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
