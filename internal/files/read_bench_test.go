package files

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// large makes 10,000 files: in ten folders, as content is, or each in one of
// its own, as outputs are.
func large(b *testing.B, name func(i int) string) Folder {
	b.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "files")
	if err != nil {
		dir = b.TempDir()
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	past := time.Now().Add(-time.Hour)
	for i := range 10_000 {
		full := filepath.Join(dir, filepath.FromSlash(name(i)))
		if os.MkdirAll(filepath.Dir(full), 0o777) != nil || os.WriteFile(full, []byte(name(i)), 0o666) != nil || os.Chtimes(full, past, past) != nil {
			b.Fatal("the files cannot be made")
		}
	}
	return Folder{At: "content", Dir: dir}
}

// BenchmarkReadAgain looks at 10,000 files of which none has changed.
func BenchmarkReadAgain(b *testing.B) {
	folder := large(b, func(i int) string { return fmt.Sprintf("section-%d/page-%d.md", i/1000, i) })
	tree, err := Read(Tree{}, folder)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if tree, err = Read(tree, folder); err != nil || tree.Len() != 10_000 {
			b.Fatal(tree.Len(), err)
		}
	}
}

// BenchmarkRecall looks at 10,000 outputs whose paths are known.
func BenchmarkRecall(b *testing.B) {
	folder := large(b, output)
	seen := Seen{}
	for i := range 10_000 {
		seen.add(output(i), Hash{}, 0, 1)
	}
	o, err := OpenOut(folder.Dir)
	if err != nil {
		b.Fatal(err)
	}
	defer o.Close()
	for b.Loop() {
		o.Recall(seen)
	}
}

func output(i int) string { return fmt.Sprintf("section-%d/page-%d/index.html", i/1000, i) }
