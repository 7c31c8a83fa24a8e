package server

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/internal/files"
)

const secret = "SECRET-BESIDE-THE-OUTPUT"

// hostile is one request, written to the wire as it stands.
type hostile struct {
	name, line string // line: method, target and protocol
	header     string
	status     []int // any of these; 0 is a closed connection
}

// hostiles are requests that no page of the site sends.
func hostiles(host, outside string) []hostile {
	var list []hostile
	add := func(name, line, header string, status ...int) {
		list = append(list, hostile{name, line, header, status})
	}
	here := "Host: " + host + "\r\n"
	port := host[strings.LastIndex(host, ":"):]

	for _, h := range []string{
		"evil.example", "evil.example" + port, "localhost.evil.example", "127.0.0.1.evil.example" + port, "notlocalhost" + port, "localhost" + port + ".evil.example",
		"evil.example:80@" + host, "10.0.0.1" + port, "0.0.0.0" + port, "169.254.169.254", "192.168.1.1" + port, "[::]" + port, "[fe80::1]" + port, "2130706433" + port, "0x7f000001" + port,
		"127.1" + port, "localhost." + port, "LOCALHOST.EVIL" + port, "xn--lcalhost-9ya" + port, "", " ", "a b", "localhost#" + port, "localhost?" + port, "localhost/" + port, `localhost\` + port, "localhost%00" + port,
		"[::1", "::1", "localhost:1:2", "metadata.google.internal", "host.docker.internal" + port, "127.0.0.1,evil.example",
	} {
		for _, target := range []string{"/", "/.rapport/events?path=/", "/.rapport/reload.js"} {
			add("host "+h+" "+target, "GET "+target+" HTTP/1.1", "Host: "+h+"\r\n", 421, 400)
		}
	}
	add("no host", "GET / HTTP/1.1", "", 400)
	add("two hosts", "GET / HTTP/1.1", here+"Host: evil.example\r\n", 400)
	add("HTTP/1.0 without host", "GET / HTTP/1.0", "", 421)
	add("absolute form to another host", "GET http://evil.example/ HTTP/1.1", here, 421)
	add("absolute form to a file", "GET file:///etc/passwd HTTP/1.1", here, 421, 400)
	add("absolute form over https", "GET https://evil.example/a HTTP/1.1", here, 421)
	add("authority form", "CONNECT evil.example:443 HTTP/1.1", here, 421, 405)

	for _, o := range []string{
		"null", "http://evil.example", "https://" + host, "http://localhost:1", "http://127.0.0.1", "http://127.0.0.1:1", "http://0.0.0.0" + port, "http://10.0.0.1" + port,
		"http://" + host + ".evil.example", "http://evil.example/?" + host, "http://" + host + "/", "HTTP://" + host, " ", "", "file://", "chrome-extension://abc", "http://user@" + host, "http://[::1]" + port, "http://localhost" + port,
	} {
		add("origin "+o, "GET /.rapport/events?path=/ HTTP/1.1", here+"Origin: "+o+"\r\n", 403)
	}
	add("two origins", "GET /.rapport/events?path=/ HTTP/1.1", here+"Origin: http://"+host+"\r\nOrigin: http://evil.example\r\n", 403)
	for _, s := range []string{"cross-site", "same-site", "none", "x"} {
		add("fetched from "+s, "GET /.rapport/events?path=/ HTTP/1.1", here+"Sec-Fetch-Site: "+s+"\r\n", 403)
	}

	for _, m := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "get", "GETT", "M-SEARCH", "PURGE", "LINK"} {
		add("method "+m, m+" /index.html HTTP/1.1", here, 405)
		add("method "+m+" on events", m+" /.rapport/events HTTP/1.1", here, 405)
	}
	add("options of all", "OPTIONS * HTTP/1.1", here, 405)
	add("star", "GET * HTTP/1.1", here, 400)
	add("preflight", "OPTIONS /index.html HTTP/1.1", here+"Origin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n", 405)
	add("method overridden", "GET /nothing HTTP/1.1", here+"X-HTTP-Method-Override: PUT\r\n", 404)
	add("with a body", "GET / HTTP/1.1", here+"Content-Length: 5\r\n\r\nhello", 413)
	add("with a chunked body", "GET / HTTP/1.1", here+"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", 413)
	add("smuggled", "GET / HTTP/1.1", here+"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", 413, 400)

	up := []string{"..", "%2e%2e", "%2E%2e", ".%2e", "%2e."}
	for _, dots := range up {
		for _, form := range []string{"/@/secret.txt", "/@/@/@/@/@/@/etc/passwd", "/articles/@/@/secret.txt", "/articles/maps/@/@/@/secret.txt", "/@", "/@/", "/index.html/@/@/secret.txt"} {
			add("up "+dots+" in "+form, "GET "+strings.ReplaceAll(form, "@", dots)+" HTTP/1.1", here, 400)
		}
		for _, slash := range []string{"%2f", "%2F", "%5c", "%5C", `\`} {
			add("up "+dots+slash, "GET /"+dots+slash+"secret.txt HTTP/1.1", here, 400)
			add("down and up "+dots+slash, "GET /articles"+slash+dots+slash+dots+slash+"secret.txt HTTP/1.1", here, 400)
		}
	}
	for _, p := range []string{
		"/articles%2fmaps%2f", "/%2fetc/passwd", "/%5cetc%5cpasswd", `/articles\maps\`, "//etc/passwd", "//evil.example/articles/maps", "///", "/articles//maps/", "/./secret.txt", "/articles/./maps/", "/%00", "/index.html%00.css", "/index%00.html", "/%0d%0aX: y",
		"/%01", "/%7f", "/%c2%80", "/%ff%fe", "/%c0%ae%c0%ae/secret.txt", "/a%0ab",
	} {
		add("path "+p, "GET "+p+" HTTP/1.1", here, 400)
	}
	for _, p := range []string{
		"/@fs" + outside, "/@fs/etc/passwd", "/@id/secret.txt", outside, "/etc/passwd", "/proc/self/environ", "/.env", "/.git/config", "/.ssh/id_rsa", "/site.yaml", "/content/articles/maps.md", "/themes/default/layouts/base.html",
		"/.rapport", "/.rapport/", "/.rapport/events/", "/.rapport/events.go", "/.rapport/server.go", "/.rapport/error.html", "/.rapport-files", "/.rapport-staging/files", "/C:/Windows/win.ini", "/file:///etc/passwd", "/%252e%252e/secret.txt", "/..%252fsecret.txt",
		"/.../secret.txt", "/..;/secret.txt", "/index.html/", "/index.html/x", "/INDEX.HTML", "/index.html.", "/index.html%20", "/index.html::$DATA", "/~root/", "/cgi-bin/x", "/debug/pprof/", "/debug/vars", "/__open-in-editor?file=" + outside, "/livereload.js", "/%u002e%u002e/x", "/server-status",
		"/%EF%BC%8E%EF%BC%8E/secret.txt", "/secret.txt?/../../x",
	} {
		add("elsewhere "+p, "GET "+p+" HTTP/1.1", here, 404, 400)
	}
	for _, q := range []string{"?raw", "?url", "?import&raw??", "?file=" + outside, "?../../secret.txt", "?%2e%2e%2fsecret.txt", "?x=%00", "?path=" + outside, "?callback=steal"} {
		add("query "+q, "GET /index.html"+q+" HTTP/1.1", here, 200)
	}
	for _, p := range []string{"/../secret.txt", "/..%2fsecret.txt", outside, "//evil.example", `\..\secret.txt`, "%00", strings.Repeat("a/", 500)} {
		add("events of "+p[:min(len(p), 40)], "HEAD /.rapport/events?path="+p+" HTTP/1.1", here, 200)
	}
	add("fragment", "GET /#/../secret.txt HTTP/1.1", here, 400, 404)
	add("relative", "GET secret.txt HTTP/1.1", here, 400)
	add("long path", "GET /"+strings.Repeat("a", 10<<10)+" HTTP/1.1", here, 414)
	add("long query", "GET /?"+strings.Repeat("a", 10<<10)+" HTTP/1.1", here, 414)
	add("longer", "GET /"+strings.Repeat("a", 1<<20)+" HTTP/1.1", here, 431, 0)
	add("long header", "GET / HTTP/1.1", here+"X: "+strings.Repeat("a", 1<<20)+"\r\n", 431, 0)
	add("no HTTP", "HELO", "", 400)
	add("binary", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "", 400)
	add("folded header", "GET / HTTP/1.1", here+"X: a\r\n b\r\n", 200, 400)
	add("upgrade", "GET / HTTP/1.1", here+"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n", 200)
	add("preface of HTTP/2", "PRI * HTTP/2.0", "", 400, 405, 421, 505)
	for _, r := range []string{"bytes=0-99999999999999999999", "bytes=-1-2", "bytes=a-b", "lines=1-2", "bytes=" + strings.Repeat("0-1,", 500) + "0-1"} {
		add("range "+r[:min(len(r), 30)], "GET /index.html HTTP/1.1", here+"Range: "+r+"\r\n", 200, 206, 416)
	}
	return list
}

func TestHostileRequests(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(outside, []byte(secret), 0o666); err != nil {
		t.Fatal(err)
	}
	_, at := start(t, Site{Tree: tree()})
	host := strings.TrimPrefix(at, "http://")
	list := hostiles(host, filepath.ToSlash(outside))
	if len(list) < 200 {
		t.Errorf("%d requests, want at least 200", len(list))
	}
	known := bodies(tree())
	for _, h := range list {
		status, body := wire(t, host, h.line+"\r\n"+h.header+"\r\n")
		ok := false
		for _, want := range h.status {
			ok = ok || status == want
		}
		if !ok {
			t.Errorf("%s: %d, want %v", h.name, status, h.status)
		}
		if bytes.Contains(body, []byte(secret)) || bytes.Contains(body, []byte("root:")) {
			t.Errorf("%s: bytes from outside the output: %q", h.name, body)
		}
		if status == 200 && len(body) > 0 && !known[string(body)] {
			t.Errorf("%s: what is no file of the site: %q", h.name, body)
		}
	}
}

// bodies are all that may ever be sent with status 200.
func bodies(site files.Tree) map[string]bool {
	known := map[string]bool{}
	for f := range site.All() {
		data, _ := f.Bytes()
		if isPage(f.Path) {
			data = withScript(data, f.Hash.String())
		}
		known[string(data)] = true
	}
	return known
}

// wire sends raw bytes and returns the status, 0 if there was no answer.
func wire(t *testing.T, host, raw string) (int, []byte) {
	t.Helper()
	c, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = io.WriteString(c, raw) // the server may close before all is sent
	method, _, _ := strings.Cut(raw, " ")
	answer, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		return 0, nil
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, body
}

func TestOwnPagesMayListen(t *testing.T) {
	_, at := start(t, Site{Tree: tree()})
	open(t, at, "path=/", "Origin", at).next()
	open(t, at, "path=/", "Sec-Fetch-Site", "same-origin").next()
	open(t, strings.Replace(at, "127.0.0.1", "localhost", 1), "path=/").next()
}

func TestNamesOfOurOwn(t *testing.T) {
	for host, want := range map[string]int{"guides.example": 200, "GUIDES.example:9": 200, "other.example": 421, "": 421, "0.0.0.0": 421} {
		s := New("guides.example", "", "0.0.0.0", "::")
		s.Show(Site{Tree: tree()})
		r := &http.Request{Method: "GET", Host: host, URL: mustURL("/"), RequestURI: "/", Header: http.Header{}}
		w := &status{header: http.Header{}}
		s.ServeHTTP(w, r)
		if w.code != want {
			t.Errorf("%q: %d, want %d", host, w.code, want)
		}
	}
}

func TestSlowClientsAreLeft(t *testing.T) {
	_, at := start(t, Site{Tree: tree()})
	c, err := net.Dial("tcp", strings.TrimPrefix(at, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: loc") // and no more
	_ = c.SetReadDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("a request that never ends is waited for: %v", err)
	}
}

// status is a ResponseWriter that keeps the status.
type status struct {
	header http.Header
	code   int
}

func (s *status) Header() http.Header  { return s.header }
func (s *status) WriteHeader(code int) { s.code = code }
func (s *status) Write(b []byte) (int, error) {
	if s.code == 0 {
		s.code = http.StatusOK
	}
	return len(b), nil
}

func mustURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}
