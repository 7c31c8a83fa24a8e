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

// explain turns an error of the template library into a diagnostic. It is the
// one place where that library's error text is taken apart.
func explain(err error, sources map[string]diag.Source) diag.Diagnostic {
	text := err.Error()
	d := diag.Diagnostic{Severity: diag.Error, Pos: diag.File("layouts"), Message: text}
	m := templateError.FindStringSubmatch(text)
	if m == nil {
		return d
	}
	src, ok := sources[m[1]]
	if !ok {
		d.Pos = diag.File("layouts/" + m[1])
		return d
	}
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	d.Pos, d.Message = linePos(src, line, column), m[4]
	if _, after, ok := strings.Cut(d.Message, ">: "); ok && strings.HasPrefix(d.Message, "executing") {
		d.Message = after
	}
	d.Message = "the layout fails: " + d.Message
	d.Hint = "what layouts can use is listed in the manual under “Themes”"
	return d
}

// linePos returns the place of a line, at the byte column where one is known.
func linePos(src diag.Source, line, column int) diag.Pos {
	at := 0
	for range line - 1 {
		next := strings.IndexByte(string(src.Text[at:]), '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	end := len(src.Text)
	if i := strings.IndexByte(string(src.Text[at:]), '\n'); i >= 0 {
		end = at + i
	}
	if column > 0 && at+column < end {
		return src.Pos(at+column, at+column+1)
	}
	trimmed := strings.TrimLeft(string(src.Text[at:end]), " \t")
	return src.Pos(end-len(trimmed), end)
}
