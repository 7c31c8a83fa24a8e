package handout

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// policy is what a site is served with.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'"

// tab is a page in Chromium and what it complained of.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu    sync.Mutex
	said  []string // errors
	asked []string // addresses
}

// openTab starts Chromium, or skips the test where there is none, unless
// RAPPORT_BROWSER says that it is required. The name coach.test leads to this
// machine, by plain http and so without a secure context.
func openTab(t *testing.T) *tab {
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
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Listen(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			// The sealed page of these tests tries an event handler.
			if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "404") && !strings.HasPrefix(e.Entry.Text, "Executing inline event handler violates") {
				b.said = append(b.said, e.Entry.Text)
			}
		case *runtime.EventExceptionThrown:
			b.said = append(b.said, e.ExceptionDetails.Text)
		case *network.EventRequestWillBeSent:
			b.asked = append(b.asked, e.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b.do(call(log.Enable, cdp.Empty{}), call(network.Enable, network.EnableParams{}), call(runtime.Enable, cdp.Empty{}))
	return b
}

// call makes an action of a command of the browser's protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 90*time.Second)
	defer cancel()
	for _, a := range actions {
		if err := chromedp.Do(ctx, a); err != nil {
			b.t.Fatal(err)
		}
	}
}

// eval returns what an expression is, as text.
func (b *tab) eval(expression string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 90*time.Second)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[string]("Promise.resolve("+expression+").then(String)", chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// await waits until an expression is true.
func (b *tab) await(expression string) {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); b.eval("Boolean("+expression+")") != "true"; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			b.t.Fatalf("never: %s\n%s", expression, b.eval("(document.querySelector(`main`) ?? document.body).outerHTML"))
		}
	}
}

func (b *tab) want(expression, want string) {
	b.t.Helper()
	if got := b.eval(expression); got != want {
		b.t.Errorf("%s is %q, not %q", expression, got, want)
	}
}

// quiet wants no complaint since it was last asked, and returns what was asked
// for.
func (b *tab) quiet() []string {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.said {
		b.t.Errorf("the browser says: %s", s)
	}
	asked := b.asked
	b.said, b.asked = nil, nil
	return asked
}

// axe wants no violation of accessibility. The checker is installed by npm.
func (b *tab) axe(state string) {
	b.t.Helper()
	checker, err := os.ReadFile("../../node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("RAPPORT_BROWSER") == "required" {
			b.t.Fatal("axe-core is missing: run npm ci")
		}
		b.t.Log("axe-core is missing (npm ci): accessibility is not checked")
		return
	}
	b.do(chromedp.Evaluate[chromedp.Void](string(checker)))
	const run = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", ")).join("; "))`
	if got := b.eval(run); got != "" {
		b.t.Errorf("%s: %s", state, got)
	}
}

// lockedPage is testdata/locked.html around a sealed page.
func lockedPage(t *testing.T, s Sealed) string {
	t.Helper()
	layout, err := os.ReadFile("testdata/locked.html")
	if err != nil {
		t.Fatal(err)
	}
	var addresses []string
	for _, name := range s.Names() {
		addresses = append(addresses, "/h/"+name)
	}
	return strings.NewReplacer("@SEALED@", s.Attribute(), "@FILES@", strings.Join(addresses, " ")).Replace(string(layout))
}

// private is a page that tries what a page can try.
const private = `<!doctype html><html><head><title>Four weeks for Wilhelmina</title><script src="/evil.js"></script></head><body><p>outside</p>
<main><h1>Four weeks</h1><img id="dot" src="/h/a.png" srcset="/h/a.png 1x" alt="A red dot"><p onclick="evil()"><a id="bad" href=" java
script:evil()">Bad</a> <a id="pdf" href="/h/notes.pdf">Notes</a></p><script>document.title = "evil"</script><iframe src="/evil.html"></iframe></main></body></html>`

// counter is a module of the page: it begins to work once the page is open.
const counter = `document.documentElement.dataset.links = String(document.querySelectorAll("main a").length);`

