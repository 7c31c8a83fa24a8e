package render

import (
	"strings"

	"rapport/internal/site"
)

// byline returns who wrote the source and when: "Granovetter, M. (1973)".
func byline(s *site.Source) string {
	who := strings.Join(s.Authors, "; ")
	if n := len(s.Authors); n > 1 {
		who = strings.Join(s.Authors[:n-1], "; ") + " & " + s.Authors[n-1]
	}
	if s.Year == "" {
		return who
	}
	return strings.TrimSpace(who + " (" + s.Year + ")")
}

// where returns what the source appeared in, as HTML: the container in
// italics, then volume, issue and pages.
func where(s *site.Source) string {
	var b strings.Builder
	if s.Container != "" {
		b.WriteString("<cite>" + esc(s.Container) + "</cite>")
	}
	if s.Volume != "" {
		b.WriteString(" " + esc(s.Volume))
		if s.Issue != "" {
			b.WriteString("(" + esc(s.Issue) + ")")
		}
	}
	if s.Pages != "" {
		b.WriteString(", " + esc(s.Pages))
	}
	return strings.TrimPrefix(b.String(), ", ")
}

// longCitation returns byline and place of a source, its title left to the
// layout, which links it.
func longCitation(s *site.Source) string {
	return strings.TrimSpace(where(s))
}

// Byline returns who wrote a source and when.
func (p *PageView) Byline(s *site.Source) string { return byline(s) }

func compareText(a, b string) int {
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}
