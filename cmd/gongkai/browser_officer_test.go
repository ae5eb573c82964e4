package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gongkai/internal/browser"
)

const today = "2006-01-02"

// newDraft begins a draft of the education bureau and returns its path.
func (d *district) newDraft(p *browser.Page, title string) string {
	d.t.Helper()
	p.Open("/console/new").Fill("标题", title)
	p.Click("开始撰写").See("起草信息")
	return strings.TrimSuffix(strings.SplitN(p.Path(), "#", 2)[0], "/edit")
}

// complete fills what a draft needs before it may be submitted.
func complete(p *browser.Page, kind, body string) *browser.Page {
	p.Select("信息类别", kind).Select("公开栏目", "其他")
	p.Fill("发文机关", "示例市明镜区教育局").Fill("成文日期", time.Now().AddDate(0, 0, -1).Format(today))
	p.Choose("主动公开")
	if body != "" {
		p.Fill("正文", body)
	}
	p.Fill("内容概述", "说明怎样办理。")
	return p.Choose("立即发布")
}

// saved waits until the draft has saved itself.
func saved(p *browser.Page) *browser.Page {
	return p.SeeElement(`[data-saved][data-state="done"]`).See("已自动保存")
}

// signAll lets every level of a chain sign what is at path, in turn.
func (d *district) signAll(title string, officers ...string) {
	d.t.Helper()
	for _, login := range officers {
		p := d.officer(login, browser.Desktop)
		p.Open("/console/reviews").See(title).Click(title).See("公众将会看到的内容")
		p.Click("同意（").See("已签署")
	}
}

var fourLevels = []string{"jyj.first", "jyj.secrecy", "jyj.second", "jyj.final"}

// shownAt is the public address of an item that is public.
func shownAt(id string) string { return "/info/" + strings.TrimPrefix(id, "/console/items/") }

