package handout

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// files are what a page of a site asks for.
type files map[string]string

func (f files) load(path string) ([]byte, string, error) {
	types := map[string]string{"css": "text/css; charset=utf-8", "js": "text/javascript", "png": "image/png", "svg": "image/svg+xml", "woff2": "font/woff2", "bin": "application/octet-stream"}
	data, ok := f[path]
	if !ok {
		return nil, "", errors.New("there is no such file")
	}
	return []byte(data), types[path[strings.LastIndexByte(path, '.')+1:]], nil
}

// pixel is a picture of one red dot.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\fIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"

// bundle is a page as a site builds it, with what it asks for.
var bundle = files{
	"/h/k3y/index.html": `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Four weeks</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="manifest" href="/manifest.webmanifest"><link rel="alternate" type="application/atom+xml" href="/feed.xml">
<link rel="canonical" href="https://coach.example/h/k3y/">
<link rel="stylesheet" href="/assets/style.css"><link rel="stylesheet" href="../../assets/print.css" media="print" data-dark>
<script src="/assets/theme.js"></script><script type="module" src="/assets/advice/list.js"></script><script type="module" src="/assets/advice/count.js"></script>
</head><body><header><svg class="icon" aria-hidden="true"><use href="/assets/icons.svg#sun"/></svg></header>
<main><h1 id="top">Four weeks</h1><picture><source srcset="/a.webp" type="image/webp"><img id="dot" src="a.png" srcset="/a.png 1x, /a2.png 2x" sizes="50vw" alt="A red dot" width="1" height="1"></picture>
<p><a id="other" href="/checklists/value/?x=1#q">Value</a> <a id="here" href="/h/k3y/#top">Top</a> <a id="out" href="https://elsewhere.example/">Out</a> <a id="mail" href="mailto:coach@coach.example">Mail</a></p>
<ul data-list="/h/k3y/" data-progress="/progress/"><li><label><input type="checkbox" id="t1"> One</label></li><li><label><input type="checkbox" id="t2"> Two</label></li></ul>
<p id="count"></p><p><svg><use href="/assets/icons.svg#moon"></use></svg></p></main></body></html>`,
	"/h/k3y/a.png":            pixel,
	"/assets/icon.svg":        `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	"/assets/icons.svg":       `<svg xmlns="http://www.w3.org/2000/svg"><symbol id="sun" viewBox="0 0 24 24"><circle cx="12" cy="12" r="5"/></symbol><symbol id="moon" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></symbol></svg>`,
	"/assets/style.css":       "/* url(none.png) */ h1 { color: rgb(1, 2, 3) } @font-face { font-family: x; src: url( \"fonts/x.woff2\" ) } b::before { content: \"url(none) </style>\" } i { background: url(#a) }",
	"/assets/print.css":       "h1 { color: black }",
	"/assets/fonts/x.woff2":   "font",
	"/assets/theme.js":        "document.documentElement.dataset.early = String(document.body === null); // </script>\r\nconst open = '<!--<script>';",
	"/assets/advice/list.js":  "import { read, write } from \"./store.js\";\nimport { show } from \"./count.js\";\nfor (const box of document.querySelectorAll(\"[data-list] input\")) {\n  box.checked = read(box.id);\n  box.addEventListener(\"change\", async () => { write(box.id, box.checked); (await import(\"./late.js\")).note(); show(); });\n}\nshow();\n",
	"/assets/advice/count.js": "export const show = () => { document.querySelector(\"#count\").textContent = `${document.querySelectorAll(\":checked\").length} ticked`; };\n",
	"/assets/advice/store.js": "export const read = (id) => localStorage.getItem(id) === \"1\";\nexport function write(id, on) { localStorage.setItem(id, on ? \"1\" : \"0\"); }\n",
	"/assets/advice/late.js":  "export const note = () => { document.documentElement.dataset.late = \"yes\"; };\n",
}

func TestSingleFile(t *testing.T) {
	got, err := SingleFile([]byte(bundle["/h/k3y/index.html"]), "https://coach.example/h/k3y/", bundle.load)
	if err != nil {
		t.Fatal(err)
	}
	page := string(got)
	for _, want := range []string{
		`<meta charset="utf-8"/><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; img-src data:`,
		`<style>/* url(none.png) */ h1 { color: rgb(1, 2, 3) } @font-face { font-family: x; src: url(data:font/woff2;base64,Zm9udA==) } b::before { content: "url(none) <\/style>" } i { background: url(#a) }</style>`,
		`<style media="print" data-dark="">h1 { color: black }</style>`,
		`<link rel="icon" type="image/svg+xml" href="data:image/svg+xml;base64,`,
		`<link rel="canonical" href="https://coach.example/h/k3y/"/>`,
		`src="data:image/png;base64,`, `<symbol viewBox="0 0 24 24" id="symbol-sun"><circle`, `<use href="#symbol-sun">`, `<use href="#drawing-moon">`,
		`href="https://coach.example/checklists/value/?x=1#q"`, `id="here" href="#top"`, `href="https://elsewhere.example/"`, `href="mailto:coach@coach.example"`,
		`data-list="/h/k3y/"`, `data-progress="https://coach.example/progress/"`,
		`\x3c/script>` + "\nconst open = '\\x3c!--\\x3cscript>';</script>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	for _, none := range []string{"manifest", "feed.xml", "srcset", "webp", ` src="/`, `"module"`, `href="/`} {
		if strings.Contains(page, none) {
			t.Errorf("the file still has %s", none)
		}
	}
	if again, _ := SingleFile([]byte(bundle["/h/k3y/index.html"]), "https://coach.example/h/k3y/", bundle.load); string(again) != page {
		t.Error("the same page gave other bytes")
	}
}

// TestNoHost builds for a site that has no address yet.
func TestNoHost(t *testing.T) {
	got, err := SingleFile([]byte(bundle["/h/k3y/index.html"]), "/h/k3y/", bundle.load)
	if err != nil {
		t.Fatal(err)
	}
	if page := string(got); !strings.Contains(page, `<a id="other">Value</a>`) || !strings.Contains(page, `id="here" href="#top"`) || strings.Contains(page, "data-progress") {
		t.Errorf("links of a site without a host:\n%s", page[strings.Index(page, "<main"):strings.Index(page, "</main")])
	}
}

func TestSingleFileRefuses(t *testing.T) {
	for body, want := range map[string]string{
		`<img src="https://elsewhere.example/a.png">`:                  "https://elsewhere.example/a.png is not a file of the site",
		`<img src="//elsewhere.example/a.png">`:                        "not a file of the site",
		`<img src="file:///etc/passwd">`:                               "not a file of the site",
		`<img src="/none.png">`:                                        "/none.png: there is no such file",
		`<iframe src="/x/"></iframe>`:                                  `<iframe src="/x/"> cannot`,
		`<video poster="/a.png"></video>`:                              `<video poster="/a.png"> cannot`,
		`<link rel="stylesheet" href="/import.css">`:                   "/import.css: @import cannot",
		`<link rel="stylesheet" href="/far.css">`:                      "/far.css: https://elsewhere.example/x.png is not",
		`<script type="module" src="/bare.js"></script>`:               `/bare.js: the import of "lit" is not`,
		`<script type="module">import "/x.js"</script>`:                "a module within the page",
		`<script type="text/x" src="/x"></script>`:                     "cannot be put",
		`<svg><use href="/assets/icons.svg#none"></svg>`:               `no drawing "none"`,
		`<p data-sealed="" data-files="/none.bin"></p>`:                "/none.bin: there is no such file",
		`<p data-sealed="" data-scripts="no"></p>`:                     "data-scripts",
		`<p data-sealed="" data-scripts='["https://else.example/x"]'>`: "not a file of the site",
	} {
		site := maps.Clone(bundle)
		site["/import.css"], site["/far.css"] = `@import "/x.css";`, "a { background: url(https://elsewhere.example/x.png) }"
		site["/bare.js"] = `import "lit";`
		_, err := SingleFile([]byte("<!doctype html><body>"+body), "https://coach.example/h/", site.load)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, not %q", body, err, want)
		}
	}
}

// TestSealedSingleFile puts a sealed page, its sealed files and its scripts
// into one file.
func TestSealedSingleFile(t *testing.T) {
	site := maps.Clone(bundle)
	site["/h/k3y/x.bin"], site["/unlock.js"] = "sealed", string(Unlock())
	got, err := SingleFile([]byte(`<!doctype html><head><script type="module" src="/unlock.js"></script></head><main><p data-sealed="AAA" data-files="x.bin" data-scripts='["/assets/advice/list.js"]'></p></main>`), "https://coach.example/h/k3y/", site.load)
	if err != nil {
		t.Fatal(err)
	}
	page := string(got)
	for _, want := range []string{`<template data-sealed-file="x.bin" data-bytes="c2VhbGVk"></template><p data-sealed="AAA" data-scripts="[&#34;/assets/advice/list.js&#34;]">`, `modules["/unlock.js"]`, `modules["/assets/advice/list.js"]`, `try { rapport$need("/unlock.js")`, `await rapport$load(address)`} {
		if !strings.Contains(page, want) {
			t.Errorf("the file lacks %s", want)
		}
	}
	if strings.Contains(page, `try { rapport$need("/assets`) {
		t.Error("the scripts of the page run before it is open")
	}
}

func TestMainPart(t *testing.T) {
	part, err := Take([]byte("<!doctype html><title>A &amp; B</title><script type=module src=/a.js></script><body><header><a href=/no>no</a></header><main class=x><p><a href=/b.pdf>yes</a><p>too<img src=/c.png><img src=/c.png></main>"))
	if want := `<title>A &amp; B</title><main class="x"><p><a href="/b.pdf">yes</a></p><p>too<img src="/c.png"/><img src="/c.png"/></p></main>`; err != nil || string(part.HTML) != want {
		t.Errorf("%v, %s", err, part.HTML)
	}
	if got := fmt.Sprint(part.Modules, part.Addresses); got != "[/a.js] [/b.pdf /c.png]" {
		t.Errorf("the page needs %s", got)
	}
	if _, err := Take([]byte("<p>none")); err == nil {
		t.Error("found a main part in a page without")
	}
}
