package advice

import (
	"encoding/json"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"rapport/internal/diag"
)

// run loads modules that need no browser, and returns what calls a function
// of theirs with JSON in and out.
func run(t *testing.T, names ...string) func(expression string, args ...any) string {
	t.Helper()
	vm := goja.New()
	imports := regexp.MustCompile(`(?m)^import .*$|^export `)
	for _, name := range names {
		if _, err := vm.RunScript(name, imports.ReplaceAllString(string(Scripts()[name]), "")); err != nil {
			t.Fatal(err)
		}
	}
	return func(expression string, args ...any) string {
		t.Helper()
		data, err := json.Marshal(append([]any{}, args...))
		if err != nil {
			t.Fatal(err)
		}
		v, err := vm.RunString("(([...args]) => JSON.stringify(" + expression + "))(" + string(data) + ")")
		if err != nil {
			t.Fatal(err)
		}
		return v.String()
	}
}

// TestScoresAgree scores every set of answers to "How warm is this lead?" here
// and with the page's script.
func TestScoresAgree(t *testing.T) {
	page := readArchive(t, "testdata/assessment-how-warm.txtar")[1]
	var s AssessmentSettings
	sections := readPage(t, "warm.md", page.text, &s)
	a, diags := ParseAssessment(sections, s, diag.File("warm.md"))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	var sets []map[string][]string
	eachAnswer(a, func(answers map[string][]string) {
		set := map[string][]string{}
		for q, options := range answers {
			set[q] = slices.Clone(options)
		}
		sets = append(sets, set)
	})
	if len(sets) != 4096 {
		t.Fatalf("%d sets of answers", len(sets))
	}
	agree(t, a, sets)
}

// TestScoresAgreeAnyhow does the same for all ways to combine, with answers
// left out and any number of ticks.
func TestScoresAgreeAnyhow(t *testing.T) {
	random := rand.New(rand.NewSource(6))
	for _, within := range []string{"sum", "lowest", "average"} {
		for _, across := range []string{"sum", "product", "lowest"} {
			a := Assessment{Within: within, Across: across,
				Bands: []Band{{ID: "low", Min: -5, Max: 0}, {ID: "middle", Min: 1, Max: 3}, {ID: "high", Min: 3.5, Max: 99}},
				Rules: []Rule{
					{When: []Condition{{"one", "<=", 1}, {"two", ">", 0.5}}, AtMost: "middle"},
					{When: []Condition{{"two", "=", 2}}, AtLeast: "middle", AtMost: "high"},
					{When: []Condition{{"one", ">=", 2}, {"two", "<", 3}}, AtLeast: "high"},
				},
				Dimensions: []Dimension{{ID: "one", Questions: []Question{
					{ID: "q1", Options: []Option{{ID: "a", Points: -1}, {ID: "b", Points: 0}, {ID: "c", Points: 3}}},
					{ID: "q2", Any: true, Options: []Option{{ID: "a", Points: 1}, {ID: "b", Points: 2}, {ID: "c", Points: -2}}},
					{ID: "q3", Options: []Option{{ID: "a", Points: 1}, {ID: "b", Points: 2}}},
				}}, {ID: "two", Questions: []Question{
					{ID: "q4", Options: []Option{{ID: "a", Points: 1}, {ID: "b", Points: 2}, {ID: "c", Points: 5}}},
				}}},
			}
			var sets []map[string][]string
			for range 300 {
				set := map[string][]string{}
				for _, d := range a.Dimensions {
					for _, q := range d.Questions {
						for _, o := range append([]Option{{ID: "unknown"}}, q.Options...) {
							if random.Intn(3) == 0 {
								set[q.ID] = append(set[q.ID], o.ID)
							}
						}
					}
				}
				for _, q := range []string{"q1", "q3", "q4"} {
					if random.Intn(8) > 0 {
						set[q] = []string{[]string{"a", "b"}[random.Intn(2)]}
					}
				}
				sets = append(sets, set)
			}
			agree(t, a, sets)
		}
	}
}

