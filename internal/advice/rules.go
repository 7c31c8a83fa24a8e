package advice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"rapport/internal/diag"
)

var (
	conjunction = regexp.MustCompile(`(?i)\s+and\s+`)
	comparison  = regexp.MustCompile(`^([^\s<>=≤≥]+)\s*(<=|>=|==|<|>|=|≤|≥)\s*(-?[0-9]+(?:\.[0-9]+)?)$`)
	operators   = map[string]string{"≤": "<=", "≥": ">=", "==": "="}
)

// rules reads the rules of the front matter; it needs dimensions and bands.
func (p *asking) rules(settings []RuleSettings) {
	for i, s := range settings {
		path := "rules." + strconv.Itoa(i)
		at := func(key string) diag.Pos { return p.setting(path+"."+key, path, "rules") }
		if s.When == "" {
			continue // required, so whoever decodes it has said so
		}
		rule := Rule{Text: s.When}
		sound := true
		for _, text := range conjunction.Split(strings.TrimSpace(s.When), -1) {
			c, ok := p.condition(text, narrow(at("when"), text))
			rule.When, sound = append(rule.When, c), sound && ok
		}
		if s.AtMost == "" && s.AtLeast == "" {
			p.diags.Error(at("when"), "add at_most: or at_least: and the name of a band", "the rule %s changes nothing", quote(s.When))
			continue
		}
		most, mostOK := p.bandNamed(s.AtMost, at("at_most"))
		least, leastOK := p.bandNamed(s.AtLeast, at("at_least"))
		if !sound || !mostOK || !leastOK {
			continue
		}
		if most >= 0 && least > most {
			p.diags.Error(at("at_least"), "exchange the two", "no band is at least %s and at most %s", quote(s.AtLeast), quote(s.AtMost))
			continue
		}
		if most >= 0 {
			rule.AtMost = p.out.Bands[most].ID
		}
		if least >= 0 {
			rule.AtLeast = p.out.Bands[least].ID
		}
		p.out.Rules = append(p.out.Rules, rule)
	}
}

// condition reads one comparison of a rule.
func (p *asking) condition(text string, pos diag.Pos) (Condition, bool) {
	m := comparison.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		p.diags.Error(pos, "write a dimension, one of <= < >= > =, and a number: relationship <= 1 and value >= 2", "cannot read the condition %s", quote(text))
		return Condition{}, false
	}
	c := Condition{Dimension: m[1], Op: m[2]}
	if plain, ok := operators[c.Op]; ok {
		c.Op = plain
	}
	n, ok := parseNumber(m[3])
	c.Number = n
	at, known := p.byID[c.Dimension]
	if !known {
		p.unknownDimension(narrow(pos, c.Dimension), c.Dimension)
		return c, false
	}
	if ok && len(p.reaches) > 0 {
		if r := p.reaches[at]; r.exact && !c.possible(r) {
			p.diags.Warn(pos, fmt.Sprintf("%s goes from %s to %s", c.Dimension, number(r.low), number(r.high)), "the condition %s can never hold", quote(text))
		}
	}
	return c, ok
}

// possible reports whether the condition holds for any value in reach.
func (c Condition) possible(r reach) bool {
	for _, v := range r.values {
		if c.holds(v) {
			return true
		}
	}
	return false
}

func (c Condition) holds(value float64) bool {
	switch c.Op {
	case "<=":
		return value <= c.Number
	case "<":
		return value < c.Number
	case ">=":
		return value >= c.Number
	case ">":
		return value > c.Number
	}
	return value == c.Number
}

// bandNamed returns the index of the band that a rule names, -1 for no name.
func (p *asking) bandNamed(word string, pos diag.Pos) (int, bool) {
	if word == "" {
		return -1, true
	}
	at := findBand(p.out.Bands, word)
	if at < 0 {
		var known []string
		for _, b := range p.out.Bands[:min(maxNames, len(p.out.Bands))] {
			known = append(known, b.Name)
		}
		p.diags.Error(pos, didYouMean(word, known, "the bands are "+andList(known)), "there is no band %s", quote(word))
	}
	return at, at >= 0
}
