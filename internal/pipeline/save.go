package pipeline

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"hash/fnv"
	"slices"
	"strings"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/render"
	"rapport/internal/site"
)

// saved is what a pipeline tells one in another process: the pages as others see
// them, and the outputs with what they asked. The texts are not in it, since
// the files have them, and nothing of handouts is.
type saved struct {
	HTML, Code, Labels string // of parsing
	Messages           files.Hash
	Addresses          files.Hash
	Groups             [][]byte // pages, see group
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

// savedQuestions are lists of one length: names and kinds of questions, and
// their answers behind one another.
type savedQuestions struct {
	Names   []string // each once
	Name    []uint32 // place in Names
	Kinds   []byte
	Answers []byte
}

// savedOutputs are lists of one length, but for Reads, which holds as many
// numbers for each output as Counts says, and Rest.
type savedOutputs struct {
	Paths, Recipes []string
	Hashes         []byte
	Sizes          []int64
	Counts         []uint32
	Reads          []uint32
	Rest           map[int]savedRest // what few have
}

type savedRest struct {
	Diags  diag.List
	Beside []files.Staged
	Leaks  int
}

type savedIndex struct {
	Of, Guarded files.Hash
	Index       []byte
	Files       []files.Staged
	Leaks       map[string]diag.List // by path
}

// group is some of the pages as they were saved. Where none of them has changed
// it is not written again.
type group struct {
	data  []byte
	pages int
}

// groupSize is how many pages a group holds at most, on the average.
const groupSize = 512

// Save returns what Restore needs. It is to be called after a run.
func (p *Pipeline) Save(ctx context.Context) ([]byte, error) {
	s := saved{HTML: p.reading.html, Code: p.reading.code, Labels: p.reading.labels, Messages: p.reading.messages, Addresses: p.addresses}
	n := 1
	for n*groupSize < len(p.parsed) {
		n *= 2 // so that a new page seldom regroups all others
	}
	groups := make([][]*parsed, n)
	private := p.Private()
	for i := range p.parsed {
		if private.Page(p.parsed[i].page.Path) {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(p.parsed[i].page.Path))
		g := h.Sum32() % uint32(n)
		groups[g] = append(groups[g], &p.parsed[i])
	}
	s.Groups = make([][]byte, n)
	err := forEach(ctx, n, func(i int) (err error) {
		s.Groups[i], err = p.saveGroup(groups[i], n, i)
		return err
	})
	if err != nil {
		return nil, err
	}
	outputs := slices.DeleteFunc(slices.Clone(p.made), func(m made) bool { return private.Recipe(m.recipe) })
	s.Asked, s.Made = p.asked.save(outputs)
	s.Index = p.indexed.save()
	var b bytes.Buffer
	err = gob.NewEncoder(&b).Encode(&s)
	return b.Bytes(), err
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

// save returns the outputs and all that they asked.
func (q *questions) save(list []made) (savedQuestions, savedOutputs) {
	var asked savedQuestions
	s := savedOutputs{Rest: map[int]savedRest{}}
	places, to := map[string]uint32{}, make([]uint32, len(q.list)) // new places of questions, from 1
	for i, m := range list {
		s.Paths, s.Recipes, s.Sizes = append(s.Paths, m.path), append(s.Recipes, m.recipe), append(s.Sizes, m.size)
		s.Hashes = append(s.Hashes, m.hash[:]...)
		s.Counts = append(s.Counts, uint32(len(m.reads)))
		for _, n := range m.reads {
			if to[n] == 0 {
				asked.add(q.list[n], places)
				to[n] = uint32(len(asked.Name))
			}
			s.Reads = append(s.Reads, to[n]-1)
		}
		if len(m.diags) > 0 || len(m.beside) > 0 || m.leaks > 0 {
			s.Rest[i] = savedRest{m.diags, m.beside, m.leaks}
		}
	}
	return asked, s
}

// add adds a question. The places are those of the names.
func (s *savedQuestions) add(r render.Read, places map[string]uint32) {
	n, ok := places[r.Name]
	if !ok {
		n = uint32(len(s.Names))
		s.Names, places[r.Name] = append(s.Names, r.Name), n
	}
	s.Name, s.Kinds = append(s.Name, n), append(s.Kinds, byte(r.Kind))
	s.Answers = append(s.Answers, r.Answer[:]...)
}

var errSaved = errors.New("what an earlier build left is damaged")

// Restore returns a pipeline that remembers what the one that was saved did.
// The bytes must be those of Save.
func Restore(ctx context.Context, settings Settings, data []byte) (*Pipeline, error) {
	var s saved
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&s); err != nil {
		return nil, err
	}
	groups := make([][]parsed, len(s.Groups))
	err := forEach(ctx, len(groups), func(i int) (err error) {
		groups[i], err = restoreGroup(s.Groups[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	p := New(settings)
	for i, pages := range groups {
		p.groups = append(p.groups, group{s.Groups[i], len(pages)})
	}
	p.parsed = slices.Concat(groups...)
	slices.SortFunc(p.parsed, func(a, b parsed) int { return strings.Compare(a.page.Path, b.page.Path) })
	p.reading, p.addresses = parsing{s.HTML, s.Code, s.Labels, s.Messages}, s.Addresses
	p.indexed = s.Index.restore()
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
		pages[i] = parsed{hash: s.Hash, page: s.Page.Back(), diags: s.Diags, words: words{hash: s.Words}, links: s.Links, saved: true}
	}
	return pages, nil
}

func (i indexed) save() savedIndex {
	s := savedIndex{Of: i.of, Guarded: i.guarded, Index: i.saved, Leaks: map[string]diag.List{}}
	if i.index != nil {
		s.Index = i.index.Append(nil)
	}
	for path, f := range i.files {
		s.Files = append(s.Files, f.staged)
		if len(f.leaks) > 0 {
			s.Leaks[path] = f.leaks
		}
	}
	return s
}

func (s savedIndex) restore() indexed {
	i := indexed{of: s.Of, guarded: s.Guarded, saved: s.Index, files: make(map[string]indexFile, len(s.Files))}
	for _, f := range s.Files {
		i.files[f.Path] = indexFile{f, s.Leaks[f.Path], true}
	}
	return i
}

func (s savedQuestions) restore() ([]render.Read, error) {
	n := len(s.Name)
	if len(s.Kinds) != n || len(s.Answers) != n*len(files.Hash{}) {
		return nil, errSaved
	}
	list := make([]render.Read, n)
	for i := range list {
		if int(s.Name[i]) >= len(s.Names) {
			return nil, errSaved
		}
		list[i].Kind, list[i].Name = render.Kind(s.Kinds[i]), s.Names[s.Name[i]]
		copy(list[i].Answer[:], s.Answers[i*len(files.Hash{}):])
	}
	return list, nil
}

func (s savedOutputs) restore(questions int) ([]made, error) {
	n := len(s.Paths)
	if len(s.Recipes) != n || len(s.Hashes) != n*len(files.Hash{}) || len(s.Sizes) != n || len(s.Counts) != n {
		return nil, errSaved
	}
	reads := make([]int32, len(s.Reads))
	for i, r := range s.Reads {
		if int(r) >= questions {
			return nil, errSaved
		}
		reads[i] = int32(r)
	}
	list := make([]made, n)
	for i := range list {
		count := int(s.Counts[i])
		if count > len(reads) {
			return nil, errSaved
		}
		rest := s.Rest[i]
		list[i] = made{path: s.Paths[i], recipe: s.Recipes[i], reads: reads[:count:count], size: s.Sizes[i], diags: rest.Diags, beside: rest.Beside, leaks: rest.Leaks}
		copy(list[i].hash[:], s.Hashes[i*len(files.Hash{}):])
		reads = reads[count:]
	}
	return list, nil
}
