package console_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gongkai/document"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/privacy"
	"gongkai/inspection/site"
	"gongkai/internal/browser"
)

// TestAWalkIsWatchedInABrowser: a walk over a site is seen to go on without anybody
// touching the page, and is stopped, on a desk and on a phone.
func TestAWalkIsWatchedInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := inspecting(t)
	wall, open := make(chan bool, 8), make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		n := 0
		if _, err := fmt.Sscanf(r.URL.Path, "/p/%d", &n); err != nil && r.URL.Path != "/" {
			http.NotFound(rw, r)
			return
		}
		if n == 9 || n == 18 {
			wall <- true
			select {
			case <-open:
			case <-r.Context().Done():
				return
			}
		}
		fmt.Fprintf(rw, `<title>第%d号公告</title><main><p>发布日期：2026-02-20</p><p>第%d号公告“%c”。</p><a href="/p/%d">下一页</a> <a href="/gone/%d">附图</a></main>`, n, n, 0x5200+n, n+1, n)
	}))
	defer server.Close()
	is := inspection.New(w.db, openSeal{}, func() *engine.Engine { return engine.New(privacy.New()) })
	is.WorkSites(w.queue, site.Options{Inside: true, Delay: -1, Now: w.clock.Now, Reader: document.NewPlainReader(document.Limits{}),
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	w.must(is.CrawlSoon(context.Background(), w.actor("supervisor"), school, server.URL))
	ended := make(chan error)
	go func() {
		_, err := w.queue.RunDue(context.Background())
		ended <- err
	}()
	enter := func(view browser.View) *browser.Page {
		return b.Page(t, w.server.URL, view).Open("/console/signin").Fill("用户名", "supervisor").Fill("口令", password).Click("登录").See("工作")
	}
	<-wall
	desk, phone := enter(browser.Desktop), enter(browser.Phone)
	for _, p := range []*browser.Page{desk, phone} {
		p.Open("/console/inspection/sites").See("正在检查", "9个网页")
	}
	desk.Check("inspection-walk-desktop")
	phone.Check("inspection-walk-phone")

	// It goes on, and the page with it.
	open <- true
	<-wall
	desk.See("18个网页")

	phone.Open("/console/inspection/sites").Click("停止检查").Click("确认停止").See("已要求停止")
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	// What was under way has ended: the page says so by itself.
	desk.See("已停止", "18个网页").Check("inspection-walk-stopped-desktop")
	phone.Open("/console/inspection/sites").See("已停止").Check("inspection-walk-stopped-phone")
}
