package web_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/fault"
	"gongkai/internal/web"
)

var monday = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

func clock() time.Time { return monday }

// ask sends one request through a face and returns the answer.
func ask(h http.Handler, method, target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Add(name, value) }
}

func body(s string) func(*http.Request) {
	return func(r *http.Request) {
		r.Body = io.NopCloser(strings.NewReader(s))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
}

func says(text string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return web.HTML(w, r, []byte(text)) }
}

func TestEachKindOfFailureHasItsStatusAndSentence(t *testing.T) {
	for _, tt := range []struct {
		name   string
		err    error
		status int
		say    string
	}{
		{"nothing there", fault.Say(fault.NotFound, "没有索引号为 %s 的信息。", "MJ001"), 404, "没有索引号为 MJ001 的信息。"},
		{"a form with problems", fault.Problems(fault.Problem{Field: "title", Say: "请填写标题。"}), 400, "请填写标题。"},
		{"no right", fault.Say(fault.Forbidden, "您不是这篇稿件的审核人。"), 403, "您不是这篇稿件的审核人。"},
		{"somebody was faster", fault.Say(fault.Conflict, "稿件已经退回。"), 409, "稿件已经退回。"},
		{"the time is over", fault.Say(fault.TooLate, "答复期限已过。"), 409, "已经过了期限"},
		{"withdrawn", web.Gone("因数据有误撤回。"), 410, "因数据有误撤回。"},
		{"too large", web.Status(413, ""), 413, "提交的内容太大"},
		{"under repair", web.Status(503, ""), 503, "暂时不能提供服务"},
		{"our own fault", errors.New("sqlite: disk I/O error at /var/secret"), 500, "系统出了问题"},
		{"a wrapped sentence", fmt.Errorf("load item: %w", fault.Say(fault.NotFound, "没有这条信息。")), 404, "没有这条信息。"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rs := web.New(web.Face{Now: clock})
			rs.Get("/x", web.Public, func(http.ResponseWriter, *http.Request) error { return tt.err })
			w := ask(rs, "GET", "/x")
			if w.Code != tt.status {
				t.Errorf("GET /x = %d, want %d", w.Code, tt.status)
			}
			if !strings.Contains(w.Body.String(), tt.say) {
				t.Errorf("page of %d = %q, want it to say %q", w.Code, w.Body, tt.say)
			}
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("page of %d tells our internals: %q", w.Code, w.Body)
			}
			if got := w.Header().Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control of a failure = %q, want no-store", got)
			}
		})
	}
}

func TestOurOwnFailureShowsItsNumberAndLogsItWithoutTheQuery(t *testing.T) {
	var log bytes.Buffer
	rs := web.New(web.Face{Name: "portal", Now: clock, Log: slog.New(slog.NewTextHandler(&log, nil))})
	var id string
	rs.Get("/find", web.Public, func(_ http.ResponseWriter, r *http.Request) error {
		id = web.RequestID(r)
		return errors.New("index is gone")
	})
	rs.Post("/find", web.Public, func(w http.ResponseWriter, r *http.Request) error { return web.SeeOther(w, r, "/find") })
	w := ask(rs, "GET", "/find?name=%E5%BC%A0%E4%B8%89", header("X-Forwarded-For", "198.51.100.7"))
	if id == "" || !strings.Contains(w.Body.String(), id) {
		t.Errorf("page of a 500 = %q, want the number %q on it", w.Body, id)
	}
	ask(rs, "POST", "/find?phone=00000000000", body("who=secret"))
	for _, want := range []string{id, "index is gone", "msg=act"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("log = %q, want it to hold %q", &log, want)
		}
	}
	for _, never := range []string{"name=", "张三", "E5", "phone", "secret", "192.0.2", "198.51"} {
		if strings.Contains(log.String(), never) {
			t.Errorf("log = %q, must not hold %q", &log, never)
		}
	}
}

