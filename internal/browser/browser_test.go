package browser_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/browser"
)

// witness stands for the test of a page and takes down what it is told.
type witness struct {
	testing.TB
	t        *testing.T
	failures []string
	cleanups []func()
}

type stopped struct{}

func (w *witness) Helper()             {}
func (w *witness) Name() string        { return w.t.Name() }
func (w *witness) Failed() bool        { return false } // no pictures of what is meant to fail
func (w *witness) Cleanup(f func())    { w.cleanups = append(w.cleanups, f) }
func (w *witness) Logf(string, ...any) {}
func (w *witness) Errorf(format string, args ...any) {
	w.failures = append(w.failures, fmt.Sprintf(format, args...))
}

func (w *witness) Fatalf(format string, args ...any) {
	w.Errorf(format, args...)
	panic(stopped{})
}

// watch lets f work on a page and tells how the page's test failed.
func watch(t *testing.T, b *browser.Browser, origin string, v browser.View, f func(p *browser.Page)) (failures []string) {
	t.Helper()
	w := &witness{TB: t, t: t}
	func() {
		defer func() {
			if r := recover(); r != nil && r != (any)(stopped{}) {
				panic(r)
			}
		}()
		f(b.Page(w, origin, v))
	}()
	for _, c := range slices.Backward(w.cleanups) {
		c()
	}
	return w.failures
}

