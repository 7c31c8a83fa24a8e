package handout

import "testing"

func TestEmbed(t *testing.T) {
	got, err := Embed([]byte("\n"+`<article class="page checklist"><h2 id="a">A</h2><h6>F</h6><a href="#a">up</a><a href="/b/#a">away</a>`+
		`<form id="f"><label for="x">X</label><input id="x" form="f" aria-describedby="a x"></form><section role="doc-endnotes" aria-label="Footnotes"></section></article>`), "page-list", "s2-", 1)
	want := `<div class="checklist embedded" id="page-list" data-embedded="s2-"><h3 id="s2-a">A</h3><h6>F</h6><a href="#s2-a">up</a><a href="/b/#a">away</a>` +
		`<form id="s2-f"><label for="s2-x">X</label><input id="s2-x" form="s2-f" aria-describedby="s2-a s2-x"/></form><section></section></div>`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	if _, err := Embed([]byte("<p>none"), "p", "p-", 0); err == nil {
		t.Error("a paragraph was embedded as a page")
	}
}
