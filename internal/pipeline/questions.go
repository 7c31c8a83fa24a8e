package pipeline

import (
	"context"
	"sync"

	"rapport/internal/files"
	"rapport/internal/render"
	"rapport/internal/site"
)

// questions are all that outputs have asked, each once with its answer in the
// last run. Outputs remember their numbers. So a run asks each question once
// more, however many outputs want to know. What a page asks of itself nobody else
// wants to know, so nobody looks whether it is there already.
type questions struct {
	mu    sync.Mutex
	list  []render.Read
	at    map[render.Key]int32 // places in list, but for what pages ask of themselves; nil until one is looked for
	least int                  // length of the list when it was last swept
	of    *site.Site           // that the answers are about; nil where some may be of another
}

// numbers returns the places of what one output asked.
func (q *questions) numbers(reads []render.Read) []int32 {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.at == nil {
		q.at = make(map[render.Key]int32, len(q.list))
		for i, r := range q.list {
			if !r.Kind.OfPage() {
				q.at[r.Key] = int32(i)
			}
		}
	}
	out := make([]int32, len(reads))
	for i, r := range reads {
		if !r.Kind.OfPage() {
			if n, ok := q.at[r.Key]; ok {
				out[i] = n
				continue
			}
			q.at[r.Key] = int32(len(q.list))
		}
		out[i] = int32(len(q.list))
		q.list = append(q.list, r)
	}
	return out
}

// ask asks all questions again. It returns the answers, and which are not what
// they were. What is asked of the site alone has the answer that it had, if it is
// the same site.
func (q *questions) ask(ctx context.Context, w *render.World) (answers []files.Hash, changed []bool, err error) {
	const block = 256
	same := q.of == w.Site
	q.of = nil // until all outputs are made
	answers, changed = make([]files.Hash, len(q.list)), make([]bool, len(q.list))
	err = forEach(ctx, (len(q.list)+block-1)/block, func(n int) error {
		for i := n * block; i < min((n+1)*block, len(q.list)); i++ {
			if same && q.list[i].Kind.OfSite() {
				answers[i] = q.list[i].Answer
				continue
			}
			answers[i] = w.Fingerprint(q.list[i].Key)
			changed[i] = answers[i] != q.list[i].Answer
		}
		return nil
	})
	return answers, changed, err
}

// take makes the answers, which are about the site, those of the last run. All
// outputs that had asked for one that changed have been made anew.
func (q *questions) take(answers []files.Hash, s *site.Site) {
	q.of = s
	for i, a := range answers {
		q.list[i].Answer = a
	}
}

// sweep forgets questions that no output asks any more, once they are many.
func (q *questions) sweep(all []made) {
	if q.least == 0 {
		q.least = len(q.list)
	}
	if len(q.list) <= 2*q.least {
		return
	}
	to := make([]int32, len(q.list)) // new places, from 1
	var kept []render.Read
	for i := range all {
		for j, n := range all[i].reads {
			if to[n] == 0 {
				kept = append(kept, q.list[n])
				to[n] = int32(len(kept))
			}
			all[i].reads[j] = to[n] - 1
		}
	}
	q.list, q.at, q.least = kept, nil, len(kept)
}
