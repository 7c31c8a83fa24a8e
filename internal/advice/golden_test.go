package advice

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden reads the page of each archive in testdata, whose name begins with
// the type, and compares what it is and what is wrong with it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no archives: ", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			archive := readArchive(t, file)
			kind, _, _ := strings.Cut(name, "-")
			want := archive[2:]
			page := archive[1]
			got, diags := parse(t, kind, page.name, page.text)
			var problems strings.Builder
			if err := diags.WriteText(&problems, 0); err != nil {
				t.Fatal(err)
			}
			if *update {
				text := fmt.Sprintf("%s-- %s --\n%s-- parsed --\n%s-- problems --\n%s", archive[0].text, page.name, page.text, got, problems.String())
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(want) != 2 || got != want[0].text {
				t.Errorf("parsed:\n%s", got)
			}
			if len(want) != 2 || problems.String() != want[1].text {
				t.Errorf("problems:\n%s", problems.String())
			}
		})
	}
}

// section is one file of an archive in the txtar format; the first, without a
// name, is the comment.
type section struct{ name, text string }

var marker = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

func readArchive(t testing.TB, path string) []section {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	archive := []section{{}}
	at := 0
	for _, m := range marker.FindAllStringSubmatchIndex(text, -1) {
		archive[len(archive)-1].text = text[at:m[0]]
		archive = append(archive, section{name: text[m[2]:m[3]]})
		at = m[1]
	}
	archive[len(archive)-1].text = text[at:]
	if len(archive) < 2 {
		t.Fatalf("%s holds no page", path)
	}
	return archive
}

// parse reads a page of the type and spells it.
func parse(t testing.TB, kind, name, text string) (string, diag.List) {
	t.Helper()
	var o outline
	var diags diag.List
	pos := diag.File(name)
	switch kind {
	case "article":
		sections := readPage(t, name, text, &QuestionsSettings{})
		diags = CheckArticle(sections, NextHeading, pos)
	case "checklist":
		var s ChecklistSettings
		sections := readPage(t, name, text, &s)
		var c Checklist
		c, diags = ParseChecklist(sections, s, pos)
		o.checklist(c)
	case "assessment":
		var s AssessmentSettings
		sections := readPage(t, name, text, &s)
		var a Assessment
		a, diags = ParseAssessment(sections, s, pos)
		o.assessment(a)
	case "template":
		var s TemplateSettings
		sections := readPage(t, name, text, &s)
		var m Template
		m, diags = ParseTemplate(sections, s, pos)
		o.template(m)
	case "questions":
		var s QuestionsSettings
		sections := readPage(t, name, text, &s)
		var q Questions
		q, diags = ParseQuestions(sections, s, pos)
		o.questions(q)
	case "guide":
		var s GuideSettings
		sections := readPage(t, name, text, &s)
		var g Guide
		g, diags = ParseGuide(sections, s, pos)
		o.line(0, "span=%q outcome=%q", g.Span, g.Outcome)
		o.phases(g.Lead, g.Phases)
	case "handout":
		var s HandoutSettings
		sections := readPage(t, name, text, &s)
		var h Handout
		h, diags = ParseHandout(sections, s, pos)
		o.line(0, "client=%q key=%q expires=%q embed=%v sealed=%v", h.Client, h.Key, h.Expires, h.Embed, h.Sealed)
		o.phases(h.Greeting, h.Sessions)
	default:
		t.Fatalf("no type %q", kind)
	}
	return o.String(), diags
}

func (o *outline) checklist(c Checklist) {
	o.line(0, "score=%s most=%d anchor=%q notes=%s repeat=%s", c.Score, c.Most, c.Anchor, c.Notes, c.Repeat)
	o.blocks(0, "lead", c.Lead)
	for _, s := range c.Sections {
		o.heading(0, s.Heading)
		for _, part := range s.Parts {
			o.blocks(1, "text", part.Prose)
			o.items(1, part.Items)
		}
	}
	o.bands(c.Bands)
}

func (o *outline) items(depth int, items []Item) {
	for _, i := range items {
		due := ""
		if i.Due != nil {
			due = "due=" + i.Due.String()
		}
		o.line(depth, "[%s] %s: %s %s", map[bool]string{true: "x", false: " "}[i.Checked], i.ID, i.Text,
			flags(i.Required, "required", i.Weight != 1, fmt.Sprint("weight=", i.Weight), due != "", due, i.Notes, "notes", i.Prompt != "", fmt.Sprintf("%q", i.Prompt)))
		o.blocks(depth+2, "help", i.Help)
		o.bullets(depth+2, i.Bullets)
		o.items(depth+1, i.Children)
	}
}

