package search

import (
	"fmt"
	"strings"
	"testing"
)

// site is a small site in memory that tests search as a reader would.
type site struct {
	t     *testing.T
	files map[string][]byte
	*Searcher
}

func newSite(t *testing.T, opts Options, pages ...Page) *site {
	t.Helper()
	var a Analyzer
	var analyzed []Analyzed
	for _, p := range pages {
		if p.Lang == "" {
			p.Lang = "en"
		}
		analyzed = append(analyzed, a.Analyze(p, nil))
	}
	files, err := build(sources(analyzed...), opts)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, files: files}
	s.reopen()
	return s
}

// reopen forgets what was loaded.
func (s *site) reopen() {
	s.t.Helper()
	var err error
	if s.Searcher, err = NewSearcher(s.file); err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) file(path string) ([]byte, error) {
	if b, ok := s.files[path]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("no file %s", path)
}

func (s *site) find(query string, opts QueryOptions) Results {
	s.t.Helper()
	r, err := s.Query(query, opts)
	if err != nil {
		s.t.Fatalf("query %.60q: %v", query, err)
	}
	return r
}

func (r Results) urls() string {
	var list []string
	for _, x := range r.Results {
		list = append(list, x.URL)
	}
	return strings.Join(list, " ")
}

// advice is the site that most tests ask.
func advice(t *testing.T) *site {
	return newSite(t, Options{
		Synonyms: []string{
			"informational interview = coffee chat = exploratory chat",
			"follow up = followup = nudge; boss > employer",
			"weak tie = loose tie",
		},
		Definitions: []string{"what is", "meaning"},
		Types:       map[string]float64{"term": 0.9},
		Facets:      []Facet{{ID: "stage", Label: "Stage", Values: []FacetValue{{"prepare", "Prepare"}, {"meet", "Meet"}, {"unused", "Unused"}}}},
	}, advicePages()...)
}

func advicePages() []Page {
	return []Page{
		{URL: "/outreach/", Title: "Cold outreach that works", Type: "article", Minutes: 8, Summary: "How to write to a stranger.",
			Facets: map[string][]string{"stage": {"prepare"}}, FacetLabels: []string{"Prepare"},
			Text:     "A short note to a stranger can work. Keep it brief. Subject lines\nName the person who sent you. Do not attach a résumé.",
			Headings: []Heading{{"subject-lines", "Subject lines", 52}}},
		{URL: "/interview/", Title: "The informational interview", Type: "article", Minutes: 12, Also: []string{"info meeting"},
			Facets: map[string][]string{"stage": {"meet"}}, Queries: []string{"ask for twenty minutes of advice"},
			Text: "Ask people about their work. An interview for information is not an interview for a job; questions matter more than answers."},
		{URL: "/follow/", Title: "Follow up without pestering", Type: "checklist", Minutes: 5, Facets: map[string][]string{"stage": {"meet"}},
			Text: "Follow up within a week. Thank them. Tell what came of their advice. A gentle reminder is welcome."},
		{URL: "/ties/", Title: "Weak ties and strong ties", Type: "article", Minutes: 10,
			Text: "A weak tie is somebody you know a little. Acquaintances hear of other jobs than friends do. The weak tie carries news."},
		{URL: "/weak-tie/", Title: "Weak tie", Type: "term", Text: "Somebody you know a little, such as a former colleague."},
		{URL: "/employer/", Title: "Tell your employer", Type: "article", Text: "When to tell the people you work for that you are looking for something else."},
		{URL: "/cafe/", Title: "Café crème", Type: "article", Text: "Straße and ŒUVRE and naïve words with accents; 検索エンジン in between."},
		{URL: "/constructor/", Title: "The constructor of prototypes", Type: "article", Text: "A constructor has a valueOf and a toString."},
	}
}
