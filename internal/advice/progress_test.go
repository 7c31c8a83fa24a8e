package advice

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestProgress(t *testing.T) {
	list := Checklist{
		Score: "weighted", Most: 17,
		Sections: []ChecklistSection{{Parts: []Part[Item]{{Items: []Item{
			{ID: "a", Weight: 5, Required: true},
			{ID: "b", Weight: 1, Required: true, Children: []Item{
				{ID: "b1", Weight: 2, Required: true},
				{ID: "b2", Weight: 3},
			}},
			{ID: "c", Weight: 2, Children: []Item{{ID: "c1", Weight: 4}}},
		}}}}},
		Bands: []Band{{ID: "low", Min: 0, Max: 5}, {ID: "high", Min: 6, Max: 17}},
	}
	for _, c := range []struct {
		ticked string
		want   Progress
	}{
		{"", Progress{0, 6, 0, 17, "low", []string{"a", "b", "b1"}}},
		{"a", Progress{1, 6, 5, 17, "low", []string{"b", "b1"}}},
		{"b", Progress{0, 6, 0, 17, "low", []string{"a", "b", "b1"}}}, // its children say whether it is done
		{"b2", Progress{1, 6, 3, 17, "low", []string{"a", "b", "b1"}}},
		{"b1", Progress{2, 6, 3, 17, "low", []string{"a"}}},
		{"c", Progress{1, 6, 2, 17, "low", []string{"a", "b", "b1"}}}, // no required child: its own box
		{"c1", Progress{1, 6, 4, 17, "low", []string{"a", "b", "b1"}}},
		{"a b1 b2 c c1 gone", Progress{6, 6, 17, 17, "high", nil}},
	} {
		ticked := map[string]bool{}
		for id := range wordSet(c.ticked) {
			ticked[id] = true
		}
		if got := list.Progress(ticked); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%q: %+v, want %+v", c.ticked, got, c.want)
		}
	}
	list.Score = "count"
	if got := list.Progress(map[string]bool{"a": true, "b1": true}); got.Score != 3 {
		t.Errorf("counted: %+v", got)
	}
	list.Score = "none"
	if got := list.Progress(map[string]bool{"a": true}); got.Score != 0 || got.Band != "" || got.Done != 1 {
		t.Errorf("not scored: %+v", got)
	}
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words(text) {
		set[w] = true
	}
	return set
}

// The totals that bands must hold are those that some set of ticks gives.
func TestTotalsAreWhatTicksGive(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		list, ids := randomList(r)
		var want []float64
		for set := range 1 << len(ids) {
			ticked := map[string]bool{}
			for bit, id := range ids {
				ticked[id] = set>>bit&1 == 1
			}
			want = append(want, float64(list.Progress(ticked).Score))
		}
		slices.Sort(want)
		want = slices.Compact(want)
		if got := list.totals(list.Items()); !got.exact || !slices.Equal(got.values, want) {
			t.Fatalf("totals of %+v are %v, ticks give %v", list.Items(), got.values, want)
		}
	}
}

func randomList(r *rand.Rand) (Checklist, []string) {
	list := Checklist{Score: []string{"none", "count", "weighted"}[r.IntN(3)]}
	var ids []string
	draw := func() Item {
		ids = append(ids, fmt.Sprint("i", len(ids)))
		return Item{ID: ids[len(ids)-1], Weight: r.IntN(5), Required: r.IntN(2) == 0}
	}
	var items []Item
	for range 1 + r.IntN(3) {
		item := draw()
		for range r.IntN(4) {
			item.Children = append(item.Children, draw())
		}
		items = append(items, item)
	}
	list.Sections = []ChecklistSection{{Parts: []Part[Item]{{Items: items}}}}
	return list, ids
}
