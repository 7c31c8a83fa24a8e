package advice

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Published is what readers' devices may keep ticks, answers or picks for: the
// ids of the items of each page, by the page's address below the base URL, with
// the text that each had. A site keeps it in a file beside its content, so that
// a build can see which ids the edits since then have taken away.
type Published map[string]map[string]string

// ParsePublished reads the file. No bytes are an empty one.
func ParsePublished(data []byte) (Published, error) {
	p := Published{}
	if len(data) == 0 {
		return p, nil
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("the published items cannot be read: %w", err)
	}
	return p, nil
}

// Format returns the file: JSON in a fixed order with one item a line, so that
// its history reads well.
func (p Published) Format() []byte {
	data, err := json.MarshalIndent(p, "", " ")
	if err != nil { // maps of strings are always JSON
		return nil
	}
	return append(data, '\n')
}

// Published returns the ids of the items with their texts.
func (c Checklist) Published() map[string]string {
	texts := map[string]string{}
	for _, item := range c.Items() {
		texts[item.ID] = item.Text
		for _, child := range item.Children {
			texts[child.ID] = child.Text
		}
	}
	return texts
}

// Published returns the ids of the questions, and those of their options behind
// them, with their texts.
func (a Assessment) Published() map[string]string {
	texts := map[string]string{}
	for _, d := range a.Dimensions {
		for _, q := range d.Questions {
			texts[q.ID] = q.Heading.Text
			for _, o := range q.Options {
				texts[q.ID+"/"+o.ID] = o.Text
			}
		}
	}
	return texts
}

// Published returns the ids of the questions with their texts.
func (q Questions) Published() map[string]string {
	texts := map[string]string{}
	for _, s := range q.Situations {
		for _, question := range s.Questions() {
			texts[question.ID] = question.Text
		}
	}
	return texts
}

// Moved puts the items of a page under its new address: readers take along what
// they kept under the earlier one. What stands there already stays.
func (p Published) Moved(from, to string) {
	items, there := p[from]
	if _, taken := p[to]; there && !taken {
		p[to] = items
		delete(p, from)
	}
}

// Loss is an id that is gone.
type Loss struct {
	Page string // address
	ID   string // empty: the whole page is gone
	Text string // that it had
	Now  string // the text of a new item that looks like it in new words; may be empty
}

// Lost returns what readers lose when the pages of after take the place of
// those of before, by page and id.
func Lost(before, after Published) []Loss {
	var list []Loss
	for _, page := range slices.Sorted(maps.Keys(before)) {
		now, there := after[page]
		if !there {
			list = append(list, Loss{Page: page})
			continue
		}
		var fresh []wording
		for _, id := range slices.Sorted(maps.Keys(now)) {
			if _, old := before[page][id]; !old {
				fresh = append(fresh, wording{now[id], words(now[id])})
			}
		}
		lost := 0
		for _, id := range slices.Sorted(maps.Keys(before[page])) {
			if _, kept := now[id]; kept {
				continue
			}
			loss := Loss{Page: page, ID: id, Text: before[page][id]}
			if lost++; lost <= maxGuesses {
				loss.Now = likest(loss.Text, fresh)
			}
			list = append(list, loss)
		}
	}
	return list
}

// maxGuesses is for how many lost items of a page the new words are looked for.
// Each is compared with all new items, and a page that lost more of them was
// written afresh.
const maxGuesses = 100

// wording is a text with its words.
type wording struct {
	text  string
	words []string
}

// likest returns the text that shares at least half of the words, the most of
// them, or "".
func likest(text string, candidates []wording) string {
	best, most := "", 0.5
	old := words(text)
	for _, now := range candidates {
		shared := 0
		for _, w := range now.words {
			if slices.Contains(old, w) {
				shared++
			}
		}
		if share := float64(shared) / float64(max(len(old), len(now.words), 1)); share > most || share == most && best == "" {
			best, most = now.text, share
		}
	}
	return best
}

// Explain says the loss in words, and what keeps it from happening.
func (l Loss) Explain() (message, hint string) {
	switch {
	case l.ID == "":
		return "the page " + l.Page + " is gone, and with it what readers have kept on it",
			"put it back under this address; if it has moved, write " + l.Page + " under redirects in its front matter: readers then keep what they have"
	case l.Now != "":
		return "readers lose their tick of " + quote(l.Text) + ", which has the new words " + quote(l.Now),
			"write {#" + l.ID + "} behind the new words to keep the ticks"
	}
	return "readers lose their tick of " + quote(l.Text) + ", which is gone",
		"if it only has new words, write {#" + l.ID + "} behind them"
}
