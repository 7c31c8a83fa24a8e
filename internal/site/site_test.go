package site

import (
	"strings"
	"testing"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/markdown"
)

func parse(path, text string) (*Page, string) {
	c, _ := ParseConfig(diag.Source{Path: "site.yaml"})
	p, diags := NewParser(c, nil).ParsePage("content/"+path, []byte(text))
	return p, said(diags)
}

func said(diags diag.List) string {
	var b strings.Builder
	for _, d := range diags.Sorted() {
		b.WriteString(d.Text())
	}
	return b.String()
}

const front = "---\ntitle: Maps\nsummary: A sentence of more than fifty letters that says what it is for.\n"

func TestAddresses(t *testing.T) {
	for file, want := range map[string]string{
		"a.md": "/a/", "index.md": "/", "guides/index.md": "/guides/", "guides/_index.md": "/guides/", "guides/README.md": "/guides/",
		"Deep Folder/My File.md": "/deep-folder/my-file/", "ärger/Über uns.md": "/ärger/über-uns/", "a/con.md": "/a/con-page/", "aux/Com1/x.md": "/aux-folder/com1-folder/x/", "nul/index.md": "/nul-folder/", "a/com.md": "/a/com/", "a/console.md": "/a/console/", "a/+++.md": "/a/page/",
	} {
		if p, _ := parse(file, "Text."); p.URL != want {
			t.Errorf("%s has the address %s, want %s", file, p.URL, want)
		}
	}
	if p, _ := parse("a/b.md", front+"slug: other\n---\n"); p.URL != "/a/other/" {
		t.Errorf("slug gives %s", p.URL)
	}
	if p, _ := parse("handouts/pack.md", front+"key: abcd1234efgh\nexpires: 2027-01-01\n---\n\n1. [A](a.md)\n"); p.URL != "/handouts/pack-abcd1234efgh/" || p.Meta.Search || p.Meta.Listed {
		t.Errorf("a handout stands at %s, searched %v, listed %v", p.URL, p.Meta.Search, p.Meta.Listed)
	}
}

func TestOddFiles(t *testing.T) {
	for name, c := range map[string]struct{ text, title, found string }{
		"byte order mark":     {"\ufeff" + front + "---\n", "Maps", ""},
		"Windows line ends":   {strings.ReplaceAll(front+"---\nText.\n", "\n", "\r\n"), "Maps", ""},
		"TOML":                {"+++\ntitle = \"Maps\"\nsummary = \"A sentence of more than fifty letters that says what it is for.\"\n+++\n", "Maps", ""},
		"empty":               {"", "X", "the page has no title; its file name is used"},
		"heading":             {"# Old *maps*\n\nText.", "Old maps", "the page has no title; its first heading is used"},
		"not UTF-8":           {"Text \xff", "X", "x.md:1:6: error: the file is not UTF-8 text"},
		"not closed":          {"---\ntitle: Maps\n", "X", "the front matter is not closed"},
		"a rule":              {"---\n\nText.", "X", "no title"},
		"large front matter":  {"---\ntitle: " + strings.Repeat("x", 70<<10) + "\n---\n", "X", "the front matter is larger than 64 KiB"},
		"Hugo and Obsidian":   {front + "aliases: [/old/, Other name]\nweight: 3\n---\n", "Maps", ""},
		"reserved slug":       {front + "slug: lpt9\n---\n", "Maps", "x.md:4:7: error: the slug \"lpt9\" is reserved on Windows\n  4 | slug: lpt9\n    |       ^^^^\n  hint: write it as lpt9-page\n"},
		"slug of signs":       {front + "slug: '!?'\n---\n", "Maps", "use letters or digits, or leave it out"},
		"dates out of order":  {front + "date: 2026-02-01\nupdated: 2026-01-01\n---\n", "Maps", `"updated" is before "date"`},
		"expires too early":   {front + "publish: 2026-02-01\nexpires: 2026-02-01\n---\n", "Maps", `"expires" is not after "publish"`},
		"picture unexplained": {front + "image: a.png\n---\n", "Maps", `"image" needs "image_alt"`},
		"research uncited":    {front + "evidence: research\n---\n", "Maps", `"evidence: research" needs a citation`},
		"bad slug":            {front + "slug: My Slug\n---\n", "Maps", "write it as my-slug"},
	} {
		p, found := parse("x.md", c.text)
		if p.Meta.Title != c.title {
			t.Errorf("%s: the title is %q, want %q", name, p.Meta.Title, c.title)
		}
		if c.found == "" && strings.Contains(found, "error") || !strings.Contains(found, c.found) {
			t.Errorf("%s: found\n%swant %q", name, found, c.found)
		}
	}
	if p, _ := parse("x.md", front+"aliases: [/old/, Other name]\nweight: 3\n---\n"); p.Meta.Redirects[0] != "/old/" || p.Meta.Also[0] != "Other name" || p.Meta.Order != 3 {
		t.Errorf("aliases and weight give %+v", p.Meta)
	}
}

