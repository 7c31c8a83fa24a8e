package advice

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// convert reads the text behind the front matter.
func convert(t testing.TB, src diag.Source, from int) []markdown.Section {
	t.Helper()
	doc, diags := markdown.New(markdown.Options{Keys: Keys()}).Convert(src, from, true)
	for _, d := range diags {
		t.Log(d.Text())
	}
	return doc.Sections
}

// readPage reads the front matter of a page into settings, a pointer to one of
// the settings structs, and returns the sections of its body. The front matter
// may use the little of YAML that the tests need: one value a line, nested by
// spaces, lists of maps.
func readPage(t testing.TB, name, text string, settings any) []markdown.Section {
	t.Helper()
	src := diag.Source{Path: name, Text: []byte(text)}
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return convert(t, src, 0)
	}
	front, _, ok := strings.Cut(rest, "\n---\n")
	if !ok {
		t.Fatal("the front matter does not end")
	}
	s := reflect.ValueOf(settings).Elem()
	defaults(s)
	at := map[string]diag.Pos{}
	var keys []string // of the maps and lists around
	from := 4
	for _, line := range strings.SplitAfter(front+"\n", "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		body := strings.TrimLeft(line, " ")
		depth := (len(line) - len(body)) / 2
		if item, ok := strings.CutPrefix(body, "- "); ok {
			n := -1
			for len(keys) > depth+1 {
				keys = keys[:len(keys)-1]
			}
			if len(keys) > depth {
				n, _ = strconv.Atoi(keys[depth])
			}
			keys = append(keys[:depth], strconv.Itoa(n+1))
			body, depth = item, depth+1
		}
		key, value, _ := strings.Cut(strings.TrimSpace(body), ":")
		keys = append(keys[:depth], key)
		start := from + strings.Index(line, body)
		at[strings.Join(keys, ".")] = src.Pos(start, start+len(strings.TrimSpace(body)))
		if value = strings.TrimSpace(value); value != "" {
			set(t, s, keys, strings.Trim(value, `"`))
		}
		from += len(line)
	}
	s.FieldByName("At").Set(reflect.ValueOf(at))
	return convert(t, src, 4+len(front)+5)
}

func defaults(s reflect.Value) {
	for i := range s.NumField() {
		if d, ok := s.Type().Field(i).Tag.Lookup("default"); ok && s.Field(i).Kind() == reflect.String {
			s.Field(i).SetString(d)
		}
	}
}

func set(t testing.TB, v reflect.Value, keys []string, value string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(value)
	case reflect.Bool:
		v.SetBool(value == "true")
	case reflect.Slice:
		n, _ := strconv.Atoi(keys[0])
		for v.Len() <= n {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		}
		set(t, v.Index(n), keys[1:], value)
	case reflect.Map:
		if v.IsNil() {
			v.Set(reflect.MakeMap(v.Type()))
		}
		element := reflect.New(v.Type().Elem()).Elem()
		if old := v.MapIndex(reflect.ValueOf(keys[0])); old.IsValid() {
			element.Set(old)
		}
		set(t, element, keys[1:], value)
		v.SetMapIndex(reflect.ValueOf(keys[0]), element)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("key") == keys[0] {
				set(t, v.Field(i), keys[1:], value)
				return
			}
		}
		t.Fatalf("no field for %v", keys)
	}
}

// The tags are a contract with whoever decodes front matter.
func TestSettingsTags(t *testing.T) {
	for _, settings := range []any{
		ChecklistSettings{}, AssessmentSettings{}, RuleSettings{}, TemplateSettings{}, FieldSettings{},
		QuestionsSettings{}, GuideSettings{}, HandoutSettings{},
	} {
		typ := reflect.TypeOf(settings)
		for i := range typ.NumField() {
			f := typ.Field(i)
			tag := f.Tag
			if f.Name == "At" {
				if tag.Get("key") != "-" || f.Type != reflect.TypeFor[map[string]diag.Pos]() {
					t.Errorf("%v.At: %v %q", typ, f.Type, tag)
				}
				continue
			}
			if tag.Get("key") == "" || !strings.HasSuffix(tag.Get("doc"), ".") {
				t.Errorf("%v.%s needs a key and a doc that ends with a full stop: %q", typ, f.Name, tag)
			}
			if words := tag.Get("enum"); words != "" && !strings.Contains(","+words+",", ","+tag.Get("default")+",") {
				t.Errorf("%v.%s: the default %q is not allowed", typ, f.Name, tag.Get("default"))
			}
		}
	}
}

// outline spells parsed values, one thing a line, as golden files hold them.
type outline struct{ strings.Builder }

func (o *outline) line(depth int, format string, args ...any) {
	o.WriteString(strings.Repeat("  ", depth))
	o.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " "))
	o.WriteString("\n")
}

func (o *outline) blocks(depth int, name string, blocks []markdown.Block) {
	for _, b := range blocks {
		o.line(depth, "%s: %s", name, strings.ReplaceAll(strings.TrimSpace(b.Text), "\n", " / "))
	}
}

func (o *outline) bullets(depth int, items []markdown.Item) {
	for _, item := range items {
		o.line(depth, "* %s", item.Text)
	}
}

func (o *outline) heading(depth int, h Heading) {
	if h.Level > 0 {
		o.line(depth, "%s %s (#%s)", strings.Repeat("#", h.Level), h.Text, h.ID)
	}
}

func (o *outline) prose(depth int, prose []Prose) {
	for _, p := range prose {
		o.heading(depth, p.Heading)
		o.blocks(depth, "text", p.Blocks)
	}
}

func (o *outline) bands(bands []Band) {
	for _, b := range bands {
		o.line(0, "band %s", b.spell())
		o.prose(1, b.Advice)
	}
}

// flags joins what is set: pairs of a condition and a text.
func flags(pairs ...any) string {
	var set []string
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i].(bool) {
			set = append(set, fmt.Sprint(pairs[i+1]))
		}
	}
	return strings.Join(set, " ")
}
