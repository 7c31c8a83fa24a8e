package advice_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
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
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"rapport/internal/files"
	"rapport/internal/pipeline"
)

// policy is the Content-Security-Policy that pages must work under.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"

// base is where the site stands, below the root so that paths are tried too.
const base = "/sub"

// built is the site in testdata/site with the default theme; edits replace
// files of it before it is built.
func built(t *testing.T, edits map[string]string) map[string][]byte {
	t.Helper()
	theme, err := files.FromFS(os.DirFS("../../themes"), "themes")
	if err != nil {
		t.Fatal(err)
	}
	content, err := files.FromFS(os.DirFS("testdata/site"), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(edits)) {
		content = content.With(files.NewTree(files.Memory(name, []byte(edits[name]))))
	}
	p := pipeline.New(pipeline.Settings{Builtin: theme, Scripts: pipeline.Scripts(), Today: "2026-11-30"})
	defer p.Close()
	out := &sink{files: map[string][]byte{}}
	r, err := p.Run(context.Background(), content, out)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diags {
		t.Error(d.Text())
	}
	return out.files
}

type sink struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (s *sink) Put(path string, data []byte) (files.Staged, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path] = slices.Clone(data)
	return files.Staged{Path: path, Hash: files.Sum(data), Size: int64(len(data))}, nil
}

func (*sink) Holds(string, files.Hash) bool { return false }

// host shows a site, which can be exchanged for its next version.
type host struct {
	*httptest.Server
	mu    sync.Mutex
	files map[string][]byte
}

func serve(t *testing.T, site map[string][]byte) *host {
	t.Helper()
	h := &host{files: site}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, base+"/")
		if strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		h.mu.Lock()
		data, ok := h.files[name]
		h.mu.Unlock()
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Header().Set("Cache-Control", "no-store")
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write(data)
	}))
	t.Cleanup(h.Close)
	return h
}

// chromium is one browser for all tests of the package.
var chromium = sync.OnceValues(func() (context.Context, error) {
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil && found == "" {
			found = p
		}
	}
	if found == "" {
		return nil, nil
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	return ctx, chromedp.Do(ctx)
})

func TestMain(m *testing.M) {
	status := m.Run()
	if ctx, err := chromium(); ctx != nil && err == nil {
		_ = chromedp.Cancel(ctx)
	}
	os.Exit(status)
}

// reader is somebody with a browser of their own, at 390 px and with a keyboard.
type reader struct {
	t    *testing.T
	ctx  context.Context
	host *host
}

// prelude stands in for what a browser without a window cannot do, and keeps
// what leaves the page: the text copied, the file saved, whether it prints.
const prelude = `
Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => { window.copied = text; }}});
URL.createObjectURL = (blob) => { window.saved = blob; return "#saved"; };
window.print = () => { window.printed = document.documentElement.className + " " + document.querySelectorAll(":checked").length; window.dispatchEvent(new Event("afterprint")); };`

// newReader opens a browser with an empty storage. Whatever its pages complain
// of fails the test.
func newReader(t *testing.T, h *host, script string) *reader {
	t.Helper()
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	if browser == nil {
		if os.Getenv("RAPPORT_BROWSER") == "required" {
			t.Fatal("there is no Chromium, and browser tests are required")
		}
		t.Skip("there is no Chromium: browser tests are skipped")
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	return (&reader{t, ctx, h}).begin(script)
}

// tab opens one more tab of the same reader.
func (r *reader) tab() *reader {
	r.t.Helper()
	ctx, cancel := chromedp.NewContext(r.ctx)
	r.t.Cleanup(cancel)
	return (&reader{r.t, ctx, r.host}).begin("")
}

func (r *reader) begin(script string) *reader {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, 2*time.Minute)
	r.t.Cleanup(cancel)
	r.ctx = ctx
	r.do(chromedp.EmulateViewport(390, 844), call(log.Enable, cdp.Empty{}), call(runtime.Enable, cdp.Empty{}),
		call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: prelude + script}))
	err := chromedp.Listen(r.ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == "error" {
				r.t.Errorf("the page complains: %s %s", e.Entry.Text, e.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			r.t.Errorf("the page fails: %s %v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception)
		}
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return r
}

// call makes an action of a command of the browser's protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	if err := chromedp.Do(r.ctx, steps...); err != nil {
		r.t.Fatal(err)
	}
}

// open goes to a page and waits until its scripts are at work.
func (r *reader) open(url string) {
	r.t.Helper()
	if !strings.HasPrefix(url, "http") {
		url = r.host.URL + base + url
	}
	r.do(chromedp.Navigate("about:blank"), chromedp.Navigate(url))
	r.wait(`document.readyState === "complete" && (document.querySelector(".live") || !document.querySelector("[data-common]")) ? "yes" : ""`, "yes")
}

