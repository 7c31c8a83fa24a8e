// Package handout turns the built page of one client into what can be handed
// over: a sealed envelope that a passphrase opens in the reader's browser, or
// one file that holds everything. It also looks through a built site for words
// that should have stayed in such a page.
//
// It knows no site, no theme and no disk. Randomness, passphrases and the bytes
// of other files are handed in. The other half of sealing, unlock.js, stands
// beside it: both read the format that envelope.go describes.
package handout

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed unlock.js
var unlock []byte

// Unlock returns the module that opens sealed pages in a browser. The markup
// that it works on is described at its top.
func Unlock() []byte { return unlock }

// Content is what a handout holds.
type Content struct {
	HTML  []byte // a page, or its main part; UTF-8
	Files []File // images and attachments of the page
}

// File is an image or attachment. Images are shown in the page, all else is
// offered for download.
type File struct {
	URL  string // as written in the src or href of the page
	Type string // media type
	Data []byte
}

// Normalize returns a passphrase as it is used for keys: in Unicode's form C,
// with no space around it and one space wherever there was any inside. So it
// does not matter how a keyboard composes letters or what was copied along.
// unlock.js does the same.
func Normalize(passphrase string) string {
	return strings.Join(strings.FieldsFunc(norm.NFC.String(passphrase), isSpace), " ")
}

// isSpace joins what Go and what JavaScript call white space: the byte order
// mark is such only there, the next-line character only here.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }
