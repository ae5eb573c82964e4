package main

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/document"
)

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// picture is an address as the console gives it to an uploaded picture.
const picture = "/files/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08/map.png"

const source = "../../console/editor"

// A desk is a page with the editor in a browser, under the console's policy.
type desk struct {
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	saved  string // what the form sent last
	refuse string // what an upload is told, "" to accept it
}

// posted waits until the form has been sent and returns what it held.
func (d *desk) posted() string {
	for range 200 {
		d.mu.Lock()
		saved := d.saved
		d.mu.Unlock()
		if saved != "" {
			return saved
		}
		time.Sleep(50 * time.Millisecond)
	}
	return ""
}

var bundle = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gongkai-editor-")
	if err != nil {
		return "", err
	}
	return dir, build(source, dir)
})

// chromium starts the browser that all tests share.
func chromium(path string) context.Context {
	browserOnce.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
		alloc, _ := chromedp.NewExecAllocator(context.Background(), options...)
		browserCtx, closeBrowser = chromedp.NewContext(alloc)
		chromedp.Do(browserCtx, chromedp.Navigate("about:blank"))
	})
	return browserCtx
}

var (
	browserOnce  sync.Once
	browserCtx   context.Context
	closeBrowser = func() {}
)

func TestMain(m *testing.M) {
	code := m.Run()
	closeBrowser()
	if dir, err := bundle(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

func lack(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("GONGKAI_REQUIRE") != "" {
		t.Fatalf("required and missing: %s", what)
	}
	t.Skipf("NOT TESTED, missing: %s", what)
}

// open shows a text in the editor.
func open(t *testing.T, text string) *desk {
	t.Helper()
	if _, err := os.Stat(filepath.Join(source, "node_modules")); err != nil {
		lack(t, "console/editor/node_modules (make editor)")
	}
	browser := os.Getenv("GONGKAI_TEST_CHROMIUM")
	if browser == "" {
		browser, _ = exec.LookPath("chromium")
	}
	if browser == "" {
		lack(t, "chromium")
	}
	built, err := bundle()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("testdata/page.html")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, strings.Replace(string(page), "TEXT", html.EscapeString(text), 1))
	})
	serve := func(name, path string) {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, path) })
	}
	serve("editor.js", filepath.Join(built, "editor.js"))
	serve("editor.css", filepath.Join(built, "editor.css"))
	serve("watch.js", "testdata/watch.js")
	serve("axe.js", filepath.Join(source, "node_modules", "axe-core", "axe.min.js"))
	mux.HandleFunc("GET /page.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		io.WriteString(w, `body { font: 16px/1.6 "Noto Sans CJK SC", sans-serif; margin: 16px; color: #1d2129 }`)
	})
	mux.HandleFunc("GET "+picture, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		w.Write([]byte("\x89PNG\r\n\x1a\n"))
	})
	mux.HandleFunc("POST /upload", func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		if d.refuse != "" {
			w.WriteHeader(http.StatusUnprocessableEntity)
			fmt.Fprintf(w, `{"say":%q}`, d.refuse)
			return
		}
		if f, _, err := r.FormFile("file"); err != nil {
			w.WriteHeader(http.StatusBadRequest)
		} else {
			f.Close()
			io.WriteString(w, `{"url":"`+picture+`"}`)
		}
	})
	mux.HandleFunc("POST /save", func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.saved = r.FormValue("body")
		io.WriteString(w, "saved")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	ctx, cancel := chromedp.NewContext(chromium(browser)) // a tab of its own
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	d.ctx = ctx
	d.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(server.URL+"/"),
		chromedp.Query(chromedp.CSS(".editor-toolbar"), chromedp.NodeVisible))
	t.Cleanup(func() {
		if t.Failed() {
			d.picture(filepath.Join(os.TempDir(), "gongkai-editor-"+strings.ReplaceAll(t.Name(), "/", "-")+".png"))
		}
	})
	return d
}

func (d *desk) do(steps ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	if err := chromedp.Do(d.ctx, steps...); err != nil {
		d.t.Fatal(err)
	}
}

func eval[T any](d *desk, js string) T {
	d.t.Helper()
	v, err := chromedp.Run(d.ctx, chromedp.Evaluate[T](js))
	if err != nil {
		d.t.Fatalf("%s: %v", js, err)
	}
	return v
}

