package render

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/site"
)

// Secrets returns what handouts say and no other output may say: their words,
// addresses and files. It is empty for a site without handouts.
func (w *World) Secrets() ([]handout.Secret, error) {
	var list []handout.Secret
	for _, p := range w.Site.Pages {
		if !p.Confidential() {
			continue
		}
		text, err := w.sourceOf(p)
		if err != nil {
			return nil, err
		}
		own := strings.TrimPrefix(p.URL, "/")
		add := func(s handout.Secret) {
			s.Page = p.Path
			list = append(list, s)
		}
		add(handout.Secret{Kind: "key", Text: p.Handout.Key, Own: own, Always: true})
		add(handout.Secret{Kind: "address", Text: p.Slug, Own: own})
		add(handout.Secret{Kind: "file name", Text: strings.TrimSuffix(path.Base(p.Path), path.Ext(p.Path)), Own: own})
		if p.Handout.Sealed {
			own = "" // not even its own output may say the rest
		}
		for _, part := range parts(text) {
			add(handout.Secret{Kind: part.kind, Text: part.text, Own: own})
		}
	}
	for _, asset := range sortedNames(w.withheld) {
		f, ok := w.Tree.Get(asset)
		if !ok {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			return nil, err
		}
		if len(data) > 0 {
			list = append(list, handout.Secret{Page: w.withheld[asset].Path, Kind: "file " + path.Base(asset), Data: data})
		}
	}
	return list, nil
}

func (w *World) sourceOf(p *site.Page) ([]byte, error) {
	f, ok := w.Tree.Get(p.Path)
	if !ok {
		return nil, nil
	}
	return f.Bytes()
}

// part is a piece of a source with what it is.
type part struct{ kind, text string }

// common are keys of the front matter whose values are names of public things.
var common = []string{"type", "date", "updated", "reviewed", "publish", "expires", "authors", "coach", "brand", "key", "access", "include", "draft", "listed", "search",
	"slug", "toc", "glossary", "evidence", "minutes", "order", "weight", "related", "stage", "audience", "relationship", "channel"}

// parts splits the source of a page into what a reader would call its parts. It
// only sorts words, so it need not understand them: what is said once more as
// something else does no harm.
func parts(source []byte) (list []part) {
	lines := strings.Split(strings.ReplaceAll(string(source), "\r\n", "\n"), "\n")
	if fence := strings.TrimSpace(lines[0]); fence == "---" || fence == "+++" {
		if end := slices.IndexFunc(lines[1:], func(l string) bool { return strings.TrimSpace(l) == fence }); end >= 0 {
			list = frontParts(lines[1 : end+1])
			lines = lines[end+2:]
		}
	}
	kind, code := "", false
	for _, line := range lines {
		text := strings.TrimSpace(line)
		fence := strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")
		switch begins := kindOf(text); {
		case fence:
			code, kind = !code, ""
		case code:
			list = append(list, part{"code", text})
		case text == "":
			kind = ""
		case kind == "" || begins != "text":
			kind = begins
			list = append(list, part{kind, text})
		default: // goes on
			list[len(list)-1].text += " " + text
		}
	}
	return list
}

// frontParts are the values of front matter that say something of their own.
func frontParts(lines []string) (list []part) {
	key := ""
	for _, line := range lines {
		text := strings.TrimSpace(line)
		if strings.HasPrefix(text, "#") {
			list = append(list, part{"comment", text})
			continue
		}
		if at := strings.IndexAny(line, ":="); at > 0 && line[0] != ' ' && line[0] != '-' && line[0] != '\t' {
			key, text = strings.TrimSpace(line[:at]), line[at+1:]
		}
		if !slices.Contains(common, key) {
			list = append(list, part{key, text})
		} else if _, comment, ok := strings.Cut(text, " #"); ok {
			list = append(list, part{"comment", comment})
		}
	}
	return list
}

// kindOf says what a line of Markdown begins.
func kindOf(line string) string {
	switch {
	case strings.HasPrefix(line, "#"):
		return "heading"
	case strings.HasPrefix(line, "<!--"):
		return "comment"
	case strings.HasPrefix(line, "- "), strings.HasPrefix(line, "* "), strings.HasPrefix(line, "+ "):
		return "item"
	}
	if digits := strings.TrimLeft(line, "0123456789"); digits != line && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") ")) {
		return "item"
	}
	return "text"
}

// Public is a text that everybody may read.
type Public struct {
	Name string
	Hash files.Hash
	Text func() ([]byte, error)
}

// Publics returns all texts that outputs are made of and that are not secret:
// the sources of pages, the settings, the theme, the names of files.
func (w *World) Publics() []Public {
	var names bytes.Buffer
	list := make([]Public, 0, len(w.Site.Pages)+4)
	source := func(path string) {
		if f, ok := w.Tree.Get(path); ok {
			list = append(list, Public{path, f.Hash, f.Bytes})
		}
	}
	for _, p := range w.Site.Pages {
		if !p.Confidential() {
			source(p.Path)
			names.WriteString(p.Path + "\n" + p.URL + "\n")
		}
	}
	for _, asset := range w.Site.Assets() {
		if w.withheld[asset] == nil {
			names.WriteString(asset + "\n")
		}
	}
	source("site.yaml")
	c := w.Site.Config // of which the command line may have changed some
	names.WriteString(strings.Join([]string{c.BaseURL, c.Theme, c.Title, c.Disclaimer, vocabulary}, "\n"))
	constant := func(name string, text []byte) {
		list = append(list, Public{name, files.Sum(text), func() ([]byte, error) { return text, nil }})
	}
	constant("names", names.Bytes())
	constant("theme", w.Theme.Text())
	return list
}

// vocabulary are words that this program writes into outputs by itself: names
// of elements, attributes and their values, and of fields of JSON.
const vocabulary = `
agent align backlink alternate anchor aside async background blockquote button caption center checkbox checked chroma cite colspan crispEdges decoding deleted
details disabled disallow display encoding endnotes external figure footer fnref footnote backref header height highest icons img inline input insert
kbd lang languages lazy left loading lowest missing nofollow noopener noteref numbers ordered path rendering repeat required right role rowspan scope
scheme sections shape short_name sitemap sitemaps sizes small source span start_url stroke strong style summary table target tails task tbody thead title
titleWords tooltip total type urlset user utf value version viewBox weakest weight width within xmlns
anchor atLeast atMost audience bands body browser cards channel children corrected cover depth dimension dimensions exact excerpt facets field fields
files filters level limit listing minutes messages options optional pageData pageFile pages plain points questions ranges results rules score situations
stage subject synonyms text values warning when words shards search query queries stems terms titles urls weights weighted count none weekly monthly
`
