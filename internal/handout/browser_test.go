package handout

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

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
		w.Header().Set("Content-Security-Policy", browsertest.Policy)
		w.Header().Set("Content-Type", mediaType)
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write(data)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// tried is what the browser says of the event handler of the private page.
const tried = "Executing inline event handler violates"

const locked = `document.querySelector("input[type=password]")`

// TestUnlock unlocks with the keyboard alone, under the policy of the site.
func TestUnlock(t *testing.T) {
	accents := "größe café señor naïve jalapeño"
	b := browsertest.Open(t)
	host := serve(t, sealedSite(t, anna, accents))
	b.Goto(host + "/h/")
	b.Await(locked)
	b.Axe("locked")
	b.Want(`document.body.textContent.includes("Wilhelmina")`, "false")
	b.Want(`document.querySelector("h1").textContent + "; " + document.querySelector("main p").textContent + "; " + document.querySelector("label").textContent`,
		"This page is sealed; Your coach has given you a passphrase of several words.; Your passphrase")
	b.Want(`document.querySelector("label").control === `+locked+` && `+locked+`.autocomplete`, "current-password")

	b.Press("\t")
	b.Want(`document.activeElement.id`, "lock-passphrase")
	b.Press("\r")
	b.Await(`document.querySelector("[role=alert]").textContent === "Enter the passphrase."`)
	b.Press("velvet acorn tidal museum dull\r")
	b.Await(`document.querySelector("[role=status]").textContent.startsWith("Unlocking")`)
	b.Await(`document.querySelector("[role=alert]").textContent.startsWith("This passphrase does not open")`)
	b.Want(`document.activeElement.id + document.activeElement.getAttribute("aria-invalid")`, "lock-passphrasetrue")
	b.Axe("after a wrong passphrase")

	b.Press("  " + anna + " \r") // what was wrong is selected, and so replaced
	b.Await(`document.querySelector("#dot")?.naturalWidth === 1`)
	b.Await(`document.documentElement.dataset.links === "2"`)
	b.Want(`document.activeElement.outerHTML`, `<h1 tabindex="-1">Four weeks</h1>`)
	b.Want(`document.title`, "Four weeks for Wilhelmina")
	b.Want(`document.querySelector("#dot").src.slice(0, 22)`, "data:image/png;base64,")
	b.Want(`document.querySelectorAll("main script, main iframe, main [onclick], main [srcset], #bad[href]").length + ", " + document.body.textContent.includes("outside")`, "0, false")
	b.Want(`sessionStorage.length + localStorage.length`, "0")
	b.Axe("unlocked")
	b.Run(`document.querySelector("#pdf").click()`)
	b.Await(`document.querySelector("#pdf").href.startsWith("blob:")`)
	b.Want(`document.querySelector("#pdf").download`, "notes.pdf")
	b.Quiet(tried, "favicon.ico")
	for _, address := range b.Asked() {
		if strings.Contains(address, "evil") || strings.Contains(address, "a.png") || strings.Contains(address, "notes.pdf") {
			t.Errorf("asked for %s", address)
		}
	}

	// It is locked again after a reload, unless the reader asks otherwise.
	b.Reload()
	b.Await(locked)
	b.Run(locked + `.value = "` + accents + `".normalize("NFD")`)
	b.Focus(`input[name=remember]`)
	b.Press(" ")
	b.Press("\r")
	b.Await(`document.title === "Four weeks for Wilhelmina" && sessionStorage.length === 1`)
	b.Want(`JSON.stringify(sessionStorage).includes("caf")`, "false")
	b.Reload()
	b.Await(`document.querySelector("#dot")?.naturalWidth === 1`)
	b.Focus(`.lock-again`)
	b.Press("\r")
	b.Await(locked)
	b.Want(`sessionStorage.length + document.title`, "0Sealed page – Lantern Lane Coaching")
	b.Quiet(tried, "favicon.ico")
}

