package advice_test

import (
	"os"
	"strings"
	"testing"

	"rapport/internal/browsertest"
)

// TestPageMoved moves a list to another file and names the old address: its
// readers find their ticks on the new page, in the guide and on the progress page.
func TestPageMoved(t *testing.T) {
	h := serve(t, built(t, nil))
	begun, began, both := newReader(t, h, ""), newReader(t, h, ""), newReader(t, h, "")
	for _, r := range []*reader{begun, began, both} {
		r.open("/checklists/after/")
		r.use("Send a thank-you", " ")
	}
	move(t, h, "redirects: [/checklists/after]")

	begun.open("/checklists/later/")
	begun.isTicked("thank")
	begun.use("The link", " ")
	begun.open("/progress/")
	begun.Sees(".begun li > a", "After the meeting")
	begun.Becomes(`Object.keys(localStorage).join(" ")`, "rapport:1:/checklists/later/")

	began.open("/progress/") // not the page itself
	began.Sees(".begun li > a", "After the meeting")
	if got := began.Eval(`document.querySelector(".begun a").pathname`); got != base+"/checklists/later/" {
		t.Errorf("the link leads to %s", got)
	}
	began.open("/checklists/later/")
	began.isTicked("thank")

	both.Eval(`localStorage.setItem("rapport:1:/checklists/later/", localStorage["rapport:1:/checklists/after/"].replace('["thank"]', '["joke"]'))`)
	both.open("/checklists/later/")
	both.isTicked("joke") // what is there already stays
	both.Becomes(`JSON.parse(localStorage["rapport:1:/checklists/after/"]).ticks.join()`, "thank")
}

// TestStepMoved moves a list that is a step of a guide.
func TestStepMoved(t *testing.T) {
	h := serve(t, built(t, map[string]string{"content/guides/path.md": guideTo("after")}))
	r := newReader(t, h, "")
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	move(t, h, "aliases: [/checklists/after/, Another name]")
	r.open("/guides/path/")
	r.Sees(".step-state:not(:empty)", "1 of 6 done")
}

func guideTo(name string) string {
	return "---\ntitle: From a name to a talk\nsummary: Three steps from a name on paper to a talk with a person.\noutcome: A talk.\n---\n## Week one\n1. [After the meeting](../checklists/" + name + ".md) It is short.\n"
}

// move gives the list after.md another file, with a line of front matter more.
func move(t *testing.T, h *browsertest.Host, line string) {
	t.Helper()
	text, err := os.ReadFile("testdata/site/content/checklists/after.md")
	if err != nil {
		t.Fatal(err)
	}
	moved := strings.Replace(string(text), "anchor:", line+"\nanchor:", 1)
	h.Show(built(t, map[string]string{
		"content/checklists/after.md": "---\ntitle: In the works\nsummary: Nothing.\ndraft: true\nslug: works\ntype: article\n---\n",
		"content/checklists/later.md": moved, "content/guides/path.md": guideTo("later"),
	}))
}
