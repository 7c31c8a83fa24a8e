package advice_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/internal/browsertest"
)

// TestAssessment answers, gets a result, keeps it, and sees the lead warm up.
func TestAssessment(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/assessments/warm/")
	r.Sees(".progress", "0 of 2 answered")
	r.Sees(".band h3", "")
	r.AxeOnScreens("untouched")
	r.use("Barely", " ")
	r.Sees(".progress", "1 of 2 answered Go to the next open question")
	r.AxeOnScreens("half done")
	r.use("Go to the next open question")
	r.Press(browsertest.Down) // to the second option
	r.Sees("[role=status]", "Cool: 2 of 16 The result is below the questions.")
	r.Press(browsertest.Down)
	r.Sees(".progress", "")
	r.Becomes(`document.querySelector(".result-line").innerText`, "Cool: 4 of 16")
	r.Sees(".bars li", "Relationship: 1 of 4 (lowest) | Value: 4 of 4")
	r.Sees(".result .band .prose, .result .weakest .prose", "Wait a little. | Call your referrer.")
	r.Becomes(`document.querySelector(".result").innerText.includes("The score alone would be “Warm”")`, "true")
	r.Sees("[role=status]", "Cool: 4 of 16")
	r.AxeOnScreens("result shown")
	r.use("Copy my result")
	r.Becomes("window.copied.replace(location.host, 'host')", "# How warm is it?\n\nCool: 4 of 16\n\n- Relationship: 1 of 4\n- Value: 4 of 4\n\nhttp://host/sub/assessments/warm/\n")
	r.types("Who is it about?", "Dana")
	r.use("Keep this result")
	r.use("Well", " ")
	r.Becomes(`document.querySelector(".result-line").innerText`, "Warm: 16 of 16")
	r.types("Who is it about?", "Dana")
	r.use("Keep this result")
	r.Becomes(`[...document.querySelectorAll(".history li")].map((li) => li.innerText.replace(/^[^·]*· /, "").replace(/\s+/g, " ")).join(" | ")`,
		"Dana: Warm (16), up from 4 Remove | Dana: Cool (4) Remove")
	r.AxeOnScreens("with earlier results")
	r.open("/assessments/warm/")
	r.Becomes(`document.querySelector(".result-line").innerText`, "Warm: 16 of 16")
	r.use("Answer again")
	r.Sees(".progress", "0 of 2 answered")
	r.AxeOnScreens("with a way back")
	r.use("Undo")
	r.Becomes(`document.querySelector(".result-line").innerText`, "Warm: 16 of 16")
	r.use("All results, and how to score by hand")
	r.Becomes(`document.querySelector(".by-hand").innerText.includes("Score it by hand")`, "true")
	r.AxeOnScreens("all results")
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
	r.Sees(".progress", "0 of 1 answered")
	r.Sees(".result-line", "")
	r.use("Well", " ")
	r.Sees(".progress", "")
	r.Sees(".result-line", "Warm: 4 of 12")
	r.use("Well", " ")
	r.Sees(".result-line", "")
}

// TestTemplate fills in a message and finds its name filled in on the next.
func TestTemplate(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/templates/ask/")
	r.Sees(".message-text", "Hi First name, I have one: Question Your name")
	r.Sees(".message-state", "3 blanks left")
	r.AxeOnScreens("empty")
	r.types("Your name", "Ana & Bo")
	r.types("Question", "Why?\nHow?")
	r.Sees(".message-text", "Hi First name, I have one: Why? How? Ana & Bo")
	r.Sees(".message-state", "1 blank left")
	r.Sees(".subject", "Subject: A question from Ana & Bo")
	r.AxeOnScreens("half filled")
	r.use("Copy the message")
	r.Sees(".message .tools + .notice", "Copied. 1 blank is still empty: First name.")
	r.Becomes("window.copied", "Hi [First name], I have one: Why?\nHow?\n\nAna & Bo")
	r.types("First name", "Cy")
	r.Sees(".message-state", "All blanks are filled")
	r.Becomes(`decodeURIComponent(document.querySelector("a[href^=mailto]").href)`, "mailto:?subject=A question from Ana & Bo&body=Hi Cy, I have one: Why?\r\nHow?\r\n\r\nAna & Bo")
	r.AxeOnScreens("filled")

	r.use("Email", browsertest.Right)
	if got := r.Eval("document.activeElement.innerText"); got != "LinkedIn" {
		t.Errorf("the arrow key leads to %q", got)
	}
	r.Sees(".messages h2", "Short")
	r.Sees(".message-text", "Hi Cy, I am Ana & Bo.")
	r.Sees(".message-state", "All blanks are filled · 21 of 40 characters")
	r.types("Your name", "Annabelle Featherstonehaugh the Third")
	r.Sees(".message-state", "All blanks are filled · 50 of 40 characters · 10 characters too long")
	r.AxeOnScreens("too long")

	r.open("/templates/thanks/")
	r.Sees(".message-text", "Thanks! Annabelle Featherstonehaugh the Third")
	r.use("Clear the blanks")
	r.Sees(".message-text", "Thanks! Your name")
	r.AxeOnScreens("with a way back")
	r.use("Undo")
	r.Sees(".message-text", "Thanks! Annabelle Featherstonehaugh the Third")
}

