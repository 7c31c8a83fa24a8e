package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"slices"

	"rapport/internal/site"
)

// feedTargets are the files for programs that read the site: the Atom feed
// (RFC 4287), the sitemap (sitemaps.org), robots.txt and the web app manifest.
// Feed and sitemap need full addresses, so they need a base URL.
func feedTargets(w *World) []Target {
	list := []Target{
		{"robots.txt", "robots", robots},
		{"manifest.webmanifest", "manifest", manifest},
	}
	if w.Site.Config.BaseURL != "" {
		list = append(list, Target{"feed.xml", "feed", feed}, Target{"sitemap.xml", "sitemap", sitemap})
	}
	return list
}

// inFeed is how many pages the feed holds, newest first.
const inFeed = 20

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  atomAuthor  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Link      atomLink `xml:"link"`
	Updated   string   `xml:"updated"`
	Published string   `xml:"published,omitempty"`
	Summary   string   `xml:"summary"`
}

func feed(v *View) ([]byte, error) {
	v.note(Listing, "feed")
	f := atomFeed{Lang: v.Language(), Title: v.SiteTitle(), ID: v.Absolute("/"), Updated: "1970-01-01T00:00:00Z",
		Links:  []atomLink{{Href: v.Absolute("/")}, {Rel: "self", Href: v.Absolute("/feed.xml")}},
		Author: atomAuthor{v.Brand().Name}}
	for _, p := range newest(v.world.Site) {
		e := atomEntry{Title: p.Meta.Title, ID: v.Absolute(p.URL), Link: atomLink{Href: v.Absolute(p.URL)}, Updated: string(p.Meta.Updated) + "T00:00:00Z", Summary: p.Meta.Summary}
		if p.Meta.Date != "" {
			e.Published = string(p.Meta.Date) + "T00:00:00Z"
		}
		f.Entries = append(f.Entries, e)
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return asXML(f)
}

// newest returns the pages of the feed.
func newest(s *site.Site) []*site.Page {
	var list []*site.Page
	for _, p := range s.Pages {
		if !p.Meta.Listed || p.Index || p.Meta.Updated == "" || p.Term != nil || p.Source != nil || p.Person != nil {
			continue
		}
		at, _ := slices.BinarySearchFunc(list, p, func(a, b *site.Page) int {
			return cmp.Or(-cmp.Compare(a.Meta.Updated, b.Meta.Updated), cmp.Compare(a.URL, b.URL))
		})
		if at < inFeed {
			list = slices.Insert(list, at, p)[:min(inFeed, len(list)+1)]
		}
	}
	return list
}

type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	Lastmod string `xml:"lastmod,omitempty"`
}

func sitemap(v *View) ([]byte, error) {
	v.note(Listing, "sitemap")
	s := urlset{URLs: addresses(v.world.Site)}
	for i := range s.URLs {
		s.URLs[i].Loc = v.Absolute(s.URLs[i].Loc)
	}
	return asXML(s)
}

// addresses returns the entries of the sitemap, with addresses below the base URL.
func addresses(s *site.Site) []sitemapURL {
	list := make([]sitemapURL, 0, len(s.Pages)+len(s.Sections)+1)
	if s.Home == nil {
		list = append(list, sitemapURL{Loc: "/"})
	}
	for _, p := range s.Pages {
		if p.Meta.Listed {
			list = append(list, sitemapURL{p.URL, string(p.Meta.Updated)})
		}
	}
	for _, sec := range s.Sections {
		if sec.Page == nil {
			list = append(list, sitemapURL{Loc: sec.URL})
		}
	}
	slices.SortFunc(list, func(a, b sitemapURL) int { return cmp.Compare(a.Loc, b.Loc) })
	return list
}

func asXML(value any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func robots(v *View) ([]byte, error) {
	text := "User-agent: *\nAllow: /\n"
	if v.config().BaseURL != "" {
		text += "\nSitemap: " + v.Absolute("/sitemap.xml") + "\n"
	}
	return []byte(text), nil
}

func manifest(v *View) ([]byte, error) {
	type icon struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type"`
	}
	m := struct {
		Name       string `json:"name"`
		ShortName  string `json:"short_name"`
		Start      string `json:"start_url"`
		Display    string `json:"display"`
		Background string `json:"background_color"`
		Theme      string `json:"theme_color"`
		Lang       string `json:"lang"`
		Dir        string `json:"dir"`
		Icons      []icon `json:"icons"`
	}{v.SiteTitle(), v.Brand().Name, v.Path("/"), "browser", "#faf8f5", "#faf8f5", v.Language(), v.Direction(), []icon{}}
	if v.HasAsset("icon.svg") {
		m.Icons = append(m.Icons, icon{v.Asset("icon.svg"), "any", "image/svg+xml"})
	}
	if v.HasAsset("icon-180.png") {
		m.Icons = append(m.Icons, icon{v.Asset("icon-180.png"), "180x180", "image/png"})
	}
	data, err := json.MarshalIndent(m, "", "  ")
	return append(data, '\n'), err
}
