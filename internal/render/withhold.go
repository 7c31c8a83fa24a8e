package render

import (
	"path"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/site"
)

// withhold finds the files that are sealed with their pages and must not be
// copied as they are. It reports pages that would show them to everybody, and
// files that lie beside sealed pages and are not sealed.
func (w *World) withhold() diag.List {
	var diags diag.List
	sealed := map[*site.Page]bool{}
	beside := map[string]bool{}
	logos := map[string]bool{}
	for _, p := range w.Site.Pages {
		if p.Handout != nil && p.Handout.Sealed {
			sealed[p], beside[path.Dir(p.Path)] = true, true
		}
	}
	if len(sealed) == 0 {
		return nil
	}
	for _, b := range w.Site.Config.Brands {
		logos["static/"+strings.TrimPrefix(b.Logo, "/")] = true // what everybody sees anyway
	}
	w.withheld, w.withheldAt = map[string]*site.Page{}, map[string]string{}
	names := map[string]bool{} // what other pages are asked for
	for _, p := range w.Site.Pages {
		if !sealed[p] {
			continue
		}
		for _, asset := range w.Site.AssetsOf(p, nil) {
			if !logos[asset] {
				w.withheld[asset] = p
				w.withheldAt[strings.TrimSuffix(w.Site.Config.BasePath(), "/")+site.AssetURL(asset)] = asset
				names[path.Base(asset)] = true
			}
		}
	}
	var loose []string
	for _, asset := range w.Site.Assets() {
		if beside[path.Dir(asset)] && w.withheld[asset] == nil {
			loose = append(loose, asset)
			names[path.Base(asset)] = true
		}
	}
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
	for _, asset := range slices.DeleteFunc(loose, func(a string) bool { return used[a] }) {
		diags.Warn(diag.File(asset), "link to it from the handout that it belongs to, or move it away", "the file lies beside sealed handouts and no page uses it: it is published as it is")
	}
	return diags
}
