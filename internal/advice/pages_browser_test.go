package advice_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestAssessment answers, gets a result, keeps it, and sees the lead warm up.
func TestAssessment(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/assessments/warm/")
	r.sees(".progress", "0 of 2 answered")
	r.sees(".band h3", "")
	r.axe("untouched")
	r.press("Barely", " ")
	r.sees(".progress", "1 of 2 answered Go to the next open question")
	r.axe("half done")
	r.press("Go to the next open question")
	r.do(chromedp.KeyEvent(kb.ArrowDown)) // to the second option
	r.sees("[role=status]", "Cool: 2 of 16 The result is below the questions.")
	r.do(chromedp.KeyEvent(kb.ArrowDown))
	r.sees(".progress", "")
	r.wait(`document.querySelector(".result-line").innerText`, "Cool: 4 of 16")
	r.sees(".bars li", "Relationship: 1 of 4 (lowest) | Value: 4 of 4")
	r.sees(".result .band .prose, .result .weakest .prose", "Wait a little. | Call your referrer.")
	r.wait(`document.querySelector(".result").innerText.includes("The score alone would be “Warm”")`, "true")
	r.sees("[role=status]", "Cool: 4 of 16")
	r.axe("result shown")
	r.press("Copy my result")
	r.wait("window.copied.replace(location.host, 'host')", "# How warm is it?\n\nCool: 4 of 16\n\n- Relationship: 1 of 4\n- Value: 4 of 4\n\nhttp://host/sub/assessments/warm/\n")
	r.types("Who is it about?", "Dana")
	r.press("Keep this result")
	r.press("Well", " ")
	r.wait(`document.querySelector(".result-line").innerText`, "Warm: 16 of 16")
	r.types("Who is it about?", "Dana")
	r.press("Keep this result")
	r.wait(`[...document.querySelectorAll(".history li")].map((li) => li.innerText.replace(/^[^·]*· /, "").replace(/\s+/g, " ")).join(" | ")`,
		"Dana: Warm (16), up from 4 Remove | Dana: Cool (4) Remove")
	r.axe("with earlier results")
	r.open("/assessments/warm/")
	r.wait(`document.querySelector(".result-line").innerText`, "Warm: 16 of 16")
	r.press("Answer again")
	r.sees(".progress", "0 of 2 answered")
	r.axe("with a way back")
	r.press("Undo")
	r.wait(`document.querySelector(".result-line").innerText`, "Warm: 16 of 16")
	r.press("All results, and how to score by hand")
	r.wait(`document.querySelector(".by-hand").innerText.includes("Score it by hand")`, "true")
	r.axe("all results")
}

// TestAssessmentOfAny takes a self-test whose questions take any number of
// answers: none at all are no result.
func TestAssessmentOfAny(t *testing.T) {
	text, err := os.ReadFile("testdata/site/content/assessments/warm.md")
	if err != nil {
		t.Fatal(err)
	}
	any := strings.NewReplacer("know you?\n", "know you? {choose=any}\n", "offer?\n", "offer? {choose=any}\n", "within: lowest\nacross: product", "within: sum\nacross: sum",
		"Cool (1–3) {band=cool min=1 max=3}", "Cool (0–3) {band=cool min=0 max=3}").Replace(string(text))
	r := newReader(t, serve(t, built(t, map[string]string{"content/assessments/warm.md": any})), "")
	r.open("/assessments/warm/")
	r.sees(".progress", "0 of 1 answered")
	r.sees(".result-line", "")
	r.press("Well", " ")
	r.sees(".progress", "")
	r.sees(".result-line", "Warm: 4 of 12")
	r.press("Well", " ")
	r.sees(".result-line", "")
}

// TestTemplate fills in a message and finds its name filled in on the next.
func TestTemplate(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/templates/ask/")
	r.sees(".message-text", "Hi First name, I have one: Question Your name")
	r.sees(".message-state", "3 blanks left")
	r.axe("empty")
	r.types("Your name", "Ana & Bo")
	r.types("Question", "Why?\nHow?")
	r.sees(".message-text", "Hi First name, I have one: Why? How? Ana & Bo")
	r.sees(".message-state", "1 blank left")
	r.sees(".subject", "Subject: A question from Ana & Bo")
	r.axe("half filled")
	r.press("Copy the message")
	r.sees(".message .tools + .notice", "Copied. 1 blank is still empty: First name.")
	r.wait("window.copied", "Hi [First name], I have one: Why?\nHow?\n\nAna & Bo")
	r.types("First name", "Cy")
	r.sees(".message-state", "All blanks are filled")
	r.wait(`decodeURIComponent(document.querySelector("a[href^=mailto]").href)`, "mailto:?subject=A question from Ana & Bo&body=Hi Cy, I have one: Why?\r\nHow?\r\n\r\nAna & Bo")
	r.axe("filled")

	r.press("Email", kb.ArrowRight)
	if got := r.js("document.activeElement.innerText"); got != "LinkedIn" {
		t.Errorf("the arrow key leads to %q", got)
	}
	r.sees(".messages h2", "Short")
	r.sees(".message-text", "Hi Cy, I am Ana & Bo.")
	r.sees(".message-state", "All blanks are filled · 21 of 40 characters")
	r.types("Your name", "Annabelle Featherstonehaugh the Third")
	r.sees(".message-state", "All blanks are filled · 50 of 40 characters · 10 characters too long")
	r.axe("too long")

	r.open("/templates/thanks/")
	r.sees(".message-text", "Thanks! Annabelle Featherstonehaugh the Third")
	r.press("Clear the blanks")
	r.sees(".message-text", "Thanks! Your name")
	r.axe("with a way back")
	r.press("Undo")
	r.sees(".message-text", "Thanks! Annabelle Featherstonehaugh the Third")
}

