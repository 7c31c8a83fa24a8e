package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rapport"
	"rapport/internal/advice"
	"rapport/internal/fields"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/site"
)

// generated is a part of the manual that is written from the code.
var generated = regexp.MustCompile(`(?s)(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)`)

// settings are the structs whose tags say what front matter may hold, by the
// part of the manual that lists their keys. What no type stands for is common
// to all or lies inside another key.
var settings = map[string]reflect.Type{
	"front-matter":                  reflect.TypeFor[site.Meta](),
	"front-matter-guide":            reflect.TypeFor[advice.GuideSettings](),
	"front-matter-checklist":        reflect.TypeFor[advice.ChecklistSettings](),
	"front-matter-assessment":       reflect.TypeFor[advice.AssessmentSettings](),
	"front-matter-assessment-rules": reflect.TypeFor[advice.RuleSettings](),
	"front-matter-template":         reflect.TypeFor[advice.TemplateSettings](),
	"front-matter-template-fields":  reflect.TypeFor[advice.FieldSettings](),
	"front-matter-term":             reflect.TypeFor[site.Term](),
	"front-matter-source":           reflect.TypeFor[site.Source](),
	"front-matter-person":           reflect.TypeFor[site.Person](),
	"front-matter-handout":          reflect.TypeFor[advice.HandoutSettings](),
	"site-settings":                 reflect.TypeFor[site.Config](),
	"site-settings-home":            reflect.TypeFor[site.Home](),
	"site-settings-entry":           reflect.TypeFor[site.Entry](),
	"site-settings-link":            reflect.TypeFor[site.Link](),
	"site-settings-brand":           reflect.TypeFor[site.Brand](),
	"site-settings-facet":           reflect.TypeFor[site.Facet](),
}

