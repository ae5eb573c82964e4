package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Check looks at the page as every page must be looked at: nothing for axe to
// find, no scrolling sideways, and a picture under this name for people.
func (p *Page) Check(name string) *Page {
	p.t.Helper()
	p.Axe(name)
	p.Fits(name)
	if os.Getenv("GONGKAI_SCREENSHOTS") != "" {
		p.Picture(name)
	}
	return p
}

// violation is one rule of axe that the page breaks.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, Summary string }
}

const runAxe = `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
	.then(r => r.violations.map(v => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map(n => ({HTML: n.html.slice(0, 300), Summary: n.failureSummary}))})))`

// Axe fails the test with everything axe finds on the page. Where scripts are
// off it cannot look.
func (p *Page) Axe(name string) *Page {
	p.t.Helper()
	if p.view.NoScript {
		return p
	}
	if !Eval[bool](p, `typeof axe == "object"`) {
		if err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](p.browser.axe+"\n;0")); err != nil {
			p.fail("put axe into %s: %v", name, err)
		}
	}
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]violation](runAxe, func(e *runtime.EvaluateParams) { e.AwaitPromise = new(bool); *e.AwaitPromise = true }))
	if err != nil {
		p.fail("run axe on %s: %v", name, err)
	}
	for _, v := range found {
		var b strings.Builder
		for i, n := range v.Nodes {
			if i == 4 {
				fmt.Fprintf(&b, "\n    … and %d more", len(v.Nodes)-i)
				break
			}
			fmt.Fprintf(&b, "\n    %s\n      %s", n.HTML, strings.ReplaceAll(n.Summary, "\n", "\n      "))
		}
		p.t.Errorf("%s %s (%s): axe: %s, %s: %s%s", p.view.Name, name, p.Path(), v.Impact, v.ID, v.Help, b.String())
	}
	return p
}

// Fits fails the test if the page is wider than the screen.
func (p *Page) Fits(name string) *Page {
	p.t.Helper()
	wide := Eval[string](p, `(() => {
		const w = document.documentElement.clientWidth, s = document.scrollingElement.scrollWidth;
		if (s <= w && s <= $0) return "";
		const held = e => { for (let a = e.parentElement; a && a != document.body; a = a.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(a).overflowX)) return true; return false };
		const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > $0 + 1 && !held(e)).slice(0, 5).map(e => e.outerHTML.slice(0, 120));
		return s + " px wide on a screen of " + $0 + ": " + out.join("\n    ") })()`, p.view.Width)
	if wide != "" {
		p.t.Errorf("%s %s (%s): %s", p.view.Name, name, p.Path(), wide)
	}
	return p
}

var unsafe = regexp.MustCompile(`[^\p{Han}A-Za-z0-9.-]+`)

// Picture keeps a picture of the whole page in GONGKAI_SCREENSHOTS, or, when
// that is not set, in a folder that is named in the log of the test.
func (p *Page) Picture(name string) {
	p.t.Helper()
	dir := os.Getenv("GONGKAI_SCREENSHOTS")
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "gongkai-failed-pages")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.t.Logf("no picture: %v", err)
		return
	}
	size, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]float64](`[document.documentElement.clientWidth, Math.min(12000, document.documentElement.scrollHeight)]`))
	if err != nil {
		p.t.Logf("no picture: %v", err)
		return
	}
	beyond := true
	shot, err := chromedp.Call(p.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: "png", CaptureBeyondViewport: &beyond, Clip: &page.Viewport{Width: size[0], Height: size[1], Scale: 1},
	})
	if err != nil {
		p.t.Logf("no picture: %v", err)
		return
	}
	file := filepath.Join(dir, unsafe.ReplaceAllString(name+"-"+p.view.Name, "_")+".png")
	if p.t.Failed() && name == "failed" {
		file = filepath.Join(dir, unsafe.ReplaceAllString(p.t.Name()+"-"+p.view.Name, "_")+".png")
		p.t.Logf("picture: %s", file)
	}
	if err := os.WriteFile(file, shot.Data, 0o644); err != nil {
		p.t.Logf("no picture: %v", err)
	}
}

func clearCookies(p *Page) {
	p.t.Helper()
	call(p, network.ClearBrowserCookies, cdp.Empty{})
}
