package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestLookAtSeesEachChange(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	list := map[string]string{}
	for i := range 3000 {
		paths = append(paths, fmt.Sprintf("%d/page.html", i))
		list[paths[i]] = "as made"
	}
	write(t, dir, list)
	before := LookAt(dir, paths)
	if LookAt(dir, paths) != before {
		t.Fatal("two looks at the same files differ")
	}
	write(t, dir, map[string]string{"another.txt": "not ours"})
	if LookAt(dir, paths) != before {
		t.Error("a file that was not asked for counts")
	}
	victim := filepath.Join(dir, "2999", "page.html")
	for change, do := range map[string]func() error{
		"size": func() error { return os.WriteFile(victim, []byte("longer than before"), 0o666) },
		"time": func() error { return os.Chtimes(victim, time.Time{}, time.Now().Add(time.Hour)) },
		"gone": func() error { return os.Remove(victim) },
		"kind": func() error { return errors.Join(os.Remove(victim), os.Mkdir(victim, 0o777)) },
	} {
		info, err := os.Lstat(victim)
		if err := errors.Join(err, do()); err != nil {
			t.Fatal(err)
		}
		if LookAt(dir, paths) == before {
			t.Errorf("a file that changed (%s) was not seen", change)
		}
		if err := errors.Join(os.RemoveAll(victim), os.WriteFile(victim, []byte("as made"), 0o666), os.Chtimes(victim, info.ModTime(), info.ModTime())); err != nil {
			t.Fatal(err)
		}
		if LookAt(dir, paths) != before {
			t.Errorf("a file that is again as it was (%s) looks different", change)
		}
	}
	if LookAt(dir, paths[:2999]) == before || LookAt(filepath.Join(dir, "nowhere"), paths) == before {
		t.Error("fewer files, or none, look the same")
	}
}

// TestReadIsInPathOrder has names that sort otherwise than the paths of what is
// in the folders of that name.
func TestReadIsInPathOrder(t *testing.T) {
	dir := t.TempDir()
	want := []string{"content/a-b.md", "content/a-b/c.md", "content/a.md", "content/a/b/c.md", "content/a/b/d-e/f.md", "content/a/b/d/e.md", "content/a/c.md", "content/a0.md", "content/b/c.md", "content/c.md"}
	slices.Sort(want)
	list := map[string]string{}
	for _, p := range want {
		list[p[len("content/"):]] = p
	}
	write(t, dir, list)
	r := newReader(Tree{})
	if err := r.folder(Folder{At: "content", Dir: dir}); err != nil {
		t.Fatal(err)
	}
	if got := (Tree{list: r.list}).Paths(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	tree, err := Read(Tree{}, Folder{At: "content", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for f := range tree.All() { // each is found again
		l := level{at: f.Path[:len(f.Path)-len(filepath.Base(f.Path))], before: tree.list}
		if was, ok := l.was(filepath.Base(f.Path)); !ok || was.Hash != f.Hash {
			t.Errorf("%s is not known again", f.Path)
		}
	}
}

// TestListingIsThereAgain takes away what names our files while the folder is
// in use: the next Commit must write it, though the files are the same.
func TestListingIsThereAgain(t *testing.T) {
	dir := t.TempDir()
	o, err := OpenOut(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two", "three"} {
		staged, err := o.Put("a/index.html", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Commit([]Staged{staged}, []string{"a/index.html"}); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, Listing)); err != nil {
			t.Errorf("after %q: %v", text, err)
		}
		same(t, dir, map[string]string{"a/index.html": text})
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
}
