package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The disk is real here and so is time. A test waits for a word as long as it
// must; only where no word may come does it wait for a while.

// listener hears the words of one Start.
type listener struct {
	t     *testing.T
	root  string
	words <-chan Word
	mu    sync.Mutex
	said  []string
}

// dir makes the folders of a site and watches them.
func dir(t *testing.T, change func(*Options)) *listener {
	t.Helper()
	l := &listener{t: t, root: t.TempDir()}
	for _, d := range []string{"content/articles/deep", "themes/own", "public"} {
		l.mkdir(d)
	}
	l.write("content/articles/a.md", "a")
	l.write("site.yaml", "title: x")
	o := Options{
		Roots:  []string{l.path("content"), l.path("site.yaml"), l.path("static"), l.path("themes")},
		Ignore: func(name string) bool { return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") },
		Say: func(m string) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.said = append(l.said, m)
		},
	}
	if change != nil {
		change(&o)
	}
	ctx, stop := context.WithCancel(context.Background())
	l.words = Start(ctx, o)
	t.Cleanup(func() {
		stop()
		for range l.words {
		}
	})
	return l
}

func (l *listener) path(name string) string { return filepath.Join(l.root, filepath.FromSlash(name)) }

func (l *listener) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *listener) write(name, text string) {
	l.t.Helper()
	l.must(os.WriteFile(l.path(name), []byte(text), 0o666))
}

func (l *listener) mkdir(name string) {
	l.t.Helper()
	l.must(os.MkdirAll(l.path(name), 0o777))
}

func (l *listener) rename(from, to string) {
	l.t.Helper()
	l.must(os.Rename(l.path(from), l.path(to)))
}

func (l *listener) remove(name string) {
	l.t.Helper()
	l.must(os.RemoveAll(l.path(name)))
}

// hears waits for a word, then for the words that follow it closely.
func (l *listener) hears(what string) {
	l.t.Helper()
	select {
	case _, ok := <-l.words:
		if !ok {
			l.t.Fatalf("%s: the watcher ended", what)
		}
	case <-time.After(20 * time.Second):
		l.t.Fatalf("%s: not told", what)
	}
	l.settle()
}

func (l *listener) settle() (words int) {
	for {
		select {
		case <-l.words:
			words++
		case <-time.After(2 * quietLimit):
			return words
		}
	}
}

func (l *listener) hearsNothing(what string) {
	l.t.Helper()
	if n := l.settle(); n > 0 {
		l.t.Errorf("%s: told %d times", what, n)
	}
}

// edits are what people do to a site. Each must be told, and after each a plain
// save in every folder must still be.
var edits = []struct {
	name string
	edit func(*listener)
}{
	{"truncate and write", func(l *listener) { l.write("content/articles/a.md", "b") }},
	{"vim: backup, new file, backup removed", func(l *listener) {
		l.rename("content/articles/a.md", "content/articles/a.md~")
		l.write("content/articles/a.md", "vim")
		l.remove("content/articles/a.md~")
	}},
	{"VS Code: temporary file renamed over it", func(l *listener) {
		l.write("content/articles/.a.md.tmp", "code")
		l.rename("content/articles/.a.md.tmp", "content/articles/a.md")
	}},
	{"JetBrains: written aside, old one moved away", func(l *listener) {
		l.write("content/articles/.a.md___jb_tmp___", "idea")
		l.rename("content/articles/a.md", "content/articles/.a.md___jb_old___")
		l.rename("content/articles/.a.md___jb_tmp___", "content/articles/a.md")
		l.remove("content/articles/.a.md___jb_old___")
	}},
	{"site.yaml replaced", func(l *listener) {
		l.write(".site.yaml.tmp", "title: y")
		l.rename(".site.yaml.tmp", "site.yaml")
	}},
	{"site.yaml removed", func(l *listener) { l.remove("site.yaml") }},
	{"mkdir -p with a page at the end", func(l *listener) {
		l.mkdir("content/one/two/three/four")
		l.write("content/one/two/three/four/page.md", "new")
	}},
	{"folder renamed", func(l *listener) { l.rename("content/articles", "content/texts") }},
	{"folder renamed and back", func(l *listener) {
		l.rename("content/articles", "content/texts")
		l.rename("content/texts", "content/articles")
	}},
	{"tree moved in from outside", func(l *listener) {
		l.mkdir("elsewhere/a/b")
		l.write("elsewhere/a/b/page.md", "new")
		l.rename("elsewhere", "content/moved")
	}},
	{"tree moved out", func(l *listener) { l.rename("content/articles", "gone") }},
	{"page removed", func(l *listener) { l.remove("content/articles/a.md") }},
	{"folder removed", func(l *listener) { l.remove("content/articles") }},
	{"folder removed and made again", func(l *listener) {
		l.remove("content/articles")
		l.mkdir("content/articles/deep")
	}},
	{"renamed by case only", func(l *listener) { l.rename("content/articles/a.md", "content/articles/A.md") }},
	{"static files come", func(l *listener) {
		l.mkdir("static/pictures")
		l.write("static/pictures/a.svg", "<svg/>")
	}},
	{"content removed", func(l *listener) { l.remove("content") }},
	{"content removed and returned", func(l *listener) {
		l.rename("content", "away")
		l.rename("away", "content")
	}},
	{"content is another folder now", func(l *listener) {
		l.rename("content", "away")
		l.mkdir("content/articles")
	}},
	{"page is a link now", func(l *listener) {
		l.remove("content/articles/a.md")
		l.write("content/articles/b.md", "b")
		l.must(os.Symlink("b.md", l.path("content/articles/a.md")))
	}},
	{"may be read again", func(l *listener) { l.must(os.Chmod(l.path("content/articles/a.md"), 0o600)) }},
}

