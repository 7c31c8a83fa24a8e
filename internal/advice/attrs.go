package advice

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// attrs reads one attribute list. Every key asked for is known in its place;
// done warns of the others.
type attrs struct {
	markdown.Attrs
	diags *diag.List
	known []string
	after string   // the text that the list stands behind
	pos   diag.Pos // of the text
}

func (r *reader) ofItem(item markdown.Item) *attrs {
	return &attrs{Attrs: item.Attrs, diags: &r.diags, after: item.Text, pos: item.Pos}
}

func (r *reader) ofHeading(s markdown.Section) *attrs {
	return &attrs{Attrs: s.Attrs, diags: &r.diags, after: s.Text, pos: s.Pos}
}

func (a *attrs) get(key string) (markdown.Attr, bool) {
	if !slices.Contains(a.known, key) {
		a.known = append(a.known, key)
	}
	return a.Get(key)
}

// has reports whether the key is there, with or without a value.
func (a *attrs) has(key string) bool {
	_, ok := a.get(key)
	return ok
}

// flag reads a key that stands alone.
func (a *attrs) flag(key string) bool {
	x, ok := a.get(key)
	if ok && !x.Flag {
		a.diags.Error(x.Pos, "write "+key+" alone, or leave it out", "%s takes no value", key)
	}
	return ok
}

// text reads a key whose value may be any words but none.
func (a *attrs) text(key, hint string) (string, bool) {
	x, ok := a.get(key)
	if !ok {
		return "", false
	}
	value := strings.TrimSpace(x.Value)
	if value == "" {
		a.diags.Error(x.Pos, hint, "%s needs a value", key)
		return "", false
	}
	return value, true
}

// word reads a key whose value is one of the allowed words.
func (a *attrs) word(key, otherwise string, allowed ...string) string {
	hint := "write " + key + "=" + orList(allowed)
	value, ok := a.text(key, hint)
	if !ok {
		return otherwise
	}
	if !slices.Contains(allowed, value) {
		x, _ := a.Get(key)
		a.diags.Error(x.Pos, didYouMean(value, allowed, hint), "%s cannot be %q", key, value)
		return otherwise
	}
	return value
}

// whole reads a key whose value is a whole number from low to high.
func (a *attrs) whole(key string, otherwise, low, high int) int {
	hint := "write a whole number from " + strconv.Itoa(low) + " to " + strconv.Itoa(high) + ", such as " + key + "=" + strconv.Itoa(max(low, 2))
	value, ok := a.text(key, hint)
	if !ok {
		return otherwise
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < low || n > high {
		x, _ := a.Get(key)
		a.diags.Error(x.Pos, hint, "%s cannot be %q", key, value)
		return otherwise
	}
	return n
}

// number reads a key whose value is a decimal number. It reports false, and an
// error, where it is bad; a missing key is an error of the caller's.
func (a *attrs) number(key string) (float64, bool) {
	hint := "write a number, such as " + key + "=3"
	value, ok := a.text(key, hint)
	if !ok {
		return 0, false
	}
	n, ok := parseNumber(value)
	if !ok {
		x, _ := a.Get(key)
		a.diags.Error(x.Pos, hint, "%s cannot be %q", key, value)
	}
	return n, ok
}

// offset reads a key whose value is an offset; nil if there is none.
func (a *attrs) offset(key string) *Offset {
	value, ok := a.text(key, offsetHint)
	if !ok {
		return nil
	}
	o, err := ParseOffset(value)
	if err != nil {
		x, _ := a.Get(key)
		a.diags.Error(x.Pos, offsetHint, "cannot read %s=%s: %v", key, value, err)
		return nil
	}
	return &o
}

const offsetHint = "write a sign, a number and h, d, bd (business days), w or m: +1d, -3bd, +2w"

// list reads a key whose value is one or more words with commas between them.
func (a *attrs) list(key string) []FacetValue {
	value, ok := a.text(key, "write "+key+"= and one value, or several with commas between them")
	if !ok {
		return nil
	}
	x, _ := a.Get(key)
	var values []FacetValue
	for word := range strings.SplitSeq(value, ",") {
		if word = strings.TrimSpace(word); word != "" {
			values = append(values, FacetValue{key, word, narrow(x.Pos, word)})
		}
	}
	return values
}

// done warns of keys that nobody asked for and of keys given twice. The place
// is named in the plural: "items of a checklist".
func (a *attrs) done(place string) {
	a.leftover()
	if len(a.All) == 0 {
		return
	}
	seen := map[string]bool{}
	for _, x := range a.All {
		switch {
		case !slices.Contains(a.known, x.Key):
			otherwise := place + " take no keys but #id"
			if len(a.known) > 0 {
				otherwise = place + " take " + andList(slices.Sorted(slices.Values(a.known)))
			}
			a.diags.Warn(x.Pos, didYouMean(x.Key, a.known, otherwise), "%q means nothing here", x.Key)
		case seen[x.Key]:
			a.diags.Warn(x.Pos, "keep one of them", "%s is given twice; the first counts", x.Key)
		}
		seen[x.Key] = true
	}
}

// didYouMean is a hint with the nearest candidate, and else with all of them.
func didYouMean(word string, candidates []string, otherwise string) string {
	return diag.DidYouMean(word, slices.Sorted(slices.Values(candidates)), otherwise)
}

var braces = regexp.MustCompile(`(?:^|[^{\\])(\{[^{}]*\})$`)

// leftover warns where braces at the end of the text look like an attribute
// list that was left as text, because a word in it is mistyped or has no value.
func (a *attrs) leftover() {
	if !strings.HasSuffix(a.after, "}") {
		return
	}
	m := braces.FindStringSubmatch(a.after)
	if m == nil || strings.Contains(a.pos.Excerpt, `\{`) {
		return
	}
	for _, word := range strings.Fields(strings.Trim(m[1], "{}")) {
		key, _, _ := strings.Cut(word, "=")
		if near := diag.Nearest(key, a.known); near != "" {
			hint := "write each word as #id, key or key=value"
			if near != key {
				hint = "did you mean \"" + near + "\"?"
			}
			a.diags.Warn(narrow(a.pos, m[1]), hint, "%s is read as text", m[1])
			return
		}
	}
}

// plain warns of attributes on the items of lists that are prose.
func (r *reader) plain(blocks ...markdown.Block) {
	for _, b := range blocks {
		if b.List != nil {
			r.plainItems(b.List.Items)
		}
	}
}

func (r *reader) plainItems(items []markdown.Item) {
	for _, item := range items {
		r.ofItem(item).done("plain list items")
		r.plain(item.Rest...)
		r.plainItems(item.Items)
	}
}

// CheckPlain warns of attributes in a text whose type gives them no meaning.
func CheckPlain(sections []markdown.Section) diag.List {
	var r reader
	for _, s := range sections {
		r.ofHeading(s).done("headings of this type")
		r.plain(s.Blocks...)
	}
	return r.diags
}

// Keys returns every attribute key that some type gives a meaning, sorted.
func Keys() []string {
	return []string{
		"audience", "band", "channel", "choose", "depth", "dimension", "due", "label", "limit", "max", "min",
		"notes", "optional", "points", "required", "stage", "weakest", "weight",
	}
}
