package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// image leaves a hole for an image of the site. One that would make the
// reader's browser ask another host becomes a link.
func (r *render) image(n *ast.Image) {
	dest := decode(n.Destination)
	r.imageTo(dest, r.alt(n), decode(n.Title), r.placeOf(n.Destination, n))
}

func (r *render) imageTo(dest, alt, title string, at span) {
	switch {
	case inlineImage(dest):
		r.html = append(r.html, `<img src="`...)
		r.html = appendEscaped(r.html, dest)
		r.html = append(r.html, `" alt="`...)
		r.html = appendEscaped(r.html, alt)
		r.html = append(r.html, `">`...)
	case reachOf(dest) == local:
		r.hole(Hole{Kind: Image, Target: dest, Label: alt, Title: title, Pos: r.holePos(at)})
	case reachOf(dest) == forbidden:
		r.diags.Warn(r.pos(at), "put the image beside the page", "this kind of address is not allowed for an image")
		r.html = appendEscaped(r.html, alt)
	default:
		r.diags.Warn(r.pos(at), "put the image beside the page: pages load nothing from other hosts",
			"an image on another host is shown as a link")
		words := alt
		if words == "" {
			words = dest
		}
		if r.inLink == 0 {
			r.openExternal(dest, title)
		}
		r.html = appendEscaped(r.html, words)
		if r.inLink == 0 {
			r.html = append(r.html, "</a>"...)
		}
	}
}

// alt writes the words of an image to the text alone and returns them.
func (r *render) alt(n *ast.Image) string {
	start := r.mark()
	diags, cites, made := len(r.diags), len(r.cites), len(r.made)
	r.nested(n, "", "")
	r.html = r.html[:start.html]
	r.holes = r.holes[:start.holes]
	r.offs = r.offs[:start.holes]
	r.diags = r.diags[:diags]
	for _, id := range r.made[made:] {
		if r.lost == nil {
			r.lost = map[string]bool{}
		}
		r.lost[id] = true
	}
	r.made = r.made[:made]
	for _, id := range r.cites[cites:] {
		delete(r.cited, id)
	}
	r.cites = r.cites[:cites]
	// A citation inside may have taken back the space before the image.
	return strings.TrimSpace(string(r.text[min(start.text, len(r.text)):]))
}

// inlineImage reports whether an address is a picture in itself, of a kind
// that is nothing but a picture.
func inlineImage(dest string) bool {
	rest, ok := strings.CutPrefix(dest, "data:image/")
	if !ok {
		return false
	}
	kind, data, ok := strings.Cut(rest, ";base64,")
	if !ok || kind != "png" && kind != "jpeg" && kind != "gif" && kind != "webp" && kind != "avif" {
		return false
	}
	return strings.Trim(data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == ""
}
