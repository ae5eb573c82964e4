package inspection_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/document"
	"gongkai/inspection"
	"gongkai/inspection/site"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/org"
)

// aSite serves pages by path; what is not there answers 404.
func aSite(t *testing.T) (*httptest.Server, *atomic.Pointer[map[string]string]) {
	t.Helper()
	var pages atomic.Pointer[map[string]string]
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := (*pages.Load())[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html><head><title>%s</title></head><body>%s</body></html>", "示例市明镜区教育局", body)
	}))
	t.Cleanup(s.Close)
	return s, &pages
}

func (w *world) crawling(inside bool, own ...string) *jobs.Queue {
	q := jobs.New(w.db, slog.New(slog.DiscardHandler))
	w.is.WorkSites(q, site.Options{Inside: inside, Delay: -1, Now: time.Now,
		Reader: document.NewPlainReader(document.Limits{})}, own...)
	return q
}

func TestASiteThatIsNamedIsWalkedOver(t *testing.T) {
	each(t, func(w *world) {
		s, pages := aSite(t)
		number := "13" + "80571" + "4826"
		pages.Store(&map[string]string{
			"/":       `<h1>教育局</h1><p>发布时间：2026年2月20日</p><a href="/a.html">公示</a> <a href="/none.html">不存在的网页</a>`,
			"/a.html": `<h1>救助公示</h1><p>联系人：李某，手机号码：` + number + `。</p><a href="/">首页</a>`,
		})
		q := w.crawling(true)
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", s.URL))
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", s.URL+"/")) // the same one
		if n, err := q.RunDue(ctx); err != nil || n != 1 {
			t.Fatalf("RunDue = %d, %v, want one walk", n, err)
		}
		found := w.onSite()
		codes := map[string]int{}
		for _, f := range found {
			codes[f.Rule]++
			if f.Unit != "mj-jyj" || !strings.HasPrefix(f.Address, s.URL) || strings.Contains(f.Text+f.Excerpt+f.Message, number) {
				t.Errorf("finding %+v: wrong unit or address, or the number is kept", f)
			}
		}
		if codes["privacy.mobile"] == 0 || codes["site.dead"] == 0 {
			t.Errorf("found %v, want the number and the dead link", codes)
		}
		w.must(w.db.Read(ctx, func(tx *db.Tx) error {
			all, err := inspection.Walks(tx, org.Under("mj"), 10)
			if len(all) != 1 || all[0].Address != s.URL+"/" || all[0].State != inspection.WalkDone || all[0].Pages != 2 || all[0].Found != len(found) || !all[0].Whole {
				t.Errorf("Walks = %+v, want the one that is done, with 2 pages and %d findings", all, len(found))
			}
			elsewhere, err2 := inspection.Walks(tx, org.Under("mj-qs"), 10)
			if len(elsewhere) != 0 {
				t.Errorf("Walks of another unit = %+v, want none", elsewhere)
			}
			return firstOf(err, err2)
		}))

		// What was mended and what was taken down is found no more.
		pages.Store(&map[string]string{"/": `<h1>教育局</h1><p>发布时间：2026年2月20日</p>`})
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", s.URL))
		_, err := q.RunDue(ctx)
		w.must(err)
		for _, f := range w.onSite() {
			if f.State.Open() && (f.Rule == "privacy.mobile" || f.Rule == "site.dead") {
				t.Errorf("%s is still %s after the page was taken down", f.Rule, f.State)
			}
		}
	})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) onSite() (all []inspection.Finding) {
	w.Helper()
	w.must(w.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, _, err = inspection.List(tx, inspection.Filter{Units: org.Everything(), Prefix: "site", Size: 100})
		return err
	}))
	return all
}

func TestASiteThatMayNotBeWalkedOverIsRefused(t *testing.T) {
	each(t, func(w *world) {
		for _, address := range []string{"", "ftp://www.example.gov.cn/", "http://", "教育局", "https://user:word@www.example.gov.cn/", "http://localhost/", "http://www.example.gov.cn/" + strings.Repeat("a", 300)} {
			if f := fault.Fields(w.is.CrawlSoon(ctx, w.office, "mj-jyj", address)); len(f) != 1 || f[0].Field != "address" {
				t.Errorf("CrawlSoon(%q) = %v, want a problem of the address", address, f)
			}
		}
		if err := w.is.CrawlSoon(ctx, w.writer, "mj-jyj", "www.example.gov.cn"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("CrawlSoon of a publisher = %v, want Forbidden", err)
		}
		if err := w.is.CrawlSoon(ctx, w.office, "nowhere", "www.example.gov.cn"); err == nil {
			t.Error("CrawlSoon of an unknown unit = nil")
		}

		// The machine itself and its neighbours are no site.
		s, pages := aSite(t)
		pages.Store(&map[string]string{"/": "<p>内部网页</p>"})
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", s.URL))
		q := w.crawling(false)
		_, err := q.RunDue(ctx)
		w.must(err)
		w.must(w.db.Read(ctx, func(tx *db.Tx) error {
			all, err := inspection.Walks(tx, org.Everything(), 1)
			if len(all) != 1 || all[0].State != inspection.WalkFailed || !strings.Contains(all[0].Note, "内部网络") {
				t.Errorf("Walks = %+v, want one that failed at its first try and says why", all)
			}
			return err
		}))
		if n := len(w.onSite()); n != 0 {
			t.Errorf("%d findings of a private address", n)
		}

		// But for the platform's own.
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", s.URL))
		_, err = w.crawling(false, "", s.URL).RunDue(ctx)
		w.must(err)
		if n := len(w.onSite()); n == 0 {
			t.Error("no findings of our own site")
		}
	})
}
