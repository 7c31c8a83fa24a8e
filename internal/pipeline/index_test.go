package pipeline

import (
	"context"
	"strings"
	"testing"

	"rapport/internal/diag"
	"rapport/internal/files"
)

// searchFiles runs the pipeline and returns the files of the search by path.
func searchFiles(t *testing.T, p *Pipeline, s source, out *memory) (map[string]Output, Result) {
	t.Helper()
	r, err := p.Run(context.Background(), s.tree(), out)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]Output{}
	for _, o := range r.Outputs {
		if o.Recipe == searchRecipe {
			found[o.Path] = o
		}
	}
	return found, r
}

func TestFilesOfTheSearchAreKeptOneByOne(t *testing.T) {
	s := lawSite()
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	searchFiles(t, p, s, out)
	replace(s, "content/articles/a1.md", "A weak tie can help", "A weak tie can hinder")
	after, r := searchFiles(t, p, s, out)
	if !after["search/search.js"].Kept || after["search/index.json"].Kept {
		t.Error("after an edit the module is kept and the entry is not")
	}
	for path := range after {
		delete(out.files, path) // somebody emptied the folder
	}
	again, _ := searchFiles(t, p, s, out)
	for path, o := range again {
		if o.Kept || !out.Holds(path, o.Staged.Hash) {
			t.Errorf("%s was lost and is not made again", path)
		}
	}
	if _, last := searchFiles(t, p, s, out); last.Made != 0 || last.Kept != r.Made+r.Kept {
		t.Errorf("without an edit %d outputs are made and %d kept, of %d", last.Made, last.Kept, r.Made+r.Kept)
	}
}

// What a kept file says and may not say is said again, until it changes or
// what it may not say does.
func TestLeaksOfKeptFilesStay(t *testing.T) {
	s := lawSite()
	p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
	defer p.Close()
	searchFiles(t, p, s, out)
	for path, f := range p.indexed.files {
		f.leaks.Add(diag.List{{Severity: diag.Error, Message: "too much is said in " + path}})
		p.indexed.files[path] = f
	}
	told := func() int {
		_, r := searchFiles(t, p, s, out)
		n := 0
		for _, d := range r.Diags {
			if strings.HasPrefix(d.Message, "too much") {
				n++
			}
		}
		if n != r.Leaks {
			t.Errorf("%d leaks are told of, %d counted", n, r.Leaks)
		}
		return n
	}
	all := len(p.indexed.files)
	if n := told(); n != all {
		t.Errorf("%d of %d leaks are left though nothing changed", n, all)
	}
	replace(s, "content/articles/a1.md", "A weak tie can help", "A weak tie can hinder")
	if n := told(); n == 0 || n == all {
		t.Errorf("%d of %d leaks are left after an edit", n, all)
	}
	p.indexed.guarded, p.indexed.of = files.Hash{1}, files.Hash{} // as if other things could not be said
	if n := told(); n > 0 {
		t.Errorf("%d leaks are left after all files were looked through again", n)
	}
}
