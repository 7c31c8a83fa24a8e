package search

import "strings"

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
func (x *index) groups(near [][]link) [][]int {
	if near != nil {
		return gather(near, nearGroup)
	}
	size := groupSize
	for len(x.records)/size > max(groupMost, len(x.records)/40) {
		size *= 2
	}
	var groups [][]int
	var group []int
	for n := range x.records {
		group = append(group, n)
		calm := len(group) > size/2 && hash32(x.records[n].url)%uint32(size/2) == 0
		if calm || len(group) == 2*size || n+1 == len(x.records) {
			groups = append(groups, group)
			group = nil
		}
	}
	return groups
}

// cards returns the file of each group.
func (x *index) cards(groups [][]int) (files [][]byte, err error) {
	budget := x.budget()
	var buffer []byte
	for _, group := range groups {
		cards := make([]card, len(group))
		for i, n := range group {
			t, err := x.records[n].load(&buffer)
			if err != nil {
				return nil, err
			}
			cards[i] = x.records[n].card(t, budget)
		}
		files = append(files, encodeJSON(cards))
	}
	return files, nil
}

// budget is the text in bytes that a card may hold: the larger the site, the
// more pages a group of results lies apart from each other, and the shorter.
func (x *index) budget() int { return min(max(120_000/len(x.records), 100), 600) }

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
