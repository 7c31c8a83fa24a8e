package highlight

import "unicode/utf8"

// longest takes runes of the set, as many as there are up to most.
func (m *matcher) longest(n *node, pos, most int) (end, count int) {
	for count < most {
		if !n.back && pos < len(m.text) && m.text[pos] < utf8.RuneSelf {
			if !n.set.ascii[m.text[pos]] {
				break
			}
			pos++
		} else {
			next, ok := m.step(n, pos)
			if !ok {
				break
			}
			pos = next
		}
		count++
	}
	m.steps -= count
	return pos, count
}

// runGreedy takes the longest run after which the rest matches.
func (m *matcher) runGreedy(n *node, pos int) bool {
	least, count := m.longest(n, pos, n.min)
	if count < n.min {
		return false
	}
	end, _ := m.longest(n, least, n.max-n.min)
	for ; end != least; end = m.giveBack(n, end) {
		if m.may(n.next, end) && m.run(n.next, end) {
			return true
		}
		if m.steps--; m.steps <= 0 {
			return false
		}
	}
	return m.run(n.next, end)
}

// giveBack returns the position one rune less into a run.
func (m *matcher) giveBack(n *node, pos int) int {
	if n.back {
		_, size := utf8.DecodeRuneInString(m.text[pos:])
		return pos + size
	}
	_, size := utf8.DecodeLastRuneInString(m.text[:pos])
	return pos - size
}

// runLazy takes the shortest run after which the rest matches.
func (m *matcher) runLazy(n *node, pos int) bool {
	for count := 0; ; count++ {
		if count >= n.min && m.may(n.next, pos) && m.run(n.next, pos) {
			return true
		}
		if count == n.max || m.steps <= 0 {
			return false
		}
		end, took := m.longest(n, pos, 1)
		if took == 0 {
			return false
		}
		pos = end
	}
}

// may says no where a glance shows that n cannot match at pos.
func (m *matcher) may(n *node, pos int) bool {
	if n.back {
		return true
	}
	switch n.op {
	case opText:
		return pos < len(m.text) && m.text[pos] == n.text[0]
	case opChars:
		return pos < len(m.text) && (m.text[pos] >= utf8.RuneSelf || n.set.ascii[m.text[pos]])
	}
	return true
}

// enter begins a loop, putting back the state of an outer pass if it fails.
func (m *matcher) enter(n *node, pos int) bool {
	outer := m.loops[n.slot]
	m.loops[n.slot] = loop{0, -1}
	if m.iterate(n, pos) {
		return true
	}
	m.loops[n.slot] = outer
	return false
}

// iterate goes round once more or on, in the order that the loop prefers. An
// iteration that took nothing is the last.
func (m *matcher) iterate(n *node, pos int) bool {
	was := m.loops[n.slot]
	more := was.count < n.max && (was.count < n.min || pos != was.from)
	enough := was.count >= n.min
	if enough && (n.lazy || !more) {
		if m.run(n.next, pos) {
			return true
		}
	}
	if more {
		m.loops[n.slot] = loop{was.count + 1, pos}
		if m.run(n.body, pos) {
			return true
		}
		m.loops[n.slot] = was
	}
	return enough && more && !n.lazy && m.run(n.next, pos)
}
