package watch

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Time is that of synctest here: it passes only while everything waits, and
// exactly as far as it must.

// fake is a notifier that says what a test makes it say.
type fake struct {
	events chan fsnotify.Event
	errors chan error
	opened int
}

func newFake() *fake {
	return &fake{events: make(chan fsnotify.Event), errors: make(chan error)}
}

func (f *fake) open() (Notifier, error) {
	f.opened++
	return Notifier{f.events, f.errors, func(string) error { return nil }, func() error { return nil }}, nil
}

// bubble watches one folder with a fake notifier.
func bubble(t *testing.T, test func(t *testing.T, f *fake, file string, words <-chan Word)) {
	root := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		ctx, stop := context.WithCancel(t.Context())
		words := Start(ctx, Options{Roots: []string{root}, Open: f.open})
		test(t, f, filepath.Join(root, "a.md"), words)
		stop()
		for range words { // until it is closed
		}
	})
}

// waited returns how long it took until the next word.
func waited(words <-chan Word) time.Duration {
	begun := time.Now()
	<-words
	return time.Since(begun)
}

func TestLoneSaveIsToldAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, f *fake, file string, words <-chan Word) {
		f.events <- fsnotify.Event{Name: file, Op: fsnotify.Write}
		if d := waited(words); d < 10*time.Millisecond || d > 30*time.Millisecond {
			t.Errorf("a lone save was told after %v, want 10 to 30 ms", d)
		}
	})
}

// A word names what a lone save touched, and nothing where more has happened.
func TestWordsNameLoneSaves(t *testing.T) {
	bubble(t, func(t *testing.T, f *fake, file string, words <-chan Word) {
		dir := filepath.Dir(file)
		touch := func(names ...string) {
			for _, name := range names {
				f.events <- fsnotify.Event{Name: filepath.Join(dir, name), Op: fsnotify.Write}
			}
			time.Sleep(time.Second)
		}
		hears := func(what string, want ...string) {
			t.Helper()
			var got []string
			for _, path := range (<-words).Paths {
				got = append(got, filepath.Base(path))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s is told as %q, want %q", what, got, want)
			}
		}
		touch("a.md", "a.md")
		hears("a save", "a.md")
		touch("tmp", "b.md", "tmp")
		hears("a save by rename", "tmp", "b.md")
		touch("a.md")
		touch("b.md")
		hears("two saves while somebody is busy", "a.md", "b.md")
		touch("1", "2", "3", "4", "5", "6", "7", "8", "9")
		hears("a checkout")
		touch("1", "2", "3", "4", "5", "6", "7", "8", "9")
		touch("a.md")
		hears("a checkout and a save")
		f.events <- fsnotify.Event{Name: file, Op: fsnotify.Write}
		f.errors <- ErrOverflow
		hears("a save and lost events")
		touch("a.md")
		hears("a save after that", "a.md")
	})
}

func TestBurstIsOneWord(t *testing.T) {
	bubble(t, func(t *testing.T, f *fake, file string, words <-chan Word) {
		begun := time.Now()
		for range 200 {
			f.events <- fsnotify.Event{Name: file, Op: fsnotify.Write}
			time.Sleep(3 * time.Millisecond)
		}
		if len(words) != 0 {
			t.Error("told in the middle of a burst")
		}
		<-words
		if d := time.Since(begun); d > 700*time.Millisecond {
			t.Errorf("a burst of 600 ms was told after %v", d)
		}
		time.Sleep(time.Hour)
		if len(words) != 0 {
			t.Error("one burst was told twice")
		}
	})
}

func TestEndlessBurstIsToldOnceASecond(t *testing.T) {
	bubble(t, func(t *testing.T, f *fake, file string, words <-chan Word) {
		told := 0
		for range 2000 { // ten seconds
			select {
			case f.events <- fsnotify.Event{Name: file, Op: fsnotify.Write}:
			case <-words:
				told++
			}
			time.Sleep(5 * time.Millisecond)
		}
		if told < 8 || told > 11 {
			t.Errorf("ten seconds of writing were told %d times, want about 10", told)
		}
	})
}

