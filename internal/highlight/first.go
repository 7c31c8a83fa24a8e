package highlight

import (
	"github.com/dlclark/regexp2/v2/syntax"
)

// runeSet is a set of runes: a table for ASCII, a question for the rest.
type runeSet struct {
	ascii [128]bool
	other func(rune) bool
}

func (s *runeSet) has(r rune) bool {
	if r < 128 {
		return s.ascii[r]
	}
	return s.other(r)
}

// runeSets makes each set of a lexer once: a keyword list in either case has
// thousands of leaves and some fifty sets.
type runeSets map[string]*runeSet

// of returns the runes that one step of a leaf accepts.
func (sets runeSets) of(t *syntax.RegexNode) *runeSet {
	s := &runeSet{}
	var key string
	switch {
	case t.IsOneFamily():
		key = "is" + string(t.Ch)
		s.other = func(r rune) bool { return r == t.Ch }
	case t.IsNotoneFamily():
		key = "not" + string(t.Ch)
		s.other = func(r rune) bool { return r != t.Ch }
	default:
		key = "in" + string(t.Set.Hash())
		s.other = t.Set.CharIn
	}
	if known := sets[key]; known != nil {
		return known
	}
	for r := range s.ascii {
		s.ascii[r] = s.other(rune(r))
	}
	sets[key] = s
	return s
}

// first tells what a match can begin with. It may promise too much, never too
// little: a rule it leaves out could not have matched.
type first struct {
	ascii [128]bool
	other bool // a rune beyond ASCII
	empty bool // nothing: a match may begin with whatever follows it
}

func (f *first) add(g first) {
	for i, in := range g.ascii {
		f.ascii[i] = f.ascii[i] || in
	}
	f.other = f.other || g.other
}

// firstOf works out what matches of t can begin with.
func (sets runeSets) firstOf(t *syntax.RegexNode) (f first) {
	switch t.T {
	case syntax.NtNothing:
	case syntax.NtOne, syntax.NtNotone, syntax.NtSet:
		f = sets.firstOfSet(t)
	case syntax.NtOneloop, syntax.NtNotoneloop, syntax.NtSetloop,
		syntax.NtOneloopatomic, syntax.NtNotoneloopatomic, syntax.NtSetloopatomic,
		syntax.NtOnelazy, syntax.NtNotonelazy, syntax.NtSetlazy:
		f = sets.firstOfSet(t)
		f.empty = t.M == 0
	case syntax.NtMulti:
		if r := t.Str[0]; r < 128 {
			f.ascii[r] = true
		} else {
			f.other = true
		}
	case syntax.NtConcatenate:
		f.empty = true
		for _, c := range t.Children {
			g := sets.firstOf(c)
			f.add(g)
			if !g.empty {
				f.empty = false
				return f
			}
		}
	case syntax.NtAlternate:
		for _, c := range t.Children {
			g := sets.firstOf(c)
			f.add(g)
			f.empty = f.empty || g.empty
		}
	case syntax.NtCapture, syntax.NtGroup, syntax.NtAtomic:
		f = sets.firstOf(t.Children[0])
	case syntax.NtLoop, syntax.NtLazyloop:
		f = sets.firstOf(t.Children[0])
		f.empty = f.empty || t.M == 0
	default: // positions and looks take no rune; a reference may take none
		f.empty = true
	}
	return f
}

func (sets runeSets) firstOfSet(t *syntax.RegexNode) first {
	f := first{ascii: sets.of(t).ascii, other: true}
	if t.IsOneFamily() {
		f.other = t.Ch >= 128
	}
	return f
}

// dispatch lists, for each byte that a text may go on with, the choices that
// can match there, in their order. Bytes beyond ASCII share one list.
type dispatch[T any] struct {
	list  [129]uint16
	lists [][]T
}

// at returns the choices before byte b.
func (d *dispatch[T]) at(b byte) []T { return d.lists[d.list[min(b, 128)]] }

func newDispatch[T any](choices []T, firsts []first) *dispatch[T] {
	d := &dispatch[T]{}
	seen := map[string]uint16{}
	for b := range d.list {
		var key []byte
		var list []T
		for i, f := range firsts {
			if f.empty || b < 128 && f.ascii[b] || b == 128 && f.other {
				list = append(list, choices[i])
				key = append(key, byte(i), byte(i>>8))
			}
		}
		at, ok := seen[string(key)]
		if !ok {
			at = uint16(len(d.lists))
			seen[string(key)] = at
			d.lists = append(d.lists, list)
		}
		d.list[b] = at
	}
	return d
}