// TestQuestions filters a bank and makes a list of one's own.
func TestQuestions(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/questions/bank/")
	r.AxeOnScreens("untouched")
	r.use("Depth", "o") // chooses "open"
	r.Sees(".question-text", "What made you agree? open | What do you do all day? open")
	r.use("Situation", browsertest.Down, browsertest.Down)
	r.Sees(".question-text", "What do you do all day? open")
	r.Sees(".found", "1 question")
	r.AxeOnScreens("filtered")
	r.open("/questions/bank/")
	for _, q := range []string{"How did you meet?", "What do you do all day?", "What would you do again?"} {
		r.use("Add to my list: " + q)
	}
	r.Sees(".my-list li > span:first-child", "How did you meet? | What do you do all day? | What would you do again?")
	r.use("Up: What would you do again?")
	r.Sees(".my-list li > span:first-child", "How did you meet? | What would you do again? | What do you do all day?")
	r.Press(browsertest.Enter) // the keyboard went along
	r.Sees(".my-list li > span:first-child", "What would you do again? | How did you meet? | What do you do all day?")
	r.use("Remove: How did you meet?")
	r.Sees("[role=status]", "2 questions on your list")
	r.use("Copy my list")
	r.Becomes("window.copied", "1. What would you do again?\n2. What do you do all day?\n")
	r.use("Print my list")
	r.Becomes(`/print-my-list/.test(window.printed)`, "true")
	r.AxeOnScreens("with a list")
	r.open("/questions/bank/")
	r.Sees(".my-list li > span:first-child", "What would you do again? | What do you do all day?")
	r.use("Clear my list")
	r.Sees(".my-list li", "")
	r.AxeOnScreens("with a way back")
	r.use("Undo")
	r.Sees(".my-list li > span:first-child", "What would you do again? | What do you do all day?")
}

// TestGuide walks through a guide and comes back to where it was left.
func TestGuide(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	r.open("/articles/read/")
	r.Sees(".trail", "")
	r.open("/guides/path/")
	r.Sees(".progress.whole", "0 of 3 done")
	r.AxeOnScreens("untouched")
	r.date("My first day", "2030-01-03")
	r.Sees(".steps .due", "1 day after the first day Fri, Jan 4, 2030 | 1 week after the first day Thu, Jan 10, 2030")
	r.use("Read first")
	r.Sees(".trail", "Step 1 of 3: From a name to a talk Next: Every week")
	r.AxeOnScreens("on a step")
	r.use("Next: Every week")
	r.Sees(".trail", "Step 2 of 3: From a name to a talk Previous: Read first Next: How warm is it?")
	r.use("Say hello", " ")
	r.open("/guides/path/")
	r.Sees(".step-state:not(:empty)", "1 of 2 done")
	r.Sees(".continue", "Continue with step 2: Every week") // reached by the link of the step before
	r.use("Done: Read first", " ")
	r.Sees(".progress.whole", "1 of 3 done")
	r.open("/checklists/weekly/")
	r.use("Rest", " ")
	r.open("/guides/path/")
	r.Sees(".progress.whole", "2 of 3 done")
	r.Sees(".continue", "Continue with step 3: How warm is it?")
	r.AxeOnScreens("half done")
	r.use("Done: Read first", " ")
	r.Sees(".continue", "Continue with step 1: Read first")
	r.use("How warm is it?")
	r.Sees(".trail", "Step 3 of 3: From a name to a talk Previous: Every week")
	r.open("/guides/path/")
	r.Sees(".continue", "Continue with step 3: How warm is it?") // where it was left
	r.use("Every week")
	r.use("Previous: Read first")
	r.Sees(".trail", "Step 1 of 3: From a name to a talk Next: Every week")
	r.open("/guides/path/")
	r.Sees(".continue", "Continue with step 1: Read first")
	r.use("Done: Read first", " ")
	r.use("Put open dates into my calendar")
	r.Becomes(`window.saved?.text().then((text) => text.match(/SUMMARY.*/g).join("|").trim())`, "SUMMARY:How warm is it?")
	r.use("Done: How warm is it?", " ")
	r.Sees(".progress.whole", "All 3 steps done")
	r.Sees(".continue", "")
	r.AxeOnScreens("finished")
	r.open("/progress/")
	r.Becomes(`document.querySelector(".begun li").innerText.replace(/last used .*/s, "").replace(/\s+/g, " ").trim()`, "From a name to a talk 3 of 3 done")
}

