package handout

import (
	"errors"
	"fmt"
	"strings"
)

// moduleParser reads the import and export statements of a module.
type moduleParser struct {
	module
	tokens []token
	at     int
}

// parseModule takes a module apart.
func parseModule(src string) (*module, error) {
	if strings.Contains(src, "rapport$") {
		return nil, errors.New(`names that hold "rapport$" are kept for linking`)
	}
	tokens, err := scan(src)
	if err != nil {
		return nil, err
	}
	p := moduleParser{module: module{src: src}, tokens: tokens}
	for p.at < len(tokens) {
		t := tokens[p.at]
		if err := p.statement(t); err != nil {
			return nil, fmt.Errorf("line %d: %w", 1+strings.Count(src[:t.start], "\n"), err)
		}
	}
	return &p.module, nil
}

// statement reads one token, or the import or export that it begins.
func (p *moduleParser) statement(t token) error {
	p.at++
	if t.kind != tokenWord || p.at > 1 && p.tokens[p.at-2].text == "." || p.is(":") {
		return nil
	}
	switch {
	case t.text == "import" && p.is("("):
		return p.dynamic(t)
	case t.text == "import" && p.is("."):
		return errors.New("import.meta says where a module came from; in one file there is no such place")
	case t.text == "import" && t.depth == 0:
		return p.static(t)
	case t.text == "export" && t.depth == 0:
		return p.export(t)
	case t.text == "await" && t.depth == 0 && !p.inArrow():
		return errors.New("await outside of functions cannot be put into one file")
	}
	return nil
}

// inArrow reports whether an arrow function without braces began in this
// statement.
func (p *moduleParser) inArrow() bool {
	for i := p.at - 2; i > 0 && p.tokens[i].text != ";"; i-- {
		if p.tokens[i].text == ">" && p.tokens[i-1].text == "=" && p.tokens[i].depth == 0 {
			return true
		}
	}
	return false
}

func (p *moduleParser) peek() token {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return token{kind: tokenRest, start: len(p.src), end: len(p.src)}
}

func (p *moduleParser) is(text string) bool {
	t := p.peek()
	return t.text == text && (t.kind == tokenWord || t.kind == tokenSign)
}

func (p *moduleParser) take(text string) bool {
	if !p.is(text) {
		return false
	}
	p.at++
	return true
}

// word takes a name, which can be default or, in quotes, anything.
func (p *moduleParser) word() (string, error) {
	t := p.peek()
	if t.kind != tokenWord {
		return "", fmt.Errorf("a name is expected, not %q", t.text)
	}
	p.at++
	return t.text, nil
}

