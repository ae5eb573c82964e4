package browser

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// View is the screen before which a person sits.
type View struct {
	Name          string // stands in the names of pictures
	Width, Height int64
	Touch         bool // a phone: mobile layout and touch instead of a mouse
	NoScript      bool // scripts are switched off, as some people have it
}

// The two screens at which every page is looked at.
var (
	Desktop = View{Name: "desktop", Width: 1280, Height: 900}
	Phone   = View{Name: "phone", Width: 390, Height: 844, Touch: true}
)

// WithoutScript is the same screen with scripts switched off.
func (v View) WithoutScript() View {
	v.NoScript, v.Name = true, v.Name+"-noscript"
	return v
}

// Browser is one running Chromium. Its pages may be used at the same time.
type Browser struct {
	ctx context.Context
	axe string // the accessibility checker, as a script
}

// Start starts Chromium for a test and everything below it, and ends it after.
// Without one the test is skipped, or fails under GONGKAI_REQUIRE.
func Start(t testing.TB) *Browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if named := os.Getenv("GONGKAI_TEST_CHROMIUM"); named != "" {
		program, err = exec.LookPath(named)
	}
	if err != nil {
		absent(t, "Chromium is not on this machine (scripts/need chromium installs it): %v", err)
	}
	axe, err := readAxe()
	if err != nil {
		absent(t, "axe is not there (make editor installs it): %v", err)
	}
	home := t.TempDir()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.DisableGPU, chromedp.UserDataDir(home),
		chromedp.Env("HOME="+home, "LC_ALL=C.UTF-8", "LANGUAGE=zh_CN"), chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("no-pings", true), chromedp.Flag("hide-scrollbars", true),
		// Whatever the browser itself would like to ask the world, it cannot.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithErrorf(t.Logf), chromedp.WithLogf(func(string, ...any) {}))
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("end of the browser: %v", err)
		}
		cancel()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	return &Browser{ctx: ctx, axe: axe}
}

// absent ends a test for want of a tool.
func absent(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("GONGKAI_REQUIRE") != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf("NOT TESTED IN A BROWSER: "+format, args...)
}

// readAxe reads the checker that npm has put beside the editor's sources.
func readAxe() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", os.ErrNotExist
		}
		dir = up
	}
	b, err := os.ReadFile(filepath.Join(dir, "console/editor/node_modules/axe-core/axe.min.js"))
	return string(b), err
}

// Page opens an empty page for a person with cookies of their own, who may only
// go to origin (like "http://127.0.0.1:1234"). When the test ends the page is
// closed, and the test fails if the page has complained.
func (b *Browser) Page(t testing.TB, origin string, v View) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	p := &Page{t: t, ctx: ctx, browser: b, origin: origin, view: v}
	t.Cleanup(func() {
		p.afterwards()
		stop()
		if err := chromedp.Cancel(ctx); err != nil && ctx.Err() == nil {
			t.Logf("close the page: %v", err)
		}
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a page: %v", err)
	}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatalf("listen to a page: %v", err)
	}
	options := []chromedp.EmulateViewportOption{chromedp.EmulateScale(1)}
	if v.Touch {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	p.must("set up the page", chromedp.EmulateViewport(v.Width, v.Height, options...))
	call(p, log.Enable, cdp.Empty{})
	call(p, network.Enable, network.EnableParams{})
	call(p, page.Enable, page.EnableParams{})
	call(p, runtime.Enable, cdp.Empty{})
	if v.NoScript {
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	return p
}
