package pipeline

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/render"
	"rapport/internal/site"
)

// lock finds out how the sealed pages of a site are to be sealed. A page without
// passphrases, or with weak ones, is an error and is not made.
func (p *Pipeline) lock(w *render.World) (diag.List, error) {
	var diags diag.List
	locks := map[string]render.Lock{}
	for _, page := range w.Site.Pages {
		if page.Handout == nil || !page.Handout.Sealed {
			continue
		}
		words, err := p.passphrases(page)
		if err != nil {
			return nil, err
		}
		if len(words) == 0 {
			diags.Error(page.AccessPos(), "draw one with `rapport handout passphrase`; the manual says under Handouts where to keep it", "there is no passphrase for the handout %s, so it is not built", page.Slug)
			continue
		}
		if err := handout.Check(words); err != nil {
			diags.Error(page.AccessPos(), "draw one with `rapport handout passphrase`", "the handout %s is not built: %v", page.Slug, err)
			continue
		}
		locks[page.Path] = render.Lock{Passphrases: words, Fingerprint: p.fingerprint(words)}
	}
	diags.Add(w.Lock(p.settings.Sealing, locks))
	return diags, nil
}

// passphrases asks for those of one page, and for the key of their fingerprint
// when there are some for the first time.
func (p *Pipeline) passphrases(page *site.Page) ([]string, error) {
	s := p.settings.Sealing
	if s.Passphrases == nil || s.Random == nil {
		return nil, nil
	}
	words, err := s.Passphrases(page.Slug)
	if err != nil || p.secret != nil {
		return words, err
	}
	secret := make([]byte, sha256.Size)
	if _, err := io.ReadFull(s.Random(), secret); err != nil {
		return nil, fmt.Errorf("no randomness: %w", err)
	}
	p.secret = secret
	return words, nil
}

// fingerprint tells other passphrases from these. Its key is random and lives
// as long as the pipeline, so nobody can try passphrases against it, and a new
// process seals each page afresh.
func (p *Pipeline) fingerprint(words []string) files.Hash {
	h := hmac.New(sha256.New, p.secret)
	for _, w := range words {
		fmt.Fprintf(h, "%d:%s", len(w), w)
	}
	return files.Hash(h.Sum(nil)[:len(files.Hash{})])
}

// putBeside hands in what a target made besides its own file.
func putBeside(v *render.View, out Sink) (list []files.Staged, err error) {
	for _, b := range v.Beside() {
		staged, err := out.Put(b.Path, b.Data)
		if err != nil {
			return nil, err
		}
		list = append(list, staged)
	}
	return list, nil
}

// isIn reports whether all files of an output are in place.
func (m *made) isIn(out Sink) bool {
	return out.Holds(m.path, m.hash) && !slices.ContainsFunc(m.beside, func(s files.Staged) bool { return !out.Holds(s.Path, s.Hash) })
}

// addBeside adds the files that were made besides an output.
func (r *Result) addBeside(of Output, list []files.Staged) {
	for _, s := range list {
		if of.Kept { // staged only once
			s = files.Staged{Path: s.Path, Hash: s.Hash, Size: s.Size}
		}
		if of.Kept {
			r.Kept++
		} else {
			r.Made++
		}
		r.Outputs = append(r.Outputs, Output{Path: s.Path, Recipe: "sealed with " + of.Path, Staged: s, Kept: of.Kept})
	}
}
