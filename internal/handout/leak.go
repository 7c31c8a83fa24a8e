package handout

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Secret is something that a sealed or unlisted page says and that no other
// output may say.
type Secret struct {
	Page   string // whose it is, as reports name it
	Kind   string // what it is, as reports name it: "title", "heading", "link"
	Text   string // plain text, address or name; any length
	Data   []byte // or, instead of Text, the bytes of a file
	Own    string // what paths of outputs that may say it begin with; empty if none may
	Always bool   // a secret even if public sources say it: keys and addresses
}

// Leak is a secret in an output.
type Leak struct {
	Secret Secret
	Path   string // of the output
	Found  string // as it stands there; empty for files
	Words  int    // of Found: one word may be chance, five are none
}

// Finder looks for secrets in outputs. It is made once for a build, does not
// change and can be used by several goroutines.
//
// It compares words, as they remain when case, punctuation, simple tags and the
// escapes of HTML, JSON and URLs are taken away: so a title is found in a slug,
// and an item in a feed. Texts of more than five words are cut into all their
// runs of five (Broder's shingles, 1997), so that a summary is found that was
// cut short; besides, each word of five letters or more is looked for alone. What public
// sources say as well is no secret.
//
// It cannot see into compressed bytes, pictures and encodings of its own. A word
// alone is found only if no public word begins like it, up to its last three
// letters, since an index may hold stems of words.
type Finder struct {
	secrets []Secret
	runs    map[uint64][]int // hash of a run of words → indices of secrets
	bits    []uint64         // a hash table of one bit each, asked first
	blind   []Secret
	data    map[int][]int // length of a file → indices of secrets
}

const (
	maxRun     = 5  // words
	minLetters = 10 // of a run of words that tells something
	minWord    = 5  // letters of a word that tells something alone
)

// drop takes out a run that a public text says, but for what is a secret all the
// same.
func (f *Finder) drop(run uint64, owners []int) {
	var left []int
	for _, i := range owners {
		if f.secrets[i].Always {
			left = append(left, i)
		}
	}
	if f.runs[run] = left; left == nil {
		delete(f.runs, run)
	}
}

