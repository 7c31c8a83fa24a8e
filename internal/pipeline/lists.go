package pipeline

import (
	"slices"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/render"
)

// What is saved of questions, outputs and the search index are plain lists: they
// are read in one go, and take little room.

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
	Insets         savedInsets
	Rest           map[int]savedRest // what few have
}

// savedInsets are lists of one length, but for Counts, which says how many of
// them each output has, and Names.
type savedInsets struct {
	Counts   []uint32
	Names    []string // each once
	Name     []uint32 // place in Names
	At, Size []int32
}

type savedRest struct {
	Diags  diag.List
	Beside []files.Staged
	Leaks  int
}

type savedIndex struct {
	Of, Guarded files.Hash
	Files       []files.Staged
	Leaks       map[string]diag.List // by path
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
		s.Insets.add(m.insets)
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

// add adds those of one output.
func (s *savedInsets) add(list []render.Inset) {
	s.Counts = append(s.Counts, uint32(len(list)))
	for _, in := range list {
		n := slices.Index(s.Names, in.Name) // a theme has few
		if n < 0 {
			n, s.Names = len(s.Names), append(s.Names, in.Name)
		}
		s.Name, s.At, s.Size = append(s.Name, uint32(n)), append(s.At, in.At), append(s.Size, in.Size)
	}
}

func (i indexed) save() savedIndex {
	s := savedIndex{Of: i.of, Guarded: i.guarded, Leaks: map[string]diag.List{}}
	for path, f := range i.files {
		s.Files = append(s.Files, f.staged)
		if len(f.leaks) > 0 {
			s.Leaks[path] = f.leaks
		}
	}
	return s
}

// bytes returns the index itself.
func (i indexed) bytes() []byte {
	if i.index == nil {
		return i.saved
	}
	return i.index.Append(make([]byte, 0, len(i.saved)+len(i.saved)/8))
}

func (s savedIndex) restore(index []byte) indexed {
	i := indexed{of: s.Of, guarded: s.Guarded, saved: index, files: make(map[string]indexFile, len(s.Files))}
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
	insets, err := s.Insets.restore(n)
	if err != nil {
		return nil, err
	}
	list := make([]made, n)
	for i := range list {
		count := int(s.Counts[i])
		if count > len(reads) {
			return nil, errSaved
		}
		rest := s.Rest[i]
		list[i] = made{path: s.Paths[i], recipe: s.Recipes[i], reads: reads[:count:count], insets: insets[i], size: s.Sizes[i], diags: rest.Diags, beside: rest.Beside, leaks: rest.Leaks}
		copy(list[i].hash[:], s.Hashes[i*len(files.Hash{}):])
		reads = reads[count:]
	}
	return list, nil
}

// restore returns the insets of so many outputs. Whether they lie in the output
// is seen when they are used.
func (s savedInsets) restore(outputs int) ([][]render.Inset, error) {
	n := len(s.Name)
	if len(s.Counts) != outputs || len(s.At) != n || len(s.Size) != n {
		return nil, errSaved
	}
	all := make([]render.Inset, n)
	for i := range all {
		if int(s.Name[i]) >= len(s.Names) {
			return nil, errSaved
		}
		all[i] = render.Inset{Name: s.Names[s.Name[i]], At: s.At[i], Size: s.Size[i]}
	}
	list := make([][]render.Inset, outputs)
	for i, count := range s.Counts {
		if int(count) > len(all) {
			return nil, errSaved
		}
		list[i], all = all[:count:count], all[count:]
	}
	return list, nil
}
