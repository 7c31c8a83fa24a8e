package files

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A glance sees what a look at everything would, or says that it cannot tell.
func TestGlance(t *testing.T) {
	for name, c := range map[string]struct {
		change func(dir string) error
		paths  []string
		tells  bool
	}{
		"a save":            {func(dir string) error { return os.WriteFile(dir+"/a.md", []byte("now"), 0o666) }, []string{"a.md"}, true},
		"nothing":           {func(dir string) error { return nil }, []string{"a.md"}, true},
		"a save by rename":  {func(dir string) error { return replaceBy(dir, "a.md") }, []string{"a.md.tmp", "a.md"}, true},
		"two saves":         {func(dir string) error { return replaceBy(dir, "in/b.md") }, []string{"a.md", "in/b.md"}, true},
		"a new file":        {func(dir string) error { return os.WriteFile(dir+"/c.md", nil, 0o666) }, []string{"c.md"}, false},
		"a file gone":       {func(dir string) error { return os.Remove(dir + "/a.md") }, []string{"a.md"}, false},
		"a folder gone":     {func(dir string) error { return os.RemoveAll(dir + "/in") }, []string{"in"}, false},
		"a folder for file": {func(dir string) error { _ = os.Remove(dir + "/a.md"); return os.Mkdir(dir+"/a.md", 0o777) }, []string{"a.md"}, false},
		"a link for a file": {func(dir string) error { _ = os.Remove(dir + "/a.md"); return os.Symlink("in/b.md", dir+"/a.md") }, []string{"a.md"}, false},
		"something outside": {func(dir string) error { return nil }, []string{"../x.md"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must := func(err error) {
				if err != nil {
					t.Fatal(err)
				}
			}
			must(os.Mkdir(dir+"/in", 0o777))
			for _, file := range []string{"a.md", "in/b.md"} {
				must(os.WriteFile(filepath.Join(dir, file), []byte("before"), 0o666))
				long := time.Now().Add(-time.Hour)
				must(os.Chtimes(filepath.Join(dir, file), long, long))
			}
			folders := []Folder{{At: "content", Dir: dir}}
			before, err := Read(Tree{}, folders...)
			must(err)
			must(c.change(dir))
			var paths []string
			for _, p := range c.paths {
				paths = append(paths, filepath.Join(dir, p))
			}
			tree, ok := Glance(before, folders, paths)
			if ok != c.tells {
				t.Fatalf("it tells: %v", ok)
			}
			want, err := Read(before, folders...)
			must(err)
			if ok && !Same(tree, want) {
				t.Errorf("it sees %v, there is %v", tree.list, want.list)
			}
		})
	}
}

// replaceBy writes a file beside another and puts it in its place.
func replaceBy(dir, file string) error {
	if err := os.WriteFile(dir+"/"+file+".tmp", []byte("now"), 0o666); err != nil {
		return err
	}
	return os.Rename(dir+"/"+file+".tmp", dir+"/"+file)
}
