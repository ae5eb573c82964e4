package web_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/fault"
	"gongkai/internal/web"
)

type line struct {
	Name  string
	Count int64
}

func (l *line) Long() string     { return l.Name }
func (l line) Times(n int) int64 { return l.Count * int64(n) }

type listPage struct {
	Title string
	Lines []line
	By    map[string]line
	Next  *line
	inner int
}

func parse(t *testing.T, page string) (*web.Templates, error) {
	t.Helper()
	return web.ParseTemplates(web.TemplateConfig{
		Funcs:  web.Funcs(nil),
		Shared: []fs.FS{fstest.MapFS{"layout.tmpl": {Data: []byte(`{{define "page"}}<title>{{.Title}}</title>{{template "content" .}}{{end}}{{define "row"}}<li>{{.Name}}</li>{{end}}`)}}},
		Pages:  fstest.MapFS{"list/list.tmpl": {Data: []byte(`{{define "content"}}` + page + `{{end}}`)}},
		Types:  map[string]any{"list": listPage{}},
	})
}

func TestAMisspeltNameIsFoundBeforeAnyReader(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"all is right", `{{range $i, $l := .Lines}}{{$i}}{{$l.Name}}{{.Count | count}}{{template "row" .}}{{end}}{{with .Next}}{{.Long}}{{end}}{{(index .By "a").Name}}{{len .Lines}}{{if eq .Title "a"}}{{else if .Next}}{{end}}`, ""},
		{"a field of the page", `{{.Titel}}`, "no field or method Titel"},
		{"a field in a range", `{{range .Lines}}{{.Nam}}{{end}}`, "no field or method Nam"},
		{"a field behind a variable", `{{range $l := .Lines}}{{$l.Nam}}{{end}}`, "no field or method Nam"},
		{"the dot after a range", `{{range .Lines}}{{end}}{{.Name}}`, "no field or method Name"},
		{"a field through with", `{{with .Next}}{{.Nam}}{{end}}`, "no field or method Nam"},
		{"the page's own field in with", `{{with .Next}}{{$.Titel}}{{end}}`, "no field or method Titel"},
		{"a field of a map's value", `{{range .By}}{{.Nam}}{{end}}`, "no field or method Nam"},
		{"a field in a called template", `{{template "row" .}}`, "no field or method Name"},
		{"an unknown template", `{{template "rwo" .}}`, `"rwo"`},
		{"a range over one thing", `{{range .Title}}{{end}}`, "cannot range over string"},
		{"an argument of the wrong type", `{{join .Title "、"}}`, "argument 1 is string, wants []string"},
		{"an argument too few", `{{join .Title}}`, "takes 2 arguments, got 1"},
		{"a method's argument missing", `{{range .Lines}}{{.Times}}{{end}}`, "takes 1 arguments, got 0"},
		{"an unexported field", `{{.inner}}`, "no field or method inner"},
		{"inside an attribute", `<a href="{{.Link}}">x</a>`, "no field or method Link"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ts, err := parse(t, tt.page)
			if err == nil {
				err = ts.Check()
			}
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("Check() = %v, want nil", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("Check() = %v, want it to say %q", err, tt.want)
			}
		})
	}
}

func TestTemplatesAndStructsBelongTogether(t *testing.T) {
	pages := fstest.MapFS{"a.tmpl": {Data: []byte(`{{define "page"}}x{{end}}`)}}
	if _, err := web.ParseTemplates(web.TemplateConfig{Pages: pages}); err == nil || !strings.Contains(err.Error(), "has no struct") {
		t.Errorf("a page without a struct: %v", err)
	}
	if _, err := web.ParseTemplates(web.TemplateConfig{Pages: pages, Types: map[string]any{"a": 1, "b": 2}}); err == nil || !strings.Contains(err.Error(), "has no template") {
		t.Errorf("a struct without a page: %v", err)
	}
	pages["a.tmpl"].Data = []byte(`{{define "page"}}<a href="{{if .}}"{{end}}{{end}}`)
	if _, err := web.ParseTemplates(web.TemplateConfig{Pages: pages, Types: map[string]any{"a": 1}}); err == nil {
		t.Error("HTML that the escaper cannot understand was accepted")
	}
	ts, err := parse(t, "x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ts.Bytes("list", 3); err == nil {
		t.Error("a page was shown with a value of another type")
	}
	rs := web.New(web.Face{Now: clock})
	rs.Get("/", web.Public, func(w http.ResponseWriter, r *http.Request) error {
		return ts.Show(w, r, "list", listPage{Title: "<b>", inner: 1})
	})
	if got := ask(rs, "GET", "/").Body.String(); got != "<title>&lt;b&gt;</title>x" {
		t.Errorf("page = %q, want the title escaped", got)
	}
}