func sealedSite(t *testing.T, passphrases ...string) files {
	t.Helper()
	sealed, err := Seal(Content{HTML: []byte(private), Files: []File{{"/h/a.png", "image/png", []byte(pixel)}, {"/h/notes.pdf", "application/pdf", []byte("%PDF")}}}, passphrases, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	site := files{"/h/": lockedPage(t, sealed), "/unlock.js": string(Unlock()), "/count.js": counter}
	for name, data := range sealed.Files {
		site["/h/"+name] = string(data)
	}
	return site
}

func serve(t *testing.T, site files) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, mediaType, err := site.load(r.URL.Path)
		if strings.HasSuffix(r.URL.Path, "/") {
			mediaType = "text/html; charset=utf-8"
		}
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", mediaType)
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write(data)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

const locked = `document.querySelector("input[type=password]")`

// TestUnlock unlocks with the keyboard alone, under the policy of the site.
func TestUnlock(t *testing.T) {
	accents := "größe café señor naïve jalapeño"
	b := openTab(t)
	host := serve(t, sealedSite(t, anna, accents))
	b.do(chromedp.Navigate(host + "/h/"))
	b.await(locked)
	b.axe("locked")
	b.want(`document.body.textContent.includes("Wilhelmina")`, "false")
	b.want(`document.querySelector("h1").textContent + "; " + document.querySelector("main p").textContent + "; " + document.querySelector("label").textContent`,
		"This page is sealed; Your coach has given you a passphrase of several words.; Your passphrase")
	b.want(`document.querySelector("label").control === `+locked+` && `+locked+`.autocomplete`, "current-password")

	b.do(chromedp.KeyEvent("\t"))
	b.want(`document.activeElement.id`, "lock-passphrase")
	b.do(chromedp.KeyEvent("\r"))
	b.await(`document.querySelector("[role=alert]").textContent === "Enter the passphrase."`)
	b.do(chromedp.KeyEvent("velvet acorn tidal museum dull\r"))
	b.await(`document.querySelector("[role=status]").textContent.startsWith("Unlocking")`)
	b.await(`document.querySelector("[role=alert]").textContent.startsWith("This passphrase does not open")`)
	b.want(`document.activeElement.id + document.activeElement.getAttribute("aria-invalid")`, "lock-passphrasetrue")
	b.axe("after a wrong passphrase")

	b.do(chromedp.KeyEvent("  " + anna + " \r")) // what was wrong is selected, and so replaced
	b.await(`document.querySelector("#dot")?.naturalWidth === 1`)
	b.await(`document.documentElement.dataset.links === "2"`)
	b.want(`document.activeElement.outerHTML`, `<h1 tabindex="-1">Four weeks</h1>`)
	b.want(`document.title`, "Four weeks for Wilhelmina")
	b.want(`document.querySelector("#dot").src.slice(0, 22)`, "data:image/png;base64,")
	b.want(`document.querySelectorAll("main script, main iframe, main [onclick], main [srcset], #bad[href]").length + ", " + document.body.textContent.includes("outside")`, "0, false")
	b.want(`sessionStorage.length + localStorage.length`, "0")
	b.axe("unlocked")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#pdf").click()`))
	b.await(`document.querySelector("#pdf").href.startsWith("blob:")`)
	b.want(`document.querySelector("#pdf").download`, "notes.pdf")
	for _, address := range b.quiet() {
		if strings.Contains(address, "evil") || strings.Contains(address, "a.png") || strings.Contains(address, "notes.pdf") {
			t.Errorf("asked for %s", address)
		}
	}

	// It is locked again after a reload, unless the reader asks otherwise.
	b.do(chromedp.Reload())
	b.await(locked)
	b.do(chromedp.Evaluate[chromedp.Void](locked + `.value = "` + accents + `".normalize("NFD")`))
	b.do(chromedp.Focus(`input[name=remember]`), chromedp.KeyEvent(" "), chromedp.KeyEvent("\r"))
	b.await(`document.title === "Four weeks for Wilhelmina" && sessionStorage.length === 1`)
	b.want(`JSON.stringify(sessionStorage).includes("caf")`, "false")
	b.do(chromedp.Reload())
	b.await(`document.querySelector("#dot")?.naturalWidth === 1`)
	b.do(chromedp.Focus(`.lock-again`), chromedp.KeyEvent("\r"))
	b.await(locked)
	b.want(`sessionStorage.length + document.title`, "0Sealed page – Lantern Lane Coaching")
	b.quiet()
}

// TestLockedOtherwise sees the lock where it cannot be opened, and lets readers
// see what they type.
func TestLockedOtherwise(t *testing.T) {
	b := openTab(t)
	site := sealedSite(t, anna)
	host := serve(t, site)

	t.Run("plain http", func(t *testing.T) {
		b.t = t
		b.do(chromedp.Navigate(strings.Replace(host, "127.0.0.1", "coach.test", 1) + "/h/"))
		b.await(`document.querySelector("[role=alert]")?.textContent.includes("plain http")`)
		b.want(`document.querySelector("main a").protocol + document.querySelectorAll("input").length`, "https:0")
		b.axe("over plain http")
	})
	t.Run("show", func(t *testing.T) {
		b.t = t
		b.do(chromedp.Navigate(host + "/h/"))
		b.await(locked)
		b.do(chromedp.Focus(`#lock-passphrase`), chromedp.KeyEvent("abc"), chromedp.KeyEvent("\t"), chromedp.KeyEvent(" "))
		b.want(`document.querySelector("#lock-passphrase").type`, "text")
	})
	t.Run("damaged", func(t *testing.T) {
		b.t = t
		envelope := site["/h/"][strings.Index(site["/h/"], `data-sealed="`)+13:]
		envelope = envelope[:strings.IndexByte(envelope, '"')]
		data, _ := base64.StdEncoding.DecodeString(envelope)
		data[len(data)-1] ^= 1
		site["/h/"] = strings.Replace(site["/h/"], envelope, base64.StdEncoding.EncodeToString(data), 1)
		b.do(chromedp.Navigate(host + "/h/"))
		b.await(locked)
		b.do(chromedp.Focus(`#lock-passphrase`), chromedp.KeyEvent(anna+"\r"))
		b.await(`document.querySelector("[role=alert]").textContent.includes("not arrived whole")`)
	})
	b.quiet()
}

// openFile writes a page to disk and opens it with the network off.
func (b *tab) openFile(page []byte) {
	b.t.Helper()
	name := filepath.Join(b.t.TempDir(), "handout.html")
	if err := os.WriteFile(name, page, 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.do(call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{Offline: true}}}), chromedp.Navigate("file://"+name))
}

