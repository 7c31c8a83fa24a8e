package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/watch"
)

// The law, live: whatever people do to a site that is being served, and
// however fast, once they pause they see what a clean build gives, files and
// problems alike.

var (
	liveCount = flag.Int("edits", 40, "edits of the live law test; the whole test is 1000")
	liveSeed  = flag.Int64("seed", 0, "of the edits; 0 takes another one each time")
	liveIdle  = flag.Duration("idle", time.Second, "how long nothing may be built while nothing changes")
)

// patient is how long a test waits for what must come; what it took is logged.
const patient = 30 * time.Second

func TestLiveLaw(t *testing.T) {
	seed := *liveSeed
	if seed == 0 {
		seed = time.Now().UnixNano()
	}
	for _, c := range []struct {
		name         string
		edits, pages int
		events       func() (watch.Notifier, error)
	}{
		{"300 pages", *liveCount, 300, nil},
		{"events are lost", *liveCount / 3, 30, forgetful()},
		{"ten folders can be watched", *liveCount / 3, 30, limited(10)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Logf("-seed %d", seed)
			site := newLiveSite(t, c.pages, seed)
			l := serveLive(t, site.dir, c.events)
			l.matches(site.dir, "at the start")
			var slowest time.Duration
			for done := 0; done < c.edits; {
				var names []string
				for range min(1+site.rand.Intn(8), c.edits-done) {
					names = append(names, site.edit())
					time.Sleep(time.Duration(site.rand.Intn(3)) * 5 * time.Millisecond)
					done++
				}
				slowest = max(slowest, l.matches(site.dir, fmt.Sprintf("after %d edits, the last of them %q", done, names)))
			}
			t.Logf("%d edits, equal at most %v after a burst", c.edits, slowest.Round(time.Millisecond))
			time.Sleep(3 * time.Second) // scanning looks again once files are no longer young
			before := l.event().Number
			time.Sleep(*liveIdle)
			if now := l.event().Number; now != before {
				t.Errorf("%d runs while nothing changed", now-before)
			}
		})
	}
}

// served is a running serve command.
type served struct {
	t      *testing.T
	at     string
	last   map[string]string // what was served last, by path → ETag
	client *http.Client
}

// serveLive starts the command on a port of its own.
func serveLive(t *testing.T, dir string, events func() (watch.Notifier, error)) *served {
	c := serveCommand{Addr: "127.0.0.1:0"}
	c.Site, c.At = dir, "2026-11-01"
	ctx, stop := context.WithCancel(context.Background())
	out := &said{}
	done := make(chan error, 1)
	go func() { done <- c.serve(ctx, &terminal{out, io.Discard}, events) }()
	l := &served{t: t, last: map[string]string{}, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}}
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		l.client.CloseIdleConnections()
	})
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if _, rest, ok := strings.Cut(out.String(), "Serving on "); ok && strings.Contains(rest, "\n") {
			l.at, _, _ = strings.Cut(rest, "/ (")
			return l
		}
		select {
		case err := <-done:
			t.Fatal("ended: ", err)
		default:
		}
		if time.Since(begun) > patient {
			t.Fatalf("does not begin: %q", out.String())
		}
	}
}

