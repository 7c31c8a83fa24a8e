package highlight

import (
	"html"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestCode(t *testing.T) {
	for _, c := range []struct {
		lang, text, want string
		known            bool
	}{
		{"go", "if x < 1 {}", `<span class="k">if</span><span class="w"> </span><span class="nx">x</span><span class="w"> </span>` +
			`<span class="p">&lt;</span><span class="w"> </span><span class="mi">1</span><span class="w"> </span><span class="p">{}</span>`, true},
		{"Python", "# a\n", "<span class=\"c1\"># a</span>\n", true},
		{"js", "/*a\nb*/", "<span class=\"cm\">/*a\n</span><span class=\"cm\">b*/</span>", true},
		{"yml", "a: 1", `<span class="nt">a</span><span class="p">:</span><span class="w"> </span><span class="m">1</span>`, true},
		{"sh", `echo "$x"`, `<span class="nb">echo</span> <span class="s2">&#34;</span><span class="nv">$x</span><span class="s2">&#34;</span>`, true},
		{"", "<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;", true},
		{"text", "if", "if", true},
		{" Plain ", "if", "if", true},
		{"klingon", "<script>", "&lt;script&gt;", false},
		{"<b>", "a", "a", false},
		{"go", "", "", true},
		{"json", "1\r\n2\r", "<span class=\"mi\">1</span>\n<span class=\"mi\">2</span>\n", true},
		{"json", "\"\xff\"", `<span class="s2">&#34;` + "\uFFFD" + `&#34;</span>`, true},
	} {
		got, known := Code(c.lang, c.text)
		if got != c.want || known != c.known {
			t.Errorf("Code(%q, %q)\n got %s, %v\nwant %s, %v", c.lang, c.text, got, known, c.want, c.known)
		}
	}
}

func TestNamesPeopleWrite(t *testing.T) {
	for name, want := range map[string]string{
		"js": "JavaScript", "jsx": "react", "ts": "TypeScript", "sh": "Bash", "shell": "Bash", "yml": "YAML", "py": "Python",
		"rb": "Ruby", "rs": "Rust", "golang": "Go", "C++": "C++", "c#": "C#", "cs": "C#", "md": "markdown", "html": "HTML",
		"Dockerfile": "Docker", "makefile": "Makefile", ".toml": "TOML", "language-go": "Go", "main.go": "Go", "Message": "Message",
		"diff": "Diff", "console": "Bash Session", "kt": "Kotlin", "tf": "Terraform",
	} {
		if l := find(name); l == nil || l.chroma.Config().Name != want {
			t.Errorf("%s: want %s, got %+v", name, want, l)
		}
	}
}

func TestLanguages(t *testing.T) {
	all := slices.Sorted(maps.Keys(index()))
	if len(all) < 500 {
		t.Errorf("only %d languages", len(all))
	}
	for i, name := range all {
		if name != strings.ToLower(name) || i > 0 && all[i-1] >= name {
			t.Errorf("%q after %q", name, all[max(0, i-1)])
		}
	}
}

func TestMessage(t *testing.T) {
	const blank = `<span class="nv">{{First name}}</span>`
	for _, c := range []struct{ text, want string }{
		{"Subject: Hello {{First name}}!\n\nHi {{First name}},\n", `<span class="k">Subject</span><span class="p">:</span> <span class="gh">Hello </span>` +
			blank + "<span class=\"gh\">!</span>\n\nHi " + blank + ",\n"},
		{"Hi {{First name}}, Subject: no", "Hi " + blank + ", Subject: no"},
		{"A\nSubject: no", "A\nSubject: no"},
		{"Subject:", `<span class="k">Subject</span><span class="p">:</span>`},
		{"Subject: {", `<span class="k">Subject</span><span class="p">:</span> <span class="gh">{</span>`},
		{"{{ }} {{}} {{a\nb}} {{{First name}}} {a} }}", "{{ }} {{}} {{a\nb}} {" + blank + "} {a} }}"},
		{"<i> {{<b>}}", `&lt;i&gt; <span class="nv">{{&lt;b&gt;}}</span>`},
	} {
		if got, known := Code("message", c.text); got != c.want || !known {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// Texts made to keep a backtracking engine busy for minutes end within their
// allowance, coloured or plain, with nothing lost.
func TestHostileTextsEnd(t *testing.T) {
	for _, unit := range []string{"/*", "<!--", "\"", "`", "((", "a(", "{{", "[[[", "\\", "'''", "<a ", "$(", "*/ /*\n", "a.b.", "0", " ", "\n", "#{", "<<A\n", "é", "\x00"} {
		text := strings.Repeat(unit, 6_000/len(unit))
		for _, lang := range append(corpusLanguages, "markdown", "php", "tsx", "c++", "perl", "message", "phtml") {
			out, known := Code(lang, text)
			if !known || stripTags(out) != text && stripTags(out) != text+"\n" {
				t.Errorf("%s, %q: %d bytes of %d", lang, unit, len(stripTags(out)), len(text))
			}
		}
	}
}

func stripTags(code string) string {
	var b strings.Builder
	for code != "" {
		before, rest, _ := strings.Cut(code, "<")
		b.WriteString(before)
		_, code, _ = strings.Cut(rest, ">")
	}
	return html.UnescapeString(b.String())
}

func TestLongTextsStayPlain(t *testing.T) {
	text := strings.Repeat("if x\n", maxText/5)
	if out, _ := Code("go", text); !strings.Contains(out, "<span") {
		t.Errorf("%d bytes: plain", len(text))
	}
	text += "if x\n"
	if out, known := Code("go", text); out != text || !known {
		t.Errorf("%d bytes: not plain", len(text))
	}
}

func TestCodeFromManyGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for _, lang := range []string{"kotlin", "swift", "lua"} {
				if out, _ := Code(lang, "return 1"); !strings.Contains(out, "<span") {
					t.Errorf("%d: %s: %s", i, lang, out)
				}
			}
		})
	}
	wg.Wait()
}
