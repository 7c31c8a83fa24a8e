package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeyring looks in the environment, then in the file, and asks once.
func TestKeyring(t *testing.T) {
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte("\ufeff# readers\r\nb: from the file\r\nb: and another: one\r\n\r\na: not this\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := 0
	k := keyring{
		file: file, asked: map[string][]string{},
		env: func(name string) string {
			return map[string]string{"RAPPORT_PASSPHRASE_A": " from the environment \n\nsecond\n"}[name]
		},
		ask: func(slug string) (string, error) { asked++; return "asked for " + slug, nil },
	}
	for range 2 {
		for slug, want := range map[string]string{"a": "from the environment|second", "b": "from the file|and another: one", "c": "asked for c"} {
			got, err := k.of(slug)
			if err != nil || strings.Join(got, "|") != want {
				t.Errorf("%s: %q, %v; want %q", slug, got, err, want)
			}
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if k.ask = nil; len(must(t, &k, "d")) > 0 {
		t.Error("found a passphrase where there is none")
	}
	if a, b := variable("four-weeks-2"), variable("größe"); a != "RAPPORT_PASSPHRASE_FOUR_WEEKS_2" || b != "" {
		t.Errorf("the variables are %q and %q", a, b)
	}
}

func must(t *testing.T, k *keyring, slug string) []string {
	t.Helper()
	words, err := k.of(slug)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func TestInitials(t *testing.T) {
	for client, want := range map[string]string{"A. B.": "A. B.", "wilhelmina Tell": "W. T.", "": "–", "Jean-Luc": "J. L.", "§": "–"} {
		if got := initials(client); got != want {
			t.Errorf("%q gives %q, want %q", client, got, want)
		}
	}
}
