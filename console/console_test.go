package console_test

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/db"
	"gongkai/publication"
	"gongkai/review"
)

func TestTemplatesFitTheirPages(t *testing.T) {
	w := sqlite(t)
	if err := w.console.Check(); err != nil {
		t.Fatal(err)
	}
}

func TestFromTheUploadToThePublicPage(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	b.get("/console").shows(200, "现在要办", "没有正在办的信息")
	b.get("/console/new").shows(200, "上传已有的文件", "直接撰写", "复制以前的信息")
	b.upload("/console/new", "file", "通知.docx", notice(t), url.Values{"begin": {"upload"}, "unit": {string(school)}, "kind": {"policy"}})
	b.shows(200, "草稿已建立", "从文件中读出的要素", "明教发〔2026〕12号", "已填入")
	id := b.itemID()
	c := w.copyOf(id).Content
	if c.Title != "示例市明镜区教育局关于做好2026年义务教育招生工作的通知" || c.DocNo != "明教发〔2026〕12号" || c.Made.String() != "2026-02-27" {
		t.Errorf("the upload gave %q, %q, %s", c.Title, c.DocNo, c.Made)
	}
	if c.Original == nil || !strings.Contains(c.Body, "<table") {
		t.Errorf("the upload is %v and its body has no table: %s", c.Original, c.Body)
	}

	form := b.form(edit(id))
	form.Set("summary", "今年秋季入学的报名时间和材料。")
	form.Set("theme", "11")
	form.Set("attribute", "open")
	form.Set("act", "submit")
	b.postValues(edit(id), form).shows(200, "已送审，等待初审", "审查中")
	if row := w.item(id); row.Work != publication.InReview || row.IndexNo == "" {
		t.Fatalf("after submitting the item is %s with the number %q", row.Work, row.IndexNo)
	}

	for _, login := range []string{"first", "secrecy", "second", "final"} {
		r := w.as(login)
		r.get("/console/reviews").shows(200, c.Title)
		sid := w.submission(id)
		r.get("/console/reviews/"+string(sid)).shows(200, c.Title, "主动公开", "这是第一次送审", "原文件")
		f := r.form("/console/reviews/" + string(sid) + "/sign")
		f.Set("opinion", "内容准确")
		r.postValues("/console/reviews/"+string(sid)+"/sign", f).shows(200, "已签署")
	}
	b.get("/console").shows(200, "已审定，待发布")
	b.get("/console/items/"+string(id)).shows(200, "待发布", "现在发布", "内容准确")
	b.post("/console/items/"+string(id)+"/publish").shows(200, "已发布", "已公开")
	if row := w.item(id); row.Face != publication.Public {
		t.Fatalf("after publishing the item is %s", row.Face)
	}

	b.get("/console/items/"+string(id)+"/ruling").shows(200, "废止")
	f := b.form("/console/items/" + string(id) + "/ruling")
	f.Set("kind", "repeals")
	f.Set("basis", "明府发〔2026〕9号清理结果")
	b.postValues("/console/items/"+string(id)+"/ruling", f).shows(200, "有效性已变更", "废止")
	b.post("/console/items/"+string(id)+"/withdraw", "why", "短").shows(400, "请写明撤回的理由")
	b.post("/console/items/"+string(id)+"/withdraw", "why", "正文中的报名时间有误").shows(200, "已撤回", "正文中的报名时间有误")
	if row := w.item(id); row.Face != publication.Withdrawn {
		t.Errorf("after withdrawing the item is %s", row.Face)
	}
}

// submission is the latest submission of an item.
func (w *world) submission(id publication.ItemID) (sid review.SubmissionID) {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		all, err := review.Of(tx, id.Subject())
		if len(all) > 0 {
			sid = all[len(all)-1].ID
		}
		return err
	})
	return sid
}

