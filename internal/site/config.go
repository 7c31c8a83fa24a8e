package site

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/fields"
	"rapport/internal/files"
)

// Config is what site.yaml says. The zero value with defaults is a valid one:
// a folder of Markdown files needs no settings.
type Config struct {
	Title       string           `key:"title" default:"Knowledge base" doc:"The name of the site."`
	Description string           `key:"description" doc:"One sentence that says what this place is."`
	BaseURL     string           `key:"base_url" doc:"Where the site will stand, such as https://example.org/guides/."`
	Language    string           `key:"language" default:"en" doc:"Language of the site, such as en, de or ar."`
	Author      string           `key:"author" doc:"Who wrote pages that name no author: a file name in people/."`
	Brand       string           `key:"brand" doc:"Which of the brands the site itself wears."`
	ReviewAfter int              `key:"review_after" min:"1" max:"120" doc:"Warn of pages that nobody reviewed for this many months."`
	Theme       string           `key:"theme" doc:"Name of a folder in themes/; the built-in theme if left out."`
	Code        string           `key:"code" enum:"highlight,plain" default:"highlight" doc:"Whether code in fences is colored."`
	UnsafeHTML  string           `key:"unsafe_html" enum:"off,sanitize" default:"off" doc:"Raw HTML in Markdown: shown as text, or let through a sanitizer."`
	Glossary    bool             `key:"glossary" default:"true" doc:"Whether glossary terms are linked where they are used."`
	Disclaimer  string           `key:"disclaimer" default:"This is an aid for thinking and talking, not a prediction." doc:"What assessments say about themselves if they do not say it."`
	Home        Home             `key:"home" doc:"What the home page offers first."`
	Navigation  []Link           `key:"navigation" doc:"Links at the top of each page; the sections if left out."`
	Footer      []Link           `key:"footer" doc:"Links at the foot of each page."`
	Brands      map[string]Brand `key:"brands" doc:"Names, logos and colors that the site and its handouts can wear."`
	Facets      map[string]Facet `key:"facets" doc:"The facets stage, audience, relationship and channel: their names and values."`
	Synonyms    []string         `key:"synonyms" doc:"Words that search treats alike: one group a line, with = both ways and > one way."`
	Params      *fields.Node     `key:"params" doc:"Data of your own for your own layouts."`
	At          map[string]diag.Pos

	Hash files.Hash // of all settings, and of what the command line added
	// What the command line says:
	Drafts bool
	Today  fields.Date // the day for which publish and expires are judged
	facets []Facet     // in the order of the page type Meta
}

// Home is what the home page offers.
type Home struct {
	Lead      string   `key:"lead" doc:"One sentence under the title."`
	Guides    []string `key:"guides" doc:"Slugs of the guides to show first."`
	Questions []Entry  `key:"questions" doc:"Questions that lead to a page each."`
}

// Entry is one way into the site.
type Entry struct {
	Title string `key:"title" required:"true" doc:"The question."`
	Text  string `key:"text" doc:"One sentence that says more."`
	Page  string `key:"page" required:"true" doc:"Slug of the page that answers it."`
	At    map[string]diag.Pos
}

// Link is one entry of a navigation.
type Link struct {
	Title string `key:"title" required:"true" doc:"What the link says."`
	Page  string `key:"page" required:"true" doc:"A slug, a folder such as articles/, or an address."`
	At    map[string]diag.Pos
}

// Brand is a name with its looks.
type Brand struct {
	Name    string `key:"name" required:"true" doc:"The name, as it is shown."`
	Logo    string `key:"logo" doc:"A picture in static/, such as logo.svg."`
	Color   string `key:"color" doc:"The accent color as #rrggbb; it is adjusted until it has contrast."`
	Font    string `key:"font" enum:"sans,serif,system" doc:"The kind of typeface for text."`
	Contact string `key:"contact" doc:"A line that says how to get in touch."`
	Footer  string `key:"footer" doc:"A line for the foot of each page."`
	At      map[string]diag.Pos
}

