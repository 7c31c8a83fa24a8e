package site

import (
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/internal/diag"
)

// checkMeta reports what is wrong with the front matter by itself.
func (p *Page) checkMeta() diag.List {
	var diags diag.List
	m := &p.Meta
	if n := utf8.RuneCountInString(m.Title); n > 70 && present(m, "title") {
		diags.Warn(m.Pos("title"), "search engines cut it at about 70", "the title has %d characters", n)
	}
	if n := utf8.RuneCountInString(m.Summary); present(m, "summary") && !m.Draft && (n < 50 || n > 160) {
		diags.Warn(m.Pos("summary"), "write one sentence of 50 to 160 characters", "the summary has %d characters", n)
	}
	if m.Updated != "" && m.Date != "" && m.Updated < m.Date {
		diags.Error(m.Pos("updated"), "the page was written on "+string(m.Date), `"updated" is before "date"`)
	}
	if m.Expires != "" && m.Publish != "" && m.Expires <= m.Publish {
		diags.Error(m.Pos("expires"), "the page appears on "+string(m.Publish), `"expires" is not after "publish"`)
	}
	if m.Image != "" && m.ImageAlt == "" {
		diags.Error(m.Pos("image"), "add image_alt: what the picture shows, in words", `"image" needs "image_alt"`)
	}
	if m.Evidence == "research" && len(p.Own.Doc.Cites) == 0 {
		diags.Error(m.Pos("evidence"), "cite a source, such as [@granovetter-1973], or write evidence: practice", `"evidence: research" needs a citation in the text`)
	}
	at := m.Places()
	for i, r := range m.Redirects {
		if !redirectable(r) {
			diags.Error(at.Item("redirects", i), "write the old address as /articles/old-name/", "%q is not an address to redirect from", r)
		}
	}
	diags.Add(p.checkTags())
	return diags
}

func (p *Page) checkTags() diag.List {
	var diags diag.List
	at, seen := p.Meta.Places(), map[string]bool{}
	for i, tag := range p.Meta.Tags {
		if Slugify(tag) == "" {
			diags.Warn(at.Item("tags", i), "use letters or digits", "the tag %q has no letters", tag)
		}
		if seen[tag] {
			diags.Warn(at.Item("tags", i), "keep one", "the tag %q stands here twice", tag)
		}
		seen[tag] = true
	}
	return diags
}

// checkAttrs reports attributes in a text whose type gives them no meaning, so
// that a page of the wrong type, or a typo, shows.
func (p *Page) checkAttrs() diag.List {
	var diags diag.List
	for _, list := range p.Own.Doc.Attrs {
		for _, a := range list.All {
			diags.Warn(a.Pos, "attributes work in checklists, assessments, messages, questions, guides and handouts", "%q means nothing on a page of the type %s", a.Key, p.Meta.Type)
		}
	}
	return diags
}

// checkTerm, checkSource and checkPerson report what is wrong with the keys of
// their types.
func (p *Page) checkTerm() diag.List {
	var diags diag.List
	if n := utf8.RuneCountInString(p.Term.Short); n > 200 {
		diags.Error(p.Term.At["short"], "keep to what fits beside a word, at most 200", "the short meaning has %d characters", n)
	}
	return diags
}

func (p *Page) checkSource() diag.List {
	var diags diag.List
	s := p.Source
	at := func(key string) diag.Pos { return keyPos(s.At, key, p) }
	if s.Kind == "web" && (s.URL == "" || s.Accessed == "") {
		diags.Error(at("kind"), "say where it stands and when you looked: url: https://…, accessed: 2026-03-09", `a source of the kind "web" needs "url" and "accessed"`)
	}
	if s.DOI != "" && !strings.HasPrefix(s.DOI, "10.") {
		diags.Error(at("doi"), "leave out https://doi.org/", "a DOI begins with 10., not %q", s.DOI)
	}
	if s.URL != "" && !isWeb(s.URL) {
		diags.Error(at("url"), "begin it with https://", "%q is not a web address", s.URL)
	}
	if (s.Kind == "paper" || s.Kind == "report") && s.Limits == "" {
		diags.Error(at("kind"), "say who was studied, where, and what was not tested", `a %s needs "limits"`, s.Kind)
	}
	return diags
}

func (p *Page) checkPerson() diag.List {
	var diags diag.List
	s := p.Person
	if s.Photo != "" && s.PhotoAlt == "" {
		diags.Error(keyPos(s.At, "photo", p), "add photo_alt: what the picture shows, in words", `"photo" needs "photo_alt"`)
	}
	if s.URL != "" && !isWeb(s.URL) {
		diags.Error(keyPos(s.At, "url", p), "begin it with https://", "%q is not a web address", s.URL)
	}
	return diags
}

func isWeb(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

// redirectable reports whether, on every system, there can be a file that leads on
// from the address, and no other way to write it.
func redirectable(from string) bool {
	parts := strings.Split(strings.Trim(from, "/"), "/")
	return strings.HasPrefix(from, "/") && !strings.Contains(from, "//") && !strings.Contains(from, "#") &&
		!slices.ContainsFunc(parts, func(part string) bool { return part == "" || part[0] == '.' || Unportable(part) != "" })
}
