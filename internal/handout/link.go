package handout

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Browsers load no module from a file on disk, so the modules of a page become
// one plain script: each a function that runs once and returns what it exports.
// That works wherever the modules themselves do, under a policy that names the
// hash of the script. What a function cannot stand for is refused by name: a module
// that imports itself by way of others, export let, await outside functions,
// import.meta.
const (
	needName = "rapport$need" // runs a module, or returns what it exported
	loadName = "rapport$load" // the same as a promise, for import()
	restName = "rapport$default"
)

// linker gathers modules by address.
type linker struct {
	load   func(address string) (string, error)
	done   map[string]string // address → function; "" while its imports are read
	order  []string
	resolv func(base, specifier string) (string, error)
}

// link makes one script of the entries and all that they import. The modules
// in apart do not run at once: they wait for an import().
func (l *linker) link(entries, apart []string) (string, error) {
	for _, address := range slices.Concat(entries, apart) {
		if err := l.add(address); err != nil {
			return "", err
		}
	}
	var b strings.Builder
	b.WriteString("(() => {\n\"use strict\";\nconst modules = Object.create(null), made = Object.create(null);\n" +
		"const " + needName + " = (name) => made[name] ??= modules[name]();\n" +
		"const " + loadName + " = async (name) => {\n  if (!(name in modules)) throw new Error(`${name} is not part of this file`);\n  return " + needName + "(name);\n};\n")
	for _, address := range l.order {
		fmt.Fprintf(&b, "modules[%s] = () => {\n%s};\n", quoteJS(address), l.done[address])
	}
	for _, address := range entries {
		fmt.Fprintf(&b, "try { %s(%s); } catch (e) { setTimeout(() => { throw e; }); }\n", needName, quoteJS(address))
	}
	b.WriteString("})();\n")
	return b.String(), nil
}

// add reads a module and, first, what it imports.
func (l *linker) add(address string) error {
	if body, known := l.done[address]; known {
		if body == "" {
			return fmt.Errorf("%s imports itself by way of other modules", address)
		}
		return nil
	}
	l.done[address] = ""
	src, err := l.load(address)
	if err != nil {
		return err
	}
	m, err := parseModule(src)
	if err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	for i, specifier := range m.imports {
		target, err := l.resolv(address, specifier)
		if err != nil {
			return fmt.Errorf("%s: %w", address, err)
		}
		m.imports[i] = target
		if slices.Contains(m.later, i) {
			continue // may lead back here, and runs when all is there
		}
		if err := l.add(target); err != nil {
			return err
		}
	}
	l.done[address] = m.function()
	l.order = append(l.order, address)
	for _, i := range m.later {
		if err := l.add(m.imports[i]); err != nil {
			return err
		}
	}
	return nil
}

// module is one module, taken apart.
type module struct {
	src     string
	imports []string // specifiers; addresses, once they are resolved
	later   []int    // those of import()
	heads   []head
	exports []export
	edits   []edit
}

// head is what a module names of another: const { … } = need(imports[from]).
type head struct {
	names string
	from  int
}

// export is a name and what stands for it, in this module or the one imported.
type export struct {
	name, value string
	from        int // index in imports, or -1
}

// edit replaces a part of the source.
type edit struct {
	start, end int
	text       string
	from       int // if not negative, text is followed by the address in quotes
}

// function returns the module as the body of a function.
func (m *module) function() string {
	var b strings.Builder
	for _, h := range m.heads {
		if h.names != "" {
			fmt.Fprintf(&b, "const %s = ", h.names)
		}
		fmt.Fprintf(&b, "%s(%s);\n", needName, quoteJS(m.imports[h.from]))
	}
	slices.SortStableFunc(m.edits, func(a, b edit) int { return cmp.Compare(a.start, b.start) })
	at := 0
	for _, e := range m.edits {
		b.WriteString(m.src[at:e.start] + e.text)
		if e.from >= 0 {
			b.WriteString(quoteJS(m.imports[e.from]))
		}
		at = e.end
	}
	b.WriteString(m.src[at:] + "\nreturn {")
	for _, e := range m.exports {
		switch {
		case e.from < 0:
			fmt.Fprintf(&b, " %s: %s,", quoteJS(e.name), e.value)
		case e.name == "*":
			fmt.Fprintf(&b, " ...%s(%s),", needName, quoteJS(m.imports[e.from]))
		case e.value == "*":
			fmt.Fprintf(&b, " %s: %s(%s),", quoteJS(e.name), needName, quoteJS(m.imports[e.from]))
		default:
			fmt.Fprintf(&b, " %s: %s(%s)[%s],", quoteJS(e.name), needName, quoteJS(m.imports[e.from]), quoteJS(e.value))
		}
	}
	b.WriteString(" };\n")
	return b.String()
}

// quoteJS writes a string that is the same in JavaScript and safe in HTML.
func quoteJS(s string) string {
	return strings.ReplaceAll(strconv.QuoteToASCII(s), "<", `\x3c`)
}
