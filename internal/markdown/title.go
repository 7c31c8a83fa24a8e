package markdown

import "slices"

// cut is a place in a Doc: before it are so many holes, then so many bytes of
// HTML, and so many bytes of text.
type cut struct{ holes, bytes, text int }

// cut returns where a mark is in the body of the whole text.
func (f *filled) cut(m mark) cut {
	before := 0
	if m.holes > 0 {
		before = f.offs[m.holes-1]
	}
	return cut{m.holes, m.html - before, min(m.text, len(f.text))}
}

// Untitled returns the Doc without the heading that is its Title, for pages
// that show that elsewhere. The Title stays.
func (d Doc) Untitled() Doc {
	if d.Title == "" {
		return d
	}
	at := d.title
	d.Body = d.Body.after(at)
	d.Text = d.Text[at.text:]
	d.Words = countWords(d.Text)
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

// after returns the part of the body from the place on.
func (b Body) after(at cut) Body {
	html := slices.Clone(b.html[at.holes:])
	html[0] = html[0][at.bytes:]
	return Body{html: html, holes: b.holes[at.holes:]}
}
