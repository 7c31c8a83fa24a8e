package highlight

import (
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/chroma/v2"
)

// Limits of one text. They count work, not time, so that the same text gives
// the same HTML on any machine. Real code takes some 20 steps a byte.
const (
	maxSteps   = 32 << 20
	maxDepth   = 1 << 17 // of recursion in a match
	maxNesting = 32      // of languages within languages
	emptyCost  = 256     // steps charged for a match of nothing
)

// tokeniser reads texts into one writer with one allowance of steps.
type tokeniser struct {
	out     *writer
	steps   int
	nesting int
}

// tokenise writes the tokens of a text, from the named state; false where the
// text ran out of steps or the rules led nowhere. The text must be valid UTF-8.
// A nested text is part of another and never gets a line feed of its own.
func (t *tokeniser) tokenise(l *lexer, text, root string, nested bool) bool {
	if t.nesting++; t.nesting > maxNesting {
		return false
	}
	end := len(text)
	if !nested && l.ensureNL && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	p := pass{
		tokeniser: t, lexer: l, end: end, root: root, stack: []string{root},
		matcher: matcher{text: text, steps: t.steps, depth: maxDepth},
	}
	ok := p.read()
	t.steps = p.matcher.steps
	t.nesting--
	return ok
}

// pass is one lexer on its way through one text.
type pass struct {
	*tokeniser
	matcher
	lexer *lexer
	pos   int
	end   int // of the text as given, without a line feed of ours
	root  string
	stack []string
}

// read is chroma's loop: the first rule of the current state that matches
// makes tokens and moves on; where none does, a rune is an error, and a line
// feed a fresh start.
func (p *pass) read() bool {
	for p.pos < p.end && len(p.stack) > 0 {
		name := p.stack[len(p.stack)-1]
		s := p.lexer.states[name]
		if s == nil {
			return false
		}
		r, end := p.try(s)
		if p.matcher.steps <= 0 {
			return false
		}
		if r == nil {
			if p.text[p.pos] == '\n' && name != p.root {
				p.stack = append(p.stack[:0], p.root)
				continue
			}
			_, size := utf8.DecodeRuneInString(p.text[p.pos:])
			p.out.token(chroma.Error, p.text[p.pos:p.pos+size])
			p.pos += size
			continue
		}
		start := p.pos
		if p.pos = end; end == start {
			p.matcher.steps -= emptyCost
		}
		if !p.move(r.moves, name) || !p.emit(&r.emit, &r.pattern, p.text[start:end]) {
			return false
		}
	}
	if len(p.stack) == 0 {
		p.out.token(chroma.Error, p.text[p.pos:])
	}
	return true
}

// try returns the first rule that matches here, and the end of its match.
func (p *pass) try(s *state) (*rule, int) {
	for _, r := range s.rules.at(p.text[p.pos]) {
		if end, ok := p.match(&r.pattern, p.pos); ok {
			return r, end
		}
	}
	return nil, 0
}

func (p *pass) move(moves []move, current string) bool {
	for _, m := range moves {
		switch {
		case m.pop > len(p.stack):
			return false
		case m.pop > 0:
			p.stack = p.stack[:len(p.stack)-m.pop]
		case m.push == "":
			p.stack = append(p.stack, current)
		default:
			p.stack = append(p.stack, m.push)
		}
	}
	return true
}

// emit writes the tokens of a match, or of one of its groups.
func (p *pass) emit(e *emitter, of *pattern, text string) bool {
	switch e.kind {
	case emitToken:
		p.out.token(e.token, text)
	case emitGroups:
		for i := range e.parts {
			if !p.emit(&e.parts[i], nil, p.group(i+1)) {
				return false
			}
		}
	case emitSelf:
		return p.within(p.lexer, text, e.name, true)
	case emitLexer:
		l := find(e.name)
		return l != nil && p.inLanguage(l, text, &chroma.TokeniseOptions{State: "root", Nested: true})
	case emitNamedLexer:
		return p.emitNamed(e)
	case emitCall:
		return p.emitCalled(e, of, text)
	}
	return true
}

// within reads a part of the text with another lexer, or another state.
func (p *pass) within(l *lexer, text, root string, nested bool) bool {
	p.tokeniser.steps = p.matcher.steps
	ok := p.tokenise(l, text, root, nested)
	p.matcher.steps = p.tokeniser.steps
	return ok
}

// inLanguage reads a part of the text in another language.
func (p *pass) inLanguage(l *language, text string, options *chroma.TokeniseOptions) bool {
	if ready := l.ready(); ready != nil {
		return p.within(ready, text, "root", options != nil)
	}
	if len(text) > maxForeign {
		return false
	}
	it, err := l.chroma.Tokenise(options, text)
	if err != nil {
		return false
	}
	p.write(it)
	return true
}

// write writes tokens that chroma made.
func (p *pass) write(it chroma.Iterator) {
	for t := it(); t != chroma.EOF; t = it() {
		p.matcher.steps--
		p.out.token(t.Type, t.Value)
	}
}

// emitNamed reads one group in the language that another group names.
func (p *pass) emitNamed(e *emitter) bool {
	l := find(p.group(e.nameGroup))
	for i := range e.parts {
		ok := true
		if i == e.codeGroup-1 && l != nil {
			ok = p.inLanguage(l, p.group(i+1), nil)
		} else {
			ok = p.emit(&e.parts[i], nil, p.group(i+1))
		}
		if !ok {
			return false
		}
	}
	return true
}

// emitCalled lets a function of chroma's make the tokens.
func (p *pass) emitCalled(e *emitter, of *pattern, text string) bool {
	if of == nil {
		return false
	}
	groups := make([]string, of.groups)
	groups[0] = text
	for i := range groups[1:] {
		groups[i+1] = p.group(i + 1)
	}
	it := e.call.Emit(groups, &chroma.LexerState{
		Lexer: p.lexer.source, Groups: groups, MutatorContext: map[any]any{},
	})
	p.write(it)
	return true
}
