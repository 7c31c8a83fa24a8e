package advice_test

import (
	"fmt"
	"slices"
	"testing"

	"rapport/internal/advice"
)

// TestLost edits a list the way authors do and looks at what readers lose.
func TestLost(t *testing.T) {
	before := advice.Published{"/checklists/after/": {
		"thank":      "Send a thank-you",
		"act-1a2b3c": "Do one thing they suggested",
		"walk":       "Take a walk",
	}}
	edit := func(items map[string]string) advice.Published {
		return advice.Published{"/checklists/after/": items}
	}
	for name, test := range map[string]struct {
		after advice.Published
		want  []advice.Loss
	}{
		"reordered and extended": {edit(map[string]string{
			"walk": "Take a walk", "thank": "Send a thank-you", "act-1a2b3c": "Do one thing they suggested", "more": "Sleep",
		}), nil},
		"new words under an id of the author": {edit(map[string]string{
			"walk": "Take a walk", "thank": "Write to them", "act-1a2b3c": "Do one thing they suggested",
		}), nil},
		"new words without one": {edit(map[string]string{
			"walk": "Take a walk", "thank": "Send a thank-you", "act-9f8e7d": "Do the one thing they suggested",
		}), []advice.Loss{{"/checklists/after/", "act-1a2b3c", "Do one thing they suggested", "Do the one thing they suggested"}}},
		"taken out": {edit(map[string]string{
			"thank": "Send a thank-you", "act-1a2b3c": "Do one thing they suggested", "new": "Something else",
		}), []advice.Loss{{"/checklists/after/", "walk", "Take a walk", ""}}},
		"page gone": {advice.Published{}, []advice.Loss{{Page: "/checklists/after/"}}},
		"new page":  {advice.Published{"/checklists/after/": before["/checklists/after/"], "/b/": {"x": "y"}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := advice.Lost(before, test.after); !slices.Equal(got, test.want) {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}

// TestLostThousands writes a long list afresh: not each of its items is compared
// with each new one.
func TestLostThousands(t *testing.T) {
	before, after := map[string]string{}, map[string]string{}
	for i := range 4000 {
		before[fmt.Sprintf("a%04d", i)] = fmt.Sprintf("Call them on day %d", i)
		after[fmt.Sprintf("b%04d", i)] = fmt.Sprintf("Ring them on day %d", i)
	}
	lost := advice.Lost(advice.Published{"/x/": before}, advice.Published{"/x/": after})
	guessed := 0
	for _, l := range lost {
		if l.Now != "" {
			guessed++
		}
	}
	if len(lost) != 4000 || lost[7].Now != "Ring them on day 7" || guessed != 100 {
		t.Errorf("%d lost, the new words of %d are told: %+v", len(lost), guessed, lost[7])
	}
}

// TestMoved moves a list, which takes its readers along.
func TestMoved(t *testing.T) {
	p := advice.Published{"/a/": {"x": "Walk"}, "/b/": {"y": "Sleep"}}
	p.Moved("/a/", "/c/")
	p.Moved("/b/", "/c/") // which has readers of its own by now
	p.Moved("/nowhere/", "/d/")
	want := advice.Published{"/c/": {"x": "Walk"}, "/b/": {"y": "Sleep"}}
	if got := string(p.Format()); got != string(want.Format()) {
		t.Errorf("%s, want %s", got, want.Format())
	}
}

func TestExplainLoss(t *testing.T) {
	for want, loss := range map[string]advice.Loss{
		`readers lose their tick of "Walk", which has the new words "Walk far": write {#walk-1} behind the new words to keep the ticks`: {"/p/", "walk-1", "Walk", "Walk far"},
		`readers lose their tick of "Walk", which is gone: if it only has new words, write {#walk-1} behind them`:                       {"/p/", "walk-1", "Walk", ""},
	} {
		message, hint := loss.Explain()
		if got := message + ": " + hint; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestPublishedFile(t *testing.T) {
	p := advice.Published{"/b/": {"z": "Zebra <b>", "a": "Ant"}, "/a/": {}}
	const want = "{\n \"/a/\": {},\n \"/b/\": {\n  \"a\": \"Ant\",\n  \"z\": \"Zebra \\u003cb\\u003e\"\n }\n}\n"
	if got := string(p.Format()); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	again, err := advice.ParsePublished(p.Format())
	if err != nil || string(again.Format()) != want {
		t.Errorf("%v %v", again, err)
	}
	if _, err := advice.ParsePublished([]byte("<<<<<<< HEAD")); err == nil {
		t.Error("a broken file is no error")
	}
	if empty, err := advice.ParsePublished(nil); err != nil || len(empty) != 0 {
		t.Errorf("no file: %v %v", empty, err)
	}
}