func agree(t *testing.T, a Assessment, sets []map[string][]string) {
	t.Helper()
	var got []Result
	out := run(t, "score.js")("args[1].map((set) => score(args[0], new Map(Object.entries(set))))", a.Config(), sets)
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for i, set := range sets {
		want := a.Score(set)
		r := got[i]
		if !slices.Equal(r.Missing, want.Missing) || !slices.Equal(r.Values, want.Values) || r.Score != want.Score ||
			r.Band != want.Band || r.Plain != want.Plain || r.Weakest != want.Weakest {
			t.Fatalf("%s, %s: %v: the script says %+v, want %+v", a.Within, a.Across, set, r, want)
		}
	}
}

// TestProgressAgrees ticks lists at random here and with the page's script.
func TestProgressAgrees(t *testing.T) {
	random := rand.New(rand.NewSource(6))
	script := run(t, "count.js")
	for n := range 400 {
		c := Checklist{Score: []string{"none", "count", "weighted"}[n%3], Sections: []ChecklistSection{{}}}
		if random.Intn(2) == 0 {
			c.Bands = []Band{{ID: "few", Min: 0, Max: 2}, {ID: "some", Min: 3, Max: 6}, {ID: "many", Min: 7, Max: 100}}
		}
		ticked := map[string]bool{}
		ids := []string{}
		item := func(id string) Item {
			if random.Intn(2) == 0 {
				ticked[id] = true
				ids = append(ids, id)
			}
			return Item{ID: id, Weight: random.Intn(4), Required: random.Intn(3) == 0}
		}
		for i := range random.Intn(6) {
			parent := item(string(rune('a' + i)))
			for k := range random.Intn(4) {
				parent.Children = append(parent.Children, item(parent.ID+string(rune('0'+k))))
			}
			c.Sections[0].Parts = addItems(c.Sections[0].Parts, parent)
		}
		var got Progress
		out := script("count(args[0], args[0].sections.flatMap((s) => s.items), new Set(args[1]))", c.Config(), ids)
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		want := c.Progress(ticked)
		if got.Done != want.Done || got.Total != want.Total || got.Score != want.Score || got.Band != want.Band || !slices.Equal(got.Left, want.Left) {
			t.Fatalf("%+v %v: the script says %+v, want %+v", c.Items(), ids, got, want)
		}
	}
}

// TestDueDays counts from a Tuesday in a leap year and from ends of months.
func TestDueDays(t *testing.T) {
	script := run(t, "dates.js")
	for _, test := range [][3]string{
		{"2028-02-29", "+0d", "2028-02-29"},
		{"2028-02-29", "+1d", "2028-03-01"},
		{"2028-02-29", "-2w", "2028-02-15"},
		{"2028-02-29", "+3bd", "2028-03-03"},
		{"2028-02-29", "+4bd", "2028-03-06"}, // over a weekend
		{"2028-02-29", "-2bd", "2028-02-25"},
		{"2028-03-04", "+1bd", "2028-03-06"}, // from a Saturday
		{"2028-03-05", "-1bd", "2028-03-03"}, // from a Sunday
		{"2028-03-04", "+0bd", "2028-03-04"},
		{"2028-01-31", "+1m", "2028-02-29"},
		{"2027-01-31", "+1m", "2027-02-28"},
		{"2028-03-31", "-1m", "2028-02-29"},
		{"2028-11-30", "+3m", "2029-02-28"},
		{"2028-02-29", "+12m", "2029-02-28"},
		{"2028-02-29", "-2h", "2028-02-29"},
		{"2028-02-29", "+36h", "2028-03-01"},
		{"2026-10-24", "+2d", "2026-10-26"}, // over a change of clocks
	} {
		if got := script("due(args[0], args[1])", test[0], test[1]); got != `"`+test[2]+`"` {
			t.Errorf("%s %s: %s, want %s", test[0], test[1], got, test[2])
		}
	}
}

