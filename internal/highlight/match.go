package highlight

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2/syntax"
)

// matcher tries patterns on a text, which must be valid UTF-8. Backtracking
// is recursion: run returns true once everything up to an opAccept has
// matched, and puts back what it changed where it returns false.
type matcher struct {
	text  string
	start int // where the pattern was tried
	end   int // where the last opAccept was reached
	open  []int
	spans []span // what the groups matched
	loops []loop
	steps int // left: at zero nothing matches any more
	depth int // of recursion, left
}

// span is a part of the text, from -1 where there is none.
type span struct{ from, to int }

// loop is how far a loop has come.
type loop struct {
	count int // iterations begun
	from  int // where the latest began
}

// match tries p at pos and reports where the match ends.
func (m *matcher) match(p *pattern, pos int) (end int, ok bool) {
	m.start = pos
	if p.groups > len(m.spans) {
		m.spans = make([]span, p.groups)
		m.open = make([]int, p.groups)
	}
	for i := range m.spans[:p.groups] {
		m.spans[i].from = -1
	}
	if p.loops > len(m.loops) {
		m.loops = make([]loop, p.loops)
	}
	if !m.run(p.entry, pos) {
		return 0, false
	}
	return m.end, true
}

// group returns the text of a group in the last match, "" where it took no part.
func (m *matcher) group(slot int) string {
	if s := m.spans[slot]; s.from >= 0 {
		return m.text[s.from:s.to]
	}
	return ""
}

// run matches n and all that follows it at pos.
func (m *matcher) run(n *node, pos int) bool {
	if m.depth == 0 {
		m.steps = 0
		return false
	}
	m.depth--
	ok := m.walk(n, pos)
	m.depth++
	return ok
}

func (m *matcher) walk(n *node, pos int) bool {
	for m.steps > 0 {
		m.steps--
		switch n.op {
		case opAccept:
			m.end = pos
			return true
		case opChars:
			if !n.back && pos < len(m.text) && m.text[pos] < utf8.RuneSelf {
				if !n.set.ascii[m.text[pos]] {
					return false
				}
				pos++
				break
			}
			next, ok := m.step(n, pos)
			if !ok {
				return false
			}
			pos = next
		case opText:
			next, ok := m.literal(n, pos)
			if !ok {
				return false
			}
			pos = next
		case opRunOnly:
			end, count := m.longest(n, pos, n.max)
			if count < n.min {
				return false
			}
			pos = end
		case opRun:
			return m.runGreedy(n, pos)
		case opRunLazy:
			return m.runLazy(n, pos)
		case opBranch:
			choices := n.ends
			if pos < len(m.text) {
				choices = n.branch.at(m.text[pos])
			}
			if len(choices) == 0 {
				return false
			}
			last := len(choices) - 1
			for _, c := range choices[:last] {
				if m.run(c, pos) {
					return true
				}
			}
			n = choices[last]
			continue
		case opLoop:
			return m.enter(n, pos)
		case opAgain:
			return m.iterate(n, pos)
		case opOpen:
			if !n.always {
				return m.mark(n, pos)
			}
			m.open[n.slot] = pos
		case opClose:
			if !n.always {
				return m.mark(n, pos)
			}
			m.spans[n.slot] = span{m.open[n.slot], pos}
		case opAhead, opNotAhead, opAtomic:
			if n.captures {
				return m.keeping(n, pos)
			}
			if m.run(n.body, pos) == (n.op == opNotAhead) {
				return false
			}
			if n.op == opAtomic {
				pos = m.end
			}
		case opSame:
			end, ok := m.same(n, pos)
			if !ok {
				return false
			}
			pos = end
		default:
			if !m.holds(n.op, pos) {
				return false
			}
		}
		n = n.next
	}
	return false
}

// holds checks a condition on the position.
func (m *matcher) holds(o op, pos int) bool {
	switch o {
	case opLineStart:
		return pos == 0 || m.text[pos-1] == '\n'
	case opLineEnd:
		return pos == len(m.text) || m.text[pos] == '\n'
	case opWordEdge:
		return m.wordBefore(pos) != m.wordAfter(pos)
	case opNoWordEdge:
		return m.wordBefore(pos) == m.wordAfter(pos)
	case opTextStart:
		return pos == 0
	case opMatchStart:
		return pos == m.start
	case opTextEndLine:
		return pos == len(m.text) || pos == len(m.text)-1 && m.text[pos] == '\n'
	case opTextEnd:
		return pos == len(m.text)
	}
	return false // opFail
}

func (m *matcher) wordBefore(pos int) bool {
	r, size := utf8.DecodeLastRuneInString(m.text[:pos])
	return size > 0 && isWord(r)
}

func (m *matcher) wordAfter(pos int) bool {
	r, size := utf8.DecodeRuneInString(m.text[pos:])
	return size > 0 && isWord(r)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	}
	return syntax.IsWordChar(r)
}

// step takes one rune of the node's set, forwards or backwards. It is the slow
// way, for runes beyond ASCII, and charged as such.
func (m *matcher) step(n *node, pos int) (int, bool) {
	m.steps -= 8
	if n.back {
		r, size := utf8.DecodeLastRuneInString(m.text[:pos])
		return pos - size, size > 0 && n.set.has(r)
	}
	r, size := utf8.DecodeRuneInString(m.text[pos:])
	return pos + size, size > 0 && n.set.has(r)
}

// literal takes the text of a node.
func (m *matcher) literal(n *node, pos int) (next int, ok bool) {
	if n.back {
		return pos - len(n.text), strings.HasSuffix(m.text[:pos], n.text)
	}
	return pos + len(n.text), strings.HasPrefix(m.text[pos:], n.text)
}

// same takes the text of an earlier group once more.
func (m *matcher) same(n *node, pos int) (end int, ok bool) {
	s := m.spans[n.slot]
	if s.from < 0 {
		return 0, false
	}
	again := m.text[s.from:s.to]
	if !n.fold {
		return pos + len(again), strings.HasPrefix(m.text[pos:], again)
	}
	for _, want := range again {
		r, size := utf8.DecodeRuneInString(m.text[pos:])
		if size == 0 || unicode.ToLower(r) != unicode.ToLower(want) {
			return 0, false
		}
		pos += size
	}
	m.steps -= len(again)
	return pos, true
}

// mark notes a group's start or end for as long as the rest matches.
func (m *matcher) mark(n *node, pos int) bool {
	if n.op == opOpen {
		was := m.open[n.slot]
		m.open[n.slot] = pos
		if m.run(n.next, pos) {
			return true
		}
		m.open[n.slot] = was
		return false
	}
	was := m.spans[n.slot]
	m.spans[n.slot] = span{min(m.open[n.slot], pos), max(m.open[n.slot], pos)}
	if m.run(n.next, pos) {
		return true
	}
	m.spans[n.slot] = was
	return false
}

// keeping matches a look or an atomic group whose own groups outlive it.
func (m *matcher) keeping(n *node, pos int) bool {
	was := append([]span(nil), m.spans...)
	end := pos
	matched := m.run(n.body, pos)
	if matched && n.op == opAtomic {
		end = m.end
	}
	if matched != (n.op == opNotAhead) {
		if n.op == opNotAhead {
			copy(m.spans, was)
		}
		if m.run(n.next, end) {
			return true
		}
	}
	copy(m.spans, was)
	return false
}
