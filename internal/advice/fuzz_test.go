package advice

import (
	"path/filepath"
	"testing"

	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// FuzzParse reads any text as a page of every type. Nothing may panic, ids must
// be unique, and what is parsed must be countable.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		f.Add(readArchive(f, file)[1].text)
	}
	converter := markdown.New(markdown.Options{Keys: Keys()})
	f.Fuzz(func(t *testing.T, text string) {
		doc, _ := converter.Convert(diag.Source{Path: "a.md", Text: []byte(text)}, 0, true)
		pos := diag.File("a.md")
		s := doc.Sections
		CheckArticle(s, NextHeading, pos)
		for _, score := range []string{"none", "count", "weighted", "?"} {
			list, _ := ParseChecklist(s, ChecklistSettings{Score: score}, pos)
			list.Progress(nil)
			seen := map[string]bool{}
			for _, item := range list.Items() {
				unique(t, seen, item.ID)
				for _, child := range item.Children {
					unique(t, seen, child.ID)
				}
			}
		}
		a, _ := ParseAssessment(s, AssessmentSettings{Rules: []RuleSettings{{When: text, AtMost: text}, {When: "a<1 and b>=2", AtLeast: "hot"}}}, pos)
		a.Score(map[string][]string{"a": {"b"}})
		ParseTemplate(s, TemplateSettings{Fields: map[string]FieldSettings{text: {}}}, pos)
		bank, _ := ParseQuestions(s, QuestionsSettings{}, pos)
		bank.Facets()
		ParseGuide(s, GuideSettings{}, pos)
		h, _ := ParseHandout(s, HandoutSettings{Client: text, Key: text}, pos)
		seen := map[string]bool{}
		for _, step := range h.Steps() {
			unique(t, seen, step.ID)
		}
	})
}

func unique(t *testing.T, seen map[string]bool, id string) {
	if id == "" || seen[id] {
		t.Fatalf("the id %q is not unique", id)
	}
	seen[id] = true
}
