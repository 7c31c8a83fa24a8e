package search

import (
	"strings"
	"testing"
)

func TestQueriesFindTheirPage(t *testing.T) {
	s := advice(t)
	for _, test := range []struct{ query, first, corrected string }{
		{"cold outreach", "/outreach/", ""},
		{"informational interview", "/interview/", ""},
		{"weak tie", "/weak-tie/", ""},                        // the title itself comes first
		{"STRONG TIE", "/ties/", ""},                          // case and stem
		{"what is a weak tie", "/weak-tie/", ""},              // asks for the glossary
		{"info meeting", "/interview/", ""},                   // another name
		{"twenty minutes advice", "/interview/", ""},          // a phrase that readers type
		{"coffee chat", "/interview/", ""},                    // synonym
		{"exploratory chats", "/interview/", ""},              // none of its words on the site
		{"loose ties", "/weak-tie/", ""},                      // synonym in another inflection
		{"boss", "/employer/", ""},                            // one way
		{"followup", "/follow/", ""},                          // synonym of a joined word
		{"withoutpestering", "/follow/", "without pestering"}, // joined words
		{"outraech", "/outreach/", "outreach"},                // letters swapped
		{"xutreach zz", "/outreach/", "outreach zz"},          // the first letter wrong, one word unknown
		{"aquaintences news", "/ties/", "acquaintances news"}, // two slips
		{"resume", "/outreach/", ""},                          // résumé without accents
		{"out reach", "/outreach/", ""},
		{"cafe creme", "/cafe/", ""},                               //
		{"strasse oeuvre", "/cafe/", ""},                           // letters that are written in two ways
		{"エンジン", "/cafe/", ""},                                     // pairs of characters
		{"検", "/cafe/", ""},                                        // a single one
		{"interv", "/interview/", ""},                              // a beginning
		{"constructor", "/constructor/", ""},                       // names that JavaScript objects have
		{"how do I write to a stranger", "/outreach/", ""},         // a question
		{"\u202efollow\u0000 up\xed\xa0\x80?", "/follow/", ""},     // control characters
		{strings.Repeat("pestering ", 1200), "/follow/", ""},       // 12,000 characters
		{strings.Repeat("a", 10_000) + " pestering", "", ""},       // beyond what is read
		{"<img src=x onerror=alert(1)> pestering", "/follow/", ""}, // markup
		{"(pestering|[a-z]+)*$", "/follow/", ""},                   // regular expression
	} {
		r := s.find(test.query, QueryOptions{})
		first, _, _ := strings.Cut(r.urls(), " ")
		if first != test.first && test.first != "" || !strings.HasPrefix(r.Corrected, test.corrected) || test.corrected == "" && r.Corrected != "" && !strings.Contains(test.query, "<") {
			t.Errorf("%.50q: got %s (corrected %.50q), want %s (corrected %q)", test.query, r.urls(), r.Corrected, test.first, test.corrected)
		}
	}
}

func TestOddLanguagesHaveAFolder(t *testing.T) {
	for _, lang := range []string{"und", "../../x", "é", strings.Repeat("x", 99), "zh-Hant-TW"} {
		s := newSite(t, Options{}, Page{URL: "/a/", Title: "Alone", Lang: lang})
		if got := s.find("alone", QueryOptions{}).urls(); got != "/a/" {
			t.Errorf("%s: %s", lang, got)
		}
		for path := range s.files {
			if strings.Contains(path, "..") || len(path) > 60 {
				t.Errorf("%s: %s", lang, path)
			}
		}
	}
}

func TestNothingFound(t *testing.T) {
	s := advice(t)
	for _, query := range []string{"", " ", "?!", "zzzzqqqq", "__proto__", "hasOwnProperty", "😀"} {
		if r := s.find(query, QueryOptions{}); r.Total != 0 || len(r.Results) != 0 {
			t.Errorf("%q found %s", query, r.urls())
		}
	}
	if r := newSite(t, Options{}).find("anything", QueryOptions{}); r.Total != 0 {
		t.Errorf("a site without pages found %s", r.urls())
	}
}

func TestExactSearchesForWhatWasTyped(t *testing.T) {
	if r := advice(t).find("outraech", QueryOptions{Exact: true}); r.Total != 0 || r.Corrected != "" {
		t.Errorf("found %s, corrected %q", r.urls(), r.Corrected)
	}
}

