package render

import (
	"bytes"
	"path"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/handout"
	"rapport/internal/site"
)

// SingleFile returns a handout as one file that holds all it needs, and what
// making it found. A sealed one stays sealed. Load gives the files of the built
// site.
func (w *World) SingleFile(p *site.Page, load handout.Load) ([]byte, diag.List, error) {
	v := NewView(w, file(p.URL))
	defer v.Done()
	address := v.Absolute(p.URL)
	if address == "" {
		address = v.Path(p.URL)
	}
	made, err := v.execute(layoutOf(p), v.pageView(p))
	if err != nil || v.diags.Errors() > 0 {
		return nil, v.diags, err
	}
	whole := bytes.Clone(made) // the next layout uses the memory again
	pack := func(page []byte, more map[string][]byte) ([]byte, error) {
		return handout.SingleFile(page, address, func(at string) ([]byte, string, error) {
			if data, ok := more[at]; ok {
				return data, MediaType(at), nil
			}
			if asset, ok := w.withheldAt[at]; ok {
				f, _ := w.Tree.Get(asset)
				data, err := f.Bytes()
				return data, MediaType(asset), err
			}
			return load(strings.TrimPrefix(at, strings.TrimSuffix(w.Site.Config.BasePath(), "/")))
		})
	}
	packed, err := pack(whole, nil)
	if err != nil || !p.Handout.Sealed {
		return packed, v.diags, err
	}
	locked, files, err := v.lockPacked(p, whole, packed)
	if err != nil {
		return nil, v.diags, err
	}
	packed, err = pack(locked, files)
	return packed, v.diags, err
}

// lockPacked seals a page that holds its pictures already, and returns the
// locked page with its sealed attachments by address.
func (v *View) lockPacked(p *site.Page, whole, packed []byte) ([]byte, map[string][]byte, error) {
	before, err := handout.Take(whole)
	if err != nil {
		return nil, nil, err
	}
	part, err := handout.Take(packed)
	if err != nil {
		return nil, nil, err
	}
	content := handout.Content{HTML: part.HTML}
	host := strings.TrimSuffix(v.Absolute("/"), v.Path("/")) // links in one file lead to the site
	for _, address := range part.Addresses {
		if local, ok := strings.CutPrefix(address, host); ok {
			list, err := v.sealedFiles([]string{local})
			if err != nil {
				return nil, nil, err
			}
			for _, f := range list {
				f.URL = address
				content.Files = append(content.Files, f)
			}
		}
	}
	sealed, err := v.world.seal(p, content)
	if err != nil {
		return nil, nil, err
	}
	files := map[string][]byte{}
	for _, name := range sealed.Names() {
		files[v.Path("/"+path.Join(path.Dir(v.path), name))] = sealed.Files[name]
	}
	locked, err := v.execute("sealed.html", v.locked(p, sealed.Attribute(), sortedNames(files), before.Modules))
	return locked, files, err
}