// TestProgressPage looks at what was begun, saves it, clears it and reads it back.
func TestProgressPage(t *testing.T) {
	h := serve(t, built(t, nil))
	r := newReader(t, h, "")
	r.open("/progress/")
	r.Becomes(`document.querySelector("[data-progress-page]").innerText.includes("You have not begun anything on this device yet.")`, "true")
	r.AxeOnScreens("empty")
	r.open("/checklists/after/")
	r.use("Send a thank-you", " ")
	r.open("/assessments/warm/")
	r.use("Well", " ")
	r.use("Much", " ")
	r.open("/progress/")
	r.Becomes(`[...document.querySelectorAll(".begun li")].map((li) => li.innerText.replace(/last used .*/s, "").replace(/\s+/g, " ").trim()).join(" | ")`,
		"After the meeting 1 of 6 done | How warm is it? Warm (16)")
	if got := r.Eval(`document.querySelector(".begun a").pathname`); got != base+"/checklists/after/" {
		t.Errorf("the link leads to %s", got)
	}
	r.AxeOnScreens("with two pages")
	r.use("Save everything as a file")
	r.Becomes("window.saved?.type", "application/json")
	file := filepath.Join(t.TempDir(), "copy.json")
	if err := os.WriteFile(file, []byte(r.Eval("window.saved.text()")), 0o600); err != nil {
		t.Fatal(err)
	}
	r.use("Remove: After the meeting")
	r.Sees(".begun a", "How warm is it?")
	r.AxeOnScreens("with a way back")
	r.use("Undo")
	r.Sees(".begun a", "After the meeting | How warm is it?")
	r.use("Remove everything")
	r.Sees(".begun a", "")

	other := newReader(t, h, "")
	other.open("/progress/")
	other.Upload("#import-file", file)
	other.Sees(".begun a", "After the meeting | How warm is it?")
	other.Sees(".notice", "2 pages were read from the file. Newer here and left alone: 0. Undo")
	other.open("/checklists/after/")
	other.isTicked("thank")
	other.use("The link", " ")
	other.open("/progress/")
	other.Upload("#import-file", file)
	other.Sees(".notice", "0 pages were read from the file. Newer here and left alone: 2. Undo")
	other.open("/checklists/after/")
	other.isTicked("thank link")

	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"rapport": 7}`), 0o600); err != nil {
		t.Fatal(err)
	}
	other.open("/progress/")
	other.Upload("#import-file", broken)
	other.Sees(".notice", "This file holds no progress that was saved here.")
	other.AxeOnScreens("with a refused file")
}

// TestKeyboardReachesAll goes through pages with the Tab key alone.
func TestKeyboardReachesAll(t *testing.T) {
	r := newReader(t, serve(t, built(t, nil)), "")
	for _, page := range []string{"/checklists/after/", "/assessments/warm/", "/templates/ask/", "/questions/bank/", "/guides/path/", "/progress/"} {
		r.open(page)
		want := r.Eval(`[...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")].filter((el) =>
			el.checkVisibility() && !el.disabled && el.tabIndex >= 0 && !(el.type === "radio" && el !== el.form.elements[el.name][0])).map((el, i) => { el.dataset.tab = i; return i; }).join(" ")`)
		if got := r.Eval(`document.querySelectorAll("main :is([role=status], [role=alert], [aria-live])").length`); got != "1" {
			t.Errorf("%s has %s live regions", page, got)
		}
		reached := map[string]bool{}
		for range len(strings.Fields(want)) + 25 {
			r.Press(browsertest.TabKey)
			reached[r.Eval(`document.activeElement.dataset.tab ?? (document.activeElement.type === "radio" ? document.activeElement.form.elements[document.activeElement.name][0].dataset.tab : "")`)] = true
		}
		for _, one := range strings.Fields(want) {
			if !reached[one] {
				t.Errorf("%s: the Tab key never reaches %s", page, r.Eval(`document.querySelector('[data-tab="`+one+`"]').outerHTML.slice(0, 200)`))
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
	r.use("Put open dates into my calendar")
	r.Becomes(`window.saved?.text().then((text) => text.match(/(SUMMARY|DTSTART).*/g).map((l) => l.trim()).join("|"))`, "DTSTART;VALUE=DATE:20300118|SUMMARY:Every week")
	r.use("Every week")
	r.Sees(".trail", "Step 1 of 2: Your four weeks Next: Read first")
	r.use("Say hello", " ")
	r.use("Rest", " ")
	r.open(address)
	r.Sees(".progress.whole", "1 of 2 done")
	r.Sees("main button", "") // nothing is left to put into a calendar
	r.AxeOnScreens("half done")
}
