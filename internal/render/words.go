package render

import (
	"strconv"
	"strings"

	"rapport/internal/advice"
	"rapport/internal/fields"
	"rapport/internal/site"
)

// ID returns what the page is known by on a reader's device: its address
// below the base URL, which survives a move of the whole site.
func (p *PageView) ID() string {
	if p.record != "" {
		return p.record
	}
	return p.URL
}

// Earlier returns the IDs that the page had before it moved, as a JSON list, or
// "": what a reader's device keeps under them is still the reader's.
func (p *PageView) Earlier() string { return earlier(p.file()) }

func earlier(p *site.Page) string {
	if list := p.Earlier(); list != nil {
		return toJSON(list)
	}
	return ""
}

// HasCode reports whether the page shows code, so that its style sheets are
// loaded only where they are needed.
func (p *PageView) HasCode() bool {
	for _, in := range p.insides() {
		if in.page.Code {
			return true
		}
	}
	return p.file().Code
}

// FeedURL returns the address of the feed, or "" if there is none.
func (v *View) FeedURL() string {
	if v.config().BaseURL == "" {
		return ""
	}
	return v.Path("/feed.xml")
}

// Date returns a day in words of the site's language: {{.Date .Meta.Reviewed}}.
func (v *View) Date(day any) string {
	var d fields.Date
	switch day := day.(type) {
	case fields.Date:
		d = day
	case string:
		d, _ = fields.ParseDate(day)
	}
	if d == "" {
		return ""
	}
	t := d.Time()
	return v.T("date", v.T("month."+strconv.Itoa(int(t.Month()))), strconv.Itoa(t.Day()), strconv.Itoa(t.Year()))
}

// Due says when an item is due, as counted from the day that the list is for:
// "3 days before", "1 week after", "on the day".
func (v *View) Due(o *advice.Offset) string { return v.due("due.", o) }

// DueInGuide says when a step is due, which is counted from the day that the
// reader begins: "1 week after the first day", "on the first day".
func (v *View) DueInGuide(o *advice.Offset) string { return v.due("due.first.", o) }

func (v *View) due(words string, o *advice.Offset) string {
	if o.N == 0 {
		return v.T(words + "on")
	}
	span := v.T("unit."+o.Unit, o.N)
	if o.Sign < 0 {
		return v.T(words+"before", span)
	}
	return v.T(words+"after", span)
}

// Range returns the numbers from a to b: "6–15", or one of them where they are
// the same.
func (v *View) Range(a, b float64) string {
	if a == b {
		return number(a)
	}
	return number(a) + "–" + number(b)
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Rule says a rule of an assessment in words.
func (p *PageView) Rule(r advice.Rule) string {
	var when []string
	for _, c := range r.When {
		when = append(when, p.dimension(c.Dimension)+" "+sign(c.Op)+" "+number(c.Number))
	}
	if text := strings.Join(when, ", "); r.AtMost != "" && r.AtLeast != "" {
		return p.T("assessment.between", text, p.band(r.AtLeast), p.band(r.AtMost))
	} else if r.AtMost != "" {
		return p.T("assessment.at-most", text, p.band(r.AtMost))
	} else {
		return p.T("assessment.at-least", text, p.band(r.AtLeast))
	}
}

func sign(op string) string {
	switch op {
	case "<=":
		return "≤"
	case ">=":
		return "≥"
	}
	return op
}

func (p *PageView) dimension(id string) string {
	for _, d := range p.Assessment().Dimensions {
		if d.ID == id {
			return d.Heading.Text
		}
	}
	return id
}

func (p *PageView) band(id string) string {
	for _, b := range p.Assessment().Bands {
		if b.ID == id {
			return b.Name
		}
	}
	return id
}

// Expired reports whether the handout's time is over on the day of the build.
func (p *PageView) Expired() bool {
	h := p.Handout()
	p.note(Today, "")
	return h != nil && h.Expires != "" && string(p.config().Today) >= h.Expires
}

// HandoutBrand returns the brand that the handout wears.
func (p *PageView) HandoutBrand() BrandView {
	c := p.config()
	if h := p.Handout(); h != nil && h.Brand != "" {
		if b, ok := c.Brands[h.Brand]; ok {
			return p.brand(h.Brand, b)
		}
	}
	return p.Brand()
}
