package render

import (
	"html/template"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// What lists write of themselves is what a layout writes that ranges over them,
// whatever the titles hold.
func TestListsWriteWhatLayoutsWould(t *testing.T) {
	const hostile, far = `</a><script>alert("1 + 1 & 'x'")</script>`, "/artículos/über-uns/"
	headings := Headings{{ID: "ü-1", Text: hostile, Below: Headings{{ID: "two", Text: "Two"}}}, {ID: "three", Text: "Three"}}
	crumbs := Crumbs{{"Home", "/"}, {hostile, far}, {Title: hostile}}
	values, tags := []FacetValue{{Label: hostile, URL: far}, {Label: hostile}}, []NavLink{{Title: hostile, URL: far}}
	for name, test := range map[string]struct {
		list   any
		html   template.HTML
		layout string
	}{
		"headings": {headings, headings.HTML(),
			`{{range .}}<li><a href="#{{.ID}}">{{.Text}}</a>{{with .Below}}<ul>{{range .}}<li><a href="#{{.ID}}">{{.Text}}</a></li>{{end}}</ul>{{end}}</li>{{end}}`},
		"crumbs": {crumbs, crumbs.HTML(),
			`{{range .}}<li>{{if .URL}}<a href="{{.URL}}">{{.Title}}</a>{{else}}<span aria-current="page">{{.Title}}</span>{{end}}</li>{{end}}`},
		"facet values": {values, filed(values, nil),
			`{{range .}}<li>{{if .URL}}<a href="{{.URL}}">{{.Label}}</a>{{else}}{{.Label}}{{end}}</li>{{end}}`},
		"tags": {tags, filed(nil, tags),
			`{{range .}}<li><a rel="tag" href="{{.URL}}">{{.Title}}</a></li>{{end}}`},
	} {
		var layout strings.Builder
		if err := template.Must(template.New("").Parse(test.layout)).Execute(&layout, test.list); err != nil {
			t.Fatal(err)
		}
		if got, want := read(t, string(test.html)), read(t, layout.String()); got != want {
			t.Errorf("%s write\n%s\nand not\n%s", name, got, want)
		}
	}
}

// read is HTML as a browser reads it, without line breaks.
func read(t *testing.T, text string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(strings.ReplaceAll(text, "\n", "")))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := html.Render(&b, root); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
