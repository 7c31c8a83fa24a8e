package browsertest

import (
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"testing"
)

// Host shows a site under Policy.
type Host struct {
	*httptest.Server
	mu    sync.Mutex
	files map[string][]byte
}

// Serve shows the files of a site, by their paths, below a path of the host such
// as "/" or "/sub/". What is not there is its 404.html.
func Serve(t testing.TB, files map[string][]byte, below string) *Host {
	h := &Host{files: files}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, inside := strings.CutPrefix(r.URL.Path, below)
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		h.mu.Lock()
		data, ok := h.files[name]
		missing := h.files["404.html"]
		h.mu.Unlock()
		w.Header().Set("Content-Security-Policy", Policy)
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Header().Set("Cache-Control", "no-store")
		if !ok || !inside {
			w.WriteHeader(http.StatusNotFound)
			data = missing
		}
		_, _ = w.Write(data)
	}))
	t.Cleanup(h.Close)
	return h
}

// Show shows another site from now on.
func (h *Host) Show(files map[string][]byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.files = files
}
