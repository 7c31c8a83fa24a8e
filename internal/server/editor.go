package server

import (
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// editors are the address schemes of those editors that have one.
var editors = map[string]string{
	"code": "vscode://file{path}:{line}:{column}", "code-insiders": "vscode-insiders://file{path}:{line}:{column}",
	"codium": "vscodium://file{path}:{line}:{column}", "cursor": "cursor://file{path}:{line}:{column}",
	"zed": "zed://file{path}:{line}:{column}", "windsurf": "windsurf://file{path}:{line}:{column}",
	"subl": "subl://open?url=file://{path}&line={line}&column={column}",
	"mate": "txmt://open?url=file://{path}&line={line}&column={column}", "mvim": "mvim://open?url=file://{path}&line={line}&column={column}",
	"idea": "idea://open?file={path}&line={line}&column={column}", "goland": "goland://open?file={path}&line={line}&column={column}",
	"webstorm": "webstorm://open?file={path}&line={line}&column={column}", "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
}

// Editor returns the address template of the first of the commands, such as
// the values of $VISUAL and $EDITOR, that has one; "" if none has.
func Editor(commands ...string) string {
	for _, c := range commands {
		program, _, _ := strings.Cut(strings.TrimSpace(c), " ")
		name := strings.TrimSuffix(strings.ToLower(path.Base(filepath.ToSlash(program))), ".exe")
		if t, ok := editors[name]; ok {
			return t
		}
	}
	return ""
}

// scheme is what an editor's address begins with. What browsers run or show
// themselves is none.
var scheme = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:`)

// ValidEditor reports whether a template leads to a program of its own.
func ValidEditor(template string) bool {
	switch s := scheme.FindString(strings.ToLower(template)); s {
	case "", "javascript:", "data:", "blob:", "vbscript:", "file:", "about:":
		return false
	}
	return strings.Contains(template, "{path}")
}

// EditorLink fills a template with a place. The path is absolute; line and
// column count from 1.
func EditorLink(template, file string, line, column int) string {
	if template == "" {
		return ""
	}
	slashed := filepath.ToSlash(file)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive of Windows
	}
	u := url.URL{Path: slashed}
	return strings.NewReplacer("{path}", strings.ReplaceAll(u.EscapedPath(), "&", "%26"),
		"{line}", strconv.Itoa(max(1, line)), "{column}", strconv.Itoa(max(1, column))).Replace(template)
}
