// Package theme turns the files of a theme into layouts and assets. A theme is
// laid over the built-in one file by file, so it holds only what it changes.
//
// It knows no page: what layouts are given to see is render's matter.
package theme

import (
	"bytes"
	"html/template"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// Theme is layouts, assets and messages, ready for use. It never changes; what
// it keeps for whoever uses it is made of nothing else.
type Theme struct {
	Assets   map[string]Asset // by name in assets/, such as style.css
	Messages Messages
	layouts  map[string]layout
	partials map[string]diag.Source // base.html and partials/, for messages
	kept     kept
}

type layout struct {
	template *template.Template
	source   diag.Source
	hash     files.Hash // of all that decides what it gives
	framed   bool       // it defines "main", to be set into base.html
}

// Layers are the files of a theme, as they lie over each other.
type Layers struct {
	files.Tree                   // with paths relative to the theme
	Origin     map[string]string // by path: the one to show in messages
	builtin    []string          // layouts of the built-in theme
}

// Overlay returns the files of the theme that a site uses: those of the built-in
// theme, over them those in the site's folder themes/default, over them those of
// the named theme. Messages hide each other word by word and not file by file, so
// the messages of each layer keep a folder of their own, named after its number.
func Overlay(builtin, tree files.Tree, name string) Layers {
	byName := map[string]files.File{}
	l := Layers{Origin: map[string]string{}}
	layers := 0
	lay := func(t files.Tree, prefix string) {
		layers++
		for f := range t.All() {
			if rest, ok := strings.CutPrefix(f.Path, prefix); ok {
				if name, ok := strings.CutPrefix(rest, "messages/"); ok {
					rest = "messages/" + strconv.Itoa(layers) + "/" + name
				}
				byName[rest], l.Origin[rest] = f, f.Path
			}
		}
	}
	lay(builtin, "themes/default/")
	for path := range byName {
		if name, ok := strings.CutPrefix(path, "layouts/"); ok {
			l.builtin = append(l.builtin, name)
		}
	}
	slices.Sort(l.builtin)
	lay(tree, "themes/default/")
	if name != "" && name != "default" {
		lay(tree, "themes/"+name+"/")
	}
	list := make([]files.File, 0, len(byName))
	for rest, f := range byName {
		f.Path = rest
		list = append(list, f)
	}
	l.Tree = files.NewTree(list...)
	return l
}

// New reads a theme. The extra assets are what other rooms offer to themes:
// scripts beside the code whose output they read. A theme's own file of the
// same name wins.
func New(layers Layers, extra []files.File, language string) (*Theme, diag.List, error) {
	t := &Theme{layouts: map[string]layout{}, partials: map[string]diag.Source{}}
	var diags diag.List
	sources := map[string]diag.Source{}
	assets := map[string]files.File{}
	for _, f := range extra {
		assets[f.Path] = f
	}
	messages := map[string][]diag.Source{} // by language, the lowest layer first
	for f := range layers.All() {
		dir, name, _ := strings.Cut(f.Path, "/")
		switch {
		case dir == "assets":
			f.Path = name
			assets[name] = f
		case dir == "layouts" && path.Ext(name) == ".html", dir == "messages":
			data, err := f.Bytes()
			if err != nil {
				return nil, nil, err
			}
			src := diag.Source{Path: layers.Origin[f.Path], Text: data}
			if dir == "layouts" {
				sources[name] = src
			} else {
				language := strings.TrimSuffix(path.Base(name), path.Ext(name))
				messages[language] = append(messages[language], src)
			}
		}
	}
	diags.Add(t.parse(sources))
	diags.Add(unused(sources, layers.builtin))
	list, err := t.assets(assets)
	diags.Add(list)
	if err != nil {
		return nil, diags, err
	}
	var found diag.List
	t.Messages, found = parseMessages(messages, language)
	diags.Add(found)
	return t, diags, nil
}

// parse joins each layout with the base and the partials.
func (t *Theme) parse(sources map[string]diag.Source) diag.List {
	var diags diag.List
	shared := template.New("").Funcs(functions).Option("missingkey=error")
	names := make([]string, 0, len(sources))
	for name := range sources {
		names = append(names, name)
	}
	slices.Sort(names)
	var common []byte
	for _, name := range names {
		if name != "base.html" && !strings.HasPrefix(name, "partials/") {
			continue
		}
		t.partials[name] = sources[name]
		diags.Add(zeros(sources[name]))
		common = append(append(common, name...), sources[name].Text...)
		if _, err := shared.New(name).Parse(string(sources[name].Text)); err != nil {
			diags = append(diags, explain(err, sources))
		}
	}
	if diags.Errors() > 0 {
		return diags
	}
	for _, name := range names {
		if name == "base.html" || strings.HasPrefix(name, "partials/") {
			continue
		}
		if found := zeros(sources[name]); len(found) > 0 {
			diags.Add(found)
			continue
		}
		clone, err := shared.Clone()
		if err == nil {
			_, err = clone.New(name).Parse(string(sources[name].Text))
		}
		if err != nil {
			diags = append(diags, explain(err, sources))
			continue
		}
		t.layouts[name] = layout{clone, sources[name], files.Sum(append(slices.Clone(common), sources[name].Text...)), definesMain.Match(sources[name].Text)}
	}
	return diags
}

// zeros refuses zero bytes, which HTML has no use for and slots are marked with.
func zeros(src diag.Source) (diags diag.List) {
	if at := bytes.IndexByte(src.Text, 0); at >= 0 {
		diags.Error(src.Pos(at, at+1), "take it out; editors show it as ^@ or not at all", "the layout holds a zero byte")
	}
	return diags
}

// Has reports whether there is a layout of the name, such as article.html.
func (t *Theme) Has(name string) bool { _, ok := t.layouts[name]; return ok }

// Hash returns the hash of all that decides what the layout gives; zero where
// there is none.
func (t *Theme) Hash(name string) files.Hash { return t.layouts[name].hash }

var definesMain = regexp.MustCompile(`\{\{-?\s*define\s+"main"`)

// Shared returns the names of the layouts in shared/: pieces that are the same
// on many pages.
func (t *Theme) Shared() []string {
	var names []string
	for name := range t.layouts {
		if strings.HasPrefix(name, "shared/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
