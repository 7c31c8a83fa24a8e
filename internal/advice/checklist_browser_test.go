package advice_test

import (
	"os"
	"strings"
	"testing"
)

const whole = ".progress.whole label"

// TestChecklistKeeps ticks a list with the keyboard and comes back to it.
func TestChecklistKeeps(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.AxeOnScreens("untouched")
	r.Sees(whole, "0 of 6 done, 3 required items left")
	r.use("Send a thank-you", " ")
	r.use("The link", " ")
	r.Sees(whole, "2 of 6 done, 1 required item left")
	r.Sees(".progress.part label", "1 of 2 done | 1 of 4 done")
	if got := r.Eval(`["thank", "debrief"].map((id) => getComputedStyle(document.querySelector('label[for="item-' + id + '"]')).fontWeight).join(" ")`); got != "400 600" {
		t.Errorf("what is done and what is open weigh %s", got)
	}
	r.Sees(".required-mark", "(required) | (required) | (required)")
	r.Sees(".kept", "What you tick and write stays in this browser, on this device. Nobody else sees it, but browsers may clear it. See everything you have begun, or save a copy.")
	r.Sees(".score", "Score: 3 of 6. Begun")
	r.Sees("[role=status]", "2 of 6 done, 1 required item left")
	if r.Eval(`document.querySelector("#item-promises").indeterminate`) != "true" {
		t.Error("the parent does not show that it is half done")
	}
	r.types("What surprised you?", "They laughed")
	r.types("Notes", "A good talk")
	r.date("Meeting date", "2030-01-03")
	r.Sees(`[data-item="link"] .due`, "3 business days after Tue, Jan 8, 2030")
	r.AxeOnScreens("half done")

	r.open("/checklists/after/")
	r.isTicked("thank link")
	r.Sees(whole, "2 of 6 done, 1 required item left")
	if got := r.Eval(`[...document.querySelectorAll("textarea, input[type=date]")].map((el) => el.value).join("|")`); got != "2030-01-03|They laughed|A good talk" {
		t.Errorf("notes and date: %s", got)
	}
	r.use("The name", " ")
	r.Sees(whole, "4 of 6 done") // the parent is done with its required children
	r.Sees(".score", "Score: 4 of 6. Closed")
	r.isTicked("thank promises link name")
	r.use("A joke", " ")
	r.use("Write down what you learned", " ")
	r.Sees(whole, "All 6 done")
	r.AxeOnScreens("finished")
}

// TestChecklistParent ticks a parent, which ticks what it needs.
func TestChecklistParent(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.use("Keep your promises", " ")
	r.isTicked("promises link name")
	r.use("The link", " ")
	r.isTicked("name")
}

// TestChecklistEdited changes the list between two visits.
func TestChecklistEdited(t *testing.T) {
	h := serve(t, built(t, nil))
	r := newReader(t, h, "")
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.use("The link", " ")
	text, err := os.ReadFile("testdata/site/content/checklists/after.md")
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.NewReplacer("Send a thank-you", "Thank them by name", "  - [ ] The link {#link required due=+3bd}\n", "  - [ ] Something else {#else}\n").Replace(string(text))
	h.Show(built(t, map[string]string{"content/checklists/after.md": edited}))
	r.open("/checklists/after/")
	r.isTicked("thank")
	r.Sees(`[data-item="else"] .new`, "new since your last visit")
	r.Sees(".new", "new since your last visit")
	r.AxeOnScreens("with a new item")
	r.open("/checklists/after/")
	r.Sees(".new", "")
	r.open("/progress/")
	r.Sees(".begun label", "1 of 6 done") // counted by the list as it is now

	h.Show(built(t, nil))
	r.open("/checklists/after/")
	r.isTicked("thank link") // what the edit hid is still there
}

// TestChecklistClear clears a list and takes it back.
func TestChecklistClear(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.types("Notes", "Mine")
	r.use("Clear all")
	r.isTicked("")
	r.Sees(".notice", "Cleared. Undo")
	r.AxeOnScreens("cleared")
	if got := r.Eval(`document.activeElement.innerText`); got != "Undo" {
		t.Errorf("the keyboard is at %q, not at Undo", got)
	}
	r.use("Undo")
	r.isTicked("thank")
	if got := r.Eval(`document.querySelector("#notes").value`); got != "Mine" {
		t.Errorf("the notes are %q", got)
	}
	r.Sees(".notice", "")
}

