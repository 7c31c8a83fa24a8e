package site

import (
	"bytes"
	"unicode/utf8"

	"rapport/internal/diag"
	"rapport/internal/fields"
)

// Limits on one page. They are far above what people write, and low enough
// that no file can stop a build.
const (
	maxPage        = 8 << 20  // bytes
	maxFrontMatter = 64 << 10 // bytes
)

// source makes the text of a file ready for reading: without a byte order
// mark, with plain line ends. What is too long or not UTF-8 gives an error and
// no text.
func source(path string, data []byte) (diag.Source, diag.List) {
	var diags diag.List
	src := diag.Source{Path: path}
	if len(data) > maxPage {
		diags.Error(diag.File(path), "split it into several pages", "the page is larger than %d MiB", maxPage>>20)
		return src, diags
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	if at := invalidUTF8(data); at >= 0 {
		line := bytes.Count(data[:at], []byte("\n")) + 1
		column := utf8.RuneCount(data[bytes.LastIndexByte(data[:at], '\n')+1:at]) + 1
		diags.Error(diag.Pos{File: path, Line: line, Column: column, Width: 1}, "save it in the encoding UTF-8", "the file is not UTF-8 text")
		return src, diags
	}
	src.Text = data
	return src, diags
}

func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// frontMatter reads what stands between the first two lines of --- (YAML) or
// +++ (TOML), and returns where the text after it begins. Without front matter
// the node is nil and found is false.
func frontMatter(src diag.Source) (n *fields.Node, body int, found bool, diags diag.List) {
	fence := ""
	for _, f := range []string{"---", "+++"} {
		if line, _, _ := bytes.Cut(src.Text, []byte("\n")); string(bytes.TrimRight(line, " \t")) == f {
			fence = f
		}
	}
	if fence == "" {
		return nil, 0, false, nil
	}
	start := bytes.IndexByte(src.Text, '\n') + 1
	if start == 0 {
		return nil, 0, false, nil // a lone --- is a rule
	}
	end, body := closing(src.Text, start, fence)
	switch {
	case end < 0 && fence == "---" && !bytes.Contains(firstLine(src.Text[start:]), []byte(":")):
		return nil, 0, false, nil // a rule at the top of a page
	case end < 0:
		diags.Error(src.Pos(0, 3), "add a line with "+fence+" after the last key", "the front matter is not closed")
		return nil, len(src.Text), true, diags
	case end-start > maxFrontMatter:
		diags.Error(src.Pos(0, 3), "move long texts into the body", "the front matter is larger than %d KiB", maxFrontMatter>>10)
		return nil, body, true, diags
	}
	if fence == "+++" {
		n, diags = fields.ParseTOML(src, start, end)
	} else {
		n, diags = fields.ParseYAML(src, start, end)
	}
	return n, body, true, diags
}

func firstLine(text []byte) []byte {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return line
}

// closing returns where the line that closes the front matter begins, and
// where the next one does.
func closing(text []byte, start int, fence string) (end, body int) {
	for at := start; at < len(text); {
		next := len(text)
		if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		line := string(bytes.TrimRight(text[at:next], " \t\n"))
		if line == fence || fence == "---" && line == "..." {
			return at, next
		}
		at = next
	}
	return -1, len(text)
}