// TestQuestions filters a bank and makes a list of one's own.
func TestQuestions(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/questions/bank/")
	r.axe("untouched")
	r.press("Depth", "o") // chooses "open"
	r.sees(".question-text", "What made you agree? open | What do you do all day? open")
	r.press("Situation", kb.ArrowDown, kb.ArrowDown)
	r.sees(".question-text", "What do you do all day? open")
	r.sees(".found", "1 question")
	r.axe("filtered")
	r.open("/questions/bank/")
	for _, q := range []string{"How did you meet?", "What do you do all day?", "What would you do again?"} {
		r.press("Add to my list: " + q)
	}
	r.sees(".my-list li > span:first-child", "How did you meet? | What do you do all day? | What would you do again?")
	r.press("Up: What would you do again?")
	r.sees(".my-list li > span:first-child", "How did you meet? | What would you do again? | What do you do all day?")
	r.do(chromedp.KeyEvent(kb.Enter)) // the keyboard went along
	r.sees(".my-list li > span:first-child", "What would you do again? | How did you meet? | What do you do all day?")
	r.press("Remove: How did you meet?")
	r.sees("[role=status]", "2 questions on your list")
	r.press("Copy my list")
	r.wait("window.copied", "1. What would you do again?\n2. What do you do all day?\n")
	r.press("Print my list")
	r.wait(`/print-my-list/.test(window.printed)`, "true")
	r.axe("with a list")
	r.open("/questions/bank/")
	r.sees(".my-list li > span:first-child", "What would you do again? | What do you do all day?")
	r.press("Clear my list")
	r.sees(".my-list li", "")
	r.axe("with a way back")
	r.press("Undo")
	r.sees(".my-list li > span:first-child", "What would you do again? | What do you do all day?")
}

// TestGuide walks through a guide and comes back to where it was left.
func TestGuide(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/articles/read/")
	r.sees(".trail", "")
	r.open("/guides/path/")
	r.sees(".progress.whole", "0 of 3 done")
	r.axe("untouched")
	r.date("My first day", "2030-01-03")
	r.sees(".steps .due", "1 day after the first day Fri, Jan 4, 2030 | 1 week after the first day Thu, Jan 10, 2030")
	r.press("Read first")
	r.sees(".trail", "Step 1 of 3: From a name to a talk Next: Every week")
	r.axe("on a step")
	r.press("Next: Every week")
	r.sees(".trail", "Step 2 of 3: From a name to a talk Previous: Read first Next: How warm is it?")
	r.press("Say hello", " ")
	r.open("/guides/path/")
	r.sees(".step-state:not(:empty)", "1 of 2 done")
	r.sees(".continue", "Continue with step 2: Every week") // reached by the link of the step before
	r.press("Done: Read first", " ")
	r.sees(".progress.whole", "1 of 3 done")
	r.open("/checklists/weekly/")
	r.press("Rest", " ")
	r.open("/guides/path/")
	r.sees(".progress.whole", "2 of 3 done")
	r.sees(".continue", "Continue with step 3: How warm is it?")
	r.axe("half done")
	r.press("Done: Read first", " ")
	r.sees(".continue", "Continue with step 1: Read first")
	r.press("How warm is it?")
	r.sees(".trail", "Step 3 of 3: From a name to a talk Previous: Every week")
	r.open("/guides/path/")
	r.sees(".continue", "Continue with step 3: How warm is it?") // where it was left
	r.press("Every week")
	r.press("Previous: Read first")
	r.sees(".trail", "Step 1 of 3: From a name to a talk Next: Every week")
	r.open("/guides/path/")
	r.sees(".continue", "Continue with step 1: Read first")
	r.press("Done: Read first", " ")
	r.press("Put open dates into my calendar")
	r.wait(`window.saved?.text().then((text) => text.match(/SUMMARY.*/g).join("|").trim())`, "SUMMARY:How warm is it?")
	r.press("Done: How warm is it?", " ")
	r.sees(".progress.whole", "All 3 steps done")
	r.sees(".continue", "")
	r.axe("finished")
	r.open("/progress/")
	r.wait(`document.querySelector(".begun li").innerText.replace(/last used .*/s, "").replace(/\s+/g, " ").trim()`, "From a name to a talk 3 of 3 done")
}

