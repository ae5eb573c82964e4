package console_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"gongkai/internal/browser"
)

// slow is the console of a world, the answers of whose inspections wait while it is
// held.
type slow struct {
	mu    sync.Mutex
	gate  chan struct{} // nil: nothing waits
	parts bool          // what is asked about a part does not wait
	asked int
}

func (s *slow) hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate = make(chan struct{})
}

func (s *slow) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gate != nil {
		close(s.gate)
	}
	s.gate = nil
}

func (s *slow) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

func (s *slow) before(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/inspect") {
			text, err := io.ReadAll(r.Body)
			if err != nil {
				return // the page has thought better of it
			}
			r.Body = io.NopCloser(bytes.NewReader(text))
			s.mu.Lock()
			s.asked++
			gate := s.gate
			if s.parts && bytes.Contains(text, []byte(`"part":true`)) {
				gate = nil
			}
			s.mu.Unlock()
			if gate != nil {
				<-gate
			}
		}
		h.ServeHTTP(w, r)
	})
}

// writer opens the editor of a new draft as the publisher.
func (w *world) writer(t *testing.T, b *browser.Browser, s *slow, view browser.View) *browser.Page {
	t.Helper()
	w.clock.Add(time.Minute) // the rate of sign-ins from one address is limited
	server := httptest.NewServer(s.before(w.console))
	t.Cleanup(server.Close)
	t.Cleanup(s.release) // before the server waits for what it still answers
	p := b.Page(t, server.URL, view)
	p.Open("/console/signin").Fill("用户名", "publisher").Fill("口令", password).Click("登录").See("工作")
	return p.Open(edit(w.draft("关于做好招生工作的通知"))).See("没有发现问题")
}

// underlined waits until exactly these words of a gravity are underlined.
func underlined(t *testing.T, p *browser.Page, severity string, want ...string) {
	t.Helper()
	var got []string
	for range 150 {
		if got = p.Texts(".found-" + severity + ":not(.found-label)"); slices.Equal(got, want) {
			return
		}
		p.Pause(100 * time.Millisecond)
	}
	t.Fatalf("underlined as %s: %q, want %q", severity, got, want)
}

// body is the text of the editor.
func body(p *browser.Page) string {
	return browser.Eval[string](p, `document.querySelector(".editor-text").innerText`)
}

// before is what stands in the paragraph before the cursor.
func before(p *browser.Page) string {
	return browser.Eval[string](p, `(() => { const s = getSelection(), r = document.createRange(), e = s.anchorNode.parentElement.closest("p"); r.setStart(e, 0); r.setEnd(s.anchorNode, s.anchorOffset); return r.toString() })()`)
}

