package advice

import (
	"maps"
	"math"
	"slices"
)

// maxPairs bounds the enumeration of scores: a few million sums take a fraction
// of a second, and no assessment that people answer comes near.
const maxPairs = 2_000_000

// reach returns the scores that answers can give, and what each dimension can
// come to. It goes through the sets of values that questions, then dimensions,
// can take, in the order and with the arithmetic of Score. Where there are too
// many it knows bounds alone. There must be a dimension, and an option for each
// question.
func (a Assessment) reach() (total reach, each []reach) {
	work := 0
	for i, d := range a.Dimensions {
		value := a.values(d, &work)
		each = append(each, value)
		if i == 0 {
			total = value
		} else {
			total = a.across(total, value, &work)
		}
	}
	return total, each
}

func (a Assessment) across(score, value reach, work *int) reach {
	*work += len(score.values) * len(value.values)
	if !score.exact || !value.exact || *work > maxPairs {
		corners := []float64{
			a.join(score.low, value.low), a.join(score.low, value.high),
			a.join(score.high, value.low), a.join(score.high, value.high),
		}
		return between(slices.Min(corners), slices.Max(corners))
	}
	joined := map[float64]bool{}
	for _, x := range score.values {
		for _, y := range value.values {
			joined[a.join(x, y)] = true
		}
	}
	return exactly(slices.Collect(maps.Keys(joined)))
}

// values returns what one dimension can come to.
func (a Assessment) values(d Dimension, work *int) reach {
	if len(d.Questions) == 0 {
		return exactly([]float64{0})
	}
	var sums map[int]bool
	low, high, exact := 0, 0, true
	for i, q := range d.Questions {
		points, least, most, all := q.totals(work)
		exact = exact && all
		switch {
		case i == 0:
			sums, low, high = points, least, most
			continue
		case a.Within == "lowest":
			low, high = min(low, least), min(high, most)
		default:
			low, high = low+least, high+most
		}
		if *work += len(sums) * len(points); *work > maxPairs {
			exact = false
		}
		if exact {
			sums = a.pairs(sums, points)
		}
	}
	n := len(d.Questions)
	if !exact {
		return between(a.value(low, n), a.value(high, n))
	}
	var values []float64
	for sum := range sums {
		values = append(values, a.value(sum, n))
	}
	return exactly(values)
}

func (a Assessment) pairs(sums, points map[int]bool) map[int]bool {
	next := map[int]bool{}
	for x := range sums {
		for y := range points {
			if a.Within == "lowest" {
				next[min(x, y)] = true
			} else {
				next[x+y] = true
			}
		}
	}
	return next
}

// totals returns what answers to one question can come to, and the ends of that.
// It reports false where only the ends are known.
func (q Question) totals(work *int) (sums map[int]bool, least, most int, exact bool) {
	sums = map[int]bool{}
	if !q.Any {
		least, most = math.MaxInt, math.MinInt
		for _, o := range q.Options {
			sums[o.Points] = true
			least, most = min(least, o.Points), max(most, o.Points)
		}
		return sums, least, most, true
	}
	sums[0] = true
	for _, o := range q.Options {
		least, most = least+min(0, o.Points), most+max(0, o.Points)
		if *work += len(sums); *work > maxPairs {
			continue
		}
		next := maps.Clone(sums)
		for sum := range sums {
			next[sum+o.Points] = true
		}
		sums = next
	}
	return sums, least, most, *work <= maxPairs
}
