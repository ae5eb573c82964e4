package console_test

import (
	"context"
	"testing"
	"time"

	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/publication"
)

// leak is a draft in whose text somebody has forgotten an identity number.
func (w *world) leak() publication.ItemID {
	w.Helper()
	id := w.draft("关于发放助学金的通知")
	w.write(id, "<p>各学校：</p><p>联系人公民身份号码"+inspectiontest.Identity(7)+"。</p>")
	return id
}

func (w *world) write(id publication.ItemID, body string) {
	w.Helper()
	cp := w.copyOf(id)
	cp.Content.Body = body
	_, err := w.items.Save(context.Background(), w.actor("publisher"), id, cp.Rev, cp.Content, cp.Plan)
	w.must(err)
}

func TestANumberInTheTextIsRefusedWithItsPlaceAndPassesWhenMended(t *testing.T) {
	w := sqlite(t)
	id := w.leak()
	b := w.as("publisher")
	form := b.get(edit(id)).form(edit(id))
	form.Set("act", "submit")
	b.postValues(edit(id), form).shows(200, "没有送审", "不得公开", "应当改正", "正文")
	if row := w.item(id); row.Work != publication.Draft || row.IndexNo != "" {
		t.Errorf("after the refusal the item is %s with number %q, want a draft without one", row.Work, row.IndexNo)
	}
	w.write(id, "<p>各学校：</p><p>联系人电话见公开指南。</p>")
	form = b.get(edit(id)).form(edit(id))
	form.Set("act", "submit")
	b.postValues(edit(id), form).shows(200, "已送审，等待初审")
	sid := w.submission(id)
	w.as("first").get("/console/reviews/"+string(sid)).shows(200, "检查情况", "没有发现问题", "检查发现后已经改正的内容", "第1版改正", "林信").hides("现在不能同意")
}

func TestASignerLetsAFindingStandWithReasonAndOthersSeeByWhom(t *testing.T) {
	w := sqlite(t)
	id := w.leak()
	ctx := context.Background()
	report, err := w.inspections.Check(ctx, w.actor("publisher"), id.Subject())
	w.must(err)
	if len(report.Blocking()) != 1 {
		t.Fatalf("%d findings block, want 1", len(report.Blocking()))
	}
	today := report.At
	terms := inspection.Terms{Scope: inspection.ThisPlace, Reason: "依法公布的名单", Basis: "有关法律规定的公布义务", Until: dateOf(today.AddDate(0, 0, 2))}
	_, err = w.inspections.Except(ctx, w.actor("secrecy"), []inspection.ID{report.Blocking()[0].ID}, terms)
	w.must(err)
	sid := w.submit(id)
	review := "/console/reviews/" + string(sid)
	w.as("first").get(review).shows(200, "批准保留的内容", "例外，有效期至", "周密", "依法公布的名单", "有关法律规定的公布义务")
	for _, login := range []string{"first", "secrecy", "second"} {
		r := w.as(login)
		r.postValues(review+"/sign", r.get(review).form(review+"/sign")).shows(200, "已签署")
	}

	// The exception ends before the last signature: the page says why it is shut, the
	// night has not come yet.
	w.clock.Add(4 * 24 * time.Hour)
	final := w.as("final")
	final.get(review).shows(200, "这一版有不得公开的内容", "1处不得公开", "现在不能同意", "原有的例外已经到期或者撤销").hides("批准例外 确需公开")
	final.post(review+"/sign", "level", "3", "digest", w.submissionDigest(sid)).shows(409, "不得公开")
	block := w.blocking(id)
	final.post(review+"/except/"+string(block.ID), "scope", "place", "note", "依法公布", "basis", "有关法律规定").shows(403)

	secrecy := w.as("secrecy")
	except := review + "/except/" + string(block.ID)
	form := secrecy.get(review).shows(200, "批准例外", "法律依据").form(except)
	form.Set("note", "依法公布的名单，续期")
	secrecy.postValues(except, form).shows(400, "请写明法律依据", "依法公布的名单，续期")
	form.Set("basis", "有关法律规定的公布义务")
	form.Set("until", "有一天")
	secrecy.postValues(except, form).shows(400, "处需要改正")
	form.Set("until", dateOf(w.clock.Now().AddDate(0, 1, 0)).String())
	secrecy.postValues(except, form).shows(200, "例外已批准", "批准保留的内容", "依法公布的名单，续期").hides("这一版有不得公开的内容")
	secrecy.postValues("/console/reviews/"+string(sid)+"/except/nonesuch", form).shows(404)
	final.get(review).shows(200, "依法公布的名单，续期").hides("现在不能同意")
	final.postValues(review+"/sign", final.form(review+"/sign")).shows(200, "已签署")
}

// blocking is the finding that blocks an item.
func (w *world) blocking(id publication.ItemID) (f inspection.Finding) {
	w.Helper()
	w.read(func(tx *db.Tx) error {
		r, err := inspection.LastReport(tx, id.Subject())
		if err == nil && len(r.Blocking()) > 0 {
			f = r.Blocking()[0]
		}
		return err
	})
	return f
}
