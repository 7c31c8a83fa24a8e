package advice_test

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const whole = ".progress.whole label"

// TestChecklistKeeps ticks a list with the keyboard and comes back to it.
func TestChecklistKeeps(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.axe("untouched")
	r.sees(whole, "0 of 6 done, 3 required items left")
	r.press("Send a thank-you", " ")
	r.press("The link", " ")
	r.sees(whole, "2 of 6 done, 1 required item left")
	r.sees(".progress.part label", "1 of 2 done | 1 of 4 done")
	if got := r.js(`["thank", "debrief"].map((id) => getComputedStyle(document.querySelector('label[for="item-' + id + '"]')).fontWeight).join(" ")`); got != "400 600" {
		t.Errorf("what is done and what is open weigh %s", got)
	}
	r.sees(".required-mark", "(required) | (required) | (required)")
	r.sees(".kept", "What you tick and write stays in this browser, on this device. Nobody else sees it, but browsers may clear it. See everything you have begun, or save a copy.")
	r.sees(".score", "Score: 3 of 6. Begun")
	r.sees("[role=status]", "2 of 6 done, 1 required item left")
	if r.js(`document.querySelector("#item-promises").indeterminate`) != "true" {
		t.Error("the parent does not show that it is half done")
	}
	r.types("What surprised you?", "They laughed")
	r.types("Notes", "A good talk")
	r.date("Meeting date", "2030-01-03")
	r.sees(`[data-item="link"] .due`, "3 business days after Tue, Jan 8, 2030")
	r.axe("half done")

	r.open("/checklists/after/")
	r.isTicked("thank link")
	r.sees(whole, "2 of 6 done, 1 required item left")
	if got := r.js(`[...document.querySelectorAll("textarea, input[type=date]")].map((el) => el.value).join("|")`); got != "2030-01-03|They laughed|A good talk" {
		t.Errorf("notes and date: %s", got)
	}
	r.press("The name", " ")
	r.sees(whole, "4 of 6 done") // the parent is done with its required children
	r.sees(".score", "Score: 4 of 6. Closed")
	r.isTicked("thank promises link name")
	r.press("A joke", " ")
	r.press("Write down what you learned", " ")
	r.sees(whole, "All 6 done")
	r.axe("finished")
}

// TestChecklistParent ticks a parent, which ticks what it needs.
func TestChecklistParent(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.press("Keep your promises", " ")
	r.isTicked("promises link name")
	r.press("The link", " ")
	r.isTicked("name")
}

// TestChecklistEdited changes the list between two visits.
func TestChecklistEdited(t *testing.T) {
	h := serve(t, built(t, nil))
	r := newReader(t, h, "")
	r.open("/checklists/after/")
	r.press("Send a thank-you", " ")
	r.press("The link", " ")
	text, err := os.ReadFile("testdata/site/content/checklists/after.md")
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.NewReplacer("Send a thank-you", "Thank them by name", "  - [ ] The link {#link required due=+3bd}\n", "  - [ ] Something else {#else}\n").Replace(string(text))
	h.mu.Lock()
	h.files = built(t, map[string]string{"content/checklists/after.md": edited})
	h.mu.Unlock()
	r.open("/checklists/after/")
	r.isTicked("thank")
	r.sees(`[data-item="else"] .new`, "new since your last visit")
	r.sees(".new", "new since your last visit")
	r.axe("with a new item")
	r.open("/checklists/after/")
	r.sees(".new", "")
	r.open("/progress/")
	r.sees(".begun label", "1 of 6 done") // counted by the list as it is now

	h.mu.Lock()
	h.files = built(t, nil)
	h.mu.Unlock()
	r.open("/checklists/after/")
	r.isTicked("thank link") // what the edit hid is still there
}

// TestChecklistClear clears a list and takes it back.
func TestChecklistClear(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.press("Send a thank-you", " ")
	r.types("Notes", "Mine")
	r.press("Clear all")
	r.isTicked("")
	r.sees(".notice", "Cleared. Undo")
	r.axe("cleared")
	if got := r.js(`document.activeElement.innerText`); got != "Undo" {
		t.Errorf("the keyboard is at %q, not at Undo", got)
	}
	r.press("Undo")
	r.isTicked("thank")
	if got := r.js(`document.querySelector("#notes").value`); got != "Mine" {
		t.Errorf("the notes are %q", got)
	}
	r.sees(".notice", "")
}

