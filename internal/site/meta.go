package site

import (
	"reflect"
	"strconv"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/fields"
)

// Meta is what the front matter of every page may say.
type Meta struct {
	Title        string              `key:"title" doc:"The page's name, at most 70 characters."`
	Type         string              `key:"type" enum:"article,guide,checklist,assessment,template,questions,term,source,person,handout" doc:"What kind of page this is; the folder decides if it is left out."`
	Slug         string              `key:"slug" doc:"The last part of the address: lower case words joined by hyphens. The file name if left out."`
	Summary      string              `key:"summary" also:"description" doc:"One sentence of 50 to 160 characters, shown on cards, in search results and by search engines."`
	Date         fields.Date         `key:"date" doc:"The day the page was written."`
	Updated      fields.Date         `key:"updated" also:"lastmod" doc:"The day its content last changed; date if left out."`
	Reviewed     fields.Date         `key:"reviewed" doc:"The day somebody last checked that it still holds."`
	Draft        bool                `key:"draft" doc:"Built only with --drafts."`
	Publish      fields.Date         `key:"publish" also:"publishDate" doc:"The first day on which the page is part of the site."`
	Expires      fields.Date         `key:"expires" also:"expiryDate" doc:"The first day on which the page is no longer part of the site."`
	Authors      []string            `key:"authors" also:"author" doc:"Who wrote it: names of files in people/."`
	Stage        []string            `key:"stage" doc:"Values of the facet stage in site.yaml."`
	Audience     []string            `key:"audience" doc:"Values of the facet audience in site.yaml."`
	Relationship []string            `key:"relationship" doc:"Values of the facet relationship in site.yaml."`
	Channel      []string            `key:"channel" doc:"Values of the facet channel in site.yaml."`
	Minutes      int                 `key:"minutes" min:"1" max:"600" doc:"How long reading or doing it takes; estimated from the length if left out."`
	Tags         []string            `key:"tags" doc:"Free words that group pages."`
	Also         []string            `key:"also" doc:"Other names of the subject: searched, and shown on glossary terms."`
	Queries      []string            `key:"queries" doc:"Phrases that readers type: searched, never shown."`
	Redirects    []string            `key:"redirects" doc:"Earlier addresses of the page, each beginning with a slash."`
	Aliases      []string            `key:"aliases" doc:"As Hugo and Obsidian use it: entries that begin with a slash are redirects, others are other names."`
	Related      []string            `key:"related" doc:"Slugs of pages to read next; chosen by shared facets if left out."`
	Order        int                 `key:"order" also:"weight" doc:"Place in the section, lowest first; pages of one order stand by title."`
	Evidence     string              `key:"evidence" enum:"research,practice,opinion" default:"practice" doc:"What the advice rests on; research needs a citation in the text."`
	Search       bool                `key:"search" default:"true" doc:"Whether search finds the page."`
	Listed       bool                `key:"listed" default:"true" doc:"Whether lists, feeds and the sitemap show the page."`
	TOC          string              `key:"toc" enum:"auto,true,false" default:"auto" doc:"Whether the page shows its outline; auto shows one of three headings or more."`
	Glossary     bool                `key:"glossary" default:"true" doc:"Whether glossary terms in the text are linked."`
	Image        string              `key:"image" doc:"A picture for cards and previews: a path relative to the page."`
	ImageAlt     string              `key:"image_alt" doc:"What the picture shows, in words."`
	Params       *fields.Node        `key:"params" doc:"Data of your own for your own layouts."`
	At           map[string]diag.Pos // while the page is read, see places.go
	places       string
}

// Term is what the front matter of a glossary term may say besides.
type Term struct {
	Short string   `key:"short" required:"true" doc:"The meaning in at most 200 characters, shown where the term is used."`
	See   []string `key:"see" doc:"Slugs of related terms or pages."`
	At    map[string]diag.Pos
}

