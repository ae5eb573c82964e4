package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/document"
	"gongkai/inspection/rule"
	"gongkai/internal/fault"
)

// faults is a site with one fault of every kind a server can plant.
type faults struct {
	w       *world
	flaky   atomic.Int32
	secret  atomic.Int32 // requests robots.txt forbids
	endless chan struct{}
}

func (s *faults) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	html := func(body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<title>某页</title><body><p>这是一个网页的内容。</p>"+body+foot)
	}
	switch r.URL.Path {
	case "/":
		html(`<a href="/dead">已经没有的网页</a> <a href="/one">跳转三次</a> <a href="/ring">转圈</a> <a href="/slow">慢网页</a> <a href="/calendar?n=1">日历</a>
			<a href="/huge">很大的网页</a> <a href="/gb">编码不对</a> <a href="/soft">软错误</a> <a href="/flaky">有时出错</a> <a href="/closed/a">不让看</a>
			<a href="/bomb">压缩炸弹</a> <a href="/endless">没有尽头</a> <a href="/cookie">要小饼干</a> <a href="/crumbs">小饼干转圈</a> <a href="/deep">嵌套</a>
			<a href="ftp://127.0.0.1/">别的协议</a> <a href="http://[bad">坏网址</a> <a href="javascript:alert(1)" onclick="f()">脚本</a> <a href="/away">去外面</a> <a href="/inner">去里面</a>`)
	case "/robots.txt":
		io.WriteString(w, "User-agent: *\nDisallow: /closed/\n")
	case "/one", "/two", "/three":
		http.Redirect(w, r, map[string]string{"/one": "/two", "/two": "/three", "/three": "/good"}[r.URL.Path], http.StatusFound)
	case "/good":
		html("")
	case "/ring":
		http.Redirect(w, r, "/rang", http.StatusFound)
	case "/rang":
		http.Redirect(w, r, "/ring", http.StatusFound)
	case "/slow":
		s.w.pass(16 * time.Second)
		html("")
	case "/calendar":
		n := 0
		fmt.Sscan(r.URL.Query().Get("n"), &n)
		html(fmt.Sprintf(`<h2>%d年%d月</h2><a href="/calendar?n=%d">上月</a><a href="/calendar?n=%d">下月</a>`, 2000+n/12, n%12+1, n-1, n+1))
	case "/huge":
		html(strings.Repeat("<p>很长的一行内容</p>", 100_000))
	case "/gb":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<title>\xca\xbe\xc0\xfd</title><p>\xca\xbe\xc0\xfd\xc7\xf8\xc8\xcb\xc3\xf1\xd5\xfe\xb8\xae\xb5\xc4\xcd\xf8\xd2\xb3</p>"))
	case "/flaky":
		if s.flaky.Add(1) == 1 {
			http.Error(w, "busy", http.StatusInternalServerError)
			return
		}
		html("")
	case "/closed/a":
		s.secret.Add(1)
		html("")
	case "/bomb":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bomb())
	case "/endless":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for {
			if _, err := io.WriteString(w, "<p>还有"); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-s.endless:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	case "/cookie":
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			http.Redirect(w, r, "/cookie", http.StatusFound)
			return
		}
		html("")
	case "/crumbs":
		http.SetCookie(w, &http.Cookie{Name: "n", Value: fmt.Sprint(time.Now().UnixNano()), Path: "/"})
		http.Redirect(w, r, "/crumbs", http.StatusFound)
	case "/deep":
		html(strings.Repeat("<div>", 5000))
	case "/away":
		http.Redirect(w, r, "http://www.other.example/", http.StatusFound)
	case "/inner":
		http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
	case "/soft":
		fallthrough
	case "/gongkai-inspect-", "*":
		html("<h1>哎呀</h1><p>您要的网页找不到了，也许已经搬走。</p><p>请联系管理员。</p>")
	default:
		if strings.HasPrefix(r.URL.Path, "/gongkai-inspect-") {
			html("<h1>哎呀</h1><p>您要的网页找不到了，也许已经搬走。</p><p>请联系管理员。</p>")
			return
		}
		http.NotFound(w, r)
	}
}

