package advice

import (
	"math"
	"slices"

	"rapport/internal/diag"
)

// reach is which scores can be reached: all of them if exact, else only the
// lowest and the highest are known.
type reach struct {
	exact     bool
	values    []float64 // rising, if exact
	low, high float64
}

func exactly(values []float64) reach {
	slices.Sort(values)
	values = slices.Compact(values)
	if len(values) == 0 {
		return reach{}
	}
	return reach{true, values, values[0], values[len(values)-1]}
}

func between(low, high float64) reach { return reach{low: low, high: high} }

// cover reports scores that are in no band, scores that are in two, and bands
// that no score reaches. The bands must be sorted and sound.
func cover(bands []foundBand, r reach, diags *diag.List) {
	top := 0 // of the bands so far, the one that reaches highest
	for i, b := range bands {
		if i == 0 {
			r.below(b, diags)
			continue
		}
		prev := bands[top]
		if b.Min <= prev.Max {
			diags.Error(b.pos, "end the lower band before the upper one begins",
				"the bands %s and %s overlap: both hold %s", prev.spell(), b.spell(), number(b.Min))
		} else if lost := r.inside(prev.Max, b.Min); lost != "" {
			diags.Error(b.pos, "move the end of "+quote(prev.Name)+" or the start of "+quote(b.Name),
				"no band holds a score of %s: it falls between %s and %s", lost, prev.spell(), b.spell())
		}
		if b.Max > prev.Max {
			top = i
		}
	}
	r.above(bands[top], diags)
	for _, b := range bands {
		if r.never(b.Band) {
			diags.Warn(b.pos, "scores go from "+number(r.low)+" to "+number(r.high), "no score reaches the band %s", b.spell())
		}
	}
}

func (r reach) below(first foundBand, diags *diag.List) {
	if lost := r.inside(math.Inf(-1), first.Min); lost != "" {
		diags.Error(first.pos, "the lowest score that can be reached is "+number(r.low),
			"no band holds a score of %s: the lowest band is %s", lost, first.spell())
	}
}

func (r reach) above(last foundBand, diags *diag.List) {
	if lost := r.inside(last.Max, math.Inf(1)); lost != "" {
		diags.Error(last.pos, "the highest score that can be reached is "+number(r.high),
			"no band holds a score of %s: the highest band is %s", lost, last.spell())
	}
}

// inside spells the scores strictly between two ends, "" if there are none.
// Without exact values each whole number in reach counts as a score.
func (r reach) inside(low, high float64) string {
	if !r.exact {
		from := max(r.low, math.Floor(low)+1)
		to := min(r.high, math.Ceil(high)-1)
		if from > to {
			return ""
		}
		return spellRange(from, to)
	}
	from, _ := slices.BinarySearch(r.values, low)
	for from < len(r.values) && r.values[from] <= low {
		from++
	}
	to, _ := slices.BinarySearch(r.values, high)
	lost := r.values[min(from, to):to]
	if len(lost) == 0 {
		return ""
	}
	if len(lost) > 4 {
		return spellRange(lost[0], lost[len(lost)-1])
	}
	var spelled []string
	for _, x := range lost {
		spelled = append(spelled, number(x))
	}
	return orList(spelled)
}

func spellRange(from, to float64) string {
	if from == to {
		return number(from)
	}
	return number(from) + " to " + number(to)
}

func (r reach) never(b Band) bool {
	if b.Max < r.low || b.Min > r.high {
		return true
	}
	if !r.exact {
		return false
	}
	at, _ := slices.BinarySearch(r.values, b.Min)
	return at == len(r.values) || r.values[at] > b.Max
}
