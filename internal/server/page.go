package server

import (
	"bytes"
	"html/template"
	"net/http"
	"path"
	"strings"
	"time"

	_ "embed"

	"rapport/internal/files"
)

// found is what stands at an address.
type found struct {
	file   files.File
	status int    // 200, 404 with a page for it, or 0: nothing at all
	to     string // the address to go to instead
}

// find looks an address up: only what is in the tree can be found.
func (st *state) find(address string) found {
	rest, ok := strings.CutPrefix(address, st.Base)
	if !ok {
		if address == "/" || address+"/" == st.Base {
			return found{to: st.Base}
		}
		return st.missing()
	}
	name := rest
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if f, ok := st.Tree.Get(name); ok {
		return found{file: f, status: http.StatusOK}
	}
	if _, ok := st.Tree.Get(name + "/index.html"); ok {
		return found{to: address + "/"}
	}
	return st.missing()
}

func (st *state) missing() found {
	if f, ok := st.Tree.Get("404.html"); ok {
		return found{file: f, status: http.StatusNotFound}
	}
	return found{}
}

// serveFile answers with a file of the tree.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	st := s.state.Load()
	if st.Tree.Len() == 0 {
		st.serveProblems(w, r)
		return
	}
	at := st.find(r.URL.Path)
	switch {
	case at.to != "":
		u := *r.URL
		u.Scheme, u.Host, u.Path, u.RawPath = "", "", at.to, ""
		http.Redirect(w, r, u.String(), http.StatusFound)
		return
	case at.status == 0:
		http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
		return
	}
	data, err := at.file.Bytes()
	if err != nil {
		http.Error(w, "the file cannot be read: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(at.file.Path))
	h.Set("ETag", `"`+at.file.Hash.String()+`"`)
	if isPage(at.file.Path) {
		data = withScript(data, at.file.Hash.String())
	}
	if at.status != http.StatusOK {
		h.Del("ETag")
		answer(w, r, at.status, data)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

func answer(w http.ResponseWriter, r *http.Request, status int, data []byte) {
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data)
	}
}

// withScript adds the script that keeps a page fresh. It stands first, so that
// it sees the page before other scripts have changed it. The mark tells it
// which version of the page it is in.
func withScript(page []byte, mark string) []byte {
	script := `<script type="module" src="` + own + `reload.js" data-rapport="` + mark + `"></script>`
	at := len(page)
	if i := bytes.Index(page, []byte("<head")); i >= 0 {
		if j := bytes.IndexByte(page[i:], '>'); j >= 0 {
			at = i + j + 1
		}
	} else if i := bytes.LastIndex(page, []byte("</body")); i >= 0 {
		at = i
	}
	out := make([]byte, 0, len(page)+len(script))
	return append(append(append(out, page[:at]...), script...), page[at:]...)
}

//go:embed error.html
var errorHTML string

var errorPage = template.Must(template.New("error").Parse(errorHTML))

// serveProblems stands in for a site of which nothing could be made yet.
func (st *state) serveProblems(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	_ = errorPage.Execute(&b, st.problems().List) // into memory, of plain values
	w.Header().Set("Content-Type", contentType(".html"))
	answer(w, r, http.StatusServiceUnavailable, withScript(b.Bytes(), ""))
}

// contentTypes are those that a site is made of. The system's own table is left
// alone: it differs from one machine to the next.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".tsv": "text/tab-separated-values; charset=utf-8",
	".ics": "text/calendar; charset=utf-8", ".vcf": "text/vcard; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
	".xml": "application/xml; charset=utf-8", ".json": "application/json; charset=utf-8", ".webmanifest": "application/manifest+json; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
	".pdf": "application/pdf", ".zip": "application/zip", ".wasm": "application/wasm", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".mp4": "video/mp4", ".webm": "video/webm",
}

func contentType(name string) string {
	if t, ok := contentTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
