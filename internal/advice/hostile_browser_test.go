package advice_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/internal/browsertest"
)

// TestStorageRefused uses pages in a browser that keeps nothing.
func TestStorageRefused(t *testing.T) {
	refuse := `for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {get() { throw new DOMException("denied", "SecurityError"); }});`
	r := newReader(t, serve(t, built(t, nil)), refuse)
	const says = "This browser does not let the page keep anything."
	for _, page := range []string{"/checklists/after/", "/assessments/warm/", "/templates/ask/", "/questions/bank/", "/guides/path/", "/progress/"} {
		r.open(page)
		r.Becomes(`document.querySelector(".kept").innerText.startsWith(`+browsertest.Quoted(says)+`)`, "true")
	}
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.Sees(whole, "1 of 6 done, 2 required items left")
	r.use("Clear all")
	r.use("Undo")
	r.isTicked("thank")
}

// TestStrangeRecords opens pages over what somebody else left in the storage.
func TestStrangeRecords(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	pages := []string{"/checklists/after/", "/checklists/weekly/", "/assessments/warm/", "/templates/ask/", "/questions/bank/", "/guides/path/", "/progress/"}
	for _, record := range []string{`{`, `null`, `{"kind": {"toString": 1}, "title": {"toString": 1, "valueOf": 1}, "at": "soon", "anchor": {"toString": 1}, "begun": {"valueOf": 1}, "done": 1e999, "of": {"valueOf": 1}, "result": {"toString": 1}, "rounds": [{"at": "2030-01-01", "done": {"valueOf": 1}, "of": 1e999, "notes": {"__proto__": 1}}], "history": [{"at": "2030-01-01", "name": "", "band": "x", "score": 1e999}], "ticks": ["__proto__", "constructor"], "notes": [["__proto__", "x"]], "seen": ["__proto__"]}`, `{"kind": "checklist", "at": "9", "done": 1e999, "of": 1e999}`, `{"kind": 7, "at": 7, "ticks": 7, "notes": {"a": 1}, "anchor": "2030-99-99", "begun": "soon", "rounds": [null, {"at": "x"}], "seen": 7, "history": [{"at": "x"}, null], "answers": [[1]], "list": {}, "values": [[]], "last": []}`} {
		r.open("/articles/read/")
		r.Eval(fmt.Sprintf(`["fields", ...%s.split(" ")].forEach((id) => localStorage.setItem("rapport:1:" + id, %s))`, browsertest.Quoted(strings.Join(pages, " ")), browsertest.Quoted(record)))
		for _, page := range pages {
			r.open(page)
		}
	}
}

// TestStorageFull uses a list in a browser that has no room left.
func TestStorageFull(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.Eval(`Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }`)
	r.use("The link", " ")
	r.isTicked("thank link")
	r.Becomes(`document.querySelector(".kept").innerText.startsWith("This browser does not let the page keep anything.")`, "true")
	r.open("/checklists/after/")
	r.isTicked("thank") // what was kept before is still there
}

