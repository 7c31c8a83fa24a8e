package theme

import (
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"

	"rapport/internal/diag"
)

// functions are what layouts can call besides the methods of what they are
// given. None of them makes unsafe text safe.
var functions = template.FuncMap{
	"join":  strings.Join,
	"lower": strings.ToLower,
	"add":   func(a, b int) int { return a + b },
	"dict":  dict,
}

// dict makes a map of names and values, to hand a partial more than one thing.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict needs a value for each name")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict needs words as names, not %v", pairs[i])
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}

// Execute writes the page that the layout makes of the data. Layouts that
// define "main" are set into base.html; others stand alone.
func (t *Theme) Execute(w io.Writer, name string, data any) diag.List {
	l, ok := t.layouts[name]
	if !ok {
		return diag.List{{Severity: diag.Error, Pos: diag.File("layouts/" + name), Message: "the theme has no layout " + strconv.Quote(name), Hint: "add it, or choose another theme"}}
	}
	return t.execute(w, l.template, l.start(name), data)
}

func (t *Theme) execute(w io.Writer, set *template.Template, start string, data any) diag.List {
	if err := set.ExecuteTemplate(w, start, data); err != nil {
		return diag.List{explain(err, t.sources())}
	}
	return nil
}

func (t *Theme) sources() map[string]diag.Source {
	m := make(map[string]diag.Source, len(t.layouts))
	for name, l := range t.layouts {
		m[name] = l.source
	}
	for name, src := range t.partials {
		m[name] = src
	}
	return m
}
