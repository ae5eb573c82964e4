package console_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
)

func TestEveryAnswerIsGuarded(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	for _, path := range []string{"/console", "/console/items", "/console/new", "/console/nowhere"} {
		b.get(path)
		csp := b.header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s has the policy %q", path, csp)
		}
		if b.header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(b.header.Get("Cache-Control"), "no-") {
			t.Errorf("%s has the headers %v", path, b.header)
		}
		if strings.Contains(b.body, " style=") || strings.Contains(b.body, " onclick") {
			t.Errorf("%s has style or script within it", path)
		}
	}
	r, err := http.NewRequest("POST", w.server.URL+"/console/new", strings.NewReader("begin=write"))
	w.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if b.do(r); b.status != 403 {
		t.Errorf("a post from another site answered %d, want 403", b.status)
	}
}

func TestADraftIsCopiedFromAnEarlierItem(t *testing.T) {
	w := sqlite(t)
	id := w.public("关于2025年春季开学安排的通知")
	b := w.as("publisher")
	b.get("/console/new?words="+url.QueryEscape("春季开学")).shows(200, "关于2025年春季开学安排的通知")
	b.post("/console/new", "begin", "copy", "from", string(id), "unit", string(school)).shows(200, "草稿已建立")
	c := w.copyOf(b.itemID()).Content
	if c.Title != "关于2025年春季开学安排的通知" || c.DocNo != "" || !c.Made.IsZero() || c.Body == "" {
		t.Errorf("the copy is %+v", c)
	}
	b.post("/console/new", "begin", "copy", "from", "nonesuch", "unit", string(school)).shows(400, "选择要复制的信息")
	b.post("/console/new", "begin", "upload", "unit", string(school)).shows(400, "请选择要上传的文件")
	b.post("/console/new", "unit", string(school)).shows(400, "请选择用哪种方式开始")
}

func TestWhatIsMissingIsSaidAndStopsTheSubmission(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	b.post("/console/new", "begin", "write", "title", "", "unit", string(school), "kind", "policy").shows(200, "送审前还缺", "请填写标题", "请确定公开属性")
	id := b.itemID()
	form := b.form(edit(id))
	form.Set("act", "submit")
	form.Set("summary", "没有写完的概述")
	b.postValues(edit(id), form).shows(400, "处需要改正", "请填写标题", "请确定公开属性")
	if got := b.form(edit(id)).Get("summary"); got != "没有写完的概述" {
		t.Errorf("the refused form holds the summary %q", got)
	}
	if row := w.item(id); row.Work != publication.Draft {
		t.Errorf("an incomplete draft is %s after the refusal", row.Work)
	}
	form.Set("title", "不公开的")
	form.Set("attribute", "closed")
	form.Set("body", "<p>正文</p>")
	form.Set("made", "2026-02-03")
	form.Set("version", b.form(edit(id)).Get("version"))
	b.postValues(edit(id), form).shows(400, "处需要改正")
	form.Set("clause", "E14a")
	form.Set("version", b.form(edit(id)).Get("version"))
	b.postValues(edit(id), form).shows(400, "处需要改正")
}

func TestAttachmentsAreAddedNamedAndOrdered(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	b := w.as("publisher")
	b.get(edit(id))
	for _, name := range []string{"附件1.txt", "附件2.txt"} {
		form := b.form(edit(id))
		form.Set("act", "attach")
		b.upload(edit(id), "attach", name, []byte("这是"+name+"的内容，用于测试。"), form).shows(200, "已保存")
	}
	files := w.copyOf(id).Content.Files
	if len(files) != 2 || files[0].Name != "附件1.txt" {
		t.Fatalf("two uploads left %+v", files)
	}
	form := b.form(edit(id))
	form.Set("file-order-"+files[0].Digest, "2")
	form.Set("file-order-"+files[1].Digest, "1")
	form.Set("file-name-"+files[1].Digest, "招生计划表")
	b.postValues(edit(id), form).shows(200, "已保存")
	got := w.copyOf(id).Content.Files
	if len(got) != 2 || got[0].Name != "招生计划表.txt" || got[1].Name != "附件1.txt" {
		t.Errorf("after ordering and naming the files are %+v", got)
	}
	form = b.form(edit(id))
	form.Set("file-drop-"+files[0].Digest, "1")
	b.postValues(edit(id), form).shows(200, "已保存")
	if got := w.copyOf(id).Content.Files; len(got) != 1 {
		t.Errorf("after removing one the files are %+v", got)
	}
	form = b.form(edit(id))
	form.Add("file", strings.Repeat("b", 64))
	form.Set("file-name-"+strings.Repeat("b", 64), "别人的文件.pdf")
	b.postValues(edit(id), form).shows(200, "已保存")
	if got := w.copyOf(id).Content.Files; len(got) != 1 {
		t.Errorf("a digest typed by hand became an attachment: %+v", got)
	}
}

