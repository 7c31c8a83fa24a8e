package main

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// liveSite is a site on the disk that somebody works on, and what they meant
// to have written.
type liveSite struct {
	t     *testing.T
	dir   string
	texts map[string]string
	rand  *rand.Rand
	count int
}

// newLiveSite writes a site of the number of pages.
func newLiveSite(t *testing.T, pages int, seed int64) *liveSite {
	s := &liveSite{t: t, dir: t.TempDir(), texts: map[string]string{}, rand: rand.New(rand.NewSource(seed))}
	s.save("site.yaml", "title: Live\nfacets:\n  stage: {label: Stage, values: {prepare: Prepare, meet: Meet}}\n")
	s.save("content/glossary/tie.md", livePage("Weak tie", "short: Someone you know slightly.\n")+"A tie.\n")
	s.save("themes/default/layouts/partials/footer.html", "<footer>Made by hand.</footer>\n")
	s.save("static/note.txt", "A note.\n")
	for i := range pages {
		s.save(fmt.Sprintf("content/%s/p%d.md", liveSections[i%len(liveSections)], i), s.article(i, i+1))
	}
	return s
}

var liveSections = []string{"articles", "articles/deep", "notes", "talks", "work"}

func livePage(title, more string) string {
	return fmt.Sprintf("---\ntitle: %s\nsummary: What %s says in one plain sentence of more than fifty letters.\ndate: 2026-01-02\n%s---\n", title, title, more)
}

// article is a page that links to another.
func (s *liveSite) article(i, to int) string {
	return livePage(fmt.Sprintf("Page %d", i), fmt.Sprintf("stage: [prepare]\ntags: [tag%d]\n", i%7)) +
		fmt.Sprintf("A weak tie can help in case %d.\n\n## Do this next\n- Read [[p%d]]\n", i, to%liveLinked)
}

// liveLinked bounds which pages are linked to, so that most edits break no
// link.
const liveLinked = 20

func (s *liveSite) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *liveSite) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// save writes a file as one of three editors does.
func (s *liveSite) save(name, text string) {
	s.t.Helper()
	s.texts[name] = text
	file := s.path(name)
	s.must(os.MkdirAll(filepath.Dir(file), 0o777))
	beside := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".tmp")
	switch s.rand.Intn(3) {
	case 0: // vim without a backup, nano
		s.must(os.WriteFile(file, []byte(text), 0o666))
	case 1: // VS Code
		s.must(os.WriteFile(beside, []byte(text), 0o666))
		s.must(os.Rename(beside, file))
	case 2: // vim, JetBrains
		if os.Rename(file, file+"~") == nil {
			defer func() { s.must(os.Remove(file + "~")) }()
		}
		s.must(os.WriteFile(file, []byte(text), 0o666))
	}
}

func (s *liveSite) remove(name string) {
	s.t.Helper()
	delete(s.texts, name)
	s.must(os.Remove(s.path(name)))
}

