package advice_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// staysOpen keeps a page as it is handed to the printer.
const staysOpen = `window.print = () => { window.printed = true; };`

// medium shows the page as it is on "screen" or in "print".
func (r *reader) medium(name string) {
	r.t.Helper()
	r.Medium(name)
	r.Becomes(`matchMedia("`+name+`").matches`, "true")
}

// pages prints the page on A4 and returns the number of its sheets. The file
// stays where RAPPORT_PAPER says, to be looked at.
func (r *reader) pages(name string) int {
	r.t.Helper()
	pdf := r.Print()
	if dir := os.Getenv("RAPPORT_PAPER"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
	return len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
}

// TestPrintedChecklist prints a list as it is, and as one to fill in by hand.
func TestPrintedChecklist(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), staysOpen)
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.types("What surprised you?", "They laughed")
	r.date("Meeting date", "2030-01-03")
	r.use("Print")
	r.medium("print")
	r.Sees(".progress.whole", "1 of 6 done, 2 required items left")
	r.Sees(`[data-item="thank"] .due`, "1 day after Fri, Jan 4, 2030")
	r.Sees("button, .kept, .notice, .trail, .site-footer", "")
	if got := r.Eval(`document.querySelector("#item-thank").checked + document.querySelector("#item-debrief-notes").value`); got != "trueThey laughed" {
		t.Errorf("on paper: %s", got)
	}
	r.pages("half")
	r.medium("screen")
	r.use("Print blank")
	r.medium("print")
	r.Sees(".progress, .score, .due-day, button, .kept", "")
	r.Sees(`[data-item="thank"] .due`, "1 day after")
	if got := r.Eval(`document.querySelectorAll(":checked").length + document.querySelector("#item-debrief-notes").value + document.querySelector("#anchor-date").value`); got != "0" {
		t.Errorf("on blank paper: %s", got)
	}
	r.pages("blank")
}

// TestPrintedRest prints a result, a message and a guide.
func TestPrintedRest(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), staysOpen)
	r.open("/assessments/warm/")
	r.use("Well", " ")
	r.use("Much", " ")
	r.medium("print")
	r.Sees(".result-line", "Warm: 16 of 16")
	r.Sees("button, .keeper, .by-hand", "")
	r.pages("assessment")
	r.medium("screen")
	r.open("/templates/ask/")
	r.types("Your name", "Ana")
	r.medium("print")
	r.Sees(".subject", "Subject: A question from Ana")
	r.Sees("button, form, .message-state, .kept", "")
	r.pages("template")
	r.medium("screen")
	r.open("/guides/path/")
	r.use("Done: Read first", " ")
	r.medium("print")
	r.Sees(".progress.whole", "2 of 3 done")
	r.Sees(".step-done label", "Done | Done") // the third is open
	r.pages("guide")
}

// TestPrintedQuestions prints a list of twenty questions on one sheet, and
// nothing of the bank around it.
func TestPrintedQuestions(t *testing.T) {
	var bank strings.Builder
	bank.WriteString("---\ntitle: Good questions\nsummary: Questions for the first talk, sorted by situation and depth.\n---\n## Begin\n")
	for i := range 60 {
		fmt.Fprintf(&bank, "- What came of the plan that you told me about, number %d? {#q%d}\n\n  It shows that you listened.\n", i, i)
	}
	r := newReader(t, serve(t, built(t, map[string]string{"content/questions/bank.md": bank.String()})), staysOpen)
	r.open("/questions/bank/")
	r.Eval(`[...document.querySelectorAll(".pick")].slice(0, 20).forEach((b) => b.click())`)
	if n := r.pages("bank"); n < 2 {
		t.Errorf("the whole bank is on %d sheet", n)
	}
	r.use("Print my list")
	r.medium("print")
	if got := r.Eval(`document.querySelector(".my-list").innerText.match(/number \d+\?/g).length`); got != "20" {
		t.Errorf("%s questions", got)
	}
	r.Becomes(`[...document.querySelectorAll("main *")].filter((el) => !el.closest(".my-list") && !el.querySelector(".my-list") && el.checkVisibility({visibilityProperty: true}) && el.innerText?.trim()).length`, "0")
	if room := r.Eval(`(({paddingInlineStart, fontSize}) => parseFloat(paddingInlineStart) / parseFloat(fontSize))(getComputedStyle(document.querySelector(".my-list ol")))`); room < "2" {
		t.Errorf("numbers of two digits have room of %s letters", room)
	}
	if n := r.pages("my-list"); n != 1 {
		t.Errorf("my list is on %d sheets", n)
	}
}
