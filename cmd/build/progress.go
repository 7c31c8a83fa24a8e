package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress is one line on a terminal that says how far a build is. It appears
// when a build takes longer than patience, and never in a pipe.
type progress struct {
	out   io.Writer
	begun time.Time
	mu    sync.Mutex
	last  time.Time
	shown bool
}

const (
	patience = 500 * time.Millisecond
	refresh  = 100 * time.Millisecond
)

func newProgress(t *terminal, quiet bool) *progress {
	p := &progress{begun: time.Now()}
	if f, ok := t.err.(*os.File); ok && !quiet && term.IsTerminal(int(f.Fd())) {
		p.out = f
	}
	return p
}

func (p *progress) show(done, total int) {
	if p.out == nil || time.Since(p.begun) < patience {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.Sub(p.last) >= refresh {
		p.last, p.shown = now, true
		fmt.Fprintf(p.out, "\r%d of %d files\x1b[K", done, total)
	}
}

func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