// publishing is the main way: a Word file becomes a public page.
func publishing(t *testing.T, d *district) {
	const title = "示例市明镜区教育局关于做好2026年秋季学期课后服务工作的通知"
	made := time.Now().AddDate(0, 0, -2)
	no := "明教发〔" + made.Format("2006") + "〕901号"
	file := wordFile(t, title, no, made)

	p := d.officer("jyj.publisher", browser.Desktop)
	p.Open("/console/new").Upload("文件", file)
	p.Click("上传并读取").See("从文件中读出的要素")
	item := strings.TrimSuffix(p.Path(), "/edit")

	// What the file says about itself is proposed, with the line it came from.
	p.See(title, no, made.Format(today), "（此件公开发布）", "示例市明镜区教育局")
	for field, want := range map[string]string{"标题": title, "发文字号": no, "成文日期": made.Format(today), "发文机关": "示例市明镜区教育局"} {
		if got := p.Value(field); got != want {
			t.Errorf("the field %s proposes %q, want %q", field, got, want)
		}
	}
	p.SeeElement(".source-line").Check("console-draft-uploaded")
	for selector, what := range map[string]string{
		`.editor-text h2, .editor-text h3`: "heading", `.editor-text ol li`: "numbered list",
		`.editor-text td[colspan="2"], .editor-text th[colspan="2"]`: "merged cells", `.editor-text td[rowspan="2"], .editor-text th[rowspan="2"]`: "merged rows",
		`.editor-text img`: "picture",
	} {
		if !browser.Eval[bool](p, `!!document.querySelector($0)`, selector) {
			t.Errorf("the %s of the Word file did not reach the editor", what)
		}
	}
	p.See("法定节假日除外", "建议补充")

	// What is missing is said, filled in, and saved without being asked.
	p.Select("公开栏目", "其他").Fill("内容概述", "课后服务的时间、内容和收费。").Choose("立即发布")
	saved(p).Click("保存版本").See("已保存为第")

	// Somebody goes on writing in the editor.
	p.Fill("关键词", "课后服务、中小学")
	browser.Eval[bool](p, `(() => { const e = document.querySelector(".editor-text"); e.scrollIntoView({block: "center"}); const last = [...e.querySelectorAll("p")].find(p => p.textContent.includes("不少于两小时")); const r = document.createRange(); r.selectNodeContents(last); r.collapse(true); e.focus(); const s = getSelection(); s.removeAllRanges(); s.addRange(r); return true })()`)
	p.Pause(200 * time.Millisecond).Type("除考试周以外，").See("除考试周以外").Pause(600 * time.Millisecond)
	saved(p)
	p.Open(item + "/edit").See("除考试周以外，每周一至周五")
	p.Click("保存版本").See("已保存为第")

	// Two versions are compared, with the change marked in the text.
	p.Open(item + "/versions").Check("console-versions-two")
	p.Open(item + "/compare?a=1&b=2").See("从第1版到第2版").SeeElement(".diff ins").Check("console-compare")
	if ins := strings.Join(p.Texts(".diff ins"), ""); !strings.Contains(ins, "除考试周以外，") {
		t.Errorf("the comparison marks %q as new, want “除考试周以外，”", ins)
	}
	p.Open(item+"/preview").See(title, "除考试周以外").Check("console-preview")

	p.Open(item+"/edit").Click("送审").See("已送审", "等待初审").Check("console-item-in-review")

	// The first reviewer returns it once, with a comment.
	first := d.officer("jyj.first", browser.Desktop)
	first.Open("/console/reviews").See(title).Check("console-queue").Click(title)
	first.See("公众将会看到的内容", "主动公开", "这是第一次送审").Check("console-review")
	first.Click("退回修改").See("处需要改正") // without a comment it is refused
	first.Fill("意见", "请写明退费办法。").Click("退回修改").See("已退回")

	p.Open(item+"/edit").See("被退回", "请写明退费办法").Check("console-draft-returned")
	p.Fill("内容概述", "课后服务的时间、内容、收费和退费办法。").Click("送审").See("已送审")

	// Nobody reviews their own.
	own := firstLink(t, p.Open(item), `^/console/reviews/[a-z0-9]+$`)
	p.Open(own).See("公众将会看到的内容").SeeNot("同意（")

	// The second time, the difference is shown; the last signature publishes.
	for i, login := range fourLevels {
		r := d.officer(login, bothViews[i%2])
		r.Open("/console/reviews").Click(title).See("公众将会看到的内容", "退费办法")
		if i == 0 {
			r.See("与上一次的不同").SeeNot("这是第一次送审")
		}
		r.Check("console-review-again-" + login)
		r.Click("同意（").See("已签署")
	}
	p.Open(item).See("已公开").Check("console-item-public")

	for _, v := range bothViews {
		c := d.visitor(v).Open(shownAt(item)).See(title, no, "除考试周以外，", "法定节假日除外")
		c.SeeElement(`.doc-body td[colspan="2"], .doc-body th[colspan="2"]`).Check("portal-info-published")
		if alt := c.Attribute(".doc-body img", "alt"); alt != "课后服务报名流程图" {
			t.Errorf("the picture's words are %q, want those of the Word file", alt)
		}
		if !browser.Eval[bool](c, `document.querySelector(".doc-body img").naturalWidth > 0`) {
			t.Error("the picture of the Word file does not show")
		}
	}
	d.visitor(browser.Desktop).Open("/search?q=" + query("课后服务")).See(title)
}

// twoOnOneDraft: the second of two people is told, and nothing is lost.
func twoOnOneDraft(t *testing.T, d *district) {
	a := d.officer("jyj.publisher", browser.Desktop)
	item := d.newDraft(a, "关于校车安全的通知")
	b := d.officer("jyj.publisher", browser.Desktop).Forgive("409")
	b.Open(item + "/edit").See("起草信息")

	a.Fill("内容概述", "甲写的概述。").Click("保存").See("已保存")
	b.Fill("内容概述", "乙写的概述。").See("别人已经改动了这份草稿")
	b.Click("保存").See("已经保存过这份草稿", "甲写的概述。", "乙写的概述。").Axe("console-conflict")
	b.Click("回到我的内容").See("起草信息")
	if got := b.Value("内容概述"); got != "乙写的概述。" {
		t.Errorf("after the conflict the second person's text is %q, want what was typed", got)
	}
	b.Fill("内容概述", "甲写的概述。乙写的概述。").Click("保存").See("已保存")
	a.Open(item + "/edit")
	if got := a.Value("内容概述"); got != "甲写的概述。乙写的概述。" {
		t.Errorf("the draft holds %q, want what was merged", got)
	}
}