func TestWordsDoNotPileUp(t *testing.T) {
	bubble(t, func(t *testing.T, f *fake, file string, words <-chan Word) {
		for range 5 { // while somebody is busy
			f.events <- fsnotify.Event{Name: file, Op: fsnotify.Write}
			time.Sleep(time.Minute)
		}
		<-words
		if len(words) != 0 {
			t.Error("five changes during one run cause more than one more run")
		}
	})
}

func TestSilenceIsSilent(t *testing.T) {
	bubble(t, func(t *testing.T, f *fake, file string, words <-chan Word) {
		time.Sleep(24 * time.Hour)
		if len(words) != 0 || f.opened != 1 {
			t.Errorf("a day of nothing: %d words, opened %d times", len(words), f.opened)
		}
	})
}

func TestOtherFilesAreNotTold(t *testing.T) {
	root := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		ctx, stop := context.WithCancel(t.Context())
		words := Start(ctx, Options{
			Roots: []string{filepath.Join(root, "content"), filepath.Join(root, "site.yaml")}, Skip: []string{filepath.Join(root, "content", "out")},
			Ignore: func(name string) bool { return name[0] == '.' }, Open: f.open,
		})
		for name, counts := range map[string]bool{
			"content": true, "content/a.md": true, "content/deep/er/a.md": true, "site.yaml": true,
			"public/index.html": false, ".rapport/memory": false, "site.yaml.bak": false, "contents/a.md": false,
			"content/.a.md.swp": false, "content/.git/index": false, "content/out/a.html": false,
		} {
			f.events <- fsnotify.Event{Name: filepath.Join(root, filepath.FromSlash(name)), Op: fsnotify.Write}
			time.Sleep(time.Second)
			if got := len(words) == 1; got != counts {
				t.Errorf("%s: told %v, want %v", name, got, counts)
			}
			for len(words) > 0 {
				<-words
			}
		}
		stop()
		for range words {
		}
	})
}

func TestLostEventsAreSaidOnceAndLookedFor(t *testing.T) {
	root := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f, said := newFake(), []string{}
		ctx, stop := context.WithCancel(t.Context())
		words := Start(ctx, Options{Roots: []string{root}, Open: f.open, Say: func(m string) { said = append(said, m) }})
		for range 3 {
			f.errors <- ErrOverflow
			if d := waited(words); d > ceiling {
				t.Errorf("an overflow was told after %v", d)
			}
		}
		if len(said) != 1 || said[0] != overflowMessage {
			t.Errorf("said %q", said)
		}
		if f.opened != 4 {
			t.Errorf("opened %d times: folders that came with the lost events would never be watched", f.opened)
		}
		stop()
		for range words {
		}
	})
}

func TestPollTellsOfEachChangeOnce(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "a.md")
	synctest.Test(t, func(t *testing.T) {
		old := time.Now().Add(-time.Hour)
		write := func(text string, mtime time.Time) {
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(file, mtime, mtime); err != nil {
				t.Fatal(err)
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		words := Start(ctx, Options{Roots: []string{root, filepath.Join(root, "none")}, Poll: true})
		for i, change := range []func(){
			func() { write("one", old) },
			func() { write("longer", old) },
			func() { write("newer.", old.Add(time.Second)) },
			func() { _ = os.Rename(file, file+"x") },
			func() { _ = os.Remove(file + "x") },
		} {
			change()
			if d := waited(words); d > 2*time.Second {
				t.Errorf("change %d was told after %v", i, d)
			}
			time.Sleep(time.Minute)
			if len(words) != 0 {
				t.Errorf("change %d was told twice", i)
			}
		}
		write("young", time.Now())
		<-words
		write("YOUNG", time.Now().Truncate(time.Hour)) // the clock of the drive did not move
		_ = os.Chtimes(file, time.Now(), time.Now())
		if d := waited(words); d > clockStep+time.Second {
			t.Errorf("a change within one step of the clock was told after %v", d)
		}
		stop()
		for range words {
		}
	})
}
