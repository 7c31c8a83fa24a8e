package theme

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"
)

// literal returns a text, or what is true or false, as it would be written in
// the layout where the node stands.
func literal(n parse.Node, value any) parse.Node {
	text, ok := value.(string)
	if ok {
		return written(n, strconv.Quote(text))
	}
	return written(n, fmt.Sprint(value))
}

var location = regexp.MustCompile(`^(.*):(\d+):(\d+)$`)

// written returns the node that the parser makes of a literal at the place of
// another node. Only nodes of a parser know the text that they stand in, and
// without it text/template cannot say where a layout fails.
func written(n parse.Node, literal string) parse.Node {
	var tree *parse.Tree
	where, _ := tree.ErrorContext(n)
	m := location.FindStringSubmatch(where)
	if m == nil {
		return n
	}
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	text := "{{" + strings.Repeat("\n", line-1)
	if line == 1 {
		column = max(0, column-len(text))
	}
	text += strings.Repeat(" ", column) + literal + "}}"
	sets, err := parse.Parse(m[1], text, "", "")
	if err != nil {
		return n
	}
	return only(sets[m[1]].Root.Nodes[0].(*parse.ActionNode).Pipe)
}
