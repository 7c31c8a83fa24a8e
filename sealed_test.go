package rapport_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"rapport"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/render"
)

const (
	sample  = "content/handouts/sample-handout-one-client.md"
	sealed  = "handouts/sample-handout-one-client-ofp8aqdb1dte/"
	story   = "/" + sealed + "#page-story-builder"
	first   = "velvet acorn tidal museum bright"
	second  = "größe café señor naïve jalapeño"
	private = "The greeting says something for this client alone."
)

// sealedStarter builds the starter with one of its sample handouts sealed, a
// picture and an attachment in it.
func sealedStarter(t *testing.T, passphrases ...string) built {
	t.Helper()
	theme, err := files.FromFS(rapport.Theme, "")
	if err != nil {
		t.Fatal(err)
	}
	content, err := files.FromFS(rapport.Starter, "")
	if err != nil {
		t.Fatal(err)
	}
	text, err := rapport.Starter.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("\ninclude: embed"), []byte("\ninclude: embed\naccess: passphrase"), 1)
	text = bytes.Replace(text, []byte("Dear R.,"), []byte("Dear R., ![A dot](dot.png) and [a plan](plan.pdf)\n\n"+private), 1)
	content = content.With(files.NewTree(files.Memory(sample, text),
		files.Memory("content/handouts/dot.png", []byte(dot)), files.Memory("content/handouts/plan.pdf", []byte("%PDF a plan"))))
	p := pipeline.New(pipeline.Settings{Builtin: theme, Scripts: pipeline.Scripts(), Today: "2026-11-30", Sealing: render.Sealing{
		Passphrases: func(string) ([]string, error) { return passphrases, nil }, Random: func() io.Reader { return rand.Reader },
	}})
	t.Cleanup(func() { p.Close() })
	out := &sink{files: map[string][]byte{}}
	r, err := p.Run(context.Background(), content, out)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diags {
		t.Error(d.Text())
	}
	return built{out.files, r.World}
}

// dot is a red pixel.
const dot = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// load gives the files of the site to a page that becomes one file.
func (b built) load(path string) ([]byte, string, error) {
	data, ok := b.files[strings.TrimPrefix(path, "/")]
	if !ok {
		return nil, "", fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	return data, render.MediaType(path), nil
}

// TestSealedIsSealed wants nothing of a sealed page in what is published, and
// other bytes for each build.
func TestSealedIsSealed(t *testing.T) {
	one, two := sealedStarter(t, first), sealedStarter(t, first)
	locked := string(one.files[sealed+"index.html"])
	for _, words := range []string{"Your first four weeks", "R. K.", "Session 1", "story", private, "dot.png", "plan.pdf", "velvet"} {
		if strings.Contains(locked, words) {
			t.Errorf("the locked page says %q", words)
		}
	}
	n := 0
	for name, data := range one.files {
		if bytes.Contains(data, []byte("%PDF a plan")) || bytes.Contains(data, []byte(dot)) || strings.Contains(string(data), private) {
			t.Errorf("%s is not sealed", name)
		}
		if strings.HasPrefix(name, sealed) && strings.HasSuffix(name, ".bin") {
			if n++; two.files[name] != nil {
				t.Errorf("%s has the same name in two builds", name)
			}
		}
	}
	if n != 2 || locked == string(two.files[sealed+"index.html"]) {
		t.Errorf("there are %d sealed files, and two builds give the same page: %v", n, locked == string(two.files[sealed+"index.html"]))
	}
}

// tab is a page in Chromium, and what it complained of.
type tab struct {
	t   *testing.T
	ctx context.Context
	*listener
}

func openTab(t *testing.T, host string) *tab {
	t.Helper()
	ctx := browser(t)
	b := &tab{t, ctx, listen(t, ctx, host)}
	b.do(call(log.Enable, cdp.Empty{}), call(network.Enable, network.EnableParams{}), call(runtime.Enable, cdp.Empty{}))
	return b
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 90*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatal(err)
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
			b.t.Fatalf("never: %s\n%.2000s", expression, b.eval("document.querySelector(`main`).outerHTML"))
		}
	}
}

func (b *tab) want(expression, want string) {
	b.t.Helper()
	if got := b.eval(expression); got != want {
		b.t.Errorf("%s is %q, not %q", expression, got, want)
	}
}

// quiet wants no complaint since it was last asked.
func (b *tab) quiet() {
	b.t.Helper()
	for _, c := range b.take() {
		b.t.Errorf("the browser says: %s", c)
	}
}

// unlock types a passphrase with the keyboard.
func (b *tab) unlock(passphrase string) {
	b.t.Helper()
	b.await(`document.querySelector("#lock-passphrase")`)
	b.do(chromedp.Focus("#lock-passphrase"), chromedp.Evaluate[chromedp.Void](`document.querySelector("#lock-passphrase").select()`), chromedp.KeyEvent(passphrase+"\r"))
}

const (
	open  = `document.title.startsWith("Your first four weeks") && document.querySelector(".guide-steps.live .progress-panel") && document.querySelector("form.checklist-form.live") && !document.querySelector("form.checklist-form:not(.live), .messages[data-config]:not(.live)")`
	wrong = `document.querySelector("[role=alert]")?.textContent.startsWith("This passphrase does not open")`
)

