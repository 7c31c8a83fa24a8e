package handout

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// An envelope is, in bytes:
//
//	36  "rapport sealed 1\nPBKDF2-HMAC-SHA256\n": version and key derivation
//	 4  its count of iterations, big endian
//	16  its salt
//	 1  number of slots, a multiple of 8
//	60  per slot: nonce (12), the content key (32) under AES-256-GCM with the
//	    key derived from one passphrase, tag (16); or 60 random bytes. Slots
//	    are in the order of their bytes
//	 …  nonce (12), the page under AES-256-GCM with the content key, tag (16)
//
// The first 56 bytes and the word "key" are additional data of each slot; all
// bytes up to the page and the word "page" are additional data of the page. So
// no bit can be changed unnoticed. A sealed file is a nonce and a ciphertext
// with tag under the content key, its additional data the first 56 bytes, the
// word "file" and its name.
//
// What is sealed is first padded: four bytes with the length, big endian, the
// content, and zeros up to a multiple of 4096 bytes. The content of a page is
// JSON, see letter.
const (
	preface = "rapport sealed 1\nPBKDF2-HMAC-SHA256\n"

	saltSize   = 16
	headerSize = len(preface) + 4 + saltSize
	keySize    = 32
	nonceSize  = 12
	tagSize    = 16
	slotSize   = nonceSize + keySize + tagSize
	slotStep   = 8   // slots are filled up to a multiple, so that they do not tell how many readers there are
	maxSlots   = 248 // the largest multiple of slotStep in a byte
	padStep    = 4096
)

// The counts of PBKDF2 iterations: what is sealed with, and what is opened. A
// lower one would be quick to guess against (OWASP's password storage cheat
// sheet has 600,000 as the least), a higher one would only hang the reader.
const (
	Iterations = 1_000_000
	minCount   = 600_000
	maxCount   = 10_000_000
)

// letter is what the sealed page says.
type letter struct {
	HTML  string                `json:"html"`
	Files map[string]sealedFile `json:"files"` // by URL in the page
}

type sealedFile struct {
	Name string `json:"name"` // of the sealed file
	Type string `json:"type"`
}

// kdf derives the key of a slot from a normalised passphrase.
type kdf func(passphrase string, salt []byte, count int) ([]byte, error)

// derive is PBKDF2-HMAC-SHA256 (RFC 8018). It refuses counts that are out of
// bounds, for sealing as for opening.
func derive(passphrase string, salt []byte, count int) ([]byte, error) {
	if count < minCount || count > maxCount {
		return nil, fmt.Errorf("%d iterations: only %d to %d are safe", count, minCount, maxCount)
	}
	return pbkdf2.Key(sha256.New, passphrase, salt, count, keySize)
}

// header returns the first bytes of an envelope.
func header(count int, salt []byte) []byte {
	h := binary.BigEndian.AppendUint32([]byte(preface), uint32(count))
	return append(h, salt...)
}

// about returns additional data: bytes of the envelope and the role of a part.
func about(bytes []byte, role string) []byte {
	return append(bytes[:len(bytes):len(bytes)], role...)
}

// newAEAD returns AES-256-GCM (NIST SP 800-38D) with 12-byte nonces.
func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// pad hides the length of a content but for its multiple of 4096 bytes.
func pad(content []byte) []byte {
	size := (4 + len(content) + padStep - 1) / padStep * padStep
	padded := make([]byte, size)
	binary.BigEndian.PutUint32(padded, uint32(len(content)))
	copy(padded[4:], content)
	return padded
}
