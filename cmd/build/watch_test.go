package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/internal/files"
)

// newWriting is a watch command between two turns.
func newWriting(t *testing.T, flags siteFlags) *writing {
	t.Helper()
	flags.At = "2026-11-01"
	l, err := newLive(liveFlags{siteFlags: flags, Quiet: true}, &terminal{io.Discard, io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(flags.Site, "public")
	out, err := files.OpenOut(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := &writing{live: l, dir: dir, out: out, pending: func() bool { return false }}
	t.Cleanup(func() {
		if err := errors.Join(l.pipe.Close(), w.out.Close()); err != nil {
			t.Error(err)
		}
	})
	return w
}

// A page that was never good enough to be written must not come along with one
// that is.
func TestWatchForgetsWhatFailed(t *testing.T) {
	site := newLiveSite(t, 20, 1)
	w := newWriting(t, siteFlags{Site: site.dir})
	turn := func() { site.must(w.turn(context.Background())) }
	turn()
	site.save("content/new/x.md", livePage("Withdrawn", "")+"[broken](no.md)\n")
	turn()
	site.remove("content/new/x.md")
	site.save("content/new/y.md", livePage("Good", "")+"Fine.\n")
	turn()
	made := map[string]bool{files.Listing: true}
	for _, o := range clean(t, site.dir).Outputs {
		made[o.Path] = true
	}
	if !made["new/y/index.html"] {
		t.Fatal("the good page is not part of the site")
	}
	site.must(fs.WalkDir(os.DirFS(site.path("public")), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !made[path] {
			t.Errorf("%s is published", path)
		}
		return err
	}))
}

// Two that write into one folder at once would take away what the other is about
// to move in.
func TestOneAtATime(t *testing.T) {
	site := newLiveSite(t, 20, 1)
	w := newWriting(t, siteFlags{Site: site.dir})
	site.must(w.turn(context.Background()))
	before := contents(t, site.path("public"))
	site.save("content/new/x.md", livePage("New", ""))
	if said := tell(t, exitFailed, "build", "--site", site.dir); !strings.Contains(said, "another rapport is writing to it") {
		t.Errorf("it says: %s", said)
	}
	if !maps.Equal(before, contents(t, site.path("public"))) {
		t.Error("it wrote all the same")
	}
	tell(t, exitFine, "build", "--site", site.dir, "--out", site.path("elsewhere"))
	site.must(w.out.Close())
	tell(t, exitFine, "build", "--site", site.dir)
	var err error
	w.out, err = files.OpenOut(w.dir)
	site.must(err)
}

// What a turn could not read is not taken for empty.
func TestTurnAfterOneThatFailed(t *testing.T) {
	site := newLiveSite(t, 20, 1)
	site.must(os.Mkdir(site.path("drive"), 0o777))
	site.must(os.Rename(site.path("content"), site.path("drive/pages")))
	w := newWriting(t, siteFlags{Site: site.dir, Content: site.path("drive/pages")})
	site.must(os.Rename(site.path("drive"), site.path("away")))
	site.must(os.WriteFile(site.path("drive"), nil, 0o666)) // where the folder should be
	if err := w.turn(context.Background()); err == nil {
		t.Fatal("content that cannot be read is none")
	}
	site.must(os.Remove(site.path("drive")))
	site.must(os.Rename(site.path("away"), site.path("drive")))
	w.hints = []string{site.path("drive/pages/gone.md")}
	site.must(w.turn(context.Background()))
	if _, err := os.Stat(site.path("public/work/p4/index.html")); err != nil {
		t.Error(err)
	}
}

// Whoever takes the output folder away gets a whole one with the next save.
func TestOutputFolderIsTakenAway(t *testing.T) {
	site := newLiveSite(t, 20, 1)
	w := newWriting(t, siteFlags{Site: site.dir})
	site.must(w.turn(context.Background()))
	for _, away := range []func() error{
		func() error { return os.RemoveAll(site.path("public")) },
		func() error { return os.Rename(site.path("public"), site.path("old")) },
		func() error {
			return errors.Join(os.RemoveAll(site.path("public")), os.Mkdir(site.path("public"), 0o777))
		},
	} {
		site.must(away())
		site.change("weak tie", "weaker tie")
		site.must(w.turn(context.Background()))
		for _, o := range clean(t, site.dir).Outputs {
			if data, err := os.ReadFile(site.path("public/" + o.Path)); err != nil || files.Sum(data) != o.Staged.Hash {
				t.Errorf("%s is not there again: %v", o.Path, err)
			}
		}
	}
}