// TestLockedOtherwise sees the lock where it cannot be opened, and lets readers
// see what they type.
func TestLockedOtherwise(t *testing.T) {
	site := sealedSite(t, anna)
	host := serve(t, site)

	t.Run("plain http", func(t *testing.T) {
		b := browsertest.Open(t)
		b.Goto(strings.Replace(host, "127.0.0.1", browsertest.Plain, 1) + "/h/")
		b.Await(`document.querySelector("[role=alert]")?.textContent.includes("plain http")`)
		b.Want(`document.querySelector("main a").protocol + document.querySelectorAll("input").length`, "https:0")
		b.Axe("over plain http")
	})
	t.Run("show", func(t *testing.T) {
		b := browsertest.Open(t)
		b.Goto(host + "/h/")
		b.Await(locked)
		b.Focus(`#lock-passphrase`)
		b.Press("abc")
		b.Press("\t")
		b.Press(" ")
		b.Want(`document.querySelector("#lock-passphrase").type`, "text")
	})
	t.Run("damaged", func(t *testing.T) {
		b := browsertest.Open(t)
		envelope := site["/h/"][strings.Index(site["/h/"], `data-sealed="`)+13:]
		envelope = envelope[:strings.IndexByte(envelope, '"')]
		data, _ := base64.StdEncoding.DecodeString(envelope)
		data[len(data)-1] ^= 1
		site["/h/"] = strings.Replace(site["/h/"], envelope, base64.StdEncoding.EncodeToString(data), 1)
		b.Goto(host + "/h/")
		b.Await(locked)
		b.Focus(`#lock-passphrase`)
		b.Press(anna + "\r")
		b.Await(`document.querySelector("[role=alert]").textContent.includes("not arrived whole")`)
	})
}

// openFile writes a page to disk and opens it with the network off.
func openFile(t *testing.T, page []byte) *browsertest.Tab {
	t.Helper()
	name := filepath.Join(t.TempDir(), "handout.html")
	if err := os.WriteFile(name, page, 0o600); err != nil {
		t.Fatal(err)
	}
	b := browsertest.Open(t)
	b.Offline()
	b.Goto("file://" + name)
	return b
}

// TestFromDisk opens single files, one of them sealed, as from a mail.
func TestFromDisk(t *testing.T) {
	t.Run("plain", func(t *testing.T) {
		page, err := SingleFile([]byte(bundle["/h/k3y/index.html"]), "https://coach.example/h/k3y/", bundle.load)
		if err != nil {
			t.Fatal(err)
		}
		b := openFile(t, page)
		b.Await(`document.querySelector("#count").textContent === "0 ticked"`)
		b.Want(`document.documentElement.dataset.early + getComputedStyle(document.querySelector("h1")).color + document.querySelector("#dot").naturalWidth`, "truergb(1, 2, 3)1")
		b.Want(`[...document.querySelectorAll("use")].every((u) => document.querySelector(u.getAttribute("href")) instanceof SVGSymbolElement)`, "true")
		b.Focus("#t2")
		b.Press(" ")
		b.Await(`document.querySelector("#count").textContent === "1 ticked" && document.documentElement.dataset.late === "yes"`)
		// Between pages from a disk Chromium hands storage on a moment later, and a page
		// that came before keeps the older state: whoever opens it once more has the tick.
		const ticked = `document.querySelector("#t2").checked`
		for range 20 {
			b.Reload()
			b.Await(`/ticked/.test(document.querySelector("#count")?.textContent)`)
			if b.Eval(ticked) == "true" {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		b.Want(ticked+` && document.querySelector("#count").textContent`, "1 ticked")
		b.Quiet(tried, "favicon.ico")
	})
	t.Run("sealed", func(t *testing.T) {
		site := sealedSite(t, anna)
		page, err := SingleFile([]byte(site["/h/"]), "https://coach.example/h/", site.load)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(page, []byte("Wilhelmina")) {
			t.Error("the sealed file holds words of the page")
		}
		b := openFile(t, page)
		b.Await(locked)
		b.Focus(`#lock-passphrase`)
		b.Press(anna + "\r")
		b.Await(`document.querySelector("#dot")?.naturalWidth === 1 && document.documentElement.dataset.links === "2"`)
		b.Want(`document.title`, "Four weeks for Wilhelmina")
		b.Quiet(tried, "favicon.ico")
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