// TestCalendar reads a calendar file by the rules of RFC 5545.
func TestCalendar(t *testing.T) {
	long := strings.Repeat("Grüße, 😀; ", 20) + "\\ end"
	out := run(t, "ics.js")(`calendar([{uid: "thank-0.list@example.org", day: "2028-03-01", summary: args[0], text: "Line one\nand\r\ntwo", url: "https://example.org/#x"}],
		new Date(Date.UTC(2028, 1, 3, 4, 5, 6, 789)))`, long)
	var file string
	if err := json.Unmarshal([]byte(out), &file); err != nil {
		t.Fatal(err)
	}
	if strings.Count(file, "\n") != strings.Count(file, "\r\n") || !strings.HasSuffix(file, "\r\n") {
		t.Error("a line does not end with CR LF")
	}
	for _, line := range strings.Split(file, "\r\n") {
		if len(line) > 75 {
			t.Errorf("%d octets: %s", len(line), line)
		}
		if strings.ToValidUTF8(line, "?") != line {
			t.Errorf("a character is broken: %q", line)
		}
	}
	lines := strings.Split(strings.ReplaceAll(file, "\r\n ", ""), "\r\n")
	escaped := strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`).Replace(long)
	want := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Rapport//EN", "CALSCALE:GREGORIAN", "BEGIN:VEVENT",
		"UID:thank-0.list@example.org", "DTSTAMP:20280203T040506Z", "DTSTART;VALUE=DATE:20280301", "SUMMARY:" + escaped,
		`DESCRIPTION:Line one\nand\ntwo`, "URL:https://example.org/#x", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", ""}
	if !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

// TestMarkdownOfList reads a list as it is pasted elsewhere.
func TestMarkdownOfList(t *testing.T) {
	out := run(t, "markdown.js")(`markdown("After *it*", [{title: "Soon", lines: [
		{text: "Thank  them", done: true, depth: 0, due: "1 March", note: "Dana\nliked it"},
		{text: "See [this]", done: false, depth: 1, due: "", note: ""}]}], ["1 of 2 done.", "", "The end"])`)
	var got string
	_ = json.Unmarshal([]byte(out), &got)
	const want = "# After \\*it\\*\n\n## Soon\n\n- [x] Thank them (1 March)\n\n  > Dana\n  > liked it\n\n  - [ ] See \\[this\\]\n\n1 of 2 done.\n\nThe end\n"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestImport reads a file of another device.
func TestImport(t *testing.T) {
	script := run(t, "backup.js")
	here := `[["/a/", {kind: "checklist", at: "2028-02-02", done: 1}], ["/b/", {kind: "checklist", at: "2028-01-01", done: 1}]]`
	file := `exported([["/a/", {kind: "checklist", at: "2028-01-01", done: 2}], ["/b/", {kind: "checklist", at: "2028-03-01", done: 2}],
		["/c/", {kind: "guide", at: "2028-03-01"}], ["fields", {kind: "fields", at: "2028-03-01"}],
		["/odd/", {kind: "odd", at: "2028-03-01"}], ["evil", {kind: "guide", at: "2028-03-01"}]], new Date(0))`
	got := script("imported(" + file + ", " + here + ")")
	const want = `{"take":[["/b/",{"kind":"checklist","at":"2028-03-01","done":2}],["/c/",{"kind":"guide","at":"2028-03-01"}],["fields",{"kind":"fields","at":"2028-03-01"}]],"kept":1}`
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, other := range []string{"", "[]", "null", `{"rapport": 2, "records": {}}`, `{"rapport": 1, "records": null}`, "<html>"} {
		if got := script("imported(args[0], [])", other); got != "null" {
			t.Errorf("%q: %s", other, got)
		}
	}
}

// TestScriptsHaveNoComments keeps what nobody needs from being downloaded.
func TestScriptsHaveNoComments(t *testing.T) {
	for name, data := range Scripts() {
		if strings.Contains(string(data), "@typedef") || regexp.MustCompile(`(?m)^\s*//`).Match(data) {
			t.Errorf("%s: comments are left", name)
		}
		for line := range strings.Lines(string(data)) {
			if strings.Count(line, "`")%2 != 0 {
				t.Errorf("%s: a text goes over several lines, of which indents are cut off: %s", name, line)
			}
		}
		if !strings.Contains(string(data), "function") && !strings.Contains(string(data), "=>") {
			t.Errorf("%s: the code is gone as well", name)
		}
	}
}