// TestManualIsCurrent keeps the reference parts of the manual equal to the
// code. Write them anew with UPDATE_SCRIPTS=1.
func TestManualIsCurrent(t *testing.T) {
	parts := map[string]string{"commands": commandParts(t)}
	for name, of := range settings {
		parts[name] = keyTable(of)
	}
	maps.Copy(parts, layoutParts(t))
	used := map[string]bool{}
	pages, err := filepath.Glob("../../content/manual/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal("there is no manual", err)
	}
	for _, path := range pages {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		now := generated.ReplaceAllStringFunc(string(text), func(old string) string {
			m := generated.FindStringSubmatch(old)
			part, ok := parts[m[2]]
			if !ok {
				t.Errorf("%s asks for %q, which nothing generates", path, m[2])
				return old
			}
			used[m[2]] = true
			return m[1] + "\n" + part + "\n" + m[3]
		})
		if now == string(text) {
			continue
		}
		if os.Getenv("UPDATE_SCRIPTS") == "" {
			t.Errorf("%s differs from the code", path)
		} else if err := os.WriteFile(path, []byte(now), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if !used[name] {
			t.Errorf("the manual does not show %q", name)
		}
	}
}

// TestManualHasEveryKey holds what the manual lists against the schemas that
// editors are given, which are made in another way.
func TestManualHasEveryKey(t *testing.T) {
	listed := func(part string) map[string]bool {
		names := map[string]bool{}
		for _, row := range strings.Split(keyTable(settings[part]), "\n") {
			for i, code := range strings.Split(row, "`") {
				if i%2 == 1 {
					names[code] = true
				}
			}
		}
		return names
	}
	check := func(what string, schema fields.Object, known ...map[string]bool) {
		for key := range schema["properties"].(fields.Object) {
			if !slices.ContainsFunc(known, func(names map[string]bool) bool { return names[key] }) {
				t.Errorf("the manual does not list the key %q of %s", key, what)
			}
		}
	}
	common := listed("front-matter")
	for kind, schema := range site.FrontMatterSchemas() {
		known := []map[string]bool{common}
		if _, ok := settings["front-matter-"+kind]; ok {
			known = append(known, listed("front-matter-"+kind))
		}
		check(kind, schema, known...)
	}
	check("site.yaml", site.ConfigSchema(), listed("site-settings"))
}

// example is a page of the manual that is there to copy, behind the name of its
// file.
var example = regexp.MustCompile("(?s)`(content/[^`]+\\.md)`:\n\n````markdown\n(.*?)````\n")

// TestManualExamplesWork builds the starter with all examples of the page types
// among its pages: they give no finding, and no type lacks one.
func TestManualExamplesWork(t *testing.T) {
	text, err := os.ReadFile("../../content/manual/page-types.md")
	if err != nil {
		t.Fatal(err)
	}
	theme, err := files.FromFS(rapport.Theme, "")
	if err != nil {
		t.Fatal(err)
	}
	starter, err := files.FromFS(rapport.Starter, "")
	if err != nil {
		t.Fatal(err)
	}
	pages := slices.Collect(starter.All())
	shown := map[string]bool{}
	for _, m := range example.FindAllStringSubmatch(string(text), -1) {
		pages = append(pages, files.Memory(m[1], []byte(m[2])))
		shown[m[1]] = true
	}
	p := pipeline.New(pipeline.Settings{Builtin: theme, Scripts: scripts(), Today: "2026-11-30"})
	defer p.Close()
	r, err := p.Run(context.Background(), files.NewTree(pages...), nowhere{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diags {
		t.Error(d.Text())
	}
	kinds := map[string]bool{"handout": true} // it has a page of its own
	for _, page := range r.World.Site.Pages {
		if shown[page.Path] {
			kinds[page.Meta.Type] = true
		}
	}
	for _, kind := range site.Types() {
		if !kinds[kind] {
			t.Errorf("there is no example of the type %s", kind)
		}
	}
}

// keyTable lists the keys of a struct that describes front matter or settings.
func keyTable(of reflect.Type) string {
	var b strings.Builder
	b.WriteString("| Key | Takes | What it means |\n|---|---|---|\n")
	for i := range of.NumField() {
		f := of.Field(i)
		if key := f.Tag.Get("key"); key != "" && key != "-" {
			b.WriteString("| `" + key + "` | " + takes(f) + " | " + cell(coded(meaning(f.Tag))) + " |\n")
		}
	}
	return b.String()
}

// takes says what may stand behind a key.
func takes(f reflect.StructField) string {
	switch t := f.Type; {
	case f.Tag.Get("enum") != "":
		return oneOf(strings.Split(f.Tag.Get("enum"), ","))
	case t == reflect.TypeFor[fields.Date]():
		return "a day"
	case t == reflect.TypeFor[*fields.Node]():
		return "anything"
	case t.Kind() == reflect.Bool:
		return "`true` or `false`"
	case t.Kind() == reflect.Int && f.Tag.Get("min") != "":
		return f.Tag.Get("min") + " to " + f.Tag.Get("max")
	case t.Kind() == reflect.Int:
		return "a whole number"
	case t == reflect.TypeFor[[]string]():
		return "a list"
	case t.Kind() == reflect.Slice:
		return "a list of entries"
	case t == reflect.TypeFor[map[string]string]():
		return "ids with names"
	case t.Kind() == reflect.Map:
		return "ids with keys"
	case t.Kind() == reflect.Struct:
		return "keys"
	}
	return "text"
}

func oneOf(words []string) string {
	last := len(words) - 1
	return "`" + strings.Join(words[:last], "`, `") + "` or `" + words[last] + "`"
}

func meaning(tag reflect.StructTag) string {
	text := tag.Get("doc")
	if tag.Get("required") == "true" {
		text += " **Required.**"
	}
	if left := tag.Get("default"); left != "" && left != "false" {
		text += " If left out: `" + left + "`."
	}
	if also := tag.Get("also"); also != "" {
		text += " May be spelled `" + also + "`."
	}
	return text
}

var flagName = regexp.MustCompile(`--[a-z-]+`)

// coded sets the flags in a text as code, so that no line breaks within them.
func coded(text string) string { return flagName.ReplaceAllString(text, "`$0`") }

// cell makes text fit into a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
