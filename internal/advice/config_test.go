package advice

import (
	"encoding/json"
	"testing"

	"rapport/internal/diag"
)

// What a page carries as data is a contract with its script.
func TestConfig(t *testing.T) {
	check := func(name string, config any, want string) {
		t.Helper()
		got, err := json.Marshal(config)
		if err != nil || string(got) != want {
			t.Errorf("%s: %v\n got %s\nwant %s", name, err, got, want)
		}
	}
	pos := diag.File("a.md")

	list, _ := ParseChecklist(readPage(t, "a.md", `
- [ ] One {#one required due=-3bd}
## More
Prose.
- [x] Two {#two weight=2 notes="Why?"}
  - [ ] Three {#three}

## Result: All {band=all min=0 max=4}
`, nil), ChecklistSettings{Score: "weighted", Anchor: "Meeting date"}, pos)
	check("checklist", list.Config(), `{"score":"weighted","most":4,"anchor":true,"notes":"none","repeat":"none","sections":[`+
		`{"id":"","items":[{"id":"one","required":true,"weight":1,"due":"-3bd"}]},`+
		`{"id":"more","items":[{"id":"two","weight":2,"notes":true,"checked":true,"children":[{"id":"three","weight":1}]}]}],`+
		`"bands":[{"id":"all","min":0,"max":4}]}`)

	a, _ := ParseAssessment(readPage(t, "a.md", `
## Value {dimension=value}
### What? {#what choose=any}
- [ ] Much {#much points=2}
## Result: Any {band=any min=0 max=2}
`, nil), AssessmentSettings{Rules: []RuleSettings{{When: "value>=2 and value ≤ 2", AtLeast: "any"}}}, pos)
	check("assessment", a.Config(), `{"within":"sum","across":"sum",`+
		`"dimensions":[{"id":"value","questions":[{"id":"what","any":true,"options":[{"id":"much","points":2}]}]}],`+
		`"bands":[{"id":"any","min":0,"max":2}],`+
		`"rules":[{"when":[{"dimension":"value","op":"\u003e=","number":2},{"dimension":"value","op":"\u003c=","number":2}],"atLeast":"any"}],`+
		`"lowest":0,"highest":2}`)

	m, _ := ParseTemplate(readPage(t, "a.md", "```message channel=email limit=90\nSubject: Hi {{Name}}\n\nDear {{name}}\n```\n", nil), TemplateSettings{}, pos)
	check("template", m.Config(), `{"fields":[{"id":"name","name":"Name","label":"Name"}],`+
		`"messages":[{"id":"email","channel":"email","limit":90,"subject":[{"text":"Hi "},{"text":"Name","field":"name"}],"body":[{"text":"Dear "},{"text":"name","field":"name"}]}]}`)

	q, _ := ParseQuestions(readPage(t, "a.md", "## First {#first stage=meet}\n- How? {#how depth=easy audience=coach}\n", nil), QuestionsSettings{}, pos)
	check("questions", q.Config(), `{"situations":[{"id":"first","stage":["meet"],"questions":[{"id":"how","depth":"easy","audience":["coach"]}]}]}`)

	h, _ := ParseHandout(readPage(t, "a.md", "1. [A](a.md) {#a due=2027-01-19}\n2. [B](b.md) {#b optional due=+1w}\n", nil), HandoutSettings{}, pos)
	check("steps", h.Steps(), `[{"id":"a","number":1,"date":"2027-01-19"},{"id":"b","number":2,"optional":true,"due":"+1w"}]`)
}

func TestDOM(t *testing.T) {
	for got, want := range map[string]string{
		Item{ID: "a"}.DOM():                    "item-a",
		Question{ID: "q"}.DOM(Option{ID: "a"}): "option-q-a",
		Field{ID: "a"}.DOM():                   "blank-a",
		Message{ID: "a"}.DOM():                 "message-a",
		BankQuestion{ID: "a"}.DOM():            "question-a",
		Step{ID: "a"}.DOM():                    "step-a",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestNamesClient(t *testing.T) {
	for _, c := range []struct {
		client, name string
		want         bool
	}{
		{"Ann Bell", "ann-bell", true},
		{"Ann Bell", "plan-for-Ann_Bell-2027", true},
		{"Ann Bell", "annbella", false},
		{"Ann Bell", "bell-ann", false},
		{"A. B.", "four-weeks-a-b", true},
		{"A.", "a-plan", false},
		{"", "plan", false},
		{"…", "plan", false},
	} {
		if got := NamesClient(c.client, c.name); got != c.want {
			t.Errorf("NamesClient(%q, %q) = %v", c.client, c.name, got)
		}
	}
}
