package search

import "math"

// The one configuration of the ranking that is fixed at build time; the rest
// is in client.js. Weights fall in the order of the fields; spread says how
// much a long field dilutes its words (b of BM25).
var (
	fieldWeight = [fieldCount]float64{fieldTitle: 3, fieldAlso: 2.5, fieldQueries: 2.5, fieldHeadings: 2, fieldSummary: 1.5, fieldLabels: 1, fieldBody: 1}
	fieldSpread = [fieldCount]float64{fieldTitle: .4, fieldAlso: .4, fieldQueries: .4, fieldHeadings: .5, fieldSummary: .5, fieldLabels: .5, fieldBody: .85}
)

const (
	saturation = 2  // k1 of BM25
	levels     = 15 // steps of an impact; it takes four bits
)

// steady rounds a length to so many steps an octave, so that an edit moves the
// impacts of the words that it touches and rarely those of all others.
func steady(length, steps float64) float64 {
	if length <= 0 {
		return 0
	}
	return math.Exp2(math.Round(math.Log2(length)*steps) / steps)
}

// scale is how much one word counts in each field of a page.
type scale [fieldCount]float64

func newScale(lens [fieldCount]int32, means [fieldCount]float64) (s scale) {
	for f := range s {
		s[f] = fieldWeight[f]
		if means[f] > 0 {
			s[f] /= 1 - fieldSpread[f] + fieldSpread[f]*steady(float64(lens[f]), 6)/means[f]
		}
	}
	return s
}

// weigh returns the weight of a word with these counts, and its name level.
func (s *scale) weigh(counts []byte) (weight float64, name uint8) {
	if len(counts) == 1 {
		return float64(counts[0]) * s[fieldBody], 0
	}
	i := 2
	for f := range s {
		if counts[0]&(1<<f) != 0 {
			weight += float64(float64(counts[i]) * s[f]) // rounded here on all machines
			i++
		}
	}
	return weight, counts[1] & 15
}
