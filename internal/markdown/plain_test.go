package markdown

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"

	"rapport/internal/diag"
)

// stepwise returns a converter whose parser is the library's own for emphasis,
// and looks for a bare link at each word by itself.
func stepwise(opts Options) *Converter {
	inline := inlineParsers(opts)
	for i, p := range inline {
		if p.Value == (delimiters{emphasisParser{}}) {
			inline[i].Value = delimiters{parser.NewEmphasisParser()}
		}
	}
	c := New(opts)
	c.parser = assemble(append(inline, util.Prioritized(extension.NewLinkifyParser(
		extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})), 999)))
	return c
}

// FuzzPlain asks that taking plain text in long pieces, and emphasis without the
// library, changes nothing.
func FuzzPlain(f *testing.F) {
	data, err := os.ReadFile("testdata/spec/commonmark.json")
	if err != nil {
		f.Fatal(err)
	}
	var examples []example
	if err := json.Unmarshal(data, &examples); err != nil {
		f.Fatal(err)
	}
	for _, e := range examples {
		f.Add(e.Markdown)
	}
	files, _ := filepath.Glob("testdata/spec/*.txt")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for part := range strings.SplitSeq(string(text), "//- - -") {
			f.Add(part)
		}
	}
	for _, text := range []string{
		"plain words of two\nlines, then https://a.example/x. and (www.b.example) or me@c.example\n",
		"a  b \nc  \nd\t\ne\\\nf \\ http://g.h *i* http://j.k\n",
		"# head of words {#id}\n\n- item of words {#b due=+1d}\n- word  {a=b}\n- ( www.x.yz {a=b}\n",
		"one ` two http://x.yz ` three\nfour **five six** seven_eight_nine ~ten~ ~~~eleven~~~\n",
		"[words of a link](x.md) and words [www.x.yz](z.md) ![words](a.png \"b c\") &amp; &lt; !&#33;\n",
		"a\\\\\\\nb *c* d\n\n| a b | c@d.ef |\n|-|-|\n| www.x.yz  | d `e f` g |\n\nterm of words\n: words\n",
		"\"quoted\" words\u00a0of é (h http: https: w www. @ a@ @b a@b c@d.e-_ x+y@z.ab)\n> quote  \n> (w http://a.b/(c)?d),\n",
	} {
		f.Add(text)
	}
	whole, stepwise := New(Options{Keys: []string{"due"}}), stepwise(Options{Keys: []string{"due"}})
	f.Fuzz(func(t *testing.T, text string) {
		src := diag.Source{Path: "p.md", Text: []byte(text)}
		got, gotDiags := whole.Convert(src, 0, true)
		want, wantDiags := stepwise.Convert(src, 0, true)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n got %q\nwant %q", text, got.Body.Fill(mark1), want.Body.Fill(mark1))
		}
		if !reflect.DeepEqual(gotDiags, wantDiags) {
			t.Errorf("%q\n got %v\nwant %v", text, gotDiags, wantDiags)
		}
	})
}
