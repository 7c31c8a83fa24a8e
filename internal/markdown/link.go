package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// The schemes that a link may have. What a browser would run is not among
// them, and neither is what only one computer can open.
var schemes = map[string]bool{"http": true, "https": true, "mailto": true, "tel": true, "sms": true}

// reach says where a destination leads.
type reach int

const (
	local     reach = iota // into the site, or nowhere
	external               // to another host or a person
	forbidden              // through a scheme that is not allowed
)

// reachOf classifies a destination. What is not plainly an address elsewhere
// must not become one in a browser either, which ignores control characters and
// takes a backslash for a slash, nor behind percent escapes: nobody writes an
// honest address that way.
func reachOf(dest string) reach {
	if s := scheme(dest); schemes[s] || strings.HasPrefix(dest, "//") {
		return external
	}
	plain := strings.ReplaceAll(strip(unpercent(dest)), `\`, "/")
	if scheme(plain) != "" || strings.HasPrefix(plain, "//") {
		return forbidden
	}
	return local
}

// scheme returns the scheme of an address in lower case, or "".
func scheme(dest string) string {
	for i, c := range dest {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		switch {
		case letter, i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return strings.ToLower(dest[:i])
		default:
			return ""
		}
	}
	return ""
}

// strip leaves out what browsers ignore in front of a scheme and in it, and
// characters that cannot be seen.
func strip(dest string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c <= ' ', 0x7f <= c && c <= 0xa0, c == 0xad, 0x200b <= c && c <= 0x200f, 0x2028 <= c && c <= 0x202e, 0x2060 <= c && c <= 0x2064, c == 0xfeff:
			return -1
		}
		return c
	}, dest)
}

// unpercent resolves percent escapes, however often they were applied.
func unpercent(dest string) string {
	for range 3 {
		if strings.IndexByte(dest, '%') < 0 {
			break
		}
		var b strings.Builder
		for i := 0; i < len(dest); i++ {
			if dest[i] == '%' && i+2 < len(dest) && util.IsHexDecimal(dest[i+1]) && util.IsHexDecimal(dest[i+2]) {
				b.WriteByte(hex(dest[i+1])<<4 | hex(dest[i+2]))
				i += 2
				continue
			}
			b.WriteByte(dest[i])
		}
		dest = b.String()
	}
	return dest
}

func hex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// placeOf returns where a destination stands, or the construct around it where
// that is not to be had.
func (r *render) placeOf(dest []byte, n ast.Node) span {
	if at := r.source.offsetOf(dest); at >= 0 {
		return span{at, at + len(dest)}
	}
	at := max(0, n.Pos())
	return span{at, at + 1}
}

// link writes a link: an opening tag or a hole for one, the words, </a>.
func (r *render) link(n *ast.Link) {
	dest := decode(n.Destination)
	at := r.placeOf(n.Destination, n)
	if r.inLink > 0 || !r.openLink(dest, decode(n.Title), at) {
		r.nested(n, "", "")
		return
	}
	r.inLink++
	r.nested(n, "", "</a>")
	r.inLink--
	if r.extents != nil {
		r.extents[n] = extent{end: r.mark()}
	}
}

// openLink writes what opens a link and reports whether there is one.
func (r *render) openLink(dest, title string, at span) bool {
	switch reachOf(dest) {
	case forbidden:
		r.diags.Warn(r.pos(at), "links may begin with https:, http:, mailto:, tel: or sms:, or lead to a page of this site",
			"this kind of address is not allowed in a link")
		return false
	case external:
		r.openExternal(dest, title)
	default:
		r.hole(Hole{Kind: Link, Target: dest, Title: title, Pos: r.holePos(at)})
	}
	return true
}

func (r *render) openExternal(dest, title string) {
	r.html = append(r.html, `<a href="`...)
	r.html = appendEscaped(r.html, util.URLEscape([]byte(dest), false))
	r.html = append(r.html, '"')
	if title != "" {
		r.html = append(r.html, ` title="`...)
		r.html = appendEscaped(r.html, title)
		r.html = append(r.html, '"')
	}
	if s := scheme(dest); s == "" || strings.HasPrefix(s, "http") {
		r.html = append(r.html, ` rel="external"`...)
	}
	r.html = append(r.html, '>')
}

// autoLink writes an address that is its own link.
func (r *render) autoLink(n *ast.AutoLink) {
	label := n.Label(r.source.body)
	dest := string(n.URL(r.source.body))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	if r.inLink > 0 || !r.openLink(dest, "", r.placeOf(label, n)) {
		r.literal(label)
		return
	}
	r.literal(label)
	r.html = append(r.html, "</a>"...)
}
