package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"rapport/internal/highlight"
)

// lines returns the text of a block that is taken as it is.
func (r *render) lines(n ast.Node) string {
	var b strings.Builder
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		b.Write(line.Value(r.source.body))
	}
	return b.String()
}

// info splits the info string of a fence into the language, in lower case, and
// the attribute list after it, if it is one.
func (r *render) info(n *ast.FencedCodeBlock) (lang string, list *attrList) {
	if n.Info == nil {
		return "", nil
	}
	at := n.Info.Segment
	words := r.source.body[at.Start:at.Stop]
	end := strings.IndexAny(string(words), " \t")
	if end < 0 {
		end = len(words)
	}
	lang = strings.ToLower(decode(words[:end]))
	scan := attrScanner{text: r.source.body[:at.Stop], at: at.Start + end}
	if l, ok := scan.bare(); ok && (l.id != "" || len(l.all) > 0) {
		list = &l
	}
	return lang, list
}

// fence writes a fenced code block.
func (r *render) fence(n *ast.FencedCodeBlock) {
	lang, list := r.info(n)
	r.noteAttrs(list)
	r.code(lang, r.lines(n))
}

// code writes a code block, which can be scrolled by keyboard.
func (r *render) code(lang, text string) {
	r.apart()
	r.text = append(r.text, text...)
	r.html = append(r.html, `<pre class="code" tabindex="0"`...)
	inside, known := "", false
	if lang != "" {
		r.html = append(r.html, ` data-lang="`...)
		r.html = appendEscaped(r.html, lang)
		r.html = append(r.html, '"')
		if !r.converter.opts.Plain {
			inside, known = highlight.Code(lang, printable(text))
		}
	}
	if known {
		r.html = append(r.html, `><code class="chroma">`...)
		r.html = append(r.html, inside...)
	} else {
		r.html = append(r.html, "><code>"...)
		r.html = appendEscaped(r.html, text)
	}
	r.html = append(r.html, "</code></pre>\n"...)
}

// printable returns the text with U+FFFD for the control characters that are not
// allowed in HTML, as appendEscaped has it.
func printable(text string) string {
	for i := range len(text) {
		if escapes[text[i]] == "\uFFFD" {
			return strings.Map(func(c rune) rune {
				if c < utf8.RuneSelf && escapes[c] == "\uFFFD" {
					return utf8.RuneError
				}
				return c
			}, text)
		}
	}
	return text
}