func TestThePageOfAFailureIsTheFacesOwn(t *testing.T) {
	fail := false
	rs := web.New(web.Face{Now: clock, ErrorPage: func(_ *http.Request, p web.ErrorPage) ([]byte, error) {
		if fail {
			return nil, errors.New("broken template")
		}
		return fmt.Appendf(nil, "designed %d %d", p.Status, len(p.Problems)), nil
	}})
	rs.Get("/x", web.Public, func(http.ResponseWriter, *http.Request) error {
		return fault.Problems(fault.Problem{Field: "a", Say: "甲。"}, fault.Problem{Field: "b", Say: "乙。"})
	})
	if got := ask(rs, "GET", "/x").Body.String(); got != "designed 400 2" {
		t.Errorf("failure page = %q, want the designed one with two problems", got)
	}
	if got := ask(rs, "GET", "/nowhere").Body.String(); got != "designed 404 0" {
		t.Errorf("page of an unknown address = %q, want the designed one", got)
	}
	fail = true
	if w := ask(rs, "GET", "/x"); w.Code != 400 || !strings.Contains(w.Body.String(), "甲。") {
		t.Errorf("GET /x with a broken failure page = %d %q, want the plain page", w.Code, w.Body)
	}
}

func TestAPanicBecomesAPageAndALogLine(t *testing.T) {
	var log bytes.Buffer
	rs := web.New(web.Face{Now: clock, Log: slog.New(slog.NewTextHandler(&log, nil))})
	rs.Get("/x", web.Public, func(http.ResponseWriter, *http.Request) error { panic("nil map") })
	if w := ask(rs, "GET", "/x"); w.Code != 500 || strings.Contains(w.Body.String(), "nil map") {
		t.Errorf("GET /x = %d %q, want 500 without the panic's words", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "nil map") {
		t.Errorf("log = %q, want the panic in it", &log)
	}
}

func TestAPathServedWithAnotherMethodSaysWhich(t *testing.T) {
	rs := web.New(web.Face{Now: clock})
	rs.Post("/act", web.Public, says("done"))
	w := ask(rs, "GET", "/act")
	if w.Code != 405 || w.Header().Get("Allow") != "POST" {
		t.Errorf("GET /act = %d, Allow %q; want 405, POST", w.Code, w.Header().Get("Allow"))
	}
	if w := ask(rs, "GET", "/other"); w.Code != 404 || !strings.Contains(w.Body.String(), "没有找到") {
		t.Errorf("GET /other = %d %q, want the 404 page", w.Code, w.Body)
	}
}

func TestARouteWithARightAsksTheFace(t *testing.T) {
	refuse := fault.Say(fault.Forbidden, "不行。")
	var asked []string
	rs := web.New(web.Face{Now: clock, Check: func(r *http.Request, right string) error {
		asked = append(asked, right)
		if r.Header.Get("Role") == "" {
			return web.Elsewhere("/signin")
		}
		if r.Header.Get("Role") != right {
			return refuse
		}
		return nil
	}})
	rs.Get("/open", web.Public, says("open"))
	rs.Get("/draft", "draft", says("draft"))
	for _, tt := range []struct {
		path, role string
		status     int
	}{{"/open", "", 200}, {"/draft", "", 303}, {"/draft", "review", 403}, {"/draft", "draft", 200}} {
		w := ask(rs, "GET", tt.path, func(r *http.Request) {
			if tt.role != "" {
				r.Header.Set("Role", tt.role)
			}
		})
		if w.Code != tt.status {
			t.Errorf("GET %s as %q = %d, want %d", tt.path, tt.role, w.Code, tt.status)
		}
	}
	if diff := cmp.Diff([]string{"draft", "draft", "draft"}, asked); diff != "" {
		t.Errorf("rights asked for (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"draft"}, rs.Rights()); diff != "" {
		t.Errorf("Rights() (-want +got):\n%s", diff)
	}
	table := rs.Table()
	if len(table) != 2 || table[1].Pattern != "/draft" || table[1].Right != "draft" || table[1].Method != "GET" {
		t.Errorf("Table() = %+v, want both routes with their rights", table)
	}
}

func TestARightIsRefusedWhenTheFaceCannotCheckIt(t *testing.T) {
	rs := web.New(web.Face{Now: clock})
	rs.Get("/x", "any", says("secret"))
	if w := ask(rs, "GET", "/x"); w.Code != 403 {
		t.Errorf("GET /x without Check = %d, want 403", w.Code)
	}
}

func TestAnActFromAnotherSiteIsRefused(t *testing.T) {
	done := 0
	rs := web.New(web.Face{Now: clock})
	rs.Post("/act", web.Public, func(w http.ResponseWriter, r *http.Request) error { done++; return web.SeeOther(w, r, "/") })
	for _, tt := range []struct {
		name, head, value string
		status            int
	}{
		{"another site by fetch metadata", "Sec-Fetch-Site", "cross-site", 403},
		{"another origin", "Origin", "https://evil.example", 403},
		{"a page of ours", "Sec-Fetch-Site", "same-origin", 303},
		{"a program without a browser", "X-None", "", 303},
	} {
		if w := ask(rs, "POST", "/act", header(tt.head, tt.value)); w.Code != tt.status {
			t.Errorf("POST /act from %s = %d, want %d", tt.name, w.Code, tt.status)
		}
	}
	if done != 2 {
		t.Errorf("the act was done %d times, want 2", done)
	}
}

func TestABodyLargerThanTheRouteAllowsIsRefused(t *testing.T) {
	rs := web.New(web.Face{Now: clock})
	rs.Post("/small", web.Public, func(w http.ResponseWriter, r *http.Request) error {
		_, err := web.ReadForm(r)
		return err
	}).Body(10)
	if w := ask(rs, "POST", "/small", body("a=0123456789")); w.Code != 413 {
		t.Errorf("POST of 12 bytes where 10 are allowed = %d, want 413", w.Code)
	}
}

func TestTheLimitIsPerClientAndRecovers(t *testing.T) {
	now := monday
	rs := web.New(web.Face{Now: func() time.Time { return now }, Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	rs.Get("/x", web.Public, says("x")).Limit(web.NewLimiter(time.Minute, 2))
	from := func(addr string) int {
		return ask(rs, "GET", "/x", header("X-Forwarded-For", addr)).Code
	}
	for i, want := range []int{200, 200, 429} {
		if got := from("198.51.100.1"); got != want {
			t.Errorf("request %d = %d, want %d", i+1, got, want)
		}
	}
	if got := from("198.51.100.2"); got != 200 {
		t.Errorf("another client = %d, want 200", got)
	}
	if got := from("203.0.113.9, 198.51.100.1"); got != 429 {
		t.Errorf("a client that invents an earlier hop = %d, want 429", got)
	}
	now = now.Add(time.Minute)
	if got := from("198.51.100.1"); got != 200 {
		t.Errorf("after a minute = %d, want 200", got)
	}
	from("2001:db8::1")
	from("2001:db8::2")
	if got := from("2001:db8::3"); got != 429 {
		t.Errorf("third address of one /64 = %d, want 429", got)
	}
}

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	rs := web.New(web.Face{Now: clock, Secure: true})
	rs.Get("/x", web.Public, says("x"))
	for _, path := range []string{"/x", "/missing"} {
		h := ask(rs, "GET", path).Header()
		if csp := h.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("GET %s: policy = %q, want default-src 'none' and nothing unsafe", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000; includeSubDomains"} {
			if got := h.Get(name); got != want {
				t.Errorf("GET %s: %s = %q, want %q", path, name, got, want)
			}
		}
	}
}

func TestARedirectStaysOnThisSite(t *testing.T) {
	for path, want := range map[string]string{
		"/a?b=c": "/a?b=c", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/", "": "/",
		"/a\r\nSet-Cookie: x": "/", "javascript:alert(1)": "/", "/a\\b": "/",
	} {
		if got := web.LocalPath(path, "/"); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestAHandlerIsToldWhenItsTimeIsOver(t *testing.T) {
	rs := web.New(web.Face{Now: clock})
	rs.Get("/slow", web.Public, func(_ http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return r.Context().Err()
	}).Timeout(time.Millisecond)
	if w := ask(rs, "GET", "/slow"); w.Code != 500 {
		t.Errorf("GET /slow = %d, want 500", w.Code)
	}
}
