package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
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
//	checksum of the rest; length of the head; head; what the pipeline saved
//
// The head is enough to know that nothing has changed.
type memory struct {
	head
	saved []byte // what the pipeline saved
	file  string
	key   files.Hash
}

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
		file: filepath.Join(c.Site, memoryFolder, name), key: key,
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

// recall returns what the last build left. What cannot be read, or is not what
// this very program wrote, is as good as nothing.
func (m memory) recall() memory {
	data, err := os.ReadFile(m.file)
	if err != nil || len(data) < len(files.Hash{})+8 || m.sum(data[16:]) != files.Hash(data[:16]) {
		return memory{}
	}
	size := binary.BigEndian.Uint64(data[16:])
	if data = data[24:]; size > uint64(len(data)) {
		return memory{}
	}
	last := memory{saved: data[size:]}
	if gob.NewDecoder(bytes.NewReader(data[:size])).Decode(&last.head) != nil {
		return memory{}
	}
	return last
}

// sum is the checksum. It depends on the program.
func (m memory) sum(data []byte) files.Hash {
	sum := files.Sum(data)
	return files.Sum(append(m.key[:], sum[:]...))
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
		if m.saved, err = p.Save(ctx); err == nil {
			_ = m.write()
		}
	}
}

func (m memory) write() error {
	var b bytes.Buffer
	b.Write(make([]byte, 24))
	if err := gob.NewEncoder(&b).Encode(m.head); err != nil {
		return err
	}
	size := b.Len() - 24
	b.Write(m.saved)
	data := b.Bytes()
	binary.BigEndian.PutUint64(data[16:], uint64(size))
	sum := m.sum(data[16:])
	copy(data, sum[:])
	folder := filepath.Dir(m.file)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(folder, ".gitignore"), []byte("*\n"), 0o666),
		os.WriteFile(m.file+".new", data, 0o600),
		os.Rename(m.file+".new", m.file))
}
