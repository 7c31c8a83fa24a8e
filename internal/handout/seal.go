package handout

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Sealed is a handout that only its passphrases open.
type Sealed struct {
	Envelope []byte            // the page
	Files    map[string][]byte // its files, by names that tell nothing
}

// Attribute returns the envelope as the value of data-sealed.
func (s Sealed) Attribute() string { return base64.StdEncoding.EncodeToString(s.Envelope) }

// Names returns the names of the sealed files, in order.
func (s Sealed) Names() []string {
	var names []string
	for name := range s.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Seal seals a content so that each of the passphrases opens it. The key of
// the content is random and made anew, so a passphrase that is no longer handed
// in does not open what is sealed next. All randomness comes from random, which
// must be cryptographically secure: a repeated stream would repeat nonces.
//
// Weak and repeated passphrases are refused. Errors count passphrases from 1
// and never hold one. Each passphrase costs Iterations of the derivation, some
// tenths of a second.
func Seal(c Content, passphrases []string, random io.Reader) (Sealed, error) {
	words, err := admit(passphrases)
	if err != nil {
		return Sealed{}, err
	}
	return seal(c, words, Iterations, random, derive)
}

// Check says what is wrong with the passphrases of one handout, without telling
// them: there is none, or one is weak, or two are the same.
func Check(passphrases []string) error {
	_, err := admit(passphrases)
	return err
}

// admit normalises passphrases, or says what is wrong with them.
func admit(passphrases []string) ([]string, error) {
	if len(passphrases) == 0 {
		return nil, errors.New("a sealed handout needs a passphrase")
	}
	if len(passphrases) > maxSlots {
		return nil, fmt.Errorf("%d passphrases: a sealed handout can have %d", len(passphrases), maxSlots)
	}
	var words []string
	for i, p := range passphrases {
		if !utf8.ValidString(p) {
			return nil, fmt.Errorf("passphrase %d is not UTF-8 text", i+1)
		}
		if why := Weak(p); why != "" {
			return nil, fmt.Errorf("passphrase %d is too weak: %s", i+1, why)
		}
		word := Normalize(p)
		if at := slices.Index(words, word); at >= 0 {
			return nil, fmt.Errorf("passphrases %d and %d are the same", at+1, i+1)
		}
		words = append(words, word)
	}
	return words, nil
}

// sealer holds what the parts of one handout share.
type sealer struct {
	random  io.Reader
	content []byte // key
	header  []byte
}

func seal(c Content, passphrases []string, count int, random io.Reader, derive kdf) (Sealed, error) {
	fresh := make([]byte, keySize+saltSize)
	if _, err := io.ReadFull(random, fresh); err != nil {
		return Sealed{}, fmt.Errorf("no randomness: %w", err)
	}
	salt := fresh[keySize:]
	s := sealer{random, fresh[:keySize], header(count, salt)}
	l := letter{string(c.HTML), map[string]sealedFile{}}
	if !utf8.ValidString(l.HTML) {
		return Sealed{}, errors.New("the page is not UTF-8 text")
	}
	sealed := Sealed{Files: map[string][]byte{}}
	for _, f := range c.Files {
		if _, twice := l.Files[f.URL]; twice {
			return Sealed{}, fmt.Errorf("two files are called %q", f.URL)
		}
		name, data, err := s.file(f.Data)
		if err != nil {
			return Sealed{}, err
		}
		l.Files[f.URL] = sealedFile{name, f.Type}
		sealed.Files[name] = data
	}
	envelope, err := s.slots(passphrases, salt, count, derive)
	if err != nil {
		return Sealed{}, err
	}
	page, err := marshal(l)
	if err != nil {
		return Sealed{}, err
	}
	body, err := s.part(s.content, pad(page), about(envelope, "page"))
	if err != nil {
		return Sealed{}, err
	}
	sealed.Envelope = append(envelope, body...)
	return sealed, nil
}

// slots returns the envelope up to the page.
func (s sealer) slots(passphrases []string, salt []byte, count int, derive kdf) ([]byte, error) {
	n := (len(passphrases) + slotStep - 1) / slotStep * slotStep
	slots := make([][]byte, n)
	for i := range slots {
		if i >= len(passphrases) {
			slots[i] = make([]byte, slotSize)
			if _, err := io.ReadFull(s.random, slots[i]); err != nil {
				return nil, fmt.Errorf("no randomness: %w", err)
			}
			continue
		}
		key, err := derive(passphrases[i], salt, count)
		if err != nil {
			return nil, err
		}
		if slots[i], err = s.part(key, s.content, about(s.header, "key")); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(slots, bytes.Compare) // they begin with random nonces
	envelope := append(s.header[:headerSize:headerSize], byte(n))
	return append(envelope, bytes.Join(slots, nil)...), nil
}

// file seals one file and names it by lot: a name made from its bytes would
// tell whoever has the same file that it is here.
func (s sealer) file(data []byte) (name string, sealed []byte, err error) {
	lot := make([]byte, 15)
	if _, err := io.ReadFull(s.random, lot); err != nil {
		return "", nil, fmt.Errorf("no randomness: %w", err)
	}
	name = strings.ToLower(base32.StdEncoding.EncodeToString(lot)) + ".bin"
	sealed, err = s.part(s.content, pad(data), about(s.header, "file"+name))
	return name, sealed, err
}

// part returns a nonce and the sealed plaintext.
func (s sealer) part(key, plain, about []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, nonceSize)
	if _, err := io.ReadFull(s.random, nonce); err != nil {
		return nil, fmt.Errorf("no randomness: %w", err)
	}
	return aead.Seal(nonce, nonce, plain, about), nil
}

// marshal writes JSON with the signs of HTML as they are, which saves a tenth.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
