package browsertest

import (
	"context"
	"net/url"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys that have no letter.
const (
	Enter     = kb.Enter
	Escape    = kb.Escape
	Backspace = kb.Backspace
	TabKey    = kb.Tab
	Up        = kb.ArrowUp
	Down      = kb.ArrowDown
	Right     = kb.ArrowRight
)

// Goto opens an address, which may be of a file. From now on that is the host.
func (b *Tab) Goto(address string) {
	b.t.Helper()
	if u, err := url.Parse(address); err == nil {
		b.mu.Lock()
		b.host = u.Host
		b.mu.Unlock()
	}
	b.do(chromedp.Navigate(address))
}

// Anew opens an address that may differ from the last by no more than its
// fragment, so that the page begins anew.
func (b *Tab) Anew(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate("about:blank"))
	b.Goto(address)
}

// Reload opens the page once more.
func (b *Tab) Reload() {
	b.t.Helper()
	b.do(chromedp.Reload())
}

// Press presses one key after the other, or the keys of a whole text.
func (b *Tab) Press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		b.do(chromedp.KeyEvent(key))
	}
}

// Keys that are held while another is pressed.
const (
	Alone = int64(chromedp.ModifierNone)
	Ctrl  = int64(chromedp.ModifierCtrl)
	Meta  = int64(chromedp.ModifierMeta)
)

// Shortcut presses a letter as keyboards do: who takes the key keeps the letter
// out of the text.
func (b *Tab) Shortcut(letter string, held int64) {
	b.t.Helper()
	down := input.DispatchKeyEventParams{Type: kb.KeyDown, Key: letter, Text: letter, Modifiers: held}
	if held != Alone {
		down.Text = ""
	}
	b.do(call(input.DispatchKeyEvent, down), call(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kb.KeyUp, Key: letter}))
}

// Focus moves the keyboard to an element.
func (b *Tab) Focus(selector string) {
	b.t.Helper()
	b.do(chromedp.Focus(selector))
}

// Click clicks on an element with the mouse.
func (b *Tab) Click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(selector))
}

// Type types a text into an element.
func (b *Tab) Type(selector, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(selector, text))
}

// Upload gives a file to an input.
func (b *Tab) Upload(selector, file string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}))
}

// Before runs a script on every page from now on before its own.
func (b *Tab) Before(script string) {
	b.t.Helper()
	b.do(call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}))
}

// Screen sets the size of the screen in CSS pixels, and whether the system is
// light or dark. Nothing moves, so that no color is measured half way.
func (b *Tab) Screen(width, height int64, scheme string) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height), call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}))
}

// Medium shows the page as on "print" or "screen".
func (b *Tab) Medium(name string) {
	b.t.Helper()
	b.do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}))
}

// Print returns the page as a PDF on A4, or on what the page itself asks for.
func (b *Tab) Print() (pdf []byte) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		printed, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69, PreferCSSPageSize: new(true)})
		if err == nil {
			pdf = printed.Data
		}
		return err
	}))
	return pdf
}

// Scripts turns the scripts of pages on or off.
func (b *Tab) Scripts(on bool) {
	b.t.Helper()
	b.do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}))
}

// TimeZone moves the reader, such as to "Pacific/Auckland".
func (b *Tab) TimeZone(name string) {
	b.t.Helper()
	b.do(call(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: name}))
}

// Offline takes the network away.
func (b *Tab) Offline() {
	b.t.Helper()
	b.do(call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{Offline: true}}}))
}
