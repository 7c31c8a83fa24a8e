package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// alertNode is the marker line of an alert: [!TIP], or [!faq]- with a title.
type alertNode struct {
	construct
	kind  string // one of the five
	fold  byte   // '-' shut, '+' open, 0 not foldable
	title []byte // as written; often empty
}

// alertKinds maps the kinds of Obsidian to the five of GitHub. Others are
// notes.
var alertKinds = map[string]string{
	"tip": "tip", "hint": "tip", "success": "tip", "check": "tip", "done": "tip",
	"important": "important",
	"warning":   "warning", "attention": "warning",
	"caution": "caution", "danger": "caution", "error": "caution", "bug": "caution",
	"failure": "caution", "fail": "caution", "missing": "caution",
}

type alertParser struct{}

// Trigger is part of parser.InlineParser.
func (alertParser) Trigger() []byte { return []byte{'['} }

// Parse is part of parser.InlineParser. It takes the marker's whole line.
func (alertParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if parent.HasChildren() || parent.Kind() != ast.KindParagraph {
		return nil
	}
	if quote := parent.Parent(); quote.Kind() != ast.KindBlockquote || quote.FirstChild() != parent {
		return nil
	}
	line, _ := block.PeekLine()
	if len(line) < 4 || line[1] != '!' {
		return nil
	}
	end := 2
	for end < len(line) && ('a' <= line[end]|0x20 && line[end]|0x20 <= 'z' || line[end] == '-' && end > 2) {
		end++
	}
	if end == 2 || end >= len(line) || line[end] != ']' {
		return nil
	}
	node := &alertNode{kind: alertKinds[strings.ToLower(string(line[2:end]))]}
	if node.kind == "" {
		node.kind = "note"
	}
	if end++; end < len(line) && (line[end] == '-' || line[end] == '+') {
		node.fold = line[end]
		end++
	}
	if end < len(line) && line[end] != ' ' && line[end] != '\t' && line[end] != '\n' {
		return nil
	}
	node.title = bytes.TrimSpace(line[end:])
	block.AdvanceLine()
	return node
}

// quote writes a block quote or an alert.
func (r *render) quote(n *ast.Blockquote) {
	first, _ := n.FirstChild().(*ast.Paragraph)
	var alert *alertNode
	if first != nil {
		alert, _ = first.FirstChild().(*alertNode)
	}
	if alert == nil {
		r.html = append(r.html, "<blockquote>\n"...)
		r.blocks(n)
		r.html = append(r.html, "</blockquote>\n"...)
		return
	}
	element, title := "aside", "p"
	if alert.fold != 0 {
		element, title = "details", "summary"
	}
	r.html = append(r.html, "<"+element+` class="alert alert-`+alert.kind+`"`...)
	switch alert.fold {
	case 0: // inside the main text it is no landmark of its own
		r.html = append(r.html, ` role="note"`...)
	case '+':
		r.html = append(r.html, " open"...)
	}
	r.html = append(r.html, ">\n<"+title+` class="alert-title">`...)
	if r.apart(); len(alert.title) > 0 {
		r.prose(alert.title)
	} else {
		r.html = appendEscaped(r.html, r.word(strings.ToUpper(alert.kind[:1])+alert.kind[1:]))
	}
	r.html = append(r.html, "</"+title+">\n"...)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c == ast.Node(first) && alert.NextSibling() == nil {
			continue // the marker alone
		}
		r.node(c)
	}
	r.html = append(r.html, "</"+element+">\n"...)
}