// TestFromDisk opens single files, one of them sealed, as from a mail.
func TestFromDisk(t *testing.T) {
	b := openTab(t)
	fromDisk := func() {
		b.t.Helper()
		for _, address := range b.quiet() {
			if !strings.HasPrefix(address, "file:///") && !strings.HasPrefix(address, "data:") && !strings.HasPrefix(address, "blob:") {
				b.t.Errorf("asked for %.80s", address)
			}
		}
	}
	t.Run("plain", func(t *testing.T) {
		b.t = t
		page, err := SingleFile([]byte(bundle["/h/k3y/index.html"]), "https://coach.example/h/k3y/", bundle.load)
		if err != nil {
			t.Fatal(err)
		}
		b.openFile(page)
		b.await(`document.querySelector("#count").textContent === "0 ticked"`)
		b.want(`document.documentElement.dataset.early + getComputedStyle(document.querySelector("h1")).color + document.querySelector("#dot").naturalWidth`, "truergb(1, 2, 3)1")
		b.want(`[...document.querySelectorAll("use")].every((u) => document.querySelector(u.getAttribute("href")) instanceof SVGSymbolElement)`, "true")
		b.do(chromedp.Focus("#t2"), chromedp.KeyEvent(" "))
		b.await(`document.querySelector("#count").textContent === "1 ticked" && document.documentElement.dataset.late === "yes"`)
		// Between pages from a disk Chromium hands storage on a moment later, and a page
		// that came before keeps the older state: whoever opens it once more has the tick.
		const ticked = `document.querySelector("#t2").checked`
		for range 20 {
			b.do(chromedp.Reload())
			b.await(`/ticked/.test(document.querySelector("#count")?.textContent)`)
			if b.eval(ticked) == "true" {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		b.want(ticked+` && document.querySelector("#count").textContent`, "1 ticked")
		fromDisk()
	})
	t.Run("sealed", func(t *testing.T) {
		b.t = t
		site := sealedSite(t, anna)
		page, err := SingleFile([]byte(site["/h/"]), "https://coach.example/h/", site.load)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(page, []byte("Wilhelmina")) {
			t.Error("the sealed file holds words of the page")
		}
		b.openFile(page)
		b.await(locked)
		b.do(chromedp.Focus(`#lock-passphrase`), chromedp.KeyEvent(anna+"\r"))
		b.await(`document.querySelector("#dot")?.naturalWidth === 1 && document.documentElement.dataset.links === "2"`)
		b.want(`document.title`, "Four weeks for Wilhelmina")
		fromDisk()
	})
}

// TestContract wants the example of the markup to name what the script reads.
func TestContract(t *testing.T) {
	page := lockedPage(t, Sealed{Envelope: []byte("x"), Files: map[string][]byte{"a.bin": nil}})
	for _, attribute := range []string{"data-sealed", "data-files", "data-scripts", "data-words"} {
		if !strings.Contains(page, " "+attribute+"=") || !bytes.Contains(Unlock(), []byte(attribute)) {
			t.Errorf("%s is not in both the example and the script", attribute)
		}
	}
	if want := fmt.Sprintf("%q", "/h/a.bin"); !strings.Contains(page, want) {
		t.Errorf("the example does not hold %s", want)
	}
}
