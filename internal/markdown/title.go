package markdown

import "slices"

// cut is a place in a Doc: before it are so many holes, and so many bytes of
// HTML and of text.
type cut struct{ holes, html, text int }

// cut returns where a mark is in the whole text.
func (f *filled) cut(m mark) cut { return cut{m.holes, m.html, min(m.text, len(f.text))} }

// Untitled returns the Doc without the heading that is its Title, for pages
// that show that elsewhere. The Title stays.
func (d Doc) Untitled() Doc {
	if d.Title == "" {
		return d
	}
	at := d.title
	d.Body = d.Body.after(at)
	d.Words -= countWords(d.Text[:at.text]) // the heading ends its line, so no word goes on behind it
	d.Text = d.Text[at.text:]
	d.Outline = slices.Clone(d.Outline[1:])
	for i := range d.Outline {
		d.Outline[i].Start -= at.text
	}
	if i, ok := slices.BinarySearch(d.Anchors, d.TitleID); ok {
		d.Anchors = slices.Delete(slices.Clone(d.Anchors), i, i+1)
	}
	if len(d.Sections) > 0 {
		d.Sections = slices.Clone(d.Sections)
		d.Sections[0] = Section{Pos: d.Sections[0].Pos, Blocks: d.Sections[0].Blocks}
		if len(d.Sections[0].Blocks) == 0 {
			d.Sections = d.Sections[1:]
		}
	}
	d.title = cut{}
	d.Title, d.TitleID = "", ""
	return d
}
