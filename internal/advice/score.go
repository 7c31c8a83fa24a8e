package advice

import "slices"

// Result is what a set of answers comes to.
type Result struct {
	Missing []string  `json:"missing,omitempty"` // ids of questions without an answer; if any, nothing below is set
	Values  []float64 `json:"values,omitempty"`  // of the dimensions, in order
	Score   float64   `json:"score"`
	Band    string    `json:"band,omitempty"`    // id, after the rules
	Plain   string    `json:"plain,omitempty"`   // id of the band of the score alone
	Weakest string    `json:"weakest,omitempty"` // id of a dimension
}

// Score combines the ids of the options ticked, by id of the question. All
// numbers are IEEE doubles and combine in the order of the page, so that a
// script that does the same gets the same bits:
//
//  1. A question's points are those of its one ticked option (another number
//     of ticks means that it is not answered), or the sum over the ticked ones
//     where any number may be; unknown ids count for nothing.
//  2. A dimension's value is the sum of these, the lowest of them, or the sum
//     divided by the number of questions, as Within says.
//  3. The score is the sum, the product or the lowest of the values, as Across
//     says.
//  4. The band is the last one that begins at or below the score, or else the
//     first.
//  5. Each rule in turn whose conditions all hold moves the band down to
//     AtMost if it is above it, then up to AtLeast if it is below it.
//  6. The weakest dimension is the one with the lowest value, the first of
//     equals.
func (a Assessment) Score(answers map[string][]string) Result {
	var missing []string
	var values []float64
	for _, d := range a.Dimensions {
		var points []int
		for _, q := range d.Questions {
			sum, answered := q.points(answers[q.ID])
			if !answered {
				missing = append(missing, q.ID)
			}
			points = append(points, sum)
		}
		values = append(values, a.combine(points))
	}
	if len(missing) > 0 || len(values) == 0 {
		return Result{Missing: missing}
	}
	r := Result{Values: values, Score: values[0]}
	weakest := 0
	for i, v := range values[1:] {
		r.Score = a.join(r.Score, v)
		if v < values[weakest] {
			weakest = i + 1
		}
	}
	r.Weakest = a.Dimensions[weakest].ID
	if at := bandOf(a.Bands, r.Score); at >= 0 {
		r.Plain, r.Band = a.Bands[at].ID, a.Bands[a.limit(at, values)].ID
	}
	return r
}

func (q Question) points(ticked []string) (sum int, answered bool) {
	n := 0
	for _, o := range q.Options {
		if slices.Contains(ticked, o.ID) {
			sum += o.Points
			n++
		}
	}
	return sum, q.Any || n == 1
}

// combine turns the points of a dimension's questions into its value.
func (a Assessment) combine(points []int) float64 {
	if len(points) == 0 {
		return 0
	}
	if a.Within == "lowest" {
		return float64(slices.Min(points))
	}
	sum := 0
	for _, n := range points {
		sum += n
	}
	return a.value(sum, len(points))
}

// value turns a sum, or a lowest, over n questions into a value.
func (a Assessment) value(sum, n int) float64 {
	if a.Within == "average" {
		return float64(sum) / float64(n)
	}
	return float64(sum)
}

// join adds the value of one more dimension to a score.
func (a Assessment) join(score, value float64) float64 {
	switch a.Across {
	case "product":
		return score*value + 0 // minus nought becomes nought
	case "lowest":
		return min(score, value)
	}
	return score + value
}

// limit applies the rules to the index of a band.
func (a Assessment) limit(at int, values []float64) int {
	for _, rule := range a.Rules {
		if !a.hold(rule.When, values) {
			continue
		}
		if most := findBand(a.Bands, rule.AtMost); most >= 0 && at > most {
			at = most
		}
		if least := findBand(a.Bands, rule.AtLeast); least >= 0 && at < least {
			at = least
		}
	}
	return at
}

func (a Assessment) hold(conditions []Condition, values []float64) bool {
	for _, c := range conditions {
		at := a.dimension(c.Dimension)
		if at < 0 || !c.holds(values[at]) {
			return false
		}
	}
	return true
}
