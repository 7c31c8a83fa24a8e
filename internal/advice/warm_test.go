package advice

import (
	"testing"

	"rapport/internal/diag"
)

// TestHowWarm scores every set of answers to "How warm is this lead?" a second
// time, by the words of its page and nothing else.
func TestHowWarm(t *testing.T) {
	page := readArchive(t, "testdata/assessment-how-warm.txtar")[1]
	var s AssessmentSettings
	sections := readPage(t, "warm.md", page.text, &s)
	a, diags := ParseAssessment(sections, s, diag.File("warm.md"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	sets := 0
	bands := map[string]int{}
	eachAnswer(a, func(answers map[string][]string) {
		sets++
		score, band, weakest := howWarm(a, answers)
		got := a.Score(answers)
		if got.Score != score || got.Band != band || got.Weakest != weakest || len(got.Missing) > 0 {
			t.Fatalf("%v: %+v, want %v %s %s", answers, got, score, band, weakest)
		}
		bands[got.Band]++
	})
	if sets != 4096 || len(bands) != 4 {
		t.Errorf("%d sets of answers in the bands %v", sets, bands)
	}
}

func howWarm(a Assessment, answers map[string][]string) (score float64, band, weakest string) {
	var points [6]int
	n := 0
	for _, d := range a.Dimensions {
		for _, q := range d.Questions {
			for i, o := range q.Options {
				if o.ID == answers[q.ID][0] {
					points[n] = i + 1
				}
			}
			n++
		}
	}
	relationship, relevance, value := points[0], points[2], points[4]
	if points[1] < relationship {
		relationship = points[1]
	}
	if points[3] < relevance {
		relevance = points[3]
	}
	if points[5] < value {
		value = points[5]
	}
	product := relationship * relevance * value
	switch {
	case product <= 5:
		band = "slim"
	case product <= 15:
		band = "cool"
	case product <= 31:
		band = "warm"
	default:
		band = "hot"
	}
	if relationship <= 1 && (band == "warm" || band == "hot") {
		band = "cool"
	}
	if relationship >= 4 && band == "slim" {
		band = "cool"
	}
	weakest = "relationship"
	if relevance < relationship {
		weakest = "relevance"
	}
	if value < relationship && value < relevance {
		weakest = "value"
	}
	return float64(product), band, weakest
}