// TestUnlock reads a sealed handout as a client would, with the keyboard alone
// and under the policy of the site.
func TestUnlock(t *testing.T) {
	site := sealedStarter(t, first, second)
	server := serve(t, site, "/")
	b := openTab(t, strings.TrimPrefix(server.URL, "http://"))
	address := server.URL + "/" + sealed
	checker := axe(t)
	check := func(state string) {
		t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			b.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}), chromedp.Evaluate[chromedp.Void](checker))
			b.want(runAxe+".then(String)", "")
			b.want(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, "0")
		}
		if t.Failed() {
			t.Log("in the state", state)
		}
	}
	b.do(chromedp.EmulateViewport(390, 844), chromedp.Navigate(address))
	b.await(`document.querySelector("#lock-passphrase")`)
	check("locked")
	for range 20 { // the skip link, the theme, the passphrase
		b.do(chromedp.KeyEvent("\t"))
		if b.eval(`document.activeElement.id`) == "lock-passphrase" {
			break
		}
	}
	b.do(chromedp.KeyEvent("velvet acorn tidal museum dull\r"))
	b.await(wrong)
	check("after a wrong passphrase")
	b.do(chromedp.KeyEvent("  " + first + " \r")) // what was wrong is selected, and so replaced
	b.await(open)
	b.await(`document.querySelector("main img")?.naturalWidth === 1`)
	b.want(`[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i).join()`, "")
	b.want(`document.activeElement.textContent`, "Your first four weeks")
	check("open")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("a[download]").click()`))
	b.await(`document.querySelector("a[download]").href.startsWith("blob:")`)

	// Nothing is kept but what the reader ticks, and that with the page alone.
	b.want(`Object.keys(localStorage).length + Object.keys(sessionStorage).length`, "0")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#page-story-builder input[type=checkbox]").click()`))
	b.await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
	b.await(`document.querySelector("li[data-record] .step-state").textContent.startsWith("1 of")`)
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#page-ask-a-referrer-for-an-introduction .blanks-form input").value = "Robin"; document.querySelector("#page-ask-a-referrer-for-an-introduction .blanks-form input").dispatchEvent(new Event("input", {bubbles: true}))`))
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("a.step-link").addEventListener("click", (e) => e.preventDefault()); document.querySelector("a.step-link").click()`))
	b.want(`Object.keys(localStorage).sort().join()`, "rapport:1:/"+sealed+",rapport:1:"+story+",rapport:1:fields:/"+sealed)
	b.want(`Object.keys(sessionStorage).length`, "0")
	b.want(`/four weeks|Build your story|R\. K\./.test(JSON.stringify({...localStorage}))`, "false")
	b.quiet()

	// It is locked again after a reload, unless the reader asks otherwise; and it
	// does not matter how a keyboard writes an é.
	b.do(chromedp.Reload())
	b.await(`document.querySelector("#lock-passphrase")`)
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#lock-passphrase").value = "` + second + `".normalize("NFD")`))
	b.do(chromedp.Focus(`input[name=remember]`), chromedp.KeyEvent(" "), chromedp.KeyEvent("\r"))
	b.await(open)
	b.await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
	b.do(chromedp.Reload())
	b.await(open)
	b.do(chromedp.Focus(`.lock-again`), chromedp.KeyEvent("\r"))
	b.await(`document.querySelector("#lock-passphrase")`)
	b.quiet()

	// One reader leaves: at the next build the passphrase opens nothing.
	for name, data := range sealedStarter(t, second).files {
		site.files[name] = data
	}
	b.do(chromedp.Navigate(address))
	b.unlock(first)
	b.await(wrong)
	b.unlock(second)
	b.await(open)
	b.quiet()

	// Over plain http the page says why it cannot be opened.
	b.do(chromedp.Navigate(strings.Replace(address, "127.0.0.1", "coach.test", 1)))
	b.await(`document.querySelector("[role=alert]")?.textContent.includes("plain http")`)
	b.want(`document.querySelectorAll("input").length`, "0")
}

// TestHandoutFromDisk opens the single file of a handout, sealed and not, from
// disk with the network off.
func TestHandoutFromDisk(t *testing.T) {
	for _, access := range []string{"unlisted", "sealed"} {
		t.Run(access, func(t *testing.T) {
			site := starter(t)
			if access == "sealed" {
				site = sealedStarter(t, first)
			}
			data, diags, err := site.world.SingleFile(site.world.Site.File(sample), site.load)
			if err != nil || len(diags) > 0 {
				t.Fatal(err, diags)
			}
			if access == "sealed" && (bytes.Contains(data, []byte("four weeks")) || bytes.Contains(data, []byte(private))) {
				t.Error("the file holds words of the page")
			}
			name := filepath.Join(t.TempDir(), "handout.html")
			if err := os.WriteFile(name, data, 0o600); err != nil {
				t.Fatal(err)
			}
			b := openTab(t, "")
			b.do(call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{Offline: true}}}), chromedp.Navigate("file://"+name))
			if access == "sealed" {
				b.unlock(first)
				b.await(`document.querySelector("main img")?.naturalWidth === 1`)
			}
			b.await(open)
			b.want(`[...document.querySelectorAll("use")].every((u) => document.querySelector(u.getAttribute("href")) instanceof SVGSymbolElement)`, "true")
			b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#page-story-builder input[type=checkbox]").click()`))
			b.await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
			b.do(chromedp.Reload())
			if access == "sealed" {
				b.unlock(first)
			}
			b.await(open)
			b.await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
			if access == "sealed" {
				b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("a[download]").click()`))
				b.await(`document.querySelector("a[download]").href.startsWith("blob:")`)
			}
			b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				pdf, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{})
				if err == nil && !bytes.HasPrefix(pdf.Data, []byte("%PDF")) {
					err = errors.New("no PDF")
				}
				return err
			}))
			b.quiet()
		})
	}
}
