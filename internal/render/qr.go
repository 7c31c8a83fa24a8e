package render

import (
	"html/template"
	"strconv"
	"strings"

	"rsc.io/qr"
)

// onPaper are the kinds of page that people print and carry: these bear a QR
// code. A list, a term or a source prints its address in words.
var onPaper = map[string]bool{"article": true, "checklist": true, "assessment": true, "template": true, "questions": true, "guide": true, "handout": true}

// QR returns a picture of the page's full address for the foot of the printed
// page, or "" where the page is not one for paper or the site has no base URL.
//
// The code is part of the page rather than a file beside it: the address of a
// handout then stands in no other output, and browsers print it for certain.
// rsc.io/qr encodes because it is small, has no dependencies, and its author
// keeps it (BSD licence).
func (p *PageView) QR() template.HTML {
	url := p.Canonical()
	if url == "" || !onPaper[p.Kind] {
		return ""
	}
	code, err := qr.Encode(url, qr.M)
	if err != nil {
		return "" // longer than any code holds: the address in words has to do
	}
	return safe(drawQR(code))
}

// quiet is the width of the empty margin around a code (ISO/IEC 18004, 6.3.8).
const quiet = 4

// drawQR draws a code as one stroked path, a line for each run of dark modules.
func drawQR(code *qr.Code) string {
	var b strings.Builder
	b.Grow(3 << 10)
	side := strconv.Itoa(code.Size + 2*quiet)
	b.WriteString(`<svg class="qr" viewBox="0 0 ` + side + " " + side + `" shape-rendering="crispEdges" aria-hidden="true"><path stroke="#000" d="`)
	atX, atY := 0, 0 // where the pen is, in modules
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			if !code.Black(x, y) {
				continue
			}
			end := x
			for end < code.Size && code.Black(end, y) {
				end++
			}
			if b.WriteString("m"); atX == 0 && atY == 0 {
				b.WriteString(strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + ".5")
			} else {
				b.WriteString(strconv.Itoa(x-atX) + " " + strconv.Itoa(y-atY))
			}
			b.WriteString("h" + strconv.Itoa(end-x))
			x, atX, atY = end, end, y
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String()
}