func TestFindingsWhileWriting(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := inspecting(t)
	number, other := identityNumber("110101", "19900307", "002"), identityNumber("330102", "19851123", "417")

	t.Run("words are underlined, mended with a key, and the mending undone", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Fill("正文", "𠮷某😀反映，培训质量任然不高。").Key("\r").Type("请各镇按时批露工作情况。")
		underlined(t, p, "error", "任然", "批露")
		p.See("检查发现 2 处，2 处应当改正", "应当改正（2）", "“任然” → “仍然”")
		if at := before(p); at != "请各镇按时批露工作情况。" {
			t.Errorf("after the answer the cursor stands behind %q, it must not move", at)
		}
		p.Key(kb.F8)
		if at := before(p); at != "𠮷某😀反映，培训质量" {
			t.Errorf("F8 led behind %q, want the place before 任然", at)
		}
		p.See("第 1 处，共 2 处").SeeElement(".found-card").Check("console-finding-card")
		p.Key(kb.F8)
		if at := before(p); at != "请各镇按时" {
			t.Errorf("F8 again led behind %q, want the place before 批露", at)
		}
		p.Key(kb.F8, kb.ModifierShift)
		if at := before(p); at != "𠮷某😀反映，培训质量" {
			t.Errorf("Shift and F8 led behind %q, want the place before 任然", at)
		}
		p.Key(kb.Enter, kb.ModifierAlt).Key("\r")
		underlined(t, p, "error", "批露")
		if got := body(p); !strings.Contains(got, "培训质量仍然不高") {
			t.Fatalf("Enter on the card wrote %q, want 仍然", got)
		}
		p.Type("（实地走访）")
		if got := body(p); !strings.Contains(got, "仍然（实地走访）不高") {
			t.Errorf("typing goes on at %q, want behind the mended word", got)
		}
		p.Key("z", kb.ModifierCtrl)
		if got := body(p); !strings.Contains(got, "仍然不高") {
			t.Errorf("the first undo left %q, want only the typed words gone", got)
		}
		p.Key("z", kb.ModifierCtrl)
		if got := body(p); !strings.Contains(got, "任然不高") {
			t.Errorf("the second undo left %q, want the mending gone", got)
		}
		underlined(t, p, "error", "任然", "批露")

		// A digit chooses, and the list leads to its places.
		p.Click("“批露” → “披露”").Key(kb.Enter, kb.ModifierAlt).Key("1")
		underlined(t, p, "error", "任然")
		if got := body(p); !strings.Contains(got, "按时披露") {
			t.Errorf("the digit wrote %q, want 披露", got)
		}
		p.Key(kb.F8).Key(kb.Enter, kb.ModifierAlt).Click("忽略本处")
		underlined(t, p, "error")
		p.Type("另").See("没有发现问题") // ignored also by the next answer
		underlined(t, p, "error")
	})

	t.Run("all personal data is masked at once and comes back at once", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Fill("正文", "公示人员身份证号"+number+"。").Key("\r").Type("另一人身份证号" + other + "。")
		underlined(t, p, "block", number, other)
		p.Check("console-findings-private")
		p.Click("全部隐去个人信息（2 处）").See("已隐去 2 处")
		underlined(t, p, "block")
		if got := body(p); strings.Contains(got, number) || strings.Contains(got, other) || strings.Count(got, "****") < 2 {
			t.Errorf("masking left %q", got)
		}
		p.Key("z", kb.ModifierCtrl)
		if got := body(p); !strings.Contains(got, number) || !strings.Contains(got, other) {
			t.Errorf("one undo left %q, want both numbers back", got)
		}
		underlined(t, p, "block", number, other)
	})

	t.Run("typing never waits, and an answer about an older text is dropped", func(t *testing.T) {
		s := &slow{}
		p := w.writer(t, b, s, browser.Desktop)
		s.hold()
		p.Fill("正文", "培训质量任然不高。")
		for before := s.count(); s.count() == before; {
			p.Pause(20 * time.Millisecond)
		}
		p.See("正在检查…")
		for _, word := range []string{"请", "各", "镇", "抓", "紧", "落", "实", "。"} {
			p.Type(word)
		}
		if got := body(p); !strings.Contains(got, "不高。请各镇抓紧落实。") {
			t.Errorf("while the answer is awaited the text is %q, want everything typed", got)
		}
		p.Key(kb.Home).Type("目前")
		s.release()
		underlined(t, p, "error", "任然")
		if got := body(p); !strings.Contains(got, "目前培训质量任然不高。请各镇抓紧落实。") {
			t.Errorf("afterwards the text is %q", got)
		}
		if at := before(p); at != "目前" {
			t.Errorf("the answer moved the cursor behind %q", at)
		}
	})

	t.Run("an input method is not disturbed", func(t *testing.T) {
		s := &slow{}
		p := w.writer(t, b, s, browser.Desktop)
		p.Fill("正文", "培训质量任然不高。")
		underlined(t, p, "error", "任然")
		asked := s.count()
		p.Compose("zhen dui")
		p.Pause(700 * time.Millisecond)
		if s.count() != asked {
			t.Errorf("%d inspections were asked for during composition, want none", s.count()-asked)
		}
		p.Type("针对批露")
		underlined(t, p, "error", "任然", "批露")
		if got := body(p); !strings.Contains(got, "不高。针对批露") || strings.Contains(got, "zhen") {
			t.Errorf("the composed text is %q", got)
		}
	})

	t.Run("the list follows what is typed before its places", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Fill("正文", "培训质量任然不高。")
		underlined(t, p, "error", "任然")
		p.Key(kb.Home).Type("总的来看，").Click("“任然” → “仍然”")
		if at := before(p); at != "总的来看，培训质量" {
			t.Errorf("the list led behind %q, want the place before 任然", at)
		}
		p.Click("HTML 原文").See("编辑 HTML 原文时不检查")
		if p.Has("“任然” → “仍然”") {
			t.Error("the list leads to places that are not shown")
		}
		p.Click("HTML 原文").See("“任然” → “仍然”")
		underlined(t, p, "error", "任然")
	})

	t.Run("a list in a table is masked column by column", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Fill("正文", "名单如下：").Click("表格").Fill("行数", "3").Fill("列数", "2").Click("插入表格").Pause(300 * time.Millisecond)
		for _, cell := range []string{"姓名", "身份证号", "李明远", number, "王晓红", other} {
			p.Type(cell).Key(kb.Tab)
		}
		underlined(t, p, "block", number, other)
		underlined(t, p, "suspect", "李明远", "王晓红")
		p.Check("console-findings-table")
		p.Click("疑似个人信息也全部隐去（2 处）")
		underlined(t, p, "suspect")
		if got := body(p); !strings.Contains(got, "李**") || !strings.Contains(got, "王**") {
			t.Errorf("the names were masked as %q", got)
		}
	})

	t.Run("the title is inspected below its field", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Fill("标题", "关于批露招生情况的通知").SeeElement(".found-field")
		p.Check("console-findings-title")
		p.Click("改为“披露”")
		if got := p.Value("标题"); got != "关于披露招生情况的通知" {
			t.Errorf("the title is %q, want it mended", got)
		}
		p.Pause(time.Second)
		if p.Has("改为“披露”") {
			t.Error("the mended title still has its finding")
		}
	})

	t.Run("the summary is inspected below its field, with the keys of the text", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Fill("内容概述", "按时批露，身份证号"+number+"，任然拖延。").See("内容概述：错别字词")
		p.SeeElement(".found-field li").Check("console-findings-summary")
		selected := func() string {
			return browser.Eval[string](p, `(() => { const e = document.activeElement; return e.name + ":" + e.value.slice(e.selectionStart, e.selectionEnd) })()`)
		}
		p.Key(kb.Home).Key(kb.F8)
		if got := selected(); got != "summary:批露" {
			t.Errorf("F8 selected %q, want 批露 in the summary", got)
		}
		p.See("第 1 处，共 3 处。内容概述：差错").Key(kb.F8).Key(kb.F8)
		if got := selected(); got != "summary:任然" {
			t.Errorf("F8 twice more selected %q, want 任然", got)
		}
		p.Key(kb.F8, kb.ModifierShift).See("第 2 处，共 3 处")
		if say := strings.Join(p.Texts(`p[role="status"].hide`), ""); strings.Contains(say, number) || !strings.Contains(say, "身份号码") {
			t.Errorf("of personal data is said %q, want its kind and not the number", say)
		}
		p.Key(kb.Enter, kb.ModifierAlt).See("按 Ctrl 加 Z 可以撤销")
		if got := p.Value("内容概述"); strings.Contains(got, number) || !strings.Contains(got, "****") {
			t.Errorf("Alt and Enter left %q, want the number masked", got)
		}
		p.Key("z", kb.ModifierCtrl)
		if got := p.Value("内容概述"); !strings.Contains(got, number) {
			t.Errorf("undo left %q, want the number back", got)
		}
		p.Click("改为“仍然”").Pause(time.Second).See("内容概述：错别字词").Click("改为“披露”")
		if got := p.Value("内容概述"); !strings.Contains(got, "按时披露") || !strings.Contains(got, "仍然拖延") {
			t.Errorf("the summary is %q, want it mended", got)
		}
		// The list leads back to what is left.
		p.Fill("标题", "关于做好招生的通知").See("应当改正（1）").Click("内容概述：公民身份号码")
		if got := selected(); got != "summary:"+number {
			t.Errorf("the list led to %q, want the number in the summary", got)
		}
	})

	t.Run("names of tables and what is said of pictures are inspected where they stand", func(t *testing.T) {
		picture := filepath.Join(t.TempDir(), "图.png")
		w.must(os.WriteFile(picture, png(), 0o600))
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Fill("正文", "情况任然复杂。").Click("表格").Fill("表格名称（可以不填）", "批露情况和任然存在的问题").Fill("行数", "2").Fill("列数", "1").Click("插入表格").Pause(300 * time.Millisecond).Type("项目")
		underlined(t, p, "error", "任然", "批露", "任然")
		p.See("表格名称：错别字词")
		p.Key(kb.Home, kb.ModifierCtrl).Key(kb.F8).Key(kb.F8).See("第 2 处，共 3 处。表格名称").SeeElement(".found-card").Check("console-finding-caption")
		p.Key(kb.Enter, kb.ModifierAlt).Key("\r")
		underlined(t, p, "error", "任然", "任然")
		p.Key("z", kb.ModifierCtrl)
		underlined(t, p, "error", "任然", "批露", "任然")
		p.Click("“批露” → “披露”").Click("修改表格名称…").Fill("表格名称", "公开情况").Click("保存名称")
		underlined(t, p, "error", "任然")

		p.Key(kb.End, kb.ModifierCtrl).Key("\r").Click("图片").Upload("图片文件", picture).Fill("图片说明", "走访户主，身份证号"+number+"，任然困难").Click("上传并插入")
		underlined(t, p, "block", number)
		underlined(t, p, "error", "任然", "任然")
		p.See("图片说明：走访户主").Check("console-finding-alt")
		p.Key(kb.F8).SeeElement(".found-card")
		for range 3 {
			if strings.Contains(strings.Join(p.Texts(".found-card-head"), ""), "身份") {
				break
			}
			p.Key(kb.F8)
		}
		p.See("修改图片说明…").Click("全部隐去个人信息（1 处）")
		underlined(t, p, "block")
		if alt := browser.Eval[string](p, `document.querySelector(".editor-picture img").alt`); strings.Contains(alt, number) || !strings.Contains(alt, "****") {
			t.Errorf("masking left the picture with %q", alt)
		}
		p.Key("z", kb.ModifierCtrl)
		underlined(t, p, "block", number)
		p.Click("“任然” → “仍然”").Click("改为“仍然”")
		underlined(t, p, "error", "任然")
		p.Click("“任然” → “仍然”").Click("忽略本处")
		underlined(t, p, "error")
		p.Key(kb.End, kb.ModifierCtrl).Type("另").Pause(time.Second)
		underlined(t, p, "error")
		underlined(t, p, "block", number)
		// What is saved is the text, not its marks.
		p.Click("HTML 原文")
		if html := p.Value("正文"); strings.Contains(html, "found") || strings.Contains(html, "editor-") || !strings.Contains(html, "<caption>公开情况</caption>") || strings.Count(html, "<img ") != 1 {
			t.Errorf("the text is kept as %q", html)
		}
	})

	t.Run("a server that is away is said and does no harm", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Desktop)
		p.Forgive("inspect", "401")
		p.ForgetCookies()
		p.Fill("正文", "继续写的内容。").See("检查不可用：登录已经失效")
		if got := body(p); !strings.Contains(got, "继续写的内容。") {
			t.Errorf("the text is %q", got)
		}
	})

	t.Run("on a phone the list is below the text", func(t *testing.T) {
		p := w.writer(t, b, &slow{}, browser.Phone)
		p.Fill("正文", "培训质量任然不高，身份证号"+number+"。")
		underlined(t, p, "error", "任然")
		p.See("应当改正 2").Check("console-findings-phone-folded")
		p.Click("边写边检查").Click("“任然” → “仍然”").SeeElement(".found-card").Check("console-findings-phone")
		p.Click("改为“仍然”")
		underlined(t, p, "error")
	})
}

