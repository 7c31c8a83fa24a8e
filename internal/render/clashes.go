package render

import (
	"path"
	"strings"

	"rapport/internal/diag"
)

// clashes says in the author's words which targets are in the way of others, and
// where the author can move them.
type clashes struct {
	world   *World
	diags   diag.List
	entries map[string]map[string]diag.Pos // of redirects, by page and output file
}

// report says that there is no place for a target beside another.
func (c *clashes) report(t, other Target) {
	address := "/" + strings.TrimSuffix(other.Path, "index.html")
	if t.Path == other.Path {
		c.diags.Error(c.place(t), c.hint(t), "two things want the address %s: %s and %s", address, words(other), words(t))
		return
	}
	c.diags.Error(c.place(t), c.hint(t), "%s is in the way of %s at %s", words(t), words(other), address)
}

// words names what a target is made of.
func words(t Target) string {
	kind, name, _ := strings.Cut(t.Recipe, " ")
	switch {
	case kind == "page" && strings.HasPrefix(name, "content/"):
		return "the page " + name
	case kind == "file":
		return "the file " + name
	case kind == "asset":
		return "the theme's file " + name
	case kind == "redirect":
		return "an earlier address of " + name
	case kind == "section":
		return "the list of the folder " + name
	case kind == "group", kind == "facet":
		return "the list of all that is filed under " + name
	case kind == "brand":
		return "the style sheet of the brand " + name
	}
	if own, ok := everySite[t.Recipe]; ok {
		return own
	}
	return t.Recipe
}

// everySite names what a site has without an author's doing, by recipe.
var everySite = map[string]string{
	"":                         "the site's own search index",
	"home":                     "the home page",
	"search page":              "the site's own search page",
	"progress page":            "the site's own page of progress",
	"page for wrong addresses": "the site's own page for wrong addresses",
	"tags":                     "the list of all tags",
	"feed":                     "the feed",
	"sitemap":                  "the site map",
	"robots":                   "what the site tells search engines",
	"manifest":                 "the site's own manifest",
}

// place returns where the author says what leads to the target.
func (c *clashes) place(t Target) diag.Pos {
	s := c.world.Site
	switch kind, name, _ := strings.Cut(t.Recipe, " "); kind {
	case "page":
		if p := s.File(name); p != nil {
			return p.SlugPos()
		}
	case "redirect":
		return c.entry(name, t.Path)
	case "file", "asset":
		return diag.File(name)
	case "section":
		if sec := s.Folder(name); sec != nil && len(sec.Pages) > 0 {
			return diag.File(path.Dir(sec.Pages[0].Path))
		}
		return diag.File("content/" + name)
	}
	return diag.File("content")
}

// entry returns the place in a page's front matter of the redirect that needs the
// file.
func (c *clashes) entry(name, file string) diag.Pos {
	if c.entries[name] == nil {
		entries := map[string]diag.Pos{}
		if p := c.world.Site.File(name); p != nil {
			at := p.Meta.Places()
			for i, from := range p.Meta.Redirects {
				entries[redirectFile(from)] = at.Item("redirects", i)
			}
		}
		if c.entries == nil {
			c.entries = map[string]map[string]diag.Pos{}
		}
		c.entries[name] = entries
	}
	if pos, ok := c.entries[name][file]; ok {
		return pos
	}
	return diag.File(name)
}

// hint says how to move the target.
func (c *clashes) hint(t Target) string {
	switch kind, name, _ := strings.Cut(t.Recipe, " "); kind {
	case "page":
		if p := c.world.Site.File(name); p != nil && !p.Index {
			return "give the page another slug"
		}
		return "give the folder another name"
	case "redirect":
		return "leave it out of redirects"
	case "section":
		return "give the folder another name"
	}
	return "give one of them another name"
}
