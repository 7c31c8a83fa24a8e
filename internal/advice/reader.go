package advice

import (
	"rapport/internal/diag"
	"rapport/internal/markdown"
)

// reader is what the parsers of all types share: the findings, the headings
// that ids must not clash with, and the section whose advice is being gathered.
type reader struct {
	diags    diag.List
	pos      diag.Pos // of the page
	at       map[string]diag.Pos
	headings map[string]diag.Pos

	advice *[]Prose // of the result above, which deeper sections belong to
	level  int      // of its heading
}

func newReader(sections []markdown.Section, at map[string]diag.Pos, pos diag.Pos) reader {
	headings := map[string]diag.Pos{}
	for _, s := range sections {
		if s.ID != "" {
			headings[s.ID] = s.Pos
		}
	}
	return reader{pos: pos, at: at, headings: headings}
}

// setting returns where the first of the keys stands, or the page's position.
func (r *reader) setting(keys ...string) diag.Pos {
	for _, k := range keys {
		if p, ok := r.at[k]; ok {
			return p
		}
	}
	return r.pos
}

// open lets the sections below s gather in advice.
func (r *reader) open(s markdown.Section, advice *[]Prose) { r.advice, r.level = advice, s.Level }

// gather adds the section to the open advice if it stands below its heading. It
// reports whether it did, and closes the advice if not.
func (r *reader) gather(s markdown.Section) bool {
	if r.advice == nil || s.Level <= r.level {
		r.advice = nil
		return false
	}
	*r.advice = append(*r.advice, prose(s))
	return true
}

// inAdvice checks the blocks of a result or of advice, where nothing is ticked.
func (r *reader) inAdvice(blocks []markdown.Block) {
	r.plain(blocks...)
	for _, b := range blocks {
		if b.List != nil && hasTask(b.List.Items) {
			r.diags.Warn(b.List.Items[0].Pos, "write a plain list here, or move it to a section of its own", "boxes under a result count nowhere")
		}
	}
}

// claim takes an explicit id and reports whether it was free; if not, that is
// an error.
func (r *reader) claim(t ids, a markdown.Attrs) bool {
	first, repeated := t.claim(a.ID, narrow(a.Pos, "#"+a.ID))
	if repeated {
		r.diags.Error(narrow(a.Pos, "#"+a.ID), "it stands at "+place(first)+" already; choose another", "the id #%s is used twice", a.ID)
	}
	return !repeated
}

// hasTask reports whether the items are there to be ticked: one of them, or of
// those inside them, has a box.
func hasTask(items []markdown.Item) bool {
	for _, item := range items {
		if item.Task || hasTask(item.Items) {
			return true
		}
	}
	return false
}

// boxed warns of an item that has no box among items that do.
func (r *reader) boxed(item markdown.Item) {
	if !item.Task {
		r.diags.Warn(item.Pos, "begin it with [ ] as in \"- [ ] Say thanks\", or move it out of the list", "%s has no box to tick, unlike its neighbors", quote(item.Text))
	}
}

// enum returns the value if it is one of the allowed words, else the first of
// them: what decodes front matter has complained of it already.
func enum(value string, allowed ...string) string {
	for _, a := range allowed {
		if a == value {
			return value
		}
	}
	return allowed[0]
}
