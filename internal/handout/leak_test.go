package handout

import (
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
)

// canaries are what a sealed page about Wilhelmina says, one of each kind.
var canaries = []Secret{
	{Kind: "title", Text: "Wilhelmina's first quiet weeks"},
	{Kind: "summary", Text: "A plan for somebody who left the harbour office after eleven years and would rather clean ovens."},
	{Kind: "tag", Text: "harbourmaster"},
	{Kind: "slug", Text: "quiet-weeks-for-wilhelmina", Always: true},
	{Kind: "file name", Text: "wilhelmina-q3.md", Always: true},
	{Kind: "comment", Text: "she asked me not to mention the tribunal"},
	{Kind: "heading", Text: "Before the second tugboat"},
	{Kind: "item", Text: "Ring the pilot's cousin & say \"ahoy\" — briefly"},
	{Kind: "link", Text: "https://tugs.example/who/zoë?x=1", Always: true},
	{Kind: "code", Text: "ssh kapitan@brücke"},
	{Kind: "asset", Text: "/assets/wilhelmina-on-deck.jpg"},
	{Kind: "bytes", Data: []byte("JPEG of Wilhelmina")},
	{Kind: "key", Text: "ofp8aqdb1dte", Always: true},
	{Kind: "client", Text: "W. O. Kowalczyk"},
}

// public is what the rest of the site says.
var public = map[string]string{
	"content/a.md": "A plan for somebody who left. The second article is about pilots, cousins and their offices. Before the meeting, ask a referrer.",
	"theme":        "const harbor = 1; January February",
}

func all(m map[string]string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for k, v := range m {
			if !yield(k, []byte(v)) {
				return
			}
		}
	}
}

// TestCanaries puts each canary into an output in the ways in which a site
// would write it.
func TestCanaries(t *testing.T) {
	f := newFinder(canaries, all(public))
	for kind, outputs := range map[string][]string{
		"title":     {"<h2>Wilhelmina&#39;s first quiet weeks</h2>", `{"t":"wilhelmina\u0027s first quiet weeks"}`, "<a>Wilhelmina’s <em>first</em>\nquiet weeks</a>", "/wilhelmina-s-first-quiet-weeks/"},
		"summary":   {"… left the harbour office after eleven years …", `"eleven years\nand would"`, "years and would rather clean"},
		"tag":       {"/tags/harbourmaster/", "#Harbourmaster"},
		"slug":      {"/handouts/quiet-weeks-for-wilhelmina/", "Quiet weeks for Wilhelmina"},
		"file name": {"content/handouts/wilhelmina-q3.md"},
		"comment":   {"<!-- she asked me not to mention the tribunal -->", "the tribunal,"},
		"heading":   {`<h2 id="before-the-second-tugboat">`, "tugboat"},
		"item":      {`Ring the pilot&#39;s cousin &amp; say &quot;ahoy&quot; — briefly`, "ring%20the%20pilot%27s%20cousin"},
		"link":      {`href="https://tugs.example/who/zo%C3%AB?x=1"`, "https:\\/\\/tugs.example\\/who\\/zo\\u00eb?x=1"},
		"code":      {"ssh kapitan@brücke", "<code>ssh</code> Kapitan@br&uuml;cke"},
		"asset":     {`src="/assets/wilhelmina-on-deck.jpg"`},
		"bytes":     {"JPEG of Wilhelmina"},
		"key":       {"/x-ofp8aqdb1dte/"},
		"client":    {"for W. O. Kowalczyk", "\x00\x01\xffkowalczyk\x00"},
	} {
		for _, text := range outputs {
			if found := kinds(f.Leaks("feed.xml", []byte(text))); !strings.Contains(found, kind+";") {
				t.Errorf("%s in %q was not found, but %q", kind, text, found)
			}
		}
	}
	for _, fine := range []string{
		public["content/a.md"], "<p>Before the second meeting, ask the pilot or a cousin.</p>", "offices of somebody who left. A plan for", "ovenware", "January", "",
		"harboring the tugb", "xofp8aqdb1dte", "ring the", "JPEG of others", "Their articles of offices", "%", "\\", "&", "<", "&#x;", "%C3", "\\u00", "</",
	} {
		if found := kinds(f.Leaks("feed.xml", []byte(fine))); found != "" {
			t.Errorf("%q is no leak, but found: %s", fine, found)
		}
	}
	if blind := f.Blind(); len(blind) > 0 {
		t.Errorf("%v cannot be looked for", blind)
	}
}