// Source is what the front matter of a source may say besides. Its authors are
// names as they are cited, not pages of people.
type Source struct {
	Kind       string      `key:"kind" required:"true" enum:"paper,book,report,article,web,talk" doc:"What sort of source it is."`
	Authors    []string    `key:"authors" doc:"Names as they are cited, such as Granovetter, M."`
	Year       string      `key:"year" doc:"When it appeared."`
	Container  string      `key:"container" doc:"The journal, book or site that it appeared in, or its publisher."`
	Volume     string      `key:"volume" doc:"Volume of the journal."`
	Issue      string      `key:"issue" doc:"Issue of the volume."`
	Pages      string      `key:"pages" doc:"Pages, such as 1360–1380."`
	DOI        string      `key:"doi" doc:"Digital object identifier, beginning with 10."`
	URL        string      `key:"url" doc:"Where it can be read."`
	Accessed   fields.Date `key:"accessed" doc:"The day the address was looked at."`
	Confidence string      `key:"confidence" required:"true" enum:"high,medium,low" doc:"How sure the editor is of the reading."`
	Status     string      `key:"status" enum:"ok,disputed,retracted,unsupported" default:"ok" doc:"Whether it still stands."`
	Claim      string      `key:"claim" required:"true" doc:"The one sentence that it may be cited for."`
	Limits     string      `key:"limits" doc:"Sample, place, and what it did not test; papers and reports need it."`
	At         map[string]diag.Pos
}

// Person is what the front matter of a person may say besides.
type Person struct {
	Name     string `key:"name" doc:"The person's name; the title if left out."`
	Role     string `key:"role" doc:"What the person does, in a few words."`
	URL      string `key:"url" doc:"The person's own page."`
	Bio      string `key:"bio" doc:"One or two sentences, shown beside the name."`
	Photo    string `key:"photo" doc:"A picture: a path relative to the page."`
	PhotoAlt string `key:"photo_alt" doc:"What the picture shows, in words."`
	At       map[string]diag.Pos
}

// Types lists the types of pages in the order in which lists show them.
func Types() []string {
	return []string{"article", "guide", "checklist", "assessment", "template", "questions", "term", "source", "person", "handout"}
}

// folderTypes says which type the pages of a folder have if they do not say.
func folderType(folder string) string {
	switch folder {
	case "guides":
		return "guide"
	case "checklists":
		return "checklist"
	case "assessments":
		return "assessment"
	case "templates":
		return "template"
	case "questions":
		return "questions"
	case "glossary":
		return "term"
	case "sources":
		return "source"
	case "people":
		return "person"
	case "handouts":
		return "handout"
	}
	return "article"
}

var (
	metaSchema   = fields.Describe(reflect.TypeFor[Meta]())
	termSchema   = fields.Describe(reflect.TypeFor[Term]())
	sourceSchema = fields.Describe(reflect.TypeFor[Source]())
	personSchema = fields.Describe(reflect.TypeFor[Person]())
)

// facetIDs are the facets that front matter can name, in the order in which
// they are shown.
func facetIDs() []string { return []string{"stage", "audience", "relationship", "channel"} }

// Facet returns the page's values of the facet.
func (m *Meta) Facet(id string) []string {
	switch id {
	case "stage":
		return m.Stage
	case "audience":
		return m.Audience
	case "relationship":
		return m.Relationship
	case "channel":
		return m.Channel
	}
	return nil
}

// sortAliases puts the aliases to the redirects and the other names that they
// are, with their places.
func (m *Meta) sortAliases() {
	for i, a := range m.Aliases {
		key, list := "also", &m.Also
		if strings.HasPrefix(a, "/") {
			key, list = "redirects", &m.Redirects
		}
		if pos, ok := m.At["aliases."+strconv.Itoa(i)]; ok {
			m.At[key+"."+strconv.Itoa(len(*list))] = pos
		}
		*list = append(*list, a)
	}
}
