package advice

import (
	"regexp"
	"testing"

	"rapport/internal/diag"
)

// Readers' ticks hang on these: a change of the first group of ids would lose
// them on every site.
func TestTextID(t *testing.T) {
	for text, want := range map[string]string{
		"Write down what you learned, while you remember": "write-down-what-you-ID",
		"Größe prüfen":                       "größe-prüfen-ID",
		"Ping 3 people":                      "ping-3-people-ID",
		"谢谢":                                 "谢谢-ID",
		"Donaudampfschifffahrtsgesellschaft": "ID",
		"🎉":                                  "ID",
		"":                                   "ID",
	} {
		got := regexp.MustCompile(`[0-9a-f]{6}$`).ReplaceAllString(textID(text), "ID")
		if got != want {
			t.Errorf("textID(%q) = %q, want %q", text, textID(text), want)
		}
	}
	if got, want := textID("Say thanks"), "say-thanks-6b04e8"; got != want {
		t.Errorf("textID = %q, want %q as ever", got, want)
	}
}

func TestTextIDKeepsThroughSmallEdits(t *testing.T) {
	for _, same := range [][2]string{
		{"Say thanks", "say  thanks."},
		{"Say thanks", "Say\nthanks!"},
		{"Don't ask – listen", "don't ask, listen"},
	} {
		if textID(same[0]) != textID(same[1]) {
			t.Errorf("%q and %q have different ids", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"Say thanks", "Say thanks twice"}, {"🎉", "🎈"}, {"a b", "ab"}} {
		if textID(other[0]) == textID(other[1]) {
			t.Errorf("%q and %q have one id", other[0], other[1])
		}
	}
}

func TestIDsAreUnique(t *testing.T) {
	taken := newIDs(map[string]diag.Pos{"item-a": {Line: 1}, "b": {Line: 2}}, itemPrefix)
	taken.claim("c-2", diag.Pos{Line: 3})
	for _, step := range [][2]string{{"a", "a-2"}, {"b", "b"}, {"c", "c"}, {"c", "c-3"}, {"c", "c-4"}, {"a", "a-3"}, {"c-2", "c-2-2"}} {
		if got := taken.free(step[0], diag.Pos{}); got != step[1] {
			t.Errorf("free(%q) = %q, want %q", step[0], got, step[1])
		}
	}
	if first, repeated := taken.claim("a", diag.Pos{}); !repeated || first.Line != 1 {
		t.Errorf("an item may take the id of a heading: %v %v", first, repeated)
	}
}
