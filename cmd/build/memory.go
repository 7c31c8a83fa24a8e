package main

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"rapport/internal/diag"
	"rapport/internal/files"
	"rapport/internal/pipeline"
	"rapport/internal/site"
)

// memoryFolder is beside site.yaml. It can be deleted at any time.
const memoryFolder = ".rapport"

// memory is what one build tells the next. It is enough to know that nothing
// has changed since: not the input, nor the program and its settings, nor what
// it wrote. It names no page, since some addresses are not for everyone.
type memory struct {
	Key    files.Hash // of the program and its settings
	In     files.Hash // of the input, as files.Look sees it
	Out    files.Hash // of the output folder likewise
	Pages  int
	Files  int
	Diags  diag.List
	folder string
	name   string
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
	program, err := programHash()
	settings := fmt.Sprintf("%x %q %q %q %t %s", program, places, c.Theme, c.BaseURL, c.Drafts, in.settings.Today)
	return memory{
		Key:    files.Sum([]byte(settings)),
		folder: filepath.Join(c.Site, memoryFolder),
		name:   files.Sum(fmt.Append(nil, places)).String(), // so builds to several folders each have their own
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

// recall returns what the last build left, if nothing has changed since. What
// cannot be read, or is not what was written, is as good as nothing.
func (m memory) recall(in input, out, dir string) (memory, bool) {
	data, err := os.ReadFile(filepath.Join(m.folder, m.name))
	if err != nil || len(data) < len(files.Hash{}) {
		return m, false
	}
	sum, rest := files.Hash(data[:16]), data[16:]
	last := m
	if files.Sum(rest) != sum || gob.NewDecoder(bytes.NewReader(rest)).Decode(&last) != nil || last.Key != m.Key {
		return m, false
	}
	var written files.Hash
	var failed error
	var wait sync.WaitGroup
	wait.Go(func() { written, failed = files.Look(outputs(out)...) })
	read, err := files.Look(inputs(in, dir)...)
	wait.Wait()
	return last, err == nil && failed == nil && read == last.In && written == last.Out
}

// keep leaves the memory for the next build. A site that cannot be written to
// is none the worse for it.
func (m memory) keep(in input, out, dir string, tree files.Tree, r pipeline.Result) {
	seen, sure := tree.Looks()
	if before, err := files.Look(in.folders...); !sure || err != nil || before != seen {
		return // something changed while we built, or too recently to tell
	}
	if m.secret(r) {
		return
	}
	var err error
	if m.In, err = files.Look(inputs(in, dir)...); err != nil {
		return
	}
	if m.Out, err = files.Look(outputs(out)...); err != nil {
		return
	}
	m.Pages, m.Files, m.Diags = r.Pages, len(r.Outputs), r.Diags
	var b bytes.Buffer
	if gob.NewEncoder(&b).Encode(m) != nil || os.MkdirAll(m.folder, 0o777) != nil {
		return
	}
	sum := files.Sum(b.Bytes())
	name := filepath.Join(m.folder, m.name)
	if os.WriteFile(filepath.Join(m.folder, ".gitignore"), []byte("*\n"), 0o666) == nil && os.WriteFile(name+".new", append(sum[:], b.Bytes()...), 0o666) == nil {
		_ = os.Rename(name+".new", name)
	}
}

// secret reports whether the build must leave nothing: a sealed page is sealed
// anew by each build, and findings may name a page that is not for everyone.
func (m memory) secret(r pipeline.Result) bool {
	return slices.ContainsFunc(r.World.Site.Pages, func(p *site.Page) bool {
		return p.Handout != nil && p.Handout.Sealed || !p.Meta.Listed && len(r.Diags) > 0
	})
}

// inputs are all that a build reads: the site, and what the last one published.
func inputs(in input, dir string) []files.Folder {
	return append(in.folders[:len(in.folders):len(in.folders)], files.Folder{At: publishedName, Dir: filepath.Join(dir, publishedName)})
}

// outputs are the made files, and the list of them.
func outputs(out string) []files.Folder {
	return []files.Folder{{At: "", Dir: out}, {At: files.Listing, Dir: filepath.Join(out, files.Listing)}}
}