const head = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>试页</title></head><body><main><h1>试页</h1>`

// serve answers with pages of which each has one fault.
func serve(t *testing.T) *httptest.Server {
	pages := map[string]string{
		"/good":      head + `<p>一切正常。</p><a href="/next">下一页</a><form method="get" action="/next"><label for="a">标题</label><input id="a" name="a"><label><input type="checkbox" name="c" value="1">公开</label><label for="s">年份</label><select id="s" name="y"><option>2025</option><option>2026</option></select><button>提交审核</button></form></main>`,
		"/next":      head + `<p>第二页。</p></main>`,
		"/inline":    head + `<script>document.title = "x"</script></main>`,
		"/throws":    head + `<script src="/throws.js"></script></main>`,
		"/console":   head + `<script src="/console.js"></script></main>`,
		"/foreign":   head + `<img alt="外站" src="http://127.0.0.2:9/a.png"></main>`,
		"/missing":   head + `<img alt="缺图" src="/gone.png"></main>`,
		"/nolabel":   head + `<input name="a"></main>`,
		"/wide":      head + `<div style="width:1600px">很宽</div></main>`,
		"/held":      head + `<div tabindex="0" role="region" aria-label="表" style="overflow-x:auto"><div style="width:1600px">很宽</div></div></main>`,
		"/covered":   head + `<button id="b">提交审核</button><div style="position:fixed;inset:0">盖住</div></main>`,
		"/scripted":  head + `<p id="p">没有脚本</p><script src="/says.js"></script></main>`,
		"/restless":  head + `<p id="row" style="display:flex;gap:9em"><button id="save">保存</button><button id="send">送审</button></p><p id="did">还没有按</p><script src="/restless.js"></script></main>`,
		"/withdrawn": head + `<p>已撤回。</p></main>`,
	}
	scripts := map[string]string{
		"/throws.js": `throw new Error("坏了")`, "/console.js": `console.error("不好")`, "/says.js": `document.getElementById("p").textContent = "脚本在跑"`,
		"/restless.js": `let n = 0; const swap = setInterval(() => { row.style.flexDirection = n % 2 ? "row" : "row-reverse"; if (++n > 24) clearInterval(swap) }, 50);
			for (const b of [save, send]) b.addEventListener("click", () => { did.textContent = (did.textContent.startsWith("按了") ? did.textContent : "按了") + b.textContent })`,
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if js, ok := scripts[r.URL.Path]; ok {
			w.Header().Set("Content-Type", "text/javascript")
			io.WriteString(w, js)
			return
		}
		page, ok := pages[r.URL.Path]
		if r.URL.Path == "/favicon.ico" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.URL.Path == "/inline" {
			w.Header().Set("Content-Security-Policy", "script-src 'self'")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/withdrawn" {
			w.WriteHeader(http.StatusGone)
		}
		io.WriteString(w, page)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestABrowserTest(t *testing.T) {
	b := browser.Start(t)
	s := serve(t)

	t.Run("notices what is wrong with a page", func(t *testing.T) {
		for _, c := range []struct {
			name, path, want string
			view             browser.View
			do               func(p *browser.Page)
		}{
			{"an inline script that the policy forbids", "/inline", "Content Security Policy", browser.Desktop, nil},
			{"a script that throws", "/throws", "坏了", browser.Desktop, nil},
			{"a word on the console", "/console", "不好", browser.Desktop, nil},
			{"a request to another origin", "/foreign", "asks another origin: http://127.0.0.2:9/a.png", browser.Desktop, nil},
			{"a part that is missing", "/missing", "gone.png", browser.Desktop, nil},
			{"a field without a label", "/nolabel", "axe: critical, label", browser.Desktop, func(p *browser.Page) { p.Axe("nolabel") }},
			{"a page too wide for a phone", "/wide", "px wide on a screen of 390", browser.Phone, func(p *browser.Page) { p.Fits("wide") }},
			{"a button that is covered", "/covered", "covers", browser.Desktop, func(p *browser.Page) { p.Click("提交审核") }},
			{"a word that should not be there", "/good", "should not be", browser.Desktop, func(p *browser.Page) { p.SeeNot("一切正常") }},
		} {
			t.Run(c.name, func(t *testing.T) {
				failures := watch(t, b, s.URL, c.view, func(p *browser.Page) {
					p.Open(c.path)
					if c.do != nil {
						c.do(p)
					}
				})
				if !strings.Contains(strings.Join(failures, "\n"), c.want) {
					t.Errorf("the page %s failed with %q, want something about %q", c.path, failures, c.want)
				}
			})
		}
	})

	t.Run("leaves a good page in peace", func(t *testing.T) {
		for _, v := range []browser.View{browser.Desktop, browser.Phone, browser.Phone.WithoutScript()} {
			failures := watch(t, b, s.URL, v, func(p *browser.Page) {
				p.Open("/good").See("一切正常").SeeNot("第二页").Axe("good").Fits("good")
				p.Fill("标题", "关于供水的公告").Choose("公开").Select("年份", "2026")
				p.Click("提交审核").See("第二页")
				if got, want := p.Path(), "/next?a=%E5%85%B3%E4%BA%8E%E4%BE%9B%E6%B0%B4%E7%9A%84%E5%85%AC%E5%91%8A&c=1&y=2026"; got != want {
					t.Errorf("%s: after the form the page is %s, want %s", v.Name, got, want)
				}
				p.Back().See("一切正常").Click("下一页").See("第二页")
				p.Open("/held").Fits("held")
				p.Open("/withdrawn").See("已撤回")
				if got := p.Status(); got != http.StatusGone {
					t.Errorf("%s: Status() of a withdrawn page = %d, want 410", v.Name, got)
				}
			})
			if len(failures) > 0 {
				t.Errorf("%s: a good page failed: %q", v.Name, failures)
			}
		}
	})

	t.Run("switches scripts off", func(t *testing.T) {
		b.Page(t, s.URL, browser.Desktop).Open("/scripted").See("脚本在跑")
		b.Page(t, s.URL, browser.Desktop.WithoutScript()).Open("/scripted").See("没有脚本").SeeNot("脚本在跑")
	})

	t.Run("presses what it means on a page that moves", func(t *testing.T) {
		for _, v := range []browser.View{browser.Desktop, browser.Phone} {
			for range 4 {
				b.Page(t, s.URL, v).Open("/restless").Click("保存").See("按了保存").SeeNot("按了保存保存", "按了保存送审", "按了送审")
			}
		}
	})

	t.Run("keeps a picture where it is told", func(t *testing.T) {
		dir := t.TempDir()
		t.Setenv("GONGKAI_SCREENSHOTS", dir)
		b.Page(t, s.URL, browser.Phone).Open("/good").Check("good")
		if info, err := os.Stat(filepath.Join(dir, "good-phone.png")); err != nil || info.Size() < 1000 {
			t.Errorf("Check() left no picture: %v", err)
		}
	})
}
