package pipeline

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/render"
)

// forEach calls f for each number below n, on all processors, and returns the
// first error in the order of the numbers. It is the one shape of concurrency
// here: what belongs to number i is written to slot i.
func forEach(ctx context.Context, n int, f func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = f(i)
			}
		})
	}
	wait.Wait()
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return errs[i]
	}
	return ctx.Err()
}

// made is what is remembered of an output: not its bytes.
type made struct {
	path   string
	recipe string
	reads  []int32 // numbers of questions
	hash   files.Hash
	size   int64
	diags  diag.List
	insets []render.Inset // of shared pieces
	beside []files.Staged // files that it made besides
	leaks  int
}

// make makes the targets that no longer hold and hands them to the sink.
func (p *Pipeline) make(ctx context.Context, r *Result, targets []render.Target, out Sink) error {
	answers, changed, err := p.asked.ask(ctx, r.World)
	if err != nil {
		return err
	}
	r.Outputs = make([]Output, len(targets))
	results, list := p.remembered(targets), p.asked.list
	var count atomic.Int64
	err = forEach(ctx, len(targets), func(i int) error {
		t, m := targets[i], &results[i]
		o := Output{Path: t.Path, Recipe: t.Recipe}
		var err error
		known, done := m.recipe == t.Recipe && m.isIn(out), false
		if known && m.holds(changed) {
			o.Staged, o.Kept, done = files.Staged{Path: t.Path, Hash: m.hash, Size: m.size}, true, true
		} else if known && m.fits(changed, list) {
			o.Staged, done = p.refit(r.World, t, m, list, out)
		}
		if !done {
			*m, o.Staged, err = p.makeOne(r.World, t, out)
		}
		o.Failed = m.diags.Errors() > 0
		r.Outputs[i] = o
		if n := count.Add(1); p.settings.Progress != nil && n%64 == 0 {
			p.settings.Progress(int(n), len(targets))
		}
		return err
	})
	if err != nil {
		return err
	}
	p.asked.take(answers, r.World.Site)
	p.asked.sweep(results)
	p.made = results
	for i := range targets {
		r.Diags.Add(results[i].diags)
		r.Leaks += results[i].leaks
		r.addBeside(r.Outputs[i], results[i].beside)
		if r.Outputs[i].Kept {
			r.Kept++
		} else {
			r.Made++
		}
	}
	return nil
}

// remembered returns for each target what is remembered of its output. Both are
// in path order.
func (p *Pipeline) remembered(targets []render.Target) []made {
	results := make([]made, len(targets))
	before := p.made
	for i, t := range targets {
		for len(before) > 0 && before[0].path < t.Path {
			before = before[1:]
		}
		if len(before) > 0 && before[0].path == t.Path {
			results[i] = before[0]
		}
	}
	return results
}

func (p *Pipeline) makeOne(w *render.World, t render.Target, out Sink) (made, files.Staged, error) {
	v := render.NewView(w, t.Path)
	defer v.Done()
	data, err := t.Make(v)
	if err != nil {
		return made{}, files.Staged{}, err
	}
	v.Inspect(t, data)
	staged, err := out.Put(t.Path, data)
	if err != nil {
		return made{}, staged, err
	}
	m := made{path: t.Path, recipe: t.Recipe, reads: p.asked.numbers(v.Reads()), hash: staged.Hash, size: staged.Size, diags: v.Diagnostics(), insets: v.Insets(data), leaks: v.Leaked()}
	m.beside, err = putBeside(v, out)
	return m, staged, err
}

// holds reports whether every question still has the answer that it had.
func (m *made) holds(changed []bool) bool {
	return !slices.ContainsFunc(m.reads, func(n int32) bool { return changed[n] })
}

// Reads returns what the output at the path asked when it was made, with the
// answers.
func (p *Pipeline) Reads(path string) []render.Read {
	i, ok := slices.BinarySearchFunc(p.made, path, func(m made, path string) int { return strings.Compare(m.path, path) })
	if !ok {
		return nil
	}
	list := make([]render.Read, len(p.made[i].reads))
	for j, n := range p.made[i].reads {
		list[j] = p.asked.list[n]
	}
	return list
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
