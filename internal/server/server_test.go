package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"rapport/internal/diag"
	"rapport/internal/files"
)

const page = "<!doctype html><html lang=en><head><title>Maps</title></head><body><main>Maps</main></body></html>"

// tree is a site; later pairs of path and content win.
func tree(pairs ...string) files.Tree {
	all := append([]string{
		"index.html", strings.ReplaceAll(page, "Maps", "Home"), "404.html", strings.ReplaceAll(page, "Maps", "Missing"),
		"articles/maps/index.html", page, "assets/style.css", "body{color:red}", "search/index.json", `{"words":[]}`, "logo.svg", "<svg/>",
		"a name/ü.txt", "text", "old.html", page, "data.bin", "\x00\x01\x02",
	}, pairs...)
	var list []files.File
	for i := 0; i < len(all); i += 2 {
		if all[i+1] != "" {
			list = append(list, files.Memory(all[i], []byte(all[i+1])))
		}
	}
	t := files.NewTree(list...)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			t = less(t, pairs[i])
		}
	}
	return t
}

func less(t files.Tree, path string) files.Tree {
	var list []files.File
	for f := range t.All() {
		if f.Path != path {
			list = append(list, f)
		}
	}
	return files.NewTree(list...)
}

// start serves a site on a port of its own.
func start(t *testing.T, site Site) (*Server, string) {
	t.Helper()
	s := New()
	s.Show(site)
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return s, "http://" + l.Addr().String()
}

// get asks without following redirects.
func get(t *testing.T, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(body)
}

func TestFilesAreServedAsInProduction(t *testing.T) {
	_, at := start(t, Site{Tree: tree()})
	for _, c := range []struct {
		path, kind, body string
		status           int
	}{
		{"/", "text/html; charset=utf-8", "Home", 200},
		{"/index.html", "text/html; charset=utf-8", "Home", 200},
		{"/articles/maps/", "text/html; charset=utf-8", "Maps", 200},
		{"/articles/maps/?q=%3Cscript%3E", "text/html; charset=utf-8", "Maps", 200},
		{"/assets/style.css", "text/css; charset=utf-8", "body{color:red}", 200},
		{"/search/index.json", "application/json; charset=utf-8", `{"words":[]}`, 200},
		{"/logo.svg", "image/svg+xml", "<svg/>", 200},
		{"/a%20name/%C3%BC.txt", "text/plain; charset=utf-8", "text", 200},
		{"/data.bin", "application/octet-stream", "\x00\x01\x02", 200},
		{"/nothing/", "text/html; charset=utf-8", "Missing", 404},
		{"/.rapport/reload.js", "text/javascript; charset=utf-8", "EventSource", 200},
		{"/.rapport/nothing", "text/plain; charset=utf-8", "Not Found", 404},
	} {
		answer, body := get(t, at+c.path)
		if answer.StatusCode != c.status || answer.Header.Get("Content-Type") != c.kind || !strings.Contains(body, c.body) {
			t.Errorf("%s: %d %s %q", c.path, answer.StatusCode, answer.Header.Get("Content-Type"), body)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "",
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", c.path, name, got, want)
			}
		}
		if reloads := strings.Contains(body, "/.rapport/reload.js"); reloads != strings.HasPrefix(c.kind, "text/html") {
			t.Errorf("%s: script added: %v", c.path, reloads)
		}
	}
}

func TestScriptComesFirstAndOnlyInPages(t *testing.T) {
	for _, c := range [][2]string{
		{"<html><head lang=x><script src=a></script></head>", "<html><head lang=x>@<script src=a></script></head>"},
		{"<p>no head</p></body></html>", "<p>no head</p>@</body></html>"},
		{"text", "text@"},
		{"", "@"},
		{"<head", "<head@"},
	} {
		want := strings.Replace(c[1], "@", `<script type="module" src="/.rapport/reload.js" data-rapport="m"></script>`, 1)
		if got := string(withScript([]byte(c[0]), "m")); got != want {
			t.Errorf("%q became %q", c[0], got)
		}
	}
}

func TestFolderWithoutSlashLeadsOn(t *testing.T) {
	_, at := start(t, Site{Tree: tree()})
	answer, _ := get(t, at+"/articles/maps?a=b")
	if to := answer.Header.Get("Location"); answer.StatusCode != 302 || to != "/articles/maps/?a=b" {
		t.Errorf("%d %q", answer.StatusCode, to)
	}
}

