package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// newParser puts the constructs together, each with its guard if it needs one.
// A lower number comes first.
func newParser(opts Options) parser.Parser {
	inline := inlineParsers(opts)
	return assemble(append(inline, util.Prioritized(newBareLinks(inline), 999)))
}

// inlineParsers returns those of what stands inside a line, bare links left
// out.
func inlineParsers(opts Options) []util.PrioritizedValue {
	p := util.Prioritized
	keys := map[string]bool{}
	for _, key := range opts.Keys {
		keys[key] = true
	}
	return []util.PrioritizedValue{
		p(taskParser{}, 10),
		p(alertParser{}, 20),
		p(attrsParser{keys}, 30),
		p(citeParser{}, 40),
		p(wikiParser{}, 50),
		p(codeSpans{parser.NewCodeSpanParser()}, 100),
		p(extension.NewFootnoteParser(), 101),
		p(links{parser.NewLinkParser()}, 200),
		p(parser.NewAutoLinkParser(), 300),
		p(parser.NewRawHTMLParser(), 400),
		p(delimiters{emphasisParser{}}, 500),
		p(delimiters{extension.NewStrikethroughParser()}, 500),
	}
}

func assemble(inline []util.PrioritizedValue) parser.Parser {
	p := util.Prioritized
	return parser.NewParser(
		parser.WithBlockParsers(
			p(parser.NewSetextHeadingParser(), 100),
			p(container{extension.NewDefinitionListParser()}, 101),
			p(extension.NewDefinitionDescriptionParser(), 102),
			p(parser.NewThematicBreakParser(), 200),
			p(container{parser.NewListParser()}, 300),
			p(parser.NewListItemParser(), 400),
			p(parser.NewCodeBlockParser(), 500),
			p(parser.NewATXHeadingParser(), 600),
			p(parser.NewFencedCodeBlockParser(), 700),
			p(container{parser.NewBlockquoteParser()}, 800),
			p(parser.NewHTMLBlockParser(), 900),
			p(container{extension.NewFootnoteBlockParser()}, 999),
			p(parser.NewParagraphParser(), 1000),
		),
		parser.WithParagraphTransformers(
			p(references{parser.LinkReferenceParagraphTransformer}, 100),
			p(tables{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithInlineParsers(inline...),
		parser.WithASTTransformers(
			p(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// construct is embedded in the inline nodes of this package. They are told
// apart by their Go type, so they share one kind.
type construct struct{ ast.BaseInline }

var constructKind = ast.NewNodeKind("Construct")

// Kind is part of ast.Node.
func (*construct) Kind() ast.NodeKind { return constructKind }

// Dump is part of ast.Node; nobody calls it.
func (*construct) Dump([]byte, int) {}
