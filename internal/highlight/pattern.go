package highlight

import (
	"errors"
	"math"

	"github.com/dlclark/regexp2/v2/syntax"
)

// A pattern is a lexer rule's regular expression, ready to be tried at one
// place of a text. Chroma's engine is a general one that searches; a lexer
// only ever asks "does it match right here?", most often no. So the tree that
// the same parser makes is linked into nodes, each knowing what follows it,
// and walked on the bytes of the text with a count of steps: no clock, no
// allocation, and an end that does not depend on the machine.
type pattern struct {
	entry  *node
	groups int // capture slots, the whole match (slot 0) included
	loops  int // loop registers
}

// op says what a node does.
type op uint8

const (
	opAccept   op = iota // the pattern, or the body of a look or an atomic group, has matched
	opFail               // nothing matches
	opChars              // one rune of a set
	opText               // a literal
	opRun                // a greedy run of runes of a set, min to max long
	opRunOnly            // the same, never giving back
	opRunLazy            // a lazy run
	opBranch             // the alternatives of branch, in order
	opLoop               // enter a loop of body
	opAgain              // the end of a loop's body
	opOpen               // a group begins
	opClose              // a group ends
	opAhead              // body matches here (or before here)
	opNotAhead           // body does not match here
	opAtomic             // body, its first match only
	opSame               // the text of an earlier group
	opLineStart
	opLineEnd
	opWordEdge
	opNoWordEdge
	opTextStart
	opMatchStart
	opTextEndLine // the end, or before the last line feed
	opTextEnd
)

// node is one step of a pattern.
type node struct {
	op       op
	back     bool // walks towards the start of the text: inside a look-behind
	lazy     bool
	fold     bool // of opSame: upper and lower case are the same
	always   bool // of opOpen, opClose: on every way to a match, so nothing need be restored
	captures bool // of a look or an atomic group: the body holds groups
	slot     int  // capture slot or loop register
	min, max int
	set      *runeSet
	text     string
	next     *node
	body     *node
	branch   *dispatch[*node]
	ends     []*node // of opBranch: alternatives that may match at the end of the text
}

var errUnsupported = errors.New("a conditional, a balancing group or a reference inside a look-behind")

// compilePattern parses a rule's expression with the flags of its lexer (of
// "ims"), and works out what its matches can begin with. Groups are kept if the caller asks or the expression refers to one.
func compilePattern(expr, flags string, keepGroups bool, sets runeSets) (pattern, first, error) {
	expr = "(?:" + expr + ")"
	if flags != "" {
		expr = "(?" + flags + ")" + expr
	}
	tree, err := syntax.Parse(expr, syntax.ParseOptions{})
	if err != nil {
		return pattern{}, first{}, err
	}
	l := linker{slots: tree.Caps, groups: tree.Captop, keep: keepGroups || refers(tree.Root), sets: sets}
	if tree.Capnumlist == nil || tree.Captop == len(tree.Capnumlist) {
		l.slots = nil
	} else {
		l.groups = len(tree.Capnumlist)
		l.slots = make(map[int]int, l.groups)
		for i, number := range tree.Capnumlist {
			l.slots[number] = i
		}
	}
	entry := l.link(tree.Root, &node{op: opAccept}, true)
	if l.err != nil {
		return pattern{}, first{}, l.err
	}
	return pattern{entry: entry, groups: l.groups, loops: l.loops}, sets.firstOf(tree.Root), nil
}

// refers tells whether a tree holds a reference to a group.
func refers(t *syntax.RegexNode) bool {
	if t.T == syntax.NtRef {
		return true
	}
	for _, c := range t.Children {
		if refers(c) {
			return true
		}
	}
	return false
}

// linker makes nodes of a syntax tree, from the last to the first.
type linker struct {
	slots  map[int]int // group number → slot, nil where they are the same
	groups int
	loops  int
	keep   bool
	sets   runeSets
	err    error
}

func (l *linker) slot(group int) int {
	if l.slots == nil {
		return group
	}
	return l.slots[group]
}

