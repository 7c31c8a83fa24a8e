package search

import (
	"slices"
	"strings"
)

// Sizes of the groups of pages whose cards share a file. Groups of pages near
// each other hold several results of a query, so they weigh requests against
// bytes; groups by address rarely do, and are larger only where there would be
// more than groupMost, or one for 40 pages.
const (
	nearGroup = 16
	groupSize = 20
	groupMost = 500
)

// card is what a result shows of a page, as the client reads it: address,
// title, minutes, lead, and sections of [id, heading, lead].
type card [5]any

// groups puts pages whose cards share a file together: pages near each other,
// since results are, or, where that is not known, neighbours by address. The
// latter end where the address of a page says so, so that a new page moves few.
func (e *edit) groups(near [][]link) [][]int {
	if near != nil {
		return gather(near, nearGroup)
	}
	size := groupSize
	for len(e.pages)/size > max(groupMost, len(e.pages)/40) {
		size *= 2
	}
	var groups [][]int
	var group []int
	for n := range e.pages {
		group = append(group, n)
		calm := len(group) > size/2 && hash32([]byte(e.pages[n].url))%uint32(size/2) == 0
		if calm || len(group) == 2*size || n+1 == len(e.pages) {
			groups = append(groups, group)
			group = nil
		}
	}
	return groups
}

// giveCards gives the file of each group to the output, and notes which group a
// page is in. The file of a group with the same pages is not made again.
func (e *edit) giveCards(groups [][]int, out *output) error {
	budget := budget(len(e.pages))
	names := make([]name, len(groups))
	var buffer []byte
	for i, group := range groups {
		var same *name
		if g := e.pages[group[0]].group; g >= 0 && budget == e.budget && e.sizes[g] == len(group) && e.sameGroup(group, g) {
			same = &e.cards[g]
		}
		var err error
		names[i], err = out.give(e.name, "json", same, func() ([]byte, error) { return e.encodeCards(group, budget, &buffer) })
		if err != nil {
			return err
		}
	}
	for i, group := range groups {
		for _, n := range group {
			e.pages[n].group = int32(i)
		}
	}
	e.cards = names
	return nil
}

// sameGroup reports whether the pages were all in the group; fresh ones were in
// none.
func (e *edit) sameGroup(group []int, g int32) bool {
	return !slices.ContainsFunc(group, func(n int) bool { return e.pages[n].group != g })
}

func (e *edit) encodeCards(group []int, budget int, buffer *[]byte) ([]byte, error) {
	cards := make([]card, len(group))
	for i, n := range group {
		a, err := e.sources[n].Read(*buffer)
		if err != nil {
			return nil, err
		}
		*buffer = a
		r, err := a.open()
		if err != nil {
			return nil, err
		}
		t, err := r.load(a)
		if err != nil {
			return nil, err
		}
		cards[i] = r.card(t, budget)
	}
	return encodeJSON(cards), nil
}

// budget is the text in bytes that a card may hold: the larger the site, the
// more pages a group of results lies apart from each other, and the shorter.
func budget(pages int) int { return min(max(120_000/max(pages, 1), 100), 600) }

// card fits the texts of the page into budget: the lead first, then headings,
// and what is left goes to the leads of the sections in turn.
func (r *record) card(t texts, budget int) card {
	c := card{r.url, r.title, r.minutes, cut(t.lead, max(100, budget/2))}
	left := budget - len(t.lead)
	var sections [][]string
	for _, s := range t.sections {
		if left -= len(s.title); left < -budget {
			break
		}
		sections = append(sections, []string{s.id, s.title, ""})
	}
	for i := range sections {
		if lead := cut(t.sections[i].lead, max(0, min(left, maxSectionLead))); len(lead) > 30 {
			sections[i][2] = lead
			left -= len(lead)
		} else {
			sections[i] = sections[i][:2]
		}
	}
	c[4] = sections
	if strings.TrimSpace(r.title) == "" {
		c[1] = r.url
	}
	return c
}
