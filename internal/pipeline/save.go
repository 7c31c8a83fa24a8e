package pipeline

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/site"
)

// saved is what a pipeline tells one in another process: the pages as others see
// them, and the outputs with what they asked. The texts are not in it, since
// the files have them, and nothing of handouts is.
type saved struct {
	HTML, Code, Labels string // of parsing
	Messages           files.Hash
	Addresses          files.Hash
	Asked              savedQuestions
	Made               savedOutputs
	Index              savedIndex
}

// savedPage is one parsed page.
type savedPage struct {
	Hash, Words, Links files.Hash
	Page               site.Kept
	Diags              diag.List
}

// group is some of the pages as they were saved. Where none of them has changed
// it is not written again.
type group struct {
	data  []byte
	pages int
}

// groupSize is how many pages a group holds at most, on the average.
const groupSize = 512

// Save writes what Restore needs, to be called after a run: pieces behind their
// lengths, each a varint. The first is saved, the second the search index, and
// the rest are groups of pages.
func (p *Pipeline) Save(ctx context.Context, w io.Writer) error {
	s := saved{HTML: p.reading.html, Code: p.reading.code, Labels: p.reading.labels, Messages: p.reading.messages, Addresses: p.addresses}
	private := p.Private()
	outputs := slices.DeleteFunc(slices.Clone(p.made), func(m made) bool { return private.Recipe(m.recipe) })
	s.Asked, s.Made = p.asked.save(outputs)
	s.Index = p.indexed.save()
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(&s); err != nil {
		return err
	}
	if err := errors.Join(writePiece(w, b.Bytes()), writePiece(w, p.indexed.bytes())); err != nil {
		return err
	}
	return p.saveGroups(ctx, w, private)
}

func writePiece(w io.Writer, data []byte) error {
	_, err := w.Write(binary.AppendUvarint(nil, uint64(len(data))))
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// readPiece returns the first piece and what follows it.
func readPiece(data []byte) (piece, rest []byte, err error) {
	size, n := binary.Uvarint(data)
	if n <= 0 || size > uint64(len(data)-n) {
		return nil, nil, errSaved
	}
	return data[n : n+int(size)], data[n+int(size):], nil
}

// saveGroups writes the pages, a few groups at a time.
func (p *Pipeline) saveGroups(ctx context.Context, w io.Writer, private Private) error {
	n := 1
	for n*groupSize < len(p.parsed) {
		n *= 2 // so that a new page seldom regroups all others
	}
	groups := make([][]*parsed, n)
	for i := range p.parsed {
		if private.Page(p.parsed[i].path) {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(p.parsed[i].path))
		g := h.Sum32() % uint32(n)
		groups[g] = append(groups[g], &p.parsed[i])
	}
	const few = 8
	for from := 0; from < n; from += few {
		pieces := make([][]byte, min(few, n-from))
		err := forEach(ctx, len(pieces), func(i int) (err error) {
			pieces[i], err = p.saveGroup(groups[from+i], n, from+i)
			return err
		})
		if err != nil {
			return err
		}
		for _, piece := range pieces {
			if err := writePiece(w, piece); err != nil {
				return err
			}
		}
	}
	return nil
}

// saveGroup returns group i of n.
func (p *Pipeline) saveGroup(pages []*parsed, n, i int) ([]byte, error) {
	if len(p.groups) == n && p.groups[i].pages == len(pages) && !slices.ContainsFunc(pages, func(r *parsed) bool { return !r.saved }) {
		return p.groups[i].data, nil
	}
	list := make([]savedPage, len(pages))
	for i, r := range pages {
		list[i] = savedPage{r.hash, r.words.hash, r.links, r.page.Keep(), r.diags}
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(list)
	return b.Bytes(), err
}

var errSaved = errors.New("what an earlier build left is damaged")

// Restore returns a pipeline that remembers what the one that was saved did.
// The bytes must be those that Save wrote; the pipeline holds on to them.
func Restore(ctx context.Context, settings Settings, data []byte) (*Pipeline, error) {
	var pieces [][]byte
	for len(data) > 0 {
		piece, rest, err := readPiece(data)
		if err != nil {
			return nil, err
		}
		pieces, data = append(pieces, piece), rest
	}
	if len(pieces) < 2 {
		return nil, errSaved
	}
	var s saved
	groups := make([][]parsed, len(pieces)-2)
	err := forEach(ctx, len(groups)+1, func(i int) (err error) {
		if i == 0 { // it takes the longest
			return gob.NewDecoder(bytes.NewReader(pieces[0])).Decode(&s)
		}
		groups[i-1], err = restoreGroup(pieces[i+1])
		return err
	})
	if err != nil {
		return nil, err
	}
	p := New(settings)
	for i, pages := range groups {
		p.groups = append(p.groups, group{pieces[i+2], len(pages)})
	}
	p.parsed = slices.Concat(groups...)
	slices.SortFunc(p.parsed, func(a, b parsed) int { return strings.Compare(a.path, b.path) })
	p.reading, p.addresses = parsing{s.HTML, s.Code, s.Labels, s.Messages}, s.Addresses
	p.indexed = s.Index.restore(pieces[1])
	if p.asked.list, err = s.Asked.restore(); err != nil {
		return nil, err
	}
	if p.made, err = s.Made.restore(len(p.asked.list)); err != nil {
		return nil, err
	}
	p.asked.least = len(p.asked.list)
	p.spool, err = files.NewSpool()
	return p, err
}

func restoreGroup(data []byte) ([]parsed, error) {
	var list []savedPage
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&list); err != nil {
		return nil, err
	}
	pages := make([]parsed, len(list))
	for i := range list {
		s := &list[i]
		pages[i] = parsed{path: s.Page.Path, hash: s.Hash, page: s.Page.Back(), diags: s.Diags, words: words{hash: s.Words}, links: s.Links, saved: true}
	}
	return pages, nil
}