// TestChecklistAgain starts a weekly list again and looks at the week before.
func TestChecklistAgain(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/weekly/")
	r.use("Say hello", " ")
	r.Eval(`document.querySelector("#item-hello-notes").focus()`)
	r.Press("To Dana")
	r.use("Start again")
	r.isTicked("")
	r.Sees("summary", "1 earlier round")
	r.use("1 earlier round")
	r.Becomes(`document.querySelector(".rounds li").innerText.replace(/^.*: (.* done)/, "$1").replace(/\s+/g, " ")`, "1 of 2 done Say hello: To Dana")
	r.AxeOnScreens("with an earlier round")
	r.use("Undo")
	r.isTicked("hello")
	r.Sees("summary", "")

	r.use("Rest", " ")
	r.Eval(`(() => { const key = "rapport:1:/checklists/weekly/"; const record = JSON.parse(localStorage[key]); record.begun = "2026-01-05"; localStorage[key] = JSON.stringify(record); })()`)
	r.open("/checklists/weekly/")
	r.AxeOnScreens("time to begin again")
	r.Sees(".again", "You began on Mon, Jan 5, 2026, more than a week ago. Time to start again?")
}

// TestChecklistLeaves copies a list, puts its dates into a calendar and prints it.
func TestChecklistLeaves(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.date("Meeting date", "2030-01-03")
	r.types("What surprised you?", "They laughed")
	r.use("Copy as text")
	r.Becomes("window.copied", `# After the meeting

## Within a day

- [x] Send a thank-you (Fri, Jan 4, 2030)
- [ ] Write down what you learned (Thu, Jan 3, 2030)

  > They laughed

## Within a week

- [ ] Keep your promises
  - [ ] The link (Tue, Jan 8, 2030)
  - [ ] The name
  - [ ] A joke

1 of 6 done, 2 required items left.

Score: 2 of 6. Begun
`)
	r.Sees(".tools + .notice", "Copied.") // beside the button
	r.use("Put open dates into my calendar")
	r.Becomes(`window.saved?.text().then((text) => text.split("\r\n").filter((l) => /^(SUMMARY|DTSTART|UID|URL)/.test(l)).join("\n").replaceAll(location.host, "host").replaceAll(location.hostname, "name"))`, `UID:debrief-0.checklists-after@name
DTSTART;VALUE=DATE:20300103
SUMMARY:Write down what you learned
URL:http://host/sub/checklists/after/#item-debrief
UID:link-0.checklists-after@name
DTSTART;VALUE=DATE:20300108
SUMMARY:The link
URL:http://host/sub/checklists/after/#item-link`)
	r.use("Print blank")
	if got := r.Eval("window.printed"); !strings.HasSuffix(got, "print-blank 0") {
		t.Errorf("printing blank: %s", got)
	}
	if got := r.Eval("document.documentElement.classList.contains('print-blank')"); got != "false" {
		t.Error("the page stays blank after printing")
	}
	r.isTicked("thank")
	r.Eval(`navigator.clipboard.writeText = async () => { throw new Error("denied"); }`)
	r.use("Copy as text")
	r.Sees("dialog h2", "The browser did not let us copy. Copy this text by hand:")
	r.Becomes(`document.querySelector("dialog textarea").value.startsWith("# After the meeting")`, "true")
	r.AxeOnScreens("dialog to copy by hand")
	r.use("Close")
	r.Becomes(`document.activeElement.innerText`, "Copy as text")
	r.use("Print")
	if got := r.Eval("window.printed"); !strings.HasSuffix(got, " 1") && got != "1" || strings.Contains(got, "blank") {
		t.Errorf("printing: %s", got)
	}
}

// TestChecklistShared sends a list to somebody who has ticks of their own.
func TestChecklistShared(t *testing.T) {
	h := serve(t, built(t, nil))
	sender := newReader(t, h, "")
	sender.open("/checklists/after/")
	sender.use("Send a thank-you", " ")
	sender.use("The name", " ")
	sender.types("What surprised you?", "Grüße 😀")
	sender.date("Meeting date", "2030-01-03")
	sender.use("Share as a link")
	sender.Becomes(`document.querySelector("dialog[open]")?.open`, "true")
	sender.AxeOnScreens("dialog open")
	without := sender.Eval(`document.querySelector("dialog input[type=text]").value`)
	sender.use("Include my notes", " ")
	with := sender.Eval(`document.querySelector("dialog input[type=text]").value`)
	if len(with) <= len(without) || strings.Contains(strings.SplitN(with, "#", 2)[0], "share") {
		t.Errorf("links %s and %s", without, with)
	}
	sender.use("Copy link")
	sender.Becomes("window.copied", with)
	sender.Becomes(`document.querySelectorAll("dialog[open]").length`, "0")

	r := newReader(t, h, "")
	r.open("/checklists/after/")
	r.use("The link", " ")
	const offer = "The link that you opened carries ticks: 2 of 6 done. Your own list: 1 of 6 done. Nothing has been changed."
	r.open(with)
	r.Sees(".shared p:first-child", offer)
	r.isTicked("link")
	r.AxeOnScreens("with an offer")
	r.use("Look at it")
	r.isTicked("thank name")
	r.Sees(".shared p:first-child", "You are looking at the shared list: 2 of 6 done. It is not kept, and your own list is as it was.")
	if got := r.Eval(`document.querySelector("#item-thank").disabled`); got != "true" {
		t.Error("a list that is only looked at can be ticked")
	}
	r.AxeOnScreens("looking at theirs")
	r.focus("Meeting date")
	r.Press("05052031")
	if got := r.Eval("document.activeElement.value"); got != "2030-01-03" {
		t.Errorf("the date of a list that is only looked at can be changed to %s", got)
	}
	r.use("Keep mine")
	r.isTicked("link")
	if got := r.Eval(`document.querySelector("#anchor-date").value`); got != "" {
		t.Errorf("looking at theirs changed the date to %s", got)
	}
	if got := r.Eval("location.hash"); got != "" {
		t.Errorf("the address still carries %s", got)
	}

	r.open(with)
	r.use("Add it to mine")
	r.isTicked("thank promises link name")
	if got := r.Eval(`document.querySelector("#item-debrief-notes").value + document.querySelector("#anchor-date").value`); got != "Grüße 😀2030-01-03" {
		t.Errorf("note and date: %s", got)
	}
	r.use("Undo")
	r.isTicked("link")

	r.open(without)
	r.use("Replace mine")
	r.isTicked("thank name")
	r.use("Undo")
	r.isTicked("link")

	r.open("/checklists/after/#share=1..99999999.")
	r.use("Add it to mine")
	r.isTicked("link")
	r.open("/checklists/after/#share=1.broken!")
	r.Sees(".notice", "The link that you opened does not fit this list, so nothing of it was taken.")
	r.isTicked("link")
}