// TestProgressPage looks at what was begun, saves it, clears it and reads it back.
func TestProgressPage(t *testing.T) {
	h := serve(t, built(t, nil))
	r := newReader(t, h, "")
	r.open("/progress/")
	r.wait(`document.querySelector("[data-progress-page]").innerText.includes("You have not begun anything on this device yet.")`, "true")
	r.axe("empty")
	r.open("/checklists/after/")
	r.press("Send a thank-you", " ")
	r.open("/assessments/warm/")
	r.press("Well", " ")
	r.press("Much", " ")
	r.open("/progress/")
	r.wait(`[...document.querySelectorAll(".begun li")].map((li) => li.innerText.replace(/last used .*/s, "").replace(/\s+/g, " ").trim()).join(" | ")`,
		"After the meeting 1 of 6 done | How warm is it? Warm (16)")
	if got := r.js(`document.querySelector(".begun a").pathname`); got != base+"/checklists/after/" {
		t.Errorf("the link leads to %s", got)
	}
	r.axe("with two pages")
	r.press("Save everything as a file")
	r.wait("window.saved?.type", "application/json")
	file := filepath.Join(t.TempDir(), "copy.json")
	if err := os.WriteFile(file, []byte(r.js("window.saved.text()")), 0o600); err != nil {
		t.Fatal(err)
	}
	r.press("Remove: After the meeting")
	r.sees(".begun a", "How warm is it?")
	r.axe("with a way back")
	r.press("Undo")
	r.sees(".begun a", "After the meeting | How warm is it?")
	r.press("Remove everything")
	r.sees(".begun a", "")

	other := newReader(t, h, "")
	other.open("/progress/")
	other.do(chromedp.SetUploadFiles(chromedp.CSS("#import-file"), []string{file}))
	other.sees(".begun a", "After the meeting | How warm is it?")
	other.sees(".notice", "2 pages were read from the file. Newer here and left alone: 0. Undo")
	other.open("/checklists/after/")
	other.isTicked("thank")
	other.press("The link", " ")
	other.open("/progress/")
	other.do(chromedp.SetUploadFiles(chromedp.CSS("#import-file"), []string{file}))
	other.sees(".notice", "0 pages were read from the file. Newer here and left alone: 2. Undo")
	other.open("/checklists/after/")
	other.isTicked("thank link")

	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"rapport": 7}`), 0o600); err != nil {
		t.Fatal(err)
	}
	other.open("/progress/")
	other.do(chromedp.SetUploadFiles(chromedp.CSS("#import-file"), []string{broken}))
	other.sees(".notice", "This file holds no progress that was saved here.")
	other.axe("with a refused file")
}

// TestKeyboardReachesAll goes through pages with the Tab key alone.
func TestKeyboardReachesAll(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	for _, page := range []string{"/checklists/after/", "/assessments/warm/", "/templates/ask/", "/questions/bank/", "/guides/path/", "/progress/"} {
		r.open(page)
		want := r.js(`[...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")].filter((el) =>
			el.checkVisibility() && !el.disabled && el.tabIndex >= 0 && !(el.type === "radio" && el !== el.form.elements[el.name][0])).map((el, i) => { el.dataset.tab = i; return i; }).join(" ")`)
		if got := r.js(`document.querySelectorAll("main :is([role=status], [role=alert], [aria-live])").length`); got != "1" {
			t.Errorf("%s has %s live regions", page, got)
		}
		reached := map[string]bool{}
		for range len(strings.Fields(want)) + 25 {
			r.do(chromedp.KeyEvent(kb.Tab))
			reached[r.js(`document.activeElement.dataset.tab ?? (document.activeElement.type === "radio" ? document.activeElement.form.elements[document.activeElement.name][0].dataset.tab : "")`)] = true
		}
		for _, one := range strings.Fields(want) {
			if !reached[one] {
				t.Errorf("%s: the Tab key never reaches %s", page, r.js(`document.querySelector('[data-tab="%s"]').outerHTML.slice(0, 200)`, one))
			}
		}
	}
}

// TestHandout follows a bundle, whose days go into a calendar.
func TestHandout(t *testing.T) {
	site := built(t, nil)
	address := ""
	for name := range site {
		if strings.HasPrefix(name, "handouts/") {
			address = "/" + strings.TrimSuffix(name, "index.html")
		}
	}
	r := newReader(t, serve(t, site), "")
	r.open(address)
	r.press("Put open dates into my calendar")
	r.wait(`window.saved?.text().then((text) => text.match(/(SUMMARY|DTSTART).*/g).map((l) => l.trim()).join("|"))`, "DTSTART;VALUE=DATE:20300118|SUMMARY:Every week")
	r.press("Every week")
	r.sees(".trail", "Step 1 of 2: Your four weeks Next: Read first")
	r.press("Say hello", " ")
	r.press("Rest", " ")
	r.open(address)
	r.sees(".progress.whole", "1 of 2 done")
	r.sees("main button", "") // nothing is left to put into a calendar
	r.axe("half done")
}