func (d *desk) press(label string) { d.t.Helper(); eval[any](d, fmt.Sprintf(`press(%q)`, label)) }

func (d *desk) typed(keys string, mods ...chromedp.KeyOption) {
	d.t.Helper()
	if keys == kb.Enter {
		d.enter()
		return
	}
	d.do(chromedp.KeyEvent(keys, mods...))
	time.Sleep(40 * time.Millisecond) // no person types before the selection has settled
}

// enter presses Enter as a keyboard does: one event that a page can take. The
// driver's own sends the character apart, and the line would break twice.
func (d *desk) enter() {
	d.t.Helper()
	for _, p := range []input.DispatchKeyEventParams{
		{Type: kb.KeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13},
		{Type: kb.KeyUp, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13},
	} {
		if _, err := chromedp.Call(d.ctx, input.DispatchKeyEvent, p); err != nil {
			d.t.Fatal(err)
		}
	}
	time.Sleep(40 * time.Millisecond)
}

// text waits until the field holds what the editor shows.
func (d *desk) text() string {
	d.t.Helper()
	time.Sleep(400 * time.Millisecond) // the editor writes 300 ms after the last key
	return eval[string](d, `document.getElementById('body').value`)
}

func (d *desk) picture(file string) {
	if b, err := chromedp.Run(d.ctx, chromedp.FullScreenshot(100)); err == nil {
		os.WriteFile(file, b, 0o644)
		d.t.Logf("the page looked like %s", file)
	}
}

// calm fails if the browser refused anything or a script broke.
func (d *desk) calm() {
	d.t.Helper()
	if v := eval[[]string](d, `violations`); len(v) > 0 {
		d.t.Errorf("the page's policy was violated: %v", v)
	}
	if html := d.text(); strings.Contains(html, "style=") {
		d.t.Errorf("the text holds a style attribute: %s", html)
	} else if got, clean := sorted(d.t, html), sorted(d.t, document.Clean(html)); clean != got {
		d.t.Errorf("the server would change the text:\nsent %s\nkept %s", got, clean)
	}
}