func TestARelationIsFoundWithoutScripts(t *testing.T) {
	w := sqlite(t)
	old := w.public("明镜区中小学招生办法")
	id := w.draft("关于废止招生办法的通知")
	b := w.as("publisher")
	form := b.get(edit(id)).form(edit(id))
	form.Set("act", "find")
	form.Set("rel-find", "招生办法")
	form.Set("summary", "查找时不会丢。")
	b.postValues(edit(id), form).shows(200, "明镜区中小学招生办法")
	form = b.form(edit(id))
	form.Set("relate", string(old))
	form.Set("relate-kind", "repeals")
	b.postValues(edit(id), form).shows(200, "已保存", "明镜区中小学招生办法")
	c := w.copyOf(id).Content
	if len(c.Relations) != 1 || c.Relations[0].Kind != publication.Repeals || c.Relations[0].To != old || c.Summary != "查找时不会丢。" {
		t.Fatalf("the relation is %+v, the summary %q", c.Relations, c.Summary)
	}
	w.clear(w.submit(id))
	b.post("/console/items/"+string(id)+"/publish").shows(200, "已发布")
	b.get("/console/items/"+string(old)).shows(200, "废止")
}

func TestAPictureOfADraftIsShownToItsWriterOnly(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	b := w.as("publisher")
	path := "/console/items/" + string(id) + "/pictures"
	png := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")
	b.upload(path, "file", "图.png", png, nil)
	if b.status != 200 || !strings.Contains(b.body, "/console/files/") {
		t.Fatalf("the picture answered %d: %s", b.status, b.body)
	}
	address := strings.Split(strings.Split(b.body, `"url":"`)[1], `"`)[0]
	if b.get(address); b.status != 200 || b.header.Get("Content-Type") != "image/png" {
		t.Errorf("the writer gets the picture with %d, %s", b.status, b.header.Get("Content-Type"))
	}
	if other := w.as("elsewhere").get(address); other.status != 404 {
		t.Errorf("somebody else gets the picture with %d", other.status)
	}
	form := b.get(edit(id)).form(edit(id))
	form.Set("body", `<p>见图。</p><p><img src="`+address+`" alt="示意图"></p>`)
	b.postValues(edit(id), form).shows(200, "已保存")
	if body := w.copyOf(id).Content.Body; !strings.Contains(body, `src="/files/`) {
		t.Errorf("the saved body is %s", body)
	}
	if !strings.Contains(b.form(edit(id)).Get("body"), `src="/console/files/`) {
		t.Errorf("the form shows the picture from elsewhere: %s", b.form(edit(id)).Get("body"))
	}
	b.upload(path, "file", "文.txt", []byte("不是图片的文字内容"), nil)
	if b.status != 400 || !strings.Contains(b.body, "只能插入") {
		t.Errorf("a text as picture answered %d: %s", b.status, b.body)
	}
}

func TestAClearedItemIsPublishedAtItsTime(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	w.clear(w.submit(id))
	b := w.as("publisher")
	path := "/console/items/" + string(id)
	b.post(path+"/schedule", "plan-date", "明天", "plan-time", "9点").shows(400, "请填写日期和时间")
	b.post(path+"/schedule", "plan-date", "2020-01-01", "plan-time", "09:00")
	if b.status == 200 {
		t.Errorf("a time that has passed was accepted")
	}
	b.post(path+"/schedule", "plan-date", "2026-03-05", "plan-time", "08:30").shows(200, "已预约在2026年3月5日08时30分发布", "定时发布")
	b.post(path+"/unschedule").shows(200, "已取消定时发布", "现在发布")
	b.post(path+"/schedule", "plan-date", "2026-03-05", "plan-time", "08:30").shows(200)
	w.clock.Set(time.Date(2026, 3, 5, 0, 31, 0, 0, time.UTC))
	_, err := w.queue.RunDue(context.Background())
	w.must(err)
	if row := w.item(id); row.Face != publication.Public {
		t.Errorf("after its time the item is %s", row.Face)
	}
	b = w.as("publisher")
	b.post(path+"/publish").shows(409, "没有办成")
	b.post(path+"/revise").shows(200, "已开始修改")
	b.post(path+"/discard").shows(200, "草稿已删除")
	b.get(path).shows(200, "已公开")
}

