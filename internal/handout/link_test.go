package handout

import (
	"fmt"
	"os/exec"
	"path"
	"strings"
	"testing"
)

// linked links modules given as a map from address to source.
func linked(modules map[string]string, entries, apart []string) (string, error) {
	l := linker{
		done: map[string]string{},
		load: func(at string) (string, error) {
			if src, ok := modules[at]; ok {
				return src, nil
			}
			return "", fmt.Errorf("%s: there is no such file", at)
		},
		resolv: func(base, specifier string) (string, error) { return path.Join(path.Dir(base), specifier), nil },
	}
	return l.link(entries, apart)
}

// TestLinkedRuns runs linked modules under Node and compares what they print.
func TestLinkedRuns(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no Node: linked modules are not run")
	}
	for name, c := range map[string]struct {
		modules map[string]string
		want    string
	}{
		"names": {map[string]string{
			"/m.js": `import def, { a, b as c, default as d2 } from "./x.js"; import * as x from './x.js'; import "./side.js"
console.log(a, c(), new def().k, d2 === def, x.K, Object.keys(x).sort().join());`,
			"/x.js": `export const a = 1, unused$ = 0;`,
		}, ""},
		"all forms": {map[string]string{
			"/m.js":    "import def, { a, b as c, default as d2, late } from './x.js';\nimport * as x from './x.js';\nimport \"./side.js\"\nconsole.log(a, c(), new def().k, d2 === def, late(), Object.keys(x).sort().join());",
			"/x.js":    "export const a = 1;\nexport function b() { return 'b'; }\nexport default class Thing { k = 'k'; }\nexport async function* gen() {}\nconst z = () => a + 1;\nexport { z as late, z };\nexport * from './y.js';\nexport { yy as why } from './y.js';\nexport * as ns from './y.js';",
			"/y.js":    "export class Y {}\nexport const yy = [1, 2];",
			"/side.js": "console.log('side');",
		}, "side\n1 b k true 2 Y,a,b,default,gen,late,ns,why,yy,z\n"},
		"defaults": {map[string]string{
			"/m.js": "import f from './f.js'; import v from './v.js'; import c from './c.js'; console.log(f() instanceof Promise, v, new c().x)",
			"/f.js": "export default async () => {};\n",
			"/v.js": "export default { import: 1, export: 2 }.import + 40;",
			"/c.js": "export default class extends Object { x = 3 }",
		}, "true 41 3\n"},
		"once and in order": {map[string]string{
			"/m.js":      "import './a/one.js'; import './b.js'; console.log('m');",
			"/b.js":      "import './a/one.js'; console.log('b');",
			"/a/one.js":  "import '../base.js'; console.log('one');",
			"/base.js":   "console.log('base')",
			"/unused.js": "no script",
		}, "base\none\nb\nm\n"},
		"import()": {map[string]string{
			"/m.js":     "const { x } = await1();\nfunction await1() { return { x: 1 } }\nimport('./late.js').then(async (l) => { console.log(l.y, x); const name = '/none.js'; await import(name).catch((e) => console.log(e.message)); });\nconsole.log('first');",
			"/late.js":  "import { z } from './later.js'; export const y = z + 1;",
			"/later.js": "export const z = 1;",
		}, "first\n2 1\n/none.js is not part of this file\n"},
		"looks like": {map[string]string{
			"/m.js": "// import x from 'y'\n/* export */ const o = { import: 1, export: 2, await: 3 };\nconst s = \"import z from 'q'\" + `import ${`a${o.export}b`} {` + o.import;\nconst r = /['\"`/*]import[/]\\//g;\nconst q = 4 / 2 / 1; const f = async () => await q;\nf().then((v) => console.log(s, r.source, v, 'a/b'.replace(/\\//, '<!-- </script>')));",
		}, "import z from 'q'import a2b {1 ['\"`/*]import[/]\\/ 2 a<!-- </script>b\n"},
		"an error stays alone": {map[string]string{
			"/m.js": "import './bad.js'; console.log('m');", "/bad.js": "console.log('bad'); null.x;",
			"/n.js": "process.on('uncaughtException', (e) => console.log(e.constructor.name)); console.log('n');",
		}, "bad\nn\nTypeError\n"},
	} {
		entries := []string{"/m.js"}
		if c.modules["/n.js"] != "" {
			entries = append(entries, "/n.js")
		}
		script, err := linked(c.modules, entries, nil)
		if c.want == "" {
			if err == nil {
				t.Errorf("%s: linked", name)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		run := exec.Command(node, "-")
		run.Stdin = strings.NewReader(endsScript.ReplaceAllString(script, `\x3c$1`))
		output, err := run.CombinedOutput()
		if err != nil || string(output) != c.want {
			t.Errorf("%s: %v, printed %q, not %q\n%s", name, err, output, c.want, script)
		}
	}
}

func TestLinkRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"import './b.js'":                      "/m.js imports itself",
		"import './none.js'":                   "/none.js: there is no such file",
		"\n\nexport let x = 1;":                "/m.js: line 3: export let",
		"export const { a } = b;":              "export const with a pattern",
		"export const a = 1, b = 2":            "two names",
		"await x();":                           "await outside",
		"f(import.meta.url)":                   "import.meta",
		"import x from './x.json' with { a }":  "import attributes",
		"import x, from":                       "comes from",
		"import { a b } from 'x'":              "between commas",
		"import { a } 'x'":                     "comes from",
		"export * 'x'":                         "comes from",
		"export { a } from b":                  "in quotes is expected",
		"import * x from 'y'":                  "comes as",
		"'open":                                "not closed",
		"`open ${ x":                           "not closed",
		"/* open":                              "not closed",
		"f(":                                   "not closed",
		"}":                                    "a bracket too many",
		"const rapport$need = 1;":              "kept for linking",
		"import":                               "a name is expected",
		"export":                               "a name is expected",
		"import {}":                            "comes from",
		"export default":                       "",
		"import('./b.js')":                     "",
		"const a = b\n/c/d\nexport { a as b }": "",
	} {
		_, err := linked(map[string]string{"/m.js": src, "/b.js": "import './m.js';"}, []string{"/m.js"}, nil)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, not %q", src, err, want)
		}
	}
}

// FuzzLink wants an answer to anything: a script or an error.
func FuzzLink(f *testing.F) {
	f.Add("import { a as b } from './x.js'; export default `${a}`; export const c = /x/;")
	f.Add("export function* f() {} import('./x.js'); }")
	f.Fuzz(func(t *testing.T, src string) {
		script, err := linked(map[string]string{"/m.js": src, "/x.js": ""}, []string{"/m.js"}, nil)
		if err == nil && script == "" {
			t.Error("nothing came of it")
		}
	})
}