// said is a terminal that can be read while it is written.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// matches waits until what is served is what a clean build of the folder
// gives, and returns how long it took.
func (l *served) matches(dir, when string) time.Duration {
	l.t.Helper()
	begun := time.Now()
	want := clean(l.t, dir)
	for {
		differs := l.differs(want)
		if differs == "" {
			return time.Since(begun)
		}
		if time.Since(begun) > patient {
			l.t.Fatalf("%s: %s", when, differs)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// clean is what a build that remembers nothing gives.
func clean(t *testing.T, dir string) pipeline.Result {
	in, err := siteFlags{Site: dir, At: "2026-11-01"}.input()
	if err != nil {
		t.Fatal(err)
	}
	tree, err := files.Read(files.Tree{}, in.folders...)
	if err != nil {
		t.Fatal(err)
	}
	p := pipeline.New(in.settings)
	r, err := p.Run(context.Background(), tree, nowhere{})
	if err := errors.Join(err, p.Close()); err != nil {
		t.Fatal(err)
	}
	return r
}

// differs says in what the served site differs from a clean one.
func (l *served) differs(want pipeline.Result) string {
	if differs := differsIn(l.event().Problems.List, want.Diags); differs != "" {
		return differs
	}
	if want.World == nil {
		return "" // the settings are broken: the last good site is still served
	}
	wrong := map[string]bool{}
	for _, d := range want.Diags {
		wrong[d.Pos.File] = wrong[d.Pos.File] || d.Severity == diag.Error
	}
	now := map[string]string{}
	for _, o := range want.Outputs {
		status, tag := l.head(o.Path)
		_, source, _ := strings.Cut(o.Recipe, " ")
		if now[o.Path] = tag; status != http.StatusOK {
			return fmt.Sprintf("%s: status %d", o.Path, status)
		}
		if bad := o.Failed || wrong[source]; !bad && tag != `"`+o.Staged.Hash.String()+`"` {
			return fmt.Sprintf("%s (%s): served %s, built %s", o.Path, o.Recipe, tag, o.Staged.Hash)
		}
	}
	for path := range l.last {
		if _, stays := now[path]; !stays {
			if status, _ := l.head(path); status != http.StatusNotFound {
				return fmt.Sprintf("%s is gone: status %d", path, status)
			}
		}
	}
	l.last = now
	return ""
}

func (l *served) head(path string) (int, string) {
	answer, err := l.client.Head(l.at + "/" + path)
	if err != nil {
		l.t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode, answer.Header.Get("ETag")
}

// standing is an event, as a browser reads it.
type standing struct {
	Number   int
	Problems struct{ List []problem }
}

type problem struct {
	Severity, Message, Hint string
	Position                diag.Pos
}

func (l *served) event() standing {
	l.t.Helper()
	answer, err := l.client.Get(l.at + "/.rapport/events?path=/")
	if err != nil {
		l.t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	var s standing
	if err := json.Unmarshal([]byte(strings.TrimPrefix(lines.Text(), "data: ")), &s); err != nil {
		l.t.Fatal(err)
	}
	return s
}

// differsIn compares what the browser lists, which is errors first and at most
// a hundred, with all that was found.
func differsIn(got []problem, want diag.List) string {
	var sorted []problem
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, d := range want {
			if d.Severity == severity {
				sorted = append(sorted, problem{severity.String(), d.Message, d.Hint, d.Pos})
			}
		}
	}
	sorted = sorted[:min(len(sorted), 100)]
	for i := range max(len(got), len(sorted)) {
		switch {
		case i >= len(got):
			return fmt.Sprintf("problem not shown: %+v", sorted[i])
		case i >= len(sorted):
			return fmt.Sprintf("problem shown that is none: %+v", got[i])
		case got[i] != sorted[i]:
			return fmt.Sprintf("problem %d: shown %+v, found %+v", i, got[i], sorted[i])
		}
	}
	return ""
}

// limited is the system's notifier, which can watch no more than most folders.
func limited(most int) func() (watch.Notifier, error) {
	return func() (watch.Notifier, error) {
		n, err := watch.System()
		add, watched := n.Add, map[string]bool{}
		n.Add = func(dir string) error {
			if watched[dir] = true; len(watched) > most {
				return syscall.ENOSPC
			}
			return add(dir)
		}
		return n, err
	}
}

// forgetful is the system's notifier, which loses two of three events and says
// so afterwards.
func forgetful() func() (watch.Notifier, error) {
	var count atomic.Int64
	return func() (watch.Notifier, error) {
		n, err := watch.System()
		lost := make(chan error)
		n.Events = losing(n.Events, lost, &count)
		n.Errors = lost
		return n, err
	}
}

func losing[E any](in <-chan E, lost chan<- error, count *atomic.Int64) <-chan E {
	out := make(chan E)
	go func() {
		defer close(out)
		for e := range in {
			if count.Add(1)%3 == 0 {
				select {
				case out <- e:
				case <-time.After(time.Second): // nobody listens to this notifier any more
				}
				continue
			}
			select {
			case lost <- watch.ErrOverflow:
			case <-time.After(time.Second):
			}
		}
	}()
	return out
}

// TestWhatEventsLeaveOut saves two pages and lets the system tell of one. The
// page that it tells of is looked at alone; what else there is has to follow.
func TestWhatEventsLeaveOut(t *testing.T) {
	site := newLiveSite(t, 20, 1)
	l := serveLive(t, site.dir, func() (watch.Notifier, error) {
		n, err := watch.System()
		n.Events = but(n.Events, "p1.md")
		return n, err
	})
	l.matches(site.dir, "at the start")
	for i := range 5 {
		for _, name := range []string{"content/articles/deep/p1.md", "content/notes/p2.md"} {
			site.must(os.WriteFile(site.path(name), []byte(site.texts[name]+fmt.Sprintf("\nOnce more: %d.\n", i)), 0o666))
		}
		l.matches(site.dir, "after two saves of which one is told")
	}
}

// but leaves out the events whose text holds the word.
func but[E any](in <-chan E, word string) <-chan E {
	out := make(chan E)
	go func() {
		defer close(out)
		for e := range in {
			if !strings.Contains(fmt.Sprint(e), word) {
				out <- e
			}
		}
	}()
	return out
}

func TestWatchWritesWhatBuildWrites(t *testing.T) {
	site := newLiveSite(t, 40, 1)
	out := filepath.Join(site.dir, "public")
	l, err := newLive(liveFlags{siteFlags: siteFlags{Site: site.dir, At: "2026-11-01"}, Quiet: true}, &terminal{io.Discard, io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	folder, err := files.OpenOut(out)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(o pipeline.Output) bool {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(o.Path)))
		return err == nil && files.Sum(data) == o.Staged.Hash
	}
	ahead := 0 // how often pages were there before the search index
	w := &writing{live: l, dir: out, out: folder, pending: func() bool {
		for _, o := range clean(t, site.dir).Outputs {
			if held := holds(o); !held && o.Recipe != "search index of all pages" {
				t.Errorf("%s waits for the search index", o.Path)
			} else if !held {
				ahead++
			}
		}
		return false
	}}
	for _, edit := range []func(){
		func() {},
		func() { site.change("A weak tie", "Now a weak tie") },
		func() { site.remove("content/work/p39.md") }, // which nothing links to
		func() { site.save("site.yaml", strings.Replace(site.texts["site.yaml"], "Live", "Another", 1)) },
	} {
		edit()
		if err := w.turn(context.Background()); err != nil {
			t.Fatal(err)
		}
		for _, o := range clean(t, site.dir).Outputs {
			if !holds(o) {
				t.Errorf("%s is not what a build makes of it", o.Path)
			}
		}
	}
	if ahead == 0 {
		t.Error("pages wait for the search index")
	}
	// Somebody else tidies up and writes into the folder, and then a page is saved.
	w.pending = func() bool { return false }
	site.must(os.RemoveAll(filepath.Join(out, "work")))
	site.must(os.WriteFile(filepath.Join(out, "index.html"), []byte("Mine"), 0o666))
	site.change("weak tie", "weak link")
	if err := w.turn(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, o := range clean(t, site.dir).Outputs {
		if !holds(o) {
			t.Errorf("%s is not put right", o.Path)
		}
	}
	good := clean(t, site.dir).Outputs
	site.save("site.yaml", "title: Another\nnothing: [\n")
	if err := w.turn(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, o := range good {
		if !holds(o) {
			t.Errorf("%s was touched although the settings are broken", o.Path)
		}
	}
	if err := errors.Join(l.pipe.Close(), folder.Close()); err != nil {
		t.Fatal(err)
	}
}
