// Package browsertest lets tests look at pages as readers do: in a Chromium
// without a window, under the policy that sites work under. Only tests import
// it.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// Policy is the Content-Security-Policy that every page must work under.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"

// Plain is a name that leads to this machine as another host would: without
// https it gives pages no secure context.
const Plain = "coach.test"

// browser is the one of all tests of a package. It starts with the first tab.
var browser struct {
	once sync.Once
	ctx  context.Context // nil if there is none
	err  error
}

// Main runs the tests of a package, and closes their browser.
func Main(m *testing.M) {
	status := m.Run()
	if browser.ctx != nil {
		_ = chromedp.Cancel(browser.ctx)
	}
	os.Exit(status)
}

// start starts Chromium if there is one.
func start() {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
			chromedp.Flag("host-resolver-rules", "MAP "+Plain+" 127.0.0.1"))
		allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
		browser.ctx, _ = chromedp.NewContext(allocator)
		browser.err = chromedp.Do(browser.ctx)
		return
	}
}

// required reports whether tests fail rather than go without the browser and
// the accessibility checker.
func required() bool { return os.Getenv("RAPPORT_BROWSER") == "required" }

// running returns the browser, or skips the test where there is none.
func running(t testing.TB) context.Context {
	t.Helper()
	browser.once.Do(start)
	switch {
	case browser.err != nil:
		t.Fatal(browser.err)
	case browser.ctx == nil && required():
		t.Fatal("there is no Chromium, and browser tests are required")
	case browser.ctx == nil:
		t.Skip("there is no Chromium: browser tests are skipped")
	}
	return browser.ctx
}
