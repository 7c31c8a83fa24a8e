package handout

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordlist holds 2,048 common words of three to eight letters, none of them
// sounding or looking much like another, each drawn with 11 bits.
//
//go:embed words.txt
var wordlist string

// MinWords is how many drawn words make a passphrase that is not worth
// guessing: 5 words have 55 bits. At a million iterations a fast graphics card
// tries some ten thousand a second, and would take tens of thousands of years.
const MinWords = 5

const bitsPerWord = 11

// Passphrase draws a passphrase of at least MinWords different words, with 11
// bits of entropy each (all but 0.01 bits of it, since none comes twice). The randomness must be cryptographically secure.
func Passphrase(random io.Reader, words int) (string, error) {
	if words < MinWords {
		return "", fmt.Errorf("%d words: a passphrase needs %d or more", words, MinWords)
	}
	if words > 64 {
		return "", errors.New("a passphrase of more than 64 words is of no use")
	}
	list := strings.Fields(wordlist)
	var drawn []string
	for lot := [2]byte{}; len(drawn) < words; {
		if _, err := io.ReadFull(random, lot[:]); err != nil {
			return "", fmt.Errorf("no randomness: %w", err)
		}
		word := list[int(binary.BigEndian.Uint16(lot[:]))%len(list)] // 2048 divides 65536: no bias
		if !slices.Contains(drawn, word) {
			drawn = append(drawn, word)
		}
	}
	return strings.Join(drawn, " "), nil
}

// minBits is what MinWords words count for.
const minBits = MinWords * bitsPerWord

// wellKnown are what guessers try first: sentences that everybody can quote,
// and what stands side by side on keyboards. Lower case, no signs.
var wellKnown = []string{
	"correct horse battery staple", "the quick brown fox jumps over the lazy dog", "quick brown fox jumps over the lazy dog",
	"lorem ipsum dolor sit amet", "consectetur adipiscing elit", "to be or not to be that is the question",
	"may the force be with you", "once upon a time in a", "happy birthday to you", "all work and no play makes jack a dull boy",
	"twinkle twinkle little star how i wonder what you are", "mary had a little lamb", "row row row your boat", "we hold these truths to be self evident",
	"four score and seven years ago", "it was the best of times it was the worst of times", "call me ishmael",
	"in the beginning god created", "our father who art in heaven", "the lord is my shepherd", "i have a dream", "roses are red violets are blue",
	"one two three four five six seven eight nine ten", "january february march april may june july", "monday tuesday wednesday thursday friday saturday sunday",
	"red orange yellow green blue indigo violet", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "asdfghjkl", "zxcvbnm", "azertyuiop",
	"01234567890", "0987654321", "1q2w3e4r5t", "password", "passw0rd", "p@ssw0rd", "passphrase", "letmein", "iloveyou",
}

// Weak says why a passphrase is too easy to guess; it is empty if nothing
// speaks against it. It counts 11 bits for each different word, 5 for each
// different character of what mixes letters with other signs; a number or date
// counts for a word at most. What is well known is taken out first. It cannot know a reader's dog: words drawn by Passphrase are better than
// any that were thought up.
func Weak(passphrase string) string {
	text := strings.ToLower(Normalize(passphrase))
	if utf8.RuneCountInString(text) < 16 {
		return "it is shorter than 16 characters"
	}
	rest, known := dropKnown(text)
	bits, repeated := estimate(rest)
	switch {
	case bits >= minBits:
		return ""
	case known:
		return "most of it is well known, so it is tried first"
	case repeated:
		return "it repeats itself"
	}
	return fmt.Sprintf("it needs at least %d different words, or 11 different characters of several kinds", MinWords)
}

// dropKnown takes out what is well known, however it is spaced.
func dropKnown(text string) (rest string, known bool) {
	for _, k := range wellKnown {
		for _, form := range []string{k, strings.ReplaceAll(k, " ", ""), strings.ReplaceAll(k, " ", "-")} {
			if strings.Contains(text, form) {
				text, known = strings.ReplaceAll(text, form, " "), true
			}
		}
	}
	return text, known
}

// estimate counts bits by the different parts of a text.
func estimate(text string) (bits int, repeated bool) {
	seen := map[string]bool{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return isSpace(r) || r == '-' || r == '.' || r == ',' || r == '_' }) {
		if seen[part] {
			repeated = true
			continue
		}
		seen[part] = true
		different, letters, others := map[rune]bool{}, 0, 0
		for _, r := range part {
			different[r] = true
			if unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) {
				letters++
			} else {
				others++
			}
		}
		switch {
		case others == 0:
			bits += min(bitsPerWord, 4*letters) // one or two letters are no word
		case letters > 0 || unicode.Is(unicode.Han, []rune(part)[0]):
			bits += 5 * len(different)
		default:
			bits += min(bitsPerWord, 3*len(different))
		}
	}
	return bits, repeated
}
