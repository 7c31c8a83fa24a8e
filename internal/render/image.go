package render

import (
	"bytes"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"path"
	"strconv"
	"strings"

	"rapport/internal/markdown"
)

// image returns the tag of a picture, with its size where the file tells it,
// so that the page does not jump while it loads.
func (p *PageView) image(h markdown.Hole) string {
	ref, ok := p.resolve(h)
	if !ok {
		return `<span class="missing">` + esc(h.Label) + `</span>`
	}
	if ref.Asset == "" || !isPicture(ref.Asset) {
		p.diags.Error(p.at(h), "pictures are .png, .jpg, .gif, .webp, .avif or .svg files", "%q is not a picture", h.Target)
		return `<span class="missing">` + esc(h.Label) + `</span>`
	}
	if strings.TrimSpace(h.Label) == "" {
		p.diags.Warn(p.at(h), "write what it shows between the brackets: ![A handshake](…)", "the picture has no words for people who cannot see it")
	}
	return `<img src="` + esc(p.Path(ref.URL)) + `" alt="` + esc(h.Label) + `"` + p.size(ref.Asset) + ` loading="lazy" decoding="async">`
}

func isPicture(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg":
		return true
	}
	return false
}

func (p *PageView) size(asset string) string {
	p.note(File, asset)
	f, ok := p.world.Tree.Get(asset)
	if !ok {
		return ""
	}
	data, err := f.Bytes()
	if err != nil {
		return ""
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return "" // a format whose size is not read, or a broken file: it loads without
	}
	return ` width="` + strconv.Itoa(c.Width) + `" height="` + strconv.Itoa(c.Height) + `"`
}
