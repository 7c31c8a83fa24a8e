package fields

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"rapport/internal/diag"
)

var (
	yamlLine   = regexp.MustCompile(`^line (\d+): (.*)`)
	yamlAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
)

// syntax takes the library's error text apart, the one place where that is done.
func (p *yamlReader) syntax(err error, text []byte) diag.List {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	var typed *yaml.TypeError
	if errors.As(err, &typed) && len(typed.Errors) > 0 {
		message = typed.Errors[0]
	}
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	if m := yamlAnchor.FindStringSubmatch(message); m != nil {
		at := bytes.Index(text, []byte("*"+m[1]))
		p.diags.Error(p.place.bytes(at, len(m[1])+1), "write the value itself, in quotes if it begins with *", "YAML aliases are not supported")
		return p.diags
	}
	if at, size := unreadable(text); at >= 0 && line == 0 {
		p.diags.Error(p.place.bytes(at, size), "delete it, and save the file in the encoding UTF-8", "a character here cannot be read")
		return p.diags
	}
	p.diags.Error(p.fault(line, message), "check the indentation, and put values that hold a colon or #, or begin with a sign, in quotes", "this is not valid YAML: %s", message)
	return p.diags
}

// fault returns the place of a fault for which the library gives a line, or 0
// where it gives none. Its parser counts lines from 0, its scanner from 1. Both
// tell where something opened that does not go on well, but for the first line,
// which they take for unknown: then it is the line on which they noticed, if that
// is another.
func (p *yamlReader) fault(line int, message string) diag.Pos {
	if line > 0 && slices.Contains(parserFaults, message) {
		line++
	}
	for ending, open := range opened {
		if strings.HasSuffix(message, ending) && line > 0 && !bytes.ContainsAny(p.place.text(line), open) {
			line = 0
		}
	}
	return p.place.whole(line)
}

// parserFaults are what the library's parser says, and not its scanner.
var parserFaults = []string{
	"did not find expected key", "did not find expected '-' indicator", "did not find expected ',' or ']'", "did not find expected ',' or '}'",
	"did not find expected node content", "did not find expected <document start>", "found undefined tag handle",
	"found duplicate %YAML directive", "found incompatible YAML document", "found duplicate %TAG directive",
}

// opened says what opens that which a fault did not find the end of.
var opened = map[string]string{"',' or ']'": "[", "',' or '}'": "{", "unexpected end of stream": `"'`}

// unreadable returns where the first character stands that YAML does not allow,
// and its size in bytes; -1 if there is none.
func unreadable(text []byte) (at, size int) {
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 || r == 0xFFFE || r == 0xFFFF || unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\u0085", r) {
			return at, size
		}
		at += size
	}
	return -1, 0
}

// bytes returns the place of so many bytes of the part.
func (p *place) bytes(at, size int) diag.Pos {
	return p.src.Pos(p.start+at, p.start+at+size)
}

// text returns a line of the part.
func (p *place) text(line int) []byte { return p.lines[max(1, min(line, len(p.lines)))-1] }
