package console_test

import (
	"context"
	"testing"
	"time"

	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/browser"
	"gongkai/review/coordination"
	"gongkai/workday"
)

// TestAgreeingWithAnotherOrganInABrowser tells the story of a text that touches a
// town and once held a number: on a desk by who writes it, on a phone by the town,
// with every page checked for accessibility on both.
func TestAgreeingWithAnotherOrganInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := sqlite(t)
	w.townhead()
	id := w.named()
	w.write(id, "<p>各学校：</p><p>清水镇的三所村小今年秋季并入镇中心学校，校车由示例市明镜区清水镇人民政府组织。联系人公民身份号码"+inspectiontest.Identity(3)+"。</p>")
	sign := func(login string, v browser.View) *browser.Page {
		p := b.Page(t, w.server.URL, v)
		return p.Open("/console/signin").Fill("用户名", login).Fill("口令", password).Click("登录").See("工作")
	}

	author := sign("publisher", browser.Desktop)
	author.Open("/console/items/"+string(id)+"/edit").See("发布协调", "文中提到、还没有征求意见的单位")
	author.Click("送审").See("没有送审", "不得公开").Check("console-stopped")
	sign("publisher", browser.Phone).Open("/console/items/" + string(id) + "/edit?check=1").Check("console-stopped-phone")

	// The number is let stand by the secrecy reviewer, as the law asks in this case.
	report, err := w.inspections.Check(context.Background(), w.actor("publisher"), id.Subject())
	w.must(err)
	_, err = w.inspections.Except(context.Background(), w.actor("secrecy"), []inspection.ID{report.Blocking()[0].ID}, inspection.Terms{
		Scope: inspection.ThisPlace, Reason: "依法公布的名单", Basis: "有关法律规定的公布义务", Until: workday.Today(w.clock.Now()).AddDays(90)})
	w.must(err)

	author.Open("/console/items/"+string(id)+"/consult?organ=mj-qs").See("文中提到的单位", "提到2次").Check("console-consult-ask")
	sign("publisher", browser.Phone).Open("/console/items/" + string(id) + "/consult").Check("console-consult-ask-phone")
	author.Fill("请对方确认什么", "请确认三所村小的名称和校车安排。").Click("发出征求意见").See("征求意见已发出", "等待答复").Check("console-draft-consulting")
	author.Click("送审").See("已送审")

	town := sign("townhead", browser.Phone)
	town.Open("/console").See("发布协调待答复").Check("console-home-asked-phone")
	town.Open("/console/consultations").See("关于村小撤并安排的通知").Check("console-consultations-phone").Click("关于村小撤并安排的通知")
	town.See("请确认三所村小", "看过以后在这里答复").Check("console-consultation-phone")
	town.Choose("同意但有修改意见").Fill("意见", "村小是两所，请更正。").Click("提交答复").See("答复已登记").Check("console-consultation-answered-phone")

	sid := w.submission(id)
	path := "/console/reviews/" + string(sid)
	first := sign("first", browser.Desktop)
	first.Open(path).See("检查情况", "依法公布的名单", "审定以前还要办结", "村小是两所").Check("console-review-found")
	first.OnPaper(func() { first.See("检查情况", "依法公布的名单").Picture("console-review-on-paper") })
	sign("first", browser.Phone).Open(path).Check("console-review-found-phone")
	author.Open("/console/consultations?tab=out").See("同意但有修改意见").Check("console-consultations-out")
	author.Open("/console/consultations/" + string(w.consultation(id).ID)).See("这条信息还不能审定").Check("console-consultation-asker")
	author.Click("报请协调").Fill("需要协调的问题", "学校撤并方案为三所，双方数据来源不同。").Click("确认报请").See("已报请协调")
	office := sign("supervisor", browser.Desktop)
	office.Open("/console/consultations").Click("关于村小撤并安排的通知").See("协调结果").Check("console-consultation-decide")
	office.Choose("同意按原文公开").Fill("理由", "以区政府批准的方案为准。").Click("登记协调结果").See("协调同意公开")

	w.clear(sid)
	author.Open("/console/items/"+string(id)).See("待发布", "协调结果：同意按原文公开").Check("console-item-consulted")
	// Another text whose exception has ended: the page says why it is shut, and the
	// secrecy reviewer signs a new one on the spot.
	other := w.leak()
	report, err = w.inspections.Check(context.Background(), w.actor("publisher"), other.Subject())
	w.must(err)
	_, err = w.inspections.Except(context.Background(), w.actor("secrecy"), []inspection.ID{report.Blocking()[0].ID}, inspection.Terms{
		Scope: inspection.ThisPlace, Reason: "依法公布的名单", Basis: "有关法律规定的公布义务", Until: workday.Today(w.clock.Now()).AddDays(1)})
	w.must(err)
	path = "/console/reviews/" + string(w.submit(other))
	w.clock.Add(3 * 24 * time.Hour)
	_, err = w.inspections.Sweep(context.Background())
	w.must(err)
	for _, v := range []browser.View{browser.Desktop, browser.Phone} {
		sign("secrecy", v).Open(path).See("这一版有不得公开的内容", "1处不得公开").Click("批准例外").See("法律依据", "有效期至").Check("console-review-blocked-" + v.Name)
	}
	sign("secrecy", browser.Phone).Open(path).Click("批准例外").Fill("理由", "续期：依法公布的名单").Fill("法律依据", "有关法律规定的公布义务").Click("签署例外").See("例外已批准", "批准保留的内容").SeeNot("这一版有不得公开的内容")

	if c := w.consultation(id); c.State != coordination.Settled {
		t.Errorf("in the end the consultation is %s, want settled", c.State)
	}
}
