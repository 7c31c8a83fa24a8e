package pipeline

import (
	"bytes"
	"maps"
	"strings"
	"testing"
)

// Zero bytes stand for slots in a layout that is made ready. Content has no way to
// write one into a page, whatever it puts them into.
func TestContentLeavesNoSlots(t *testing.T) {
	const slot = "\x00header\x00"
	for _, html := range []string{"off", "sanitize"} {
		s := source{
			"site.yaml": "title: \"S \\0header\\0\"\nunsafe_html: " + html + "\nfooter: [{title: \"F \\0header\\0\", page: /}]\n",
			"content/articles/a.md": "---\ntitle: \"T \\0header\\0\"\nsummary: \"S \\0header\\0\"\ntags: [\"t \\0header\\0\"]\nparams: {x: \"\\0header\\0\"}\n---\n" + strings.ReplaceAll(
				"Text # `code #` **b #** [link #](b.md \"t #\") ![p #](p#.png) <b title=\"#\">raw #</b> <http://x#.org> tie[^1]\n\n[^1]: Note #\n\n## Heading # {#id}\n\n<div class=\"#\">\n#\n</div>\n\n"+
					"```go\nvar a = \"#\" // #\n```\n\n```#\n#\n```\n\n    indented #\n\n| a# | b |\n|---|---|\n| # | c |\n\n> [!NOTE] #\n> q #\n\nterm #\n: definition #\n", "#", slot),
			"content/glossary/tie.md":   "---\ntitle: \"Tie\"\nsummary: x\nshort: \"s \\0header\\0\"\nalso: [\"b \\0header\\0\"]\n---\n" + slot,
			"content/checklists/c.md":   "---\ntitle: \"C\\0header\\0\"\nsummary: x\n---\n## A " + slot + "\n- [ ] item " + slot + " {#x prompt=\"" + slot + "\" notes}\n\n  Help " + slot + "\n",
			"content/templates/m.md":    "---\ntitle: M\nsummary: x\nwhen: \"w \\0header\\0\"\n---\n```message channel=email label=\"" + slot + "\"\nSubject: Hi {{Name" + slot + "}}\n\nHello " + slot + ".\n```\n",
			"content/questions/bank.md": "---\ntitle: Bank\nsummary: x\n---\n## Open " + slot + " {#open}\n- What " + slot + "? {depth=easy}\n",
			"content/guides/g.md":       "---\ntitle: G\nsummary: x\noutcome: \"o \\0header\\0\"\n---\n## W " + slot + "\n1. [One " + slot + "](../articles/a.md) First " + slot + ".\n",
			"content/people/p.md":       "---\ntitle: P\nsummary: x\nrole: \"r \\0header\\0\"\n---\n" + slot,
			"content/sources/s.md":      "---\ntitle: S\nsummary: x\nkind: book\nauthors: [\"One \\0header\\0, A.\"]\nyear: \"1999\"\nclaim: \"c \\0header\\0\"\n---\n[@s] " + slot,
			"content/talks/toml.md":     "+++\ntitle = \"a \\u0000header\\u0000\"\nsummary = \"x\"\n+++\n[@s] tie",
			"content/notes/plain.md":    "# " + slot + "\n\n" + slot,
		}
		p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
		run(t, p, s, out)
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		pages := maps.Clone(out.files)
		maps.DeleteFunc(pages, func(path string, _ []byte) bool { return !strings.HasSuffix(path, ".html") })
		if len(pages) < 20 {
			t.Errorf("only %d pages were made", len(pages))
		}
		for path, data := range pages {
			if headers := bytes.Count(data, []byte(`<header class="site-header">`)); headers > 1 || bytes.IndexByte(data, 0) >= 0 {
				t.Errorf("%s (HTML %s) has %d headers and %d zero bytes", path, html, headers, bytes.Count(data, []byte{0}))
			}
		}
	}
}