// TestDaysHoldInEveryZone reads a list at one moment at both ends of the world:
// the days are the same, and what is overdue follows the reader's own day.
func TestDaysHoldInEveryZone(t *testing.T) {
	const clock = `Date = class extends Date { constructor(...of) { super(...(of.length ? of : ["2030-01-04T10:45:00Z"])); } };`
	h := serve(t, built(t, nil))
	for zone, want := range map[string]string{
		"Pacific/Kiritimati": "1 day after Fri, Jan 4, 2030 (overdue)",
		"Pacific/Pago_Pago":  "1 day after Fri, Jan 4, 2030",
	} {
		r := newReader(t, h, clock)
		r.TimeZone(zone)
		r.open("/checklists/after/")
		r.date("Meeting date", "2030-01-03")
		r.Sees(`[data-item="thank"] .due`, want)
		r.AxeOnScreens("with a day in " + zone)
		r.use("Copy as text")
		r.Becomes(`window.copied.includes("- [ ] Send a thank-you (Fri, Jan 4, 2030)")`, "true")
		r.use("Put open dates into my calendar")
		r.Becomes(`window.saved?.text().then((text) => text.match(/DTSTART.*\d/)[0])`, "DTSTART;VALUE=DATE:20300104")
		r.open("/checklists/after/")
		r.Sees(`[data-item="thank"] .due`, want)
	}
}

// TestTwoTabs changes a list in one tab and sees it in the other.
func TestTwoTabs(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	other := r.tab()
	other.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	other.Sees(whole, "1 of 6 done, 2 required items left")
	other.use("The link", " ")
	r.Sees(whole, "2 of 6 done, 1 required item left")
	r.isTicked("thank link")
	other.isTicked("thank link")
	other.open("/progress/")
	other.Sees(".begun label", "2 of 6 done")
	r.use("The name", " ")
	other.Sees(".begun label", "4 of 6 done")

	r.open("/assessments/warm/")
	other.open("/assessments/warm/")
	r.use("Barely", " ")
	other.Sees(".progress label", "1 of 2 answered")
	r.open("/questions/bank/")
	other.open("/questions/bank/")
	r.use("Add to my list: How did you meet?")
	other.Sees(".my-list li > span:first-child", "How did you meet?")
	r.open("/templates/ask/")
	other.open("/templates/thanks/")
	r.types("Your name", "Ana")
	other.Sees(".message-text", "Thanks! Ana")
	r.open("/checklists/weekly/")
	other.open("/guides/path/")
	r.use("Rest", " ")
	other.Sees(".step-state:not(:empty)", "1 of 2 done | 1 of 2 done")
}

// TestWithoutScript reads and ticks pages in a browser without script.
func TestWithoutScript(t *testing.T) {
	site := built(t, nil)
	for name := range site {
		if strings.HasPrefix(name, "assets/advice/") {
			site[name] = nil
		}
	}
	r := newReader(t, serve(t, site), "")
	r.Goto(r.site + "/checklists/after/")
	r.use("Send a thank-you", " ")
	r.isTicked("thank")
	r.Goto(r.site + "/progress/")
	r.Sees("[data-progress-page] h3", "Guides | Checklists | Self-tests | Questions")
	r.Goto(r.site + "/assessments/warm/")
	r.Sees(".band h3", "Cool 1–3 | Warm 4–16")
}