// bomb is 64 MiB in 64 kB.
var bomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range 64 {
		z.Write(zeros)
	}
	z.Close()
	return b.Bytes()
})

func TestEveryPlantedFaultIsFoundAndNothingElse(t *testing.T) {
	s := &faults{endless: make(chan struct{})}
	w := newWorld(t, s)
	s.w = w
	defer close(s.endless)
	bomb()
	w.o.Timeout, w.o.PageBytes, w.o.Redirects = 600*time.Millisecond, 1<<20, 6
	report, all := w.crawl(NewMemory())
	want := []string{
		"site.charset /gb",
		"site.dead /", // dead, ring, crumbs, endless
		"site.dead /", "site.dead /", "site.dead /",
		"site.endless /calendar?n=1",
		"site.error-page /",
		"site.slow /slow",
	}
	if diff := cmp.Diff(want, codes(w.URL, all)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	unread := map[string]int{}
	for _, p := range all {
		if len(p.Unread) > 0 {
			unread[strings.TrimPrefix(p.URL, w.URL)] = len(p.Unread)
		}
	}
	if diff := cmp.Diff(map[string]int{"/huge": 1, "/bomb": 1, "/deep": 1}, unread); diff != "" {
		t.Errorf("pages not read (-want +got):\n%s", diff)
	}
	if s.secret.Load() > 0 || report.Disallowed != 1 {
		t.Errorf("robots.txt: %d forbidden requests, %d left out, want 0 and 1", s.secret.Load(), report.Disallowed)
	}
	if n := report.Pages; n > 200 || report.Complete {
		t.Errorf("the calendar: %d pages read, complete %v, want it to end and be said", n, report.Complete)
	}
}

func TestADeadLinkNamesItsWordsAndPages(t *testing.T) {
	all := play(t, "/ | <a href=/a>甲</a> <a href=/b>乙</a>\n/a | <p>甲页</p><a href=/gone>财政预算公开</a>\n/b | <p>乙页</p><a href=/gone>预算</a>")
	var got rule.Finding
	for _, p := range all {
		for _, f := range p.Findings {
			if f.Rule == "site.dead" {
				got = f
				if !strings.HasSuffix(p.URL, "/a") {
					t.Errorf("the dead link stands with %s, want the first page that has it", p.URL)
				}
			}
		}
	}
	if !strings.HasSuffix(got.Text, "/gone") || got.Count != 2 || got.Message != "链接“财政预算公开”打不开（404，网页不存在）" {
		t.Errorf("got %+v, want the address, its words and two pages", got)
	}
}

// slipInspector finds every “任然” and every number in a text.
func slipInspector(f *rule.File) (all []rule.Finding) {
	for _, t := range f.Texts {
		for from := 0; ; {
			i := strings.Index(t.S[from:], "任然")
			if i < 0 {
				break
			}
			all = append(all, t.Find(&rule.Rule{Code: "typo.dict", Tier: rule.A, Severity: rule.Error, Message: "错字"}, from+i, from+i+len("任然")))
			from += i + 1
		}
	}
	return all
}

type plainReader struct{}

func (plainReader) Read(ctx context.Context, name string, data []byte) (document.Doc, error) {
	return document.Read(ctx, name, data, document.DefaultLimits)
}

// newspaper has pages enough for a frame, a slip in the foot and one on a page.
func newspaper(n int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := 0
		if r.URL.Path == "/robots.txt" || r.URL.Path == "/sitemap.xml" {
			http.NotFound(w, r)
			return
		}
		if r.URL.Path != "/" {
			if _, err := fmt.Sscanf(r.URL.Path, "/p/%d", &i); err != nil || i > n {
				http.NotFound(w, r)
				return
			}
		}
		etag := fmt.Sprintf(`"%d"`, i)
		w.Header().Set("ETag", etag)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		body := fmt.Sprintf("<title>第%d页</title><main><h1>第%d号消息</h1><p>这是第%d号消息“%c”的内容，各单位应当照此办理。</p>", i, i, i, 0x5200+i)
		if i == 7 {
			body += "<p>本页任然有一处错字。</p>"
		}
		if i == n {
			body += `<a href="/gone">死链接</a>`
		}
		body += fmt.Sprintf(`</main><a href="/p/%d">上一页</a> <a href="/p/%d">下一页</a>`, max(i-1, 0), min(i+1, n))
		io.WriteString(w, body+`<footer>页脚任然写错了 `+foot[len("<footer>"):])
	})
}

