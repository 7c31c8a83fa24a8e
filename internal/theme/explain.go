package theme

import (
	"bytes"
	"errors"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"rapport/internal/diag"
)

// templateError takes apart what the template libraries say:
// "template: article.html:3:12: executing …: message" when a layout is parsed or
// executed, "html/template:article.html:3:12: message" when it is escaped.
var templateError = regexp.MustCompile(`(?s)template: ?([^: ]+)(?::(\d+))?(?::(\d+))?: (.*)`)

// explain turns an error of the template library into a diagnostic. It is the
// one place where that library's error text is taken apart.
func explain(err error, sources map[string]diag.Source) diag.Diagnostic {
	text := err.Error()
	d := diag.Diagnostic{Severity: diag.Error, Pos: diag.File("layouts"), Message: text}
	m := templateError.FindStringSubmatch(text)
	if m == nil {
		return d
	}
	src, ok := sources[m[1]]
	if !ok {
		d.Pos = diag.File("layouts/" + m[1])
		return d
	}
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	d.Message, d.Pos = m[4], diag.File(src.Path)
	if line > 0 {
		d.Pos = linePos(src, line, column)
	}
	if _, after, ok := strings.Cut(d.Message, ">: "); ok && strings.HasPrefix(d.Message, "executing") {
		d.Message = after
	}
	d.Hint = "what layouts can use is listed in the manual under “Themes”"
	var unsafe *template.Error
	if errors.As(err, &unsafe) {
		explainEscape(&d, unsafe, src, sources)
	}
	d.Message = "the layout fails: " + d.Message
	return d
}

// explainEscape says in plain words why html/template cannot tell what the
// places of a layout have to be escaped for.
func explainEscape(d *diag.Diagnostic, err *template.Error, src diag.Source, sources map[string]diag.Source) {
	switch err.ErrorCode {
	case template.ErrNoSuchTemplate:
		_, quoted, _ := strings.Cut(err.Description, "no such template ")
		name, bad := strconv.Unquote(quoted)
		if bad != nil {
			return // there is one, and nothing in it
		}
		d.Message = "there is no template " + quoted
		d.Hint = diag.DidYouMean(name, callable(sources), "add it as layouts/"+name+", or do without it")
		d.Pos.Width = utf8.RuneCountInString(quoted)
	case template.ErrBranchEnd:
		d.Message = "the branches of " + action.FindString(err.Description) + " end in different places of the HTML"
		d.Hint = "open and close tags, attributes and their quotes in the same branch"
	case template.ErrEndContext:
		text := bytes.TrimRight(src.Text, " \t\r\n")
		d.Pos = src.Pos(len(text)-1, len(text))
		d.Message = "the HTML ends within a tag, an attribute, a script or the like"
		d.Hint = "close what was opened, here or in what is set in"
	default:
		d.Hint = "write HTML that is well formed, here and in what is set in"
		if err.Node == nil { // then a line is that of whichever template is at fault
			d.Pos = diag.File(src.Path)
		}
	}
}

var action = regexp.MustCompile(`\{\{\w+\}\}`)

// defines finds the names of templates that layouts define.
var defines = regexp.MustCompile(`\{\{-?\s*(?:define|block)\s+"([^"]+)"`)

// callable returns what can be called: the files, and what they define.
func callable(sources map[string]diag.Source) []string {
	list := slices.Collect(maps.Keys(sources))
	for _, src := range sources {
		for _, m := range defines.FindAllSubmatch(src.Text, -1) {
			list = append(list, string(m[1]))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// linePos returns the place of a line, at the byte column where one is known.
func linePos(src diag.Source, line, column int) diag.Pos {
	at := 0
	for range line - 1 {
		next := strings.IndexByte(string(src.Text[at:]), '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	end := len(src.Text)
	if i := strings.IndexByte(string(src.Text[at:]), '\n'); i >= 0 {
		end = at + i
	}
	if column > 0 && at+column < end {
		return src.Pos(at+column, at+column+1)
	}
	trimmed := strings.TrimLeft(string(src.Text[at:end]), " \t")
	return src.Pos(end-len(trimmed), end)
}
