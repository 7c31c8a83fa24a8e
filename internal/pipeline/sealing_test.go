package pipeline

import (
	cryptorand "crypto/rand"
	"io"
	"math/rand"
	"strings"
	"testing"

	"rapport/internal/files"
	"rapport/internal/render"
)

// TestSealedAgain seals a page again when it or its passphrases changed, and in
// each new process, but not because another page did. What is noted of the
// passphrases tells them apart in one process and nothing in another.
func TestSealedAgain(t *testing.T) {
	const at = "handouts/letter-mnopqrst5678/index.html"
	s := lawSite()
	with := settings(t, s)
	with.Sealing.Random = func() io.Reader { return cryptorand.Reader }
	out := &memory{files: map[string][]byte{}}
	p := New(with)
	defer p.Close()
	build := func(p *Pipeline) (page, noted files.Hash) {
		t.Helper()
		page = run(t, p, s, out).files[at]
		for _, r := range p.Reads(at) {
			if r.Kind == render.Keys {
				noted = r.Answer
			}
		}
		if page == (files.Hash{}) || noted == (files.Hash{}) {
			t.Fatal("the page is not sealed, or asked for no passphrase")
		}
		return page, noted
	}
	first, noted := build(p)
	for _, step := range []struct {
		edit  string
		again bool
	}{{"edit body", false}, {"edit letter", true}, {"change picture", false}, {"change face", true}, {"change passphrases", true}} {
		lawEdits[step.edit](s, rand.New(rand.NewSource(1)))
		now, _ := build(p)
		if (now != first) != step.again {
			t.Errorf("after the edit %q the page was sealed again: %v", step.edit, now != first)
		}
		first = now
	}
	lawEdits["change passphrases"](s, rand.New(rand.NewSource(1))) // taken back
	if _, again := build(p); again != noted {
		t.Error("the same passphrases are noted as others")
	}
	other := New(with)
	defer other.Close()
	if page, again := build(other); page == first || again == noted {
		t.Error("another process makes the same of a page or its passphrases")
	}
	for path, data := range out.files {
		if strings.Contains(string(data), "velvet") {
			t.Errorf("%s holds a passphrase", path)
		}
	}
}
