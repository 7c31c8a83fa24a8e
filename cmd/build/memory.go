package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
)

// memoryFolder is beside site.yaml. It can be deleted at any time. Nothing in it
// tells of a handout.
const memoryFolder = ".rapport"

// memory is what one build tells the next, in one file:
//
//	hash of the program that wrote it; length of the head, 8 bytes; head; what
//	the pipeline saved; CRC-32C of all that, 4 bytes
//
// The head is enough to know that nothing has changed.
type memory struct {
	head
	saved []byte // what the pipeline saved
	site  string // folder
	name  string // of the file in memoryFolder
	key   files.Hash
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// head is what a build was made of, and what came of it.
type head struct {
	Settings  string     // other than those that the pipeline takes into account by itself
	In, Out   files.Seen // the input and the made files
	Published files.Hash // of the list of published items
	Pages     int
	Diags     diag.List
	Private   bool // there are handouts, of which nothing is kept: they are made by each build
}

// memory returns an empty memory for the build, to recall or keep.
func (c *buildCommand) memory(in input) (memory, error) {
	var places []string
	for _, p := range []string{c.Out, in.content, c.Theme} {
		full, err := resolved(p)
		if err != nil {
			return memory{}, err
		}
		places = append(places, full)
	}
	key, err := programHash()
	name := files.Sum(fmt.Append(nil, places)).String() // so builds to several folders each have their own
	return memory{
		head: head{Settings: fmt.Sprintf("%q %q %t %s", c.Theme, c.BaseURL, c.Drafts, in.settings.Today)},
		site: c.Site, name: name, key: key,
	}, err
}

// programHash tells versions of the program apart, also those between releases.
// The beginning of its file holds the linker's hash of all of it.
func programHash() (files.Hash, error) {
	name, err := os.Executable()
	if err != nil {
		return files.Hash{}, err
	}
	f, err := os.Open(name)
	if err != nil {
		return files.Hash{}, err
	}
	defer f.Close()
	start := make([]byte, 64<<10)
	n, err := f.Read(start)
	return files.Sum(start[:n]), err
}

// folder opens the folder of memories. Who gets a site from others may get a link
// under its name, which could lead anywhere: that is none.
func (m memory) folder() (*os.Root, error) {
	site, err := os.OpenRoot(m.site)
	if err != nil {
		return nil, err
	}
	defer site.Close()
	info, err := site.Lstat(memoryFolder)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: memoryFolder, Err: errors.New("not a folder")}
	}
	return site.OpenRoot(memoryFolder)
}

// recall returns what the last build left. What cannot be read, or is not what
// this very program wrote, is as good as nothing.
func (m memory) recall() memory {
	const before, after = len(files.Hash{}) + 8, crc32.Size
	folder, err := m.folder()
	if err != nil {
		return memory{}
	}
	defer folder.Close()
	data, err := files.ReadRegular(folder, m.name)
	if err != nil || len(data) < before+after || files.Hash(data) != m.key {
		return memory{}
	}
	sum := binary.BigEndian.Uint32(data[len(data)-after:])
	if data = data[:len(data)-after]; crc32.Checksum(data, castagnoli) != sum {
		return memory{}
	}
	size := binary.BigEndian.Uint64(data[before-8:])
	if data = data[before:]; size > uint64(len(data)) {
		return memory{}
	}
	last := memory{saved: data[size:]}
	if gob.NewDecoder(bytes.NewReader(data[:size])).Decode(&last.head) != nil {
		return memory{}
	}
	return last
}

// pipeline returns one that remembers what the last build did, as far as that
// can be told.
func (m memory) pipeline(ctx context.Context, s pipeline.Settings) *pipeline.Pipeline {
	if len(m.saved) > 0 {
		if p, err := pipeline.Restore(ctx, s, m.saved); err == nil {
			return p
		}
	}
	return pipeline.New(s)
}

// keep leaves the memory for the next build. A site that cannot be written to is
// none the worse for it.
func (c *buildCommand) keep(ctx context.Context, b building, p *pipeline.Pipeline, r pipeline.Result) {
	m, private := b.now, p.Private()
	outputs := slices.DeleteFunc(slices.Clone(r.Outputs), func(o pipeline.Output) bool { return private.Recipe(o.Recipe) })
	m.In, m.Out, m.Pages = b.tree.Seen(private.File), b.out.Seen(staged(outputs)), r.Pages
	if m.Private = private.Any(); m.Private {
		m.Diags = nil // may name one; they are only for builds that find nothing changed
	}
	var err error
	if m.Published, err = c.listed(); err == nil {
		_ = m.write(func(w io.Writer) error { return p.Save(ctx, w) })
	}
}

// write puts the memory into its place by rename, with what save writes.
func (m memory) write(save func(io.Writer) error) error {
	if err := os.Mkdir(filepath.Join(m.site, memoryFolder), 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	folder, err := m.folder()
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := ignore(folder); err != nil {
		return err
	}
	fresh := m.name + ".new"
	f, err := files.Create(folder, fresh, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(m.writeTo(f, save), f.Close()); err != nil {
		return errors.Join(err, folder.Remove(fresh))
	}
	return folder.Rename(fresh, m.name)
}

// ignore keeps the folder out of git.
func ignore(folder *os.Root) error {
	f, err := folder.OpenFile(".gitignore", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString("*\n")
	return errors.Join(err, f.Close())
}

func (m memory) writeTo(f io.Writer, save func(io.Writer) error) error {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(m.head); err != nil {
		return err
	}
	sum := crc32.New(castagnoli)
	w := io.MultiWriter(f, sum)
	start := binary.BigEndian.AppendUint64(m.key[:], uint64(b.Len()))
	if _, err := w.Write(append(start, b.Bytes()...)); err != nil {
		return err
	}
	if err := save(w); err != nil {
		return err
	}
	_, err := f.Write(sum.Sum(nil))
	return err
}
