package diag

import (
	"unicode"

	"golang.org/x/text/width"
)

// underline returns how many cells of a terminal stand before the place in its
// excerpt, and how many it takes. A place behind the end of the line takes a cell
// for each of its runes.
func underline(p Pos) (lead, under int) {
	if plain([]byte(p.Excerpt)) {
		return p.Column - 1, p.Width
	}
	text := []rune(p.Excerpt)
	from := min(p.Column-1, len(text))
	to := min(from+p.Width, len(text))
	lead = cells(text[:from])
	under = max(1, cells(text[:to])-lead+p.Width-(to-from))
	return lead + p.Column - 1 - from, under
}

const (
	joiner     = '\u200d' // makes one picture of two
	colored    = '\ufe0f' // makes a picture of a sign
	softHyphen = '\u00ad'
)

// cells returns how many cells the text takes in a terminal that draws an emoji
// made of several runes as one.
func cells(text []rune) int {
	sum, last := 0, 0 // last: of the rune before
	for i, r := range text {
		n := cellsOf(r)
		switch {
		case r == colored && last == 1:
			n = 1
		case i > 0 && text[i-1] == joiner && unicode.IsSymbol(r), i > 0 && n == 2 && unicode.Is(unicode.Sk, r):
			n = 0 // joined, or the color of a skin
		}
		if sum += n; n > 0 {
			last = n
		}
	}
	return sum
}

// cellsOf returns how many cells a rune takes by itself.
func cellsOf(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) && r != softHyphen:
		return 0
	case r >= 0x1160 && r <= 0x11ff: // vowels and finals of Hangul stand in the cell of the initial
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
