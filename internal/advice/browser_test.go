package advice_test

import (
	"fmt"
	"strings"
	"testing"

	"rapport/internal/browsertest"
	"rapport/internal/pipeline"
	"rapport/internal/sitetest"
)

// base is where the site stands, below the root so that paths are tried too.
const base = "/sub"

// built is the site in testdata/site with the default theme; edits replace
// files of it before it is built.
func built(t *testing.T, edits map[string]string) map[string][]byte {
	t.Helper()
	content := sitetest.With(sitetest.Folder(t, "testdata/site"), edits)
	return sitetest.Build(t, content, pipeline.Settings{}).Faultless(t).Files
}

func serve(t *testing.T, site map[string][]byte) *browsertest.Host {
	t.Helper()
	return browsertest.Serve(t, site, base+"/")
}

func TestMain(m *testing.M) { browsertest.Main(m) }

// reader is somebody with a browser of their own, at 390 px and with a keyboard.
type reader struct {
	*browsertest.Tab
	t    *testing.T
	site string // its address
}

// prelude stands in for what a browser without a window cannot do, and keeps
// what leaves the page: the text copied, the file saved, whether it prints.
const prelude = `
Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => { window.copied = text; }}});
URL.createObjectURL = (blob) => { window.saved = blob; return "#saved"; };
window.print = () => { window.printed = document.documentElement.className + " " + document.querySelectorAll(":checked").length; window.dispatchEvent(new Event("afterprint")); };`

// newReader opens a browser with an empty storage. Whatever its pages complain
// of fails the test.
func newReader(t *testing.T, h *browsertest.Host, script string) *reader {
	t.Helper()
	return (&reader{browsertest.Open(t), t, h.URL + base}).begin(script)
}

// tab opens one more tab of the same reader.
func (r *reader) tab() *reader {
	r.t.Helper()
	return (&reader{r.Another(), r.t, r.site}).begin("")
}

func (r *reader) begin(script string) *reader {
	r.t.Helper()
	r.Screen(390, 844, "light")
	r.Before(prelude + script)
	r.t.Cleanup(func() { r.Quiet() })
	return r
}

// open goes to a page and waits until its scripts are at work.
func (r *reader) open(url string) {
	r.t.Helper()
	if !strings.HasPrefix(url, "http") {
		url = r.site + url
	}
	r.Anew(url)
	r.Await(`document.readyState === "complete" && (document.querySelector(".live") || !document.querySelector("[data-common]"))`)
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
	})()`, browsertest.Quoted(name))
	r.Becomes(find, "yes")
}

// use focuses what has the name and presses keys: Enter if none is given.
func (r *reader) use(name string, keys ...string) {
	r.t.Helper()
	r.focus(name)
	if len(keys) == 0 {
		keys = []string{browsertest.Enter}
	}
	for _, k := range keys {
		r.Press(k)
	}
}

// types replaces the text of a box.
func (r *reader) types(name, text string) {
	r.t.Helper()
	r.focus(name)
	r.Eval(`document.activeElement.select()`)
	r.Press(text)
}

// date types a day into a date box: month, day and year, as the browser's own
// language asks for them.
func (r *reader) date(name, day string) {
	r.t.Helper()
	r.focus(name)
	r.Press(day[5:7] + day[8:] + day[:4])
	r.Becomes("document.activeElement.value", day)
}

// ticked returns the ids of the boxes that are ticked.
func (r *reader) ticked() string {
	r.t.Helper()
	return r.Eval(`[...document.querySelectorAll("[data-item] > .item-line input:checked")].map((el) => el.id.replace("item-", "")).join(" ")`)
}

func (r *reader) isTicked(want string) {
	r.t.Helper()
	if got := r.ticked(); got != want {
		r.t.Errorf("ticked: %s, want %s", got, want)
	}
}
