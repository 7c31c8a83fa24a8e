package pipeline

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

// zero is the mark of a slot, as text and as YAML has it.
const zero, quotedZero = "\x00header\x00", `"\0header\0"`

// zeroText is Markdown with zero bytes in each construct.
var zeroText = strings.ReplaceAll("\n## More ZERO\n\nText ZERO `code ZERO` **b ZERO** [link ZERO](https://example.org/ZERO \"ZERO\") <b title=\"ZERO\">ZERO</b> &#0;header&#0; <http://x.org/ZERO> http://x.org/ZERO [^1]\n\n[^1]: Note ZERO\n\n"+
	"<div class=\"ZERO\">\nZERO\n</div>\n\n<!-- ZERO -->\n\n```go\nfunc f() { \"ZERO\" } // ZERO\n```\n\n```text\nZERO\n```\n\n```ZERO\nZERO\n```\n\n    ZERO\n\n| ZERO |\n|---|\n| ZERO |\n\n> [!NOTE] ZERO\n> ZERO\n\n", "ZERO", zero)

// shown are keys of front matter that pages show as words.
var shown = regexp.MustCompile(`(?m)^(title|summary|role|short|claim|outcome|anchor|when|year): "?([^"\n]*)"?$`)

// zeroSite has zero bytes wherever authors write.
func zeroSite(unsafe string) source {
	s := lawSite()
	for path, text := range s {
		if strings.HasSuffix(path, ".md") {
			s[path] = shown.ReplaceAllString(text, `$1: "$2 \0header\0"`) + zeroText
			s[path] = strings.Replace(s[path], "title: ", "params: {x: "+quotedZero+", y: ["+quotedZero+"]}\ntitle: ", 1)
		}
	}
	s["site.yaml"] += strings.ReplaceAll("unsafe_html: "+unsafe+"\nparams: {x: ZERO}\nbrand: b\nbrands:\n  b: {name: ZERO, footer: ZERO}\nfooter:\n  - {title: ZERO, page: extra/}\nhome:\n  lead: ZERO\n", "ZERO", quotedZero)
	s["content/zero.md"] = page("Zero", "") + "```go\nx := \"\x00\"\n```\n\nWhat follows a lone one is there.\n"
	s["content/wrong.md"] = page("Wrong", "") + strings.ReplaceAll("![ZERO](ZERO.png) [[ZERO]] [@ZERO] [x](ZERO.md) [a](#ZERO) {#ZERO}\n", "ZERO", zero)
	s["content/toml.md"] = "+++\ntitle = \"A \\u0000header\\u0000\"\nsummary = \"\\u0000\"\n+++\n"
	s["content/checklists/list.md"] += "- [ ] Item " + zero + " {#zero prompt=\"" + zero + "\" notes}\n"
	s["content/templates/ask.md"] += "```message channel=email label=\"" + zero + "\"\nSubject: " + zero + " {{Name}}\n\n" + zero + "\n```\n"
	s["themes/default/messages/en.yaml"] = strings.Replace(english, "home: Home", "home: "+quotedZero, 1)
	s["themes/default/layouts/article.html"] = `{{define "main"}}<article>{{template "partials/heading.html" .}}{{.Content}}{{.Params}}<p title="{{.T "home"}}" {{range .Params}}data-x="{{.}}"{{end}}>{{.T "home"}}</p><script type="application/json">{{.Params}}</script></article>{{end}}`
	return s
}

// TestZeroBytes puts zero bytes wherever authors write. None may reach a page:
// they would be taken for the slots of shared pieces.
func TestZeroBytes(t *testing.T) {
	for _, unsafe := range []string{"off", "sanitize"} {
		s := zeroSite(unsafe)
		p, out := New(settings(t, s)), &memory{files: map[string][]byte{}}
		for line := range strings.Lines(run(t, p, s, out).diags) {
			if strings.Contains(line, ": error: ") && !strings.HasPrefix(line, "content/wrong.md") {
				t.Errorf("unsafe_html: %s: %s", unsafe, line)
			}
		}
		pages, header := 0, []byte(`<header class="site-header">`)
		for path, data := range out.files {
			if !strings.HasSuffix(path, ".html") {
				continue
			}
			pages++
			if at := bytes.IndexByte(data, 0); at >= 0 {
				t.Errorf("unsafe_html: %s: %s holds a zero byte: %q", unsafe, path, data[max(0, at-60):min(len(data), at+60)])
			}
			if bytes.Count(data, header) > 1 {
				t.Errorf("unsafe_html: %s: %s shows the header more than once", unsafe, path)
			}
		}
		if pages < 30 || !bytes.Contains(out.files["zero/index.html"], []byte("What follows a lone one")) {
			t.Errorf("unsafe_html: %s: there are %d pages, one of them\n%s", unsafe, pages, out.files["zero/index.html"])
		}
		p.Close()
	}
}
