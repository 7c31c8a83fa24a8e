package highlight

import (
	"math"
	"testing"

	"github.com/dlclark/regexp2/v2"
)

// expressions hold what lexers use, and the corners where engines differ:
// loops of nothing, groups in loops, looks that keep groups, atomic groups,
// look-behind, references, case and Unicode.
var expressions = []string{
	`a`, `[^a\n]`, `.`, `abc|ab|b`, `(a|ab)(c|bcd)(d*)`, `(?:a|b)*?c`, `(a*)*`, `(a*)+b`, `(a*?){2,3}b`, `(?:a?){3}a`,
	`(a|b|)+c`, `(?:|a)+?b`, `(x)?(a)?b`, `((a)|b)+`, `(?:(a)|b)*\1`, `(a+)\1`, `(?i)(ab)\1`, `(?i)straße`, `(?i)[k-m]+`,
	`\bab\b`, `\Bb`, `^a$`, `a$\n^b`, `\Aa`, `ab\Z`, `ab\z`, `(?s).+`, `(?<=a)b`, `(?<!a)b`, `(?<=a|bb)c`, `(?<=(a+))b`, `(?<=^|\s)a+`,
	`(?=(a+))a*b`, `(?=(a)|b)\w`, `(?!ab)a.`, `(?!(a)b)a`, `(?>a+)b`, `(?>a|ab)c`, `(?>(a+)b)c?`, `[a-c-[b]]+`, `\w+\s*\(`,
	`\p{Lu}\p{L}*`, `[é-ü]+`, `é*?b`, `a{2,3}`, `a{2,3}?b`, `[^\W\d]\w*`, `(?:\\.|[^"\\])*"`, `"(\\\\|\\"|[^"])*"`,
	`/(\\\n)?[*](.|\n)*?[*](\\\n)?/`, `(?:break|case|continue|default)\b`, `(?<n>a)(b)\k<n>`, `(?x: a b )c`, ``, `a??b`, `.{0,2}b`, `(.)(.)?\2`, `(?:(a|ab)c?)*d`,
}

var subjects = []string{
	"", "a", "b", "ab", "abc", "abcd", "aab", "aaab", "aaaa", "bca", "ba ab", "a\nb", "\na\n", "ab\n", "aa\n\n", "bbc", "aac c",
	"AbaB", "STRASSE", "straße", "KLM", "\u212alm", "éaü", "ééb", "Ab c", "foo (x)", `x\"y" "`, `"a\\" b"`, "/* a\n**/ */", "/\\\n* *\\\n/",
	"breaker", "default ", "a\u200db", "αβγ b", "日本b", "aba", "xab", "1a2b", "[]", "abab", "ABab", "abd",
}

// Every expression at every place of every subject: the same end, the same
// groups as the engine that chroma uses; and never a rule ruled out by the
// rune it would have begun with.
func TestPatternMatchesLikeRegexp2(t *testing.T) {
	for _, expr := range expressions {
		p, f, err := compilePattern(expr, "m", true, runeSets{})
		if err != nil {
			t.Errorf("%s: %v", expr, err)
			continue
		}
		re := regexp2.MustCompile(`\G(?m)(?:` + expr + `)`)
		for _, subject := range subjects {
			m := matcher{text: subject, steps: maxSteps, depth: maxDepth}
			runes := []rune(subject)
			for i := range len(runes) + 1 {
				pos := len(string(runes[:i]))
				want, err := re.FindRunesMatchStartingAt(runes, i)
				if err != nil {
					t.Fatal(err)
				}
				end, ok := m.match(&p, pos)
				if ok != (want != nil) || ok && end != pos+len(want.String()) {
					t.Errorf("%s on %q at %d: matches %v up to %d, want %v", expr, subject, pos, ok, end, want)
					continue
				}
				if !ok {
					continue
				}
				for slot, g := range want.Groups()[1:] {
					if got := m.group(slot + 1); got != g.String() {
						t.Errorf("%s on %q at %d: group %d is %q, want %q", expr, subject, pos, slot+1, got, &g)
					}
				}
				if pos < len(subject) && len(newDispatch([]int{1}, []first{f}).at(subject[pos])) == 0 {
					t.Errorf("%s: %q ruled out", expr, subject[pos:])
				}
			}
		}
	}
}

func TestPatternGivesUp(t *testing.T) {
	for _, c := range []struct{ expr, text string }{
		{`(a|aa)*b`, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
		{`(a*)*b`, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
	} {
		p, _, err := compilePattern(c.expr, "", false, runeSets{})
		if err != nil {
			t.Fatal(err)
		}
		m := matcher{text: c.text, steps: 100_000, depth: maxDepth}
		if _, ok := m.match(&p, 0); ok || m.steps > 0 {
			t.Errorf("%s: matched %v with %d steps left", c.expr, ok, m.steps)
		}
		m = matcher{text: c.text, steps: math.MaxInt, depth: 10}
		if _, ok := m.match(&p, 0); ok || m.steps > 0 {
			t.Errorf("%s: ten levels were enough", c.expr)
		}
	}
}

func TestUnsupportedPatternsAreErrors(t *testing.T) {
	for _, expr := range []string{`(a)(?(1)b|c)`, `(?<x-y>a)`, `(?<=\1(a))`, `(`} {
		if _, _, err := compilePattern(expr, "", true, runeSets{}); err == nil {
			t.Errorf("%s: no error", expr)
		}
	}
}