func TestSubPath(t *testing.T) {
	_, at := start(t, Site{Tree: tree(), Base: "/guides/"})
	for path, want := range map[string]int{
		"/": 302, "/guides": 302, "/guides/": 200, "/guides/articles/maps/": 200, "/articles/maps/": 404, "/guidesarticles/maps/": 404, "/.rapport/reload.js": 200,
	} {
		if answer, _ := get(t, at+path); answer.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, answer.StatusCode, want)
		}
	}
}

func TestUnchangedFilesAreNotSentAgain(t *testing.T) {
	s, at := start(t, Site{Tree: tree()})
	for _, path := range []string{"/articles/maps/", "/assets/style.css", "/.rapport/reload.js"} {
		s.Show(Site{Tree: tree()})
		first, _ := get(t, at+path)
		tag := first.Header.Get("ETag")
		if again, body := get(t, at+path, "If-None-Match", tag); tag == "" || again.StatusCode != 304 || body != "" {
			t.Errorf("%s with %q: %d %q", path, tag, again.StatusCode, body)
		}
		s.Show(Site{Tree: tree("assets/style.css", "body{}", "articles/maps/index.html", page+" ")})
		if again, _ := get(t, at+path, "If-None-Match", tag); !strings.HasPrefix(path, own) && again.StatusCode != 200 {
			t.Errorf("%s changed: %d", path, again.StatusCode)
		}
	}
}

func TestRanges(t *testing.T) {
	_, at := start(t, Site{Tree: tree()})
	for _, c := range []struct {
		ask, body string
		status    int
	}{{"bytes=0-3", "body", 206}, {"bytes=-2", "d}", 206}, {"bytes=5-", "color:red}", 206}, {"bytes=99-", "invalid range", 416}} {
		answer, body := get(t, at+"/assets/style.css", "Range", c.ask)
		if answer.StatusCode != c.status || !strings.Contains(body, c.body) {
			t.Errorf("%s: %d %q", c.ask, answer.StatusCode, body)
		}
	}
}

func TestNoSiteYetShowsWhy(t *testing.T) {
	s, at := start(t, Site{Diags: diag.List{{Severity: diag.Error, Pos: diag.Pos{File: "site.yaml", Line: 3, Column: 1, Width: 1, Excerpt: "<b>: x"}, Message: `there is no "<i>"`, Hint: "take it out"}}})
	answer, body := get(t, at+"/articles/maps/")
	if answer.StatusCode != 503 || !strings.Contains(body, "site.yaml:3:1") || !strings.Contains(body, "&lt;b&gt;: x") || !strings.Contains(body, "take it out") || strings.Contains(body, "<i>") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	s.Show(Site{Tree: tree()})
	if answer, _ := get(t, at+"/articles/maps/"); answer.StatusCode != 200 {
		t.Errorf("mended: %d", answer.StatusCode)
	}
}

func TestNextFreePort(t *testing.T) {
	first, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if a, b := first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port; b <= a || b > a+100 {
		t.Errorf("after %d came %d", a, b)
	}
	for _, wrong := range []string{"localhost", "localhost:http:x", "localhost:abc", "256.0.0.1:1"} {
		if _, err := Listen(wrong); err == nil {
			t.Errorf("%s: no error", wrong)
		}
	}
}

// stream is one open page.
type stream struct {
	t    *testing.T
	body io.ReadCloser
	scan *bufio.Scanner
}

func open(t *testing.T, at, query string, header ...string) *stream {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, at+"/.rapport/events?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	return &stream{t, answer.Body, bufio.NewScanner(answer.Body)}
}

func (s *stream) next() event {
	s.t.Helper()
	for s.scan.Scan() {
		if data, ok := strings.CutPrefix(s.scan.Text(), "data: "); ok {
			var e event
			if err := json.Unmarshal([]byte(strings.ReplaceAll(strings.ReplaceAll(data, `"severity":"error"`, `"severity":1`), `"severity":"warning"`, `"severity":0`)), &e); err != nil {
				s.t.Fatal(err)
			}
			return e
		}
	}
	s.t.Fatal("the stream ended: ", s.scan.Err())
	return event{}
}

