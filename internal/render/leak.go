package render

import (
	"bytes"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/handout"
)

// Guard lets the outputs of the world be looked through for what only handouts
// say. No finder, no handouts.
func (w *World) Guard(f *handout.Finder) {
	if w.finder = f; f != nil {
		sum := f.Sum()
		w.unsaid = files.Sum(sum[:])
	}
}

// Guarded returns the fingerprint of what is looked for; zero for nothing.
func (w *World) Guarded() files.Hash { return w.unsaid }

// Inspect looks through an output that was just made, and reports what it says
// and may not say.
func (v *View) Inspect(t Target, data []byte) {
	v.note(Unsaid, "")
	found := v.world.Leaks(t.Path, t.Recipe, data, t.copied())
	v.leaks = len(found)
	v.diags.Add(found)
}

// Leaked returns how many of the findings are leaks.
func (v *View) Leaked() int { return v.leaks }

// Leaks reports what an output says that only handouts say. Of files that are
// copied as they are only the whole is compared: what a public file holds is
// public.
func (w *World) Leaks(path, recipe string, data []byte, copied bool) diag.List {
	if w.finder == nil {
		return nil
	}
	var leaks []handout.Leak
	if copied {
		leaks = w.finder.Copies(path, data)
	} else {
		leaks = w.finder.Leaks(path, withoutEnvelope(data))
	}
	var diags diag.List
	place := diag.File(sourceOf(recipe))
	if _, ok := w.Tree.Get(sourceOf(recipe)); !ok {
		place = diag.File(path)
	}
	for _, l := range leaks {
		if l.Secret.Data != nil {
			diags.Error(place, "take it away, or do not seal it", "%s is a copy of the %s of the sealed handout %s", path, l.Secret.Kind, l.Secret.Page)
			continue
		}
		diags.Error(place, "reword one of them; what is no secret can be said on any public page", "%s says %q, which is in the %s of the handout %s", path, l.Found, l.Secret.Kind, l.Secret.Page)
	}
	return diags
}

// withoutEnvelope leaves out what is sealed in a locked page: it looks random,
// so any short word might stand in it by chance.
func withoutEnvelope(data []byte) []byte {
	const begin = ` data-sealed="`
	before, rest, ok := bytes.Cut(data, []byte(begin))
	if !ok {
		return data
	}
	_, after, _ := bytes.Cut(rest, []byte(`"`))
	return bytes.Join([][]byte{before, after}, []byte(begin))
}
