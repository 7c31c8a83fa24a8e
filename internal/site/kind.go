package site

import (
	"bytes"
	"reflect"
	"slices"

	"rapport/internal/advice"
	"rapport/internal/diag"
	"rapport/internal/fields"
	"rapport/internal/markdown"
)

// reader reads what a type of page adds to the common front matter and makes
// of the body what the page is for.
type reader struct {
	schema *fields.Schema
	read   func(p *Page, n *fields.Node, top diag.Pos) diag.List
}

// readers are the types that add something. The key names they decode live
// beside the code that uses them.
var readers = map[string]reader{
	"guide":      typed(advice.ParseGuide, func(p *Page, _ advice.GuideSettings, v *advice.Guide) { p.Guide = v }),
	"checklist":  typed(advice.ParseChecklist, func(p *Page, _ advice.ChecklistSettings, v *advice.Checklist) { p.Own.Checklist = v }),
	"assessment": typed(advice.ParseAssessment, func(p *Page, _ advice.AssessmentSettings, v *advice.Assessment) { p.Own.Assessment = v }),
	"template":   typed(advice.ParseTemplate, func(p *Page, _ advice.TemplateSettings, v *advice.Template) { p.Own.Template = v }),
	"questions":  typed(advice.ParseQuestions, func(p *Page, _ advice.QuestionsSettings, v *advice.Questions) { p.Own.Questions = v }),
	"handout":    typed(advice.ParseHandout, func(p *Page, s advice.HandoutSettings, v *advice.Handout) { p.Handout = &Handout{*v, s} }),
	"term":       plain(termSchema, func(p *Page, t *Term) { p.Term = t }, (*Page).checkTerm),
	"source":     plain(sourceSchema, func(p *Page, s *Source) { p.Source = s }, (*Page).checkSource),
	"person":     plain(personSchema, func(p *Page, s *Person) { p.Person = s }, (*Page).checkPerson),
}

// typed joins the settings S of a type with the parser of its body. The value
// is kept only if it holds together; a page whose settings or body do not is
// shown as plain text.
func typed[S, V any](parse func([]markdown.Section, S, diag.Pos) (V, diag.List), keep func(*Page, S, *V)) reader {
	schema := fields.Describe(reflect.TypeFor[S]())
	return reader{schema, func(p *Page, n *fields.Node, top diag.Pos) diag.List {
		var s S
		diags := schema.Decode(n, &s, top)
		v, list := parse(p.Own.Doc.Sections, s, top)
		if diags.Add(list); diags.Errors() == 0 {
			keep(p, s, &v)
			p.Whole = true
		}
		return diags
	}}
}

// plain is for types that add front matter alone.
func plain[S any](schema *fields.Schema, keep func(*Page, *S), check func(*Page) diag.List) reader {
	return reader{schema, func(p *Page, n *fields.Node, top diag.Pos) diag.List {
		s := new(S)
		diags := schema.Decode(n, s, top)
		keep(p, s)
		p.Whole = true
		diags.Add(check(p))
		return diags
	}}
}

// kind reads what the page's type adds, and returns all keys that the front
// matter may hold.
func (p *Page) kind(n *fields.Node, known []string, top diag.Pos) ([]string, diag.List) {
	r, ok := readers[p.Meta.Type]
	if !ok {
		return known, nil
	}
	known = slices.Concat(known, r.schema.Keys())
	slices.Sort(known)
	diags := r.read(p, n, top)
	switch {
	case p.Source != nil:
		p.Meta.Authors = nil // of a source they are names as cited, not people of the site
	case p.Handout != nil:
		diags.Add(p.hand())
	}
	return slices.Compact(known), diags
}

// wantsSections says whether the body is needed as data. Of articles only the
// closing list is looked at, so most texts from elsewhere are spared the work.
func (r *Parser) wantsSections(kind string, text []byte) bool {
	switch kind {
	case "term", "source", "person":
		return false
	case "article":
		return bytes.Contains(text, []byte(r.next)) || bytes.Contains(text, []byte(advice.NextHeading))
	}
	return true
}

// FrontMatterSchemas returns the JSON Schema of each type's front matter.
func FrontMatterSchemas() map[string]fields.Object {
	out := map[string]fields.Object{}
	for _, t := range Types() {
		common := metaSchema.JSONSchema()
		if r, ok := readers[t]; ok {
			own := r.schema.JSONSchema()
			for k, v := range own["properties"].(fields.Object) {
				common["properties"].(fields.Object)[k] = v
			}
			required, _ := own["required"].([]string)
			needed := []string{"title", "summary"}
			if t == "handout" {
				needed = needed[:1]
			}
			common["required"] = append(needed, required...)
		}
		out[t] = common
	}
	return out
}

// ConfigSchema returns the JSON Schema of site.yaml.
func ConfigSchema() fields.Object { return configSchema.JSONSchema() }
