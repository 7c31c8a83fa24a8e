package highlight

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// A lexer is one of chroma's regular-expression lexers made ready for our
// matcher. The rules, their order and their meaning are chroma's; what is new
// is that a state knows, for each byte, which of its rules can match there.
type lexer struct {
	source   *chroma.RegexLexer
	ensureNL bool
	states   map[string]*state
}

// state is a list of rules to try.
type state struct{ rules *dispatch[*rule] }

// newLexer prepares a lexer, or says why only chroma can run it.
func newLexer(source *chroma.RegexLexer) (*lexer, error) {
	rules, err := source.Rules()
	if err != nil {
		return nil, err
	}
	config := source.Config()
	b := lexerBuilder{
		rules:    rules,
		lexer:    &lexer{source: source, ensureNL: config.EnsureNL, states: map[string]*state{}},
		lists:    map[string]*ruleList{},
		combined: map[string][]string{},
		sets:     runeSets{},
	}
	if !config.NotMultiline {
		b.flags += "m"
	}
	if config.CaseInsensitive {
		b.flags += "i"
	}
	if config.DotAll {
		b.flags += "s"
	}
	for name := range rules {
		b.combined[name] = []string{name}
	}
	// Making a state may add a combined one, but only the first pass can: it
	// makes every rule.
	for range 2 {
		for _, name := range slices.Sorted(maps.Keys(b.combined)) {
			if err := b.state(name, b.combined[name]); err != nil {
				return nil, fmt.Errorf("%s, state %s: %w", config.Name, name, err)
			}
		}
	}
	return b.lexer, nil
}

// lexerBuilder makes states of chroma's rules.
type lexerBuilder struct {
	rules chroma.Rules
	flags string
	lexer *lexer
	lists map[string]*ruleList
	// combined holds, for each state to make, the states whose rules it has.
	combined map[string][]string
	sets     runeSets
}

// ruleList is the rules of a state, its includes in their place.
type ruleList struct {
	rules  []*rule
	firsts []first
}

func (l *ruleList) add(more *ruleList) {
	l.rules = append(l.rules, more.rules...)
	l.firsts = append(l.firsts, more.firsts...)
}

// state makes one state of the rules of several.
func (b *lexerBuilder) state(name string, of []string) error {
	if b.lexer.states[name] != nil {
		return nil
	}
	var all ruleList
	for _, from := range of {
		list, err := b.list(from)
		if err != nil {
			return err
		}
		all.add(list)
	}
	b.lexer.states[name] = &state{newDispatch(all.rules, all.firsts)}
	return nil
}

// list makes the rules of a state, once however many include it.
func (b *lexerBuilder) list(name string) (*ruleList, error) {
	if list, begun := b.lists[name]; list != nil {
		return list, nil
	} else if begun {
		return nil, fmt.Errorf("%q includes itself", name)
	}
	rules, ok := b.rules[name]
	if !ok {
		return nil, fmt.Errorf("no state %q", name)
	}
	b.lists[name] = nil
	list := &ruleList{}
	for _, r := range rules {
		part, err := b.part(r)
		if err != nil {
			return nil, err
		}
		list.add(part)
	}
	b.lists[name] = list
	return list, nil
}

// part makes what stands in the place of a rule: itself, or what it includes.
func (b *lexerBuilder) part(r chroma.Rule) (*ruleList, error) {
	data, err := decodeRule(r)
	if err != nil {
		return nil, err
	}
	if len(data.Nodes) == 1 && data.Nodes[0].XMLName.Local == "include" {
		return b.list(strings.Join(data.Nodes[0].attrs("state"), ""))
	}
	made, f, err := b.rule(r, data)
	if err != nil {
		return nil, err
	}
	return &ruleList{[]*rule{made}, []first{f}}, nil
}
