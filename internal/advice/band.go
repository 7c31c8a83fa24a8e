package advice

import (
	"regexp"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// Band is a range of scores with its own result section.
type Band struct {
	ID      string  `json:"id"`
	Min     float64 `json:"min"`
	Max     float64 `json:"max"` // included
	Name    string  `json:"-"`   // the title without "Result:" and the range in brackets
	Heading Heading `json:"-"`
	Advice  []Prose `json:"-"` // the first without heading, then the sections below it
}

// spell names a band and its range for a message.
func (b Band) spell() string {
	if b.Min == b.Max {
		return quote(b.Name) + " (" + number(b.Min) + ")"
	}
	if b.Min < 0 {
		return quote(b.Name) + " (" + spellRange(b.Min, b.Max) + ")"
	}
	return quote(b.Name) + " (" + number(b.Min) + "–" + number(b.Max) + ")"
}

// results gathers the result sections of a page.
type results struct {
	bands  []foundBand
	byID   map[string]foundBand
	broken bool // one of them could not be read, so coverage cannot be told
}

type foundBand struct {
	Band
	pos diag.Pos
}

// add reads a section whose heading has the key band.
func (r *results) add(s markdown.Section, a *attrs) *foundBand {
	b := Band{Heading: heading(s), Name: bandName(s.Text), Advice: []Prose{{Blocks: s.Blocks}}}
	id, named := a.text("band", "write band= and a short id, such as band=warm")
	b.ID = id
	var low, high bool
	b.Min, low = r.bound(a, "min", s.Pos)
	b.Max, high = r.bound(a, "max", s.Pos)
	if low && high && b.Min > b.Max {
		x, _ := a.get("min")
		a.diags.Error(x.Pos, "exchange the two", "min=%s is above max=%s", number(b.Min), number(b.Max))
		low = false
	}
	if low && high {
		b.agree(s.Pos, a.diags)
	}
	found := foundBand{b, s.Pos}
	if other, repeated := r.byID[id]; repeated && named {
		x, _ := a.get("band")
		a.diags.Error(x.Pos, "give each band an id of its own", "the id %s is already that of %s at %s", quote(id), quote(other.Name), place(other.pos))
	} else if named {
		if r.byID == nil {
			r.byID = map[string]foundBand{}
		}
		r.byID[id] = found
	}
	r.broken = r.broken || !named || !low || !high
	r.bands = append(r.bands, found)
	return &r.bands[len(r.bands)-1]
}

func (r *results) bound(a *attrs, key string, pos diag.Pos) (float64, bool) {
	if !a.has(key) {
		a.diags.Error(pos, "write {band=… min=N max=N}: the lowest and the highest score of the band", "this result has no %s", key)
		return 0, false
	}
	return a.number(key)
}

// sorted returns the bands by rising Min.
func (r *results) sorted() []Band {
	slices.SortStableFunc(r.bands, func(a, b foundBand) int {
		switch {
		case a.Min < b.Min:
			return -1
		case a.Min > b.Min:
			return 1
		}
		return 0
	})
	var bands []Band
	for _, b := range r.bands {
		bands = append(bands, b.Band)
	}
	return bands
}

// titleRange is a range at the end of a title, as readers who score by hand see it.
var titleRange = regexp.MustCompile(`\s*[(（]\s*([0-9.]+)(?:\s*(?:-|–|—|to)\s*([0-9.]+))?\s*[)）]$`)

// bandName drops what only files need from a title: "Result: Cool (6–15)" is
// "Cool" to a reader who has just scored.
func bandName(title string) string {
	name := strings.TrimSpace(title)
	if before, after, ok := strings.Cut(name, ":"); ok && strings.EqualFold(strings.TrimSpace(before), "result") {
		name = strings.TrimSpace(after)
	}
	if name = titleRange.ReplaceAllString(name, ""); name == "" {
		return title
	}
	return name
}

// agree warns where the range in the title is not the one that counts.
func (b Band) agree(pos diag.Pos, diags *diag.List) {
	m := titleRange.FindStringSubmatch(strings.TrimSpace(b.Heading.Text))
	if m == nil {
		return
	}
	low, ok := parseNumber(m[1])
	high, also := low, true
	if m[2] != "" {
		high, also = parseNumber(m[2])
	}
	if ok && also && (low != b.Min || high != b.Max) {
		diags.Warn(pos, "a reader who scores by hand goes by the title: make them the same",
			"the title says %s, but the band goes from %s to %s", spellRange(low, high), number(b.Min), number(b.Max))
	}
}

// bandOf returns the index of the band of a score: the last that begins at or
// below it, else the first. Where the bands cover what can be reached, that is
// the one that holds the score. It is -1 if there are no bands.
func bandOf(bands []Band, score float64) int {
	at := min(0, len(bands)-1)
	for i, b := range bands {
		if b.Min <= score {
			at = i
		}
	}
	return at
}

// findBand returns the index of the band with that id or title, or -1.
func findBand(bands []Band, word string) int {
	if word == "" {
		return -1
	}
	byID := slices.IndexFunc(bands, func(b Band) bool { return b.ID == word })
	if byID >= 0 {
		return byID
	}
	return slices.IndexFunc(bands, func(b Band) bool {
		return strings.EqualFold(b.ID, word) || strings.EqualFold(b.Name, word) || strings.EqualFold(b.Heading.Text, word)
	})
}
