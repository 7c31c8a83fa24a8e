package rapport_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"rapport/internal/files"
)

// below is where the sites of the search tests stand, so that paths are tried too.
const below = "/sub"

// hostile are titles and texts that would do harm if they became markup.
var hostile = []string{
	`<img src=x onerror=hurt=1>`,
	`"><script>hurt=1</script>`,
	`{{.Site}} ${hurt=1} <%= hurt %>`,
	`</title><svg onload=hurt=1>`,
	`__proto__ constructor`,
}

// searched is a small site to search in.
func searched(t *testing.T) built {
	t.Helper()
	tree := files.Tree{}
	add := func(name, text string) { tree = tree.With(files.NewTree(files.Memory(name, []byte(text)))) }
	add("site.yaml", `title: Searched
description: A small site whose search is used by a browser.
base_url: https://example.org/sub/
language: en
synonyms: [boss > employer]
facets:
  stage:
    label: Stage
    values: {prepare: Prepare, meet: Meet}
`)
	add("content/index.md", "---\ntitle: Home\nsummary: Where a reader of this small and well searched site begins.\n---\nBegin.\n")
	const next = "\n## Do this next\n\n- [Read on](../glossary/weak-tie.md)\n"
	for name, text := range map[string]string{
		"articles/outreach":  "title: Cold outreach that works\nminutes: 8\nstage: [prepare]\nsummary: How a short and polite note to a stranger can find an answer.\n---\nBegin with them.\n\n## Subject lines\n\nName the person who sent you.\n" + next,
		"articles/interview": "title: The informational interview\nminutes: 12\nstage: [meet]\nsummary: Ask people about their work, politely, and for nothing else.\n---\nA short note afterwards helps.\n" + next,
		"articles/employer":  "title: Tell your employer\nminutes: 3\nsummary: When to tell the people you work for that you look around.\n---\nA note is not enough.\n" + next,
		"checklists/follow":  "title: Follow up without pestering\nminutes: 5\nstage: [meet]\nsummary: Thank them and come back to them once, and then leave it.\n---\n- [ ] Send a short note of thanks\n",
		"glossary/weak-tie":  "title: Weak tie\nshort: Somebody you know a little.\nsummary: Somebody you know a little, and why that is worth so much.\n---\nSuch as a former colleague.\n",
	} {
		add("content/"+name+".md", "---\n"+text)
	}
	for i, title := range hostile {
		heading := strings.NewReplacer("<", `\<`, "_", `\_`).Replace(title)
		add(fmt.Sprintf("content/articles/hostile-%d.md", i), fmt.Sprintf("---\ntitle: %s\nsummary: %s\n---\nHostile words stand here.\n\n## %s\n\nAnd here.\n%s",
			quoted(title), quoted("The words of this hostile page: "+title), heading, next))
	}
	return build(t, tree, "")
}

// quoted is a text as JavaScript and YAML write it.
func quoted(s string) string {
	data, _ := json.Marshal(s)
	return string(data)
}

// without is the site with one file replaced, or missing if data is nil.
func (b built) without(name string, data []byte) built {
	list := maps.Clone(b.files)
	if list[name] = data; data == nil {
		delete(list, name)
	}
	return built{list, b.world}
}

// searcher is somebody with a browser of their own, a keyboard and a phone.
type searcher struct {
	t          *testing.T
	ctx        context.Context
	base       string
	complaints *listener
}

// newSearcher opens a browser with an empty storage on the site. Whatever its
// pages complain of fails the test.
func newSearcher(t *testing.T, browser context.Context, b built) *searcher {
	t.Helper()
	server := serve(t, b, below+"/")
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	s := &searcher{t: t, ctx: ctx, base: server.URL + below}
	s.screen(390, "light")
	s.do(call(log.Enable, cdp.Empty{}), call(network.Enable, network.EnableParams{}), call(runtime.Enable, cdp.Empty{}))
	s.complaints = listen(t, ctx, server.Listener.Addr().String())
	t.Cleanup(func() {
		for _, c := range s.complaints.take() {
			t.Errorf("the page complains: %s", c)
		}
	})
	return s
}

func (s *searcher) do(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	if err := chromedp.Do(s.ctx, steps...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *searcher) screen(width int64, scheme string) {
	s.t.Helper()
	s.do(chromedp.EmulateViewport(width, 844), call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}))
}

