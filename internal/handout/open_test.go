package handout

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

var (
	// ErrPassphrase says that a passphrase opens none of the slots.
	ErrPassphrase = errors.New("this passphrase does not open the handout")
	// ErrDamaged says that an envelope or file is not what was sealed.
	ErrDamaged = errors.New("the sealed handout was damaged or changed")
)

// Open is the twin of Seal. Files come in the order of their URLs. It returns
// ErrPassphrase or ErrDamaged, or says that the count of iterations is refused.
func Open(s Sealed, passphrase string) (Content, error) { return open(s, passphrase, derive) }

func open(s Sealed, passphrase string, derive kdf) (Content, error) {
	e, err := parse(s.Envelope)
	if err != nil {
		return Content{}, err
	}
	slotKey, err := derive(Normalize(passphrase), e.salt, e.count)
	if err != nil {
		return Content{}, err
	}
	var key []byte
	for slot := range slices.Chunk(e.slots, slotSize) {
		if k, err := openPart(slotKey, slot, about(e.header, "key")); err == nil {
			key = k
		}
	}
	if key == nil {
		return Content{}, ErrPassphrase
	}
	var l letter
	page, err := openPadded(key, e.page, about(e.front, "page"))
	if err != nil || json.Unmarshal(page, &l) != nil {
		return Content{}, ErrDamaged
	}
	c := Content{HTML: []byte(l.HTML)}
	for url, f := range l.Files {
		data, err := openPadded(key, s.Files[f.Name], about(e.header, "file"+f.Name))
		if err != nil {
			return Content{}, err
		}
		c.Files = append(c.Files, File{url, f.Type, data})
	}
	slices.SortFunc(c.Files, func(a, b File) int { return strings.Compare(a.URL, b.URL) })
	return c, nil
}

// parts are those of an envelope.
type parts struct {
	header, front []byte // up to the salt; up to the page
	count         int
	salt, slots   []byte
	page          []byte
}

// parse takes an envelope apart. It checks form alone.
func parse(envelope []byte) (parts, error) {
	if len(envelope) <= headerSize || string(envelope[:len(preface)]) != preface {
		return parts{}, ErrDamaged
	}
	n := int(envelope[headerSize])
	front := headerSize + 1 + n*slotSize
	if n == 0 || n%slotStep != 0 || len(envelope) < front+nonceSize+padStep+tagSize {
		return parts{}, ErrDamaged
	}
	return parts{
		header: envelope[:headerSize],
		front:  envelope[:front],
		count:  int(binary.BigEndian.Uint32(envelope[len(preface):])),
		salt:   envelope[headerSize-saltSize : headerSize],
		slots:  envelope[headerSize+1 : front],
		page:   envelope[front:],
	}, nil
}

// openPart opens a nonce and what was sealed with it.
func openPart(key, sealed, about []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil || len(sealed) < nonceSize+tagSize {
		return nil, ErrDamaged
	}
	plain, err := aead.Open(nil, sealed[:nonceSize], sealed[nonceSize:], about)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

func openPadded(key, sealed, about []byte) ([]byte, error) {
	padded, err := openPart(key, sealed, about)
	if err != nil {
		return nil, err
	}
	return unpad(padded)
}

// unpad takes back what pad did, and nothing else.
func unpad(padded []byte) ([]byte, error) {
	if len(padded) < 4 {
		return nil, ErrDamaged
	}
	n := uint64(binary.BigEndian.Uint32(padded))
	if n > uint64(len(padded)-4) {
		return nil, ErrDamaged
	}
	content := padded[4 : 4+n]
	if !bytes.Equal(pad(content), padded) {
		return nil, ErrDamaged
	}
	return content, nil
}
