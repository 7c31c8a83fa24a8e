package advice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"rapport/internal/diag"
)

// Ids of different things on one page are kept apart by what stands before them.
const (
	itemPrefix     = "item-"
	questionPrefix = "question-"
	stepPrefix     = "step-"
	messagePrefix  = "message-"
)

// maxSlug is how many runes of a text go into an id made from it: enough to be
// recognised in a file of ids, short enough for a link that carries many.
const maxSlug = 24

// words returns the words of a text in lower case. Texts that differ only in
// case, punctuation and space have the same words.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
	})
}

// sameWords is the key under which texts with the same words meet. A text
// without words is its own key.
func sameWords(text string) string {
	if w := words(text); len(w) > 0 {
		return strings.Join(w, " ")
	}
	return strings.TrimSpace(text)
}

// textID makes an id from a text: its first words for people, then six hex
// digits that stand for all of them.
func textID(text string) string {
	sum := sha256.Sum256([]byte(sameWords(text)))
	digits := hex.EncodeToString(sum[:3])
	slug := ""
	for _, w := range words(text) {
		if len([]rune(slug))+1+len([]rune(w)) > maxSlug {
			break
		}
		slug += w + "-"
	}
	return slug + digits
}

// ids hands out the ids of one kind of thing. Explicit ids are claimed first, so
// that a made one never takes the place of one that an author chose.
type ids struct {
	taken map[string]diag.Pos
	tries map[string]int // by wanted id: the number that its last namesake got
}

// newIDs returns the ids that the page's headings leave free behind a prefix.
func newIDs(headings map[string]diag.Pos, prefix string) ids {
	t := ids{map[string]diag.Pos{}, map[string]int{}}
	for id, pos := range headings {
		if rest, ok := strings.CutPrefix(id, prefix); ok {
			t.taken[rest] = pos
		}
	}
	return t
}

// claim takes an explicit id and reports where it was taken before.
func (t ids) claim(id string, pos diag.Pos) (first diag.Pos, repeated bool) {
	if first, repeated = t.taken[id]; !repeated {
		t.taken[id] = pos
	}
	return first, repeated
}

// free takes the id, or the next one with a number behind it.
func (t ids) free(id string, pos diag.Pos) string {
	unique := id
	for n := t.tries[id] + 1; ; n++ {
		if n > 1 {
			unique = fmt.Sprintf("%s-%d", id, n)
		}
		if _, taken := t.taken[unique]; !taken {
			t.taken[unique], t.tries[id] = pos, n
			return unique
		}
	}
}
