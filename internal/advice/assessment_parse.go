package advice

import (
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// ParseAssessment reads an assessment. Problems of the page as a whole stand at pos.
func ParseAssessment(sections []markdown.Section, settings AssessmentSettings, pos diag.Pos) (Assessment, diag.List) {
	p := asking{reader: newReader(sections, settings.At, pos), byID: map[string]int{}}
	p.out = Assessment{
		Within:     enum(settings.Within, "sum", "lowest", "average"),
		Across:     enum(settings.Across, "sum", "product", "lowest"),
		Disclaimer: strings.TrimSpace(settings.Disclaimer),
	}
	if _, written := settings.At["disclaimer"]; written && p.out.Disclaimer == "" {
		p.diags.Error(p.setting("disclaimer"), "say what the score is not, or leave the key out to show that of the site", "the disclaimer is empty")
	}
	for _, s := range sections {
		p.section(s)
	}
	p.check()
	p.rules(settings.Rules)
	return p.out, p.diags
}

// asking is the parser of assessments.
type asking struct {
	reader
	out     Assessment
	results results
	asked   []diag.Pos     // of the dimensions
	byID    map[string]int // the first dimension with each id
	weakest []diag.Pos     // of the advice for dimensions
	reaches []reach        // of the dimensions; empty where that cannot be told
	current bool           // the last dimension is still open for questions
	depth   int            // level of its heading
}

func (p *asking) section(s markdown.Section) {
	a := p.ofHeading(s)
	switch {
	case a.has("dimension"):
		p.dimension(s, a)
	case a.has("band"):
		a.has("min")
		a.has("max")
		p.current = false
		p.open(s, &p.results.add(s, a).Advice)
		p.inAdvice(s.Blocks)
	case a.has("weakest"):
		p.weak(s, a)
	case p.gather(s):
		p.inAdvice(s.Blocks)
	case p.current && s.Level > p.depth:
		p.question(s, a)
	default:
		p.other(s)
	}
	a.done("headings of an assessment")
}

func (p *asking) dimension(s markdown.Section, a *attrs) {
	p.advice, p.current, p.depth = nil, true, s.Level
	d := Dimension{Heading: heading(s), Intro: s.Blocks, Questions: []Question{}}
	d.ID, _ = a.text("dimension", "write dimension= and a short id, such as dimension=value")
	x, _ := a.get("dimension")
	if i, repeated := p.byID[d.ID]; repeated {
		p.diags.Error(x.Pos, "give each dimension an id of its own", "the id %s is already that of the dimension at %s", quote(d.ID), place(p.asked[i]))
	} else {
		p.byID[d.ID] = len(p.out.Dimensions)
	}
	if strings.ContainsAny(d.ID, " <>=≤≥") {
		p.diags.Error(x.Pos, "join words by -", "a dimension cannot be called %s", quote(d.ID))
	}
	p.stray(s.Blocks, "put a heading with the question above them, one level below that of the dimension")
	p.out.Dimensions = append(p.out.Dimensions, d)
	p.asked = append(p.asked, s.Pos)
}

// stray reports options that stand where there is no question, and checks the rest.
func (p *asking) stray(blocks []markdown.Block, hint string) {
	for _, b := range blocks {
		if b.List != nil && hasTask(b.List.Items) {
			p.diags.Error(b.List.Items[0].Pos, hint, "these options belong to no question")
		} else {
			p.plain(b)
		}
	}
}

func (p *asking) weak(s markdown.Section, a *attrs) {
	p.current = false
	id, _ := a.text("weakest", "write weakest= and the id of a dimension")
	p.out.Weakest = append(p.out.Weakest, Weakest{id, heading(s), []Prose{{Blocks: s.Blocks}}})
	x, _ := a.get("weakest")
	p.weakest = append(p.weakest, x.Pos)
	p.open(s, &p.out.Weakest[len(p.out.Weakest)-1].Advice)
	p.inAdvice(s.Blocks)
}

// other keeps a section that is plain text, before the dimensions or after them.
func (p *asking) other(s markdown.Section) {
	p.current = false
	p.stray(s.Blocks, "put them under a question, and the question under a heading with {dimension=…}")
	switch {
	case s.Level == 0 && len(s.Blocks) == 0:
	case len(p.out.Dimensions) == 0:
		p.out.Intro = append(p.out.Intro, prose(s))
	default:
		p.out.Closing = append(p.out.Closing, prose(s))
	}
}

func (p *asking) question(s markdown.Section, a *attrs) {
	q := Question{ID: s.ID, Heading: heading(s), Options: []Option{}}
	q.Any = a.word("choose", "one", "one", "any") == "any"
	taken := newIDs(nil, "")
	for _, b := range s.Blocks {
		switch {
		case b.List != nil && hasTask(b.List.Items):
			for _, item := range b.List.Items {
				q.Options = append(q.Options, p.option(item, taken))
			}
		case len(q.Options) == 0:
			q.Help = append(q.Help, b)
			p.plain(b)
		default:
			q.After = append(q.After, b)
			p.plain(b)
		}
	}
	for i, o := range q.Options {
		if o.ID == "" {
			q.Options[i].ID = taken.free(textID(o.Text), s.Pos)
		}
	}
	if len(q.Options) == 0 {
		p.diags.Error(s.Pos, "write each answer as an item that begins with \"- [ ]\" and ends with {points=N}", "the question %s has no options", quote(s.Text))
	}
	d := &p.out.Dimensions[len(p.out.Dimensions)-1]
	d.Questions = append(d.Questions, q)
}

// maxPoints keeps all sums and products small enough to be exact.
const maxPoints = 1000

func (p *asking) option(in markdown.Item, taken ids) Option {
	p.boxed(in)
	a := p.ofItem(in)
	if !a.has("points") {
		p.diags.Error(in.Pos, "end it with its points, such as {points=2}", "the option %s has no points", quote(in.Text))
	}
	o := Option{Label: in.Label, Text: in.Text, Help: in.Rest, Bullets: in.Items, Points: a.whole("points", 0, -maxPoints, maxPoints)}
	if in.Attrs.ID != "" && p.claim(taken, in.Attrs) {
		o.ID = in.Attrs.ID
	}
	a.done("options of a question")
	p.plain(in.Rest...)
	if hasTask(in.Items) {
		p.diags.Error(in.Items[0].Pos, "move it up one level, or make it a plain list", "options do not nest: %s is inside %s", quote(in.Items[0].Text), quote(in.Text))
	} else {
		p.plainItems(in.Items)
	}
	return o
}

// check looks at the assessment as a whole.
func (p *asking) check() {
	out := &p.out
	out.Bands = p.results.sorted()
	if len(out.Dimensions) == 0 {
		p.diags.Error(p.pos, "add a heading such as \"## Relationship {dimension=relationship}\" with its questions below", "this assessment has no dimensions")
	}
	sound := len(out.Dimensions) > 0
	for i, d := range out.Dimensions {
		if len(d.Questions) == 0 {
			p.diags.Error(p.asked[i], "add a question as a heading one level below", "the dimension %s has no questions", quote(d.ID))
			sound = false
		}
		for _, q := range d.Questions {
			sound = sound && len(q.Options) > 0
		}
	}
	p.weaknesses()
	if len(out.Bands) == 0 {
		p.diags.Error(p.pos, "add a section such as \"## Result: Warm (6–15) {band=warm min=6 max=15}\"", "this assessment has no results, so no score is in a band")
		return
	}
	if !sound {
		return
	}
	var r reach
	r, p.reaches = out.reach()
	out.Lowest, out.Highest = r.low, r.high
	if !p.results.broken {
		cover(p.results.bands, r, &p.diags)
	}
}

// weaknesses checks that the advice and the dimensions fit each other.
func (p *asking) weaknesses() {
	first := map[string]diag.Pos{}
	for i, w := range p.out.Weakest {
		pos := p.weakest[i]
		if before, repeated := first[w.Dimension]; repeated {
			p.diags.Error(pos, "keep one of them", "advice for %s stands at %s already", quote(w.Dimension), place(before))
		}
		first[w.Dimension] = pos
		if _, known := p.byID[w.Dimension]; !known && w.Dimension != "" {
			p.unknownDimension(pos, w.Dimension)
		}
	}
	for i, d := range p.out.Dimensions {
		if _, ok := first[d.ID]; !ok && len(p.out.Dimensions) > 1 {
			p.diags.Warn(p.asked[i], "add a section such as \"## If "+d.ID+" is lowest {weakest="+d.ID+"}\"", "there is no advice for readers who score lowest on %s", quote(d.ID))
		}
	}
}

// maxNames is how many names a hint chooses from or lists.
const maxNames = 20

func (p *asking) unknownDimension(pos diag.Pos, id string) {
	var known []string
	for _, d := range p.out.Dimensions[:min(maxNames, len(p.out.Dimensions))] {
		known = append(known, d.ID)
	}
	p.diags.Error(pos, didYouMean(id, known, "the dimensions are "+andList(known)), "there is no dimension %s", quote(id))
}

// dimension returns the index of the dimension with the id, or -1.
func (a Assessment) dimension(id string) int {
	for i, d := range a.Dimensions {
		if d.ID == id {
			return i
		}
	}
	return -1
}
