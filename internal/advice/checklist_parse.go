package advice

import (
	"math/big"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// ParseChecklist reads a checklist. Problems of the page as a whole stand at pos.
func ParseChecklist(sections []markdown.Section, settings ChecklistSettings, pos diag.Pos) (Checklist, diag.List) {
	p := ticks{reader: newReader(sections, settings.At, pos)}
	p.list = Checklist{
		Score:  enum(settings.Score, "count", "none", "weighted"),
		Anchor: settings.Anchor,
		Notes:  enum(settings.Notes, "none", "items", "end"),
		Repeat: enum(settings.Repeat, "none", "weekly", "monthly"),
	}
	p.ids = newIDs(p.headings, itemPrefix)
	for _, s := range sections {
		p.section(s)
	}
	p.name()
	p.check()
	return p.list, p.diags
}

// ticks is the parser of checklists.
type ticks struct {
	reader
	list    Checklist
	ids     ids
	results results
	weight  *diag.Pos // of the first weight
	due     *diag.Pos // of the first due
}

func (p *ticks) section(s markdown.Section) {
	a := p.ofHeading(s)
	switch {
	case a.has("band"):
		a.has("min")
		a.has("max")
		p.open(s, &p.results.add(s, a).Advice)
		p.inAdvice(s.Blocks)
	case p.gather(s):
		p.inAdvice(s.Blocks)
	default:
		p.items(s)
	}
	a.done("headings of a checklist")
}

// items reads a section of the list itself.
func (p *ticks) items(s markdown.Section) {
	section := ChecklistSection{Heading: heading(s)}
	for _, b := range s.Blocks {
		switch {
		case b.List != nil && hasTask(b.List.Items):
			for _, item := range b.List.Items {
				section.Parts = addItems(section.Parts, p.item(item, 0))
			}
		case s.Level == 0 && len(section.Parts) == 0:
			p.list.Lead = append(p.list.Lead, b)
			p.plain(b)
		default:
			section.Parts = addProse(section.Parts, b)
			p.plain(b)
		}
	}
	if s.Level > 0 || len(section.Parts) > 0 {
		p.list.Sections = append(p.list.Sections, section)
	}
}

// item reads one item; its id waits until all explicit ones are known.
func (p *ticks) item(in markdown.Item, depth int) Item {
	p.boxed(in)
	a := p.ofItem(in)
	item := Item{
		Label: in.Label, Text: in.Text, Help: in.Rest, Checked: in.Checked,
		Required: a.flag("required"),
		Weight:   a.whole("weight", 1, 0, 100),
		Due:      a.offset("due"),
		Notes:    p.list.Notes == "items",
	}
	if x, ok := a.get("notes"); ok {
		item.Notes, item.Prompt = true, x.Value
	}
	p.remember(&p.weight, a, "weight")
	p.remember(&p.due, a, "due")
	a.done("items of a checklist")
	p.plain(in.Rest...)
	if in.Attrs.ID != "" && p.claim(p.ids, in.Attrs) {
		item.ID = in.Attrs.ID
	}
	switch {
	case !hasTask(in.Items):
		item.Bullets = in.Items
		p.plainItems(in.Items)
	case depth > 0:
		p.diags.Error(in.Items[0].Pos, "move it up one level, or make it a plain list", "items nest one level only: %s is inside %s, which is inside another", quote(in.Items[0].Text), quote(in.Text))
	default:
		for _, child := range in.Items {
			item.Children = append(item.Children, p.item(child, depth+1))
		}
	}
	return item
}

func (p *ticks) remember(first **diag.Pos, a *attrs, key string) {
	if x, ok := a.get(key); ok && *first == nil {
		*first = &x.Pos
	}
}

// name gives the items without an explicit id one made from their text.
func (p *ticks) name() {
	var each func(items []Item)
	each = func(items []Item) {
		for i := range items {
			if items[i].ID == "" {
				items[i].ID = p.ids.free(textID(items[i].Text), p.pos)
			}
			each(items[i].Children)
		}
	}
	for _, s := range p.list.Sections {
		for _, part := range s.Parts {
			each(part.Items)
		}
	}
}

// check looks at the list as a whole.
func (p *ticks) check() {
	list := &p.list
	list.Bands = p.results.sorted()
	items := list.Items()
	if len(items) == 0 {
		p.diags.Error(p.pos, "write each thing to tick as an item that begins with \"- [ ]\"", "this checklist has no items")
		return
	}
	if p.due != nil && list.Anchor == "" {
		p.diags.Error(*p.due, "name that date in the front matter, such as anchor: Meeting date", "an item is due, but nobody knows from which date to count")
	}
	switch {
	case list.Score == "weighted" && p.weight == nil:
		p.diags.Error(p.setting("score"), "give items a weight, such as {weight=2}, or write score: count", "the score is weighted, but no item has a weight")
	case list.Score != "weighted" && p.weight != nil:
		p.diags.Warn(*p.weight, "write score: weighted in the front matter", "weights do not count here: the score of this list is %q", list.Score)
	}
	totals := list.totals(items)
	list.Most = int(totals.high)
	switch {
	case len(list.Bands) == 0:
	case list.Score == "none":
		p.diags.Warn(p.results.bands[0].pos, "write score: count or score: weighted", "the result %s is never shown, as this list has no score", quote(list.Bands[0].Name))
	case !p.results.broken:
		cover(p.results.bands, totals, &p.diags)
	}
}

// maxSteps bounds the work of finding out which totals can be reached: enough
// for thousands of items, and no more than a moment.
const maxSteps = 50_000_000

// totals returns the scores that ticks can reach: sums of weights, where the
// weight of a parent comes with the last of its required children.
func (c Checklist) totals(items []Item) reach {
	if c.Score == "none" {
		return exactly([]float64{0})
	}
	n, most := 0, 0
	for _, item := range items {
		n += 1 + len(item.Children)
		most += c.points(item)
		for _, child := range item.Children {
			most += c.points(child)
		}
	}
	if most > 1<<20 || n*(most/64+1) > maxSteps {
		return between(0, float64(most))
	}
	sums := big.NewInt(1) // bit i: the total i can be reached
	for _, item := range items {
		sums = c.with(sums, item)
	}
	var values []float64
	for i := range sums.BitLen() {
		if sums.Bit(i) == 1 {
			values = append(values, float64(i))
		}
	}
	return exactly(values)
}

// with adds the sums that an item and its children allow.
func (c Checklist) with(sums *big.Int, item Item) *big.Int {
	either := func(s *big.Int, points int) *big.Int {
		return new(big.Int).Or(s, new(big.Int).Lsh(s, uint(points)))
	}
	if !item.derived() {
		sums = either(sums, c.points(item))
		for _, child := range item.Children {
			sums = either(sums, c.points(child))
		}
		return sums
	}
	all, some := sums, new(big.Int) // every required child so far is done, or not
	for _, child := range item.Children {
		points := c.points(child)
		if child.Required {
			some = new(big.Int).Or(either(some, points), all)
			all = new(big.Int).Lsh(all, uint(points))
		} else {
			some, all = either(some, points), either(all, points)
		}
	}
	return some.Or(some, all.Lsh(all, uint(c.points(item))))
}