// Of front matter that cannot be read that alone is said, not what follows from
// it.
func TestUnreadableFrontMatter(t *testing.T) {
	for file, text := range map[string]string{
		"articles/x.md": "---\ntitle: a: b\n---\n\n- [ ] Text {due=+1d}.", "glossary/x.md": "---\ntitle: [a\n---\n", "sources/x.md": "+++\ntitle = a\n+++\n",
		"guides/x.md": "---\ntitle: a\n", "assessments/x.md": "---\n- a\n---\n", "handouts/x.md": "---\ntitle: 'a\n---\n", "x.md": "Text \xff",
	} {
		if p, found := parse(file, text); strings.Count(found, "error") != 1 || strings.Contains(found, "warning") || p.Meta.Title == "" {
			t.Errorf("of %s this is said:\n%s", file, found)
		}
	}
}

// TestDoubtfulHandoutsAreNotBuilt keeps off the site what may have been meant
// to be sealed.
func TestDoubtfulHandoutsAreNotBuilt(t *testing.T) {
	sealed := front + "key: abcd1234efgh\nexpires: 2027-01-01\naccess: passphrase\n"
	steps := "---\n\n1. [A](a.md)\n"
	if p, found := parse("handouts/pack.md", sealed+steps); !(&Config{}).Live(p) || !p.Confidential() || found != "" {
		t.Errorf("a sealed handout is not part of the site:\n%s", found)
	}
	if _, found := parse("handouts/pack.md", "---\ntitle: Pack\nkey: abcd1234efgh\nexpires: 2027-01-01\n"+steps); found != "" {
		t.Errorf("a handout needs a summary:\n%s", found)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"misspelt key":     {"handouts/pack.md", strings.Replace(sealed, "access", "acces", 1) + steps, `did you mean "access"?`},
		"misspelt value":   {"handouts/pack.md", strings.Replace(sealed, "passphrase", "passphrases", 1) + steps, `did you mean "passphrase"?`},
		"misspelt type":    {"handouts/pack.md", sealed + "type: handuot\n" + steps, `did you mean "handout"?`},
		"broken":           {"handouts/pack.md", sealed + "brand: [x\n" + steps, "error"},
		"late":             {"handouts/pack.md", "\n" + sealed + steps, "a handout needs front matter"},
		"for a folder":     {"handouts/index.md", sealed + "type: handout\n" + steps, "a handout cannot stand for a folder"},
		"listed":           {"handouts/pack.md", sealed + "listed: true\n" + steps, "a sealed page cannot be listed"},
		"redirected":       {"handouts/pack.md", sealed + "redirects: [/old/]\n" + steps, "an earlier address would lead others"},
		"not of this type": {"articles/pack.md", sealed + steps, "only a handout can be sealed"},
	} {
		p, found := parse(c.file, c.text)
		if (&Config{}).Live(p) || !strings.Contains(found, c.want) {
			t.Errorf("%s: the page is part of the site, or nothing was said:\n%s", name, found)
		}
	}
}

func TestSourcesAndPeople(t *testing.T) {
	source := front + "confidence: high\nclaim: It helps.\n"
	for text, want := range map[string]string{
		source + "---\n":                                        `"kind" is missing`,
		source + "kind: web\n---\n":                             `needs "url" and "accessed"`,
		source + "kind: paper\n---\n":                           `a paper needs "limits"`,
		source + "kind: book\ndoi: https://doi.org/10.1\n---\n": "a DOI begins with 10.",
	} {
		if _, found := parse("sources/x.md", text); !strings.Contains(found, want) {
			t.Errorf("found\n%swant %q", found, want)
		}
	}
	if _, found := parse("people/x.md", front+"photo: a.png\n---\n"); !strings.Contains(found, `"photo" needs "photo_alt"`) {
		t.Error(found)
	}
	if _, found := parse("glossary/x.md", front+"short: "+strings.Repeat("x", 201)+"\n---\n"); !strings.Contains(found, "the short meaning has 201 characters") {
		t.Error(found)
	}
}

