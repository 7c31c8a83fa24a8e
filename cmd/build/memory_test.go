package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// built runs the program on the site and returns what it prints.
func built(t *testing.T, dir string, more ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	if status := run(append([]string{"build", "--site", dir}, more...), &out, &problems); status != exitFine {
		t.Fatalf("status %d: %s", status, problems.String())
	}
	return out.String()
}

// TestMemory builds a site again and again. What has not changed is not built,
// and a memory that cannot be trusted is no memory.
func TestMemory(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "content", "a.md")
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(-time.Hour) // what was just saved might be saved again, unseen
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	write(page, "---\ntitle: First\nsummary: A page that stands here for an hour, so that nothing about it is in doubt.\n---\nText.\n")
	memories := func() []string {
		list, err := filepath.Glob(filepath.Join(dir, memoryFolder, "[0-9a-f]*"))
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	warm := func(when string, want bool, more ...string) {
		t.Helper()
		if got := strings.Contains(built(t, dir, more...), " 0 files made"); got != want {
			t.Errorf("%s: nothing is made: %t, want %t", when, got, want)
		}
	}
	index := filepath.Join(dir, "public", "a", "index.html")
	read := func() string {
		data, err := os.ReadFile(index)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}

	warm("first", false)
	warm("again", true)
	if len(memories()) != 1 {
		t.Fatalf("memories: %v", memories())
	}
	fresh := read()
	for name, data := range map[string]string{"empty": "", "short": "x", "foreign": strings.Repeat("not ours ", 100)} {
		write(memories()[0], data)
		if built(t, dir); read() != fresh {
			t.Errorf("a memory that is %s changes the site", name)
		}
	}
	warm("after a damaged memory", true)

	write(index, "by hand")
	if built(t, dir); read() != fresh {
		t.Error("a file changed by hand stays")
	}
	if err := os.Remove(index); err != nil {
		t.Fatal(err)
	}
	if built(t, dir); read() != fresh {
		t.Error("a file that is gone stays away")
	}
	built(t, dir, "--base-url", "https://x.org/guides/")
	if read() == fresh {
		t.Error("another address changes nothing")
	}
	built(t, dir)
	write(page, "---\ntitle: Second\nsummary: A page that stands here for an hour, so that nothing about it is in doubt.\n---\nText.\n")
	if built(t, dir); !strings.Contains(read(), "Second") {
		t.Error("an edit is not built")
	}

	for _, name := range memories() {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	built(t, dir, "--no-cache")
	if len(memories()) != 0 {
		t.Error("--no-cache leaves a memory")
	}
	if err := os.RemoveAll(filepath.Join(dir, "public")); err != nil {
		t.Fatal(err)
	}
	warm("a new output folder", false)
}

// TestLinksBesideTheSite builds a site that somebody sent, with links under the
// names of the files that a build leaves. Nothing is written where they lead.
func TestLinksBesideTheSite(t *testing.T) {
	dir, home := t.TempDir(), t.TempDir()
	put(t, dir, "content/a.md", "---\ntitle: List\ntype: checklist\nsummary: A list with an item, which the build writes down beside the site.\n---\n- [ ] One thing to do\n")
	put(t, home, "mine.txt", "Mine.")
	for name, to := range map[string]string{memoryFolder: home, publishedName + ".new": filepath.Join(home, "mine.txt")} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no links here:", err)
		}
	}
	var said bytes.Buffer
	run([]string{"build", "--site", dir}, &said, &said)
	if found := contents(t, home); len(found) != 1 || found["mine.txt"] != "Mine." {
		t.Errorf("the home folder holds %v; the build said: %s", found, &said)
	}
}
