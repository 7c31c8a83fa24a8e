package advice

import (
	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// ChecklistSettings are the front matter keys of a checklist.
type ChecklistSettings struct {
	Score  string `key:"score" enum:"none,count,weighted" default:"count" doc:"How ticks are counted: not at all, one each, or by the weight of each item."`
	Anchor string `key:"anchor" doc:"Label of the date that due offsets count from, such as Meeting date. Required if any item is due."`
	Notes  string `key:"notes" enum:"none,items,end" default:"none" doc:"Boxes for free text: none, one per item, or one at the end."`
	Repeat string `key:"repeat" enum:"none,weekly,monthly" default:"none" doc:"How often the list starts again."`

	At map[string]diag.Pos `key:"-"`
}

// Checklist is a list to tick. Lead is the prose before the first section and
// before any item.
type Checklist struct {
	Score    string // none, count or weighted
	Anchor   string // label of the date that due offsets count from; may be empty
	Notes    string // none, items or end
	Repeat   string // none, weekly or monthly
	Lead     []markdown.Block
	Sections []ChecklistSection
	Bands    []Band // by rising Min; empty where the list has no result sections
	Most     int    // the highest score that can be reached; 0 if Score is none
}

// ChecklistSection is a heading (none of Level 0) with prose and items in the
// order of the text. It may hold no item at all.
type ChecklistSection struct {
	Heading
	Parts []Part[Item]
}

// Items returns the items of the section without the prose between them.
func (s ChecklistSection) Items() []Item { return allItems(s.Parts) }

// Item is one thing to tick.
type Item struct {
	ID       string           `json:"id"` // unique on the page and kept when items move
	Label    markdown.Body    `json:"-"`
	Text     string           `json:"-"` // of the label
	Help     []markdown.Block `json:"-"` // what follows the label
	Bullets  []markdown.Item  `json:"-"` // a plain list inside the item, part of the help
	Required bool             `json:"required,omitempty"`
	Weight   int              `json:"weight"` // 0 to 100
	Due      *Offset          `json:"due,omitempty"`
	Notes    bool             `json:"notes,omitempty"` // there is a box for notes
	Prompt   string           `json:"-"`               // what the box asks for; may be empty
	Checked  bool             `json:"checked,omitempty"`
	Children []Item           `json:"children,omitempty"` // these have none themselves
}

// DOM returns the id of the item's box on the page.
func (i Item) DOM() string { return itemPrefix + i.ID }

// ChecklistConfig is what the page's script is given.
type ChecklistConfig struct {
	Score    string                   `json:"score"`
	Most     int                      `json:"most"`
	Anchor   bool                     `json:"anchor,omitempty"`
	Notes    string                   `json:"notes"`
	Repeat   string                   `json:"repeat"`
	Sections []ChecklistSectionConfig `json:"sections"` // those with items
	Bands    []Band                   `json:"bands,omitempty"`
}

// ChecklistSectionConfig names a section by its heading's id.
type ChecklistSectionConfig struct {
	ID    string `json:"id"`
	Items []Item `json:"items"`
}

// Config returns what the page's script is given.
func (c Checklist) Config() ChecklistConfig {
	config := ChecklistConfig{
		Score: c.Score, Most: c.Most, Anchor: c.Anchor != "", Notes: c.Notes, Repeat: c.Repeat,
		Sections: []ChecklistSectionConfig{}, Bands: c.Bands,
	}
	for _, s := range c.Sections {
		if items := s.Items(); len(items) > 0 {
			config.Sections = append(config.Sections, ChecklistSectionConfig{s.ID, items})
		}
	}
	return config
}

// Items returns the items of all sections in order, children inside parents.
func (c Checklist) Items() []Item {
	var items []Item
	for _, s := range c.Sections {
		items = append(items, s.Items()...)
	}
	return items
}
