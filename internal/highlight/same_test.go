package highlight

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/styles"
)

// The samples are chroma's own test texts; see testdata/chroma/COPYING.
//
//go:embed testdata/chroma
var samples embed.FS

// chromaHTML is what chroma's lexer and its HTML formatter make of a text, and
// false where they panic.
func chromaHTML(t testing.TB, l chroma.Lexer, text string) (out string, ok bool) {
	defer func() { recover() }()
	it, err := chroma.Coalesce(l).Tokenise(nil, text)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	f := html.New(html.WithClasses(true), html.PreventSurroundingPre(true))
	if err := f.Format(&b, styles.Fallback, it); err != nil {
		t.Fatal(err)
	}
	return b.String(), true
}

// same fails where our HTML differs from chroma's.
func same(t *testing.T, lang, text string) {
	t.Helper()
	sameIn(t, find(lang), text)
}

func sameIn(t *testing.T, l *language, text string) {
	t.Helper()
	got, ok := l.highlight(normalise(text))
	if want, wellMade := chromaHTML(t, l.chroma, text); got != want && (ok || wellMade) {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		from := max(0, at-80)
		t.Errorf("%s, %.80q:\n  got …%q\n want …%q", l.chroma.Config().Name, text,
			got[from:min(len(got), at+80)], want[from:min(len(want), at+80)])
	}
}

// fence makes a text of a few lines like those of technical writing.
func fence(lang string, seed int) string {
	next := uint32(seed*7919 + 17)
	pick := func(from ...string) string {
		next = next*1664525 + 1013904223
		return from[int(next>>16)%len(from)]
	}
	word := func() string {
		return pick("alpha", "if", "x", "naïve", "Total", "in", "select", "_tmp", "class", "μ")
	}
	var b strings.Builder
	for range 3 + seed%9 {
		w, v, n := word(), word(), pick("0", "7", "42", "0x1F", "3.14", "1e9", "08")
		switch lang {
		case "go":
			fmt.Fprintf(&b, "func %s(x int) (string, error) { return fmt.Sprintf(\"%s %%d\\n\", x+%s), nil } // %s\n", w, v, n, w)
			fmt.Fprintf(&b, "var %s = `raw {{ .%s }} \"%s\"`\n/* %s\n */ const c = '\\n'\n", w, v, n, v)
		case "python":
			fmt.Fprintf(&b, "@%s\ndef %s(x, y=%s):  # %s\n    \"\"\"Doc %s\"\"\"\n    return f\"%s {x!r:>10}\" if y > 1 else None\n", w, w, n, v, v, v)
		case "bash":
			fmt.Fprintf(&b, "for f in *.%s; do echo \"$f ${x:-%s}\" | grep -n '%s' > out-%s.txt; done # %s\n", w, n, v, n, w)
		case "json":
			fmt.Fprintf(&b, "{\"%s\": %s, \"%s\": [true, null, \"%s\\u00e9\"]}\n", w, n, v, w)
		case "yaml":
			fmt.Fprintf(&b, "%s:\n  - name: %s # note\n    value: %s\n    text: |\n      %s\n    on: &a *b\n", w, v, n, v)
		case "sql":
			fmt.Fprintf(&b, "SELECT %s, COUNT(*) FROM %s WHERE id > %s AND name = '%s' GROUP BY 1; -- %s\n", w, v, n, w, v)
		case "javascript":
			fmt.Fprintf(&b, "const %s = (x) => { return `%s ${x + %s}`; }; // %s\nlet r = /%s+/g, d = a / b / %s;\n", w, v, n, w, v, n)
		case "rust":
			fmt.Fprintf(&b, "pub fn %s<'a>(x: &'a u32) -> Option<String> { Some(format!(\"%s {}\", x + %s)) } /* %s */\n", w, v, n, v)
		case "html":
			fmt.Fprintf(&b, "<div class=\"%s\" id=x%s><a href='/%s'>%s &amp; co</a></div><!-- %s -->\n", w, n, v, w, v)
			fmt.Fprintf(&b, "<script>let %s = \"</b>\";</script><style>.%s { margin: %spx }</style>\n", w, v, n)
		case "css":
			fmt.Fprintf(&b, ".%s > a:hover { color: #%s; margin: 0 %spx; } /* %s */ @media (min-width: 1em) {}\n", w, n, n, v)
		}
	}
	return b.String()
}

var corpusLanguages = strings.Fields("go python bash json yaml sql javascript rust html css")

func TestSameAsChromaOnFences(t *testing.T) {
	for _, lang := range corpusLanguages {
		for seed := range 25 {
			same(t, lang, fence(lang, seed))
		}
	}
}

