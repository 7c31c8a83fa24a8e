package diag

import "slices"

// shown is how many runes of a line are printed: what terminals have room for
// behind its number, so that the underline stands below its place. A paragraph is
// often one line of a thousand.
const shown = 100

// window returns the place in the part of its line that is printed: the start if
// the place is in it, and else what stands around the place.
func (p Pos) window() Pos {
	text := []rune(p.Excerpt)
	if len(text) <= shown {
		return p
	}
	more := text[len(text)-1] == '…' // see excerpt
	if more {
		text = text[:len(text)-1]
	}
	at := min(p.Column-1, len(text))
	from := 0
	if at+min(p.Width, shown/3) > shown {
		from = at - shown/2
		if word := slices.Index(text[from:from+shown/5], ' '); word >= 0 {
			from += word + 1
		}
	}
	to := min(from+shown, len(text))
	p.Excerpt = string(text[from:to])
	if more || to < len(text) {
		p.Excerpt += "…"
		p.Width = min(p.Width, max(1, to-at))
	}
	if p.Column -= from; from > 0 {
		p.Excerpt = "…" + p.Excerpt
		p.Column++
	}
	return p
}
