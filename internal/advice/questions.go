package advice

import (
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// QuestionsSettings are the front matter keys of a question bank: none of its own.
type QuestionsSettings struct {
	At map[string]diag.Pos `key:"-"`
}

// Questions is a question bank.
type Questions struct {
	Lead       []markdown.Block
	Situations []Situation
}

// Situation is a heading with prose and questions in the order of the text. It
// may hold no question at all.
type Situation struct {
	Heading
	Stage []FacetValue
	Parts []Part[BankQuestion]
}

// Questions returns the questions without the prose between them.
func (s Situation) Questions() []BankQuestion { return allItems(s.Parts) }

// BankQuestion is one question to ask.
type BankQuestion struct {
	ID       string           `json:"id"`
	Label    markdown.Body    `json:"-"`
	Text     string           `json:"-"`
	Depth    string           `json:"depth,omitempty"` // easy, open, deep or empty
	Audience []FacetValue     `json:"audience,omitempty"`
	Why      []markdown.Block `json:"-"` // why it works or what to listen for
	Bullets  []markdown.Item  `json:"-"` // a list inside the item, part of the why
}

// DOM returns the id of the question's box on the page.
func (q BankQuestion) DOM() string { return questionPrefix + q.ID }

// FacetValue is a value that the site's facets must know.
type FacetValue struct {
	Facet string // stage or audience
	Value string
	Pos   diag.Pos
}

// MarshalText makes JSON hold the value alone.
func (f FacetValue) MarshalText() ([]byte, error) { return []byte(f.Value), nil }

// QuestionsConfig is what the page's script is given.
type QuestionsConfig struct {
	Situations []SituationConfig `json:"situations"` // those with questions
}

// SituationConfig names a situation by its heading's id.
type SituationConfig struct {
	ID        string         `json:"id"`
	Stage     []FacetValue   `json:"stage,omitempty"`
	Questions []BankQuestion `json:"questions"`
}

// Config returns what the page's script is given.
func (q Questions) Config() QuestionsConfig {
	config := QuestionsConfig{Situations: []SituationConfig{}}
	for _, s := range q.Situations {
		if questions := s.Questions(); len(questions) > 0 {
			config.Situations = append(config.Situations, SituationConfig{s.ID, s.Stage, questions})
		}
	}
	return config
}

// Facets returns every facet value that the bank names, in order.
func (q Questions) Facets() []FacetValue {
	var values []FacetValue
	for _, s := range q.Situations {
		values = append(values, s.Stage...)
		for _, question := range s.Questions() {
			values = append(values, question.Audience...)
		}
	}
	return values
}

// ParseQuestions reads a question bank. Problems of the page as a whole stand at pos.
//
// Under a heading every list holds questions, but for one whose items all begin
// with a link ("Do this next"). Before the first heading a list is prose, unless
// the page has no headings.
func ParseQuestions(sections []markdown.Section, settings QuestionsSettings, pos diag.Pos) (Questions, diag.List) {
	p := bank{reader: newReader(sections, settings.At, pos), first: map[string]diag.Pos{}}
	p.ids = newIDs(p.headings, questionPrefix)
	for _, s := range sections {
		p.section(s, s.Level > 0 || len(sections) == 1)
	}
	p.name()
	if len(p.first) == 0 {
		p.diags.Error(pos, "write a list of questions under each heading: - How did the two of you meet?", "this page has no questions")
	}
	return p.out, p.diags
}

// bank is the parser of question banks.
type bank struct {
	reader
	out   Questions
	ids   ids
	first map[string]diag.Pos // where each question stands first
}

func (p *bank) section(s markdown.Section, lists bool) {
	a := p.ofHeading(s)
	situation := Situation{Heading: heading(s), Stage: a.list("stage")}
	a.done("headings of a question bank")
	for _, b := range s.Blocks {
		switch {
		case lists && b.List != nil && !allLinks(b.List.Items):
			for _, item := range b.List.Items {
				situation.Parts = addItems(situation.Parts, p.question(item))
			}
		case s.Level == 0 && len(situation.Parts) == 0:
			p.out.Lead = append(p.out.Lead, b)
			p.plain(b)
		default:
			situation.Parts = addProse(situation.Parts, b)
			p.plain(b)
		}
	}
	if s.Level > 0 || len(situation.Parts) > 0 {
		p.out.Situations = append(p.out.Situations, situation)
	}
}

func allLinks(items []markdown.Item) bool {
	for _, item := range items {
		if item.First == nil {
			return false
		}
	}
	return true
}

func (p *bank) question(in markdown.Item) BankQuestion {
	a := p.ofItem(in)
	q := BankQuestion{
		Label: in.Label, Text: in.Text, Why: in.Rest, Bullets: in.Items,
		Depth:    a.word("depth", "", "easy", "open", "deep"),
		Audience: a.list("audience"),
	}
	a.done("questions")
	p.plain(in.Rest...)
	p.plainItems(in.Items)
	if in.Attrs.ID != "" && p.claim(p.ids, in.Attrs) {
		q.ID = in.Attrs.ID
	}
	if !strings.ContainsAny(in.Text, "?？؟⁇⁈⸮;") {
		p.diags.Error(in.Pos, "end it with ?, or write it as a paragraph", "%s is not a question", quote(in.Text))
	}
	key := sameWords(in.Text)
	if first, repeated := p.first[key]; repeated {
		p.diags.Error(in.Pos, "keep the one that fits better", "this question stands at %s already: %s", place(first), quote(in.Text))
	} else {
		p.first[key] = in.Pos
	}
	return q
}

// name gives the questions without an explicit id one made from their text.
func (p *bank) name() {
	for _, s := range p.out.Situations {
		for _, part := range s.Parts {
			for i := range part.Items {
				if q := &part.Items[i]; q.ID == "" {
					q.ID = p.ids.free(textID(q.Text), p.pos)
				}
			}
		}
	}
}
