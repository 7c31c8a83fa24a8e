package files

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func write(t *testing.T, dir string, list map[string]string) {
	t.Helper()
	for name, text := range list {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// contents returns every file below the folder but for what the program notes
// for itself.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	tree, err := FromFS(os.DirFS(dir), "")
	if err != nil {
		t.Fatal(err)
	}
	for f := range tree.All() {
		data, _ := f.Bytes()
		if f.Path != Listing {
			out[f.Path] = string(data)
		}
	}
	return out
}

func same(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if got := contents(t, dir); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the folder holds %v, want %v", got, want)
	}
}

func TestReadStaysInside(t *testing.T) {
	outside := t.TempDir()
	write(t, outside, map[string]string{"secret.md": "secret"})
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": "a", ".hidden": "x", "b/c.md": "c", "b/c.md~": "x", "b/.c.md.swp": "x"})
	for link, to := range map[string]string{"out.md": filepath.Join(outside, "secret.md"), "up.md": "../" + filepath.Base(outside) + "/secret.md", "dir": outside, "in.md": "a.md", "inner": "b"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links on this system")
		}
	}
	tree, err := Read(Tree{}, Folder{At: "content", Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tree.Paths(), []string{"content/a.md", "content/b/c.md", "content/in.md"}; !slices.Equal(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
	for _, path := range []string{"content/out.md", "content/up.md", "content/dir", "content/inner"} {
		if tree.Skipped[path] == "" {
			t.Errorf("%s is not reported as skipped", path)
		}
	}
}

func TestReadSeesEveryChange(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": "one", "b.md": "two", "c.md": "three"})
	folder := Folder{At: "", Dir: dir}
	before, err := Read(Tree{}, folder)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{"a.md": "ONE", "d.md": "new"}) // same size, same second
	if err := os.Remove(filepath.Join(dir, "c.md")); err != nil {
		t.Fatal(err)
	}
	after, err := Read(before, folder)
	if err != nil {
		t.Fatal(err)
	}
	c := Diff(before, after)
	if want := (Change{Added: []string{"d.md"}, Updated: []string{"a.md"}, Removed: []string{"c.md"}}); fmt.Sprint(c) != fmt.Sprint(want) {
		t.Errorf("the change is %v, want %v", c, want)
	}
}

// What is made of a page is kept under a hash, so that has to be the hash of the
// bytes that came with it, whatever happens to the file meanwhile.
func TestReadGivesTheHashOfItsBytes(t *testing.T) {
	dir := t.TempDir()
	large := strings.Repeat("large", 64<<10)
	write(t, dir, map[string]string{"a.md": "before", "empty.md": "", "edge.md": large[:64<<10], "large.md": large})
	tree, err := Read(Tree{}, Folder{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{"a.md": "after", "large.md": "small"})
	for range 2 {
		for f := range tree.All() {
			data, hash, err := f.Read()
			if err != nil || hash != Sum(data) {
				t.Errorf("%s: hash %v of %d bytes, %v", f.Path, hash, len(data), err)
			}
		}
	}
	if a, _ := tree.Get("a.md"); string(must(a.Bytes())) != "after" {
		t.Error("the file is kept in memory when it was given away")
	}
	want := []string{Sum([]byte("before")).String(), Sum([]byte(large[:64<<10])).String(), Sum(nil).String(), Sum([]byte(large)).String()}
	for i, f := range slices.Collect(tree.All()) {
		if f.Hash.String() != want[i] {
			t.Errorf("%s has the hash %v, want %v", f.Path, f.Hash, want[i])
		}
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

// build makes the folder equal to the files.
func build(t *testing.T, dir string, list map[string]string) Change {
	t.Helper()
	o, err := OpenOut(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	c, err := commit(o, list)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func commit(o *Out, list map[string]string) (Change, error) {
	var staged []Staged
	var paths []string
	for path, text := range list {
		s, err := o.Put(path, []byte(text))
		if err != nil {
			return Change{}, err
		}
		staged, paths = append(staged, s), append(paths, path)
	}
	return o.Commit(staged, paths)
}

func TestCommitKeepsWhatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{".gitignore": "*", "mine.txt": "by hand", "old/mine.txt": "by hand"})
	build(t, dir, map[string]string{"index.html": "1", "old/index.html": "1", "gone/deep/index.html": "1", "a.css": "1"})
	c := build(t, dir, map[string]string{"index.html": "2", "a.css": "1"})
	same(t, dir, map[string]string{".gitignore": "*", "mine.txt": "by hand", "old/mine.txt": "by hand", "index.html": "2", "a.css": "1"})
	if fmt.Sprint(c) != fmt.Sprint(Change{Updated: []string{"index.html"}, Removed: []string{"gone/deep/index.html", "old/index.html"}}) {
		t.Errorf("the change is %v", c)
	}
	if _, err := os.Stat(filepath.Join(dir, "gone")); err == nil {
		t.Error("a folder that became empty stays")
	}
	if c := build(t, dir, map[string]string{"index.html": "2", "a.css": "1"}); !c.IsEmpty() {
		t.Errorf("an equal build changes %v", c)
	}
}

func TestFilesAndFoldersTakeEachOthersPlace(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, map[string]string{"x": "a file", "y/index.html": "a folder"})
	build(t, dir, map[string]string{"x/index.html": "a folder", "y": "a file"})
	same(t, dir, map[string]string{"x/index.html": "a folder", "y": "a file"})
}

func TestFolderOfOthersIsNotCleared(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"x/mine.txt": "by hand"})
	o, err := OpenOut(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, err := commit(o, map[string]string{"x": "a file"}); err == nil {
		t.Error("a folder that is not ours was overwritten")
	}
	if contents(t, dir)["x/mine.txt"] != "by hand" {
		t.Error("a file that is not ours is gone")
	}
}

// TestCutShort stops a commit before each of its steps and looks whether every
// file is an old or a new one, and whether the next build mends the rest.
func TestCutShort(t *testing.T) {
	before := map[string]string{"a.css": "old", "index.html": "old", "gone/index.html": "old"}
	after := map[string]string{"a.css": "new", "index.html": "new", "fresh/index.html": "new", "fresh/a.png": "new", "pages/one/index.html": "new", "pages/two/index.html": "new", "shown/b.png": "new"}
	for steps := range 8 {
		dir := t.TempDir()
		build(t, dir, before)
		o, err := OpenOut(dir)
		if err != nil {
			t.Fatal(err)
		}
		left := steps
		o.step = func() bool { left--; return left >= 0 }
		_, err = commit(o, after)
		if err := o.close(); err != nil { // as the system does it when a process is gone
			t.Fatal(err)
		}
		found := contents(t, dir)
		for path, text := range found {
			if !strings.HasPrefix(path, staging+"/") && text != before[path] && text != after[path] {
				t.Errorf("after %d steps %s holds %q", steps, path, text)
			}
			if strings.HasSuffix(path, ".html") && text == "new" && !strings.HasPrefix(path, staging+"/") {
				for _, asset := range []string{"a.css", "fresh/a.png", "shown/b.png"} {
					if found[asset] != "new" {
						t.Errorf("after %d steps %s is in before %s", steps, path, asset)
					}
				}
			}
		}
		if err == nil && steps < 3 {
			t.Errorf("after %d steps the commit says that it is done", steps)
		}
		build(t, dir, after)
		same(t, dir, after)
	}
}

func TestPutReportsThePath(t *testing.T) {
	dir := t.TempDir()
	o, err := OpenOut(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	write(t, dir, map[string]string{staging: "a file where the staging folder must be"})
	if _, err := o.Put("index.html", []byte("x")); err == nil {
		t.Error("no error although nothing can be staged")
	}
}

func TestSpoolGivesBack(t *testing.T) {
	s, err := NewSpool()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var parts []Part
	for i := range 100 {
		whole, err := s.Put(fmt.Appendf(nil, "text %d, and more", i))
		if err != nil {
			t.Fatal(err)
		}
		text, more := whole.Split(len(fmt.Sprint("text ", i)))
		if rest, err := more.Text(); err != nil || rest != ", and more" {
			t.Errorf("what stands behind text %d comes back as %q, %v", i, rest, err)
		}
		parts = append(parts, text)
	}
	var buffer []byte
	for i, part := range parts {
		want := fmt.Sprint("text ", i)
		if text, err := part.Text(); err != nil || text != want {
			t.Errorf("text %d comes back as %q, %v", i, text, err)
		}
		if buffer, err = part.Into(buffer); err != nil || string(buffer) != want {
			t.Errorf("text %d comes back into a buffer as %q, %v", i, buffer, err)
		}
	}
}
