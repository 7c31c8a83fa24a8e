package rapport_test

import (
	"bytes"
	"crypto/rand"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport"
	"rapport/internal/browsertest"
	"rapport/internal/pipeline"
	"rapport/internal/render"
	"rapport/internal/sitetest"
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
func sealedStarter(t *testing.T, passphrases ...string) sitetest.Site {
	t.Helper()
	content := sitetest.Starter(t)
	text, err := rapport.Starter.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Replace(text, []byte("\ninclude: embed"), []byte("\ninclude: embed\naccess: passphrase"), 1)
	text = bytes.Replace(text, []byte("Dear R.,"), []byte("Dear R., ![A dot](dot.png) and [a plan](plan.pdf)\n\n"+private), 1)
	content = sitetest.With(content, map[string]string{sample: string(text), "content/handouts/dot.png": dot, "content/handouts/plan.pdf": "%PDF a plan"})
	return sitetest.Build(t, content, pipeline.Settings{Sealing: render.Sealing{
		Passphrases: func(string) ([]string, error) { return passphrases, nil }, Random: func() io.Reader { return rand.Reader },
	}}).Faultless(t)
}

// dot is a red pixel.
const dot = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// TestSealedIsSealed wants nothing of a sealed page in what is published, and
// other bytes for each build.
func TestSealedIsSealed(t *testing.T) {
	one, two := sealedStarter(t, first), sealedStarter(t, first)
	locked := string(one.Files[sealed+"index.html"])
	for _, words := range []string{"Your first four weeks", "R. K.", "Session 1", "story", private, "dot.png", "plan.pdf", "velvet"} {
		if strings.Contains(locked, words) {
			t.Errorf("the locked page says %q", words)
		}
	}
	n := 0
	for name, data := range one.Files {
		if bytes.Contains(data, []byte("%PDF a plan")) || bytes.Contains(data, []byte(dot)) || strings.Contains(string(data), private) {
			t.Errorf("%s is not sealed", name)
		}
		if strings.HasPrefix(name, sealed) && strings.HasSuffix(name, ".bin") {
			if n++; two.Files[name] != nil {
				t.Errorf("%s has the same name in two builds", name)
			}
		}
	}
	if n != 2 || locked == string(two.Files[sealed+"index.html"]) {
		t.Errorf("there are %d sealed files, and two builds give the same page: %v", n, locked == string(two.Files[sealed+"index.html"]))
	}
}

// unlock types a passphrase with the keyboard.
func unlock(b *browsertest.Tab, passphrase string) {
	b.Await(`document.querySelector("#lock-passphrase")`)
	b.Focus("#lock-passphrase")
	b.Run(`document.querySelector("#lock-passphrase").select()`)
	b.Press(passphrase + "\r")
}

const (
	open  = `document.title.startsWith("Your first four weeks") && document.querySelector(".guide-steps.live .progress-panel") && document.querySelector("form.checklist-form.live") && !document.querySelector("form.checklist-form:not(.live), .messages[data-config]:not(.live)")`
	wrong = `document.querySelector("[role=alert]")?.textContent.startsWith("This passphrase does not open")`
)

// TestUnlock reads a sealed handout as a client would, with the keyboard alone
// and under the policy of the site.
func TestUnlock(t *testing.T) {
	site := sealedStarter(t, first, second)
	host := browsertest.Serve(t, site.Files, "/")
	address := host.URL + "/" + sealed
	b := browsertest.Open(t)
	b.Screen(390, 844, "light")
	b.Goto(address)
	b.Await(`document.querySelector("#lock-passphrase")`)
	b.AxeOnScreens("locked")
	for range 20 { // the skip link, the theme, the passphrase
		b.Press("\t")
		if b.Eval(`document.activeElement.id`) == "lock-passphrase" {
			break
		}
	}
	b.Press("velvet acorn tidal museum dull\r")
	b.Await(wrong)
	b.AxeOnScreens("after a wrong passphrase")
	b.Press("  " + first + " \r") // what was wrong is selected, and so replaced
	b.Await(open)
	b.Await(`document.querySelector("main img")?.naturalWidth === 1`)
	b.Want(`[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i).join()`, "")
	b.Want(`document.activeElement.textContent`, "Your first four weeks")
	b.AxeOnScreens("open")
	b.Run(`document.querySelector("a[download]").click()`)
	b.Await(`document.querySelector("a[download]").href.startsWith("blob:")`)

	// Nothing is kept but what the reader ticks, and that with the page alone.
	b.Want(`Object.keys(localStorage).length + Object.keys(sessionStorage).length`, "0")
	b.Run(`document.querySelector("#page-story-builder input[type=checkbox]").click()`)
	b.Await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
	b.Await(`document.querySelector("li[data-record] .step-state").textContent.startsWith("1 of")`)
	b.Run(`document.querySelector("#page-ask-a-referrer-for-an-introduction .blanks-form input").value = "Robin"; document.querySelector("#page-ask-a-referrer-for-an-introduction .blanks-form input").dispatchEvent(new Event("input", {bubbles: true}))`)
	b.Run(`document.querySelector("a.step-link").addEventListener("click", (e) => e.preventDefault()); document.querySelector("a.step-link").click()`)
	b.Want(`Object.keys(localStorage).sort().join()`, "rapport:1:/"+sealed+",rapport:1:"+story+",rapport:1:fields:/"+sealed)
	b.Want(`Object.keys(sessionStorage).length`, "0")
	b.Want(`/four weeks|Build your story|R\. K\./.test(JSON.stringify({...localStorage}))`, "false")
	b.Quiet()

	// It is locked again after a reload, unless the reader asks otherwise; and it
	// does not matter how a keyboard writes an é.
	b.Reload()
	b.Await(`document.querySelector("#lock-passphrase")`)
	b.Run(`document.querySelector("#lock-passphrase").value = "` + second + `".normalize("NFD")`)
	b.Focus(`input[name=remember]`)
	b.Press(" ")
	b.Press("\r")
	b.Await(open)
	b.Await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
	b.Reload()
	b.Await(open)
	b.Focus(`.lock-again`)
	b.Press("\r")
	b.Await(`document.querySelector("#lock-passphrase")`)
	b.Quiet()

	// One reader leaves: at the next build the passphrase opens nothing.
	host.Show(sealedStarter(t, second).Files)
	b.Goto(address)
	unlock(b, first)
	b.Await(wrong)
	unlock(b, second)
	b.Await(open)
	b.Quiet()

	// Over plain http the page says why it cannot be opened.
	b.Goto(strings.Replace(address, "127.0.0.1", "coach.test", 1))
	b.Await(`document.querySelector("[role=alert]")?.textContent.includes("plain http")`)
	b.Want(`document.querySelectorAll("input").length`, "0")
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
			data, diags, err := site.SingleFile(sample)
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
			b := browsertest.Open(t)
			b.Offline()
			b.Goto("file://" + name)
			if access == "sealed" {
				unlock(b, first)
				b.Await(`document.querySelector("main img")?.naturalWidth === 1`)
			}
			b.Await(open)
			b.Want(`[...document.querySelectorAll("use")].every((u) => document.querySelector(u.getAttribute("href")) instanceof SVGSymbolElement)`, "true")
			b.Run(`document.querySelector("#page-story-builder input[type=checkbox]").click()`)
			b.Await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
			b.Reload()
			if access == "sealed" {
				unlock(b, first)
			}
			b.Await(open)
			b.Await(`document.querySelector("#page-story-builder .progress.whole")?.textContent.startsWith("1 of")`)
			if access == "sealed" {
				b.Run(`document.querySelector("a[download]").click()`)
				b.Await(`document.querySelector("a[download]").href.startsWith("blob:")`)
			}
			if !bytes.HasPrefix(b.Print(), []byte("%PDF")) {
				t.Error("it cannot be printed")
			}
			b.Quiet()
		})
	}
}
