package render

import (
	"errors"
	"io"
	"path"
	"strings"

	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/site"
)

// Sealing is what sealed pages need and no file of the site holds.
type Sealing struct {
	// Passphrases returns those of a page, by its slug: one for each reader.
	Passphrases func(slug string) ([]string, error)
	// Random opens a cryptographically secure source of random bytes for the
	// sealing of one page.
	Random func() io.Reader
	// Seal seals one page; nil stands for handout.Seal.
	Seal func(c handout.Content, passphrases []string, random io.Reader) (handout.Sealed, error)
}

// Lock is how one page is to be sealed.
type Lock struct {
	Passphrases []string
	Fingerprint files.Hash // tells other passphrases apart, and nothing about these
}

// Lock says how pages are sealed, by the path of their file. A sealed page that
// is not among them is not made, and its files are withheld all the same. It
// reports files that cannot be sealed.
func (w *World) Lock(s Sealing, locks map[string]Lock) diag.List {
	if s.Seal == nil {
		s.Seal = handout.Seal
	}
	w.sealing, w.locks = s, locks
	return w.withhold()
}

// Beside is a file that a target makes besides its own.
type Beside struct {
	Path string
	Data []byte
}

// Beside returns the files that were made besides the target's own.
func (v *View) Beside() []Beside { return v.beside }

// Locked is what the layout of a locked page shows of the page behind it.
type Locked struct {
	Envelope string // as data-sealed holds it
	Files    string // addresses of the sealed files, parted by spaces
	Modules  string // those to run once the page is open, as JSON
}

// sealedTarget makes the locked page of a handout and, beside it, its files.
func sealedTarget(p *site.Page) Target {
	return Target{file(p.URL), "page " + p.Path, func(v *View) ([]byte, error) {
		v.note(Keys, p.Path)
		whole, err := v.execute(layoutOf(p), v.pageView(p))
		if err != nil {
			return nil, err
		}
		if v.diags.Errors() > 0 { // such a page is not shown, sealed or not
			return v.execute("sealed.html", v.locked(p, "", nil, nil))
		}
		part, err := handout.Take(whole)
		if err != nil {
			v.diags.Error(diag.File(p.Path), "let the layout base.html of the theme have a <main>, which is what is sealed", "the handout cannot be sealed: %v", err)
			return v.execute("sealed.html", v.locked(p, "", nil, nil))
		}
		content := handout.Content{HTML: part.HTML}
		if content.Files, err = v.sealedFiles(part.Addresses); err != nil {
			return nil, err
		}
		sealed, err := v.world.seal(p, content)
		if err != nil {
			return nil, err
		}
		var addresses []string
		for _, name := range sealed.Names() {
			at := path.Join(path.Dir(v.path), name)
			v.beside = append(v.beside, Beside{at, sealed.Files[name]})
			addresses = append(addresses, v.Path("/"+at))
		}
		return v.execute("sealed.html", v.locked(p, sealed.Attribute(), addresses, part.Modules))
	}}
}

func (w *World) seal(p *site.Page, c handout.Content) (handout.Sealed, error) {
	lock, ok := w.locks[p.Path]
	if !ok {
		return handout.Sealed{}, errors.New("a page without a lock cannot be sealed")
	}
	return w.sealing.Seal(c, lock.Passphrases, w.sealing.Random())
}

// locked returns the view of a locked page. It holds the brand and the address
// of the page behind it, and no word of its text.
func (v *View) locked(p *site.Page, envelope string, addresses, modules []string) *PageView {
	code := (&PageView{View: v, URL: p.URL, page: p}).HasCode()
	shell := &site.Page{Path: p.Path, URL: p.URL, Code: code,
		Meta:    site.Meta{Type: "handout"},
		Handout: &site.Handout{Handout: advice.Handout{Brand: p.Handout.Brand, Sealed: true}},
	}
	return &PageView{View: v, Kind: "sealed", Title: v.T("sealed.title"), Summary: v.T("sealed.summary"), URL: p.URL, page: shell, text: &site.Own{},
		Locked: &Locked{envelope, strings.Join(addresses, " "), toJSON(modules)}}
}

// sealedFiles returns those of the addresses that are files of sealed pages.
func (v *View) sealedFiles(addresses []string) ([]handout.File, error) {
	var list []handout.File
	for _, address := range addresses {
		asset, ok := v.world.withheldAt[address]
		if !ok {
			continue
		}
		data, err := v.attachment(asset)
		if err != nil {
			return nil, err
		}
		list = append(list, handout.File{URL: address, Type: MediaType(asset), Data: data})
	}
	return list, nil
}

// MediaType returns the type of a file by its name, the same on every system.
func MediaType(name string) string {
	if t := mediaTypes[strings.ToLower(path.Ext(name))]; t != "" {
		return t
	}
	return "application/octet-stream"
}

var mediaTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".svg": "image/svg+xml",
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".html": "text/html; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".csv": "text/csv", ".pdf": "application/pdf", ".zip": "application/zip", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".ico": "image/x-icon",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".woff2": "font/woff2",
}
