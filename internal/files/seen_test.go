package files

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestRecallSeesEachChange opens a folder that an earlier process filled.
func TestRecallSeesEachChange(t *testing.T) {
	dir := t.TempDir()
	o, err := OpenOut(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []Staged
	var paths []string
	for i := range 3000 {
		s, err := o.Put(fmt.Sprintf("%d/page.html", i), []byte("as made"))
		if err != nil {
			t.Fatal(err)
		}
		all, paths = append(all, s), append(paths, s.Path)
	}
	if _, err := o.Commit(all, paths); err != nil {
		t.Fatal(err)
	}
	seen := o.Seen(all)
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	recall := func() (whole, holds bool) {
		t.Helper()
		o, err := OpenOut(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer o.Close()
		return o.Recall(seen), o.Holds("2999/page.html", Sum([]byte("as made")))
	}
	if whole, holds := recall(); !whole || !holds {
		t.Fatal("a folder as it was left looks different")
	}
	write(t, dir, map[string]string{"another.txt": "not ours"})
	if whole, _ := recall(); !whole {
		t.Error("a file that is not ours counts")
	}
	victim := filepath.Join(dir, "2999", "page.html")
	info, err := os.Lstat(victim)
	if err != nil {
		t.Fatal(err)
	}
	for change, do := range map[string]func() error{
		"size":  func() error { return os.WriteFile(victim, []byte("longer than before"), 0o666) },
		"bytes": func() error { return os.WriteFile(victim, []byte("as mad3"), 0o666) },
		"gone":  func() error { return os.Remove(victim) },
		"kind":  func() error { return errors.Join(os.Remove(victim), os.Mkdir(victim, 0o777)) },
	} {
		if err := errors.Join(do(), os.Chtimes(dir, time.Time{}, time.Time{})); err != nil {
			t.Fatal(err)
		}
		if change == "bytes" { // saved later than it was made
			if err := os.Chtimes(victim, time.Time{}, info.ModTime().Add(time.Second)); err != nil {
				t.Fatal(err)
			}
		}
		if whole, holds := recall(); whole || holds {
			t.Errorf("a file that changed (%s) was not seen", change)
		}
		if err := errors.Join(os.RemoveAll(victim), os.WriteFile(victim, []byte("as made"), 0o666), os.Chtimes(victim, info.ModTime(), info.ModTime())); err != nil {
			t.Fatal(err)
		}
		if whole, _ := recall(); !whole {
			t.Errorf("a file that is again as it was (%s) looks different", change)
		}
	}
}

// TestReadOfWhatWasSeen reads a folder in another process: what looks as it did
// is not read again, but for what had changed shortly before.
func TestReadOfWhatWasSeen(t *testing.T) {
	dir := t.TempDir()
	folder := Folder{At: "content", Dir: dir}
	write(t, dir, map[string]string{"same.md": "first", "hidden.md": "first", "left-out.md": "first"})
	later := newReader(Tree{})
	later.now = time.Now().Add(time.Hour)
	tree, err := later.tree([]Folder{folder})
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := os.Stat(filepath.Join(dir, "hidden.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := tree.Seen(func(path string) bool { return path == "content/left-out.md" })
	if len(seen.Paths) != 2 {
		t.Errorf("seen: %v", seen.Paths)
	}
	if again, err := Read(seen.Tree(), folder); err != nil || !Same(again, tree) {
		t.Errorf("the same folder reads as another tree: %v", err)
	}
	lie := Sum([]byte("what never stood there")) // and is taken for it by who does not read
	seen.Hashes = bytes.Repeat(lie[:], len(seen.Paths))
	write(t, dir, map[string]string{"hidden.md": "other"})
	if err := os.Chtimes(filepath.Join(dir, "hidden.md"), hidden.ModTime(), hidden.ModTime()); err != nil {
		t.Fatal(err)
	}
	again, err := Read(seen.Tree(), folder)
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := again.Get("content/same.md"); f.Hash != lie {
		t.Error("a file that looks as before was read")
	} else if data, err := f.Bytes(); err != nil || string(data) != "first" {
		t.Errorf("its bytes are %q, %v", data, err)
	}
	if f, _ := again.Get("content/hidden.md"); f.Hash != Sum([]byte("other")) {
		t.Error("a change that left size and time as they were is not seen")
	}
	if Same(again, tree) {
		t.Error("a tree with another file is the same")
	}

	tree, err = Read(Tree{}, folder)
	if err != nil {
		t.Fatal(err)
	}
	seen = tree.Seen(func(string) bool { return false })
	seen.Hashes = bytes.Repeat(lie[:], len(seen.Paths))
	if again, err := Read(seen.Tree(), folder); err != nil || !Same(again, tree) {
		t.Errorf("files that had changed just before were not read: %v", err)
	}
	if (Seen{Paths: []string{"a"}}).Tree().Len() != 0 {
		t.Error("half a list is a tree")
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
