package render

import (
	"bytes"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/site"
)

// Target is one output file and how it is made.
type Target struct {
	Path   string // under the output folder, such as articles/maps/index.html
	Recipe string // what it is made of: "page content/articles/maps.md"
	Make   func(*View) ([]byte, error)
}

// copied reports whether the target is a file of the input or the theme as it is.
func (t Target) copied() bool {
	return strings.HasPrefix(t.Recipe, "asset ") || strings.HasPrefix(t.Recipe, "file ")
}

// Plan returns every output file of the site, in path order, but for those of the
// search index. Two that want one path are an error that names both.
func Plan(w *World) ([]Target, diag.List) {
	list := pageTargets(w)
	list = append(list, listTargets(w)...)
	list = append(list, feedTargets(w)...)
	list = append(list, assetTargets(w)...)
	list = append(list, brandTargets(w)...)
	return apart(w, list)
}

// sourceOf returns the file in a recipe, for the place of a message.
func sourceOf(recipe string) string {
	_, name, _ := strings.Cut(recipe, " ")
	return name
}

// file returns the path of the output file that an address shows.
func file(url string) string {
	if strings.HasSuffix(url, "/") {
		return url[1:] + "index.html"
	}
	return url[1:]
}

// pageTargets are the pages made of Markdown files, but for those of folders.
func pageTargets(w *World) []Target {
	list := make([]Target, 0, len(w.Site.Pages)+len(w.Site.Pages)/8) // room for the others, which are fewer
	for _, p := range w.Site.Pages {
		if p.Index {
			continue
		}
		if p.Handout != nil && p.Handout.Sealed {
			if _, ok := w.locks[p.Path]; ok {
				list = append(list, sealedTarget(p))
			}
			continue
		}
		list = append(list, Target{file(p.URL), "page " + p.Path, func(v *View) ([]byte, error) {
			return v.execute(layoutOf(p), v.pageView(p))
		}})
	}
	for _, r := range w.Site.Redirects {
		list = append(list, redirect(r))
	}
	return list
}

// layoutOf names the layout of a page: that of its type, or that of an article
// for pages that are not what they claim to be.
func layoutOf(p *site.Page) string {
	if p.Whole {
		return p.Meta.Type + ".html"
	}
	return "article.html"
}

func redirect(r site.Redirect) Target {
	return Target{redirectFile(r.From), "redirect " + r.To.Path, func(v *View) ([]byte, error) {
		return v.execute("redirect.html", v.pageView(r.To))
	}}
}

// redirectFile returns the path of the output file that leads on from an earlier
// address.
func redirectFile(from string) string {
	path := strings.TrimPrefix(from, "/")
	if strings.HasSuffix(path, ".html") {
		return path
	}
	return strings.TrimSuffix(path, "/") + "/index.html"
}

// execute makes one page of a layout.
func (v *View) execute(layout string, data *PageView) ([]byte, error) {
	v.note(Layout, layout)
	if v.buffer != nil {
		v.unfit = true // what was made first is part of what is made now
	}
	made := v.world.buffer()
	defer v.world.buffers.Put(made)
	v.diags.Add(data.ready(layout).Execute(made, data))
	v.buffer = v.world.buffer()
	v.fill(v.buffer, made.Bytes())
	return v.buffer.Bytes(), v.err
}

// buffer returns an empty buffer, to be put back into buffers.
func (w *World) buffer() *bytes.Buffer {
	b, _ := w.buffers.Get().(*bytes.Buffer)
	if b == nil {
		b = new(bytes.Buffer)
	}
	b.Reset()
	return b
}

// Done lets the next target use the memory of what Make and the view returned.
func (v *View) Done() {
	clear(v.reads)
	v.world.notes.Put(v.reads)
	v.reads = nil
	if v.buffer != nil {
		v.world.buffers.Put(v.buffer)
		v.buffer = nil
	}
}

// Diagnostics returns what making the target found.
func (v *View) Diagnostics() diag.List { return v.diags }

// assetTargets are files that are copied: those of the theme, static/, and
// what lies beside the pages.
func assetTargets(w *World) []Target {
	var list []Target
	for _, name := range sortedNames(w.Theme.Assets) {
		a := w.Theme.Assets[name]
		list = append(list, Target{a.Path, "asset " + name, func(v *View) ([]byte, error) {
			v.note(Asset, name)
			return a.File.Bytes()
		}})
	}
	for _, p := range w.Site.Assets() {
		if _, ok := w.Tree.Get(p); !ok || w.withheld[p] != nil {
			continue
		}
		list = append(list, Target{strings.TrimPrefix(site.AssetURL(p), "/"), "file " + p, func(v *View) ([]byte, error) {
			return v.attachment(p)
		}})
	}
	return list
}
