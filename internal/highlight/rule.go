package highlight

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// rule is a pattern, the tokens that a match gives and where the lexer goes.
type rule struct {
	pattern pattern
	emit    emitter
	moves   []move
}

// move changes the stack of states: pop so many, or push one.
type move struct {
	pop  int
	push string // "" repeats the current state
}

// emitter makes tokens of a match. It is one of: a single token; parts, one a
// group; another state of the same lexer; another lexer, by name or named by a
// group; or a function of chroma's that we can only call.
type emitter struct {
	kind      emitKind
	token     chroma.TokenType
	parts     []emitter
	name      string // of the state or the lexer
	nameGroup int
	codeGroup int
	call      chroma.Emitter
}

type emitKind uint8

const (
	emitNothing emitKind = iota
	emitToken
	emitGroups
	emitSelf
	emitLexer
	emitNamedLexer
	emitCall
)

// ruleXML is chroma's serial form of a rule: an emitter and a mutator.
type ruleXML struct {
	Nodes []element `xml:",any"`
}

type element struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []element  `xml:",any"`
}

func (e element) attrs(name string) (values []string) {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			values = append(values, a.Value)
		}
	}
	return values
}

// decodeRule reads a rule's emitter and mutator, through the XML that chroma
// writes of them, as their types are its own. An emitter that is a function
// is left out; a mutator that is one is an error.
func decodeRule(r chroma.Rule) (data ruleXML, err error) {
	r.Pattern = ""
	if _, isToken := r.Type.(chroma.TokenType); isToken {
		r.Type = nil
	}
	if r.Type == nil && r.Mutator == nil {
		return data, nil
	}
	text, err := xml.Marshal(r)
	if errors.Is(err, chroma.ErrNotSerialisable) && r.Type != nil {
		r.Type = nil
		text, err = xml.Marshal(r)
	}
	if err != nil {
		return data, err
	}
	return data, xml.Unmarshal(text, &data)
}

func (b *lexerBuilder) rule(r chroma.Rule, data ruleXML) (*rule, first, error) {
	made := &rule{}
	switch t := r.Type.(type) {
	case nil:
	case chroma.TokenType:
		made.emit = emitter{kind: emitToken, token: t}
	default:
		made.emit = emitter{kind: emitCall, call: t}
	}
	for _, e := range data.Nodes {
		if emit, ok := newEmitter(e); ok {
			made.emit = emit
		} else if err := b.moves(e, &made.moves); err != nil {
			return nil, first{}, err
		}
	}
	keep := made.emit.kind >= emitGroups
	p, f, err := compilePattern(r.Pattern, b.flags, keep, b.sets)
	if err != nil {
		return nil, first{}, fmt.Errorf("%s: %w", r.Pattern, err)
	}
	made.pattern = p
	// Chroma's form leaves out groups without an emitter, and with them the
	// order: such a rule calls chroma.
	if made.emit.parts != nil && len(made.emit.parts) != p.groups-1 {
		made.emit = emitter{kind: emitCall, call: r.Type}
	}
	return made, f, nil
}

// newEmitter reads an emitter; false where the element is none.
func newEmitter(e element) (emitter, bool) {
	switch e.XMLName.Local {
	case "token":
		t, err := chroma.TokenTypeString(strings.Join(e.attrs("type"), ""))
		return emitter{kind: emitToken, token: t}, err == nil
	case "bygroups":
		return emitter{kind: emitGroups, parts: newEmitters(e.Nodes)}, true
	case "usingself":
		return emitter{kind: emitSelf, name: strings.Join(e.attrs("state"), "")}, true
	case "using":
		return emitter{kind: emitLexer, name: strings.Join(e.attrs("lexer"), "")}, true
	case "usingbygroup":
		made := emitter{kind: emitNamedLexer}
		for _, n := range e.Nodes {
			switch n.XMLName.Local {
			case "sublexer_name_group":
				made.nameGroup, _ = strconv.Atoi(n.Text)
			case "code_group":
				made.codeGroup, _ = strconv.Atoi(n.Text)
			case "emitters":
				made.parts = newEmitters(n.Nodes)
			}
		}
		return made, true
	}
	return emitter{}, false
}

func newEmitters(elements []element) (made []emitter) {
	for _, e := range elements {
		if emit, ok := newEmitter(e); ok {
			made = append(made, emit)
		}
	}
	return made
}

// moves reads a mutator.
func (b *lexerBuilder) moves(e element, to *[]move) error {
	states := e.attrs("state")
	switch e.XMLName.Local {
	case "mutators":
		for _, n := range e.Nodes {
			if err := b.moves(n, to); err != nil {
				return err
			}
		}
	case "push":
		if len(states) == 0 {
			*to = append(*to, move{})
		}
		for _, s := range states {
			if s == "#pop" {
				*to = append(*to, move{pop: 1})
			} else {
				*to = append(*to, move{push: s})
			}
		}
	case "pop":
		n, err := strconv.Atoi(strings.Join(e.attrs("depth"), ""))
		if err != nil {
			return err
		}
		*to = append(*to, move{pop: n})
	case "combined":
		name := strings.Join(states, "+")
		*to = append(*to, move{push: name})
		b.combined[name] = states
	default:
		return fmt.Errorf("unknown mutator %q", e.XMLName.Local)
	}
	return nil
}