// TestChecklistAgain starts a weekly list again and looks at the week before.
func TestChecklistAgain(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/weekly/")
	r.press("Say hello", " ")
	r.js(`document.querySelector("#item-hello-notes").focus()`)
	r.do(chromedp.KeyEvent("To Dana"))
	r.press("Start again")
	r.isTicked("")
	r.sees("summary", "1 earlier round")
	r.press("1 earlier round")
	r.wait(`document.querySelector(".rounds li").innerText.replace(/^.*: (.* done)/, "$1").replace(/\s+/g, " ")`, "1 of 2 done Say hello: To Dana")
	r.axe("with an earlier round")
	r.press("Undo")
	r.isTicked("hello")
	r.sees("summary", "")

	r.press("Rest", " ")
	r.js(`(() => { const key = "rapport:1:/checklists/weekly/"; const record = JSON.parse(localStorage[key]); record.begun = "2026-01-05"; localStorage[key] = JSON.stringify(record); })()`)
	r.open("/checklists/weekly/")
	r.axe("time to begin again")
	r.sees(".again", "You began on Mon, Jan 5, 2026, more than a week ago. Time to start again?")
}

// TestChecklistLeaves copies a list, puts its dates into a calendar and prints it.
func TestChecklistLeaves(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	r.press("Send a thank-you", " ")
	r.date("Meeting date", "2030-01-03")
	r.types("What surprised you?", "They laughed")
	r.press("Copy as text")
	r.wait("window.copied", `# After the meeting

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
	r.sees(".tools + .notice", "Copied.") // beside the button
	r.press("Put open dates into my calendar")
	r.wait(`window.saved?.text().then((text) => text.split("\r\n").filter((l) => /^(SUMMARY|DTSTART|UID|URL)/.test(l)).join("\n").replaceAll(location.host, "host").replaceAll(location.hostname, "name"))`, `UID:debrief-0.checklists-after@name
DTSTART;VALUE=DATE:20300103
SUMMARY:Write down what you learned
URL:http://host/sub/checklists/after/#item-debrief
UID:link-0.checklists-after@name
DTSTART;VALUE=DATE:20300108
SUMMARY:The link
URL:http://host/sub/checklists/after/#item-link`)
	r.press("Print blank")
	if got := r.js("window.printed"); !strings.HasSuffix(got, "print-blank 0") {
		t.Errorf("printing blank: %s", got)
	}
	if got := r.js("document.documentElement.classList.contains('print-blank')"); got != "false" {
		t.Error("the page stays blank after printing")
	}
	r.isTicked("thank")
	r.js(`navigator.clipboard.writeText = async () => { throw new Error("denied"); }`)
	r.press("Copy as text")
	r.sees("dialog h2", "The browser did not let us copy. Copy this text by hand:")
	r.wait(`document.querySelector("dialog textarea").value.startsWith("# After the meeting")`, "true")
	r.axe("dialog to copy by hand")
	r.press("Close")
	r.wait(`document.activeElement.innerText`, "Copy as text")
	r.press("Print")
	if got := r.js("window.printed"); !strings.HasSuffix(got, " 1") && got != "1" || strings.Contains(got, "blank") {
		t.Errorf("printing: %s", got)
	}
}

// TestChecklistShared sends a list to somebody who has ticks of their own.
func TestChecklistShared(t *testing.T) {
	h := serve(t, built(t, nil))
	sender := newReader(t, h, "")
	sender.open("/checklists/after/")
	sender.press("Send a thank-you", " ")
	sender.press("The name", " ")
	sender.types("What surprised you?", "Grüße 😀")
	sender.date("Meeting date", "2030-01-03")
	sender.press("Share as a link")
	sender.wait(`document.querySelector("dialog[open]")?.open`, "true")
	sender.axe("dialog open")
	without := sender.js(`document.querySelector("dialog input[type=text]").value`)
	sender.press("Include my notes", " ")
	with := sender.js(`document.querySelector("dialog input[type=text]").value`)
	if len(with) <= len(without) || strings.Contains(strings.SplitN(with, "#", 2)[0], "share") {
		t.Errorf("links %s and %s", without, with)
	}
	sender.press("Copy link")
	sender.wait("window.copied", with)
	sender.wait(`document.querySelectorAll("dialog[open]").length`, "0")

	r := newReader(t, h, "")
	r.open("/checklists/after/")
	r.press("The link", " ")
	const offer = "The link that you opened carries ticks: 2 of 6 done. Your own list: 1 of 6 done. Nothing has been changed."
	r.open(with)
	r.sees(".shared p:first-child", offer)
	r.isTicked("link")
	r.axe("with an offer")
	r.press("Look at it")
	r.isTicked("thank name")
	r.sees(".shared p:first-child", "You are looking at the shared list: 2 of 6 done. It is not kept, and your own list is as it was.")
	if got := r.js(`document.querySelector("#item-thank").disabled`); got != "true" {
		t.Error("a list that is only looked at can be ticked")
	}
	r.axe("looking at theirs")
	r.focus("Meeting date")
	r.do(chromedp.KeyEvent("05052031"))
	if got := r.js("document.activeElement.value"); got != "2030-01-03" {
		t.Errorf("the date of a list that is only looked at can be changed to %s", got)
	}
	r.press("Keep mine")
	r.isTicked("link")
	if got := r.js(`document.querySelector("#anchor-date").value`); got != "" {
		t.Errorf("looking at theirs changed the date to %s", got)
	}
	if got := r.js("location.hash"); got != "" {
		t.Errorf("the address still carries %s", got)
	}

	r.open(with)
	r.press("Add it to mine")
	r.isTicked("thank promises link name")
	if got := r.js(`document.querySelector("#item-debrief-notes").value + document.querySelector("#anchor-date").value`); got != "Grüße 😀2030-01-03" {
		t.Errorf("note and date: %s", got)
	}
	r.press("Undo")
	r.isTicked("link")

	r.open(without)
	r.press("Replace mine")
	r.isTicked("thank name")
	r.press("Undo")
	r.isTicked("link")

	r.open("/checklists/after/#share=1..99999999.")
	r.press("Add it to mine")
	r.isTicked("link")
	r.open("/checklists/after/#share=1.broken!")
	r.sees(".notice", "The link that you opened does not fit this list, so nothing of it was taken.")
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
		r.do(call(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone}))
		r.open("/checklists/after/")
		r.date("Meeting date", "2030-01-03")
		r.sees(`[data-item="thank"] .due`, want)
		r.axe("with a day in " + zone)
		r.press("Copy as text")
		r.wait(`window.copied.includes("- [ ] Send a thank-you (Fri, Jan 4, 2030)")`, "true")
		r.press("Put open dates into my calendar")
		r.wait(`window.saved?.text().then((text) => text.match(/DTSTART.*\d/)[0])`, "DTSTART;VALUE=DATE:20300104")
		r.open("/checklists/after/")
		r.sees(`[data-item="thank"] .due`, want)
	}
}

