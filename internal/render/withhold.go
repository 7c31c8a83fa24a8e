package render

import (
	"path"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/site"
)

// withhold finds the files that are sealed with their pages and must not be
// copied as they are. It reports pages that would show them to everybody, and
// files that lie beside sealed pages and are not sealed.
func (w *World) withhold() diag.List {
	sealed := map[*site.Page]bool{}
	folders := map[string]bool{}
	w.withheld, w.withheldAt = map[string]*site.Page{}, map[string]string{}
	for _, p := range w.Site.Pages {
		if p.Handout != nil && p.Handout.Sealed {
			sealed[p], folders[path.Dir(p.Path)] = true, true
			w.withholdFiles(p)
		}
	}
	if len(sealed) == 0 {
		return nil
	}
	names := map[string]bool{} // what other pages are asked for
	for asset := range w.withheld {
		names[path.Base(asset)] = true
	}
	var loose []string
	for _, asset := range w.Site.Assets() {
		if folders[path.Dir(asset)] && w.withheld[asset] == nil {
			loose = append(loose, asset)
			names[path.Base(asset)] = true
		}
	}
	used, diags := w.usedElsewhere(names, sealed)
	for _, asset := range loose {
		if !used[asset] {
			diags.Warn(diag.File(asset), "link to it from the handout that it belongs to, or move it away", "the file lies beside sealed handouts and no page uses it: it is published as it is")
		}
	}
	return diags
}

// withholdFiles withholds the files of one page, but for logos, which everybody
// sees anyway.
func (w *World) withholdFiles(p *site.Page) {
	for _, asset := range w.Site.AssetsOf(p, nil) {
		logo := false
		for _, b := range w.Site.Config.Brands {
			logo = logo || asset == "static/"+strings.TrimPrefix(b.Logo, "/")
		}
		if !logo {
			w.withheld[asset] = p
			w.withheldAt[strings.TrimSuffix(w.Site.Config.BasePath(), "/")+site.AssetURL(asset)] = asset
		}
	}
}

// usedElsewhere returns the files of those names that pages which are not sealed
// use, and reports those that were to be sealed.
func (w *World) usedElsewhere(names map[string]bool, sealed map[*site.Page]bool) (map[string]bool, diag.List) {
	var diags diag.List
	used := map[string]bool{}
	for _, p := range w.Site.Pages {
		if len(names) == 0 || sealed[p] {
			continue
		}
		for _, asset := range w.Site.AssetsOf(p, func(name string) bool { return names[name] }) {
			used[asset] = true
			if of := w.withheld[asset]; of != nil {
				diags.Error(diag.File(p.Path), "give one of them a copy under another name", "this page and the sealed handout %s use the same file %s, so it can be neither public nor sealed", of.Path, asset)
			}
		}
	}
	return used, diags
}
