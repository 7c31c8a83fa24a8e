package site

import (
	"path"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// files notes what stands under which path: pages, live or not, and the rest.
func (s *Site) files(pages []*Page, tree files.Tree) diag.List {
	var diags diag.List
	s.byPath = make(map[string]*Page, len(pages))
	s.assets, s.covered, s.left = map[string]files.Hash{}, map[string]bool{}, map[string]bool{}
	for _, p := range pages {
		s.byPath[p.Path] = p
	}
	for f := range tree.All() {
		switch {
		case !IsAsset(f.Path):
		case active(f.Path):
			s.left[f.Path] = true
			diags.Warn(diag.File(f.Path), "put it into static/ if you trust it", "the file is not part of the site: %s", notCopied)
		default:
			s.assets[f.Path] = f.Hash
			s.covered[f.Path[strings.IndexByte(f.Path, '/'):]+"/"] = true
		}
	}
	return diags
}

// IsPage reports whether the path in the tree is that of a page.
func IsPage(path string) bool {
	return strings.HasPrefix(path, "content/") && isMarkdown(path) && !hidden(path)
}

// IsAsset reports whether the path in the tree is that of a file which is no page
// and can stand on the site: all of static/, and what lies beside pages.
func IsAsset(path string) bool {
	return strings.HasPrefix(path, "static/") || strings.HasPrefix(path, "content/") && !isMarkdown(path) && !hidden(path)
}

// hidden reports whether a name in the path begins with a dot. What such names
// tell hosts and browsers is for the owner of the site to say, in static/, not for
// who writes its pages.
func hidden(path string) bool { return strings.Contains(path, "/.") }

// active reports whether the file comes with the content and is of a kind that a
// browser runs: content never brings script, and static/ is the owner's. Without
// an ending, what it is would be left to the browser.
func active(file string) bool {
	return strings.HasPrefix(file, "content/") && slices.Contains(activeEndings, strings.ToLower(path.Ext(file)))
}

var activeEndings = []string{
	"", ".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht", ".hta",
	".js", ".mjs", ".cjs", ".wasm", ".swf",
	".xml", ".xsl", ".xslt", ".xbl", ".rdf", ".rss", ".atom", ".svgz",
}

const notCopied = "a browser might run what it says, and content never brings script"

// Assets returns the paths in the tree of all files that are no pages, sorted.
func (s *Site) Assets() []string { return sortedKeys(s.assets) }

// AssetHash returns the hash of a file that is no page; zero if there is none.
func (s *Site) AssetHash(path string) files.Hash { return s.assets[path] }

// AssetURL returns the address of a file that is no page.
func AssetURL(asset string) string {
	if rest, ok := strings.CutPrefix(asset, "static/"); ok {
		return "/" + rest
	}
	dir, base := path.Split(strings.TrimPrefix(asset, "content/"))
	return "/" + withSlash(slugPath(strings.TrimSuffix(dir, "/"))) + base
}
