package advice

import (
	"cmp"
	"path"
	"strings"
	"time"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// GuideSettings are the front matter keys of a guide.
type GuideSettings struct {
	Span    string `key:"span" doc:"How long it takes, in words, such as two weeks."`
	Outcome string `key:"outcome" required:"true" doc:"What the reader will have at the end."`

	At map[string]diag.Pos `key:"-"`
}

// Guide is an ordered path through pages. Lead is the prose before the first
// phase and before any step.
type Guide struct {
	Span    string
	Outcome string
	Lead    []markdown.Block
	Phases  []Phase
}

// Phase is a heading (none of Level 0) with prose and steps in the order of the
// text. It may hold no step at all.
type Phase struct {
	Heading
	Parts []Part[Step]
}

// Steps returns the steps of the phase without the prose between them.
func (p Phase) Steps() []Step { return allItems(p.Parts) }

// Step is one page to go to.
type Step struct {
	ID       string           `json:"id"`
	Number   int              `json:"number"` // from 1, through all phases
	Link     markdown.Hole    `json:"-"`      // to the page
	Text     string           `json:"-"`      // of the first paragraph
	Label    markdown.Body    `json:"-"`      // the whole first paragraph, link and note
	Note     markdown.Body    `json:"-"`      // what follows the link in it
	Rest     []markdown.Block `json:"-"`      // more of the note
	Bullets  []markdown.Item  `json:"-"`      // a list inside the step, part of the note
	Optional bool             `json:"optional,omitempty"`
	Due      *Offset          `json:"due,omitempty"`  // counted from the day the reader starts
	Date     string           `json:"date,omitempty"` // ISO, in handouts only
}

// DOM returns the id of the step on the page.
func (s Step) DOM() string { return stepPrefix + s.ID }

// Steps returns the steps of all phases in order.
func (g Guide) Steps() []Step { return allSteps(g.Phases) }

func allSteps(phases []Phase) []Step {
	var steps []Step
	for _, p := range phases {
		steps = append(steps, p.Steps()...)
	}
	return steps
}

// ParseGuide reads a guide. Problems of the page as a whole stand at pos.
func ParseGuide(sections []markdown.Section, settings GuideSettings, pos diag.Pos) (Guide, diag.List) {
	p := steps{reader: newReader(sections, settings.At, pos), place: "steps of a guide"}
	lead, phases := p.phases(sections)
	if p.number == 0 {
		p.diags.Error(pos, "write an ordered list whose items begin with a link: 1. [Map your network](../checklists/map-your-network.md)", "this guide has no steps")
	}
	return Guide{settings.Span, settings.Outcome, lead, phases}, p.diags
}

// steps is the parser of guides and handouts.
type steps struct {
	reader
	place  string // what the items are called in a message
	dates  bool   // due may be a date
	ids    ids
	number int
}

// phases reads all sections. The blocks before the first heading are the lead,
// up to a list of steps.
func (p *steps) phases(sections []markdown.Section) (lead []markdown.Block, phases []Phase) {
	p.ids = newIDs(p.headings, stepPrefix)
	for _, s := range sections {
		p.ofHeading(s).done("headings of this type")
		phase := Phase{Heading: heading(s)}
		seen := map[string]diag.Pos{}
		for _, b := range s.Blocks {
			switch {
			case p.holdsSteps(s, b):
				for _, item := range b.List.Items {
					phase.Parts = addItems(phase.Parts, p.step(item, seen))
				}
			case s.Level == 0 && len(phase.Parts) == 0:
				lead = append(lead, b)
				p.plain(b)
			default:
				phase.Parts = addProse(phase.Parts, b)
				p.plain(b)
			}
		}
		if s.Level > 0 || len(phase.Parts) > 0 {
			phases = append(phases, phase)
		}
	}
	p.name(phases)
	return lead, phases
}

// holdsSteps tells a list of steps from prose. In a phase every ordered list is
// one; before the first heading it must also hold a link to begin with.
func (p *steps) holdsSteps(s markdown.Section, b markdown.Block) bool {
	if b.List == nil || !b.List.Ordered {
		return false
	}
	if s.Level > 0 {
		return true
	}
	for _, item := range b.List.Items {
		if item.First != nil {
			return true
		}
	}
	return false
}

func (p *steps) step(in markdown.Item, seen map[string]diag.Pos) Step {
	p.number++
	a := p.ofItem(in)
	step := Step{
		Number: p.number, Text: in.Text, Label: in.Label, Note: in.After, Rest: in.Rest, Bullets: in.Items,
		Optional: a.flag("optional"),
	}
	p.due(a, &step)
	a.done(p.place)
	p.plain(in.Rest...)
	p.plainItems(in.Items)
	if in.Attrs.ID != "" && p.claim(p.ids, in.Attrs) {
		step.ID = in.Attrs.ID
	}
	if in.First == nil {
		p.diags.Error(in.Pos, "begin it with a link to a page, then say why it is next", "the step %s does not begin with a link", quote(in.Text))
		return step
	}
	step.Link = *in.First
	page := pageOf(step.Link.Target)
	if first, twice := seen[page]; twice {
		p.diags.Error(step.Link.Pos, "keep one of them, or move it to another section", "the page %s is in this list already, at %s", quote(step.Link.Target), place(first))
	} else {
		seen[page] = step.Link.Pos
	}
	return step
}

// due reads an offset or, where that makes sense, a date.
func (p *steps) due(a *attrs, step *Step) {
	x, ok := a.get("due")
	if !ok || x.Value == "" || strings.ContainsAny(x.Value[:1], "+-−") {
		step.Due = a.offset("due")
		return
	}
	_, err := time.Parse(time.DateOnly, x.Value)
	switch {
	case err != nil && p.dates:
		p.diags.Error(x.Pos, "write a date such as due=2027-01-19, or an offset such as due=+3d", "cannot read due=%s", x.Value)
	case err != nil:
		step.Due = a.offset("due")
	case !p.dates:
		p.diags.Error(x.Pos, "count from the day the reader starts, such as due=+3d; dates belong in a handout", "a guide is for any day, so due cannot be the date %s", x.Value)
	default:
		step.Date = x.Value
	}
}

// name gives the steps without an explicit id one made from their page.
func (p *steps) name(phases []Phase) {
	for _, phase := range phases {
		for _, part := range phase.Parts {
			for i := range part.Items {
				if step := &part.Items[i]; step.ID == "" {
					step.ID = p.ids.free(textID(cmp.Or(pageOf(step.Link.Target), step.Text)), p.pos)
				}
			}
		}
	}
}

// pageOf returns what names the page of a link: the slug, which is unique in a
// site, however the link is written; the whole address of a page elsewhere.
func pageOf(target string) string {
	if strings.Contains(target, "://") || strings.HasPrefix(target, "#") {
		return target
	}
	target, _, _ = strings.Cut(target, "#")
	target, _, _ = strings.Cut(target, "?")
	target = strings.TrimSuffix(strings.TrimSuffix(target, "/"), ".md")
	switch base := path.Base(target); base {
	case "index", "_index":
		return path.Base(path.Dir(target))
	case ".":
		return ""
	default:
		return base
	}
}
