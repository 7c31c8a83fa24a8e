package fields

import (
	"bytes"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"rapport/internal/diag"
)

func oldAt(p place, line, column, width int) diag.Pos {
	line = max(1, min(line, len(p.lines)))
	text := diag.Source{Path: p.src.Path, Text: p.lines[line-1]}
	runes := []rune(string(text.Text))
	from := max(0, min(column-1, len(runes)))
	to := min(from+width, len(runes))
	offset := len(string(runes[:from]))
	pos := text.Pos(offset, offset+len(string(runes[from:to])))
	pos.Line = p.first + line - 1
	return pos
}

func TestScratch(t *testing.T) {
	tokens := strings.Split("a|b_c|l:\n  - x|\n  - y z|\n  - \"q\"|\nm:\n  - |: |:|\"| |, |,|[|]|\n|\n|\n|k: |z: |y: [|x: \"|w|12|-|- |#| #|'|{|}|&|*|!|?|? |\\|é|\u2028|\u00a0|\ufeff|\U0001F600|null|~|.|...|---|%|@|`|<<|=|;|/|http://x|\t|\r|+|1.5|true|2020-01-01|>|\u0085|\u200b|\ufffd", "|")
	for i := range tokens { tokens[i] = strings.ReplaceAll(tokens[i], "\\n", "\n") }
	tokens = append(tokens, "|", "x|\n")
	rnd := rand.New(rand.NewSource(5))
	hits := 0
	for range 1500000 {
		var b strings.Builder
		b.WriteString("k1: ")
		for range 1 + rnd.Intn(9) {
			b.WriteString(tokens[rnd.Intn(len(tokens))])
		}
		b.WriteString("\n")
		text := b.String()
		src := diag.Source{Path: "x.md", Text: []byte("---\n" + text)}
		p := yamlReader{place: newPlace(src, 4, len(src.Text))}
		got := p.flat(src.Text[4:])
		if got == nil {
			continue
		}
		hits++
		p = yamlReader{place: newPlace(src, 4, len(src.Text))}
		if want, diags := p.read(src.Text[4:]); len(diags) > 0 || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\n got %+v\nwant %+v %v", text, got, want, diags)
		}
	}
	t.Log(hits)
	for range 300000 {
		var b bytes.Buffer
		for range 1 + rnd.Intn(60) {
			b.WriteString(tokens[rnd.Intn(len(tokens))])
		}
		p := newPlace(diag.Source{Path: "x.md", Text: b.Bytes()}, 0, b.Len())
		for range 4 {
			l, c, w := rnd.Intn(8), rnd.Intn(70)-2, rnd.Intn(30); if x := max(1,min(l,len(p.lines))); c > 1+len([]rune(string(bytes.TrimSuffix(p.lines[x-1],[]byte("\r"))))) { continue }
			if got, want := p.at(l, c, w), oldAt(p, l, c, w); got != want {
				t.Fatalf("%q %d %d %d %+v %+v", b.String(), l, c, w, got, want)
			}
		}
	}
}
