package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"rapport/internal/diag"
)

// attachment returns the bytes of a file of the input that is copied. A drawing
// beside pages that could run script is an error, and comes without its lines.
func (v *View) attachment(at string) ([]byte, error) {
	v.note(File, at)
	f, ok := v.world.Tree.Get(at)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: at, Err: fs.ErrNotExist}
	}
	data, err := f.Bytes()
	if err != nil || !strings.HasPrefix(at, "content/") || !strings.EqualFold(path.Ext(at), ".svg") {
		return data, err
	}
	if what := scripted(data); what != "" {
		v.diags.Error(diag.File(at), "export it as plain SVG, or put it into static/ if you trust it", "the drawing could run script in the reader's browser: it has %s", what)
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), nil
	}
	return data, nil
}

// scripted returns what in a drawing could run script when a reader opens it by
// itself, in words; "" if there is nothing. What cannot be read to the end could.
func scripted(svg []byte) string {
	if !utf8.Valid(svg) || bytes.ContainsFunc(svg, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r", r) }) {
		return "bytes that are not plain UTF-8 text"
	}
	d := xml.NewDecoder(bytes.NewReader(svg))
	for first := true; ; first = false {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return ""
		}
		if err != nil {
			return "XML that cannot be read: " + strings.TrimPrefix(err.Error(), "XML syntax error ")
		}
		switch t := token.(type) {
		case xml.ProcInst:
			if t.Target != "xml" || !first {
				return "<?" + t.Target + "?>"
			}
			if m := encoding.FindSubmatch(t.Inst); m != nil && !bytes.EqualFold(m[1], []byte("utf-8")) {
				return "an encoding that is not UTF-8"
			}
		case xml.Directive:
			if bytes.ContainsAny(t, "[") {
				return "entities of its own"
			}
		case xml.StartElement:
			if slices.Contains(activeElements, strings.ToLower(t.Name.Local)) {
				return "<" + t.Name.Local + ">"
			}
			for _, a := range t.Attr {
				if name := strings.ToLower(a.Name.Local); strings.HasPrefix(name, "on") || name == "srcdoc" || activeAddress(a.Value) {
					return "the attribute " + a.Name.Local
				}
			}
		}
	}
}

// encoding is the one that an XML declaration names. A browser reads the drawing
// in it, so what it would see could be something else.
var encoding = regexp.MustCompile(`encoding\s*=\s*["']?([^"'\s?]*)`)

// activeElements run script, or bring in a document that may.
var activeElements = []string{"script", "handler", "listener", "iframe", "frame", "object", "embed", "applet", "portal", "base", "meta", "link"}

// activeAddress reports whether the value is, or lists, an address that runs.
// Browsers pass over white space and control characters in it.
func activeAddress(value string) bool {
	plain := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToLower(value))
	return slices.ContainsFunc([]string{"javascript:", "vbscript:", "data:text", "data:application", "data:image/svg"}, func(start string) bool { return strings.Contains(plain, start) })
}