func TestWordsForPeople(t *testing.T) {
	noon := time.Date(2026, 1, 4, 17, 5, 0, 0, time.UTC)
	type date string
	for _, tt := range []struct{ name, got, want string }{
		{"a legal date", web.Date("2026-01-05"), "2026-01-05"},
		{"a legal date in prose", web.LongDate(date("2026-01-05")), "2026年1月5日"},
		{"an instant is Beijing's", web.Date(noon), "2026-01-05"},
		{"the moment", web.Moment(noon), "2026-01-05 01:05"},
		{"the moment in prose", web.LongMoment(noon), "2026年1月5日01时05分"},
		{"for machines", web.Machine(noon), "2026-01-05T01:05:00+08:00"},
		{"no date", web.LongDate(time.Time{}), ""},
		{"nothing", web.Date(nil), ""},
		{"not a date", web.Date("soon"), ""},
		{"bytes", web.Size(812), "812 字节"},
		{"kilobytes", web.Size(48_200), "48 KB"},
		{"megabytes", web.Size(1_258_000), "1.2 MB"},
		{"just under a megabyte", web.Size(1_023_999), "1000 KB"},
		{"gigabytes", web.Size(3 << 30), "3 GB"},
		{"small", web.Count(999), "999"},
		{"thousands", web.Count(2143), "2,143"},
		{"millions", web.Count(-1234567), "−1,234,567"},
		{"a part", web.Percent(1, 8), "12.5%"},
		{"a whole", web.Percent(5, 5), "100%"},
		{"of nothing", web.Percent(1, 0), "—"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	got, err := web.Query("/list?unit=mj&page=3&q=a+b", "page", "", "year", 2026)
	if want := "/list?q=a+b&unit=mj&year=2026"; got != want || err != nil {
		t.Errorf("Query = %q, %v; want %q", got, err, want)
	}
}

func TestAFormKeepsWhatWasTyped(t *testing.T) {
	r := httptest.NewRequest("POST", "/", strings.NewReader("title=+%E3%80%80&n=12x&d=2026%E5%B9%B41%E6%9C%885%E6%97%A5&bad=2026-02-30&t=a&t=b&text=x%0D%0Ay"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	f, err := web.ReadForm(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Need("title", "请填写标题。"); got != "" {
		t.Errorf("Need(title) = %q, want nothing", got)
	}
	f.Int("n")
	if got := f.Date("d"); got != "2026-01-05" {
		t.Errorf("Date(d) = %q, want 2026-01-05", got)
	}
	f.Date("bad")
	if got := f.Text("text"); got != "x\ny" {
		t.Errorf("Text = %q, want one kind of line end", got)
	}
	if !f.Ticked("t", "b") || f.Ticked("t", "c") {
		t.Error("Ticked does not tell ticked boxes from others")
	}
	if f.Value("n") != "12x" || f.Value("bad") != "2026-02-30" {
		t.Errorf("typed values = %q, %q; want them as they were", f.Value("n"), f.Value("bad"))
	}
	if !f.Take(fault.Problems(fault.Problem{Field: "t", Say: "太多。"})) || f.Take(fault.Say(fault.Conflict, "晚了。")) {
		t.Error("Take must take field problems and leave everything else")
	}
	want := []web.Problem{{"title", "请填写标题。"}, {"n", "请填写整数。"}, {"bad", "请按“2026-01-05”的格式填写日期。"}, {"t", "太多。"}}
	if diff := cmp.Diff(want, f.Problems()); diff != "" {
		t.Errorf("Problems() (-want +got):\n%s", diff)
	}
	if fault.KindOf(f.Err()) != fault.Invalid || f.Wrong("n") == "" || f.Wrong("d") != "" {
		t.Errorf("Err() = %v, Wrong(n) = %q, Wrong(d) = %q", f.Err(), f.Wrong("n"), f.Wrong("d"))
	}
}

func TestUploadsAreCountedAndWeighed(t *testing.T) {
	form := func(sizes ...int) *web.Form {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for i, n := range sizes {
			p, _ := m.CreateFormFile("file", fmt.Sprintf(`C:\docs\f%d.txt`, i))
			_, _ = p.Write(bytes.Repeat([]byte("a"), n))
		}
		_ = m.Close()
		r := httptest.NewRequest("POST", "/", &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
		f, err := web.ReadForm(r)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	ups, err := form(10, 20).Uploads("file", 2, 20)
	if err != nil || len(ups) != 2 || ups[0].Name != "f0.txt" {
		t.Fatalf("Uploads = %+v, %v; want two, named without their folder", ups, err)
	}
	if b, err := ups[1].Bytes(); err != nil || len(b) != 20 {
		t.Errorf("Bytes = %d, %v; want 20", len(b), err)
	}
	for _, f := range []*web.Form{form(1, 1, 1), form(21)} {
		if _, err := f.Uploads("file", 2, 20); fault.KindOf(err) != fault.Invalid || len(fault.Fields(err)) != 1 {
			t.Errorf("Uploads beyond the limits = %v, want Invalid for the field", err)
		}
	}
}

func TestAMessageIsShownOnceAndCannotBeForged(t *testing.T) {
	f := web.NewFlashes([]byte("key"), "/console")
	w := httptest.NewRecorder()
	f.Say(w, httptest.NewRequest("POST", "/", nil), "good", "已提交审核。")
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/console" {
		t.Errorf("cookie = %+v, want HttpOnly, Lax, the face's path", c)
	}
	take := func(key, value string) *web.Flash {
		r := httptest.NewRequest("GET", "/", nil)
		r.AddCookie(&http.Cookie{Name: c.Name, Value: value})
		w := httptest.NewRecorder()
		got := web.NewFlashes([]byte(key), "/console").Take(w, r)
		if gone := w.Result().Cookies(); len(gone) != 1 || gone[0].MaxAge >= 0 {
			t.Errorf("after Take the cookie is %+v, want it dropped", gone)
		}
		return got
	}
	if diff := cmp.Diff(&web.Flash{Kind: "good", Say: "已提交审核。"}, take("key", c.Value)); diff != "" {
		t.Errorf("Take() (-want +got):\n%s", diff)
	}
	for _, forged := range []*web.Flash{take("other", c.Value), take("key", "x"+c.Value), take("key", "nonsense")} {
		if forged != nil {
			t.Errorf("a forged message was shown: %+v", forged)
		}
	}
}

func TestAnAssetsNameChangesWithItsContent(t *testing.T) {
	make := func(css string) (*web.Assets, *web.Routes) {
		a := web.NewAssets("/assets/")
		if err := a.Bundle("x.css", fstest.MapFS{"a.css": {Data: []byte(css)}, "b.css": {Data: []byte("b{}")}}, "*.css"); err != nil {
			t.Fatal(err)
		}
		rs := web.New(web.Face{Now: clock})
		rs.Assets(a)
		return a, rs
	}
	a, rs := make(strings.Repeat("a{}", 1000))
	b, _ := make("a{color:red}")
	if a.MustURL("x.css") == b.MustURL("x.css") {
		t.Errorf("two contents have the name %s", a.MustURL("x.css"))
	}
	w := ask(rs, "GET", a.MustURL("x.css"), header("Accept-Encoding", "gzip"))
	if w.Code != 200 || w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("GET = %d %v, want compressed, immutable style sheet", w.Code, w.Header())
	}
	if w := ask(rs, "GET", a.MustURL("x.css"), header("If-None-Match", w.Header().Get("Etag"))); w.Code != 304 {
		t.Errorf("again = %d, want 304", w.Code)
	}
	if w := ask(rs, "GET", "/assets/x.css"); w.Code != 404 {
		t.Errorf("without its hash = %d, want 404", w.Code)
	}
	if _, err := a.URL("y.css"); err == nil {
		t.Error("URL of an unknown asset gave no error")
	}
	if err := a.Bundle("x.js", fstest.MapFS{"a.js": {Data: []byte("const a = 1;\nexport { a };")}}, "*.js"); err == nil {
		t.Error("a script that exports was bundled")
	}
	if err := a.Add("x.css", nil); err == nil {
		t.Error("an asset was added twice")
	}
}

func TestAStoredFileNeverActsAsAPage(t *testing.T) {
	send := func(kind string) http.Header {
		rs := web.New(web.Face{Now: clock})
		rs.Get("/f", web.Public, func(w http.ResponseWriter, r *http.Request) error {
			return web.ServeFile(w, r, web.File{Name: "方案 1.html", Type: kind, Digest: "abc", Inline: true, Public: true}, strings.NewReader("<script>1</script>"))
		})
		return ask(rs, "GET", "/f").Header()
	}
	for kind, how := range map[string]string{"text/html": "attachment", "image/svg+xml": "attachment", "application/pdf": "inline", "image/png": "inline", "": "attachment"} {
		h := send(kind)
		if want := how + "; filename*=UTF-8''%E6%96%B9%E6%A1%88%201.html"; h.Get("Content-Disposition") != want {
			t.Errorf("%s: Content-Disposition = %q, want %q", kind, h.Get("Content-Disposition"), want)
		}
		if !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: policy = %q, want a sandbox", kind, h.Get("Content-Security-Policy"))
		}
	}
}

func TestCleanHTMLPassesAndTextIsEscaped(t *testing.T) {
	ts, err := parse(t, `{{clean "<p>一</p>"}}{{.Title}}`)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ts.Bytes("list", listPage{Title: "<i>"})
	if err != nil || !strings.Contains(string(b), "<p>一</p>&lt;i&gt;") {
		t.Errorf("page = %q, %v", b, err)
	}
}