// Facet is one way to filter pages.
type Facet struct {
	ID     string
	Label  string            `key:"label" doc:"Its name, as it is shown."`
	Values map[string]string `key:"values" doc:"The name of each value by its id."`
	At     map[string]diag.Pos
	order  []string // ids of the values in the order of the file
}

// Order returns the ids of the values in the order of the settings.
func (f Facet) Order() []string { return f.order }

// Facets returns the facets in the order in which they are shown.
func (c *Config) FacetList() []Facet { return c.facets }

var configSchema = fields.Describe(reflect.TypeFor[Config]())

// ParseConfig reads site.yaml; a nil text gives the defaults.
func ParseConfig(src diag.Source) (*Config, diag.List) {
	c := &Config{}
	root, diags := fields.ParseYAML(src, 0, len(src.Text))
	diags.Add(fields.Unknown(root, configSchema.Keys(), diag.Error, "site.yaml"))
	diags.Add(configSchema.Decode(root, c, diag.File(src.Path)))
	c.Hash = files.Sum(src.Text)
	if c.Brand != "" {
		if _, ok := c.Brands[c.Brand]; !ok {
			diags.Error(c.At["brand"], diag.DidYouMean(c.Brand, sortedKeys(c.Brands), "add it under brands"), "there is no brand %q", c.Brand)
		}
	}
	diags.Add(c.checkIdentity())
	diags.Add(c.checkBrands())
	diags.Add(c.checkFacets(root.Get("facets")))
	diags.Add(c.checkSynonyms(root.Get("synonyms")))
	return c, diags
}

var hexColor = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func (c *Config) checkBrands() diag.List {
	var diags diag.List
	for _, id := range sortedKeys(c.Brands) {
		if b := c.Brands[id]; b.Color != "" && !hexColor.MatchString(b.Color) {
			diags.Error(b.At["color"], "write it as six hexadecimal digits, such as #2f6f5e", "%q is not a color", b.Color)
		}
	}
	return diags
}

func (c *Config) checkFacets(n *fields.Node) diag.List {
	var diags diag.List
	diags.Add(fields.Unknown(n, slices.Sorted(slices.Values(facetIDs())), diag.Error, "facet"))
	for _, id := range facetIDs() {
		f := c.Facets[id]
		if f.ID = id; f.Label == "" {
			f.Label = strings.ToUpper(id[:1]) + id[1:]
		}
		if values := n.Get(id).Get("values"); values != nil {
			for _, k := range values.Keys {
				if id := portable(Slugify(k.Name), id); id != k.Name {
					diags.Error(k.Pos, "write it as "+id, "the id %q cannot be part of an address", k.Name)
				}
				if f.Values[k.Name] == "" {
					f.Values[k.Name] = k.Name
				}
				f.order = append(f.order, k.Name)
			}
		}
		c.facets = append(c.facets, f)
	}
	return diags
}

func (c *Config) checkSynonyms(n *fields.Node) diag.List {
	var diags diag.List
	if n == nil {
		return nil
	}
	for _, item := range n.Items {
		for group := range strings.SplitSeq(item.Text, ";") {
			if strings.TrimSpace(group) != "" && !isSynonyms(group) {
				diags.Error(item.Pos, `write "a = b" for both ways, or "a > b" for one`, "a group of synonyms needs = or > between words")
			}
		}
	}
	return diags
}

// isSynonyms reports whether the search can read the group.
func isSynonyms(group string) bool {
	from, to, _ := strings.Cut(group, ">")
	words := func(side string) int {
		return len(slices.DeleteFunc(strings.Split(side, "="), func(s string) bool { return strings.TrimSpace(s) == "" }))
	}
	return words(from) > 0 && words(from)+words(to) > 1 && !strings.Contains(to, ">")
}
