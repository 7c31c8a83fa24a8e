package handout

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// script puts plain scripts where they stand, deferred ones and modules at the
// end of the page, where they would run.
func (p *packer) script(n *html.Node) error {
	kind, _ := get(n, "type")
	src, external := get(n, "src")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "", "text/javascript", "application/javascript":
	case "module":
		n.Parent.RemoveChild(n)
		if !external {
			return fmt.Errorf("a module within the page cannot be put into one file")
		}
		at, err := p.resolve(p.base.Path, src)
		if err == nil && !slices.Contains(p.entries, at) {
			p.entries = append(p.entries, at)
		}
		return err
	default:
		if external {
			return fmt.Errorf("<script type=%q src=%q> cannot be put into one file", kind, src)
		}
		return nil // data
	}
	text := content(n)
	if external {
		data, _, _, err := p.fetch(p.base.Path, src)
		if err != nil {
			return err
		}
		text = string(data)
	}
	_, deferred := get(n, "defer")
	drop(n, func(a html.Attribute) bool {
		return a.Key == "src" || a.Key == "defer" || a.Key == "async" || a.Key == "type"
	})
	p.setScript(n, text)
	if external && deferred {
		n.Parent.RemoveChild(n)
		p.late = append(p.late, n)
	}
	return nil
}

// scripts notes the modules that a sealed page loads once it is open.
func (p *packer) scripts(n *html.Node) error {
	value, ok := get(n, "data-scripts")
	if !ok {
		return nil
	}
	var list []string
	if err := json.Unmarshal([]byte(value), &list); err != nil {
		return fmt.Errorf("data-scripts: %w", err)
	}
	for i, address := range list {
		at, err := p.resolve(p.base.Path, address)
		if err != nil {
			return err
		}
		list[i] = at
		p.apart = append(p.apart, at)
	}
	named, err := marshal(list)
	set(n, "data-scripts", strings.TrimSpace(string(named)))
	return err
}

// endScripts puts what was deferred, and the modules as one script, at the end
// of the body.
func (p *packer) endScripts() error {
	for _, n := range p.late {
		p.body.AppendChild(n)
	}
	if len(p.entries)+len(p.apart) == 0 {
		return nil
	}
	l := linker{done: map[string]string{}, resolv: p.module, load: func(at string) (string, error) {
		data, _, _, err := p.fetch(at, at)
		return string(data), err
	}}
	text, err := l.link(p.entries, p.apart)
	if err != nil {
		return err
	}
	n := &html.Node{Type: html.ElementNode, Data: "script", DataAtom: atom.Script}
	p.setScript(n, text)
	p.body.AppendChild(n)
	return nil
}

// module resolves the address of an import, which needs a dot or slash.
func (p *packer) module(from, specifier string) (string, error) {
	if !strings.HasPrefix(specifier, "/") && !strings.HasPrefix(specifier, "./") && !strings.HasPrefix(specifier, "../") {
		return "", fmt.Errorf("the import of %q is not of a file of the site", specifier)
	}
	return p.resolve(from, specifier)
}

// endsScript is what would end a script early or begin a comment in it. It
// only stands in strings, templates and regular expressions, where \x3c means
// the same as <.
var endsScript = regexp.MustCompile(`(?i)<(/script|script|!--)`)

// setScript gives a script its text, and notes the hash that the policy allows.
func (p *packer) setScript(n *html.Node, text string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\ufeff", "").Replace(text) // as browsers read it
	text = endsScript.ReplaceAllString(text, `\x3c$1`)
	setContent(n, text)
	if h := hash(text); !slices.Contains(p.hashes, h) {
		p.hashes = append(p.hashes, h)
	}
}
