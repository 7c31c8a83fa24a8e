package pipeline

import (
	"fmt"
	"math/rand"
	"strings"
)

// lawSite is a small site that uses each kind of page and each kind of join.
func lawSite() source {
	s := source{
		"site.yaml": `title: Law
description: A site for the law test.
base_url: https://example.org/law/
author: ann
navigation:
  - {title: Articles, page: articles/}
  - {title: List, page: list}
facets:
  stage: {label: Stage, values: {prepare: Prepare, meet: Meet}}
  audience: {label: Audience, values: {coach: Coaches}}
`,
		// A layout that stands alone: it asks for what others get from shared pieces, and
		// says a name that stands in no source.
		"themes/default/layouts/person.html": `<!doctype html><title>{{.Title}}</title><link href="{{.Asset "style.css"}}">{{range .Navigation}}{{.URL}}{{end}}{{range .WrittenBy}}{{.Title}}{{end}}{{print "wilhel" "mina"}}`,
		"content/index.md":                   page("Home", "") + "Welcome.\n",
		"content/people/ann.md":              page("Ann", "role: Editor\n"),
		"content/people/bob.md":              page("Bob", "role: Writer\n"),
		"content/pics/dot.svg":               `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"content/pics/dot.png":               dot(1),
		"content/glossary/tie.md":            page("Weak tie", "short: Someone you know slightly.\nalso: [loose tie]\n") + "A tie.\n",
		"content/glossary/lead.md":           page("Warm lead", "short: A contact with a reason to answer.\nsee: [tie]\n") + "A lead.\n",
		"content/sources/first.md":           page("First study", "kind: book\nauthors: [\"One, A.\"]\nyear: \"1973\"\nconfidence: high\nclaim: It helps.\n"),
		"content/guides/path.md": page("A path", "outcome: A meeting.\n") + `## Week 1
1. [One](../articles/a1.md) First. {due=+2d}
2. [List](../checklists/list.md) Then.
`,
		"content/checklists/list.md": page("A list", "anchor: Day\nstage: [meet]\n") + "## Before\n- [ ] Do it {#one due=-1d}\n- [ ] A weak tie helps\n",
		"content/templates/ask.md":   page("Ask", "when: Now.\n") + "```message channel=email\nSubject: Hi {{Name}}\n\nHello {{Name}}.\n```\n",
		"content/extra/x1.md":        page("Extra 1", "") + "Alone.\n",
		"content/extra/x2.md":        page("Extra 2", "") + "[Ask](../templates/ask.md)\n",
		"content/questions/bank.md":  page("Bank", "") + "## Open {#open stage=meet}\n- What brought you here? {depth=easy}\n",
		"content/handouts/pack.md":   page("Pack", "key: abcdefgh1234\nexpires: 2027-01-01\n") + "Hello.\n\n## Session\n1. [List](../checklists/list.md) Do it.\n",
		"content/handouts/letter.md": page("Letter", "key: mnopqrst5678\nexpires: 2027-01-01\naccess: passphrase\ninclude: embed\n") + "Only you.\n\n![You](face.png)\n\n## Session\n1. [List](../checklists/list.md) Do it.\n",
		"content/handouts/face.png":  dot(1) + "face",
		"elsewhere/letter":           "velvet acorn tidal museum bright",
	}
	for i := 1; i <= 8; i++ {
		s[fmt.Sprintf("content/articles/a%d.md", i)] = page(fmt.Sprintf("Article %d", i), "stage: [prepare]\ntags: [one, two]\n") +
			fmt.Sprintf("A weak tie can help [@first]. See [next](a%d.md) and [[list]].\n\n![A dot](../pics/dot.png)\n\n```go\nfunc f() {}\n```\n\n## Do this next\n- [List](../checklists/list.md)\n", i%8+1)
	}
	return s
}

func page(title, more string) string {
	return fmt.Sprintf("---\ntitle: %s\nsummary: What %s says in one plain sentence of more than fifty letters.\ndate: 2026-01-02\n%s---\n", title, title, more)
}

// dot is a picture of the width.
func dot(width byte) string {
	return "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00" + string(rune(width)) + "\x00\x00\x00\x01\x08\x02\x00\x00\x00" + map[byte]string{1: "\x90wS\xde", 2: "{@\xe8\xdd"}[width]
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>`

// lawEdits are what people do to a site. Each can be done at any time.
var lawEdits = map[string]func(source, *rand.Rand){
	"edit body":      func(s source, r *rand.Rand) { s[article(s, r)] += "\nOne more line.\n" },
	"lengthen page":  func(s source, r *rand.Rand) { s[article(s, r)] += "\n" + strings.Repeat("word ", 250) + "\n" }, // its minutes grow
	"retitle page":   func(s source, r *rand.Rand) { replace(s, article(s, r), "title: ", "title: New ") },
	"retitle source": func(s source, r *rand.Rand) { replace(s, "content/sources/first.md", "title: ", "title: Re") },
	"retitle person": func(s source, r *rand.Rand) { replace(s, "content/people/ann.md", "title: ", "title: Dr ") },
	"retitle extra":  func(s source, r *rand.Rand) { replace(s, "content/extra/x1.md", "title: ", "title: An ") },
	"retitle list":   func(s source, r *rand.Rand) { replace(s, "content/checklists/list.md", "title: ", "title: The ") },
	"move template": func(s source, r *rand.Rand) {
		toggle(s, "content/templates/ask.md", "when: Now", "slug: moved-ask\nwhen: Now")
	},
	"withdraw source": func(s source, r *rand.Rand) {
		toggle(s, "content/sources/first.md", "claim: It", "status: disputed\nclaim: It")
	},
	"retag":              func(s source, r *rand.Rand) { toggle(s, article(s, r), "tags: [one, two]", "tags: [two, three]") },
	"refile":             func(s source, r *rand.Rand) { toggle(s, article(s, r), "stage: [prepare]", "stage: [meet]") },
	"shift lines":        func(s source, r *rand.Rand) { replace(s, article(s, r), "\n---\n", "\n---\n\n\n") },
	"break front matter": func(s source, r *rand.Rand) { toggle(s, article(s, r), "summary: What", "summary: [What") },
	"mistype a key":      func(s source, r *rand.Rand) { toggle(s, article(s, r), "summary:", "sumary:") },
	"break link": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "(../checklists/list.md)", "(../checklists/lost.md)")
	},
	"draft": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\ndraft: true\n")
	},
	"publish later": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\npublish: 2027-01-02\n")
	},
	"wait":        func(s source, r *rand.Rand) { toggleFile(s, "elsewhere/day", "2027-02-01") }, // past what was published later, and the end of handouts
	"show drafts": func(s source, r *rand.Rand) { toggleFile(s, "elsewhere/drafts", "yes") },
	"unlist": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\nlisted: false\n")
	},
	"move target": func(s source, r *rand.Rand) {
		toggle(s, "content/checklists/list.md", "anchor: Day", "anchor: Day\nslug: moved-list")
	},
	"take an address": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\nslug: a1\n")
	},
	"redirect": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\nredirects: [/old/]\n")
	},
	"cite": func(s source, r *rand.Rand) { toggle(s, "content/articles/a3.md", "can help [@first]", "could help") },
	"sign": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\nauthors: [bob]\n")
	},
	"reorder guide": func(s source, r *rand.Rand) {
		toggle(s, "content/guides/path.md", "(../articles/a1.md)", "(../articles/a2.md)")
	},
	"change term": func(s source, r *rand.Rand) { replace(s, "content/glossary/tie.md", "short: ", "short: Well, ") },
	"rename term": func(s source, r *rand.Rand) {
		toggle(s, "content/glossary/tie.md", "also: [loose tie]", "also: [loose tie, help]")
	},
	"drop term":   func(s source, r *rand.Rand) { drop(s, "content/glossary/tie.md") },
	"drop person": func(s source, r *rand.Rand) { drop(s, "content/people/ann.md") },
	"hide a person": func(s source, r *rand.Rand) {
		toggle(s, "content/people/bob.md", "role: Writer", "listed: false\nrole: Writer")
	},
	"add a hidden person": func(s source, r *rand.Rand) {
		toggleFile(s, "content/people/eve.md", page("Eve", "listed: false\nrole: Guest\n"))
	},
	"sign by a hidden person": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\nauthors: [eve]\n")
	},
	"ask for a name": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/partials/foot.html", `{{with .Page "eve"}}<a href="{{.URL}}">{{.Title}}</a>{{end}}`)
	},
	"take a name": func(s source, r *rand.Rand) {
		toggleFile(s, "content/extra/eve.md", page("Another Eve", "listed: false\n"))
	},
	"change author": func(s source, r *rand.Rand) { toggle(s, "site.yaml", "author: ann", "author: bob") },
	"drop list":     func(s source, r *rand.Rand) { drop(s, "content/checklists/list.md") },
	"drop page":     func(s source, r *rand.Rand) { drop(s, fmt.Sprintf("content/articles/a%d.md", 5+r.Intn(3))) },
	"add page": func(s source, r *rand.Rand) {
		s["content/new/"+[]string{"n0", "n1", "deep/n2", "deep/n3"}[r.Intn(4)]+".md"] = page("New", "tags: [one]\n") + "Text.\n"
	},
	"add a hidden page": func(s source, r *rand.Rand) {
		toggleFile(s, "content/new/hidden.md", page("Hidden", "listed: false\n"))
	},
	"navigate by sections": func(s source, r *rand.Rand) { toggle(s, "site.yaml", "navigation:", "footer:") },
	"put code into the list": func(s source, r *rand.Rand) {
		toggle(s, "content/checklists/list.md", "- [ ] Do it {#one", "```go\nx\n```\n\n- [ ] Do it {#one")
	},
	"show steps as cards": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/partials/phases.html", stepCards)
	},
	"show the current entry": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/shared/header.html", currentOnly)
	},
	"add index": func(s source, r *rand.Rand) { toggleFile(s, "content/articles/index.md", page("All articles", "")) },
	"plain page": func(s source, r *rand.Rand) {
		toggleFile(s, "content/notes/plain.md", "# Plain\n\nNo front matter here.\n")
	},
	"retitle navigation": func(s source, r *rand.Rand) { toggle(s, "site.yaml", "title: Articles,", "title: Reading,") },
	"rename site":        func(s source, r *rand.Rand) { toggle(s, "site.yaml", "title: Law", "title: Order") },
	"break settings":     func(s source, r *rand.Rand) { toggle(s, "site.yaml", "author: ann", "autor: ann") },
	"move site":          func(s source, r *rand.Rand) { toggle(s, "site.yaml", "example.org/law/", "example.org/") },
	"reword": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/messages/en.yaml", strings.ReplaceAll(english, "home: Home", "home: Start"))
	},
	"change layout": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/article.html", `{{define "main"}}<h1>{{.Title}}</h1>{{.Content}}{{end}}`)
	},
	"break layout": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/term.html", `{{define "main"}}<h1>{{.Nothing}}</h1>{{end}}`)
	},
	"change footer": func(s source, r *rand.Rand) {
		s["themes/default/layouts/shared/footer.html"] = fmt.Sprintf("<footer>%s{{.SiteTitle}}</footer>", strings.Repeat("<hr>", r.Intn(4)))
	},
	"break footer": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/shared/footer.html", "<footer>{{.Nothing}}</footer>")
	},
	"tell the footer a name": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/shared/footer.html", "<footer>By Wilhelmina</footer>")
	},
	"frame otherwise": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/base.html", `<!doctype html><title>{{.Title}}</title><p title="{{.Shared "footer"}}">{{.Shared "footer"}}</p><main>{{block "main" .}}{{end}}</main>{{.Shared "footer"}}`)
	},
	"change style": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/assets/style.css", fmt.Sprint("body{margin:", r.Intn(9), "px}"))
	},
	"change picture": func(s source, r *rand.Rand) { toggle(s, "content/pics/dot.png", dot(1), dot(2)) },
	"change passphrases": func(s source, r *rand.Rand) {
		toggle(s, "elsewhere/letter", "velvet acorn tidal museum bright", "velvet acorn tidal museum bright\nother words that nobody guesses here")
	},
	"drop passphrases":  func(s source, r *rand.Rand) { toggleFile(s, "elsewhere/letter", "velvet acorn tidal museum bright") },
	"weaken passphrase": func(s source, r *rand.Rand) { toggle(s, "elsewhere/letter", "velvet", "acorn") },
	"edit letter":       func(s source, r *rand.Rand) { s["content/handouts/letter.md"] += "\nOne more line.\n" },
	"tell a name": func(s source, r *rand.Rand) {
		toggle(s, "content/handouts/letter.md", "Only you.", "Only you, Wilhelmina.")
	},
	"publish a name": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "A weak tie can", "A weak tie of Wilhelmina can")
	},
	"unseal letter": func(s source, r *rand.Rand) { toggle(s, "content/handouts/letter.md", "access: passphrase\n", "") },
	"share face": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "![A dot](../pics/dot.png)", "![A dot](../handouts/face.png)")
	},
	"change face":                    func(s source, r *rand.Rand) { toggle(s, "content/handouts/face.png", "face", "look") },
	"drop picture":                   func(s source, r *rand.Rand) { toggleFile(s, "content/pics/dot.png", dot(1)) },
	"add static file":                func(s source, r *rand.Rand) { toggleFile(s, "static/hello.txt", "hello") },
	"stand in the way of a section":  func(s source, r *rand.Rand) { toggleFile(s, "static/articles", "hello") },
	"stand in the way of the search": func(s source, r *rand.Rand) { toggleFile(s, "static/search/page.js", "hello") },
	"redirect from below a page": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "date: 2026-01-02\n", "date: 2026-01-02\nredirects: [/articles/a1/index.html/]\n")
	},
	"attach a script": func(s source, r *rand.Rand) { toggleFile(s, "content/articles/app.js", "alert(1)") },
	"link to a script": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "(../checklists/list.md)", "(app.js)")
	},
	"draw": func(s source, r *rand.Rand) { toggleFile(s, "content/pics/plan.svg", drawing) },
	"put script into a drawing": func(s source, r *rand.Rand) {
		toggle(s, "content/pics/plan.svg", "<path", "<script/><path")
	},
	"cut a tag in two": func(s source, r *rand.Rand) {
		toggleFile(s, "themes/default/layouts/source.html", `{{define "main"}}<p {{if .Title}}title="{{end}}>{{end}}`)
	},
	"write a zero byte": func(s source, r *rand.Rand) {
		toggle(s, article(s, r), "A weak tie can", "```go\n\"\x00header\x00\"\n```\n\nA weak tie can")
	},
}

// article names one of the articles that exist.
func article(s source, r *rand.Rand) string {
	for {
		if name := fmt.Sprintf("content/articles/a%d.md", 1+r.Intn(8)); s[name] != "" {
			return name
		}
	}
}

func replace(s source, path, old, with string) {
	if text, ok := s[path]; ok {
		s[path] = strings.Replace(text, old, with, 1)
	}
}

// toggle makes the change, or takes it back.
func toggle(s source, path, old, with string) {
	text, ok := s[path]
	switch {
	case !ok:
	case strings.Contains(text, with):
		s[path] = strings.Replace(text, with, old, 1)
	default:
		s[path] = strings.Replace(text, old, with, 1)
	}
}

func toggleFile(s source, path, text string) {
	if _, ok := s[path]; ok {
		delete(s, path)
	} else {
		s[path] = text
	}
}

// drop removes a file of the site as it was at first, or brings it back.
func drop(s source, path string) { toggleFile(s, path, lawSite()[path]) }

// english is enough of the words to see a change.
var english = "home: Home\n"