// js returns what an expression on the page gives, as text.
func (r *reader) js(format string, args ...any) string {
	r.t.Helper()
	expression := fmt.Sprintf(format, args...)
	text, err := chromedp.Run(r.ctx, chromedp.Evaluate[string](`Promise.resolve(`+expression+`).then((x) => String(x ?? ""))`, chromedp.EvalAwaitPromise))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// wait waits until an expression gives the text.
func (r *reader) wait(expression, want string) {
	r.t.Helper()
	got := ""
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got = r.js("%s", expression); got == want {
			return
		}
	}
	r.t.Fatalf("%s is %q, want %q", expression, got, want)
}

// sees fails unless the text of the elements is as it should be.
func (r *reader) sees(selector, want string) {
	r.t.Helper()
	r.wait(fmt.Sprintf(`[...document.querySelectorAll(%s)].filter((el) => el.checkVisibility()).map((el) => el.innerText.trim().replace(/\s+/g, " ")).join(" | ")`, quoted(selector)), want)
}

// focus moves to what a selector or a name finds.
func (r *reader) focus(name string) {
	r.t.Helper()
	find := fmt.Sprintf(`(() => {
		const all = [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")].filter((el) => el.checkVisibility() && !el.disabled);
		const text = (el) => (el.getAttribute("aria-label") ?? el.innerText ?? "").trim().replace(/\s+/g, " ");
		const el = all.find((el) => text(el) === %[1]s || el.labels?.length && text(el.labels[0]).startsWith(%[1]s));
		el?.focus();
		return el && document.activeElement === el ? "yes" : all.map(text).join(" | ");
	})()`, quoted(name))
	r.wait(find, "yes")
}

// press focuses what has the name and presses keys: Enter if none is given.
func (r *reader) press(name string, keys ...string) {
	r.t.Helper()
	r.focus(name)
	if len(keys) == 0 {
		keys = []string{kb.Enter}
	}
	for _, k := range keys {
		r.do(chromedp.KeyEvent(k))
	}
}

// types replaces the text of a box.
func (r *reader) types(name, text string) {
	r.t.Helper()
	r.focus(name)
	r.js(`document.activeElement.select()`)
	r.do(chromedp.KeyEvent(text))
}

// date types a day into a date box: month, day and year, as the browser's own
// language asks for them.
func (r *reader) date(name, day string) {
	r.t.Helper()
	r.focus(name)
	r.do(chromedp.KeyEvent(day[5:7] + day[8:] + day[:4]))
	r.wait("document.activeElement.value", day)
}

// ticked returns the ids of the boxes that are ticked.
func (r *reader) ticked() string {
	r.t.Helper()
	return r.js(`[...document.querySelectorAll("[data-item] > .item-line input:checked")].map((el) => el.id.replace("item-", "")).join(" ")`)
}

func (r *reader) isTicked(want string) {
	r.t.Helper()
	if got := r.ticked(); got != want {
		r.t.Errorf("ticked: %s, want %s", got, want)
	}
}

// axe fails on anything that the accessibility checker finds, on a phone in
// daylight and on a wide screen in the dark.
func (r *reader) axe(state string) {
	r.t.Helper()
	r.look(1280, 800, "dark")
	r.check(state + ", wide and dark")
	r.look(390, 844, "light")
	r.check(state)
}

// look changes the screen.
func (r *reader) look(width, height int64, scheme string) {
	r.t.Helper()
	r.do(chromedp.EmulateViewport(width, height), call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}))
	r.wait(fmt.Sprintf(`String(innerWidth === %d && matchMedia("(prefers-color-scheme: %s)").matches)`, width, scheme), "true")
}

func (r *reader) check(state string) {
	r.t.Helper()
	data, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("RAPPORT_BROWSER") == "required" {
			r.t.Fatal("axe-core is missing: run npm ci")
		}
		r.t.Log("axe-core is missing (npm ci): accessibility is not checked")
		return
	}
	if r.js("typeof axe") == "undefined" {
		r.do(chromedp.Evaluate[chromedp.Void](string(data)))
	}
	found := r.js(`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then((r) =>
		r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ") + " " + n.failureSummary).slice(0, 3).join(", ")).join("\n"))`)
	if found != "" {
		r.t.Errorf("%s: %s", state, found)
	}
	if wide := r.js(`document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide != "0" {
		r.t.Errorf("%s: the page is %s px wider than the screen", state, wide)
	}
}

func quoted(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}
