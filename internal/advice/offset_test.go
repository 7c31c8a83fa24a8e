package advice

import (
	"encoding/json"
	"testing"
)

func TestParseOffset(t *testing.T) {
	for text, want := range map[string]Offset{
		"+1d":    {1, 1, "d"},
		"-3bd":   {-1, 3, "bd"},
		"−2w":    {-1, 2, "w"}, // a minus sign proper
		"+12m":   {1, 12, "m"},
		"+4h":    {1, 4, "h"},
		"+0d":    {1, 0, "d"},
		"-0d":    {1, 0, "d"},
		"+9999d": {1, 9999, "d"},
		"+007d":  {1, 7, "d"},
	} {
		got, err := ParseOffset(text)
		if err != nil || got != want {
			t.Errorf("ParseOffset(%q) = %v, %v; want %v", text, got, err, want)
		}
		if again, err := ParseOffset(got.String()); err != nil || again != got {
			t.Errorf("%q does not survive being written as %q", text, got)
		}
	}
}

func TestParseOffsetBad(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "it must begin with + (after the date) or - (before it)",
		"1d":                     "it must begin with + (after the date) or - (before it)",
		"d":                      "it must begin with + (after the date) or - (before it)",
		"+d":                     "a number from 0 to 9999 must follow the sign",
		"--1d":                   "a number from 0 to 9999 must follow the sign",
		"+10000d":                "a number from 0 to 9999 must follow the sign",
		"+99999999999999999999d": "a number from 0 to 9999 must follow the sign",
		"+1":                     "it needs a unit",
		"+1x":                    `there is no unit "x"`,
		"+1 d":                   `there is no unit " d"`,
		"+1days":                 `there is no unit "days"`,
		"+1D":                    `there is no unit "D"`,
	} {
		if got, err := ParseOffset(text); err == nil || err.Error() != want {
			t.Errorf("ParseOffset(%q) = %v, %v; want the error %s", text, got, err, want)
		}
	}
}

func TestOffsetBefore(t *testing.T) {
	for text, want := range map[string]bool{"-3d": true, "+3d": false, "-0d": false, "+0h": false} {
		if o, _ := ParseOffset(text); o.Before() != want {
			t.Errorf("%s: Before() = %v", text, o.Before())
		}
	}
}

func TestOffsetJSON(t *testing.T) {
	got, err := json.Marshal(struct{ Due *Offset }{&Offset{-1, 3, "bd"}})
	if err != nil || string(got) != `{"Due":"-3bd"}` {
		t.Errorf("got %s, %v", got, err)
	}
}
