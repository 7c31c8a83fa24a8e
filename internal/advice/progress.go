package advice

// Progress is how far a reader is with a checklist.
type Progress struct {
	Done  int      `json:"done"`  // items done, children and parents each counted
	Total int      `json:"total"` // of how many
	Score int      `json:"score"` // items done or their weights, as the list is scored; 0 if it is not
	Most  int      `json:"most"`  // the highest score
	Band  string   `json:"band,omitempty"`
	Left  []string `json:"left,omitempty"` // ids of required items not yet done
}

// Progress counts what is done, given the ids that are ticked.
//
// An item is done when it is ticked; a parent that has required children is
// done when all of those are, whatever its own box says. A list without score,
// or without results, has no band.
func (c Checklist) Progress(ticked map[string]bool) Progress {
	p := Progress{Most: c.Most}
	count := func(item Item) {
		p.Total++
		if item.done(ticked) {
			p.Done++
			p.Score += c.points(item)
		} else if item.Required {
			p.Left = append(p.Left, item.ID)
		}
	}
	for _, item := range c.Items() {
		count(item)
		for _, child := range item.Children {
			count(child)
		}
	}
	if at := bandOf(c.Bands, float64(p.Score)); at >= 0 && c.Score != "none" {
		p.Band = c.Bands[at].ID
	}
	return p
}

// points is what an item adds to the score when it is done.
func (c Checklist) points(item Item) int {
	switch c.Score {
	case "weighted":
		return item.Weight
	case "count":
		return 1
	}
	return 0
}

// derived reports whether the item is done by its children and not by its box.
func (i Item) derived() bool {
	for _, child := range i.Children {
		if child.Required {
			return true
		}
	}
	return false
}

func (i Item) done(ticked map[string]bool) bool {
	if !i.derived() {
		return ticked[i.ID]
	}
	for _, child := range i.Children {
		if child.Required && !ticked[child.ID] {
			return false
		}
	}
	return true
}
