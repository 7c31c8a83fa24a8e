package handout

import (
	"iter"
	"maps"
	"slices"
)

// Search is all that could be looked for, before it is known what public texts
// say. It does not change and can be used by several goroutines.
type Search struct {
	all   Finder
	alone map[string][]uint64 // stems of words that are looked for alone → their runs
}

// NewSearch notes the words of the secrets.
func NewSearch(secrets []Secret) *Search {
	s := &Search{Finder{secrets: secrets, runs: map[uint64][]int{}, data: map[int][]int{}}, map[string][]uint64{}}
	for i, secret := range secrets {
		if secret.Data != nil {
			s.all.data[len(secret.Data)] = append(s.all.data[len(secret.Data)], i)
			continue
		}
		s.all.add(i, s.alone)
	}
	s.all.index()
	return s
}

// Said returns which of the words a public text says, each once and in order:
// numbers that mean something to this search alone.
func (s *Search) Said(text []byte) []uint64 {
	var list []uint64
	s.all.scan(text, func(run uint64, _, _, _ int) { list = append(list, run) })
	for w, ok := nextWord(text, 0); ok; w, ok = nextWord(text, w.end) {
		for _, begin := range stems(text[w.start:w.end]) {
			list = append(list, s.alone[begin]...)
		}
	}
	slices.Sort(list)
	return slices.Clip(slices.Compact(list))
}

// Finder returns what looks for the words that no public text says.
func (s *Search) Finder(said iter.Seq[[]uint64]) *Finder {
	f := &Finder{secrets: s.all.secrets, data: s.all.data, runs: maps.Clone(s.all.runs)}
	for list := range said {
		for _, run := range list {
			if owners, ok := f.runs[run]; ok {
				f.drop(run, owners)
			}
		}
	}
	f.index()
	f.blind = f.unseen()
	return f
}
