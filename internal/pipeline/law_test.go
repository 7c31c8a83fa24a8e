package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand"
	mathrand "math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"rapport"
	"rapport/internal/fields"
	"rapport/internal/files"
	"rapport/internal/handout"
	"rapport/internal/render"
)

// The law: a run that remembers gives what a run that remembers nothing gives,
// files and diagnostics alike, whatever was edited in between.

// memory is a sink that keeps the bytes.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
	got   int // how often it gave something back
}

func (m *memory) Put(path string, data []byte) (files.Staged, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[path] = slices.Clone(data)
	return files.Staged{Path: path, Hash: files.Sum(data), Size: int64(len(data))}, nil
}

func (m *memory) Holds(path string, hash files.Hash) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[path]
	return ok && files.Sum(data) == hash
}

func (m *memory) Get(path string, hash files.Hash) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.got++
	if data, ok := m.files[path]; ok && files.Sum(data) == hash {
		return data, nil
	}
	return nil, fs.ErrNotExist
}

// source is a site being edited.
type source map[string]string

func (s source) tree() files.Tree {
	var list []files.File
	for path, text := range s {
		list = append(list, files.Memory(path, []byte(text)))
	}
	return files.NewTree(list...)
}

// settings are those of a run over a site. Its passphrases and its day stand in
// files that are no part of it.
func settings(t *testing.T, s source) Settings {
	t.Helper()
	builtin, err := files.FromFS(rapport.Theme, "")
	if err != nil {
		t.Fatal(err)
	}
	return Settings{Builtin: builtin, Scripts: Scripts(), Today: fields.Date(cmp.Or(s["elsewhere/day"], "2026-11-01")), Drafts: s["elsewhere/drafts"] != "", Sealing: render.Sealing{
		Passphrases: func(slug string) ([]string, error) { return strings.Split(s["elsewhere/"+slug], "\n"), nil },
		Random:      func() io.Reader { return mathrand.NewChaCha8([32]byte{}) },
		Seal:        quickSeal,
	}}
}

// quickSeal stands in for a sealing that takes a tenth of a second on purpose.
// Like the true one it depends on all that it is given and shows none of it.
func quickSeal(c handout.Content, passphrases []string, random io.Reader) (handout.Sealed, error) {
	lot := make([]byte, 16)
	if _, err := io.ReadFull(random, lot); err != nil {
		return handout.Sealed{}, err
	}
	all := sha256.Sum256(fmt.Append(lot, string(c.HTML), passphrases))
	sealed := handout.Sealed{Envelope: all[:], Files: map[string][]byte{}}
	for i, f := range c.Files {
		sum := sha256.Sum256(append(lot, f.Data...))
		sealed.Files[fmt.Sprintf("%x%d.bin", lot, i)] = sum[:]
	}
	return sealed, nil
}

// result is what a run comes to: the bytes of each output, and every finding.
type result struct {
	files map[string]files.Hash
	diags string
}

func run(t *testing.T, p *Pipeline, s source, out *memory) result {
	t.Helper()
	now := settings(t, s)
	p.settings.Today, p.settings.Drafts = now.Today, now.Drafts
	r, err := p.Run(context.Background(), s.tree(), out)
	if err != nil {
		t.Fatal(err)
	}
	res := result{files: map[string]files.Hash{}}
	for _, o := range r.Outputs {
		if !out.Holds(o.Path, o.Staged.Hash) {
			t.Fatalf("%s is not in the sink", o.Path)
		}
		res.files[o.Path] = o.Staged.Hash
	}
	var b strings.Builder
	for _, d := range r.Diags {
		b.WriteString(d.Text())
	}
	res.diags = b.String()
	return res
}

// difference says how two results differ; "" if they do not.
func difference(got, want result) string {
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(want.files)) {
		if got.files[path] != want.files[path] {
			fmt.Fprintf(&b, "%s is not what a fresh build makes\n", path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(got.files)) {
		if _, ok := want.files[path]; !ok {
			fmt.Fprintf(&b, "%s should not be there\n", path)
		}
	}
	if got.diags != want.diags {
		fmt.Fprintf(&b, "diagnostics differ:\n--- remembered\n%s\n--- fresh\n%s", got.diags, want.diags)
	}
	return b.String()
}

func TestLaw(t *testing.T) {
	edits := 150
	if testing.Short() {
		edits = 40
	}
	for seed := range int64(2) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewSource(seed))
			s := lawSite()
			p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
			defer func() { p.Close() }()
			run(t, p, s, out)
			names := slices.Sorted(maps.Keys(lawEdits))
			var done []string
			for range edits {
				if r.Intn(4) == 0 {
					p = inNewProcess(t, p)
				}
				name := names[r.Intn(len(names))]
				lawEdits[name](s, r)
				done = append(done, name)
				got := run(t, p, s, out)
				if d := difference(got, fresh(t, s)); d != "" {
					t.Fatalf("after %s:\n%s", strings.Join(done[max(0, len(done)-3):], ", "), d)
				}
			}
		})
	}
}