func (o *outline) assessment(a Assessment) {
	o.line(0, "within=%s across=%s lowest=%s highest=%s disclaimer=%q", a.Within, a.Across, number(a.Lowest), number(a.Highest), a.Disclaimer)
	o.prose(0, a.Intro)
	for _, d := range a.Dimensions {
		o.line(0, "dimension %s: %s", d.ID, d.Heading.Text)
		o.blocks(1, "text", d.Intro)
		for _, q := range d.Questions {
			o.line(1, "%s: %s %s", q.ID, q.Heading.Text, flags(q.Any, "any"))
			o.blocks(2, "help", q.Help)
			for _, option := range q.Options {
				o.line(2, "%d %s: %s", option.Points, option.ID, option.Text)
				o.blocks(3, "help", option.Help)
				o.bullets(3, option.Bullets)
			}
			o.blocks(2, "after", q.After)
		}
	}
	o.bands(a.Bands)
	for _, r := range a.Rules {
		o.line(0, "rule %v at most %q at least %q", r.When, r.AtMost, r.AtLeast)
	}
	for _, w := range a.Weakest {
		o.line(0, "weakest %s: %s", w.Dimension, w.Heading.Text)
		o.prose(1, w.Advice)
	}
	o.prose(0, a.Closing)
}

func (o *outline) template(m Template) {
	o.line(0, "when=%q avoid=%q", m.When, m.Avoid)
	for _, f := range m.Fields {
		o.line(0, "field %s %q label=%q hint=%q example=%q %s", f.ID, f.Name, f.Label, f.Hint, f.Example, flags(f.Long, "long", f.Required, "required"))
	}
	for _, s := range m.Sections {
		o.heading(0, s.Heading)
		for _, part := range s.Parts {
			o.blocks(1, "text", part.Prose)
			for _, message := range part.Items {
				o.line(1, "message %s channel=%s label=%q limit=%d count=%d least=%d", message.ID, message.Channel, message.Label, message.Limit, message.Count, message.Least)
				o.pieces("subject", message.Subject)
				o.pieces("body", message.Body)
			}
		}
	}
}

func (o *outline) pieces(name string, pieces []Piece) {
	for _, p := range pieces {
		if p.Field != "" {
			o.line(2, "%s: <%s> %q", name, p.Field, p.Text)
		} else {
			o.line(2, "%s: %q", name, p.Text)
		}
	}
}

func (o *outline) questions(q Questions) {
	o.blocks(0, "lead", q.Lead)
	for _, s := range q.Situations {
		o.heading(0, s.Heading)
		o.facets(1, s.Stage)
		for _, part := range s.Parts {
			o.blocks(1, "text", part.Prose)
			for _, question := range part.Items {
				o.line(1, "? %s: %s %s", question.ID, question.Text, question.Depth)
				o.facets(2, question.Audience)
				o.blocks(2, "why", question.Why)
				o.bullets(2, question.Bullets)
			}
		}
	}
}

func (o *outline) facets(depth int, values []FacetValue) {
	for _, v := range values {
		o.line(depth, "%s=%s at %d:%d+%d", v.Facet, v.Value, v.Pos.Line, v.Pos.Column, v.Pos.Width)
	}
}

func (o *outline) phases(lead []markdown.Block, phases []Phase) {
	o.blocks(0, "lead", lead)
	for _, p := range phases {
		o.heading(0, p.Heading)
		for _, part := range p.Parts {
			o.blocks(1, "text", part.Prose)
			for _, s := range part.Items {
				due := ""
				if s.Due != nil {
					due = "due=" + s.Due.String()
				}
				o.line(1, "%d. %s → %s | %s %s", s.Number, s.ID, s.Link.Target, strings.TrimSpace(s.Note.Fill(func(markdown.Hole) string { return "<a>" })),
					flags(s.Optional, "optional", due != "", due, s.Date != "", s.Date))
				o.blocks(2, "note", s.Rest)
				o.bullets(2, s.Bullets)
			}
		}
	}
}
