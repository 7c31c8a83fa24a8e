package pipeline

import (
	"slices"

	"rapport/internal/files"
	"rapport/internal/render"
)

// A change of what all pages share, such as the navigation, the footer or a
// style sheet, changes every page in the same places. Such a page need not be
// made by its layout again: the pieces are exchanged in the file that is there.

// keeper is a Sink that gives back what it holds.
type keeper interface {
	Get(path string, hash files.Hash) ([]byte, error)
}

// fits reports whether nothing but shared pieces has changed of all that the
// output asked, and it is known where in it they stand. The list is that of the
// questions.
func (m *made) fits(changed []bool, list []render.Read) bool {
	return len(m.insets) > 0 && len(m.beside) == 0 && m.leaks == 0 &&
		!slices.ContainsFunc(m.reads, func(n int32) bool { return changed[n] && list[n].Kind != render.Shared })
}

// refit puts the shared pieces of this run into an output of an earlier one. It
// reports false where the layout has to make the output: it then does what
// refit could not, or finds out why not.
func (p *Pipeline) refit(w *render.World, t render.Target, m *made, list []render.Read, out Sink) (files.Staged, bool) {
	shelf, ok := out.(keeper)
	if !ok {
		return files.Staged{}, false
	}
	was, err := shelf.Get(t.Path, m.hash)
	if err != nil {
		return files.Staged{}, false
	}
	v := render.NewView(w, t.Path)
	defer v.Done()
	data, ok := v.Refit(was, m.insets)
	if !ok {
		return files.Staged{}, false
	}
	if v.Inspect(t, data); v.Leaked() > 0 {
		return files.Staged{}, false
	}
	staged, err := out.Put(t.Path, data)
	if err != nil {
		return files.Staged{}, false
	}
	m.reads = p.replace(m.reads, v.Reads(), list)
	m.insets, m.hash, m.size = v.Insets(data), staged.Hash, staged.Size
	return staged, true
}

// replace returns the numbers of what an output asked with other questions about
// shared pieces, in the order of their kinds.
func (p *Pipeline) replace(reads []int32, now []render.Read, list []render.Read) []int32 {
	first := slices.IndexFunc(reads, func(n int32) bool { return list[n].Kind >= render.Shared })
	rest := reads[first:]
	for len(rest) > 0 && list[rest[0]].Kind == render.Shared {
		rest = rest[1:]
	}
	shared := slices.DeleteFunc(now, func(r render.Read) bool { return r.Kind != render.Shared })
	return slices.Concat(reads[:first], p.asked.numbers(shared), rest)
}
