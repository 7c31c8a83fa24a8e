package handout

import (
	"bytes"
	"crypto/rand"
	"slices"
	"strings"
	"testing"
)

func TestWordlist(t *testing.T) {
	words := strings.Fields(wordlist)
	if len(words) != 1<<bitsPerWord || !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Fatalf("%d words, sorted: %v", len(words), slices.IsSorted(words))
	}
	for _, w := range words {
		if len(w) < 3 || len(w) > 8 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not a short plain word", w)
		}
	}
}

func TestPassphrase(t *testing.T) {
	for range 500 {
		p, err := Passphrase(rand.Reader, MinWords)
		if err != nil {
			t.Fatal(err)
		}
		if why := Weak(p); why != "" {
			t.Errorf("drew %q, and then found: %s", p, why)
		}
	}
	if _, err := Passphrase(rand.Reader, 4); err == nil {
		t.Error("drew four words")
	}
	if _, err := Passphrase(bytes.NewReader(make([]byte, 9)), 5); err == nil {
		t.Error("drew words without randomness")
	}
	p, _ := Passphrase(bytes.NewReader([]byte{0, 0, 0, 0, 0, 1, 7, 255, 15, 255, 0, 2, 0, 3}), 5)
	if p != "abacus absorb zucchini accept account" {
		t.Errorf("drew %q: no word may come twice, each has 11 bits", p)
	}
}

func TestWeak(t *testing.T) {
	for p, want := range map[string]string{
		"":                                       "shorter",
		"hunter2":                                "shorter",
		"a b c d e":                              "shorter",
		"aaaaaaaaaaaaaaaaaaaaaaaa":               "different words",
		"velvet acorn tidal museum":              "different words",
		"velvet velvet velvet velvet velvet":     "repeats",
		"Velvet velvet acorn acorn tidal museum": "repeats",
		"correct horse battery staple":           "well known",
		"Correct-Horse-Battery-Staple-1":         "well known",
		"thequickbrownfoxjumpsoverthelazydog":    "well known",
		"qwertyuiop1234567890":                   "well known",
		"Password123!Password123!":               "well known",
		"1234567890 2345678901":                  "different words",
		"22.11.1984 13:45:10":                    "different words",
		"Tr0ub4dor&3Tr0ub":                       "different words",
		anna:                                     "",
		"Zoë mag keine sauren Gurken im Tee":     "",
		"x9$Kq!vT2m#Lw8@pZ":                      "",
		"春天花開時我們在河邊喝茶看書聽風": "",
	} {
		if why := Weak(p); want == "" && why != "" || !strings.Contains(why, want) {
			t.Errorf("%q: %q, not %q", p, why, want)
		}
	}
}