func TestASlipInTheFootIsOneFindingWithACount(t *testing.T) {
	w := newWorld(t, newspaper(20))
	w.o.Reader, w.o.Inspect = plainReader{}, slipInspector
	_, all := w.crawl(NewMemory())
	var got []string
	for _, p := range all {
		for _, f := range p.Findings {
			got = append(got, fmt.Sprintf("%s %s %d", strings.TrimPrefix(p.URL, w.URL), f.Part, f.Count))
		}
	}
	if diff := cmp.Diff([]string{"/ document 22", "/p/7 document 0", "/p/20 link 0"}, got); diff != "" {
		t.Errorf("slips (-want +got):\n%s", diff)
	}
}

// A round that is killed anywhere ends with the findings of one that was not, and
// asks again only for what was under way.
func TestAKilledRoundGoesOnWhereItStopped(t *testing.T) {
	whole := newWorld(t, newspaper(30))
	whole.o.Reader, whole.o.Inspect = plainReader{}, slipInspector
	_, want := whole.crawl(NewMemory())
	for i := range want {
		want[i].URL = strings.TrimPrefix(want[i].URL, whole.URL)
	}
	for _, after := range []int{1, 3, 11, 29} {
		w := newWorld(t, newspaper(30))
		w.o.Reader, w.o.Inspect = plainReader{}, slipInspector
		name := filepath.Join(t.TempDir(), "state")
		ctx, cancel := context.WithCancel(context.Background())
		seen := 0
		w.o.Progress = func(Progress) {
			if seen++; seen == after {
				cancel()
			}
		}
		j := openJournal(t, name)
		if _, err := Run(ctx, w.o, j, func(PageResult) error { return errors.New("told before the end") }); !errors.Is(err, context.Canceled) {
			t.Fatalf("killed after %d: %v, want context.Canceled", after, err)
		}
		j.Close()
		// The kill also tears the last line.
		f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, `{"visit":{"url":"http`)
		f.Close()

		w.o.Progress = nil
		j = openJournal(t, name)
		_, got := w.crawl(j)
		if j.lines != len(j.at) {
			t.Errorf("killed after %d: %d visits written for %d addresses, want each once", after, j.lines, len(j.at))
		}
		j.Close()
		for i := range got {
			got[i].URL = strings.TrimPrefix(got[i].URL, w.URL)
		}
		for i := range want {
			strip(want[i].Findings, whole.URL)
		}
		for i := range got {
			strip(got[i].Findings, w.URL)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("killed after %d (-whole +resumed):\n%s", after, diff)
		}
		twice := 0
		for what, n := range w.sent {
			if strings.Contains(what, " /p/") && n > 1 {
				twice++
			}
		}
		if most := 8 + 2*runtime.GOMAXPROCS(0); twice > most { // what was under way when it was killed
			t.Errorf("killed after %d: %d pages asked for twice, want at most %d", after, twice, most)
		}
	}
}

func strip(fs []rule.Finding, base string) {
	for i := range fs {
		fs[i].Text = strings.TrimPrefix(fs[i].Text, base)
		fs[i].End = 0
	}
}