// TestRuns wants the longest run of words reported, across tags and escapes.
func TestRuns(t *testing.T) {
	f := newFinder(canaries[:1], all(public))
	for text, found := range map[string]string{
		"x <p>Wilhelmina&#x27;s <em>first</em></p>\n<b>quiet</b> weeks, y": "Wilhelmina&#x27;s <em>first</em></p>\n<b>quiet</b> weeks",
		`{"a":"wilhelmina\\\u0027s\tFirst quiet\nweeks"}`:                  `wilhelmina\\\u0027s\tFirst quiet\nweeks`,
		"/wilhelmina%27s%20first-quiet_weeks.html":                         "wilhelmina%27s%20first-quiet_weeks",
	} {
		if list := f.Leaks("x", []byte(text)); len(list) != 1 || list[0].Found != found || list[0].Words != 5 {
			t.Errorf("%q: %+v", text, list)
		}
	}
}

func kinds(list []Leak) string {
	var b strings.Builder
	for _, l := range list {
		b.WriteString(l.Secret.Kind + "; ")
	}
	return b.String()
}

// TestOwnOutputs lets pages say their own words, and those that they share.
func TestOwnOutputs(t *testing.T) {
	secrets := []Secret{
		{Page: "a", Text: "Three tremendous tugboats", Own: "h/a-k1/"},
		{Page: "b", Text: "Three tremendous tugboats", Own: "h/b-k2/"},
		{Page: "c", Text: "Quartz umbrellas everywhere"}, // sealed: not even there
	}
	f := newFinder(secrets, all(nil))
	text := []byte("three tremendous tugboats; quartz umbrellas everywhere")
	for path, want := range map[string]string{"h/a-k1/index.html": "c", "h/b-k2/index.html": "c", "h/c-k3/index.html": "abc", "index.html": "abc"} {
		got := ""
		for _, l := range f.Leaks(path, text) {
			got += l.Secret.Page
			if l.Words != 3 || l.Path != path || !strings.Contains(string(text), l.Found) {
				t.Errorf("%+v", l)
			}
		}
		if got != want {
			t.Errorf("%s: leaks of %q, not %q", path, got, want)
		}
	}
}

// TestBlind says which secrets cannot be told from what is public.
func TestBlind(t *testing.T) {
	f := newFinder([]Secret{
		{Kind: "title", Text: "Your plan"},
		{Kind: "heading", Text: "Ask a referrer"},
		{Kind: "slug", Text: "ask-a-referrer", Always: true},
		{Kind: "item", Text: "one two"},
		{Kind: "empty"},
	}, all(map[string]string{"a.md": "Your plan. Ask a referrer."}))
	if got := fmt.Sprint(f.Blind()); strings.Count(got, "{") != 3 || !strings.Contains(got, "title") || !strings.Contains(got, "heading") || !strings.Contains(got, "item") {
		t.Errorf("blind for %s", got)
	}
	if found := kinds(f.Leaks("a/index.html", []byte("Ask a referrer"))); found != "slug; " {
		t.Errorf("found %q", found)
	}
}

func FuzzLeaks(f *testing.F) {
	finder := newFinder(canaries, all(public))
	f.Add([]byte("a &amp; \\u00e9 %C3%A9 <em>"), []byte("x"))
	f.Fuzz(func(t *testing.T, before, after []byte) {
		text := fmt.Sprintf("%s. Ring the pilot's cousin and say .%s", before, after)
		for _, l := range finder.Leaks("x", []byte(text)) {
			if l.Secret.Kind == "item" {
				return
			}
		}
		t.Errorf("the canary was not found in %q", text)
	})
}

// BenchmarkLeaks looks for 40 handouts in a site of 1,000 pages of 20 KB.
func BenchmarkLeaks(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	list := strings.Fields(wordlist)
	text := func(words []string, size int) string {
		var s strings.Builder
		for s.Len() < size {
			fmt.Fprintf(&s, "<p>%s &amp; the %s</p>\n", words[random.IntN(len(words))], words[random.IntN(len(words))])
		}
		return s.String()
	}
	var secrets []Secret
	for range 40 {
		secrets = append(secrets, Secret{Kind: "text", Text: text(list, 8000)})
	}
	pages := map[string]string{}
	for i := range 1000 {
		pages[fmt.Sprint(i)] = text(list, 20000)
	}
	finder := newFinder(secrets, maps.All(map[string][]byte{"words": []byte(wordlist)}))
	b.SetBytes(1000 * 20000)
	for b.Loop() {
		for path, page := range pages {
			finder.Leaks(path, []byte(page))
		}
	}
}

// newFinder prepares the search. Public are all texts that the site may say:
// sources of listed pages, settings, layouts, messages, with a path
// that is not used. The secrets' own sources must not be among them.
func newFinder(secrets []Secret, public iter.Seq2[string, []byte]) *Finder {
	s := NewSearch(secrets)
	return s.Finder(func(yield func([]uint64) bool) {
		for _, text := range public {
			if !yield(s.Said(text)) {
				return
			}
		}
	})
}