// A text cut off anywhere leaves strings, comments and blocks unclosed: the
// rules that seldom match.
func TestSameAsChromaOnSamples(t *testing.T) {
	files, err := samples.ReadDir("testdata/chroma")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		lang, isSample := strings.CutSuffix(f.Name(), ".actual")
		if !isSample {
			continue
		}
		data, err := samples.ReadFile(path.Join("testdata/chroma", f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if find(lang).ready() == nil {
			t.Errorf("%s: left to chroma", lang)
		}
		same(t, lang, text)
		same(t, lang, strings.ReplaceAll(text, "\n", "\r\n"))
		for i := 1; i < 6; i++ {
			same(t, lang, text[:len(text)*i/6])
			same(t, lang, text[len(text)*i/6:])
		}
	}
}

// A language with one of each thing that rules can do, on texts that go wrong.
func TestSameAsChromaOnEveryKindOfRule(t *testing.T) {
	call := chroma.EmitterFunc(func(groups []string, _ *chroma.LexerState) chroma.Iterator {
		return chroma.Literator(chroma.Token{Type: chroma.NameLabel, Value: groups[0]}, chroma.Token{Type: chroma.Ignore, Value: "!"})
	})
	l := newLanguage(chroma.MustNewLexer(&chroma.Config{Name: "all", EnsureNL: true, CaseInsensitive: true}, func() chroma.Rules {
		return chroma.Rules{
			"root": {
				{Pattern: `"`, Type: chroma.String, Mutator: chroma.Push("string")},
				{Pattern: `<`, Type: chroma.Punctuation, Mutator: chroma.Combined("tag", "string")},
				{Pattern: `(let)(\s+)(\w+)`, Type: chroma.ByGroups(chroma.Keyword, chroma.Text, chroma.UsingSelf("name"))},
				{Pattern: `(a)(b)`, Type: chroma.ByGroups(nil, chroma.Name)},
				{Pattern: `@\w+`, Type: call},
				{Pattern: `!`, Type: chroma.Operator, Mutator: chroma.Mutators(chroma.Push("string", "tag"), chroma.Pop(1))},
				{Pattern: `\^`, Type: chroma.Operator, Mutator: chroma.Pop(1)},
				{Pattern: `~`, Type: chroma.Operator, Mutator: chroma.Push()},
				{Pattern: `#[^\n]*\n`, Type: chroma.Comment},
				{Pattern: `%%`, Mutator: chroma.Push("nowhere")},
				chroma.Include("name"),
			},
			"string": {
				{Pattern: `"`, Type: chroma.String, Mutator: chroma.Pop(1)},
				{Pattern: `>`, Type: chroma.StringEscape, Mutator: chroma.Push("#pop", "tag")},
				{Pattern: `[^"\n>]+`, Type: chroma.String},
			},
			"tag":  {{Pattern: `=`, Type: chroma.NameTag}, chroma.Default(chroma.Pop(1))},
			"name": {{Pattern: `[A-Z]+`, Type: chroma.Name}, {Pattern: `\d+`, Type: chroma.Number}},
		}
	}))
	if l.ready() == nil {
		t.Fatal("left to chroma")
	}
	for _, text := range []string{
		`let x "s" 12`, "\"open\nabab\n", "<=x\"", "<x>", "!=a>b", "ab AB", "@go 1", "~~^^^ rest", "^rest\n", "# end", "# end\n", "a\n\n", "\n",
		"LET é 1", "x \"a>=\"\n\"", "%%x", "let let a", strings.Repeat("=", 20), strings.Repeat("a1", 50),
	} {
		sameIn(t, l, text)
	}
}

// Rules that go round without taking anything would keep chroma for ever.
func TestEndlessRulesEnd(t *testing.T) {
	l := newLanguage(chroma.MustNewLexer(&chroma.Config{Name: "endless"}, func() chroma.Rules {
		return chroma.Rules{
			"root":      {{Pattern: `a`, Type: chroma.Name, Mutator: chroma.Push("stay")}, chroma.Default(chroma.Push("root"))},
			"stay":      {{Pattern: `b*`, Type: chroma.Name}},
			"unreached": {{Pattern: `(.*)`, Type: chroma.ByGroups(chroma.UsingSelf("unreached"))}},
		}
	}))
	for _, text := range []string{"ac", "abc", "c"} {
		if out, ok := l.highlight(text); ok {
			t.Errorf("%q: %s", text, out)
		}
	}
	if tk := (&tokeniser{out: &writer{}, steps: maxSteps}); tk.tokenise(l.ready(), "a", "unreached", true) {
		t.Error("a language within itself without end")
	}
}

// Neighbours of one type share a span, up to a length.
func TestSameAsChromaOnLongRuns(t *testing.T) {
	same(t, "go", strings.Repeat("(", maxSpan+100)+"\n"+strings.Repeat(")", 100))
}

func FuzzSameAsChroma(f *testing.F) {
	for i, lang := range corpusLanguages {
		f.Add(uint8(i), fence(lang, i))
	}
	langs := append(corpusLanguages, strings.Fields("c ts tsx php ruby java toml diff dockerfile make scss xml lua perl")...)
	f.Fuzz(func(t *testing.T, pick uint8, text string) {
		if len(text) <= 2048 {
			same(t, langs[int(pick)%len(langs)], text)
		}
	})
}

func BenchmarkCode(b *testing.B) {
	for _, lang := range corpusLanguages {
		text := fence(lang, 8)
		Code(lang, text) // prepares the lexer
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Code(lang, text)
			}
		})
	}
}

// BenchmarkChroma is what BenchmarkCode is to be compared with.
func BenchmarkChroma(b *testing.B) {
	for _, lang := range corpusLanguages {
		text := fence(lang, 8)
		b.Run(lang, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				chromaHTML(b, find(lang).chroma, text)
			}
		})
	}
}
