package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// WriteText prints the list for people, one finding after the other:
//
//	content/articles/maps.md:3:1: error: unknown front matter key "titel"
//	  3 | titel: Maps
//	    | ^^^^^
//	  hint: did you mean "title"?
//
// A finding of which most alike were printed is only counted, and the counts
// stand at the end. Alike are messages that differ in names and numbers alone.
// A most of 0 prints all.
func (l List) WriteText(w io.Writer, most int) error {
	seen, keys := map[string]int{}, map[string]string{}
	var order []string
	for _, d := range l {
		said := d.Severity.String() + ": " + d.Message
		key, ok := keys[said]
		if !ok { // thousands may be the same to the letter
			key = particular.ReplaceAllString(said, "…")
			keys[said] = key
		}
		if seen[key]++; seen[key] == 1 {
			order = append(order, key)
		}
		if most > 0 && seen[key] > most {
			continue
		}
		if _, err := io.WriteString(w, d.Text()); err != nil {
			return err
		}
	}
	for _, key := range order {
		if more := seen[key] - most; most > 0 && more > 0 {
			places := "places"
			if more == 1 {
				places = "place"
			}
			if _, err := fmt.Fprintf(w, "%s (%d more %s)\n", key, more, places); err != nil {
				return err
			}
		}
	}
	return nil
}

// particular finds what tells messages of one kind apart: quoted names, paths,
// anchors and numbers.
var particular = regexp.MustCompile(`"[^"]*"|[^\s,;:]*[/#][^\s,;:]*|\d+`)

// Text returns the finding as WriteText prints it, with a final line end.
func (d Diagnostic) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s: %s\n", harmless(d.Pos.String()), d.Severity, harmless(d.Message))
	if d.Pos.Line > 0 && d.Pos.Excerpt != "" {
		number := fmt.Sprint(d.Pos.Line)
		at := d.Pos.window()
		lead, under := underline(at)
		fmt.Fprintf(&b, "  %s | %s\n  %*s | %s%s\n", number, at.Excerpt, len(number), "",
			strings.Repeat(" ", lead), strings.Repeat("^", under))
	}
	if d.Hint != "" {
		fmt.Fprintf(&b, "  hint: %s\n", harmless(d.Hint))
	}
	return b.String()
}

// WriteJSON prints the list as one JSON array, for editors and scripts.
func (l List) WriteJSON(w io.Writer) error {
	if l == nil {
		l = List{}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(l)
}
