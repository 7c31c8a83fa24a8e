package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// doc puts the result together.
func (r *render) doc(root ast.Node) Doc {
	f := &filled{
		html:  string(r.html),
		text:  strings.TrimRight(string(r.text), " \n"),
		holes: r.holes,
		offs:  r.offs,
	}
	d := Doc{
		Body:    f.body(extent{end: r.mark()}),
		Notes:   f.body(r.notes),
		Outline: r.outline,
		Text:    f.text,
		Cites:   r.cites,
		Anchors: r.ids.sorted(r.made),
		Attrs:   r.lists,
		Words:   countWords(f.text),
	}
	for i := range d.Outline {
		d.Outline[i].Text = f.text[d.Outline[i].Start:r.ends[i]]
	}
	if r.titled {
		d.title = f.cut(r.title)
		if len(d.Outline) > 0 && d.Outline[0].Start == 0 {
			d.Title, d.TitleID = d.Outline[0].Text, d.Outline[0].ID
		}
	}
	if r.extents != nil {
		d.Sections = r.sections(root, f)
	}
	return d
}