func openJournal(t *testing.T, name string) *Journal {
	t.Helper()
	j, err := OpenJournal(name)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestTheNextRoundAsksOnlyForWhatChanged(t *testing.T) {
	w := newWorld(t, newspaper(12))
	w.o.Reader, w.o.Inspect, w.o.Rules = plainReader{}, slipInspector, "one"
	name := filepath.Join(t.TempDir(), "state")
	j := openJournal(t, name)
	_, first := w.crawl(j)
	j.Close()
	w.sent = map[string]int{}
	inspected := atomic.Int32{}
	w.o.Inspect = func(f *rule.File) []rule.Finding { inspected.Add(1); return slipInspector(f) }
	j = openJournal(t, name)
	report, second := w.crawl(j)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the second round (-first +second):\n%s", diff)
	}
	if report.Unchanged != 14 || inspected.Load() != 0 {
		t.Errorf("%d unchanged and %d inspected, want 14 and none", report.Unchanged, inspected.Load())
	}
	for i := 1; i <= 12; i++ {
		if n := w.sent[fmt.Sprintf("GET /p/%d 304", i)]; n != 1 {
			t.Errorf("page %d answered 304 %d times, want once", i, n)
		}
	}
	// Other rules read everything anew.
	w.o.Rules = "two"
	if report, _ := w.crawl(j); report.Unchanged != 0 || inspected.Load() != 14 {
		t.Errorf("with other rules %d unchanged and %d inspected, want none and 14", report.Unchanged, inspected.Load())
	}
	j.Close()
}

func TestRequestsKeepTheirDistance(t *testing.T) {
	w := newWorld(t, newspaper(10))
	w.o.Delay = 700 * time.Millisecond
	report, _ := w.crawl(NewMemory())
	if w.most != 1 {
		t.Errorf("%d requests at once, want one", w.most)
	}
	var waited time.Duration
	for _, d := range w.waits {
		waited += d
	}
	if want := time.Duration(report.Requests-1) * 700 * time.Millisecond; waited < want {
		t.Errorf("%d requests waited %s, want at least %s", report.Requests, waited, want)
	}
}

func TestRobotsMayAskForMoreDistance(t *testing.T) {
	w := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, "User-agent: gongkai-inspect\nCrawl-delay: 5\n\nUser-agent: *\nDisallow: /\n")
			return
		}
		io.WriteString(w, "<p>首页</p>")
	}))
	w.crawl(NewMemory())
	if !slices.ContainsFunc(w.waits, func(d time.Duration) bool { return d > 4*time.Second }) {
		t.Errorf("waits %v, want one of five seconds", w.waits)
	}
}

func TestAStartThatCannotBeVisitedIsRefused(t *testing.T) {
	closed := newWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, "User-agent: *\nDisallow: /\n")
		}
	}))
	gone := newWorld(t, http.NotFoundHandler())
	outside := newWorld(t, newspaper(1))
	outside.o.Inside = false
	for _, c := range []struct {
		name  string
		w     *world
		start []string
		kind  fault.Kind
	}{
		{"no address", gone, nil, fault.Invalid},
		{"not of the web", gone, []string{"ftp://www.example.gov.cn/"}, fault.Invalid},
		{"a private address", outside, outside.o.Start, fault.Forbidden},
		{"closed by robots.txt", closed, closed.o.Start, fault.Forbidden},
		{"not there", gone, gone.o.Start, fault.NotFound},
	} {
		c.w.o.Start = c.start
		_, err := Run(context.Background(), c.w.o, NewMemory(), func(PageResult) error { return nil })
		if !errors.Is(err, c.kind) || fault.Sentence(err) == "" {
			t.Errorf("%s: got %v, want %s with a sentence", c.name, err, c.kind)
		}
	}
	if len(outside.asked) != 0 {
		t.Errorf("a private address was asked for %v", outside.asked)
	}
}

