package console_test

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"gongkai/document"
	"gongkai/inspection/site"
)

func TestASiteIsNamed(t *testing.T) {
	w := sqlite(t)
	office := w.as("supervisor")
	at := "/console/inspection/sites"
	office.get(at).shows(200, "还没有检查过网站", "开始检查")
	office.post(at, "unit", "mj-jyj", "address", "教育局网站").shows(400, "请填写网站的网址")
	office.post(at, "unit", "nowhere", "address", "www.example.gov.cn").shows(403)
	office.post(at, "unit", "mj-jyj", "address", "www.example.gov.cn").shows(200, "已安排检查这个网站", "http://www.example.gov.cn/", "等待", "排队等候", "停止检查", "刷新")
	if !strings.Contains(office.body, "data-live") || !strings.Contains(office.body, "/live.") {
		t.Error("the page of a walk under way does not renew itself")
	}
	w.as("publisher").get(at).shows(200, "http://www.example.gov.cn/", "排队等候").hides("开始检查", "停止检查")
	w.as("elsewhere").get(at).shows(200, "还没有检查过网站")
	if strings.Contains(w.as("elsewhere").get(at).body, "/live.") {
		t.Error("a page with nothing under way renews itself")
	}

	// It is stopped; what is over stands in the list.
	stop := regexp.MustCompile(`action="(/console/inspection/sites/[^"]+/stop)"`).FindStringSubmatch(office.get(at).body)
	if stop == nil {
		t.Fatal("no way to stop the walk")
	}
	w.as("publisher").post(stop[1]).shows(403)
	office.post(at + "/nothing/stop").shows(404)
	office.post(stop[1]).shows(200, "已要求停止", "已停止", "检查过的网站").hides("正在检查")
	office.post(stop[1]).shows(409, "已经结束")
	again := regexp.MustCompile(`/console/inspection/sites\?[^"#]+`).FindString(office.get(at).body)
	if office.get(html.UnescapeString(again)); !strings.Contains(office.body, `value="http://www.example.gov.cn/"`) {
		t.Errorf("the way to look again, %q, does not carry the address", again)
	}
	w.as("publisher").get(at).hides("再次检查")
}

// TestAWalkTellsHowFarItIs: over a site of this machine, as it goes and when it has
// ended.
func TestAWalkTellsHowFarItIs(t *testing.T) {
	w := sqlite(t)
	reached, open := make(chan bool), make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/", "/a":
			fmt.Fprint(rw, `<title>区教育局</title><p>发布日期：2026-02-20</p><a href="/a">甲类事项</a> <a href="/b">乙类事项</a> <a href="/none">丙类事项</a>`)
		case "/b":
			reached <- true
			<-open
			fmt.Fprint(rw, `<title>乙类事项</title><p>发布日期：2026-02-20</p>`)
		default:
			http.NotFound(rw, r)
		}
	}))
	defer server.Close()
	w.inspections.WorkSites(w.queue, site.Options{Inside: true, Delay: -1, Now: time.Now, Reader: document.NewPlainReader(document.Limits{}),
		Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	office, at := w.as("supervisor"), "/console/inspection/sites"
	office.post(at, "unit", "mj-jyj", "address", server.URL)
	ended := make(chan error)
	go func() {
		_, err := w.queue.RunDue(context.Background())
		ended <- err
	}()
	<-reached
	for range 100 { // what is seen is kept every few seconds
		if office.get(at); strings.Contains(office.body, "已看2个网址") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	office.shows(200, "正在检查", "已看2个网址，还有2个等待", "2个网页", "目前发现", "最近网页", "停止检查")
	w.as("publisher").get(at).shows(200, "已看2个网址").hides("停止检查")
	for range 5 { // its program gives no sign of life, unless it does so just now
		w.clock.Add(30 * time.Second)
		if office.get(at); strings.Contains(office.body, "暂时中断") {
			break
		}
	}
	office.shows(200, "暂时中断", "从中断的地方继续")
	close(open)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	office.get(at).shows(200, "完成", "3个网页", "处", "查看").hides("正在检查")

	// The site is gone.
	server.Close()
	office.post(at, "unit", "mj-jyj", "address", server.URL)
	if _, err := w.queue.RunDue(context.Background()); err != nil {
		t.Fatal(err)
	}
	office.get(at).shows(200, "等待", "打不开", "稍后自动再试")
}
