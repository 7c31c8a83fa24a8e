package rapport

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors is the picture of ARCHITECTURE.md as a table: what each room may
// import of ours. An import points to a lower floor, never sideways or up.
var floors = map[string][]string{
	".":                  {},
	"cmd/build":          {"", "advice", "diag", "fields", "files", "handout", "highlight", "pipeline", "render", "search", "server", "site", "watch"},
	"internal/pipeline":  {"advice", "diag", "highlight", "handout", "fields", "files", "render", "search", "site", "theme"},
	"internal/watch":     {},
	"internal/server":    {"diag", "files"},
	"internal/render":    {"advice", "diag", "fields", "files", "handout", "markdown", "search", "site", "theme"},
	"internal/site":      {"advice", "diag", "fields", "files", "markdown"},
	"internal/theme":     {"diag", "fields", "files"},
	"internal/advice":    {"diag", "markdown"},
	"internal/search":    {},
	"internal/handout":   {},
	"internal/markdown":  {"diag", "highlight"},
	"internal/highlight": {},
	"internal/fields":    {"diag"},
	"internal/files":     {},
	"internal/diag":      {},
}

// impure are packages that let the world in. Only rooms at the edge may
// import them, and only there may the clock be read.
var (
	impure = []string{"os", "net", "net/http", "math/rand", "math/rand/v2", "os/exec", "os/signal", "syscall"}
	edge   = []string{"cmd/build", "internal/files", "internal/watch", "internal/server"}
)

// oneRoom says which room alone imports a library.
var oneRoom = map[string]string{
	"github.com/yuin/goldmark":            "internal/markdown",
	"github.com/alecthomas/chroma":        "internal/highlight",
	"github.com/dlclark/regexp2":          "internal/highlight",
	"github.com/microcosm-cc":             "internal/markdown",
	"go.yaml.in/yaml":                     "internal/fields",
	"github.com/pelletier/go-toml":        "internal/fields",
	"github.com/fsnotify/fsnotify":        "internal/watch",
	"github.com/alecthomas/kong":          "cmd/build",
	"golang.org/x/term":                   "cmd/build",
	"golang.org/x/text/width":             "internal/diag",
	"github.com/blevesearch/snowballstem": "internal/search",
	"github.com/dop251/goja":              "internal/search",
	"rsc.io/qr":                           "internal/render",
	"github.com/tdewolff":                 "internal/render",
}

// notRooms are folders without a part of the program. What only tests import is on
// no floor, so nothing else can.
var notRooms = []string{"testdata", "bench", "public", "node_modules", "browsertest", "sitetest"}

type sourceFile struct {
	path, room string
	file       *ast.File
}

func sources(t *testing.T) []sourceFile {
	t.Helper()
	var list []sourceFile
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || slices.Contains(notRooms, name)) {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		list = append(list, sourceFile{path, filepath.ToSlash(filepath.Dir(path)), f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func imports(f sourceFile) []string {
	var list []string
	for _, i := range f.file.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		list = append(list, path)
	}
	return list
}

func TestImportsPointDown(t *testing.T) {
	for _, f := range sources(t) {
		allowed, known := floors[f.room]
		if !known {
			t.Errorf("%s: the room %s is not in the picture", f.path, f.room)
			continue
		}
		for _, path := range imports(f) {
			if path != "rapport" && !strings.HasPrefix(path, "rapport/") {
				continue
			}
			room := strings.TrimPrefix(strings.TrimPrefix(path, "rapport"), "/internal/")
			if !slices.Contains(allowed, room) {
				t.Errorf("%s imports %s: not a lower floor", f.path, path)
			}
		}
	}
}

func TestWorldStaysOutside(t *testing.T) {
	for _, f := range sources(t) {
		if slices.Contains(edge, f.room) {
			continue
		}
		for _, path := range imports(f) {
			if slices.Contains(impure, path) {
				t.Errorf("%s imports %s: only %s may", f.path, path, strings.Join(edge, ", "))
			}
		}
		ast.Inspect(f.file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && (s.Sel.Name == "Now" || s.Sel.Name == "Since") {
					t.Errorf("%s reads the clock", f.path)
				}
			}
			return true
		})
	}
}

func TestLibrariesHaveOneRoom(t *testing.T) {
	for _, f := range sources(t) {
		for _, path := range imports(f) {
			for library, room := range oneRoom {
				if strings.HasPrefix(path, library) && f.room != room {
					t.Errorf("%s imports %s, which belongs to %s", f.path, path, room)
				}
			}
		}
	}
}

// TestRoomsSayWhatTheyAre wants a package comment in each room, and files of a
// readable size.
func TestRoomsSayWhatTheyAre(t *testing.T) {
	said := map[string]bool{}
	for _, f := range sources(t) {
		said[f.room] = said[f.room] || f.file.Doc != nil
		data, err := os.ReadFile(f.path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(data), "\n"); lines > 400 {
			t.Errorf("%s has %d lines: more than a reader holds", f.path, lines)
		}
	}
	for room, ok := range said {
		if !ok {
			t.Errorf("%s has no package comment", room)
		}
	}
}