// Wherever links and redirections lead, nothing but the site itself is contacted on
// the network inside.
func TestThePrivateNetworkStaysPrivate(t *testing.T) {
	victim := newWorld(t, newspaper(1))
	w := newWorld(t, http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			fmt.Fprintf(rw, "<p>首页</p><a href=%q>内部系统</a><a href=/hop>内部跳转</a><img alt=图 src=%q>%s", victim.URL+"/p/1", victim.URL+"/a.png", foot)
		case "/hop":
			http.Redirect(rw, r, victim.URL+"/admin", http.StatusFound)
		default:
			http.NotFound(rw, r)
		}
	}))
	w.o.External = true
	_, all := w.crawl(NewMemory())
	if len(victim.asked) != 0 {
		t.Errorf("the other private host was asked for %v", victim.asked)
	}
	if got := codes(w.URL, all); len(got) != 0 {
		t.Errorf("got %v, want nothing: what we do not ask we do not judge", got)
	}
}

// A name that was public and is private now is refused, also for the site itself.
func TestANameThatTurnsPrivateIsRefused(t *testing.T) {
	n := newNetwork(Options{Inside: true, Now: func() time.Time { return noon }}.or())
	public, inside := netip.MustParseAddr("223.5.5.5"), netip.MustParseAddr("10.0.0.1")
	for _, c := range []struct {
		name, host string
		at         netip.Addr
		start, ok  bool
	}{
		{"a public site", "www.a.cn", public, true, true},
		{"that is rebound to a private address", "www.a.cn", inside, true, false},
		{"a private site", "intranet", inside, true, true},
		{"and again", "intranet", inside, true, true},
		{"a private host that is not the site's", "printer", inside, false, false},
		{"a public host that is not the site's", "www.b.cn", public, false, true},
	} {
		if c.start {
			n.starts[c.host] = true
		}
		if got := n.admit(c.host, c.at); got != c.ok {
			t.Errorf("%s: admit = %v, want %v", c.name, got, c.ok)
		}
	}
}

func TestASiteThatStopsAnsweringEndsTheRound(t *testing.T) {
	w := newWorld(t, nil)
	n := atomic.Int32{}
	w.handle = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if n.Add(1) > 8 {
			panic(http.ErrAbortHandler)
		}
		if r.URL.Path == "/" {
			for i := range 40 {
				fmt.Fprintf(rw, "<a href=/p/%d>第%d页</a>", i, i)
			}
		}
	})
	_, err := Run(context.Background(), w.o, NewMemory(), func(PageResult) error { return nil })
	if !errors.Is(err, fault.TooLate) {
		t.Errorf("got %v, want TooLate", err)
	}
}

func TestLimitsLeaveOutTheRestAndSaySo(t *testing.T) {
	w := newWorld(t, newspaper(50))
	w.o.Pages = 10
	if r, _ := w.crawl(NewMemory()); r.Complete || r.Pages != 10 || r.Beyond == 0 {
		t.Errorf("ten pages: got %+v, want ten and the rest said", r)
	}
	w.o.Pages, w.o.Depth = 0, 5
	if r, _ := w.crawl(NewMemory()); r.Complete || r.Pages != 7 {
		t.Errorf("five links deep: got %d pages, complete %v, want the home page, its two and four more", r.Pages, r.Complete)
	}
	w.o.Depth, w.o.Time, w.o.Delay = 0, 10*time.Second, time.Second
	st := NewMemory()
	if _, err := Run(context.Background(), w.o, st, func(PageResult) error { return nil }); !errors.Is(err, fault.TooLate) {
		t.Errorf("ten seconds: got %v, want TooLate", err)
	}
	w.o.Time = 0
	if r, _ := w.crawl(st); !r.Complete || r.Pages != 52 {
		t.Errorf("going on: %d pages, complete %v, want all 52", r.Pages, r.Complete)
	}
}