func TestQuestionsForAMeaningLiftTheGlossary(t *testing.T) {
	s := newSite(t, Options{Definitions: []string{"meaning", "what is"}, Types: map[string]float64{"term": 0.9}},
		Page{URL: "/pass/", Title: "Get past the gatekeeper", Type: "article", Text: "A gatekeeper guards. Thank the gatekeeper."},
		Page{URL: "/term/", Title: "Gatekeeper or front desk", Type: "term", Text: "Whoever answers a phone."})
	for query, first := range map[string]string{"gatekeeper": "/pass/", "gatekeeper meaning": "/term/", "what is a gatekeeper": "/term/"} {
		if got := s.find(query, QueryOptions{}).urls(); !strings.HasPrefix(got, first) {
			t.Errorf("%q: %s", query, got)
		}
	}
}

func TestFilters(t *testing.T) {
	s := advice(t)
	all := s.find("a tie interview note week", QueryOptions{})
	if got := all.Facets["stage"]; got["meet"] != 2 || got["prepare"] != 1 || len(got) != 2 {
		t.Errorf("counts of stage: %v", got)
	}
	meet := s.find("a tie interview note week", QueryOptions{Filters: map[string][]string{"stage": {"meet"}}})
	if meet.Total != 2 || meet.Facets["stage"]["prepare"] != 1 || meet.Facets["type"]["checklist"] != 1 || meet.Facets["type"]["term"] != 0 {
		t.Errorf("stage meet: %d pages, %v", meet.Total, meet.Facets)
	}
	either := s.find("a tie interview note week", QueryOptions{Filters: map[string][]string{"stage": {"meet", "prepare"}, "type": {"article"}}})
	if either.Total != 2 {
		t.Errorf("articles of two stages: %s", either.urls())
	}
	quick := s.find("a tie interview note week", QueryOptions{Filters: map[string][]string{"time": {"5"}}})
	if quick.urls() != "/follow/" {
		t.Errorf("five minutes: %s", quick.urls())
	}
	odd := s.find("a tie interview note week", QueryOptions{Filters: map[string][]string{"__proto__": {"x"}, "stage": {"gone"}}})
	if odd.Total != all.Total {
		t.Errorf("unknown filters: %d pages of %d", odd.Total, all.Total)
	}
}

func TestResultShowsWhereItMatches(t *testing.T) {
	r := advice(t).find("subject lines for strangers", QueryOptions{}).Results[0]
	if r.URL != "/outreach/" || r.Type != "article" || r.Minutes != 8 || r.Facets["stage"][0] != "prepare" {
		t.Errorf("result %+v", r)
	}
	if len(r.Sections) != 1 || r.Sections[0].URL != "/outreach/#subject-lines" {
		t.Errorf("sections %+v", r.Sections)
	}
	marked := ""
	for _, at := range r.Excerpt.Ranges {
		marked += r.Excerpt.Text[at[0]:at[1]] + " "
	}
	if marked != "stranger " {
		t.Errorf("excerpt %q marks %q", r.Excerpt.Text, marked)
	}
}

func TestEachLanguageHasItsIndex(t *testing.T) {
	s := newSite(t, Options{},
		Page{URL: "/hiking/", Lang: "en", Title: "Hiking", Text: "Walks in the mountains."},
		Page{URL: "/de/wandern/", Lang: "de", Title: "Wandern", Text: "Wanderungen in den Bergen, mountains heißt das auf Englisch."},
		Page{URL: "/ja/yama/", Lang: "ja", Title: "山歩き", Text: "山を歩く。"})
	for _, test := range []struct{ lang, query, want string }{
		{"en", "mountains", "/hiking/"},
		{"de", "mountains", "/de/wandern/"},
		{"de-AT", "wanderung", "/de/wandern/"}, // stemmed as German
		{"ja", "山歩", "/ja/yama/"},
		{"fr", "walk", "/hiking/"}, // no such language: English
	} {
		if got := s.find(test.query, QueryOptions{Lang: test.lang}).urls(); got != test.want {
			t.Errorf("%s %q: %s, want %s", test.lang, test.query, got, test.want)
		}
	}
}
