package render

import (
	"bytes"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/site"
)

// View is how one target sees the world. Its exported methods are what every
// layout can use; each notes what it asked.
type View struct {
	world *World
	path  string // of the output
	reads map[Key]files.Hash
	asked uint32 // a bit for each kind of question without a name that is noted
	diags diag.List
	// buffer holds what was made until Done.
	buffer *bytes.Buffer
	insets []Inset // in it
	unfit  bool    // it shows more of shared pieces than insets tell
	beside []Beside
	leaks  int
	err    error // what we could not do, as against what is wrong in the input
}

// NewView returns the view of the target at the output path.
func NewView(w *World, path string) *View {
	reads, ok := w.notes.Get().(map[Key]files.Hash)
	if !ok {
		reads = map[Key]files.Hash{}
	}
	return &View{world: w, path: path, reads: reads}
}

// Reads returns what was asked so far, in a fixed order.
func (v *View) Reads() []Read {
	list := make([]Read, 0, len(v.reads))
	for k, answer := range v.reads {
		list = append(list, Read{k, answer})
	}
	slices.SortFunc(list, func(a, b Read) int {
		if a.Kind != b.Kind {
			return int(a.Kind) - int(b.Kind)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

// note remembers a question. The fingerprint is worked out here, once, so that
// no caller can note an answer that it did not get.
func (v *View) note(kind Kind, name string) {
	if name == "" { // the most frequent ones
		if v.asked&(1<<kind) != 0 {
			return
		}
		v.asked |= 1 << kind
	}
	k := Key{kind, name}
	if _, ok := v.reads[k]; !ok {
		v.reads[k] = v.world.Fingerprint(k)
	}
}

func (v *View) config() *site.Config {
	v.note(Config, "")
	return v.world.Site.Config
}

// T returns words of the interface in the site's language: {{.T "home"}}. A
// number picks the form that the language has for it: {{.T "minutes" 5}}.
func (v *View) T(key string, values ...any) string {
	v.note(Messages, "")
	return v.world.Theme.Messages.Say(key, values...)
}

// Words returns all words whose key begins with the prefix, as JSON for a
// script.
func (v *View) Words(prefix string) string {
	v.note(Messages, "")
	return toJSON(v.world.Theme.Messages.With(prefix))
}

// Language returns the site's language, such as "en".
func (v *View) Language() string { return v.config().Language }

// Direction returns "ltr", or "rtl" for languages written from right to left.
func (v *View) Direction() string {
	v.note(Messages, "")
	return v.world.Theme.Messages.Direction()
}

// SiteTitle returns the name of the site.
func (v *View) SiteTitle() string { return v.config().Title }

// SiteDescription returns the sentence that says what the site is.
func (v *View) SiteDescription() string { return v.config().Description }

// Params returns the site owner's own data from site.yaml.
func (v *View) Params() any { return v.config().Params.Value() }

// Asset returns the address of an asset of the theme: {{.Asset "style.css"}}.
// An asset that does not exist is an error in the layout.
func (v *View) Asset(name string) string {
	v.note(Asset, name)
	a, ok := v.world.Theme.Assets[name]
	if !ok {
		names := slices.Sorted(maps.Keys(v.world.Theme.Assets))
		v.diags.Error(diag.File("themes: assets/"+name), diag.DidYouMean(name, names, "add it to the theme's assets/"), "the layout of %s asks for an asset that does not exist", v.path)
		return ""
	}
	return v.Path("/" + a.Path)
}

// HasAsset reports whether the theme has the asset.
func (v *View) HasAsset(name string) bool {
	v.note(Asset, name)
	_, ok := v.world.Theme.Assets[name]
	return ok
}

// Path returns an address of the site with the path of the base URL before it:
// {{.Path "/search/"}}.
func (v *View) Path(url string) string {
	v.note(Config, "")
	return v.world.base + url
}

// Absolute returns an address of the site with scheme and host, or "" if the
// settings have no base URL.
func (v *View) Absolute(url string) string {
	base := v.config().BaseURL
	if base == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + url
}

// NavLink is one entry of a navigation.
type NavLink struct {
	Title, URL string
	External   bool
	Current    bool // the page is this one or below it
}

// Navigation returns the links at the top: those of site.yaml, else the
// sections.
func (v *View) Navigation() []NavLink {
	v.note(Menu, "")
	c := v.config()
	if len(c.Navigation) > 0 {
		return v.navLinks(c.Navigation)
	}
	var links []NavLink
	for _, sec := range v.world.Site.Root.Sections {
		links = append(links, v.navLink(sec.Title, sec.URL))
	}
	return links
}

// Footer returns the links at the foot of site.yaml.
func (v *View) Footer() []NavLink {
	v.note(Menu, "")
	return v.navLinks(v.config().Footer)
}

func (v *View) navLinks(entries []site.Link) []NavLink {
	var links []NavLink
	for _, e := range entries {
		if url, _, ok := v.world.Site.Destination(e.Page); ok {
			links = append(links, v.navLink(e.Title, url))
		}
	}
	return links
}

func (v *View) navLink(title, url string) NavLink {
	if !strings.HasPrefix(url, "/") {
		return NavLink{Title: title, URL: url, External: true}
	}
	here := "/" + strings.TrimSuffix(v.path, "index.html")
	return NavLink{Title: title, URL: v.Path(url), Current: url != "/" && strings.HasPrefix(here, url)}
}

// menuHash covers what navigation shows.
func (w *World) menuHash() files.Hash {
	var b strings.Builder
	c := w.Site.Config
	for _, e := range slices.Concat(c.Navigation, c.Footer) {
		url, _, _ := w.Site.Destination(e.Page)
		b.WriteString(e.Title + "\x00" + url + "\x00")
	}
	if len(c.Navigation) == 0 {
		for _, sec := range w.Site.Root.Sections {
			b.WriteString(sec.Title + "\x00" + sec.URL + "\x00")
		}
	}
	return files.Sum([]byte(b.String()))
}

// Brand returns the brand that the site wears: its title with no other looks
// if site.yaml names none.
func (v *View) Brand() BrandView {
	c := v.config()
	b, ok := c.Brands[c.Brand]
	if !ok {
		b = site.Brand{Name: c.Title}
	}
	return v.brand(c.Brand, b)
}

// BrandView is a brand as layouts see it.
type BrandView struct {
	ID, Name, Color, Font, Contact, Footer string
	Logo                                   string // address of the picture; may be empty
	Style                                  string // address of the style sheet that sets its colour and typeface; may be empty
}

func (v *View) brand(id string, b site.Brand) BrandView {
	out := BrandView{ID: id, Name: b.Name, Color: b.Color, Font: b.Font, Contact: b.Contact, Footer: b.Footer}
	if b.Logo != "" {
		asset := "static/" + strings.TrimPrefix(b.Logo, "/")
		v.note(File, asset)
		out.Logo = v.Path(site.AssetURL(asset))
	}
	out.Style = v.style(b)
	return out
}

// style returns the address of the style sheet of a brand, or "".
func (v *View) style(b site.Brand) string {
	path := brandPath(b)
	if path == "" {
		return ""
	}
	return v.Path("/" + path)
}

func itoa(n int) string { return strconv.Itoa(n) }

// safe marks what we wrote as HTML for layouts to print as it is. It may hold no
// zero byte, since those mark slots in what a ready layout prints.
func safe(html string) template.HTML {
	if strings.IndexByte(html, 0) >= 0 {
		html = strings.ReplaceAll(html, "\x00", "\uFFFD")
	}
	return template.HTML(html)
}