func TestEventsSayHowThingsStand(t *testing.T) {
	s, at := start(t, Site{Tree: tree()})
	maps := open(t, at, "path=/articles/maps/")
	if e := maps.next(); e.Page != files.Sum([]byte(page)).String() || e.Problems.Errors != 0 || e.To != "" {
		t.Errorf("at first: %+v", e)
	}
	wrong := diag.List{{Severity: diag.Warning, Message: "w"}, {Severity: diag.Error, Message: "e", Pos: diag.Pos{File: "content/a.md", Line: 2}}}
	s.Show(Site{Tree: tree("assets/style.css", "body{}"), Diags: wrong, Link: func(p diag.Pos) string { return "edit://" + p.File }})
	e := maps.next()
	if len(e.Assets) != 1 || e.Assets[0] != "/assets/style.css" || e.Problems.Errors != 1 || e.Problems.Warnings != 1 || e.Problems.List[0].Message != "e" || e.Problems.List[0].Link != "edit://content/a.md" {
		t.Errorf("style changed, broken: %+v", e)
	}
	s.Show(Site{Tree: tree("articles/maps/index.html", page+"\n"), Diags: wrong})
	if e := maps.next(); e.Page != files.Sum([]byte(page+"\n")).String() || e.Problems != nil {
		t.Errorf("page changed, problems as before: %+v", e)
	}
	s.Show(Site{Tree: tree("articles/maps/index.html", "", "articles/charts/index.html", page), Moved: map[string]string{"articles/maps/index.html": "articles/charts/index.html"}})
	e = maps.next()
	if e.To != "/articles/charts/" || e.Problems == nil || e.Problems.Errors+e.Problems.Warnings != 0 {
		t.Errorf("moved, mended: %+v", e)
	}
	s.Show(Site{Tree: tree("articles/maps/index.html", "", "x/index.html", page), Moved: map[string]string{"articles/charts/index.html": "x/index.html"}})
	if e := open(t, at, fmt.Sprintf("path=/articles/maps/&since=%d", e.Number)).next(); e.To != "/x/" {
		t.Errorf("slept while it moved on: %+v", e)
	}
	if e := open(t, at, "path=/articles/maps/&since=1").next(); len(e.Assets) != 1 {
		t.Errorf("slept while the style changed: %+v", e)
	}
	s.Show(Site{Tree: tree()})
	if e := open(t, at, "path=/articles/maps/").next(); e.To != "" || e.Page != files.Sum([]byte(page)).String() {
		t.Errorf("stands again: %+v", e)
	}
}

func TestManyPagesMayBeOpen(t *testing.T) {
	before := runtime.NumGoroutine()
	s := New()
	s.Show(Site{Tree: tree()})
	web := httptest.NewServer(s)
	transport := &http.Transport{}
	client := &http.Client{Transport: transport}
	ctx, leave := context.WithCancel(context.Background())
	var bodies []io.Closer
	refused := 0
	for range maxStreams + 10 {
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, web.URL+"/.rapport/events?path=/", nil)
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, answer.Body)
		if answer.StatusCode == http.StatusServiceUnavailable {
			refused++
		}
	}
	if refused != 10 {
		t.Errorf("%d of %d streams were refused, want 10", refused, maxStreams+10)
	}
	s.Show(Site{Tree: tree("index.html", page)}) // reaches all, waits for none
	leave()
	for _, b := range bodies {
		b.Close()
	}
	transport.CloseIdleConnections()
	web.Close()
	for i := 0; (runtime.NumGoroutine() > before || len(s.streams) > 0) && i < 500; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before || len(s.streams) > 0 {
		t.Errorf("%d goroutines, %d before; %d streams", n, before, len(s.streams))
	}
}

func TestEditors(t *testing.T) {
	for command, want := range map[string]string{
		"code --wait": "vscode://file/a%20b/c.md:3:7", "/usr/local/bin/subl -w": "subl://open?url=file:///a%20b/c.md&line=3&column=7", "vim": "", "": "",
	} {
		if got := EditorLink(Editor(command), "/a b/c.md", 3, 7); got != want {
			t.Errorf("%q: %q, want %q", command, got, want)
		}
	}
	if got := EditorLink("x://{path}:{line}:{column}", `/q?&#"<.md`, 0, 0); got != "x:///q%3F%26%23%22%3C.md:1:1" {
		t.Errorf("a name with signs: %q", got)
	}
	for template, want := range map[string]bool{
		"vscode://file{path}:{line}": true, "x:{path}": true, "javascript:alert('{path}')": false, "JavaScript:{path}": false, "data:text/html,{path}": false,
		"file://{path}": false, "vscode://file": false, "{path}": false, "": false,
	} {
		if ValidEditor(template) != want {
			t.Errorf("%q: valid is %v", template, !want)
		}
	}
}
