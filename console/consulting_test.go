package console_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/workday"
)

// townhead is the head of the town's office, who may answer for the town.
func (w *world) townhead() *visitor {
	w.Helper()
	ctx, sys := context.Background(), identity.System("test")
	id, _, err := w.people.Create(ctx, sys, "townhead", identity.Details{Name: "孔镇", Unit: town})
	w.must(err)
	w.must(w.people.Activate(ctx, sys, id))
	w.must(w.people.Grant(ctx, sys, id, identity.First, town))
	w.must(w.people.SetPassword(ctx, sys, id, password, false))
	w.ids["townhead"] = id
	return w.as("townhead")
}

// consultation is the newest one about an item.
func (w *world) consultation(id publication.ItemID) (c coordination.Consultation) {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		all, err := coordination.Of(tx, id.Subject())
		if err == nil && len(all) > 0 {
			c = all[len(all)-1]
		}
		return err
	})
	return c
}

// named is a draft whose text names the town.
func (w *world) named() publication.ItemID {
	w.Helper()
	id := w.draft("关于村小撤并安排的通知")
	cp := w.copyOf(id)
	cp.Content.Body = "<p>各学校：</p><p>清水镇的三所村小今年秋季并入镇中心学校，校车由示例市明镜区清水镇人民政府组织。</p>"
	_, err := w.items.Save(context.Background(), w.actor("publisher"), id, cp.Rev, cp.Content, cp.Plan)
	w.must(err)
	return id
}

func TestAnOrganIsAskedAnswersAndIsAskedAgainAfterAChange(t *testing.T) {
	w := sqlite(t)
	head := w.townhead()
	head.get("/console").hides("发布协调待答复")
	id := w.named()
	b := w.as("publisher")
	b.get(edit(id)).shows(200, "发布协调", "文中提到、还没有征求意见的单位", "清水镇人民政府")
	ask := "/console/items/" + string(id) + "/consult"
	b.get(ask+"?organ=mj-qs").shows(200, "文中提到的单位", "提到2次", "内容修改后需要再次征求")
	form := b.form(ask)
	if form.Get("organ") != "mj-qs" || form.Get("days") != "5" {
		t.Errorf("the form holds %v, want the town and five days", form)
	}
	form.Set("question", "请确认")
	b.postValues(ask, form).shows(400, "请写明请对方确认什么")
	form = b.form(ask)
	form.Set("days", "很多")
	b.postValues(ask, form).shows(400, "处需要改正")
	form.Set("days", "5")
	form.Set("question", "请确认三所村小的名称和校车安排。")
	b.postValues(ask, form).shows(200, "征求意见已发出", "尚未答复", "等待答复")
	c := w.consultation(id)
	page := "/console/consultations/" + string(c.ID)

	// Nobody else sees the draft; the town sees exactly what it is asked about.
	w.as("officer").get(page).shows(403)
	head.get("/console").shows(200, "发布协调待答复", "前答复")
	head.get("/console/items/" + string(id)).shows(403)
	head.get("/console/consultations").shows(200, "关于村小撤并安排的通知", "示例市明镜区教育局")
	head.get(page).shows(200, "请确认三所村小的名称和校车安排", "三所村小今年秋季并入", "提交答复")
	head.post(page+"/answer").shows(400, "请选择同意")
	head.post(page+"/answer", "verdict", "amend", "opinion", "改").shows(400, "请写明修改意见")
	if got := head.form(page + "/answer"); got.Get("verdict") != "amend" || got.Get("opinion") != "改" {
		t.Errorf("the refused form holds %v", got)
	}
	head.post(page+"/answer", "verdict", "amend", "opinion", "村小是两所，请更正。").shows(200, "答复已登记", "同意但有修改意见", "孔镇，示例市明镜区清水镇人民政府")
	b.get("/console").shows(200, "发布协调需处理")
	b.get(edit(id)).shows(200, "同意但有修改意见，请修改后再次征求意见", "村小是两所，请更正")

	// In review the last signature waits for the agreement.
	sid := w.submit(id)
	for _, login := range []string{"first", "secrecy", "second"} {
		r := w.as(login)
		f := r.get("/console/reviews/" + string(sid)).form("/console/reviews/" + string(sid) + "/sign")
		r.postValues("/console/reviews/"+string(sid)+"/sign", f).shows(200, "已签署")
	}
	final := w.as("final")
	final.get("/console/reviews/"+string(sid)).shows(200, "审定以前还要办结", "村小是两所，请更正")
	final.post("/console/reviews/"+string(sid)+"/sign", "level", "3", "digest", w.submissionDigest(sid)).shows(409, "应当与有关机关协商、确认", "清水镇人民政府同意但有修改意见")
	final.post("/console/reviews/"+string(sid)+"/return", "level", "3", "digest", w.submissionDigest(sid), "opinion", "按清水镇的意见修改").shows(200, "已退回")

	// The author changes the text, and asks the town again about what is new.
	cp := w.copyOf(id)
	cp.Content.Body = strings.Replace(cp.Content.Body, "三所", "两所", 1)
	_, err := w.items.Save(context.Background(), w.actor("publisher"), id, cp.Rev, cp.Content, cp.Plan)
	w.must(err)
	b.get(edit(id)).shows(200, "答复的是修改前的内容", "内容已修改，需再次征求")
	b.get(ask + "?again=" + string(c.ID))
	form = b.form(ask)
	if form.Get("question") != "请确认三所村小的名称和校车安排。" {
		t.Errorf("asking again begins with %q", form.Get("question"))
	}
	b.postValues(ask, form).shows(200, "征求意见已发出")
	again := "/console/consultations/" + string(w.consultation(id).ID)
	head.get(again).shows(200, "与您单位上次看到的不同", "划掉的")
	head.post(again+"/answer", "verdict", "agree").shows(200, "答复已登记")
	head.get(page).shows(200, "已由新的征求意见代替", "现在没有需要您办理的事")
	b.get(edit(id)).shows(200, "有关机关的意见已经办结")
	sid = w.submit(id)
	w.clear(sid)
	b.get("/console/items/"+string(id)).shows(200, "待发布", "征求示例市明镜区清水镇人民政府意见", "清水镇人民政府：同意")
}

