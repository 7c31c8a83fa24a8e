package search

import (
	"fmt"
	"strings"
	"testing"
)

func TestPagesVouchForEachOther(t *testing.T) {
	var pages []Page
	for i := range 6 { // five about sailing that name the wind, and one that does not
		wind := strings.Repeat("wind ", 3*min(5-i, 1))
		pages = append(pages, Page{URL: fmt.Sprintf("/sail%c/", 'a'+i), Text: "keel rudder jib halyard mast " + wind + "breeze or calm water here"})
	}
	for i := range 18 {
		pages = append(pages, Page{URL: fmt.Sprintf("/oven%c/", 'a'+i), Text: "flour yeast dough crust crumb and calm water here"})
	}
	pages[6].Text += " breeze"
	r := newSite(t, Options{}, pages...).find("wind breeze", QueryOptions{Limit: 20})
	if r.Total != 7 || r.Results[5].URL != "/sailf/" {
		t.Errorf("the page among its like should come sixth: %s", r.urls())
	}
}

func TestNearestPages(t *testing.T) {
	for _, test := range []struct {
		sims []int32
		want string
	}{
		{[]int32{5, 0, 9, 7, 9, 1}, "2 4 3"},
		{[]int32{0, 0, 3}, "2"},
		{[]int32{4, 4, 4, 4}, "0 1 2"},
		{nil, ""},
	} {
		var got []string
		for _, l := range nearest(test.sims) {
			got = append(got, fmt.Sprint(l.page))
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%v: %v, want %s", test.sims, got, test.want)
		}
	}
}

func TestGroupsHoldPagesThatAreNear(t *testing.T) {
	near := [][]link{{{2, 90}}, {{3, 80}}, {{0, 90}, {4, 10}}, {{1, 80}}, {{2, 10}}, nil}
	for size, want := range map[int]string{2: "[[0 2] [1 3] [4 5]]", 3: "[[0 2 4] [1 3 5]]", 6: "[[0 1 2 3 4 5]]"} {
		if got := fmt.Sprint(gather(near, size)); got != want {
			t.Errorf("groups of %d: %s, want %s", size, got, want)
		}
	}
}
