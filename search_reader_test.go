package rapport_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"rapport/internal/browsertest"
	"rapport/internal/files"
	"rapport/internal/sitetest"
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
func searched(t *testing.T) sitetest.Site {
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
			browsertest.Quoted(title), browsertest.Quoted("The words of this hostile page: "+title), heading, next))
	}
	return build(t, tree, "")
}

// without is the site with one file replaced, or missing if data is nil.
func without(site sitetest.Site, name string, data []byte) sitetest.Site {
	site.Files = maps.Clone(site.Files)
	if site.Files[name] = data; data == nil {
		delete(site.Files, name)
	}
	return site
}

// searcher is somebody with a browser of their own, a keyboard and a phone.
type searcher struct {
	*browsertest.Tab
	t    *testing.T
	base string
}

// newSearcher opens a browser with an empty storage on the site. Whatever its
// pages complain of fails the test.
func newSearcher(t *testing.T, site sitetest.Site) *searcher {
	t.Helper()
	host := browsertest.Serve(t, site.Files, below+"/")
	s := &searcher{browsertest.Open(t), t, host.URL + below}
	s.Screen(390, 844, "light")
	t.Cleanup(func() { s.Quiet() })
	return s
}

// open goes to a page and waits for its scripts.
func (s *searcher) open(path string) {
	s.t.Helper()
	s.Anew(s.base + path)
	s.Becomes(`document.readyState`, "complete")
}

// put writes the text into the box that has the focus, as pasting does.
func (s *searcher) put(text string) {
	s.t.Helper()
	s.Eval(`(() => { const el = document.activeElement; el.value = ` + text + `; el.dispatchEvent(new InputEvent("input", {bubbles: true})); })()`)
}

// focused is where the keyboard is: the name of a box, or a text.
const focused = `(document.activeElement?.name || document.activeElement?.innerText || document.activeElement?.tagName || "").trim()`

// lands waits until the page of that title is there, with its scripts.
func (s *searcher) lands(title string) {
	s.t.Helper()
	s.Becomes(`document.readyState === "complete" && document.querySelector("h1")?.innerText`, title)
}

// where waits for an address below the site's, and for its scripts.
func (s *searcher) where(want string) {
	s.t.Helper()
	s.Becomes(`document.readyState === "complete" && location.href`, s.base+want)
}

// kinds returns one page of every kind.
func kinds(b sitetest.Site) []string {
	found := map[string]string{}
	for _, name := range htmlFiles(b) {
		_, kind, _ := strings.Cut(string(b.Files[name]), `<body class="kind-`)
		kind, _, _ = strings.Cut(kind, `"`)
		if found[kind] == "" {
			found[kind] = name
		}
	}
	return slices.Sorted(maps.Values(found))
}
