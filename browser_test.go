package rapport_test

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// policy is the Content-Security-Policy that every page must work under.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"

// browser starts Chromium, to which the name coach.test is this machine, or skips the test where there is none, unless
// RAPPORT_BROWSER says that it is required.
func browser(t *testing.T) context.Context {
	t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil && found == "" {
			found = p
		}
	}
	if found == "" {
		if os.Getenv("RAPPORT_BROWSER") == "required" {
			t.Fatal("there is no Chromium, and browser tests are required")
		}
		t.Skip("there is no Chromium: browser tests are skipped")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP coach.test 127.0.0.1"))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// serve shows the built site in a folder of the host, under the policy.
func serve(t *testing.T, b built, folder string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, inside := strings.CutPrefix(r.URL.Path, folder)
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		data, ok := b.files[name]
		ok = ok && inside
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			data = b.files["404.html"]
		}
		_, _ = w.Write(data)
	}))
	t.Cleanup(s.Close)
	return s
}

// listen collects what a page complains of and which other hosts it asks.
type listener struct {
	mu    sync.Mutex
	found []string
}

func (l *listener) add(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.found = append(l.found, fmt.Sprintf(format, args...))
}

func (l *listener) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.found
	l.found = nil
	return found
}

func listen(t *testing.T, ctx context.Context, host string) *listener {
	t.Helper()
	l := &listener{}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == "error" {
				l.add("%s %s", e.Entry.Text, e.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			l.add("%s", e.ExceptionDetails.Text)
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" && u.Host != host {
				l.add("a request to %s", u.Host)
			}
		}
	})
	if err == nil {
		err = chromedp.Do(ctx, call(log.Enable, cdp.Empty{}), call(network.Enable, network.EnableParams{}), call(runtime.Enable, cdp.Empty{}))
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// axe returns the source of the accessibility checker, which npm installs.
func axe(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("RAPPORT_BROWSER") == "required" {
			t.Fatal("axe-core is missing: run npm ci")
		}
		t.Skip("axe-core is missing (npm ci): the accessibility test is skipped")
	}
	return string(data)
}

const runAxe = `axe.run(document, {resultTypes: ["violations"], preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
	r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(", ")))`

// view is a screen on which a page is looked at.
type view struct {
	width  int64
	scheme string
}

// TestEveryPage opens each page of the starter and looks at it on a phone and
// on a desk, light and dark: no accessibility violation, nothing wider than a
// 320 px screen, no word against the policy, no request to another host.
func TestEveryPage(t *testing.T) {
	b := starter(t)
	checker := axe(t)
	ctx := browser(t)
	server := serve(t, b, "/")
	complaints := listen(t, ctx, server.Listener.Addr().String())
	for _, name := range htmlFiles(b) {
		one, cancel := context.WithTimeout(ctx, 2*time.Minute)
		err := chromedp.Do(one,
			look(view{390, "light"}),
			chromedp.Navigate(server.URL+"/"+strings.TrimSuffix(name, "index.html")),
			chromedp.Evaluate[chromedp.Void](checker))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		// The page stays while the screen around it changes, which costs less
		// than opening it four times.
		for _, v := range []view{{390, "light"}, {390, "dark"}, {1280, "dark"}, {1280, "light"}} {
			if err := chromedp.Do(one, look(v)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			violations, err := chromedp.Run(one, chromedp.Evaluate[[]string](runAxe, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, found := range violations {
				t.Errorf("%s at %d px, %s: %s", name, v.width, v.scheme, found)
			}
		}
		if err := chromedp.Do(one, chromedp.EmulateViewport(320, 640)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		overflow, err := chromedp.Run(one, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if overflow > 0 {
			t.Errorf("%s is %d px wider than a screen of 320 px", name, overflow)
		}
		for _, c := range complaints.take() {
			t.Errorf("%s: %s", name, c)
		}
		cancel()
	}
}

// look sets the width of the screen and what the system asks for. Nothing
// moves, so that no color is measured half way.
func look(v view) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}
		if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, media); err != nil {
			return err
		}
		return chromedp.Do(ctx, chromedp.EmulateViewport(v.width, 844))
	})
}

// unseen lists the text of the main part that a reader does not see: neither
// what waits for a script (hidden) nor what a fold holds until it is opened.
const unseen = `[...document.querySelectorAll("main *")].filter(e =>
	[...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) &&
	!e.closest("[hidden], details:not([open]), noscript, .visually-hidden, .print, .breadcrumbs") &&
	(!e.checkVisibility({opacityProperty: true, visibilityProperty: true}) || !e.getClientRects().length) && !e.matches(".anchor")).map(e => e.className + " " + e.textContent.trim().slice(0, 40)).concat(
	document.querySelector("main").innerText.trim().length < 60 ? ["all but " + document.querySelector("main").innerText] : [],
	[...document.querySelectorAll("main [hidden]")].filter(e => e.querySelector("h1, form, .prose, .cards") || e.textContent.trim().length > 200).map(e => "hidden: " + e.className))`

// TestEveryPageInASubPathWithoutScript opens each page of a site that stands
// in a folder of its host, with scripts and without: all that it loads is
// there, and the main content can be read.
func TestEveryPageInASubPathWithoutScript(t *testing.T) {
	b := starterAt(t, "https://example.org/guides/warm/")
	ctx := browser(t)
	server := serve(t, b, "/guides/warm/")
	complaints := listen(t, ctx, server.Listener.Addr().String())
	if err := chromedp.Do(ctx, look(view{1280, "light"})); err != nil {
		t.Fatal(err)
	}
	for _, script := range []bool{true, false} {
		if err := chromedp.Do(ctx, call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})); err != nil {
			t.Fatal(err)
		}
		for _, name := range htmlFiles(b) {
			one, cancel := context.WithTimeout(ctx, time.Minute)
			if err := chromedp.Do(one, chromedp.Navigate(server.URL+"/guides/warm/"+strings.TrimSuffix(name, "index.html"))); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !script {
				missed, err := chromedp.Run(one, chromedp.Evaluate[[]string](unseen))
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, m := range missed {
					t.Errorf("%s without script: not to be seen: %s", name, m)
				}
			}
			cancel()
			for _, c := range complaints.take() {
				t.Errorf("%s, scripts %v: %s", name, script, c)
			}
		}
	}
}

// call makes an action of a command of the browser's protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// htmlFiles returns the pages that readers open. Redirects leave at once.
func htmlFiles(b built) []string {
	var list []string
	for name, data := range b.files {
		if strings.HasSuffix(name, ".html") && !strings.Contains(string(data), `http-equiv="refresh"`) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