// TestTwoTabs changes a list in one tab and sees it in the other.
func TestTwoTabs(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/checklists/after/")
	other := r.tab()
	other.open("/checklists/after/")
	r.press("Send a thank-you", " ")
	other.sees(whole, "1 of 6 done, 2 required items left")
	other.press("The link", " ")
	r.sees(whole, "2 of 6 done, 1 required item left")
	r.isTicked("thank link")
	other.isTicked("thank link")
	other.open("/progress/")
	other.sees(".begun label", "2 of 6 done")
	r.press("The name", " ")
	other.sees(".begun label", "4 of 6 done")

	r.open("/assessments/warm/")
	other.open("/assessments/warm/")
	r.press("Barely", " ")
	other.sees(".progress label", "1 of 2 answered")
	r.open("/questions/bank/")
	other.open("/questions/bank/")
	r.press("Add to my list: How did you meet?")
	other.sees(".my-list li > span:first-child", "How did you meet?")
	r.open("/templates/ask/")
	other.open("/templates/thanks/")
	r.types("Your name", "Ana")
	other.sees(".message-text", "Thanks! Ana")
	r.open("/checklists/weekly/")
	other.open("/guides/path/")
	r.press("Rest", " ")
	other.sees(".step-state:not(:empty)", "1 of 2 done | 1 of 2 done")
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
	r.do(chromedp.Navigate(r.host.URL + base + "/checklists/after/"))
	r.press("Send a thank-you", " ")
	r.isTicked("thank")
	r.do(chromedp.Navigate(r.host.URL + base + "/progress/"))
	r.sees("[data-progress-page] h3", "Guides | Checklists | Self-tests | Questions")
	r.do(chromedp.Navigate(r.host.URL + base + "/assessments/warm/"))
	r.sees(".band h3", "Cool 1–3 | Warm 4–16")
}
