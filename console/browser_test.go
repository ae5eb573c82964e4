package console_test

import (
	"context"
	"fmt"
	"net/url"
	"testing"
	"time"

	"gongkai/internal/browser"
	"gongkai/internal/db"
	"gongkai/publication"
	"gongkai/review"
)

// TestPagesInABrowser opens every kind of page on a desk and on a phone and
// has each checked for accessibility.
func TestPagesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := sqlite(t)
	ids := w.furnish()
	pages := []struct{ login, name, path string }{
		{"", "signin", "/console/signin"},
		{"publisher", "home", "/console"},
		{"publisher", "items", "/console/items"},
		{"publisher", "items-empty", "/console/items?tab=archived"},
		{"publisher", "new", "/console/new?words=通知"},
		{"publisher", "draft", "/console/items/" + ids["upload"] + "/edit"},
		{"publisher", "draft-find", "/console/items/" + ids["upload"] + "/edit?find=通知"},
		{"publisher", "draft-returned", "/console/items/" + ids["returned"] + "/edit"},
		{"publisher", "preview", "/console/items/" + ids["upload"] + "/preview"},
		{"publisher", "versions", "/console/items/" + ids["revised"] + "/versions"},
		{"publisher", "compare", "/console/items/" + ids["revised"] + "/compare?a=1&b=2"},
		{"publisher", "item-review", "/console/items/" + ids["revised"]},
		{"publisher", "item-cleared", "/console/items/" + ids["cleared"]},
		{"publisher", "item-public", "/console/items/" + ids["public"]},
		{"publisher", "item-withdrawn", "/console/items/" + ids["withdrawn"]},
		{"publisher", "ruling", "/console/items/" + ids["public"] + "/ruling"},
		{"publisher", "transfers", "/console/transfers"},
		{"publisher", "transfer", "/console/transfers/" + ids["transfer"]},
		{"publisher", "transfer-new", "/console/transfers/new"},
		{"publisher", "account", "/console/account"},
		{"publisher", "password", "/console/password"},
		{"publisher", "second-factor", "/console/code"},
		{"first", "home-reviewer", "/console"},
		{"first", "queue", "/console/reviews"},
		{"first", "review", "/console/reviews/" + ids["submission"]},
		{"first", "signed", "/console/reviews/signed"},
		{"first", "not-found", "/console/reviews/nothing"},
		{"supervisor", "overview", "/console/overview"},
		{"supervisor", "chains", "/console/chains"},
		{"supervisor", "chain", "/console/chains/edit"},
		{"sysadmin", "home-admin", "/console"},
		{"sysadmin", "units", "/console/units"},
		{"sysadmin", "unit", "/console/units/mj-jyj"},
		{"sysadmin", "unit-edit", "/console/units/mj-jyj/edit"},
		{"sysadmin", "people", "/console/people"},
		{"sysadmin", "person", "/console/people/" + string(w.ids["first"])},
		{"sysadmin", "person-new", "/console/people/new"},
		{"sysadmin", "jobs", "/console/jobs"},
		{"sysadmin", "settings", "/console/settings"},
		{"secadmin", "person-grants", "/console/people/" + string(w.ids["first"])},
		{"secadmin", "grant", "/console/people/" + string(w.ids["first"]) + "/grant"},
		{"secadmin", "succeed", "/console/people/" + string(w.ids["first"]) + "/succeed"},
		{"auditadmin", "ledger", "/console/ledger"},
		{"auditadmin", "entry", "/console/ledger/5"},
		{"auditadmin", "logins", "/console/logins"},
	}
	for _, view := range []browser.View{browser.Desktop, browser.Phone} {
		people := map[string]*browser.Page{}
		for _, p := range pages {
			person := people[p.login]
			if person == nil {
				person = b.Page(t, w.server.URL, view)
				people[p.login] = person
				if p.login != "" {
					person.Open("/console/signin").Fill("用户名", p.login).Fill("口令", password).Click("登录").See("工作")
				}
			}
			person.Forgive("404")
			person.Open(p.path).Check("console-" + p.name + "-" + view.Name)
		}
	}
}

// furnish fills the world as a quarter of work would.
func (w *world) furnish() map[string]string {
	w.Helper()
	ctx, writer := context.Background(), w.actor("publisher")
	ids := map[string]string{}
	for i := range 60 {
		title := fmt.Sprintf("关于春季开学安排的通知（第%d号）", i+1)
		if i%3 == 1 {
			title = fmt.Sprintf("示例市明镜区教育局关于做好2026年第%d批义务教育阶段学校招生入学工作并进一步规范校外培训机构办学行为的通知", i+1)
		}
		switch i % 8 {
		case 0:
			ids["public"] = string(w.public(title))
		case 1:
			w.submit(w.draft(title))
		case 2:
			id := w.draft(title)
			w.clear(w.submit(id))
			ids["cleared"] = string(id)
		default:
			w.draft(title)
		}
		w.clock.Add(5 * time.Hour)
	}
	back := w.draft("被退回的通知")
	sid := w.submit(back)
	var s review.Submission
	w.read(func(tx *db.Tx) (err error) { s, err = review.Get(tx, sid); return err })
	_, err := w.reviews.Return(ctx, w.actor("first"), sid, review.View{Level: 0, Digest: s.Digest}, "第二段的时间请与附件核对，并补充咨询电话。")
	w.must(err)
	ids["returned"] = string(back)

	gone := w.public("已经撤回的通知")
	w.must(w.items.Withdraw(ctx, writer, gone, "正文中的报名时间有误，更正后另行公开"))
	ids["withdrawn"] = string(gone)

	b := w.as("publisher")
	b.upload("/console/new", "file", "通知.docx", notice(w.T), url.Values{"begin": {"upload"}, "unit": {string(school)}, "kind": {"policy"}})
	ids["upload"] = string(b.itemID())

	revised := w.public("关于修改后再审的通知")
	w.must(w.items.Revise(ctx, writer, revised))
	cp := w.copyOf(revised)
	cp.Content.Body = `<p>各镇人民政府、街道办事处：</p><p>现将新的有关事项通知如下，请遵照执行。</p><table><thead><tr><th scope="col">学段</th><th scope="col">时间</th></tr></thead><tbody><tr><td>小学</td><td>5月20日</td></tr></tbody></table>`
	cp.Content.Summary = "改了概述。"
	_, err = w.items.Save(ctx, writer, revised, cp.Rev, cp.Content, cp.Plan)
	w.must(err)
	ids["revised"], ids["submission"] = string(revised), string(w.submit(revised))

	moved := w.public("移送档案馆的通知")
	ids["transfer"], err = w.items.HandOver(ctx, writer, publication.Transfer{Unit: school, Receiver: "示例市明镜区档案馆", Way: "电子", Items: []publication.ItemID{moved}})
	w.must(err)
	return ids
}
