package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// contents returns the files below the folder, but for hidden ones, with their bytes.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		found[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestWarmIsCold edits a site between builds. Each is a process that knows what
// the one before left, and gives what one gives that knows nothing.
func TestWarmIsCold(t *testing.T) {
	dir := t.TempDir()
	tell(t, 0, "init", dir)
	in := func(path string) string { return filepath.Join(dir, filepath.FromSlash(path)) }
	edit := func(path, old, with string) {
		t.Helper()
		data, err := os.ReadFile(in(path))
		if err != nil || !strings.Contains(string(data), old) {
			t.Fatalf("%s holds no %q: %v", path, old, err)
		}
		if err := os.WriteFile(in(path), []byte(strings.Replace(string(data), old, with, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const article = "content/articles/follow-up-without-pestering.md"
	built(t, dir)
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"nothing", func() {}},
		{"body", func() { edit(article, "\n## ", "\nOne more paragraph, zyzzyva.\n\n## ") }},
		{"title", func() { edit(article, "title: ", "title: Truly ") }},
		{"another page", func() {
			put(t, dir, "content/articles/new.md", "---\ntitle: New\nsummary: A page that was not here when the site was built for the first time.\ndate: 2026-01-01\n---\nText.\n\n## Do this next\n- [List](../checklists/value-to-offer.md)\n")
		}},
		{"moved page", func() {
			if err := os.Rename(in("content/articles/new.md"), in("content/articles/moved.md")); err != nil {
				t.Fatal(err)
			}
		}},
		{"settings", func() { edit("site.yaml", "title: ", "title: Our ") }},
		{"layout", func() { put(t, dir, "themes/default/layouts/shared/footer.html", "<footer>Ours</footer>") }},
		{"output by hand", func() { put(t, dir, "public/articles/moved/index.html", "by hand") }},
		{"lost output", func() {
			if err := os.RemoveAll(in("public/articles/moved")); err != nil {
				t.Fatal(err)
			}
		}},
		{"removed page", func() {
			if err := os.Remove(in("content/articles/moved.md")); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		step.do()
		built(t, dir)
		cold := filepath.Join(t.TempDir(), "cold")
		built(t, dir, "--no-cache", "--out", cold)
		got, want := contents(t, in("public")), contents(t, cold)
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("%s: %s is not what a cold build makes", step.name, name)
			}
		}
		for name := range got {
			if _, ok := want[name]; !ok {
				t.Errorf("%s: a cold build makes no %s", step.name, name)
			}
		}
	}
}

// TestWarmSeesHiddenChanges changes a file and sets its time back, as programs do
// that copy or unpack files.
func TestWarmSeesHiddenChanges(t *testing.T) {
	dir := t.TempDir()
	const page = "---\ntitle: Page\nsummary: A page that is changed, though it looks as if it had not been.\n---\n"
	old := time.Now().Add(-time.Hour)
	for _, text := range []string{"First.\n", "Other.\n"} {
		put(t, dir, "content/a.md", page+text)
		if err := os.Chtimes(filepath.Join(dir, "content", "a.md"), old, old); err != nil {
			t.Fatal(err)
		}
		built(t, dir)
	}
	if site := contents(t, filepath.Join(dir, "public")); !strings.Contains(site["a/index.html"], "Other.") {
		t.Error("the change is not built")
	}
}