// specifier takes the string of a module's address.
func (p *moduleParser) specifier() (int, error) {
	t := p.peek()
	if t.kind != tokenText || strings.Contains(t.text, `\`) {
		return 0, fmt.Errorf("a module's address in quotes is expected, not %q", t.text)
	}
	p.at++
	p.imports = append(p.imports, t.text[1:len(t.text)-1])
	return len(p.imports) - 1, nil
}

// end takes the end of a statement and removes all from t on.
func (p *moduleParser) end(t token) error {
	last := p.tokens[p.at-1].end
	if p.is("with") || p.is("assert") {
		return errors.New("import attributes cannot be put into one file")
	}
	if p.take(";") {
		last = p.tokens[p.at-1].end
	}
	p.edits = append(p.edits, edit{t.start, last, "", -1})
	return nil
}

// dynamic turns import(…) into a promise of a module of this file.
func (p *moduleParser) dynamic(t token) error {
	p.edits = append(p.edits, edit{t.start, t.end, loadName, -1})
	if p.at+2 < len(p.tokens) && p.tokens[p.at+1].kind == tokenText && p.tokens[p.at+2].text == ")" {
		p.at++
		address := p.peek()
		from, err := p.specifier()
		if err != nil {
			return err
		}
		p.later = append(p.later, from)
		p.edits = append(p.edits, edit{address.start, address.end, "", from})
	}
	return nil
}

// static reads import …, with all that it can name.
func (p *moduleParser) static(t token) error {
	var names []string
	whole := ""
	for p.peek().kind != tokenText {
		switch {
		case p.take("{"):
			list, err := p.list()
			if err != nil {
				return err
			}
			for _, n := range list {
				names = append(names, n[0]+": "+n[1])
			}
		case p.take("*"):
			if !p.take("as") {
				return errors.New("after import * comes as")
			}
			name, err := p.word()
			if err != nil {
				return err
			}
			whole = name
		default:
			name, err := p.word()
			if err != nil {
				return err
			}
			names = append(names, "default: "+name)
		}
		if !p.take(",") && !p.take("from") {
			return errors.New("after the names of an import comes from")
		}
	}
	from, err := p.specifier()
	if err != nil {
		return err
	}
	if whole != "" {
		p.heads = append(p.heads, head{whole, from})
	}
	if len(names) > 0 || whole == "" {
		h := head{"", from}
		if len(names) > 0 {
			h.names = "{ " + strings.Join(names, ", ") + " }"
		}
		p.heads = append(p.heads, h)
	}
	return p.end(t)
}

// list reads a, b as c } into pairs of both names.
func (p *moduleParser) list() (pairs [][2]string, err error) {
	for !p.take("}") {
		name, err := p.word()
		if err != nil {
			return nil, err
		}
		as := name
		if p.take("as") {
			if as, err = p.word(); err != nil {
				return nil, err
			}
		}
		pairs = append(pairs, [2]string{name, as})
		if !p.take(",") && !p.is("}") {
			return nil, errors.New("names stand between commas")
		}
	}
	return pairs, nil
}

// export reads export …; declarations stay, without the word.
func (p *moduleParser) export(t token) error {
	switch {
	case p.take("{"):
		list, err := p.list()
		if err != nil {
			return err
		}
		from := -1
		if p.take("from") {
			if from, err = p.reexported(); err != nil {
				return err
			}
		}
		for _, n := range list {
			p.exports = append(p.exports, export{n[1], n[0], from})
		}
		return p.end(t)
	case p.take("*"):
		name := "*"
		if p.take("as") {
			var err error
			if name, err = p.word(); err != nil {
				return err
			}
		}
		if !p.take("from") {
			return errors.New("after export * comes from")
		}
		from, err := p.reexported()
		if err != nil {
			return err
		}
		p.exports = append(p.exports, export{name, "*", from})
		return p.end(t)
	case p.is("default"):
		return p.exportDefault(t)
	}
	return p.declaration(t)
}

// reexported takes the address of a module whose names are handed on.
func (p *moduleParser) reexported() (int, error) {
	from, err := p.specifier()
	if err == nil {
		p.heads = append(p.heads, head{"", from})
	}
	return from, err
}

// declaration reads export const x, export function x and export class X.
func (p *moduleParser) declaration(t token) error {
	p.edits = append(p.edits, edit{t.start, p.peek().start, "", -1})
	p.take("async")
	kind, err := p.word()
	if err != nil {
		return err
	}
	if kind != "const" && kind != "function" && kind != "class" {
		return fmt.Errorf("export %s: others would not see it change; export a function", kind)
	}
	p.take("*")
	name, err := p.word()
	if err != nil {
		return fmt.Errorf("export %s with a pattern: export one name at a time", kind)
	}
	p.exports = append(p.exports, export{name, name, -1})
	if kind == "const" {
		return p.single()
	}
	return nil
}

// single refuses export const a = 1, b = 2: the second would be lost.
func (p *moduleParser) single() error {
	for i := p.at; i < len(p.tokens); i++ {
		t := p.tokens[i]
		if t.depth > 0 {
			continue
		}
		if t.text == ";" && t.kind == tokenSign || t.kind == tokenWord && strings.Contains(p.src[p.tokens[i-1].end:t.start], "\n") {
			return nil
		}
		if t.text == "," && t.kind == tokenSign {
			return errors.New("export const with two names: export one at a time")
		}
	}
	return nil
}

// exportDefault turns the default into a name of its own, or exports that which
// it has.
func (p *moduleParser) exportDefault(t token) error {
	p.at++
	after := p.at
	p.take("async")
	if p.take("function") || p.take("class") {
		p.take("*")
		if name := p.peek(); name.kind == tokenWord && name.text != "extends" {
			p.exports = append(p.exports, export{"default", name.text, -1})
			p.edits = append(p.edits, edit{t.start, p.tokens[after].start, "", -1})
			return nil
		}
	}
	p.at = after
	p.exports = append(p.exports, export{"default", restName, -1})
	p.edits = append(p.edits, edit{t.start, p.peek().start, "const " + restName + " = ", -1})
	return nil
}