func TestTwoPeopleOnOneDraft(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	one, two := w.as("publisher"), w.as("colleague")
	mine, theirs := one.get(edit(id)).form(edit(id)), two.get(edit(id)).form(edit(id))
	theirs.Set("title", "关于春季开学和放假安排的通知")
	theirs.Set("act", "save")
	two.postValues(edit(id), theirs).shows(200, "已保存")
	mine.Set("summary", "这是我写的概述。")
	mine.Set("body", "<p>我写的正文。</p>")
	mine.Set("act", "save")
	one.postValues(edit(id), mine).shows(409, "何同已经保存过这份草稿", "这是我写的概述", "关于春季开学和放假安排的通知", "我写的正文")
	if got := w.copyOf(id).Content.Title; got != "关于春季开学和放假安排的通知" {
		t.Fatalf("the slower save changed the title to %q", got)
	}

	merge := one.form(edit(id))
	merge.Set("act", "show")
	one.postValues(edit(id), merge).shows(200, "起草信息")
	form := one.form(edit(id))
	if got := form.Get("summary"); got != "这是我写的概述。" {
		t.Errorf("after a conflict the form holds the summary %q", got)
	}
	form.Set("act", "save")
	one.postValues(edit(id), form).shows(200, "已保存")
	if got := w.copyOf(id).Content.Summary; got != "这是我写的概述。" {
		t.Errorf("the merged save left the summary %q", got)
	}
}

func TestAutosaveTellsTheSlowerOne(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	b := w.as("publisher")
	form := b.get(edit(id)).form(edit(id))
	form.Set("title", "关于春季开学的通知")
	b.postValues("/console/items/"+string(id)+"/autosave", form)
	if b.status != 200 || !strings.Contains(b.body, `"version":"2"`) {
		t.Fatalf("the autosave answered %d: %s", b.status, b.body)
	}
	b.postValues("/console/items/"+string(id)+"/autosave", form)
	if b.status != 409 || !strings.Contains(b.body, "没有覆盖") {
		t.Errorf("an autosave on an old number answered %d: %s", b.status, b.body)
	}
	form.Set("version", "2")
	form.Set("made", "二月三十日")
	b.postValues("/console/items/"+string(id)+"/autosave", form)
	if b.status != 400 {
		t.Errorf("an autosave with a bad date answered %d: %s", b.status, b.body)
	}
}

func TestAnEndedSessionLosesNothing(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	b := w.as("publisher")
	form := b.get(edit(id)).form(edit(id))
	form.Set("summary", "写了很久的概述。")
	form.Set("act", "save")
	w.clock.Add(31 * time.Minute)
	b.postValues(edit(id), form).shows(401, "您填写的内容还在", "登录")
	signin := b.form("/console/signin")
	signin.Set("login", "publisher")
	signin.Set("password", "wrong-Password-1")
	b.postValues("/console/signin", signin).shows(403, "用户名或口令不正确", "您填写的内容还在")
	signin = b.form("/console/signin")
	signin.Set("login", "publisher")
	signin.Set("password", password)
	b.postValues("/console/signin", signin).shows(200, "您填写的内容还在", "继续提交")
	b.postValues(edit(id), b.form(edit(id))).shows(200, "已保存")
	if got := w.copyOf(id).Content.Summary; got != "写了很久的概述。" {
		t.Errorf("after signing in again the summary is %q", got)
	}
	if strings.Contains(b.url.String(), "carry") || strings.Contains(b.url.RawQuery, "summary") {
		t.Errorf("what was typed is in the address: %s", b.url)
	}
}

func TestWhoeverWantedAPageGetsItAfterSigningIn(t *testing.T) {
	w := sqlite(t)
	b := w.nobody()
	b.get("/console/items?tab=draft")
	if b.url.Path != "/console/signin" || b.url.RawQuery != "" {
		t.Fatalf("without a session the list led to %s", b.url)
	}
	b.post("/console/signin", "login", "publisher", "password", password)
	if b.url.Path != "/console/items" || b.url.Query().Get("tab") != "draft" {
		t.Errorf("after signing in the page is %s, want the list of drafts", b.url)
	}
}

func TestSigningInIsLockedAfterFailures(t *testing.T) {
	w := sqlite(t)
	b := w.nobody()
	for range 5 {
		b.post("/console/signin", "login", "publisher", "password", "wrong-Password-1").shows(403, "用户名或口令不正确")
	}
	b.post("/console/signin", "login", "publisher", "password", password).shows(403, "暂时锁定")
}