// expiredSession: what was typed is not lost when the session has ended, whether
// the page saves by itself or the button is pressed.
func expiredSession(t *testing.T, d *district) {
	p := d.officer("jyj.publisher", browser.Desktop).Forgive("401")
	item := d.newDraft(p, "关于作息时间的通知")

	p.ForgetCookies().Fill("内容概述", "会话结束以后写的。").See("登录已经过期", "重新登录")
	p.Open(item + "/edit").See("登录")
	d.signIn(p, "jyj.publisher").Open(item + "/edit").See("留有一份没有保存到系统的内容").Axe("console-restore")
	p.Click("恢复这份内容")
	saved(p)
	if got := p.Open(item + "/edit").Value("内容概述"); got != "会话结束以后写的。" {
		t.Errorf("after signing in again the text is %q, want what was typed", got)
	}

	p.ForgetCookies().Fill("内容概述", "按下保存时会话已经结束。").Click("保存").See("您填写的内容没有丢失").Axe("console-signin-carry")
	d.signIn(p, "jyj.publisher").See("登录已经恢复").Axe("console-carried").Click("继续提交").See("已保存")
	if got := p.Open(item + "/edit").Value("内容概述"); got != "按下保存时会话已经结束。" {
		t.Errorf("after signing in on the way the text is %q, want what was typed", got)
	}
}

const notice = "现将有关事项通知如下。各学校应当于每学期开学后十日内落实，并向家长公布联系方式。"

// publishNotice takes a short text of the education bureau to the public and
// returns its path in the console.
func (d *district) publishNotice(p *browser.Page, title, docNo, kind, body string, more func(*browser.Page)) string {
	d.t.Helper()
	item := d.newDraft(p, title)
	complete(p, kind, body)
	p.Fill("发文字号", docNo)
	if more != nil {
		more(p)
	}
	p.Click("送审").See("已送审")
	d.signAll(title, fourLevels...)
	p.Open(item).See("已公开")
	return item
}

// scheduled: what is cleared for a time waits for it, and nobody sees it before.
func scheduled(t *testing.T, d *district) {
	const title = "关于明天开始报名的公告"
	tomorrow := time.Now().AddDate(0, 0, 2).Format(today)
	p := d.officer("jyj.publisher", browser.Desktop)
	item := d.newDraft(p, title)
	complete(p, "通知公告", notice).Choose("定时发布").Fill("发布日期", tomorrow).Fill("发布时间", "09:00")
	p.Click("送审").See("已送审")
	d.signAll(title, fourLevels...)
	p.Open(item).See("定时", tomorrow).Check("console-item-scheduled")
	c := d.visitor(browser.Phone).Open(shownAt(item)).SeeNot("每学期开学后十日内落实")
	if got := c.Status(); got != 404 {
		t.Errorf("before its time the page answers %d, want 404", got)
	}
	c.Open("/search?q=" + query("明天开始报名")).SeeNot(title)
	p.Open(item).Click("取消定时").See("已取消定时发布").Click("现在发布").See("已发布")
	c.Open(shownAt(item)).See(title)
}

