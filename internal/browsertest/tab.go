package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is a page in a browser. What cannot be done fails the test.
type Tab struct {
	t   testing.TB
	ctx context.Context

	mu    sync.Mutex
	host  string   // of the page
	said  []string // complaints
	asked []string // addresses
}

// patience is how long a page may take for anything.
const patience = 90 * time.Second

// Open opens a tab of a reader who was never here: nothing is stored yet.
func Open(t testing.TB) *Tab {
	t.Helper()
	return open(t, running(t), chromedp.WithNewBrowserContext())
}

// Another opens one more tab of the same reader.
func (b *Tab) Another() *Tab {
	b.t.Helper()
	return open(b.t, b.ctx)
}

func open(t testing.TB, of context.Context, options ...chromedp.ContextOption) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(of, options...)
	t.Cleanup(cancel)
	b := &Tab{t: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil { // the first must not be bounded: it opens the tab
		t.Fatal(err)
	}
	b.do(call(log.Enable, cdp.Empty{}), call(network.Enable, network.EnableParams{}), call(runtime.Enable, cdp.Empty{}))
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	return b
}

// hear notes what the browser tells of the page.
func (b *Tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" {
			b.said = append(b.said, e.Entry.Text+" "+e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		b.said = append(b.said, fmt.Sprint(e.ExceptionDetails.Text, " ", e.ExceptionDetails.Exception))
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.URL)
		if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" && u.Host != b.host {
			b.said = append(b.said, "a request to "+u.Host)
		}
	}
}

// Said returns what the browser has complained of since it was last asked:
// faults of scripts, words against the policy, requests to other hosts.
func (b *Tab) Said() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := b.said
	b.said = nil
	return said
}

// Asked returns the addresses that the page has asked for since then.
func (b *Tab) Asked() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	asked := b.asked
	b.asked = nil
	return asked
}

// Quiet wants no complaints but those that hold one of the words.
func (b *Tab) Quiet(but ...string) {
	b.t.Helper()
next:
	for _, said := range b.Said() {
		for _, word := range but {
			if strings.Contains(said, word) {
				continue next
			}
		}
		b.t.Errorf("the browser complains: %s", said)
	}
}

// Eval returns what an expression is, or comes to, as text; none for null.
func (b *Tab) Eval(expression string) string {
	b.t.Helper()
	text, err := b.eval(expression)
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

func (b *Tab) eval(expression string) (string, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[string]("Promise.resolve("+expression+").then((x) => String(x ?? ''))", chromedp.EvalAwaitPromise))
}

// Run runs statements, as text of a script.
func (b *Tab) Run(script string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](script))
}

// Want compares what an expression is.
func (b *Tab) Want(expression, want string) {
	b.t.Helper()
	if got := b.Eval(expression); got != want {
		b.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}

// Becomes waits until an expression is what it should be. While one page makes
// room for the next there may be nothing to ask.
func (b *Tab) Becomes(expression, want string) {
	b.t.Helper()
	var got string
	var err error
	for end := time.Now().Add(patience / 3); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got, err = b.eval(expression); err == nil && got == want {
			return
		}
	}
	main, _ := b.eval("(document.querySelector(`main`) ?? document.body).outerHTML")
	b.t.Fatalf("%s is %q, want %q (%v)\n%.2000s", expression, got, want, err, main)
}

// Await waits until an expression is true.
func (b *Tab) Await(expression string) {
	b.t.Helper()
	b.Becomes("Boolean("+expression+")", "true")
}

// Sees waits until the text of all elements that can be seen, parted by bars, is
// what it should be.
func (b *Tab) Sees(selector, want string) {
	b.t.Helper()
	b.Becomes(Visible(selector), want)
}

// Visible is an expression for the text of all elements that can be seen.
func Visible(selector string) string {
	return `[...document.querySelectorAll(` + Quoted(selector) + `)].filter((el) => el.checkVisibility()).map((el) => el.innerText.trim().replace(/\s+/g, " ")).join(" | ")`
}

// Quoted is a text as JavaScript writes it.
func Quoted(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

func (b *Tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// call makes an action of a command of the browser's protocol.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}
