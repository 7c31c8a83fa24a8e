package theme

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"rapport/internal/diag"
	"rapport/internal/fields"
	"rapport/internal/files"
)

// Messages are the words of the interface in the site's language. English
// stands in for what a language lacks.
type Messages struct {
	Hash   files.Hash
	Locale language.Tag
	words  map[string]string
	groups map[string]map[string]string // by prefix up to a dot, the prefix cut off
}

// parseMessages lays the words of the language over those of its base (de for
// de-AT) and those over English; for each, what a site writes lies on top.
func parseMessages(sources map[string][]diag.Source, lang string) (Messages, diag.List) {
	tag := language.Make(lang)
	m := Messages{Locale: tag, words: map[string]string{}}
	var diags diag.List
	base, _ := tag.Base()
	var all []byte
	for _, src := range slices.Concat(sources["en"], sources[base.String()], sources[lang]) {
		root, list := fields.ParseYAML(src, 0, len(src.Text))
		diags.Add(list)
		all = append(all, src.Text...)
		if root == nil {
			continue
		}
		for _, k := range root.Keys {
			if k.Value.Kind != fields.Scalar {
				diags.Error(k.Pos, "write the words on the same line", "the message %q must be words", k.Name)
				continue
			}
			m.words[k.Name] = k.Value.Text
		}
	}
	m.Hash = files.Sum(append(all, lang...))
	m.group()
	return m, diags
}

// Say returns the words of the key. Where n is given, the form that the
// language has for that number is taken ("minutes.one", "minutes.other") and
// {n} stands for it. Other values replace {1}, {2} and so on. A key without
// words is returned as it is, so that its lack is seen.
func (m Messages) Say(key string, values ...any) string {
	text, ok := m.words[key]
	if n, isNumber := first(values); isNumber {
		if form, has := m.words[key+"."+m.form(n)]; has {
			text, ok = form, true
		} else if other, has := m.words[key+".other"]; has {
			text, ok = other, true
		}
		text = strings.ReplaceAll(text, "{n}", strconv.Itoa(n))
	}
	if !ok {
		return key
	}
	for i, v := range values {
		if s, isText := v.(string); isText {
			text = strings.ReplaceAll(text, "{"+strconv.Itoa(i+1)+"}", s)
		}
	}
	return text
}

func first(values []any) (int, bool) {
	if len(values) == 0 {
		return 0, false
	}
	n, ok := values[0].(int)
	return n, ok
}

// form names the plural form of a whole number (Unicode CLDR plural rules).
func (m Messages) form(n int) string {
	switch plural.Cardinal.MatchPlural(m.Locale, max(n, -n), 0, 0, 0, 0) {
	case plural.Zero:
		return "zero"
	case plural.One:
		return "one"
	case plural.Two:
		return "two"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return "other"
}

// Has reports whether there are words for the key.
func (m Messages) Has(key string) bool { _, ok := m.words[key]; return ok }

// group sorts the words by what their keys begin with, since pages ask for the
// same groups again and again.
func (m *Messages) group() {
	m.groups = map[string]map[string]string{}
	for key, text := range m.words {
		for i := range len(key) {
			if key[i] != '.' {
				continue
			}
			prefix := key[:i+1]
			if m.groups[prefix] == nil {
				m.groups[prefix] = map[string]string{}
			}
			m.groups[prefix][key[i+1:]] = text
		}
	}
}

// With returns all messages whose key begins with the prefix, which ends in a
// dot and is cut off: what a script needs to speak the page's language. The
// caller must not change the map.
func (m Messages) With(prefix string) map[string]string { return m.groups[prefix] }

// Direction returns "rtl" for languages that are written from right to left.
func (m Messages) Direction() string {
	script, _ := m.Locale.Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return "ltr"
}