// sorted writes HTML with the attributes of each element in order.
func sorted(t *testing.T, s string) string {
	t.Helper()
	body := &nethtml.Node{Type: nethtml.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := nethtml.ParseFragment(strings.NewReader(s), body)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, n := range nodes {
		for d := range n.Descendants() {
			slices.SortFunc(d.Attr, func(a, b nethtml.Attribute) int { return strings.Compare(a.Key, b.Key) })
		}
		if err := nethtml.Render(&out, n); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func (d *desk) want(want string) {
	d.t.Helper()
	if diff := cmp.Diff(lines(want), lines(d.text())); diff != "" {
		d.t.Errorf("the text (-want +got):\n%s", diff)
	}
}

// lines breaks HTML before each block so that a difference can be read.
func lines(html string) []string {
	for _, tag := range []string{"<p", "<h", "<t", "<ul", "<ol", "<li", "<section", "<figure"} {
		html = strings.ReplaceAll(html, tag, "\n"+tag)
	}
	return strings.Split(strings.TrimSpace(html), "\n")
}

func TestATextComesBackAsItWas(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"paragraphs and headings", `<h2>总体要求</h2><p>坚持<strong>公开为常态</strong>。</p><h3 class="al-center">附件</h3><p class="al-right">2026年3月2日</p>`},
		{"lists in lists", `<ol start="3"><li>编制目录<ul><li>明确事项</li></ul></li><li>按时更新</li></ol>`},
		{"a table with merged cells", `<table><caption>办理时限</caption><thead><tr><th colspan="2" scope="colgroup">事项</th><th scope="col">时限</th></tr></thead><tbody><tr><th scope="row">受理</th><td>窗口</td><td class="al-number" rowspan="2">5</td></tr><tr><th scope="row">办理</th><td>科室</td></tr></tbody></table>`},
		{"aligned cells", `<table><tbody><tr><td class="al-center">甲</td><td class="al-right">乙</td></tr><tr><td class="al-number">12</td><td></td></tr></tbody></table>`},
		{"links and notes", `<p>依据<a href="https://www.example.gov.cn/a">条例</a><sup><a id="fnref-1" href="#fn-1">1</a></sup>。</p><section class="footnotes"><h2>注释</h2><ol><li id="fn-1">国务院令 <a href="#fnref-1">返回正文</a></li></ol></section>`},
		{"a picture in the line", `<p>位置见图<img src="PICTURE" alt="路线图"></p>`},
		{"a picture with its caption", `<figure><img src="PICTURE" alt="路线图"><figcaption>办事路线</figcaption></figure>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.text = strings.ReplaceAll(c.text, "PICTURE", picture)
			d := open(t, c.text)
			if eval[bool](d, `document.querySelector('.editor').classList.contains('editor-source')`) {
				t.Fatal("the editor gave up and shows the source")
			}
			d.do(chromedp.Click(chromedp.CSS(".editor-text")))
			d.typed(kb.End, chromedp.KeyModifiers(chromedp.ModifierCtrl))
			d.typed("x")
			d.typed(kb.Backspace)
			d.want(c.text)
			d.calm()
		})
	}
}

// TestWhatWasReadFromFilesSurvivesTheEditor takes the text of every file that
// the readers are tested with through the editor: one key typed and taken back.
func TestWhatWasReadFromFilesSurvivesTheEditor(t *testing.T) {
	files, err := filepath.Glob("../../document/testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	older, _ := filepath.Glob("../../../shared/corpus/reports-2020/*.txt")
	newer, _ := filepath.Glob("../../../shared/corpus/reports/*.[hmp]*")
	if len(older) == 0 {
		t.Log("NOT TESTED on the real reports: ../shared/corpus is not there")
	}
	d := open(t, "")
	tried := 0
	for _, file := range slices.Concat(files, older, newer) {
		data, err := os.ReadFile(file)
		if err != nil || len(data) > 2<<20 {
			continue
		}
		doc, err := document.Read(d.ctx, filepath.Base(file), data, document.Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")})
		if err != nil {
			continue // files that cannot be read are somebody else's test
		}
		want := doc.HTML()
		if want == "" || len(want) > 400_000 {
			continue
		}
		tried++
		eval[any](d, fmt.Sprintf(`{ const a = document.getElementById('body'); a.value = %s; a.dispatchEvent(new Event('restored')); null }`, jsText(want)))
		if eval[bool](d, `document.querySelector('.editor').classList.contains('editor-source')`) {
			t.Errorf("%s: the editor gave up: %s", file, eval[string](d, `document.querySelector('.editor-status').textContent`))
			continue
		}
		d.do(chromedp.Focus(chromedp.CSS(".editor-text")))
		d.typed(kb.End, chromedp.KeyModifiers(chromedp.ModifierCtrl))
		d.typed("x")
		d.typed(kb.Backspace)
		got := document.Clean(d.text())
		if file == "../../document/testdata/notice.doc" {
			got = strings.Replace(got, "<td></td></tr></thead>", "</tr></thead>", 1) // the short row is filled up
		}
		if diff := cmp.Diff(lines(sorted(t, tight(document.Clean(want)))), lines(sorted(t, tight(got)))); diff != "" {
			t.Errorf("%s: the editor changed the text (-read +edited):\n%s", file, diff)
		}
	}
	if tried < 3 {
		t.Errorf("only %d files could be tried", tried)
	}
	t.Logf("%d files", tried)
}

// jsText writes a string as a JavaScript literal.
func jsText(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// tight takes out the white space that means nothing in HTML.
func tight(html string) string {
	html = regexp.MustCompile(`>\s*\n\s*<`).ReplaceAllString(html, "><")
	return regexp.MustCompile(`[ \t\n]+`).ReplaceAllString(html, " ")
}

func TestWritingWithTheKeyboardAlone(t *testing.T) {
	d := open(t, "")
	d.do(chromedp.Focus(chromedp.ID("title")))
	d.typed(kb.Tab) // the toolbar is one stop
	if got := eval[string](d, `document.activeElement.textContent`); got != "撤销" {
		t.Fatalf("Tab from the title leads to %q, want the toolbar's first button", got)
	}
	d.typed(kb.ArrowRight)
	d.typed(kb.ArrowRight)
	d.typed(kb.ArrowRight)
	if got := eval[string](d, `document.activeElement.textContent`); got != "一级标题" {
		t.Fatalf("three arrows lead to %q, want 一级标题", got)
	}
	d.typed(kb.Enter)
	d.typed("总体要求")
	d.typed(kb.Enter)
	d.typed("正文。")
	d.want(`<h2>总体要求</h2><p>正文。</p>`)
	d.typed(kb.F10, chromedp.KeyModifiers(chromedp.ModifierAlt))
	if got := eval[bool](d, `document.activeElement.closest('.editor-toolbar') !== null`); !got {
		t.Error("Alt F10 does not lead to the toolbar")
	}
	d.typed(kb.Escape)
	d.typed(kb.Tab)
	if got := eval[string](d, `document.activeElement.id`); got != "save" {
		t.Errorf("Tab from the text leads to %q, want the button below it", got)
	}
	if n := eval[int](d, `changes.length`); n < 1 {
		t.Errorf("gongkai:changed was fired %d times, want at least once", n)
	}
	d.press("撤销")
	d.calm()
}

func TestATableIsMadeMergedAndLeft(t *testing.T) {
	d := open(t, "<p>见下表</p>")
	d.do(chromedp.Click(chromedp.CSS(".editor-text p")))
	d.typed(kb.End)
	d.press("表格")
	d.do(chromedp.Query(chromedp.CSS("dialog[open]"), chromedp.NodeVisible))
	d.typed("办理时限")
	d.typed(kb.Enter)
	d.do(chromedp.Query(chromedp.CSS(".editor-text table"), chromedp.NodeVisible))
	for _, word := range []string{"事项", "科室", "时限"} {
		d.typed(word)
		d.typed(kb.Tab)
	}
	d.typed("受理")
	d.typed(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierShift))
	d.press("合并单元格")
	d.press("删除行")
	d.press("下方加行")
	d.want(`<p>见下表</p><table><caption>办理时限</caption><thead><tr><th scope="col">事项</th><th scope="col">科室</th><th scope="col">时限</th></tr></thead>` +
		`<tbody><tr><td></td><td></td><td></td></tr><tr><td></td><td></td><td></td></tr></tbody></table>`)
	d.calm()
}

func TestMergedCellsStayMerged(t *testing.T) {
	d := open(t, `<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></tbody></table>`)
	d.do(chromedp.Click(chromedp.CSS(".editor-text td")))
	d.typed(kb.End)
	d.typed(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierShift))
	d.press("合并单元格")
	d.want(`<table><tbody><tr><td colspan="2"><p>甲</p><p>乙</p></td></tr><tr><td>丙</td><td>丁</td></tr></tbody></table>`)
	d.press("拆分单元格")
	d.want(`<table><tbody><tr><td><p>甲</p><p>乙</p></td><td></td></tr><tr><td>丙</td><td>丁</td></tr></tbody></table>`)
	// Tab walks the cells and then leaves the text: no trap.
	for range 8 {
		d.typed(kb.Tab)
	}
	if eval[bool](d, `document.activeElement.classList.contains('editor-text')`) {
		t.Error("Tab never leaves the table")
	}
	d.calm()
}

func TestAPasteFromWordIsPlain(t *testing.T) {
	word, err := os.ReadFile("testdata/word.html")
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, "")
	d.do(chromedp.Click(chromedp.CSS(".editor-text")))
	eval[any](d, fmt.Sprintf("pasteHTML(%q)", word))
	d.want(`<h2 class="al-center">总体要求</h2>` +
		`<p>坚持以<strong>公开为常态</strong>、不公开为例外</p>` +
		`<h3>重点任务</h3>` +
		`<ol><li>编制目录<ol><li>明确事项</li></ol></li><li>按时更新</li></ol>` +
		`<table><tbody><tr><td colspan="2" class="al-center">事项</td><td rowspan="2">时限</td></tr><tr><td>受理</td><td>办理</td></tr></tbody></table>` +
		`<p class="al-right">示例市明镜区人民政府</p>`)
	if got := eval[string](d, `document.querySelector('.editor-status').textContent`); !strings.Contains(got, "1 张图片") {
		t.Errorf("the lost picture is not mentioned: %q", got)
	}
	d.calm()
}

func TestALinkWantsAnAddress(t *testing.T) {
	d := open(t, "<p>见条例</p>")
	d.do(chromedp.Click(chromedp.CSS(".editor-text p")))
	d.typed("a", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	d.typed("k", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	d.do(chromedp.Query(chromedp.CSS("dialog[open]"), chromedp.NodeVisible))
	d.typed("javascript:alert(1)")
	d.typed(kb.Enter)
	if got := eval[string](d, `document.querySelector('.editor-problem').textContent`); got == "" {
		t.Error("a script address is taken without a word")
	}
	eval[any](d, `document.querySelector('dialog input').value = ''`)
	d.typed("https://www.example.gov.cn/")
	d.typed(kb.Enter)
	d.want(`<p><a href="https://www.example.gov.cn/">见条例</a></p>`)
	d.calm()
}

func TestAPictureIsUploadedWithWords(t *testing.T) {
	d := open(t, "<p>图：</p>")
	file := filepath.Join(t.TempDir(), "map.png")
	if err := os.WriteFile(file, []byte("\x89PNG\r\n\x1a\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	d.refuse = "图片超过 20 MB，请压缩后再传。"
	d.do(chromedp.Click(chromedp.CSS(".editor-text p")))
	d.typed(kb.End)
	d.press("图片")
	d.do(chromedp.Query(chromedp.CSS("dialog[open]"), chromedp.NodeVisible),
		chromedp.SetUploadFiles(chromedp.CSS("dialog input[type=file]"), []string{file}))
	problem := func() string {
		time.Sleep(300 * time.Millisecond)
		return eval[string](d, `document.querySelector('.editor-problem').textContent`)
	}
	eval[any](d, `document.querySelector('dialog form').requestSubmit()`)
	if got := problem(); !strings.Contains(got, "图片说明") {
		t.Errorf("a picture without words is taken: %q", got)
	}
	d.do(chromedp.Focus(chromedp.CSS("dialog input[type=text]")))
	d.typed("办事路线图")
	d.typed(kb.Enter)
	if got := problem(); got != d.refuse {
		t.Errorf("the refusal reads %q, want %q", got, d.refuse)
	}
	d.mu.Lock()
	d.refuse = ""
	d.mu.Unlock()
	d.typed(kb.Enter)
	d.do(chromedp.Query(chromedp.CSS(".editor-text img"), chromedp.NodeVisible))
	d.want(`<p>图：<img src="` + picture + `" alt="办事路线图"></p>`)
	d.calm()
}

func TestWhatTheEditorCannotHoldIsEditedAsItStands(t *testing.T) {
	text := `<p>名词</p><dl><dt>公开</dt><dd>让人知道</dd></dl>`
	d := open(t, text)
	if !eval[bool](d, `!document.getElementById('body').hidden`) {
		t.Error("the source is not shown")
	}
	if got := d.text(); got != text {
		t.Errorf("the text was changed to %s", got)
	}
	d.do(chromedp.Click(chromedp.ID("save")))
	if got := d.posted(); got != text {
		t.Errorf("saved %q, want %q", got, text)
	}
}

func TestTheFormSendsTheLastKey(t *testing.T) {
	d := open(t, "<p>甲</p>")
	d.do(chromedp.Click(chromedp.CSS(".editor-text p")))
	d.typed(kb.End)
	d.typed("乙")
	d.do(chromedp.Click(chromedp.ID("save")))
	if got := d.posted(); got != "<p>甲乙</p>" {
		t.Errorf("saved %q, want <p>甲乙</p>", got)
	}
}

// TestTheEditorIsAccessible runs axe on the editor in each of its states.
func TestTheEditorIsAccessible(t *testing.T) {
	d := open(t, `<h2>总体要求</h2><p>正文</p><table><tbody><tr><th scope="row">甲</th><td>乙</td></tr></tbody></table>`)
	check := func(state string) {
		t.Helper()
		found, err := chromedp.Run(d.ctx, chromedp.Evaluate[[]string](`new Promise((done, fail) => {
			const run = () => axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))), fail)
			if (window.axe) return run()
			const s = document.createElement('script')
			s.src = '/axe.js'
			s.onload = run
			s.onerror = fail
			document.head.append(s)
		})`, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range found {
			t.Errorf("%s: %s", state, v)
		}
		if dir := os.Getenv("GONGKAI_PICTURES"); dir != "" {
			d.picture(filepath.Join(dir, "editor-"+state+".png"))
		}
	}
	check("text")
	d.do(chromedp.Click(chromedp.CSS(".editor-text td")))
	check("table")
	d.press("链接")
	d.do(chromedp.Query(chromedp.CSS("dialog[open]"), chromedp.NodeVisible))
	check("link")
	d.typed(kb.Escape)
	d.press("HTML 原文")
	check("source")
	d.press("HTML 原文")
	d.do(chromedp.EmulateViewport(360, 740))
	check("phone")
}
