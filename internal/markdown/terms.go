package markdown

import "strings"

// FillTerms is Fill that also links the first use of each term of the lexicon
// in running prose. A term that is in used is not linked, and one that is
// linked is put there; what stands in links, code, headings, table headers and
// controls is left alone.
func (b Body) FillTerms(answer func(Hole) string, lex *Lexicon, used map[string]bool) string {
	if lex == nil || lex.root.next == nil {
		return b.Fill(answer)
	}
	t := termFiller{lex: lex, used: used}
	t.out.Grow(len(b.html) + 80*len(b.holes) + len(b.html)/16)
	from := 0
	for i, hole := range b.holes {
		t.piece(b.html[from:b.off(i)])
		t.out.WriteString(answer(hole))
		if hole.Kind == Link {
			t.inside++ // its </a> is in the body
		}
		from = b.off(i)
	}
	t.piece(b.html[from:])
	return t.out.String()
}

type termFiller struct {
	lex    *Lexicon
	used   map[string]bool
	out    strings.Builder
	inside int      // elements around the text in which nothing is linked
	key    [64]byte // room for words in lower case
}

// unlinked are the elements in which no term is linked.
var unlinked = map[string]bool{
	"a": true, "code": true, "pre": true, "th": true, "button": true, "label": true, "summary": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
}

// piece copies HTML. It is our own, so a > is always the end of a tag.
func (t *termFiller) piece(html string) {
	for html != "" {
		tag := strings.IndexByte(html, '<')
		if tag < 0 {
			tag = len(html)
		}
		t.prose(html[:tag])
		html = html[tag:]
		end := strings.IndexByte(html, '>') + 1
		if end == 0 {
			end = len(html)
		}
		t.tag(html[:end])
		html = html[end:]
	}
}

func (t *termFiller) tag(tag string) {
	t.out.WriteString(tag)
	name, closing := strings.CutPrefix(strings.TrimPrefix(tag, "<"), "/")
	end := 0
	for end < len(name) && name[end] != ' ' && name[end] != '>' {
		end++
	}
	if !unlinked[name[:end]] {
		return
	}
	if closing {
		t.inside--
	} else {
		t.inside++
	}
}

// prose copies text and links terms in it.
func (t *termFiller) prose(text string) {
	if t.inside > 0 {
		t.out.WriteString(text)
		return
	}
	from := 0
	for at := wordStart(text, 0); at < len(text); {
		entry, end, word := t.lex.match(text, at, t.key[:0])
		entity := at > 0 && text[at-1] == '&'
		if entry == nil || entity {
			at = wordStart(text, word)
			continue
		}
		if !t.used[entry.Term] {
			t.used[entry.Term] = true
			t.out.WriteString(text[from:at])
			t.out.WriteString(entry.Open)
			t.out.WriteString(text[at:end])
			t.out.WriteString(entry.Close)
			from = end
		}
		at = wordStart(text, end)
	}
	t.out.WriteString(text[from:])
}