// any returns a page of the sections.
func (s *liveSite) any() string {
	var names []string
	for name := range s.texts {
		if strings.HasPrefix(name, "content/") && !strings.HasPrefix(name, "content/glossary/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names[s.rand.Intn(len(names))]
}

func (s *liveSite) change(old, new string) {
	name := s.any()
	s.save(name, strings.Replace(s.texts[name], old, new, 1))
}

// liveEdits are what people do to a site while they look at it.
var liveEdits = []struct {
	name string
	edit func(*liveSite)
}{
	{"body", func(s *liveSite) { s.change("A weak tie", fmt.Sprintf("Then %d. A weak tie", s.count)) }},
	{"body again", func(s *liveSite) { s.change("help in", "help a lot in") }},
	{"shift lines", func(s *liveSite) { s.change("---\nA", "---\n\n\nA") }},
	{"retitle", func(s *liveSite) { s.change("title: ", fmt.Sprintf("title: No. %d ", s.count)) }},
	{"tag", func(s *liveSite) { s.change("tags: [", fmt.Sprintf("tags: [new%d, ", s.count%5)) }},
	{"facet", func(s *liveSite) { s.change("[prepare]", "[meet]") }},
	{"draft", func(s *liveSite) { s.change("date: ", "draft: true\ndate: ") }},
	{"address", func(s *liveSite) { s.change("date: ", fmt.Sprintf("slug: at-%d\ndate: ", s.count)) }},
	{"add", func(s *liveSite) {
		s.save(fmt.Sprintf("content/%s/n%d.md", liveSections[s.rand.Intn(5)], s.count), s.article(1000+s.count, s.count))
	}},
	{"add deep", func(s *liveSite) {
		s.save(fmt.Sprintf("content/new%d/a/b/n%d.md", s.count%3, s.count), s.article(2000+s.count, s.count))
	}},
	{"remove", func(s *liveSite) { s.remove(s.any()) }},
	{"rename", func(s *liveSite) {
		from := s.any()
		to := strings.TrimSuffix(from, ".md") + "x.md"
		s.texts[to] = s.texts[from]
		delete(s.texts, from)
		s.must(os.Rename(s.path(from), s.path(to)))
	}},
	{"rename folder", func(s *liveSite) {
		from := filepath.Dir(s.path(s.any()))
		to := fmt.Sprintf("%s%d", from, s.count)
		s.must(os.Rename(from, to))
		s.reread()
	}},
	{"remove folder", func(s *liveSite) {
		s.must(os.RemoveAll(s.path("content/new0")))
		s.reread()
	}},
	{"break link", func(s *liveSite) { s.change("## Do", "[[nowhere]]\n\n## Do") }},
	{"break front matter", func(s *liveSite) { s.change("title: ", "titel: ") }},
	{"break more", func(s *liveSite) { s.change("tags: [", "tags: [[") }},
	{"mend all", func(s *liveSite) { s.mend() }},
	{"mend all again", func(s *liveSite) { s.mend() }},
	{"layout", func(s *liveSite) {
		s.save("themes/default/layouts/partials/footer.html", fmt.Sprintf("<footer>Made by hand %d.</footer>\n", s.count))
	}},
	{"footer", func(s *liveSite) {
		s.save("themes/default/layouts/shared/footer.html", fmt.Sprintf("<footer>No. %d</footer>\n", s.count))
	}},
	{"style", func(s *liveSite) {
		s.save("themes/default/assets/style.css", fmt.Sprintf("body { margin: %dpx }\n", s.count))
	}},
	{"break layout", func(s *liveSite) {
		s.save("themes/default/layouts/partials/footer.html", "<footer>{{.Nothing}}</footer>\n")
	}},
	{"settings", func(s *liveSite) { s.save("site.yaml", s.texts["site.yaml"]+fmt.Sprintf("# %d\n", s.count)) }},
	{"title", func(s *liveSite) {
		s.save("site.yaml", strings.Replace(s.texts["site.yaml"], "title: ", fmt.Sprintf("title: %d ", s.count), 1))
	}},
	{"break settings", func(s *liveSite) { s.save("site.yaml", "titel: ["+s.texts["site.yaml"]) }},
	{"static", func(s *liveSite) { s.save("static/note.txt", fmt.Sprintf("Note %d.\n", s.count)) }},
	{"add static", func(s *liveSite) { s.save(fmt.Sprintf("static/more/%d.txt", s.count), "More.\n") }},
	{"term", func(s *liveSite) {
		s.save("content/glossary/tie.md", livePage("Weak tie", fmt.Sprintf("short: Someone %d you know slightly.\n", s.count))+"A tie.\n")
	}},
}

// edit does one of them, and names it.
func (s *liveSite) edit() string {
	s.count++
	e := liveEdits[s.rand.Intn(len(liveEdits))]
	e.edit(s)
	return e.name
}

// mend takes back what was broken.
func (s *liveSite) mend() {
	for name, text := range s.texts {
		good := strings.NewReplacer("[[nowhere]]\n\n", "", "titel: [", "", "titel: ", "title: ", "tags: [[", "tags: [", "{{.Nothing}}", "").Replace(text)
		if good != text {
			s.save(name, good)
		}
	}
}

// reread takes what stands on the disk as what was meant.
func (s *liveSite) reread() {
	clear(s.texts)
	s.must(filepath.WalkDir(s.dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rest, _ := filepath.Rel(s.dir, name)
		s.texts[filepath.ToSlash(rest)] = string(data)
		return err
	}))
}
