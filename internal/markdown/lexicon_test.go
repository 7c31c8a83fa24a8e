package markdown

import (
	"maps"
	"slices"
	"testing"
)

func TestFillTerms(t *testing.T) {
	lex := NewLexicon([]Entry{
		{Phrase: "weak tie", Term: "weak", Open: "<a href=w>", Close: "</a>"},
		{Phrase: "loose tie", Term: "weak", Open: "<a href=w>", Close: "</a>"},
		{Phrase: "Tie", Term: "tie", Open: "<a href=t>", Close: "</a>"},
		{Phrase: "weak tie theory", Term: "theory", Open: "<a href=y>", Close: "</a>"},
		{Phrase: "follow-up", Term: "follow", Open: "<a href=f>", Close: "</a>"},
		{Phrase: "R&D", Term: "rd", Open: "<a href=r>", Close: "</a>"},
		{Phrase: "amp", Term: "amp", Open: "<a href=a>", Close: "</a>"},
		{Phrase: "Größe", Term: "size", Open: "<a href=g>", Close: "</a>"},
		{Phrase: "tie", Term: "never", Open: "<a href=n>", Close: "</a>"},
		{Phrase: " ", Term: "blank", Open: "<a href=b>", Close: "</a>"},
	})
	cases := []struct{ markdown, want string }{
		{"A weak tie and a weak tie.", "<p>A <a href=w>weak tie</a> and a weak tie.</p>\n"},
		{"Weak\nTIE, loose tie, tie.", "<p><a href=w>Weak\nTIE</a>, loose tie, <a href=t>tie</a>.</p>\n"},
		{"weak tie theory, weak ties", "<p><a href=y>weak tie theory</a>, weak ties</p>\n"},
		{"weak *tie*", "<p>weak <em><a href=t>tie</a></em></p>\n"},
		{"untie tied", "<p>untie tied</p>\n"},
		{"Follow-up or follow up", "<p><a href=f>Follow-up</a> or follow up</p>\n"},
		{"R&D & amp &amp; &lt;", "<p><a href=r>R&amp;D</a> &amp; <a href=a>amp</a> &amp; &lt;</p>\n"},
		{"GRÖẞE größe", "<p><a href=g>GRÖẞE</a> größe</p>\n"},
		{"[a tie](x.md) tie", "<p><a>a tie</a> <a href=t>tie</a></p>\n"},
		{"[[tie]] `tie`", "<p><a>w</a> <code>tie</code></p>\n"},
		{"    tie\n", "<pre class=\"code\" tabindex=\"0\"><code>tie\n</code></pre>\n"},
		{"- [ ] tie", "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> tie</label></li>\n</ul>\n"},
		{"|tie|\n|-|\n|tie|", "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n<thead>\n<tr>\n" +
			"<th>tie</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><a href=t>tie</a></td>\n</tr>\n</tbody>\n</table></div>\n"},
		{"> [!tip]- tie\n> b", "<details class=\"alert alert-tip\">\n<summary class=\"alert-title\">tie</summary>\n<p>b</p>\n</details>\n"},
	}
	for _, c := range cases {
		doc := convert(t, c.markdown)
		if got := doc.Body.FillTerms(mark1, lex, map[string]bool{}); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.markdown, got, c.want)
		}
		if got := doc.Body.FillTerms(mark1, nil, nil); got != doc.Body.Fill(mark1) {
			t.Errorf("%q without a lexicon: %q", c.markdown, got)
		}
	}
	heading := convert(t, "# A tie\n\n## tie\n").Body
	if got := heading.FillTerms(mark1, lex, map[string]bool{}); got != heading.Fill(mark1) {
		t.Errorf("in headings: %q", got)
	}
}

// TestUsedTerms: terms already used are not linked, and those linked are noted.
func TestUsedTerms(t *testing.T) {
	lex := NewLexicon([]Entry{{"tie", "tie", "<i>", "</i>"}, {"bridge", "bridge", "<i>", "</i>"}, {"lead", "lead", "<i>", "</i>"}})
	used := map[string]bool{"lead": true}
	got := convert(t, "A tie, a lead, a tie.").Body.FillTerms(mark1, lex, used)
	if got != "<p>A <i>tie</i>, a lead, a tie.</p>\n" {
		t.Errorf("%q", got)
	}
	if want := []string{"lead", "tie"}; !slices.Equal(slices.Sorted(maps.Keys(used)), want) {
		t.Errorf("used %v", used)
	}
}
