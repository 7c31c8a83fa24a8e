package advice_test

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// most is how many bytes of script a page may cost, compressed, with all that
// it loads later.
const most = 12 << 10

var (
	loaded   = regexp.MustCompile(`(?:src|href)="?` + base + `/(assets/[^" >]+\.(?:js|css))`)
	imported = regexp.MustCompile(`(?:from\s*|import\()"(\./[^"]+)"`)
)

// TestScriptBytes adds up what readers of each type of page download.
func TestScriptBytes(t *testing.T) {
	site := built(t, nil)
	handout := ""
	for name := range site {
		if dir, ok := strings.CutSuffix(name, "/index.html"); ok && strings.HasPrefix(dir, "handouts/") {
			handout = dir
		}
	}
	for _, page := range []string{handout, "checklists/after", "checklists/weekly", "assessments/warm", "templates/ask", "questions/bank", "guides/path", "articles/read", "progress"} {
		seen := map[string]bool{}
		scripts, styles := 0, 0
		var add func(name string)
		add = func(name string) {
			if seen[name] {
				return
			}
			seen[name] = true
			data, ok := site[name]
			if !ok {
				t.Errorf("%s: %s is not there", page, name)
			}
			if strings.HasSuffix(name, ".css") {
				styles += compressed(data)
				return
			}
			scripts += compressed(data)
			for _, m := range imported.FindAllSubmatch(data, -1) {
				add(path.Join(path.Dir(name), string(m[1])))
			}
		}
		for _, m := range loaded.FindAllSubmatch(site[page+"/index.html"], -1) {
			add(string(m[1]))
		}
		t.Logf("%-27s %6d bytes of script, %6d of style, %2d files", page, scripts, styles, len(seen))
		if scripts == 0 || scripts > most {
			t.Errorf("%s: %d bytes of script", page, scripts)
		}
	}
}

func compressed(data []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Len()
}
