package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/render"
)

// unsaid is what is remembered of what no output may say: which words handouts
// have to themselves depends on all public texts, of which few change.
type unsaid struct {
	of     files.Hash // the secrets
	search *handout.Search
	said   map[string]said // by name of the public text
}

// said is what one public text says of what could be a secret.
type said struct {
	hash files.Hash
	runs []uint64
}

// guard works out what no output of the world may say. Outputs ask for its
// fingerprint, so all are looked through again when it changes, and only those
// that are made when it does not.
func (p *Pipeline) guard(ctx context.Context, w *render.World) error {
	secrets, err := w.Secrets()
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // gone since the tree was read: the next run sees it
		return err
	}
	if len(secrets) == 0 {
		p.unsaid = unsaid{}
		return nil
	}
	if of := hashSecrets(secrets); of != p.unsaid.of {
		p.unsaid = unsaid{of, handout.NewSearch(secrets), nil}
	}
	publics := w.Publics()
	now := make([]said, len(publics))
	err = forEach(ctx, len(publics), func(i int) error {
		text := publics[i]
		if was, ok := p.unsaid.said[text.Name]; ok && was.hash == text.Hash {
			now[i] = was
			return nil
		}
		data, err := text.Text()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		now[i] = said{text.Hash, p.unsaid.search.Said(data)}
		return nil
	})
	if err != nil {
		return err
	}
	p.unsaid.said = make(map[string]said, len(publics))
	for i, text := range publics {
		p.unsaid.said[text.Name] = now[i]
	}
	w.Guard(p.unsaid.search.Finder(func(yield func([]uint64) bool) {
		for _, s := range now {
			if !yield(s.runs) {
				return
			}
		}
	}))
	return nil
}

func hashSecrets(secrets []handout.Secret) files.Hash {
	var b bytes.Buffer
	for _, s := range secrets {
		fmt.Fprintf(&b, "%q %q %q %q %v %v\n", s.Page, s.Kind, s.Text, s.Own, s.Always, files.Sum(s.Data))
	}
	return files.Sum(b.Bytes())
}