// inNewProcess returns a pipeline that knows of another what is saved of it.
func inNewProcess(t *testing.T, p *Pipeline) *Pipeline {
	t.Helper()
	var b bytes.Buffer
	if err := p.Save(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	q, err := Restore(context.Background(), p.settings, b.Bytes())
	if err = errors.Join(err, p.Close()); err != nil {
		t.Fatal(err)
	}
	return q
}

func fresh(t *testing.T, s source) result {
	t.Helper()
	p := New(settings(t, s))
	defer p.Close()
	return run(t, p, s, &memory{files: map[string][]byte{}})
}

// TestEveryNoteCounts takes the notes of one kind of question away and looks
// whether some edit then gives a stale site. A kind of which no edit shows is
// either not needed or not tested.
func TestEveryNoteCounts(t *testing.T) {
	for kind, edit := range map[render.Kind]string{
		render.Meta: "retitle list", render.Slug: "retitle person", render.Folder: "add index", render.Body: "edit body", render.Links: "move template", render.Section: "retitle page",
		render.Group: "retitle page", render.Neighbours: "retitle extra", render.Related: "retitle page", render.CitedBy: "cite",
		render.WrittenBy: "sign", render.Places: "reorder guide", render.Glossary: "change term", render.Menu: "move target",
		render.Tags: "retag", render.Facets: "refile", render.Listing: "retitle page", render.Config: "rename site", render.Messages: "reword",
		render.Shared: "change footer", render.Layout: "change layout", render.Asset: "change style", render.File: "change picture",
		render.Keys: "change passphrases", render.Unsaid: "tell a name",
	} {
		t.Run(edit+" for "+fmt.Sprint(uint8(kind)), func(t *testing.T) {
			s := lawSite()
			p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
			defer p.Close()
			run(t, p, s, out)
			for i := range p.made {
				p.made[i].reads = slices.DeleteFunc(p.made[i].reads, func(n int32) bool { return p.asked.list[n].Kind == kind })
			}
			lawEdits[edit](s, rand.New(rand.NewSource(1)))
			if d := difference(run(t, p, s, out), fresh(t, s)); d == "" {
				t.Errorf("without the notes of %v, the edit %q still gives a fresh site", render.Key{Kind: kind}, edit)
			}
		})
	}
}

// TestEndsOfLinks retitles pages that others show where they link to them: by a
// wikilink, as a step, and as a source.
func TestEndsOfLinks(t *testing.T) {
	for _, edit := range []string{"retitle list", "retitle source"} {
		s := lawSite()
		p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
		defer p.Close()
		run(t, p, s, out)
		lawEdits[edit](s, nil)
		if d := difference(run(t, p, s, out), fresh(t, s)); d != "" {
			t.Errorf("after %q:\n%s", edit, d)
		}
	}
}

// TestLongLists edits pages of a section whose list takes two pages.
func TestLongLists(t *testing.T) {
	s := lawSite()
	for i := range 60 {
		s[fmt.Sprintf("content/many/m%02d.md", i)] = page(fmt.Sprintf("Many %02d", i), "tags: [many]\nshort: Little.\n") + "Text.\n"
	}
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	run(t, p, s, out)
	edits := []func(){
		func() { replace(s, "content/many/m55.md", "title: ", "title: Very ") },
		func() { replace(s, "content/many/m50.md", "title: ", "title: A ") },
		func() { delete(s, "content/many/m03.md") },
		func() { // from a list of pages to a glossary, but for one page, and then that one too
			for i := range 59 {
				replace(s, fmt.Sprintf("content/many/m%02d.md", i), "title: ", "type: term\ntitle: ")
			}
		},
		func() { replace(s, "content/many/m59.md", "title: ", "type: term\ntitle: ") },
		func() { replace(s, "content/many/m58.md", "type: term\n", "") },
	}
	for i, edit := range edits {
		edit()
		if d := difference(run(t, p, s, out), fresh(t, s)); d != "" {
			t.Errorf("after edit %d:\n%s", i, d)
		}
	}
}

// TestErrorsStay keeps an error on the screen until it is mended, through
// edits that have nothing to do with it.
func TestErrorsStay(t *testing.T) {
	s := lawSite()
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	s["content/articles/a1.md"] += "\n[broken](nowhere.md)\n"
	for range 3 {
		s["content/articles/a2.md"] += "\nMore.\n"
		if got := run(t, p, s, out); strings.Count(got.diags, `there is no page at "nowhere.md"`) != 1 {
			t.Fatalf("the broken link is not reported once:\n%s", got.diags)
		}
	}
	s["content/articles/a1.md"] = strings.ReplaceAll(s["content/articles/a1.md"], "[broken](nowhere.md)", "")
	if got := run(t, p, s, out); strings.Contains(got.diags, "nowhere") {
		t.Fatalf("the mended link is still reported:\n%s", got.diags)
	}
}

// TestSameBytes builds on one processor and on all of them.
func TestSameBytes(t *testing.T) {
	s := lawSite()
	many := fresh(t, s)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if d := difference(fresh(t, s), many); d != "" {
		t.Fatal(d)
	}
}
