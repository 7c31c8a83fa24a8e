package browsertest

import (
	"strings"
	"testing"
)

func TestMain(m *testing.M) { Main(m) }

// TestSaid opens a page that does what no page may do.
func TestSaid(t *testing.T) {
	page := `<!doctype html><html lang="en"><head><title>Bad</title><link rel="icon" href="data:,"><script>inline()</script><script src="/throws.js"></script></head><body><main><img src="http://` + Plain + `/picture.png" alt=""></main></body></html>`
	host := Serve(t, map[string][]byte{"index.html": []byte(page), "throws.js": []byte(`throw new Error("thrown")`), "404.html": []byte("None")}, "/")
	b := Open(t)
	b.Goto(host.URL)
	b.Becomes(`document.readyState`, "complete")
	said := strings.Join(b.Said(), "\n")
	for _, want := range []string{"Executing inline script violates", "thrown", "a request to " + Plain} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing is said of %q in\n%s", want, said)
		}
	}
	if again := b.Said(); len(again) > 0 {
		t.Errorf("said twice: %s", again)
	}
	b.Goto(host.URL + "/none/")
	b.Quiet("404")
}

// TestReaders keeps the storage of one reader from another, and shares it between
// the tabs of one.
func TestReaders(t *testing.T) {
	host := Serve(t, map[string][]byte{"index.html": []byte(`<!doctype html><title>Page</title><link rel="icon" href="data:,"><main>Text</main>`)}, "/")
	one, other := Open(t), Open(t)
	for _, b := range []*Tab{one, other} {
		b.Goto(host.URL)
	}
	one.Run(`localStorage.setItem("name", "one")`)
	other.Want(`localStorage.getItem("name")`, "")
	second := one.Another()
	second.Goto(host.URL)
	second.Want(`localStorage.getItem("name")`, "one")
}
