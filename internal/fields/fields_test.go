package fields

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"rapport/internal/diag"
)

type inner struct {
	Label string `key:"label" required:"true" doc:"Its name."`
	At    map[string]diag.Pos
}

type sample struct {
	Title string           `key:"title" also:"name"`
	Kind  string           `key:"kind" enum:"paper,book" default:"book"`
	Count int              `key:"count" min:"1" max:"9"`
	On    bool             `key:"on" default:"true"`
	Day   Date             `key:"day"`
	Tags  []string         `key:"tags"`
	Parts []inner          `key:"parts"`
	Named map[string]inner `key:"named"`
	Own   *Node            `key:"own"`
	At    map[string]diag.Pos
}

var schema = Describe(reflect.TypeFor[sample]())

func decode(text string, parse func(diag.Source, int, int) (*Node, diag.List)) (sample, string) {
	src := diag.Source{Path: "x.md", Text: []byte(text)}
	n, diags := parse(src, 0, len(text))
	var s sample
	diags.Add(Unknown(n, schema.Keys(), diag.Error, "test"))
	diags.Add(schema.Decode(n, &s, diag.File("x.md")))
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(d.Pos.String() + ": " + d.Message + "; " + d.Hint + "\n")
	}
	return s, b.String()
}

func TestYAMLAndTOMLSayTheSame(t *testing.T) {
	yaml := "name: A title\ncount: 3\non: no\nday: 2026-03-09\ntags: [a, b]\nparts:\n  - label: One\nnamed:\n  x: {label: X}\n"
	toml := "name = \"A title\"\ncount = 3\non = false\nday = 2026-03-09\ntags = [\"a\", \"b\"]\nparts = [{label = \"One\"}]\n[named]\nx = {label = \"X\"}\n"
	fromYAML, found := decode(yaml, ParseYAML)
	if found != "" {
		t.Fatal(found)
	}
	fromTOML, found := decode(toml, ParseTOML)
	if found != "" {
		t.Fatal(found)
	}
	if fromYAML.Title != "A title" || fromYAML.Kind != "book" || fromYAML.Count != 3 || fromYAML.On || fromYAML.Day != "2026-03-09" || len(fromYAML.Tags) != 2 || fromYAML.Parts[0].Label != "One" || fromYAML.Named["x"].Label != "X" {
		t.Errorf("YAML gives %+v", fromYAML)
	}
	fromYAML.At, fromTOML.At = nil, nil
	a, _ := json.Marshal([]any{fromYAML.Title, fromYAML.Count, fromYAML.On, fromYAML.Day, fromYAML.Tags})
	b, _ := json.Marshal([]any{fromTOML.Title, fromTOML.Count, fromTOML.On, fromTOML.Day, fromTOML.Tags})
	if string(a) != string(b) {
		t.Errorf("TOML gives %s, YAML %s", b, a)
	}
}

func TestMistakesHavePlaces(t *testing.T) {
	for text, want := range map[string]string{
		"titel: A":              `x.md:1:1: unknown test key "titel"; did you mean "title"?`,
		"title: A\nkind: pape":  `x.md:2:7: "kind" cannot be "pape"; did you mean "paper"?`,
		"count: 12":             `x.md:1:8: "count" is out of range: 12; choose a number from 1 to 9`,
		"count: many":           `x.md:1:8: "count" must be a whole number, not "many"`,
		"on: perhaps":           `x.md:1:5: "on" must be true or false, not "perhaps"`,
		"day: 31.12.2026":       `x.md:1:6: "day" is not a date: "31.12.2026"`,
		"title: [a]":            `x.md:1:8: "title" must be a single value`,
		"parts:\n  - lable: x":  `x.md:2:5: unknown parts key "lable"; did you mean "label"?`,
		"title: A\ntitle: B":    `x.md:2:1: the key "title" stands here twice`,
		"title: A\nname: B":     `x.md:2:1: "title" and "name" mean the same key`,
		"title: \"A":            `this is not valid YAML`,
		"- a":                   `x.md:1:1: settings must be keys with values`,
		"title: &a x\nkind: *a": `YAML aliases are not supported`,
		"own: " + strings.Repeat("[", 40) + strings.Repeat("]", 40): `values nest deeper than 32 levels`,
	} {
		if _, found := decode(text, ParseYAML); !strings.Contains(found, want) {
			t.Errorf("%q gives\n%swant %s", text, found, want)
		}
	}
	if _, found := decode("title = A", ParseTOML); !strings.Contains(found, "x.md:1:9: this is not valid TOML") {
		t.Errorf("bad TOML gives %s", found)
	}
}

// The library counts lines in two ways, and tells of some faults not at all where
// they are.
func TestYAMLFaultsHavePlaces(t *testing.T) {
	for text, want := range map[string]string{
		"title: a: b\nsummary: x":            "2:1: ",
		"title: A\nsummary: a: b":            "3:1: ",
		"title: \"A":                         "2:1: ",
		"title: \"A\nsummary: x\n":           "2:1: ",
		"x: y\ntitle: 'A\nsummary: x":        "3:1: ",
		"title: 'it's'":                      "2:1: ",
		"x: y\ntitle: 'it's' d\n":            "3:1: ",
		"title: [a, b\nsummary: x":           "2:1: ",
		"x: y\ntitle: [a, b\nsummary: x":     "3:1: ",
		"x: y\nz: {a\nb: c":                  "3:1: ",
		"x: y\nz: w\n- a\nb: c":              "4:1: ",
		"x: y\na: ]":                         "3:1: ",
		"x: y\n\tz: w":                       "3:2: ",
		"x: y\nz: ok\nsummary: b\x01c\nu: v": "4:11: a character here cannot be read",
		"x: y\nz: *bold\nu: v":               "3:4: YAML aliases are not supported; write the value itself, in quotes if it begins with *",
	} {
		src := diag.Source{Path: "x.md", Text: []byte("---\n" + text + "\n---\n")}
		_, diags := ParseYAML(src, 4, len(src.Text)-4)
		if len(diags) != 1 || diags[0].Pos.Excerpt == "" {
			t.Fatalf("%q gives %+v", text, diags)
		}
		if found := diags[0].Pos.String() + ": " + diags[0].Message + "; " + diags[0].Hint; !strings.HasPrefix(found, "x.md:"+want) {
			t.Errorf("%q gives %s, want %s", text, found, want)
		}
	}
}

func TestPlacesOfInnerKeys(t *testing.T) {
	s, found := decode("title: A\nparts:\n  - label: One\n  - label: Two\n", ParseYAML)
	if found != "" {
		t.Fatal(found)
	}
	if pos := s.At["parts.1.label"]; pos.Line != 4 || pos.Column != 12 {
		t.Errorf("parts.1.label stands at %v", pos)
	}
	if pos := s.Parts[1].At["label"]; pos.Line != 4 {
		t.Errorf("the label of the second part stands at %v", pos)
	}
}

func TestSchemaFollowsTheType(t *testing.T) {
	data, err := json.Marshal(schema.JSONSchema())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"kind":{"default":"book","enum":["paper","book"],"type":"string"}`, `"count":{"maximum":9,"minimum":1,"type":"integer"}`, `"required":["label"]`, `"additionalProperties":false`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the schema lacks %s:\n%s", want, data)
		}
	}
}

func FuzzParseYAML(f *testing.F) {
	for _, seed := range []string{"title: A", "a: &a [*a]", "? x\n: y", "parts:\n- {label: }", "own: !!binary x", "\x00", "<<: *x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = decode(text, ParseYAML)
	})
}
