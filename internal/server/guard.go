package server

import (
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// policy is the one under which the site is meant to stand.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"

const maxAddress = 8 << 10 // bytes of a request's path and query

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin") // other sites must not show drafts as pictures or scripts
	h.Set("Cache-Control", "no-cache")
	if r.ContentLength != 0 {
		h.Set("Connection", "close")
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Second))
	}
	if status := s.refuse(r); status != 0 {
		if status == http.StatusMethodNotAllowed {
			h.Set("Allow", "GET, HEAD")
		}
		http.Error(w, http.StatusText(status), status)
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, own); ok {
		s.serveOwn(w, r, name)
		return
	}
	s.serveFile(w, r)
}

// refuse returns the status for a request that nobody's browser would send to
// its own site, or 0.
func (s *Server) refuse(r *http.Request) int {
	switch {
	case !s.knows(r):
		return http.StatusMisdirectedRequest
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return http.StatusMethodNotAllowed
	case r.ContentLength != 0:
		return http.StatusRequestEntityTooLarge
	case len(r.RequestURI) > maxAddress:
		return http.StatusRequestURITooLong
	case r.URL.Scheme != "" && r.URL.Scheme != "http", !plain(r.URL.Path), encodedSlash(r.URL.RawPath):
		return http.StatusBadRequest
	}
	return 0
}

// knows reports whether the request names this server. A page of another site
// whose name was made to lead here (DNS rebinding) does not: it can name
// neither a loopback address nor the address that it reached us by.
func (s *Server) knows(r *http.Request) bool {
	host := strings.ToLower(hostOf(r.Host))
	if host == "localhost" || s.hosts[host] {
		return true
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return false
	}
	if ip.IsLoopback() {
		return true
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && local.IP.Equal(ip)
}

// hostOf returns the name in a Host header, "" for one that is malformed.
func hostOf(header string) string {
	if header == "" || strings.ContainsAny(header, "/\\@?#% ,\t") {
		return ""
	}
	if host, port, err := net.SplitHostPort(header); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return ""
		}
		return host
	}
	if strings.HasPrefix(header, "[") && strings.HasSuffix(header, "]") {
		return header[1 : len(header)-1]
	}
	if strings.Contains(header, ":") {
		return ""
	}
	return header
}

// plain reports whether a path is one that a link of the site could have.
func plain(p string) bool {
	if !strings.HasPrefix(p, "/") || !utf8.ValidString(p) || strings.Contains(p, "//") || strings.Contains(p, `\`) {
		return false
	}
	if strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
		return false
	}
	for part := range strings.SplitSeq(p, "/") {
		if part == "." || part == ".." {
			return false
		}
	}
	return true
}

// encodedSlash reports whether a slash stands encoded in the path as it was
// sent: it would mean something else than the slash that it decodes to.
func encodedSlash(raw string) bool {
	raw = strings.ToLower(raw)
	return strings.Contains(raw, "%2f") || strings.Contains(raw, "%5c")
}

// sameOrigin reports whether a page of this very server asks. Browsers leave
// Origin out when a page asks its own server, and then say so elsewhere.
func sameOrigin(r *http.Request) bool {
	if origin, ok := r.Header["Origin"]; ok {
		return len(origin) == 1 && origin[0] == "http://"+r.Host
	}
	site := r.Header.Get("Sec-Fetch-Site")
	return site == "" || site == "same-origin"
}