// TestALongTextIsInspectedAroundTheChangeFirst writes in a text of many pages.
func TestALongTextIsInspectedAroundTheChangeFirst(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := inspecting(t)
	s := &slow{}
	c := complete("关于做好招生工作的通知")
	c.Body = "<p>开头培训质量任然不高。</p>" + strings.Repeat("<p>各镇人民政府、街道办事处应当在规定时间内将适龄儿童入学登记情况报送区教育局，由区教育局会同有关部门完成核对。</p>", 200) + "<p>结尾</p><table><thead><tr><th scope=\"col\">姓名</th><th scope=\"col\">联系电话</th></tr></thead><tbody><tr><td>李某</td><td>无</td></tr></tbody></table>"
	id, err := w.items.Create(context.Background(), w.actor("publisher"), school, c)
	w.must(err)
	p := w.writer(t, b, s, browser.Desktop).Open(edit(id))
	underlined(t, p, "error", "任然")
	behind := func(word string) {
		browser.Eval[bool](p, `(() => { const e = document.querySelector(".editor-text"), one = [...e.querySelectorAll("p")].find(p => p.textContent === $0); e.focus(); getSelection().collapse(one, one.childNodes.length); return true })()`, word)
		p.Pause(200 * time.Millisecond)
	}
	// While the whole is held back, the surroundings of a change have their answer.
	s.parts = true
	s.hold()
	behind("结尾")
	p.Type("请按时批露情况。")
	underlined(t, p, "error", "任然", "批露")
	phone := "1391234" + "5678"
	behind("无")
	p.Key(kb.Backspace).Type(phone)
	underlined(t, p, "error", "任然", "批露", phone) // told by the head of its column
	p.SeeNot("已检查")
	s.release()
	p.See("已检查")
	underlined(t, p, "error", "任然", "批露", phone)
}

