package handout

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// quick stands for derive where thousands of envelopes are made. The format
// and its checks are the same; only the waiting is left out.
func quick(passphrase string, salt []byte, count int) ([]byte, error) {
	if count < minCount || count > maxCount {
		return nil, errors.New("count")
	}
	sum := sha256.Sum256(append(binary.BigEndian.AppendUint32(salt[:len(salt):len(salt)], uint32(count)), passphrase...))
	return sum[:], nil
}

// seeded returns the same bytes at every run.
func seeded(n uint64) *mathrand.ChaCha8 {
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], n)
	return mathrand.NewChaCha8(seed)
}

var sample = Content{
	HTML: []byte("<!doctype html><title>Four weeks</title><main><h1>Four weeks</h1><p>For Zoë & co. \u2028 <img src=\"/a.png\" alt=\"\"></main>"),
	Files: []File{
		{"/a.png", "image/png", []byte("\x89PNG\x00")},
		{"/b.pdf", "application/pdf", bytes.Repeat([]byte("pdf"), 4000)},
	},
}

const (
	anna  = "velvet acorn tidal museum bright"
	bruno = "ginger lantern otter quilt salmon"
)

func same(t *testing.T, got, want Content) {
	t.Helper()
	if !bytes.Equal(got.HTML, want.HTML) || len(got.Files) != len(want.Files) {
		t.Fatalf("opened %q and %d files, sealed %q and %d", got.HTML, len(got.Files), want.HTML, len(want.Files))
	}
	for i, f := range got.Files {
		if w := want.Files[i]; f.URL != w.URL || f.Type != w.Type || !bytes.Equal(f.Data, w.Data) {
			t.Errorf("file %d came back as %+v", i, f)
		}
	}
}

