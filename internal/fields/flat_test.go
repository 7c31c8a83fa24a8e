package fields

import (
	"reflect"
	"testing"

	"rapport/internal/diag"
)

// FuzzFlat asks that what is read without the library reads the same with it.
func FuzzFlat(f *testing.F) {
	for _, text := range []string{
		"title: \"How do you: begin? # now\"\nsummary: One sentence, of words; with 'marks' (and more) & such.\ndate: 2026-03-09\ntags: [a, b c, \"d, e\"]\n",
		"a: 1\nb: true\nc: Null\nd: ~\ne: ünïcode – “words”\nf: [ü, 1.5, yes]\n",
		"a: b\na: c\n", "a: b \n", "a: [b]c\n", "a: [b,c]\n", "a: []\n", "a: [b, ]\n", "a: [b? c]\n", "a: \"b\" c\n", "a: \"b\\n\"\n",
		"a: b\n c\n", "a:\n  b: c\n", "a: b\n---\n", "a: b\n...\n", "a: b", "a: - b\n", "a: b - c\n", "a: b: c\n", "a: b:\n", "a: b #c\n",
		"a:\n  - b c\n  - \"d: e\"\nf: g\nh:\n  - i\n", "a:\n", "a: \n  - b\n", "a:\nb: c\n", "a:\n  - b\n - c\n", "a:\n  - b\n   c\n", "a:\n  - b: c\n",
		"a: b\n  - c\n", "a:\n  - b\n    - c\n", "a:\n  - - b\n", "a:\n  -  b\n", "a:\n  - b\n\n  - c\n", "a:\n- b\n", "a:\n  - null\n", "a:\n  - [b]\n",
		"null: x\n12: y\n", "a: 0x1F\nb: 1_000\nc: .inf\nd: 2001-12-14t21:59:43.10-05:00\n", "a: \"\"\n", "a: \u2028\n", "a: b\u00a0c\n", "a: \ufeffb\n",
		"a: '\n", "a: b'c\n", "a: %b\n", "a: b%\n", "a: !b\n", "a: b!\n", "a: &b\n", "a: b&\n", "a: b\tc\n", "a: b\r\n", "a: [b c , d]\n", "\n", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := diag.Source{Path: "x.md", Text: []byte("---\n" + text)}
		p := yamlReader{place: newPlace(src, 4, len(src.Text))}
		got := p.flat(src.Text[4:])
		if got == nil {
			return
		}
		p = yamlReader{place: newPlace(src, 4, len(src.Text))}
		if want, diags := p.read(src.Text[4:]); len(diags) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n got %+v\nwant %+v %v", text, got, want, diags)
		}
	})
}

func TestOrdinaryFrontMatterIsFlat(t *testing.T) {
	text := []byte("title: \"Ask for a chat: how?\"\nsummary: Words, and more words.\ndate: 2026-03-09\ntags: [first words, \"second\"]\nsearch: false\nqueries:\n  - how to ask\n  - \"who: me\"\n")
	p := yamlReader{place: newPlace(diag.Source{Text: text}, 0, len(text))}
	if n := p.flat(text); n == nil || len(n.Keys) != 6 || len(n.Get("queries").Items) != 2 || len(n.Get("tags").Items) != 2 {
		t.Errorf("%+v", n)
	}
}
