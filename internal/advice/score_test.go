package advice

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// eachAnswer calls f with every complete set of answers: one option for each
// question, or any subset of them.
func eachAnswer(a Assessment, f func(map[string][]string)) {
	var questions []Question
	for _, d := range a.Dimensions {
		questions = append(questions, d.Questions...)
	}
	answers := map[string][]string{}
	var next func(i int)
	next = func(i int) {
		if i == len(questions) {
			f(answers)
			return
		}
		q := questions[i]
		if !q.Any {
			for _, o := range q.Options {
				answers[q.ID] = []string{o.ID}
				next(i + 1)
			}
			return
		}
		for set := range 1 << len(q.Options) {
			var ticked []string
			for bit, o := range q.Options {
				if set>>bit&1 == 1 {
					ticked = append(ticked, o.ID)
				}
			}
			answers[q.ID] = ticked
			next(i + 1)
		}
	}
	next(0)
}

// randomAssessment draws a small assessment of any kind.
func randomAssessment(r *rand.Rand) Assessment {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	a := Assessment{Within: pick("sum", "lowest", "average"), Across: pick("sum", "product", "lowest")}
	for d := range 1 + r.IntN(3) {
		dimension := Dimension{ID: fmt.Sprint("d", d)}
		for q := range 1 + r.IntN(2) {
			question := Question{ID: fmt.Sprint("q", d, q), Any: r.IntN(3) == 0}
			for o := range 1 + r.IntN(3) {
				question.Options = append(question.Options, Option{ID: fmt.Sprint("o", o), Points: r.IntN(9) - 3})
			}
			dimension.Questions = append(dimension.Questions, question)
		}
		a.Dimensions = append(a.Dimensions, dimension)
	}
	return a
}

func TestReachIsWhatAnswersGive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		a := randomAssessment(r)
		var want []float64
		eachAnswer(a, func(answers map[string][]string) { want = append(want, a.Score(answers).Score) })
		slices.Sort(want)
		want = slices.Compact(want)
		got, _ := a.reach()
		if !got.exact || !slices.Equal(got.values, want) {
			t.Fatalf("%s of %s: reach is %v, answers give %v in %+v", a.Across, a.Within, got.values, want, a.Dimensions)
		}
	}
}

func TestReachOfTooManyIsBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		a := randomAssessment(r)
		exact, _ := a.reach()
		work := maxPairs // nothing may be enumerated any more
		total := a.values(a.Dimensions[0], &work)
		for _, d := range a.Dimensions[1:] {
			total = a.across(total, a.values(d, &work), &work)
		}
		if total.low > exact.low || total.high < exact.high {
			t.Fatalf("bounds %v–%v do not hold %v", total.low, total.high, exact.values)
		}
	}
	big := Assessment{Within: "sum", Across: "product"}
	for d := range 12 {
		dimension := Dimension{ID: fmt.Sprint("d", d)}
		for q := range 6 {
			question := Question{ID: fmt.Sprint(d, q)}
			for points := range 10 {
				question.Options = append(question.Options, Option{ID: fmt.Sprint(points), Points: points})
			}
			dimension.Questions = append(dimension.Questions, question)
		}
		big.Dimensions = append(big.Dimensions, dimension)
	}
	got, _ := big.reach()
	if got.exact || got.low != 0 || got.high != 54*54*54*54*54*54*54*54*54*54*54*54. {
		t.Errorf("reach of 72 questions: %v", got)
	}
}

func TestScoreOfMissingAnswers(t *testing.T) {
	a := Assessment{Within: "sum", Across: "sum", Dimensions: []Dimension{{ID: "d", Questions: []Question{
		{ID: "one", Options: []Option{{ID: "a", Points: 1}, {ID: "b", Points: 2}}},
		{ID: "any", Any: true, Options: []Option{{ID: "a", Points: 3}, {ID: "b", Points: 4}}},
	}}}}
	for _, c := range []struct {
		answers map[string][]string
		missing int
		score   float64
	}{
		{nil, 1, 0},
		{map[string][]string{"any": {"a"}}, 1, 0},
		{map[string][]string{"one": {"a", "b"}}, 1, 0},
		{map[string][]string{"one": {"gone"}}, 1, 0},
		{map[string][]string{"one": {"b"}}, 0, 2},
		{map[string][]string{"one": {"b"}, "any": {"b", "a", "a", "gone"}, "gone": {"a"}}, 0, 9},
	} {
		if got := a.Score(c.answers); len(got.Missing) != c.missing || got.Score != c.score {
			t.Errorf("%v: %+v", c.answers, got)
		}
	}
	if got := (Assessment{}).Score(nil); got.Band != "" || got.Missing != nil {
		t.Errorf("no questions: %+v", got)
	}
}

func TestScoreRulesAndTies(t *testing.T) {
	question := func(id string) Dimension {
		q := Question{ID: id}
		for points := range 6 {
			q.Options = append(q.Options, Option{ID: fmt.Sprint(points), Points: points})
		}
		return Dimension{ID: id, Questions: []Question{q}}
	}
	a := Assessment{
		Within: "sum", Across: "sum",
		Dimensions: []Dimension{question("x"), question("y")},
		Bands:      []Band{{ID: "low", Min: 0, Max: 3}, {ID: "mid", Min: 4, Max: 6}, {ID: "high", Min: 7, Max: 10}},
	}
	at := func(op string, n float64) []Condition { return []Condition{{"x", op, n}} }
	for _, c := range []struct {
		rules                []Rule
		x, y                 int
		plain, band, weakest string
	}{
		{nil, 5, 5, "high", "high", "x"},
		{nil, 5, 2, "high", "high", "y"},
		{[]Rule{{When: at("<=", 2), AtMost: "mid"}}, 2, 5, "high", "mid", "x"},
		{[]Rule{{When: at("<", 2), AtMost: "mid"}}, 2, 5, "high", "high", "x"},
		{[]Rule{{When: at(">=", 4), AtLeast: "mid"}}, 4, 0, "mid", "mid", "y"},
		{[]Rule{{When: at(">", 2), AtLeast: "mid"}}, 3, 0, "low", "mid", "y"},
		{[]Rule{{When: at("=", 3), AtLeast: "mid", AtMost: "mid"}}, 3, 0, "low", "mid", "y"},
		{[]Rule{{When: at("=", 3), AtLeast: "mid"}, {When: at("=", 3), AtMost: "low"}}, 3, 0, "low", "low", "y"},
		{[]Rule{{When: []Condition{{"x", ">=", 3}, {"y", ">=", 1}}, AtLeast: "high"}}, 3, 0, "low", "low", "y"},
		{[]Rule{{When: []Condition{{"x", ">=", 3}, {"y", ">=", 1}}, AtLeast: "high"}}, 3, 1, "mid", "high", "y"},
	} {
		a.Rules = c.rules
		got := a.Score(map[string][]string{"x": {fmt.Sprint(c.x)}, "y": {fmt.Sprint(c.y)}})
		if got.Plain != c.plain || got.Band != c.band || got.Weakest != c.weakest {
			t.Errorf("x=%d y=%d %v: %+v", c.x, c.y, c.rules, got)
		}
	}
}
