package advice

import (
	"math/rand/v2"
	"testing"

	"rapport/internal/diag"
)

// Bands are called sound exactly when each score that can be reached is in one
// of them and none is in two.
func TestCoverAgainstCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	sound := 0
	for range 20000 {
		var values []float64
		for range 1 + r.IntN(5) {
			values = append(values, float64(r.IntN(10))/2)
		}
		var all results
		at := float64(r.IntN(3)) / 2
		for range 1 + r.IntN(3) {
			end := at + float64(r.IntN(5))/2
			all.bands = append(all.bands, foundBand{Band: Band{Min: at, Max: end}})
			at = end + float64(r.IntN(4))/2
		}
		all.sorted()
		gap, overlap := false, false
		for _, v := range values {
			n := 0
			for _, b := range all.bands {
				if b.Min <= v && v <= b.Max {
					n++
				}
			}
			gap = gap || n == 0
		}
		for i, b := range all.bands[1:] {
			overlap = overlap || b.Min <= all.bands[i].Max
		}
		var diags diag.List
		cover(all.bands, exactly(values), &diags)
		if got := diags.Errors() > 0; got != (gap || overlap) {
			t.Fatalf("values %v bands %+v: gap %v overlap %v, but said %v", values, all.bands, gap, overlap, diags)
		}
		if !gap && !overlap {
			sound++
		}
	}
	if sound < 1000 {
		t.Fatalf("only %d sound cases: the test shows little", sound)
	}
}

func TestCoverByBounds(t *testing.T) {
	bands := func(ends ...float64) (all results) {
		for i := 0; i < len(ends); i += 2 {
			all.bands = append(all.bands, foundBand{Band: Band{Min: ends[i], Max: ends[i+1]}})
		}
		return all
	}
	for _, c := range []struct {
		bands  results
		errors int
	}{
		{bands(0, 10), 0},
		{bands(0, 4, 5, 10), 0},
		{bands(0, 3, 5, 10), 1},
		{bands(1, 10), 1},
		{bands(0, 9), 1},
		{bands(0, 5, 5, 10), 1},
		{bands(-5, 20), 0},
		{bands(0, 10, 2, 3), 1},
	} {
		var diags diag.List
		if cover(c.bands.bands, between(0, 10), &diags); diags.Errors() != c.errors {
			t.Errorf("%+v: %v", c.bands.bands, diags)
		}
	}
}
