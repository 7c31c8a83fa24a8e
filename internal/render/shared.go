package render

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// piece is what a layout in shared/ gives for one entry of the navigation.
type piece struct {
	html  template.HTML
	hash  files.Hash
	diags diag.List
}

// share makes the layouts in shared/, once for each entry of the navigation
// that can be current and once for none. They are given a View and no page, so
// nothing else can tell two pages apart.
func (w *World) share() {
	w.shared, w.entryURLs = map[Key]piece{}, w.entries()
	for _, name := range w.Theme.Shared() {
		for _, at := range append(slices.Clone(w.entryURLs), "") {
			v := NewView(w, strings.TrimPrefix(at, "/")+"index.html")
			if at == "" {
				v.path = ""
			}
			var b bytes.Buffer
			found := w.Theme.Execute(&b, name, v)
			found.Add(v.diags)
			html := template.HTML(b.String())
			w.shared[Key{Shared, name + "\x00" + at}] = piece{html, files.Sum(b.Bytes()), found}
		}
	}
}

// entries returns the addresses of the navigation that lie on the site.
func (w *World) entries() []string {
	var list []string
	for _, link := range NewView(w, "").Navigation() {
		if url, ok := strings.CutPrefix(link.URL, strings.TrimSuffix(w.Site.Config.BasePath(), "/")); ok && !link.External && url != "/" {
			list = append(list, url)
		}
	}
	return list
}

// Shared returns a piece that is the same on many pages and made once for all
// of them: {{.Shared "header"}} is the layout shared/header.html. In such a
// layout the dot is a View, which knows no page.
func (v *View) Shared(name string) template.HTML {
	here, at := "/"+strings.TrimSuffix(v.path, "index.html"), ""
	for _, url := range v.world.entryURLs {
		if strings.HasPrefix(here, url) && len(url) > len(at) {
			at = url
		}
	}
	k := Key{Shared, "shared/" + name + ".html\x00" + at}
	v.note(k.Kind, k.Name)
	p, ok := v.world.shared[k]
	if !ok {
		v.diags.Error(diag.File("layouts/shared/"+name+".html"), "add it to the theme", "the theme has no shared piece %q", name)
	}
	v.diags.Add(p.diags)
	return p.html
}
