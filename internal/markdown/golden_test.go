package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

// TestGolden converts the pairs of testdata: each name.md is followed by a
// name.out, which shows holes in double brackets and findings below a line.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pairs: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { goldenFile(t, file) })
	}
}

func goldenFile(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	comment, parts := splitParts(string(data))
	if len(parts) == 0 || len(parts)%2 != 0 {
		t.Fatalf("%d parts", len(parts))
	}
	c := New(Options{
		Sanitize: strings.Contains(file, "sanitize"),
		Keys:     []string{"required", "notes", "due", "weight", "choose"},
	})
	sections := strings.Contains(file, "sections")
	for i := 0; i < len(parts); i += 2 {
		in, out := parts[i], &parts[i+1]
		doc, diags := c.Convert(diag.Source{Path: in.name, Text: []byte(in.text)}, 0, sections)
		got := dump(doc, diags, sections)
		if *update {
			out.text = got
			comment += "-- " + in.name + " --\n" + in.text + "-- " + out.name + " --\n" + out.text
		} else if got != out.text {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", in.name, got, out.text)
		}
		checkDoc(t, doc)
	}
	if *update {
		if err := os.WriteFile(file, []byte(comment), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

type part struct{ name, text string }

// splitParts splits a file at its lines of the form "-- name --".
func splitParts(data string) (comment string, parts []part) {
	for line := range strings.Lines(data) {
		name, ok := strings.CutPrefix(line, "-- ")
		name, end := strings.CutSuffix(name, " --\n")
		switch {
		case ok && end:
			parts = append(parts, part{name: name})
		case len(parts) == 0:
			comment += line
		default:
			parts[len(parts)-1].text += line
		}
	}
	return comment, parts
}

func dump(doc Doc, diags diag.List, sections bool) string {
	var b strings.Builder
	if sections {
		dumpSections(&b, doc.Sections)
	} else {
		b.WriteString(show(doc.Body))
	}
	if len(diags) > 0 {
		b.WriteString("-----\n")
	}
	for _, d := range diags {
		fmt.Fprintf(&b, "%d:%d+%d %s: %s\n", d.Pos.Line, d.Pos.Column, d.Pos.Width, d.Severity, d.Message)
	}
	return b.String()
}

// show returns the HTML with each hole as [[kind target|label|title place]].
func show(b Body) string {
	return b.Fill(func(h Hole) string {
		kind := [...]string{"link", "wiki", "image", "cite"}[h.Kind]
		s := "[[" + kind + " " + h.Target
		if h.Label != "" || h.Title != "" {
			s += "|" + h.Label
		}
		if h.Title != "" {
			s += "|" + h.Title
		}
		return s + fmt.Sprintf(" %d:%d+%d]]", h.Pos.Line, h.Pos.Column, h.Pos.Width)
	})
}

func dumpSections(b *strings.Builder, sections []Section) {
	for _, s := range sections {
		fmt.Fprintf(b, "section %d #%s %q %q %s%s\n", s.Level, s.ID, show(s.Title), s.Text, place(s.Pos), dumpAttrs(s.Attrs))
		dumpBlocks(b, s.Blocks, "  ")
	}
}

func dumpBlocks(b *strings.Builder, blocks []Block, indent string) {
	for _, k := range blocks {
		kind := [...]string{"prose", "listing", "code"}[k.Kind]
		fmt.Fprintf(b, "%s%s %q %s", indent, kind, k.Text, place(k.Pos))
		for _, h := range k.Links {
			fmt.Fprintf(b, " →%s", h.Target)
		}
		if f := k.Fence; f != nil {
			fmt.Fprintf(b, " fence %s %q at %d %s%s", f.Lang, f.Text, f.Start, place(f.Pos), dumpAttrs(f.Attrs))
		}
		b.WriteString("\n")
		if k.List != nil {
			dumpItems(b, k.List.Items, indent+"  ")
		}
	}
}

func dumpItems(b *strings.Builder, items []Item, indent string) {
	for _, i := range items {
		task := map[bool]string{true: "[ ] "}[i.Task]
		if i.Checked {
			task = "[x] "
		}
		fmt.Fprintf(b, "%sitem %s%q %q %s%s\n", indent, task, show(i.Label), i.Text, place(i.Pos), dumpAttrs(i.Attrs))
		if i.First != nil {
			fmt.Fprintf(b, "%s  first %s after %q\n", indent, i.First.Target, show(i.After))
		}
		dumpBlocks(b, i.Rest, indent+"  rest ")
		dumpItems(b, i.Items, indent+"  ")
	}
}

func dumpAttrs(a Attrs) string {
	if a.ID == "" && a.All == nil {
		return ""
	}
	s := " {" + a.ID
	for _, x := range a.All {
		s += fmt.Sprintf(" %s=%q@%s", x.Key, x.Value, place(x.Pos))
	}
	return s + "} " + place(a.Pos)
}

func place(p diag.Pos) string { return fmt.Sprintf("%d:%d+%d", p.Line, p.Column, p.Width) }
