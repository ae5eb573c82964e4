package main

import (
	"strings"
	"testing"

	"gongkai/internal/browser"
)

// colleague opens the console as somebody whose login the demo does not print;
// everybody in it has the same password.
func (d *district) colleague(login string, v browser.View) *browser.Page {
	d.t.Helper()
	p := d.browser.Page(d.t, d.base, v)
	p.Open("/console").See("登录").Fill("用户名", login).Fill("口令", d.logins["jyj.first"]).Click("登录")
	return p.See("现在要办")
}

// plantedNumber is an identity number nobody has, with its right check digit.
func plantedNumber() string {
	body, sum := "11010120991231"+"007", 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[i]-'0') * w
	}
	return body + string("10X98765432"[sum%11])
}

// agreeing: a text of the education bureau holds a number and touches the civil
// affairs bureau. It is refused, mended, asked about, answered on a phone by the
// other bureau, and published only then.
func agreeing(t *testing.T, d *district) {
	const title = "关于做好困难家庭学生资助工作的通知"
	const body = "资助对象由区教育局会同明镜区民政局核定，民政局提供低保家庭名单。"
	p := d.officer("jyj.publisher", browser.Desktop).Forgive("409")
	item := d.newDraft(p, title)
	complete(p, "通知公告", body+"联系人公民身份号码"+plantedNumber()+"。")
	p.Click("送审").See("没有送审", "不得公开", "公民身份号码").Check("console-stopped")
	p.Open(item+"/edit").Fill("正文", body).Click("保存").See("已保存")

	p.See("文中提到、还没有征求意见的单位")
	p.Open(item+"/consult").See("文中提到的单位", "明镜区民政局").Click("选择 明镜区民政局")
	p.Fill("请对方确认什么", "请确认低保家庭名单由你局提供，口径是否一致。").Click("发出征求意见").See("征求意见已发出", "等待答复")
	p.Open(item + "/edit").Click("送审").See("已送审")
	d.signAll(title, fourLevels[:3]...)
	final := d.officer(fourLevels[3], browser.Desktop).Open("/console/reviews").Click(title)
	final.See("检查情况", "检查发现后已经改正的内容", "现在不能同意", "尚未答复").Check("console-review-shut")

	other := d.colleague("mzj.first", browser.Phone)
	other.See("发布协调待答复").Click("发布协调待答复").Click(title).See("请确认低保家庭名单").Check("console-consultation")
	other.Choose("同意").Click("提交答复").See("答复已登记")

	d.signAll(title, fourLevels[3])
	p.Open(item).See("已公开", "明镜区民政局：同意")
	c := d.visitor(browser.Phone).Open(shownAt(item)).See(title)
	if text := strings.Join(c.Texts("main"), ""); strings.Contains(text, "征求") || strings.Contains(text, plantedNumber()) {
		t.Errorf("the public page tells of the consultation or the number: %s", text)
	}
}
