package advice

import (
	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// NextHeading is the title of the section that closes an article; a site in
// another language may use its own words for it.
const NextHeading = "Do this next"

// maxNext is how many links may stand there: more is a choice, not a next step.
const maxNext = 3

// CheckArticle checks an article: it ends with a list of one to three links
// under NextHeading or the site's own words for it, and nothing in it has
// attributes of other types.
func CheckArticle(sections []markdown.Section, title string, pos diag.Pos) diag.List {
	diags := CheckPlain(sections)
	at := -1
	for i, s := range sections {
		if words := sameWords(s.Text); s.Level > 0 && (words == sameWords(title) || words == sameWords(NextHeading)) {
			at = i
		}
	}
	if at < 0 {
		diags.Warn(pos, "end it with \"## "+title+"\" and a list of one to three links", "this article does not say what to do next")
		return diags
	}
	next := sections[at]
	links := 0
	for _, b := range next.Blocks {
		if b.List != nil {
			links += len(b.Links)
		}
	}
	switch {
	case links == 0:
		diags.Warn(next.Pos, "add a list of one to three links", "%s leads nowhere", quote(next.Text))
	case links > maxNext:
		diags.Warn(next.Pos, "keep the one to three that matter most", "%s holds %d links: too many to choose from", quote(next.Text), links)
	}
	if at < len(sections)-1 {
		diags.Warn(next.Pos, "move it to the end", "%s is not the last section", quote(next.Text))
	}
	return diags
}
