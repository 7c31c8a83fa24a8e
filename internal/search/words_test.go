package search

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Don't ask for a JOB.", "don t ask for a job"},
		{"follow-up, e-mail and 2026's 3rd", "follow up e mail and 2026 s 3rd"},
		{"Résumé résumé naïve", "resume resume naive"},
		{"Straße ŒUVRE Øre Łódź ıI", "strasse oeuvre ore lodz ii"},
		{"ΣΟΦΟΣ σοφός", "σοφοσ σοφοσ"},
		{"検索エンジン", "検索 索エ エン ンジ ジン"},
		{"山", "山"},
		{"iPhone用 ケース", "iphone 用 ケー ース"},
		{"한국어 문서", "한국 국어 문서"},
		{"हिन्दी में खोज", "हिन्दी में खोज"},
		{"\u0301leading marks\u0301 and 😀 signs", "leading marks and signs"},
		{strings.Repeat("ab", 30), strings.Repeat("ab", 20)},
		{"", ""},
	} {
		var got []string
		words(test.text, nil, func(w []byte, start, end int) {
			got = append(got, fold(string(w)))
			if start >= end || end > len(test.text) {
				t.Errorf("%q: %q stands at %d to %d", test.text, w, start, end)
			}
		})
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

// The command line cuts words in Go, browsers in JavaScript; both must agree,
// places included.
func TestWordsAgreeWithTheClient(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed; the two cutters of words are not compared")
	}
	texts := []string{
		"Don't ask — for a JOB_now. 3rd/4th e‑mail İstanbul ŉ ﬁne ½ №5 ²",
		"Résumé résumé Straße Œuvre ΣΟΦΟΣ Łódź đ",
		"検索エンジンを作る iPhone用ケース 한국어 山 ｶﾞｷﾞ か\u3099 𠮷野家で 〇々ー",
		"हिन्दी में खोज ภาษาไทย العربية עִבְרִית \u0301a\u0301 a\u200db 😀👩‍👩‍👧 x\u0301\u0302y",
		strings.Repeat("é", 50) + " " + strings.Repeat("\U0001d4d0", 50) + "\u202e\u0000\ufeff",
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "client.mjs"), shipped(clientJS), 0o644); err != nil {
		t.Fatal(err)
	}
	script := `import { words } from "./client.mjs"; let s = ""; for await (const c of process.stdin) s += c; console.log(JSON.stringify(JSON.parse(s).map(words)));`
	if err := os.WriteFile(filepath.Join(dir, "main.mjs"), []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, filepath.Join(dir, "main.mjs"))
	cmd.Stdin = strings.NewReader(string(in))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs []json.RawMessage
	if err := json.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		ours, err := json.Marshal(cutWords(text))
		if err != nil {
			t.Fatal(err)
		}
		var a, b any
		json.Unmarshal(ours, &a)
		json.Unmarshal(theirs[i], &b)
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if string(x) != string(y) {
			t.Errorf("%q:\n go %s\n js %s", text, x, y)
		}
	}
}

func TestShippedModulesLoseCommentsOnly(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"for (const x of /** @type {Y} */ (z)) f(x);\n", "for (const x of (z)) f(x);\n"},
		{"// one\n/** two */\nlet a = 1; // three; // four\nlet b = \"http://x\";\n", "let a = 1;\nlet b = \"http://x\";\n"},
		{"/**\n * long\n */\nfunction f() {\n\t/** @type {X} */ const x = 1;\n\treturn `a\n`;\n}\n", "function f() {\nconst x = 1;\nreturn `a\n`;\n}\n"},
	} {
		_, got, _ := strings.Cut(string(shipped(test.in)), "\n")
		if got != test.want {
			t.Errorf("%q became %q, want %q", test.in, got, test.want)
		}
	}
	if client, page := len(shipped(clientJS)), len(shipped(pageJS)); client > 26_000 || page > 14_000 {
		t.Errorf("the modules have %d and %d bytes", client, page)
	}
}