// TestSealAndOpen goes once through the real derivation.
func TestSealAndOpen(t *testing.T) {
	sealed, err := Seal(sample, []string{anna, bruno}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{anna, bruno, "  " + anna + "\n", strings.ReplaceAll(bruno, " ", "\u00a0 ")} {
		got, err := Open(sealed, p)
		if err != nil {
			t.Fatalf("%q: %v", p, err)
		}
		same(t, got, sample)
	}
	if _, err := Open(sealed, anna+"s"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("a wrong passphrase gave %v", err)
	}
	if e, _ := parse(sealed.Envelope); e.count != 1_000_000 {
		t.Errorf("sealed with %d iterations", e.count)
	}
	for _, part := range append([][]byte{sealed.Envelope}, sealed.Files[sealed.Names()[0]]) {
		if bytes.Contains(part, []byte("weeks")) || bytes.Contains(part, []byte("a.png")) {
			t.Error("the sealed bytes hold words of the page")
		}
	}
}

// TestComposedLetters types the same word as another keyboard would.
func TestComposedLetters(t *testing.T) {
	word := "größe café señor naïve jalapeño"
	sealed, err := seal(sample, []string{Normalize(word)}, Iterations, seeded(1), quick)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(sealed, norm.NFD.String(word)+" \ufeff", quick); err != nil {
		t.Errorf("the passphrase in form D: %v", err)
	}
}

// TestRemovedReader builds anew without one of two passphrases.
func TestRemovedReader(t *testing.T) {
	one, _ := seal(sample, []string{anna, bruno}, Iterations, seeded(1), quick)
	two, _ := seal(sample, []string{bruno}, Iterations, seeded(2), quick)
	if _, err := open(two, anna, quick); !errors.Is(err, ErrPassphrase) {
		t.Errorf("the removed passphrase gave %v", err)
	}
	if _, err := open(two, bruno, quick); err != nil {
		t.Error(err)
	}
	two.Files = one.Files
	if _, err := open(two, bruno, quick); !errors.Is(err, ErrDamaged) {
		t.Errorf("files of the earlier build gave %v", err)
	}
	if len(one.Envelope) != len(two.Envelope) {
		t.Error("the length tells how many readers there are")
	}
}

// TestThousandBuilds wants fresh salts, nonces and names each time.
func TestThousandBuilds(t *testing.T) {
	random := seeded(3)
	seen := map[string]string{}
	once := func(kind string, b []byte) {
		if seen[string(b)] != "" {
			t.Fatalf("%s %x came twice, first as %s", kind, b, seen[string(b)])
		}
		seen[string(b)] = kind
	}
	for range 1000 {
		sealed, err := seal(sample, []string{anna, bruno}, Iterations, random, quick)
		if err != nil {
			t.Fatal(err)
		}
		e, _ := parse(sealed.Envelope)
		once("salt", e.salt)
		once("nonce", e.page[:nonceSize])
		if !slices.IsSortedFunc(slices.Collect(slices.Chunk(e.slots, slotSize)), bytes.Compare) {
			t.Fatal("the slots are in an order that may tell whose they are")
		}
		for slot := range slices.Chunk(e.slots, slotSize) {
			once("nonce", slot[:nonceSize])
		}
		for name, data := range sealed.Files {
			once("name", []byte(name))
			once("nonce", data[:nonceSize])
		}
	}
	if want := 1000 * (1 + 1 + slotStep + 2 + 2); len(seen) != want {
		t.Errorf("%d values, not %d", len(seen), want)
	}
}

// TestEveryBit turns each bit of an envelope and of a file, and cuts both off
// at each length.
func TestEveryBit(t *testing.T) {
	sealed, _ := seal(sample, []string{anna}, Iterations, seeded(4), quick)
	name := ""
	for _, n := range sealed.Names() {
		if name == "" || len(sealed.Files[n]) < len(sealed.Files[name]) {
			name = n
		}
	}
	for _, part := range []struct {
		what  string
		bytes []byte
	}{{"envelope", sealed.Envelope}, {"file", sealed.Files[name]}} {
		for i := range part.bytes {
			for bit := range 8 {
				part.bytes[i] ^= 1 << bit
				if _, err := open(sealed, anna, quick); err == nil {
					t.Fatalf("bit %d of byte %d of the %s was turned unnoticed", bit, i, part.what)
				}
				part.bytes[i] ^= 1 << bit
			}
		}
	}
	for n := range sealed.Envelope {
		if _, err := open(Sealed{sealed.Envelope[:n], sealed.Files}, anna, quick); err == nil {
			t.Fatalf("%d bytes of the envelope were enough", n)
		}
	}
	if _, err := open(sealed, anna, quick); err != nil {
		t.Fatal(err)
	}
}

// TestCounts wants counts out of bounds refused when sealing and when opening.
func TestCounts(t *testing.T) {
	for _, count := range []int{0, 1, 1000, minCount - 1, maxCount + 1, 1 << 31} {
		if _, err := seal(sample, []string{anna}, count, seeded(5), derive); err == nil {
			t.Errorf("sealed with %d iterations", count)
		}
		free := func(p string, salt []byte, _ int) ([]byte, error) { return quick(p, salt, Iterations) }
		sealed, err := seal(sample, []string{anna}, count, seeded(5), free)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(sealed, anna); err == nil || errors.Is(err, ErrPassphrase) {
			t.Errorf("opened with %d iterations: %v", count, err)
		}
	}
}

func TestLengthIsHidden(t *testing.T) {
	for _, n := range []int{0, 1, 4091, 4092, 4093, 8188, 8189} {
		content := bytes.Repeat([]byte{0}, n)
		padded := pad(content)
		if len(padded)%padStep != 0 || len(padded) < n+4 || len(padded) >= n+4+padStep {
			t.Errorf("%d bytes padded to %d", n, len(padded))
		}
		if got, err := unpad(padded); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes came back as %d, %v", n, len(got), err)
		}
	}
	for _, bad := range [][]byte{nil, {0, 0, 0}, {0, 0, 0, 0}, append([]byte{0, 0, 0, 1, 'a', 'b'}, make([]byte, padStep-6)...), append([]byte{0, 0, 0, 1}, make([]byte, 2*padStep-4)...), append([]byte{255, 255, 255, 255}, make([]byte, padStep-4)...)} {
		if _, err := unpad(bad); err == nil {
			t.Errorf("%d bytes with a wrong padding were taken", len(bad))
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		what        string
		content     Content
		passphrases []string
		random      []byte
		want        string
	}{
		{"none", sample, nil, nil, "needs a passphrase"},
		{"weak", sample, []string{anna, "hunter2"}, nil, "passphrase 2 is too weak"},
		{"twice", sample, []string{anna, anna + " "}, nil, "1 and 2 are the same"},
		{"not text", sample, []string{anna + "\xff"}, nil, "not UTF-8"},
		{"page not text", Content{HTML: []byte("\xff")}, []string{anna}, make([]byte, 100), "not UTF-8"},
		{"file twice", Content{Files: []File{{URL: "/a"}, {URL: "/a"}}}, []string{anna}, make([]byte, 200), `two files are called "/a"`},
		{"no randomness", sample, []string{anna}, make([]byte, 20), "no randomness"},
	} {
		_, err := Seal(c.content, c.passphrases, bytes.NewReader(c.random))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.what, err)
		}
		if err != nil && (strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "velvet")) {
			t.Errorf("%s: the error holds a passphrase: %v", c.what, err)
		}
	}
}

func FuzzSealAndOpen(f *testing.F) {
	f.Add("<h1>Hello</h1>", "/a.png", []byte("png"), anna)
	f.Add("", "", []byte{}, "é \u00a0")
	f.Add("\u2028</script>", "/ü", make([]byte, 4092), "x")
	f.Fuzz(func(t *testing.T, html, url string, data []byte, passphrase string) {
		c := Content{HTML: []byte(strings.ToValidUTF8(html, "?")), Files: []File{{strings.ToValidUTF8(url, "?"), "image/png", data}}}
		sealed, err := seal(c, []string{Normalize(passphrase)}, Iterations, rand.Reader, quick)
		if err != nil {
			t.Fatal(err)
		}
		got, err := open(sealed, " "+passphrase+"\t", quick)
		if err != nil {
			t.Fatal(err)
		}
		same(t, got, c)
		if _, err := open(sealed, passphrase+"!", quick); !errors.Is(err, ErrPassphrase) {
			t.Errorf("another passphrase gave %v", err)
		}
	})
}

func FuzzOpen(f *testing.F) {
	sealed, _ := seal(sample, []string{anna}, Iterations, seeded(6), quick)
	f.Add(sealed.Envelope)
	f.Add([]byte(preface))
	f.Fuzz(func(t *testing.T, envelope []byte) {
		if _, err := open(Sealed{envelope, sealed.Files}, anna, quick); err == nil && !bytes.Equal(envelope, sealed.Envelope) {
			t.Error("opened what was not sealed")
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	for b.Loop() {
		if _, err := Seal(sample, []string{anna}, rand.Reader); err != nil {
			b.Fatal(err)
		}
	}
}