func TestTheReviewerIsToldWhyNot(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	sid := w.submit(id)
	w.as("publisher").get("/console/reviews/"+string(sid)).shows(200, "现在可以做什么").hides("同意（初审）")
	first := w.as("first")
	first.get("/console/reviews/"+string(sid)).shows(200, "同意（初审）")
	f := first.form("/console/reviews/" + string(sid) + "/sign")
	back := url.Values{"level": f["level"], "digest": f["digest"]}
	first.postValues("/console/reviews/"+string(sid)+"/return", back).shows(400, "处需要改正")

	// The text is taken back and changed while the reviewer reads.
	w.must(w.items.Recall(context.Background(), w.actor("publisher"), id))
	cp := w.copyOf(id)
	cp.Content.Title = "关于春季开学安排的补充通知"
	_, err := w.items.Save(context.Background(), w.actor("publisher"), id, cp.Rev, cp.Content, cp.Plan)
	w.must(err)
	again := w.submit(id)
	first.postValues("/console/reviews/"+string(sid)+"/sign", f).shows(409, "现在可以做什么")
	first.postValues("/console/reviews/"+string(again)+"/sign", f).shows(409)

	first.get("/console/reviews/"+string(again)).shows(200, "改动的要素", "关于春季开学安排的补充通知")
	f = first.form("/console/reviews/" + string(again) + "/sign")
	first.postValues("/console/reviews/"+string(again)+"/sign", f).shows(200, "已签署")
	first.get("/console/reviews/signed").shows(200, "初审：同意")
	second := w.as("secrecy")
	f = second.get("/console/reviews/" + string(again)).form("/console/reviews/" + string(again) + "/sign")
	f.Set("opinion", "第二段请核对人数")
	second.postValues("/console/reviews/"+string(again)+"/return", f).shows(200, "已退回")
	w.as("publisher").get(edit(id)).shows(200, "被退回", "第二段请核对人数")
}

func TestAFileThatCannotBeReadIsAttached(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	b.upload("/console/new", "file", "旧文件.docx", append([]byte("PK\x03\x04"), bytes.Repeat([]byte{1, 2, 3}, 400)...), url.Values{"begin": {"upload"}, "unit": {string(school)}, "kind": {"notice"}})
	b.shows(200, "文件已经保存为附件")
	c := w.copyOf(b.itemID()).Content
	if len(c.Files) != 1 || c.Files[0].Name != "旧文件.docx" || c.Title != "旧文件" {
		t.Errorf("the unreadable upload left %+v", c)
	}
	b.get("/console/files/" + c.Files[0].Digest + "/x.docx")
	if b.status != 200 || b.header.Get("Content-Disposition") == "" {
		t.Errorf("the attachment answered %d, %v", b.status, b.header)
	}
	other := w.as("elsewhere")
	if other.get("/console/files/" + c.Files[0].Digest + "/x.docx"); other.status != 404 {
		t.Errorf("somebody of another unit got the attachment with status %d", other.status)
	}
}

func TestAnotherUnitsDraftsStayUnseen(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	b := w.as("elsewhere")
	for _, path := range []string{"/console/items/" + string(id), edit(id), "/console/items/" + string(id) + "/versions", "/console/items/" + string(id) + "/preview"} {
		if b.get(path); b.status != 403 && b.status != 404 {
			t.Errorf("%s answered %d to another unit", path, b.status)
		}
	}
	b.get("/console/items").hides("关于春季开学安排的通知")
}

func TestVersionsAreComparedAndRestored(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	b := w.as("publisher")
	form := b.get(edit(id)).form(edit(id))
	form.Set("act", "keep")
	b.postValues(edit(id), form).shows(200, "已保存为第1版")
	form = b.form(edit(id))
	form.Set("body", "<p>全新的正文。</p>")
	form.Set("title", "关于春季开学的通知")
	form.Set("act", "keep")
	b.postValues(edit(id), form).shows(200, "已保存为第2版")
	b.get("/console/items/"+string(id)+"/versions").shows(200, "第1版", "第2版", "手工保存")
	b.get("/console/items/"+string(id)+"/compare?a=1&b=2").shows(200, "从第1版到第2版", "关于春季开学安排的通知", "全新的正文")
	if !strings.Contains(b.body, "<ins>") || !strings.Contains(b.body, "<del>") {
		t.Errorf("the comparison marks nothing")
	}
	b.get("/console/items/" + string(id) + "/compare?a=2&b=1")
	b.postValues("/console/items/"+string(id)+"/restore", b.form("/console/items/"+string(id)+"/restore")).shows(200, "已把第1版的内容取回草稿")
	if got := w.copyOf(id).Content.Title; got != "关于春季开学安排的通知" {
		t.Errorf("after restoring the title is %q", got)
	}
}
