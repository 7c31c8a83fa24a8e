package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// engine are the methods of a View by which the program, not a layout, asks
// what a page has read and what was wrong.
var engine = []string{"Reads", "Diagnostics", "Beside", "Insets", "Inspect", "Leaked", "Refit"}

// layoutParts lists what layouts are given: the methods of View and PageView,
// and the types of what those return, from the source and its comments.
func layoutParts(t *testing.T) map[string]string {
	render, domain := readPackage(t, "../../internal/render"), readPackage(t, "../../internal/advice")
	for name, typ := range domain.types {
		render.types["advice."+name] = typ
	}
	for name, list := range domain.methods {
		render.methods["advice."+name] = list
	}
	return map[string]string{
		"layout-page":  methodTable(render.methods["PageView"]),
		"layout-site":  methodTable(render.methods["View"]),
		"layout-types": typeTable(render),
	}
}

// source is what a package declares, with comments.
type source struct {
	types   map[string]declared
	methods map[string][]method // by receiver, in the order of files and lines
}

type declared struct {
	doc    string
	fields []field
	of     string // what it is a list of
}

type field struct{ name, typ string }

type method struct{ name, params, result, doc string }

func readPackage(t *testing.T, dir string) source {
	t.Helper()
	paths, err := filepath.Glob(dir + "/*.go")
	if err != nil || len(paths) == 0 {
		t.Fatal("there is no source in "+dir, err)
	}
	s := source{map[string]declared{}, map[string][]method{}}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				s.method(d)
			case *ast.GenDecl:
				s.declare(d)
			}
		}
	}
	return s
}

func (s *source) method(d *ast.FuncDecl) {
	if d.Recv == nil || !d.Name.IsExported() || d.Type.Results == nil || slices.Contains(engine, d.Name.Name) {
		return
	}
	on := strings.TrimPrefix(written(d.Recv.List[0].Type), "*")
	m := method{name: d.Name.Name, doc: d.Doc.Text(), result: written(d.Type.Results.List[0].Type)}
	for _, p := range d.Type.Params.List {
		for _, name := range p.Names {
			m.params += " " + name.Name
		}
	}
	if list := s.methods[on]; m.doc == "" && len(list) > 0 && strings.Contains(list[len(list)-1].doc, m.name) {
		m.doc = list[len(list)-1].doc // one comment for a group
	}
	s.methods[on] = append(s.methods[on], m)
}

func (s *source) declare(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		typ, ok := spec.(*ast.TypeSpec)
		if !ok || !typ.Name.IsExported() {
			continue
		}
		out := declared{doc: d.Doc.Text()}
		if list, ok := typ.Type.(*ast.ArrayType); ok {
			out.of = written(list.Elt)
			s.types[typ.Name.Name] = out
		}
		fields, ok := typ.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range fields.Fields.List {
			for _, name := range f.Names {
				if name.IsExported() {
					out.fields = append(out.fields, field{name.Name, written(f.Type)})
				}
			}
			if len(f.Names) == 0 {
				out.fields = append(out.fields, field{"", written(f.Type)})
			}
		}
		s.types[typ.Name.Name] = out
	}
}

func written(node ast.Node) string {
	var b bytes.Buffer
	_ = printer.Fprint(&b, token.NewFileSet(), node)
	return b.String()
}

func methodTable(list []method) string {
	var b strings.Builder
	b.WriteString("| Write | You get | What it is |\n|---|---|---|\n")
	slices.SortFunc(list, func(a, b method) int { return strings.Compare(a.name, b.name) })
	for _, m := range list {
		fmt.Fprintf(&b, "| `.%s` | %s | %s |\n", m.name+m.params, plainType(m.result), sentence(m.doc))
	}
	return b.String()
}

var (
	action  = regexp.MustCompile(`\{\{[^}]*\}\}`)
	subject = regexp.MustCompile(`^(?:[A-Z]\w*(?:,| and)? )+(?:is|are|returns?|reports?|says),? `)
)

// sentence makes the first paragraph of a comment one cell: without its subject
// and verb, and what a layout would write as code.
func sentence(doc string) string {
	doc, _, _ = strings.Cut(doc, "\n\n")
	text := subject.ReplaceAllString(strings.Join(strings.Fields(doc), " "), "")
	if text != "" {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return cell(action.ReplaceAllString(text, "`$0`"))
}

// plainType says what a Go type is to somebody who writes layouts.
func plainType(typ string) string {
	switch typ {
	case "string":
		return "text"
	case "template.HTML":
		return "HTML"
	case "bool":
		return "yes or no"
	case "any":
		return "your data"
	case "int", "float64":
		return "a number"
	}
	if rest, ok := strings.CutPrefix(typ, "[]"); ok {
		return "a list of " + plainType(rest)
	}
	return "`" + strings.TrimPrefix(typ, "*") + "`"
}

var typeName = regexp.MustCompile(`[A-Za-z]+(?:\.[A-Za-z]+)?`)

// typeTable lists the types that layouts come across, from what the methods
// return down to the fields.
func typeTable(s source) string {
	seen := map[string]bool{}
	var visit func(within, typ string)
	visit = func(within, typ string) {
		for _, name := range typeName.FindAllString(typ, -1) {
			if within != "" && !strings.Contains(name, ".") {
				name = within + name
			}
			of, ok := s.types[name]
			if !ok || seen[name] {
				continue
			}
			seen[name] = true
			inner := name[:strings.LastIndex(name, ".")+1]
			for _, f := range of.fields {
				visit(inner, f.typ)
			}
			visit(inner, of.of)
		}
	}
	visit("", "PageView advice.Handout")
	for _, m := range slices.Concat(s.methods["View"], s.methods["PageView"]) {
		visit("", m.result)
	}
	delete(seen, "View") // its methods are a table of their own
	var b strings.Builder
	b.WriteString("| Type | Holds | What it is |\n|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, members(s, name), sentence(s.types[name].doc))
	}
	return b.String()
}

// members lists the fields of a type, and its methods but for PageView's,
// which are a table of their own.
func members(s source, name string) string {
	var list []string
	if of := s.types[name].of; of != "" {
		list = append(list, plainType("[]"+of))
	}
	for _, f := range s.types[name].fields {
		switch {
		case f.name == "" && f.typ != "*View":
			list = append(list, "all of `"+name[:strings.LastIndex(name, ".")+1]+f.typ+"`")
		case f.name != "" && f.name != "Pos":
			list = append(list, "`."+f.name+"`")
		}
	}
	if name != "PageView" {
		for _, m := range s.methods[name] {
			if m.name != "Config" && m.name != "Published" && m.name != "MarshalText" {
				list = append(list, "`."+m.name+m.params+"`")
			}
		}
	}
	return cell(strings.Join(list, ", "))
}