// TestHostileFile reads files that nobody's browser wrote.
func TestHostileFile(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.open("/progress/")
	before := r.Eval(`JSON.stringify(localStorage)`)
	const other = "This file holds no progress that was saved here."
	record := func(id, more string) string {
		return fmt.Sprintf(`%q: {"kind": "checklist", "at": "2030-01-01T00:00:00Z", "title": "<img src=x onerror=alert(1)>", "done": 1, "of": 2%s}`, id, more)
	}
	big := strings.Repeat("x", 900_000)
	var many []string
	for i := range 7 {
		many = append(many, record(fmt.Sprintf("/%d/", i), `, "notes": [["", "`+big+`"]]`))
	}
	for _, test := range []struct{ name, text, says string }{
		{"empty", "", other},
		{"no JSON", "\xff\xd8\xff\xe0 picture", other},
		{"foreign", `{"name": "package", "version": 1, "records": {"/checklists/after/": {}}}`, other},
		{"cut off", `{"rapport": 1, "records": {` + record("/a/", ""), other},
		{"a list", `{"rapport": 1, "records": [1, 2, 3]}`, other},
		{"names of prototypes", `{"rapport": 1, "__proto__": {"x": 1}, "records": {"__proto__": {"kind": "checklist", "at": "2030-01-01"}, "constructor": null, "toString": {"kind": "toString", "at": "2030"}}}`, other},
		{"no time", `{"rapport": 1, "records": {"/checklists/after/": {"kind": "checklist", "at": "zzz", "ticks": []}}}`, other},
		{"one too long", `{"rapport": 1, "records": {` + record("/a/", `, "x": "`+big+big+`"`) + `}}`, other},
		{"more than fits", `{"rapport": 1, "records": {` + strings.Join(many, ", ") + `}}`, "This file is more than the browser lets the page keep. Nothing was changed."},
	} {
		file := filepath.Join(t.TempDir(), "copy.json")
		if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		r.open("/progress/")
		r.Upload("#import-file", file)
		r.Sees(".notice", test.says)
		if got := r.Eval(`JSON.stringify(localStorage)`); got != before {
			t.Errorf("%s: the storage is %.300s", test.name, got)
		}
	}

	file := filepath.Join(t.TempDir(), "copy.json")
	if err := os.WriteFile(file, []byte(`{"rapport": 1, "records": {`+record("/a/", "")+", "+record("//evil.example/", `, "result": "<b>9</b>"`)+`}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r.open("/progress/")
	r.Upload("#import-file", file)
	r.Sees(".notice", "2 pages were read from the file. Newer here and left alone: 0. Undo")
	r.Becomes(`document.querySelectorAll(".begun img, .begun b").length`, "0")
	r.Becomes(`[...document.querySelectorAll(".begun a")].every((a) => a.host === location.host && a.protocol === "http:")`, "true")
	r.use("Undo")
	r.Becomes(`JSON.stringify(localStorage)`, before)
}

// TestDamagedLink opens links that were cut off or made up.
func TestDamagedLink(t *testing.T) {
	site := built(t, nil)
	r := newReader(t, serve(t, site), "")
	r.open("/checklists/after/")
	r.use("The link", " ")
	before := r.Eval(`JSON.stringify(localStorage)`)
	module := ""
	for name := range site {
		if strings.HasPrefix(name, "assets/advice/share.") {
			module = `import("` + base + "/" + name + `")`
		}
	}
	const whole = `pack({ticks: ["thank", "link"], anchor: "2030-01-03", notes: [["debrief", "Grüße 😀"]]})`
	if got := r.Eval(module + `.then(({pack, unpack}) => { const ids = ["thank", "debrief", "link"]; const all = ` + whole + `;
		return [...all].map((_, i) => unpack(all.slice(0, i), ids)).filter(Boolean).map((s) => JSON.stringify(s)).join(" ") })`); got != `{"ticks":["thank","link"],"anchor":"2030-01-03","notes":[]}` {
		t.Errorf("pieces of a link give %s", got) // only the piece that ends where the notes begin is a link
	}
	for _, hash := range []string{"share=", "share=2.AAAA..", "share=1.AAAA", "share=1.%3Cscript%3E..", "share=1..20300103.bm90aGluZw", "share=1...e30", "share=1...bnVsbA%3D", "share=1..." + strings.Repeat("A", 500_001)} {
		r.open("/checklists/after/#" + hash)
		r.Sees(".notice", "The link that you opened does not fit this list, so nothing of it was taken.")
		if r.Eval("location.hash.length < 100") == "true" {
			r.AxeOnScreens("after a damaged link")
		}
		r.isTicked("link")
		if got := r.Eval(`JSON.stringify(localStorage)`); got != before {
			t.Errorf("%.50s: the storage is %.300s", hash, got)
		}
	}
	r.open("/checklists/after/#share=1." + strings.Repeat("abcd", 300_000) + "..") // ticks of other lists
	r.Sees(".shared p:first-child", "The link that you opened carries ticks: 0 of 6 done. Your own list: 1 of 6 done. Nothing has been changed.")
}
