package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"rapport"
	"rapport/internal/site"
)

type initCommand struct {
	Dir  string `arg:"" help:"Folder of the new site; it must be empty or not exist."`
	Bare bool   `help:"One short page of each type instead of the whole starter."`
}

// Help is shown by rapport init --help.
func (initCommand) Help() string {
	return `Examples:
  rapport init mysite         the whole starter, to read and to change
  rapport init --bare mysite  one page of each type, to fill`
}

// Run writes the new site.
func (c *initCommand) Run(t *terminal) error {
	entries, err := os.ReadDir(c.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return usage("%s is not empty; nothing was written", c.Dir)
	}
	write := writeStarter
	if c.Bare {
		write = writeBare
	}
	n, err := write(c.Dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s written to %s\nNext: cd %s && rapport\n", count(n, "file"), c.Dir, c.Dir)
	return nil
}

// ignored is what git should not keep of a site.
const ignored = "/public/*\n!/public/.gitignore\n/.rapport/\n"

func writeStarter(dir string) (int, error) {
	n := 0
	err := fs.WalkDir(rapport.Starter, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := rapport.Starter.ReadFile(name)
		if err != nil {
			return err
		}
		n++
		return writeNew(filepath.Join(dir, filepath.FromSlash(name)), data)
	})
	if err != nil {
		return n, err
	}
	return n + 1, writeNew(filepath.Join(dir, ".gitignore"), []byte(ignored))
}

// writeBare writes a page of each type, settings with a value of each facet,
// and a person who wrote them.
func writeBare(dir string) (int, error) {
	n := 0
	for _, kind := range site.Types() {
		data, err := skeleton(kind, "my-"+kind, "My "+kind)
		if err != nil {
			return n, err
		}
		n++
		if err := writeNew(filepath.Join(dir, "content", folderOf(kind), "my-"+kind+".md"), data); err != nil {
			return n, err
		}
	}
	settings, err := skeletons.ReadFile("skeletons/site.yaml")
	if err != nil {
		return n, err
	}
	if err := writeNew(filepath.Join(dir, "site.yaml"), settings); err != nil {
		return n, err
	}
	return n + 2, writeNew(filepath.Join(dir, ".gitignore"), []byte(ignored))
}

// writeNew writes a file that does not exist yet.
func writeNew(name string, data []byte) error {
	if err := os.MkdirAll(path.Dir(filepath.ToSlash(name)), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