func (w *world) submissionDigest(sid review.SubmissionID) (d string) {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		s, err := review.Get(tx, sid)
		d = s.Digest.String()
		return err
	})
	return d
}

func TestAReviewerDemandsAndTheOfficeDecides(t *testing.T) {
	w := sqlite(t)
	head := w.townhead()
	id := w.named()
	sid := w.submit(id)
	ask := "/console/items/" + string(id) + "/consult"
	first := w.as("first")
	first.get("/console/reviews/"+string(sid)).shows(200, "涉及其他机关职责", "征求有关机关意见")
	first.get(ask+"?organ=mj-qs").shows(200, "以审查人员的身份")
	form := first.form(ask)
	form.Set("question", "请确认校车由镇政府组织是否属实。")
	first.postValues(ask, form).shows(200, "征求意见已发出", "审查人员要求")
	first.postValues(ask, form).shows(409, "不能重复征求")
	page := "/console/consultations/" + string(w.consultation(id).ID)
	b := w.as("publisher")
	b.post(page+"/withdraw", "why", "不需要征求镇政府意见").shows(403)
	head.post(page+"/answer", "verdict", "refuse", "opinion", "校车由教育局组织，我镇没有承担。").shows(200, "不同意")
	b.get(page).shows(200, "报请协调", "这条信息还不能审定")
	b.post(page+"/escalate", "why", "协调").shows(400, "请写明理由")
	b.post(page+"/escalate", "why", "校车经费已拨到镇，双方理解不一致。").shows(200, "已报请协调")
	office := w.as("supervisor")
	office.get("/console").shows(200, "发布协调待裁定")
	office.get("/console/consultations?tab=decide").shows(200, "关于村小撤并安排的通知")
	office.get(page).shows(200, "登记协调结果", "校车经费已拨到镇")
	office.post(page+"/decide", "outcome", "publish").shows(400, "请写明理由")
	office.post(page+"/decide", "outcome", "publish", "opinion", "按区政府专题会议，由镇政府组织。", "evidence", "会议纪要〔2026〕2号").shows(200, "协调同意公开", "会议纪要〔2026〕2号")
	w.clear(sid)
	if row := w.item(id); row.Work != publication.Ready {
		t.Errorf("after the decision the item is %s, want ready", row.Work)
	}
	b.get("/console/items/"+string(id)).shows(200, "协调结果：同意按原文公开")
	b.get(ask).shows(409, "只有起草中或者审查中的信息")
}

func TestAnOrganOutsideIsRecordedByItsLetterAndLateOnesAreListed(t *testing.T) {
	w := sqlite(t)
	id := w.draft("关于个体工商户税费优惠的通知")
	ask := "/console/items/" + string(id) + "/consult"
	b := w.as("publisher")
	form := b.get(ask).form(ask)
	form.Set("outside", "国家税务总局明镜区税务局")
	form.Set("question", "请确认优惠的税种和比例。")
	b.postValues(ask, form).shows(200, "征求意见已发出", "国家税务总局明镜区税务局")
	page := "/console/consultations/" + string(w.consultation(id).ID)
	w.clock.Add(10 * 24 * time.Hour)
	b = w.as("publisher")
	b.get("/console").shows(200, "件逾期")
	b.get("/console/consultations").shows(200, "逾期未答复")
	b.post(page+"/answer", "verdict", "agree").shows(400, "请写明答复的凭据")
	b.post(page+"/answer", "verdict", "agree", "evidence", "明税函〔2026〕3号，3月5日").shows(200, "答复已登记", "明税函〔2026〕3号")
	w.must(w.items.Discard(context.Background(), w.actor("publisher"), id))
}

func TestFilesOfAConsultationOpenForTheOrganAskedOnly(t *testing.T) {
	w := sqlite(t)
	head := w.townhead()
	b := w.as("publisher")
	b.upload("/console/new", "file", "通知.docx", notice(t), url.Values{"begin": {"upload"}, "unit": {string(school)}, "kind": {"policy"}})
	id := b.itemID()
	cp := w.copyOf(id)
	cp.Content.Files = []publication.File{*cp.Content.Original}
	cp.Content.Files[0].Name = "安排.docx"
	_, err := w.items.Save(context.Background(), w.actor("publisher"), id, cp.Rev, cp.Content, cp.Plan)
	w.must(err)
	_, err = w.items.Consult(context.Background(), w.actor("publisher"), id, cp.Rev+1, coordination.Request{Organ: town, Question: "请确认附件中的安排。"})
	w.must(err)
	file := "/files/" + cp.Content.Files[0].Digest + "/a.docx"
	page := "/console/consultations/" + string(w.consultation(id).ID)
	head.get("/console" + file)
	if head.status != 404 {
		t.Errorf("the file itself answered %d to the town, want 404", head.status)
	}
	if head.get(page + file); head.status != 200 {
		t.Errorf("the file of the consultation answered %d to the organ asked, want 200", head.status)
	}
	head.get(page + "/files/" + strings.Repeat("a", 64) + "/a.docx").shows(404)
	if other := w.as("officer"); other.get(page+file).status != 403 {
		t.Errorf("the file of the consultation answered %d to somebody else, want 403", other.status)
	}
}

func dateOf(t time.Time) workday.Date { return workday.Today(t) }