// make joins pages into a site and returns what was found in them together.
func join(t *testing.T, settings string, texts map[string]string) (*Site, string) {
	t.Helper()
	c, diags := ParseConfig(diag.Source{Path: "site.yaml", Text: []byte(settings)})
	if diags.Errors() > 0 {
		t.Fatal(said(diags))
	}
	var pages []*Page
	for _, path := range sortedKeys(texts) {
		p, _ := NewParser(c, nil).ParsePage("content/"+path, []byte(texts[path]))
		pages = append(pages, p)
	}
	c.Today = "2026-11-01"
	s, found := New(c, pages, files.Tree{})
	return s, said(found)
}

func TestPagesTogether(t *testing.T) {
	for name, c := range map[string]struct {
		settings string
		texts    map[string]string
		want     string
	}{
		"two of one slug":     {"", map[string]string{"a/x.md": front + "---\n", "b/x.md": front + "---\n"}, `two pages have the slug "x": content/a/x.md and content/b/x.md`},
		"address by case":     {"", map[string]string{"É.md": front + "---\n", "é.md": front + "---\n"}, "two pages have the address"},
		"unknown author":      {"", map[string]string{"x.md": front + "authors: [bob]\n---\n", "people/rob.md": front + "---\n"}, `did you mean "rob"?`},
		"unknown related":     {"", map[string]string{"x.md": front + "related: [nobody]\n---\n"}, `there is no page with the slug "nobody"`},
		"unknown facet value": {"facets: {stage: {values: {prepare: Prepare}}}", map[string]string{"x.md": front + "stage: [prepaer]\n---\n"}, `did you mean "prepare"?`},
		"tags alike":          {"", map[string]string{"x.md": front + "tags: [follow up]\n---\n", "y.md": front + "tags: [follow-up]\n---\n"}, `is also written`},
		"terms alike":         {"", map[string]string{"glossary/x.md": front + "short: A.\nalso: [lead]\n---\n", "glossary/y.md": front + "short: B.\nalso: [Lead]\n---\n"}, `is also a name of content/glossary/`},
		"redirect taken":      {"", map[string]string{"x.md": front + "redirects: [/y/]\n---\n", "y.md": front + "---\n"}, "redirects from the address of content/y.md"},
		"redirect twice":      {"", map[string]string{"x.md": front + "redirects: [/old]\n---\n", "y.md": front + "redirects: [/old/]\n---\n"}, "both redirect from"},
		"redirect of itself":  {"", map[string]string{"x.md": front + "redirects: [/x]\n---\n"}, "content/x.md:4:13: error: the page redirects from its own address /x\n"},
		"redirect repeated":   {"", map[string]string{"x.md": front + "redirects:\n  - /old\n  - /old/\n---\n"}, "content/x.md:6:5: error: the earlier address /old/ is listed twice\n  6 |   - /old/\n    |     ^^^^^\n"},
		"alias taken":         {"", map[string]string{"x.md": front + "redirects: [/old]\naliases: [Other, /y/]\n---\n", "y.md": front + "---\n"}, "content/x.md:5:18: error: content/x.md redirects from the address of"},
		"name of another":     {"", map[string]string{"glossary/x.md": front + "short: A.\nalso: [lead]\n---\n", "glossary/y.md": front + "short: B.\naliases: [/old, Lead]\n---\n"}, "content/glossary/y.md:5:17: error:"},
		"step to a draft":     {"", map[string]string{"guides/g.md": front + "outcome: x\n---\n1. [A](../a.md) first\n", "a.md": front + "draft: true\n---\n"}, ""},
		"not reviewed":        {"review_after: 6", map[string]string{"x.md": front + "reviewed: 2026-01-01\n---\n"}, "was due for review on 2026-07-01"},
		"navigation":          {"navigation: [{title: A, page: artcles/}]", map[string]string{"articles/x.md": front + "---\n"}, `there is nothing at "artcles/"`},
	} {
		if _, found := join(t, c.settings, c.texts); !strings.Contains(found, c.want) {
			t.Errorf("%s: found\n%swant %q", name, found, c.want)
		}
	}
}

func TestSettingsMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"titel: X":                            `did you mean "title"?`,
		"brand: x\nbrands: {y: {name: Y}}":    `there is no brand "x"`,
		"brands: {y: {name: Y, color: red}}":  `"red" is not a color`,
		"facets: {stag: {}}":                  `did you mean "stage"?`,
		"facets: {stage: {values: {A B: x}}}": "write it as a-b",
		"facets: {stage: {values: {Con: x}}}": "write it as con-stage",
		"facets: {stage: {values: {nul: x}}}": "write it as nul-stage",
		"synonyms: [a b]":                     "a group of synonyms needs = or >",
		"home: {questions: [{titel: x}]}":     `did you mean "title"?`,
		"title: X\nlanguage: en_US":           "site.yaml:2:11: error: \"en_US\" is not the tag of a language\n  2 | language: en_US\n    |           ^^^^^\n  hint: write it as en-US\n",
		"language: en_US.UTF-8":               "write it as en-US",
		"language: klingonish":                "write a tag such as en, de or pt-BR",
		"language: en us":                     "is not the tag of a language",
		`language: ""`:                        "is not the tag of a language",
		"base_url: example.org":               "site.yaml:1:11: error: the address \"example.org\" is not that of a web site\n  1 | base_url: example.org\n",
		"base_url: ftp://example.org/":        "is not that of a web site",
		"base_url: 'https://:80/'":            "is not that of a web site",
		"base_url: https://a:b@example.org/":  "holds the name of a user",
		"base_url: https://example.org/?a=b":  "has a query or an anchor",
		"base_url: 'https://example.org/#'":   "has a query or an anchor",
		"base_url: https://x.org:99999/":      "has a port that there cannot be",
		"base_url: https://x.org/a/../b/":     "has a path with more in it than names",
		"base_url: https://x.org/a//b/":       "has a path with more in it than names",
	} {
		if _, diags := ParseConfig(diag.Source{Path: "site.yaml", Text: []byte(text)}); !strings.Contains(said(diags), want) {
			t.Errorf("%q gives\n%swant %q", text, said(diags), want)
		}
	}
}

// Names are those that every system can hold, in each part of each address.
func TestNamesArePortable(t *testing.T) {
	for name, want := range map[string]bool{
		"con": false, "CON.txt": false, "nul.tar.gz": false, "aux ": false, "aux .txt": false, "com1": false, "COM³.log": false, "Lpt9": false, "conin$": false,
		"a.": false, "a ": false, "a:b": false, "a\\b": false, "a\x7f": false, strings.Repeat("a", 256): false,
		"com": true, "com0": true, "com10": true, "comlpt1": true, "console": true, "prnt": true, "a.con": true, ".con": true, "": true, "日本": true,
	} {
		if why := Unportable(name); (why == "") != want {
			t.Errorf("%q: %q", name, why)
		}
	}
	s, found := join(t, "", map[string]string{"aux/x.md": front + "tags: [Con, nul]\n---\n", "y.md": front + "---\n[a](aux/x.md), [b](/aux/x/)"})
	if found != "" || s.Group("tags/con-tag") == nil || s.Group("tags/nul-tag").URL != "/tags/nul-tag/" {
		t.Errorf("found\n%s", found)
	}
	for _, target := range []string{"aux/x.md", "/aux/x/", "/aux-folder/x/"} {
		if ref, problem := s.Resolve(s.File("content/y.md"), markdown.Hole{Kind: markdown.Link, Target: target}); ref.URL != "/aux-folder/x/" {
			t.Errorf("%s leads to %+v: %+v", target, ref, problem)
		}
	}
}

func TestSettingsThatHold(t *testing.T) {
	for _, text := range []string{"", "language: de", "language: en-us", "language: zh-Hant-TW", "language: sr-Latn", "base_url: http://localhost:8080", "base_url: https://x.org/", "base_url: https://x.org/a/b", "base_url: https://[::1]:80/a/", "base_url: HTTPS://bücher.example/ä/"} {
		if _, diags := ParseConfig(diag.Source{Path: "site.yaml", Text: []byte(text)}); len(diags) > 0 {
			t.Errorf("%q gives\n%s", text, said(diags))
		}
	}
}

func FuzzParsePage(f *testing.F) {
	f.Add("articles/x.md", front+"---\nText.")
	f.Add("checklists/x.md", front+"---\n- [ ] a {#b due=+1d}\n  - [ ] c")
	f.Add("templates/x.md", front+"when: x\n---\n```message channel=email\nHi {{A}}\n```")
	f.Fuzz(func(t *testing.T, path, text string) {
		if p, _ := parse(path, text); p.Meta.Title == "" || !strings.HasPrefix(p.URL, "/") {
			t.Errorf("the page has the title %q and the address %q", p.Meta.Title, p.URL)
		}
	})
}
