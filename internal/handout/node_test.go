package handout

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestNode opens in another implementation of the cryptography what this one
// has sealed: unlock.js under Node.
func TestNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no Node: unlock.js is not checked against it")
	}
	accents := "größe café señor naïve jalapeño"
	sealed, err := Seal(sample, []string{anna, accents}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	e, _ := parse(sealed.Envelope)
	slotKey, _ := derive(anna, e.salt, e.count)
	var padding []byte // a file whose padding is not zeros
	for slot := range slices.Chunk(e.slots, slotSize) {
		if key, err := openPart(slotKey, slot, about(e.header, "key")); err == nil {
			padding, _ = sealer{random: rand.Reader}.part(key, append(pad(nil)[:padStep-1], 1), about(e.header, "filebad.bin"))
		}
	}
	input, _ := json.Marshal(map[string]any{
		"padding":     padding,
		"envelope":    sealed.Attribute(),
		"files":       sealed.Files,
		"passphrases": []string{anna, norm.NFD.String(accents) + " ", "\u00a0" + anna + "\ufeff\u0085", anna + "s", "Velvet acorn tidal museum bright"},
	})
	run := exec.Command(node, "testdata/open.mjs")
	run.Stdin = bytes.NewReader(input)
	var complaints bytes.Buffer
	run.Stderr = &complaints
	output, err := run.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &complaints)
	}
	var got struct {
		Pages      []string
		Opened     map[string][]byte
		Swapped    string
		Unnoticed  int
		Cut, Badly string
		Counts     []string
		Normalized string
	}
	if err := json.Unmarshal(output, &got); err != nil {
		t.Fatal(err)
	}
	page := string(sample.HTML)
	if want := []string{page, page, page, "failure: wrong", "failure: wrong"}; !slices.Equal(got.Pages, want) {
		t.Errorf("opened %q", got.Pages)
	}
	if want := map[string][]byte{sample.Files[0].URL: sample.Files[0].Data, sample.Files[1].URL: sample.Files[1].Data}; !maps.EqualFunc(got.Opened, want, bytes.Equal) {
		t.Errorf("opened %d files, or others", len(got.Opened))
	}
	if got.Swapped != "failure: damaged" || got.Cut != "failure: damaged" || got.Unnoticed != 0 {
		t.Errorf("a file under another name: %s; a cut page: %s; turned bits unnoticed: %d", got.Swapped, got.Cut, got.Unnoticed)
	}
	if got.Badly != "failure: damaged" || slices.ContainsFunc(got.Counts, func(s string) bool { return s != "failure: damaged" }) {
		t.Errorf("a wrong padding: %s; counts out of bounds: %q", got.Badly, got.Counts)
	}
	if got.Normalized != allNormalized() {
		t.Error("Go and JavaScript do not normalise all characters alike")
	}
}

// allNormalized returns the hash over what becomes of each character inside and
// at the end of a passphrase.
func allNormalized() string {
	sum := sha256.New()
	for c := rune(1); c < 0x30000; c++ {
		if c < 0xd800 || c > 0xdfff {
			fmt.Fprintf(sum, "%s\n", Normalize("a"+string(c)+"b "+string(c)))
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func TestAttributeIsBase64(t *testing.T) {
	s := Sealed{Envelope: []byte{0, 255, 1}}
	if got, err := base64.StdEncoding.DecodeString(s.Attribute()); err != nil || !bytes.Equal(got, s.Envelope) {
		t.Errorf("%q", s.Attribute())
	}
}
