package highlight

import (
	"cmp"
	"embed"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

//go:embed message.xml
var ours embed.FS

// language is one of chroma's lexers, or ours.
type language struct {
	chroma chroma.Lexer
	// ready prepares the lexer at its first use; nil where only chroma can run it.
	ready func() *lexer
}

func newLanguage(l chroma.Lexer) *language {
	return &language{l, sync.OnceValue(func() *lexer {
		source, ok := l.(*chroma.RegexLexer)
		if !ok {
			return nil
		}
		made, err := newLexer(source)
		if err != nil {
			return nil
		}
		return made
	})}
}

// index finds a language by what people write after the fence. It is made at
// first use and never changes: asking chroma for an unknown name would try
// thousands of file patterns each time.
var index = sync.OnceValue(func() map[string]*language {
	byName := map[string]*language{}
	add := func(name string, l *language) {
		if name = strings.ToLower(name); byName[name] == nil {
			byName[name] = l
		}
	}
	all := []*language{newLanguage(chroma.MustNewXMLLexer(ours, "message.xml"))}
	// Of two lexers with one name, chroma knows the one that came last.
	for _, l := range slices.Backward(lexers.GlobalLexerRegistry.Lexers) {
		all = append(all, newLanguage(l))
	}
	// A name beats an alias, an alias beats a file name, whoever owns it.
	for _, l := range all {
		add(l.chroma.Config().Name, l)
	}
	for _, l := range all {
		for _, alias := range l.chroma.Config().Aliases {
			add(alias, l)
		}
	}
	slices.SortStableFunc(all, byPriority)
	for _, l := range all {
		for _, pattern := range l.chroma.Config().Filenames {
			if name := strings.TrimPrefix(pattern, "*."); !strings.ContainsAny(name, "*?[") {
				add(name, l)
			}
		}
	}
	return byName
})

// byPriority puts the lexer first that chroma prefers for a file name.
func byPriority(a, b *language) int {
	rank := func(l *language) float32 {
		// Chroma's zero is its ordinary priority, 1.
		return cmp.Or(l.chroma.Config().Priority, 1)
	}
	return cmp.Compare(rank(b), rank(a))
}

// isPlain tells whether a fence asks for no highlighting at all.
func isPlain(lang string) bool {
	switch lang {
	case "", "text", "txt", "plain", "plaintext", "no-highlight":
		return true
	}
	return false
}

// find returns the language for a language as an author names it: "Go", "js",
// "yml", ".py", "language-rust"; nil where there is none.
func find(lang string) *language {
	lang = strings.ToLower(lang)
	lang = strings.TrimPrefix(strings.TrimPrefix(lang, "language-"), ".")
	if l := index()[lang]; l != nil {
		return l
	}
	return index()[strings.TrimPrefix(path.Ext(lang), ".")]
}