// link returns the node that matches t and goes on with next. always is true
// where every match of the pattern passes t exactly once.
func (l *linker) link(t *syntax.RegexNode, next *node, always bool) *node {
	n := &node{next: next, back: t.Options&syntax.RightToLeft != 0, always: always}
	switch t.T {
	case syntax.NtEmpty, syntax.NtUpdateBumpalong:
		return next
	case syntax.NtConcatenate:
		for i := len(t.Children) - 1; i >= 0; i-- {
			next = l.link(t.Children[i], next, always)
		}
		return next
	case syntax.NtGroup:
		return l.link(t.Children[0], next, always)
	case syntax.NtCapture:
		return l.capture(t, n)
	case syntax.NtAlternate:
		l.alternate(t, n)
	case syntax.NtLoop, syntax.NtLazyloop:
		return l.loop(t, n)
	case syntax.NtPosLook, syntax.NtNegLook, syntax.NtAtomic:
		n.op = inner[t.T]
		n.captures = l.keep && hasGroup(t)
		n.body = l.link(t.Children[0], &node{op: opAccept}, false)
	case syntax.NtRef:
		n.op, n.slot = opSame, l.slot(t.M)
		n.fold = t.Options&syntax.IgnoreCase != 0
		if n.back {
			l.err = errUnsupported
		}
	case syntax.NtMulti:
		n.op, n.text = opText, string(t.Str)
		if t.Options&syntax.IgnoreCase != 0 {
			l.err = errUnsupported
		}
	default:
		if !l.leaf(t, n) {
			l.err = errUnsupported
		}
	}
	return n
}

// leaf fills in a node of one rune, a run of runes or a position.
func (l *linker) leaf(t *syntax.RegexNode, n *node) bool {
	if o, ok := positions[t.T]; ok {
		n.op = o
		return true
	}
	n.min, n.max = t.M, t.N
	switch t.T {
	case syntax.NtOne, syntax.NtNotone, syntax.NtSet:
		n.op = opChars
	case syntax.NtOneloop, syntax.NtNotoneloop, syntax.NtSetloop:
		n.op = opRun
	case syntax.NtOneloopatomic, syntax.NtNotoneloopatomic, syntax.NtSetloopatomic:
		n.op = opRunOnly
	case syntax.NtOnelazy, syntax.NtNotonelazy, syntax.NtSetlazy:
		n.op = opRunLazy
	default:
		return false
	}
	n.set = l.sets.of(t)
	return true
}

var inner = map[syntax.NodeType]op{
	syntax.NtPosLook: opAhead,
	syntax.NtNegLook: opNotAhead,
	syntax.NtAtomic:  opAtomic,
}

var positions = map[syntax.NodeType]op{
	syntax.NtNothing:     opFail,
	syntax.NtBol:         opLineStart,
	syntax.NtEol:         opLineEnd,
	syntax.NtBoundary:    opWordEdge,
	syntax.NtNonboundary: opNoWordEdge,
	syntax.NtBeginning:   opTextStart,
	syntax.NtStart:       opMatchStart,
	syntax.NtEndZ:        opTextEndLine,
	syntax.NtEnd:         opTextEnd,
}

// capture links a group between an opening and a closing node.
func (l *linker) capture(t *syntax.RegexNode, open *node) *node {
	if t.N != -1 { // a balancing group
		l.err = errUnsupported
	}
	if !l.keep || t.M == 0 {
		return l.link(t.Children[0], open.next, open.always)
	}
	open.op, open.slot = opOpen, l.slot(t.M)
	closing := *open
	closing.op = opClose
	open.next = l.link(t.Children[0], &closing, open.always)
	return open
}

// alternate links the alternatives, all to what follows, and notes which can
// match before which rune.
func (l *linker) alternate(t *syntax.RegexNode, n *node) {
	n.op = opBranch
	firsts := make([]first, len(t.Children))
	all := make([]*node, len(t.Children))
	for i, c := range t.Children {
		all[i] = l.link(c, n.next, false)
		if firsts[i] = l.sets.firstOf(c); firsts[i].empty {
			n.ends = append(n.ends, all[i])
		}
		if n.back {
			firsts[i] = first{empty: true}
		}
	}
	if n.back {
		n.ends = all
	}
	n.branch = newDispatch(all, firsts)
}

// loop links a repeated body; one that is a single rune becomes a run.
func (l *linker) loop(t *syntax.RegexNode, n *node) *node {
	n.min, n.max, n.lazy = t.M, t.N, t.T == syntax.NtLazyloop
	if n.max == math.MaxInt32 {
		n.max = math.MaxInt
	}
	again := *n
	again.op = opAgain
	n.slot, again.slot = l.loops, l.loops
	l.loops++
	n.body = l.link(t.Children[0], &again, false)
	if n.body.op == opChars && n.body.next == &again {
		n.op, n.set = opRun, n.body.set
		if n.lazy {
			n.op = opRunLazy
		}
		return n
	}
	again.body = n.body
	n.op = opLoop
	return n
}

func hasGroup(t *syntax.RegexNode) bool {
	if t.T == syntax.NtCapture {
		return true
	}
	for _, c := range t.Children {
		if hasGroup(c) {
			return true
		}
	}
	return false
}