// repeal: a new document repeals an old one, and every page that cites the old
// one says so.
func repeal(t *testing.T, d *district) {
	const first, citing, second = "关于校园供餐管理的通知", "关于贯彻校园供餐管理规定的通知", "关于废止校园供餐管理通知的通知"
	year := time.Now().Format("2006")
	p := d.officer("jyj.publisher", browser.Desktop)
	old := d.publishNotice(p, first, "明教发〔"+year+"〕911号", "政策文件", notice, nil)
	cites := d.publishNotice(p, citing, "明教发〔"+year+"〕912号", "通知公告", "请对照《关于校园供餐管理的通知》（明教发〔"+year+"〕911号）认真自查，并于月底前报送结果。", nil)
	c := d.visitor(browser.Desktop)
	c.Open(shownAt(old)).See("有效", citing).SeeNot("废止")

	by := d.publishNotice(p, second, "明教发〔"+year+"〕913号", "政策文件", notice, func(p *browser.Page) {
		p.Fill("查找已公开的文件", first).Click("查找").See("找到的文件与这条信息的关系")
		p.Select("找到的文件与这条信息的关系", "废止").Click("选这一份").See("生效日期")
	})
	for _, v := range bothViews {
		c := d.visitor(v)
		c.Open(shownAt(old)).See("废止", second).Check("portal-info-repealed")
		c.Open(shownAt(cites)).See(first, "废止").Check("portal-info-citing")
		c.Open(shownAt(by)).See(first)
	}
	if banner := strings.Join(c.Open(shownAt(old)).Texts(".banner-title"), " "); !strings.Contains(banner, "废止") {
		t.Errorf("the banner of a repealed document says %q", banner)
	}
}

// withdrawal leaves a tombstone with the reason.
func withdrawal(t *testing.T, d *district) {
	const title, reason = "关于误发的校历的通知", "校历日期有误，改正后重新发布。"
	p := d.officer("jyj.publisher", browser.Desktop)
	item := d.publishNotice(p, title, "明教发〔"+time.Now().Format("2006")+"〕921号", "通知公告", notice, nil)
	p.Open(item).Click("撤回")
	p.Check("console-withdraw-ask")
	p.Fill("理由", reason).Click("确认撤回").See("已撤回").Check("console-item-withdrawn")
	for _, v := range bothViews {
		c := d.visitor(v).Open(shownAt(item)).See("撤回", reason)
		if got := c.Status(); got != 410 {
			t.Errorf("a withdrawn page answers %d, want 410", got)
		}
		c.SeeNot("每学期开学后十日内落实").Check("portal-withdrawn")
		c.Open("/search?q=" + query("误发的校历")).SeeNot(title)
		c.Open(shownAt(item)+"/proof").See("本信息已经撤回", "经过").Check("portal-proof-withdrawn")
	}
}

// realReports looks at the published reports of the corpus as a citizen does,
// when they are there.
func realReports(t *testing.T, d *district) {
	files, err := filepath.Glob(filepath.Join(corpus(), "00?.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("NOT TESTED: the real reports are not beside the project")
	}
	dir := t.TempDir()
	out, err := exec.Command(d.cmd.Path, append([]string{"import", "--data", filepath.Join(dir, "data"), "--from", "原网站"}, files...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("import of the reports: %v\n%s", err, out)
	}
	serve := exec.Command(d.cmd.Path, "serve", "--data", filepath.Join(dir, "data"), "--listen", "127.0.0.1:0", "--ready-file", filepath.Join(dir, "ready"))
	serve.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { serve.Process.Signal(syscall.SIGTERM); serve.Wait() })
	base := ""
	for range 300 {
		if b, err := os.ReadFile(filepath.Join(dir, "ready")); err == nil {
			base = string(b)
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	for _, v := range bothViews {
		p := d.browser.Page(t, base, v).Open("/reports").See("年度报告").Check("reports-real")
		var reports []string
		for _, l := range p.Links() {
			if strings.HasPrefix(l, "/info/") {
				reports = append(reports, l)
			}
		}
		if len(reports) != len(files) {
			t.Fatalf("%s: the page of reports links %d of %d reports", v.Name, len(reports), len(files))
		}
		for i, path := range reports {
			p.Open(path).See("索引号")
			if v == browser.Desktop || i == 0 {
				p.Check(fmt.Sprintf("report-real-%d", i))
			}
		}
		p.Open("/search?q=" + query("苍南县")).See("找到")
	}
}