// before runs a script on every page before its own.
func (s *searcher) before(script string) {
	s.t.Helper()
	s.do(call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}))
}

// open goes to a page and waits for its scripts.
func (s *searcher) open(path string) {
	s.t.Helper()
	s.do(chromedp.Navigate("about:blank"), chromedp.Navigate(s.base+path))
	s.is(`document.readyState`, "complete")
}

// js returns what an expression on the page gives, as text.
func (s *searcher) js(expression string) string {
	s.t.Helper()
	text, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](`Promise.resolve(`+expression+`).then((x) => String(x ?? ""))`, chromedp.EvalAwaitPromise))
	if err != nil {
		s.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// is waits until an expression gives the text.
func (s *searcher) is(expression, want string) {
	s.t.Helper()
	got := ""
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		text, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](`String((`+expression+`) ?? "")`))
		if got = text; err == nil && got == want {
			return
		}
	}
	s.t.Fatalf("%s is %q, want %q", expression, got, want)
}

// visible is the text of all elements that can be seen, parted by bars.
func visible(selector string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%s)].filter((el) => el.checkVisibility()).map((el) => el.innerText.trim().replace(/\s+/g, " ")).join(" | ")`, quoted(selector))
}

// sees waits until the elements of the open box have the text.
func (s *searcher) sees(selector, want string) {
	s.t.Helper()
	s.is(visible(selector), want)
}

// keys presses one key after the other.
func (s *searcher) keys(list ...string) {
	s.t.Helper()
	for _, k := range list {
		s.do(chromedp.KeyEvent(k))
	}
}

// shortcut presses a letter as keyboards do: who takes the key keeps the letter
// out of the text.
func (s *searcher) shortcut(letter string, held chromedp.Modifier) {
	s.t.Helper()
	down := input.DispatchKeyEventParams{Type: kb.KeyDown, Key: letter, Text: letter, Modifiers: int64(held)}
	if held != chromedp.ModifierNone {
		down.Text = ""
	}
	s.do(call(input.DispatchKeyEvent, down), call(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kb.KeyUp, Key: letter}))
}

// put writes the text into the box that has the focus, as pasting does.
func (s *searcher) put(text string) {
	s.t.Helper()
	s.js(`(() => { const el = document.activeElement; el.value = ` + text + `; el.dispatchEvent(new InputEvent("input", {bubbles: true})); })()`)
}

// focused is where the keyboard is: the name of a box, or a text.
const focused = `(document.activeElement?.name || document.activeElement?.innerText || document.activeElement?.tagName || "").trim()`

// lands waits until the page of that title is there, with its scripts.
func (s *searcher) lands(title string) {
	s.t.Helper()
	s.is(`document.readyState === "complete" && document.querySelector("h1")?.innerText`, title)
}

// where waits for an address below the site's, and for its scripts.
func (s *searcher) where(want string) {
	s.t.Helper()
	s.is(`document.readyState === "complete" && location.href`, s.base+want)
}

// axe fails on anything that the accessibility checker finds, on a phone and on
// a desk in the dark, and on a page that is wider than the screen.
func (s *searcher) axe(state string) {
	s.t.Helper()
	s.do(chromedp.Evaluate[chromedp.Void](axe(s.t)))
	for _, view := range []struct {
		width  int64
		scheme string
	}{{1280, "dark"}, {390, "light"}} {
		s.screen(view.width, view.scheme)
		found, err := chromedp.Run(s.ctx, chromedp.Evaluate[[]string](runAxe, chromedp.EvalAwaitPromise))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, v := range found {
			s.t.Errorf("%s at %d px, %s: %s", state, view.width, view.scheme, v)
		}
		if wide := s.js(`[document.documentElement, document.querySelector("dialog[open]") ?? document.body].map((el) => el.scrollWidth - el.clientWidth).join(" ")`); wide != "0 0" {
			s.t.Errorf("%s at %d px: the page and its box are %s px wider than the screen", state, view.width, wide)
		}
	}
}

// kinds returns one page of every kind.
func kinds(b built) []string {
	found := map[string]string{}
	for _, name := range htmlFiles(b) {
		_, kind, _ := strings.Cut(string(b.files[name]), `<body class="kind-`)
		kind, _, _ = strings.Cut(kind, `"`)
		if found[kind] == "" {
			found[kind] = name
		}
	}
	return slices.Sorted(maps.Values(found))
}
