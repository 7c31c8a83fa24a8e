package advice

import (
	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// AssessmentSettings are the front matter keys of an assessment.
type AssessmentSettings struct {
	Within     string         `key:"within" enum:"sum,lowest,average" default:"sum" doc:"How the answers of one dimension combine."`
	Across     string         `key:"across" enum:"sum,product,lowest" default:"sum" doc:"How the dimensions combine."`
	Rules      []RuleSettings `key:"rules" doc:"Limits on the band that hold whatever the score."`
	Disclaimer string         `key:"disclaimer" doc:"What the score is not. The site's own is shown where this is left out."`

	At map[string]diag.Pos `key:"-"`
}

// RuleSettings are the keys of one rule.
type RuleSettings struct {
	When    string `key:"when" required:"true" doc:"Conditions on dimensions, joined by and: relationship <= 1 and value >= 2."`
	AtMost  string `key:"at_most" doc:"The highest band then, by id or title."`
	AtLeast string `key:"at_least" doc:"The lowest band then, by id or title."`
}

// Assessment is a set of questions with a score. Intro is the plain text before
// the first dimension, Closing that after it.
type Assessment struct {
	Within     string // sum, lowest or average
	Across     string // sum, product or lowest
	Disclaimer string // empty: that of the site
	Intro      []Prose
	Dimensions []Dimension
	Bands      []Band // by rising Min
	Rules      []Rule
	Weakest    []Weakest // in the order of the text
	Closing    []Prose
	Lowest     float64 // score that can be reached
	Highest    float64 // score that can be reached
}

// Dimension is a group of questions that has a value of its own.
type Dimension struct {
	ID        string           `json:"id"`
	Heading   Heading          `json:"-"`
	Intro     []markdown.Block `json:"-"`
	Questions []Question       `json:"questions"`
}

// Question is answered by ticking options.
type Question struct {
	ID      string           `json:"id"` // of its heading
	Heading Heading          `json:"-"`
	Help    []markdown.Block `json:"-"`             // prose before the options
	After   []markdown.Block `json:"-"`             // prose after them
	Any     bool             `json:"any,omitempty"` // any number of options may be ticked; else exactly one
	Options []Option         `json:"options"`
}

// Option is one answer.
type Option struct {
	ID      string           `json:"id"` // unique in its question
	Label   markdown.Body    `json:"-"`
	Text    string           `json:"-"`
	Help    []markdown.Block `json:"-"`
	Bullets []markdown.Item  `json:"-"` // a plain list inside the option, part of the help
	Points  int              `json:"points"`
}

// DOM returns the id of the option's box on the page.
func (q Question) DOM(o Option) string { return "option-" + q.ID + "-" + o.ID }

// Rule limits the band where all its conditions hold. AtMost and AtLeast are
// ids of bands or empty.
type Rule struct {
	When    []Condition `json:"when"`
	AtMost  string      `json:"atMost,omitempty"`
	AtLeast string      `json:"atLeast,omitempty"`
	Text    string      `json:"-"` // the conditions as written
}

// Condition compares the value of a dimension with a number.
type Condition struct {
	Dimension string  `json:"dimension"`
	Op        string  `json:"op"` // <=, <, >=, > or =
	Number    float64 `json:"number"`
}

// Weakest is the advice for readers whose lowest dimension this is.
type Weakest struct {
	Dimension string // its id
	Heading   Heading
	Advice    []Prose // as in Band
}

// AssessmentConfig is what the page's script is given.
type AssessmentConfig struct {
	Within     string      `json:"within"`
	Across     string      `json:"across"`
	Dimensions []Dimension `json:"dimensions"`
	Bands      []Band      `json:"bands"`
	Rules      []Rule      `json:"rules,omitempty"`
	Lowest     float64     `json:"lowest"`
	Highest    float64     `json:"highest"`
}

// Config returns what the page's script is given.
func (a Assessment) Config() AssessmentConfig {
	return AssessmentConfig{a.Within, a.Across, a.Dimensions, a.Bands, a.Rules, a.Lowest, a.Highest}
}