// TestADraftIsCheckedWithoutScriptsInABrowser presses the button where scripts are
// switched off, and looks at the same page with them.
func TestADraftIsCheckedWithoutScriptsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := inspecting(t)
	number := identityNumber("330102", "19851123", "417")
	list := filepath.Join(t.TempDir(), "名单.csv")
	w.must(os.WriteFile(list, []byte("姓名,身份证号\n李某,"+number+"\n"), 0o600))
	c := complete("关于批露招生情况的通知")
	c.Body = "<p>各镇反映的问题任然存在，联系人身份证号" + number + "。</p>"
	id, err := w.items.Create(context.Background(), w.actor("publisher"), school, c)
	w.must(err)
	for _, view := range []browser.View{browser.Desktop.WithoutScript(), browser.Desktop, browser.Phone} {
		w.clock.Add(time.Minute)
		p := b.Page(t, w.server.URL, view)
		p.Open("/console/signin").Fill("用户名", "publisher").Fill("口令", password).Click("登录").See("工作").Open(edit(id))
		if view.NoScript {
			p.Upload("添加附件", list).Click("上传附件").See("已保存")
		}
		p.Click("检查全文和附件").See("检查结果", "都应当改正", "名单.csv", "生成隐去个人信息的副本", "应为“披露”")
		p.Check("console-draft-checked-" + view.Name)
	}
}
