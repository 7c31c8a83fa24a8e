package browsertest

import (
	"os"
	"path/filepath"
	"strings"
)

const runAxe = `axe.run(document, {resultTypes: ["violations"], preload: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then((r) =>
	r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ") + " " + n.failureSummary).slice(0, 3).join(", ")).join("\n"))`

// wider is by how much the page and an open box are wider than the screen.
const wider = `[document.documentElement, document.querySelector("dialog[open]") ?? document.body].map((el) => el.scrollWidth - el.clientWidth).join(" ")`

// Axe wants no violation of accessibility, and nothing wider than the screen. The
// checker is installed by npm; without it only the width is looked at.
func (b *Tab) Axe(state string) {
	b.t.Helper()
	checker, err := os.ReadFile(filepath.Join(root(), "node_modules/axe-core/axe.min.js"))
	switch {
	case err == nil:
		if b.Eval("typeof axe") == "undefined" {
			b.Run(string(checker))
		}
		if found := b.Eval(runAxe); found != "" {
			b.t.Errorf("%s: %s", state, found)
		}
	case required():
		b.t.Fatal("axe-core is missing: run npm ci")
	default:
		b.t.Log("axe-core is missing (npm ci): accessibility is not checked")
	}
	if by := b.Eval(wider); strings.Trim(by, "0 ") != "" {
		b.t.Errorf("%s: the page and its box are %s px wider than the screen", state, by)
	}
}

// AxeOnScreens is Axe on a wide screen in the dark and on a phone in daylight,
// which is how the page is left.
func (b *Tab) AxeOnScreens(state string) {
	b.t.Helper()
	b.Screen(1280, 800, "dark")
	b.Axe(state + ", wide and dark")
	b.Screen(390, 844, "light")
	b.Axe(state)
}

// root is the folder of go.mod, above that of the test.
func root() string {
	dir := "."
	for range 8 {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Join(dir, "..")
	}
	return dir
}