func TestARecalledSubmissionIsTheWritersAgain(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于春季开学安排的通知")
	w.submit(id)
	b := w.as("publisher")
	b.get(edit(id)).shows(200, "审查中", "收回修改")
	b.post("/console/items/"+string(id)+"/recall").shows(200, "已收回", "起草信息")
	b.post("/console/items/" + string(id) + "/recall").shows(409)
}

func TestItemsAreHandedOver(t *testing.T) {
	w := sqlite(t)
	id := w.public("=关于春季开学安排的通知")
	b := w.as("publisher")
	b.get("/console/transfers").shows(200, "还没有移送过信息")
	form := b.get("/console/transfers/new").shows(200, "共1条", "=关于春季开学安排的通知").form("/console/transfers/new")
	b.postValues("/console/transfers/new", form).shows(400, "请填写接收单位")
	form.Set("receiver", "示例市明镜区档案馆")
	form.Set("archive", "1")
	form["items"] = []string{string(id)}
	b.postValues("/console/transfers/new", form).shows(200, "政府信息移送清单", "示例市明镜区档案馆")
	if row := w.item(id); row.Face != publication.Archived {
		t.Errorf("after handing over the item is %s", row.Face)
	}
	b.get(b.url.Path + "/list.csv")
	if b.status != 200 || !strings.HasPrefix(b.body, "\ufeff序号") || !strings.Contains(b.body, "'=关于") {
		t.Errorf("the table for export answered %d: %q", b.status, b.body)
	}
	b.get("/console/items.csv?tab=archived")
	if b.status != 200 || !strings.Contains(b.body, "已归档") {
		t.Errorf("the export of items answered %d: %q", b.status, b.body)
	}
}

func TestTheListIsFiltered(t *testing.T) {
	w := sqlite(t)
	w.public("关于春季开学安排的通知")
	w.draft("关于秋季招生的通知")
	b := w.as("publisher")
	b.get("/console/items?tab=draft").shows(200, "关于秋季招生的通知").hides("关于春季开学安排的通知")
	b.get("/console/items?q="+url.QueryEscape("春季")).shows(200, "关于春季开学安排的通知").hides("关于秋季招生的通知")
	b.get("/console/items?q="+url.QueryEscape("明教发[2026]5号")).shows(200, "关于春季开学安排的通知")
	b.get("/console/items?q="+url.QueryEscape("没有这样的词")).shows(200, "没有符合条件的信息")
	b.get("/console/items?tab=archived").shows(200, "没有归档的信息")
	b.get("/console/items?tab=draft&mine=returned").shows(200, "没有草稿")
}

func TestTheWayHoldsOnPostgres(t *testing.T) {
	w := newWorld(t, dbtest.Postgres(t, schema))
	b := w.as("publisher")
	b.upload("/console/new", "file", "通知.docx", notice(t), url.Values{"begin": {"upload"}, "unit": {string(school)}, "kind": {"policy"}})
	id := b.shows(200, "草稿已建立").itemID()
	form := b.form(edit(id))
	form.Set("act", "submit")
	b.postValues(edit(id), form).shows(200, "已送审")
	w.clear(w.submission(id))
	b.post("/console/items/"+string(id)+"/publish").shows(200, "已发布")
	b.get("/console").shows(200, "件已公开")
	b.get("/console/items?tab=public").shows(200, "义务教育招生")
	w.as("supervisor").get("/console/overview").shows(200, "各单位情况")
	a := w.as("auditadmin")
	a.get("/console/ledger").shows(200, "首次公开")
}

func TestTheReviewerOfAnotherUnitSeesNothing(t *testing.T) {
	w := sqlite(t)
	sid := w.submit(w.draft("关于春季开学安排的通知"))
	if b := w.as("elsewhere").get("/console/reviews/" + string(sid)); b.status != 403 {
		t.Errorf("a submission of another unit answered %d", b.status)
	}
	var s review.Submission
	w.read(func(tx *db.Tx) (err error) { s, err = review.Get(tx, sid); return err })
	if s.Unit != org.ID(school) || s.State != review.Waiting {
		t.Errorf("the submission is %+v", s)
	}
}
