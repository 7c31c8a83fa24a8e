package render

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/theme"
)

// piece is what a layout in shared/ gives for one entry of the navigation.
type piece struct {
	html  template.HTML
	hash  files.Hash
	diags diag.List
}

// share makes the layouts in shared/, once for each entry of navigation or footer
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
			for _, d := range found { // which pages say too
				b.WriteString("\x00" + d.Text())
			}
			w.shared[Key{Shared, name + "\x00" + at}] = piece{html, files.Sum(b.Bytes()), found}
		}
	}
	w.frame.entries = files.Sum([]byte(strings.Join(w.entryURLs, "\x00")))
}

// entries returns the addresses of navigation and footer that lie on the site.
func (w *World) entries() []string {
	var list []string
	v := NewView(w, "")
	for _, link := range slices.Concat(v.Navigation(), v.Footer()) {
		url, ok := strings.CutPrefix(link.URL, strings.TrimSuffix(w.Site.Config.BasePath(), "/"))
		if ok && !link.External && url != "/" && !slices.Contains(list, url) {
			list = append(list, url)
		}
	}
	return list
}

// Inset is where a shared piece stands in a page.
type Inset struct {
	Name     string // such as header
	At, Size int32  // bytes
}

// Shared returns a piece that is the same on many pages and made once for all
// of them: {{.Shared "header"}} is the layout shared/header.html. In such a
// layout the dot is a View, which knows no page.
func (v *View) Shared(name string) template.HTML {
	v.unfit = true // whoever asks may do anything with it
	return v.piece(name).html
}

// piece returns the shared piece that the page is to show.
func (v *View) piece(name string) piece {
	here, at := "/"+strings.TrimSuffix(v.path, "index.html"), ""
	for _, url := range v.world.entryURLs {
		if strings.HasPrefix(here, url) && len(url) > len(at) {
			at = url
		}
	}
	k := Key{Shared, "shared/" + name + ".html\x00" + at}
	v.note(k.Kind, k.Name)
	v.note(Shared, "") // another entry may come between
	p, ok := v.world.shared[k]
	if !ok {
		v.diags.Error(diag.File("layouts/shared/"+name+".html"), "add it to the theme", "the theme has no shared piece %q", name)
	}
	v.diags.Add(p.diags)
	v.unfit = v.unfit || !ok || len(p.diags) > 0
	return p
}

// inset writes a shared piece and notes where it stands.
func (v *View) inset(to *bytes.Buffer, name string) {
	p := v.piece(name)
	v.insets = append(v.insets, Inset{name, int32(to.Len()), int32(len(p.html))})
	to.WriteString(string(p.html))
}

// fill writes what a ready layout made, with the shared pieces in their slots.
func (v *View) fill(to *bytes.Buffer, made []byte) {
	before, name, after, ok := theme.CutSlot(made)
	for ; ok; before, name, after, ok = theme.CutSlot(after) {
		to.Write(before)
		v.inset(to, name)
	}
	to.Write(before)
}

// Insets returns where shared pieces stand in the page that was just made, if
// that is all that it shows of them and Refit can exchange them.
func (v *View) Insets(made []byte) []Inset {
	if v.unfit || v.buffer == nil || !bytes.Equal(made, v.buffer.Bytes()) {
		return nil
	}
	return slices.Clone(v.insets)
}

// Refit returns a page that was made before with its shared pieces as they are
// now, which is what its layout would give if all else that it asked has the
// same answer. It reports false where that cannot be told.
func (v *View) Refit(made []byte, insets []Inset) ([]byte, bool) {
	v.buffer = v.world.buffer()
	at := 0
	for _, in := range insets {
		from, size := int(in.At), int(in.Size)
		if from < at || size < 0 || size > len(made)-from {
			return nil, false
		}
		v.buffer.Write(made[at:from])
		v.inset(v.buffer, in.Name)
		at = from + size
	}
	v.buffer.Write(made[at:])
	return v.buffer.Bytes(), !v.unfit
}