func TestEditsAreTold(t *testing.T) {
	for _, poll := range []bool{false, true} {
		for _, e := range edits {
			t.Run(fmt.Sprintf("poll=%v/%s", poll, e.name), func(t *testing.T) {
				t.Parallel()
				l := dir(t, func(o *Options) { o.Poll = poll })
				e.edit(l)
				l.hears(e.name)
				if poll {
					return // which forgets nothing
				}
				for _, place := range []string{"content/articles/deep", "static/pictures"} {
					l.mkdir(place)
					l.settle()
					l.write(place+"/after.md", "after")
					l.hears("a save in " + place + " after: " + e.name)
				}
			})
		}
	}
}

func TestReturnOfContentIsTold(t *testing.T) {
	l := dir(t, nil)
	l.remove("content")
	l.hears("removal")
	l.mkdir("content/articles")
	l.hears("return")
	l.write("content/articles/a.md", "b")
	l.hears("a save after the return")
}

func TestOutputsAndTemporaryFilesAreNotTold(t *testing.T) {
	l := dir(t, func(o *Options) { o.Skip = []string{o.Roots[0] + "/../public"} })
	l.write("public/index.html", "made")
	l.mkdir("public/articles")
	l.write("content/articles/.a.md.swp", "swap")
	l.mkdir(".rapport")
	l.write(".rapport/memory", "x")
	l.write("notes.txt", "beside the site")
	l.hearsNothing("what is no source")
}

func TestFolderThatWentIsNotToldAnyMore(t *testing.T) {
	l := dir(t, nil)
	l.rename("content/articles", "gone")
	l.hears("a folder moved out")
	l.write("gone/deep/page.md", "x")
	l.hearsNothing("a save in a folder that is no longer of the site")
}

func TestBurstOfFilesIsAFewWords(t *testing.T) {
	l := dir(t, nil)
	begun := time.Now()
	for i := range 5000 {
		if i%100 == 0 {
			l.mkdir(fmt.Sprintf("content/many/%d", i/100))
		}
		l.write(fmt.Sprintf("content/many/%d/%d.md", i/100, i), "x")
	}
	took := time.Since(begun)
	words := l.settle()
	if most := 2 + int(took/quietLimit); words == 0 || words > most {
		t.Errorf("5000 files in %v were told %d times, want 1 to %d", took, words, most)
	}
	l.write("content/many/49/4999.md", "y")
	l.hears("a save after the burst")
}

// limited is the system's notifier, which can watch no more than most folders.
func limited(most int) func() (Notifier, error) {
	return func() (Notifier, error) {
		n, err := System()
		add, watched := n.Add, map[string]bool{}
		n.Add = func(dir string) error {
			if watched[dir] = true; len(watched) > most {
				return os.NewSyscallError("inotify_add_watch", syscall.ENOSPC)
			}
			return add(dir)
		}
		return n, err
	}
}

func TestLimitOfWatchesFallsBackToScanning(t *testing.T) {
	for _, reached := range []string{"at the start", "later"} {
		t.Run(reached, func(t *testing.T) {
			most := 10
			if reached == "at the start" {
				most = 2
			}
			l := dir(t, func(o *Options) { o.Open = limited(most) })
			for i := range 12 {
				name := fmt.Sprintf("content/more%d", i)
				l.mkdir(name)
				l.write(name+"/page.md", "x")
				l.hears(name)
			}
			l.write("content/more11/page.md", "changed")
			l.hears("a save beyond the limit")
			l.mu.Lock()
			defer l.mu.Unlock()
			if len(l.said) != 1 || !strings.Contains(l.said[0], "sysctl fs.inotify.max_user_watches") {
				t.Errorf("said %q, want the setting to raise, once", l.said)
			}
		})
	}
}

func TestStopLeavesNothingRunning(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, poll := range []bool{false, true} {
		ctx, stop := context.WithCancel(context.Background())
		words := Start(ctx, Options{Roots: []string{t.TempDir()}, Poll: poll})
		stop()
		for range words {
		}
	}
	for i := 0; runtime.NumGoroutine() > before && i < 100; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}
