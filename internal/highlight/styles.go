package highlight

import (
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// The backgrounds that the colours are chosen for: each reaches at least
// 4.5:1 on them (WCAG 2.2, 1.4.3), which a test computes.
const (
	lightBackground = "#f6f4ef"
	darkBackground  = "#211f1c"
)

// ink is how a kind of token looks, and with it every kind below it that has
// no ink of its own.
type ink struct {
	of    []chroma.TokenType
	light string
	dark  string
	extra string // declarations for both
}

// inks is the whole style: warm for what the language says, cool for what the
// author named, quiet for comments and marks. Plain names keep the page's colour.
var inks = []ink{
	{of: []chroma.TokenType{chroma.Comment}, light: "#6a6459", dark: "#9fa3a0", extra: "font-style:italic"},
	{of: []chroma.TokenType{chroma.Keyword, chroma.OperatorWord, chroma.NameTag}, light: "#8f3d14", dark: "#e9a77c"},
	{of: []chroma.TokenType{chroma.String, chroma.GenericInserted}, light: "#4d6119", dark: "#b7c78b"},
	{of: []chroma.TokenType{chroma.Number, chroma.Literal, chroma.KeywordConstant, chroma.NameConstant,
		chroma.StringEscape, chroma.StringInterpol, chroma.StringRegex}, light: "#83510a", dark: "#e3c07f"},
	{of: []chroma.TokenType{chroma.NameFunction, chroma.NameClass, chroma.NameDecorator, chroma.NameNamespace,
		chroma.GenericSubheading}, light: "#1f5a74", dark: "#8fc3d8"},
	{of: []chroma.TokenType{chroma.KeywordType, chroma.NameBuiltin, chroma.NameException}, light: "#6c4780", dark: "#cbb0e0"},
	{of: []chroma.TokenType{chroma.NameAttribute, chroma.NameVariable, chroma.NameEntity, chroma.NameLabel},
		light: "#8a3a58", dark: "#e5a6bb"},
	{of: []chroma.TokenType{chroma.Operator, chroma.Punctuation, chroma.CommentPreproc, chroma.GenericPrompt},
		light: "#5c564b", dark: "#bdb6a9"},
	{of: []chroma.TokenType{chroma.GenericDeleted, chroma.GenericError, chroma.GenericTraceback},
		light: "#a1252c", dark: "#f3918a"},
	{of: []chroma.TokenType{chroma.GenericHeading, chroma.GenericStrong}, extra: "font-weight:700"},
	{of: []chroma.TokenType{chroma.GenericEmph}, extra: "font-style:italic"},
	{of: []chroma.TokenType{chroma.GenericUnderline}, extra: "text-decoration:underline"},
}

// Styles returns the style sheet for the classes, for code inside <pre> on
// backgrounds like #f6f4ef and #211f1c. Which colour of a pair holds is up to
// the color-scheme of the page.
func Styles() string {
	classes := classesByInk()
	var b strings.Builder
	for i, k := range inks {
		b.WriteString("pre :is(." + strings.Join(classes[i], ",.") + "){")
		if k.light != "" {
			b.WriteString("color:light-dark(" + k.light + "," + k.dark + ");")
		}
		b.WriteString(k.extra + "}\n")
	}
	return b.String()
}

// classesByInk lists the classes of each ink, in the order of their types.
func classesByInk() [][]string {
	inkOf := map[chroma.TokenType]int{}
	for i, k := range inks {
		for _, t := range k.of {
			inkOf[t] = i
		}
	}
	var types []chroma.TokenType
	for t, name := range chroma.StandardTypes {
		if t > 0 && name != "" {
			types = append(types, t)
		}
	}
	slices.Sort(types)
	classes := make([][]string, len(inks))
	for _, t := range types {
		for at := t; at > 0; at = at.Parent() {
			if i, ok := inkOf[at]; ok {
				classes[i] = append(classes[i], chroma.StandardTypes[t])
				break
			}
		}
	}
	return classes
}