// Sum returns a hash of all that decides what the finder finds.
func (f *Finder) Sum() [sha256.Size]byte {
	h := sha256.New()
	owner := func(i int) {
		s := f.secrets[i]
		fmt.Fprintf(h, " %q %q %q", s.Page, s.Kind, s.Own)
	}
	for _, run := range slices.Sorted(maps.Keys(f.runs)) {
		fmt.Fprintf(h, "\n%x", run)
		for _, i := range f.runs[run] {
			owner(i)
		}
	}
	for i, s := range f.secrets {
		if s.Data != nil {
			fmt.Fprintf(h, "\n%x", sha256.Sum256(s.Data))
			owner(i)
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// add notes the runs of words of a secret.
func (f *Finder) add(i int, alone map[string][]uint64) {
	text, always := []byte(f.secrets[i].Text), f.secrets[i].Always
	words := allWords(text)
	n := min(len(words), maxRun)
	for end := n; end <= len(words) && n > 0; end++ {
		run := words[end-n : end]
		if n > 1 && letters(text[run[0].start:run[n-1].end]) >= minLetters || always {
			f.note(hashRun(run), i)
		}
	}
	for _, w := range words {
		spelt := text[w.start:w.end]
		if letters(spelt) >= minWord && !(always && n > 1) { // the words of an address are no secret
			f.note(w.hash, i)
			alone[stem(spelt)] = append(alone[stem(spelt)], w.hash)
		}
	}
}

func (f *Finder) note(run uint64, i int) {
	if list := f.runs[run]; len(list) == 0 || list[len(list)-1] != i {
		f.runs[run] = append(list, i)
	}
}

// index makes the table of bits anew.
func (f *Finder) index() {
	size := 1 << 10
	for size < len(f.runs) {
		size *= 2
	}
	f.bits = make([]uint64, size) // one bit in 64 is set, or fewer
	for run := range f.runs {
		at := (run ^ run>>29) & uint64(size*64-1)
		f.bits[at>>6] |= 1 << (at & 63)
	}
}

// unseen returns the secrets of which nothing is left to look for.
func (f *Finder) unseen() []Secret {
	seen := make([]bool, len(f.secrets))
	for _, list := range f.runs {
		for _, i := range list {
			seen[i] = true
		}
	}
	var list []Secret
	for i, s := range f.secrets {
		if !seen[i] && s.Data == nil && s.Text != "" {
			list = append(list, s)
		}
	}
	return list
}

// Blind returns the secrets that cannot be looked for, since all their words
// are common or public. A leak of them would not be told apart.
func (f *Finder) Blind() []Secret { return f.blind }

// Leaks looks through one output. Each secret is reported once, with the longest
// run of words that was found, in the order of the secrets, files last. Words that several
// pages say are no leak where one of them may say them.
func (f *Finder) Leaks(path string, data []byte) []Leak {
	found := map[int]Leak{}
	f.scan(data, func(run uint64, words, start, end int) {
		owners := f.runs[run]
		if slices.ContainsFunc(owners, func(i int) bool { return f.secrets[i].mayBeIn(path) }) {
			return
		}
		for _, i := range owners {
			if found[i].Words < words {
				found[i] = Leak{f.secrets[i], path, strings.ToValidUTF8(string(data[start:end]), "\ufffd"), words}
			}
		}
	})
	var list []Leak
	for i := range f.secrets {
		if l, ok := found[i]; ok {
			list = append(list, l)
		}
	}
	return append(list, f.Copies(path, data)...)
}

// Copies reports the files among the secrets that an output is a copy of.
func (f *Finder) Copies(path string, data []byte) (list []Leak) {
	for _, i := range f.data[len(data)] {
		if bytes.Equal(f.secrets[i].Data, data) && !f.secrets[i].mayBeIn(path) {
			list = append(list, Leak{Secret: f.secrets[i], Path: path})
		}
	}
	return list
}

func (s Secret) mayBeIn(path string) bool { return s.Own != "" && strings.HasPrefix(path, s.Own) }

// scan calls hit for each run of words that the finder knows, with its number of
// words and where it stands.
func (f *Finder) scan(text []byte, hit func(run uint64, words, start, end int)) {
	var hashes [maxRun]uint64 // of the last words, the newest first
	var starts [maxRun]int
	bits, mask := f.bits, uint64(len(f.bits)*64-1)
	known := 0
	for w, ok := nextWord(text, 0); ok; w, ok = nextWord(text, w.end) {
		hashes = [maxRun]uint64{w.hash, hashes[0], hashes[1], hashes[2], hashes[3]}
		starts = [maxRun]int{w.start, starts[0], starts[1], starts[2], starts[3]}
		known = min(known+1, maxRun)
		sum := uint64(0)
		for n, hash := range hashes[:known] {
			sum += hash * powers[n]
			slot := (sum ^ sum>>29) & mask
			if bits[slot>>6]&(1<<(slot&63)) != 0 && f.runs[sum] != nil {
				hit(sum, n+1, starts[n], w.end)
			}
		}
	}
}

// powers are those of runPrime.
var powers = func() (list [maxRun]uint64) {
	list[0] = 1
	for i := 1; i < maxRun; i++ {
		list[i] = list[i-1] * runPrime
	}
	return list
}()

// hashRun is the sum that scan makes, the last word first.
func hashRun(words []word) (sum uint64) {
	for i, w := range words {
		sum += w.hash * powers[len(words)-1-i]
	}
	return sum
}

func allWords(text []byte) (list []word) {
	for w, ok := nextWord(text, 0); ok; w, ok = nextWord(text, w.end) {
		list = append(list, w)
	}
	return list
}
