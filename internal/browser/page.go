package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Page is one tab of one person. Its steps return the page, so that they read
// as a story; a step that cannot be done ends the test.
type Page struct {
	t       testing.TB
	ctx     context.Context
	browser *Browser
	origin  string
	view    View

	mu         sync.Mutex
	complaints []string
	loading    int    // navigations begun, not yet loaded
	status     int64  // of the last document
	document   string // its address
	forgiven   func(string) bool
}

// patience is how long a look waits for what should come: long, for the
// machine that tests is busy.
const patience = 25 * time.Second

// hear takes down what the page does. It must not wait for the browser.
func (p *Page) hear(ev any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch ev := ev.(type) {
	case *log.EventEntryAdded:
		e := ev.Entry
		if e.Level != log.EntryLevelError && e.Source != "security" && e.Source != "violation" {
			return
		}
		// A page that is meant to say 404 or 410 is no failure of the page.
		if e.Source == "network" && e.URL == p.document && p.status >= 400 {
			return
		}
		p.complain("console: %s %s: %s", e.Source, e.URL, e.Text)
	case *runtime.EventExceptionThrown:
		p.complain("uncaught: %s", exception(ev.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" || ev.Type == "assert" {
			var said []string
			for _, a := range ev.Args {
				said = append(said, plain(a))
			}
			p.complain("console.%s: %s", ev.Type, strings.Join(said, " "))
		}
	case *network.EventRequestWillBeSent:
		u := ev.Request.URL
		if !strings.HasPrefix(u, p.origin+"/") && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			p.complain("asks another origin: %s", u)
		}
	case *network.EventResponseReceived:
		if ev.Type == "Document" {
			p.status, p.document = ev.Response.Status, ev.Response.URL
		}
	case *page.EventFrameRequestedNavigation:
		if ev.Disposition == "currentTab" {
			p.loading = 1
		}
	case *page.EventFrameStartedNavigating:
		if !strings.Contains(string(ev.NavigationType), "ameDocument") {
			p.loading = 1
		}
	case *page.EventFrameNavigated:
		if ev.Type == page.NavigationTypeBackForwardCacheRestore { // nothing is loaded again
			p.loading = 0
			p.status, p.document = 200, ev.Frame.URL
		}
	case *page.EventNavigatedWithinDocument, *page.EventLoadEventFired, *page.EventFrameStoppedLoading:
		p.loading = 0
	}
}

// complain is called with mu held.
func (p *Page) complain(format string, args ...any) {
	c := fmt.Sprintf(format, args...)
	if p.forgiven != nil && p.forgiven(c) {
		return
	}
	p.complaints = append(p.complaints, c+" (at "+p.document+")")
}

// Forgive lets the page make the complaints that contain one of these words.
func (p *Page) Forgive(words ...string) *Page {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forgiven = func(c string) bool {
		for _, w := range words {
			if strings.Contains(c, w) {
				return true
			}
		}
		return false
	}
	return p
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

// afterwards fails the test for what the page complained of.
func (p *Page) afterwards() {
	p.t.Helper()
	p.mu.Lock()
	complaints := p.complaints
	p.mu.Unlock()
	for _, c := range complaints {
		p.t.Errorf("%s: %s", p.view.Name, c)
	}
	if p.t.Failed() {
		p.Picture("failed")
	}
}

// Open goes to a path of the origin and waits until it has loaded.
func (p *Page) Open(path string) *Page {
	p.t.Helper()
	p.begin()
	if r := call(p, page.Navigate, page.NavigateParams{URL: p.origin + path}); r.ErrorText != "" {
		p.fail("open %s: %s", path, r.ErrorText)
	}
	p.settle()
	return p
}

// Back goes to the page before.
func (p *Page) Back() *Page {
	p.t.Helper()
	p.begin()
	past := call(p, page.GetNavigationHistory, cdp.Empty{})
	if past.CurrentIndex < 1 {
		p.fail("there is no page to go back to")
	}
	call(p, page.NavigateToHistoryEntry, page.NavigateToHistoryEntryParams{EntryID: past.Entries[past.CurrentIndex-1].ID})
	p.settle()
	return p
}

// Status is the HTTP status of the page.
func (p *Page) Status() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return int(p.status)
}

// Path is the path and query of the page.
func (p *Page) Path() string {
	p.t.Helper()
	return Eval[string](p, `location.pathname + location.search`)
}

// begin says that a navigation is coming.
func (p *Page) begin() {
	p.mu.Lock()
	p.loading = 1
	p.mu.Unlock()
}

// settle waits until what was begun has loaded.
func (p *Page) settle() {
	p.t.Helper()
	time.Sleep(40 * time.Millisecond) // a click may begin it a moment later
	p.eventually(func() string {
		p.mu.Lock()
		loading := p.loading
		p.mu.Unlock()
		if loading > 0 {
			return "the page is still loading"
		}
		state, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`document.readyState`))
		if err != nil || state != "complete" {
			return "the page is not ready: " + state
		}
		return ""
	})
}

// eventually asks until the answer is empty, or fails with the last answer.
func (p *Page) eventually(ask func() string) {
	p.t.Helper()
	end := time.Now().Add(patience)
	pause := 10 * time.Millisecond
	for {
		wrong := ask()
		if wrong == "" {
			return
		}
		if time.Now().After(end) || p.ctx.Err() != nil {
			p.fail("%s", wrong)
		}
		time.Sleep(pause)
		pause = min(2*pause, 200*time.Millisecond)
	}
}

// fail ends the test with where the page is and what stands on it.
func (p *Page) fail(format string, args ...any) {
	p.t.Helper()
	where, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.replace(/\n+/g, "\n").slice(0, 1000)`))
	p.t.Fatalf("%s: %s\non %s", p.view.Name, fmt.Sprintf(format, args...), where)
}

// must does steps of chromedp that cannot fail.
func (p *Page) must(what string, steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, 2*patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.fail("%s: %v", what, err)
	}
}

// call sends one command of the protocol.
func call[P, R any](p *Page, cmd cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, 2*patience)
	defer stop()
	r, err := chromedp.Call(ctx, cmd, params)
	if err != nil {
		p.fail("%s: %v", cmd.Method, err)
	}
	return r
}

// Eval reads something from the page with a script of the test. The arguments
// are given to the script as $0, $1, …
func Eval[T any](p *Page, script string, args ...any) T {
	p.t.Helper()
	ctx, stop := context.WithTimeout(p.ctx, 2*patience)
	defer stop()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](bind(script, args)))
	if err != nil {
		p.fail("evaluate %s: %v", script, err)
	}
	return v
}

func bind(script string, args []any) string {
	for i := len(args) - 1; i >= 0; i-- {
		b, err := json.Marshal(args[i])
		if err != nil {
			panic(err) // tests pass strings and numbers
		}
		script = strings.ReplaceAll(script, fmt.Sprintf("$%d", i), string(b))
	}
	return script
}

// plain is what a value on the console says.
func plain(o *runtime.RemoteObject) string {
	var s string
	if json.Unmarshal([]byte(o.Value), &s) == nil {
		return s
	}
	return o.Description + string(o.Value)
}
