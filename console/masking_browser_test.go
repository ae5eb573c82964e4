package console_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongkai/internal/browser"
)

// TestAPDFIsMaskedInABrowser: from the attachment to its copy and back to the draft,
// on a desk and on a phone.
func TestAPDFIsMaskedInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b, w, number := browser.Start(t), inspecting(t), idNumber()
	id := w.draft("关于公示救助对象的通知")
	list := filepath.Join(t.TempDir(), "名单.pdf")
	if err := os.WriteFile(list, printed("Number: "+number), 0o600); err != nil {
		t.Fatal(err)
	}
	enter := func(view browser.View) *browser.Page {
		w.clock.Add(time.Minute) // the rate of sign-ins from one address is limited
		return b.Page(t, w.server.URL, view).Open("/console/signin").Fill("用户名", "publisher").Fill("口令", password).Click("登录").See("工作")
	}
	desk := enter(browser.Desktop)
	desk.Open(edit(id)).Upload("添加附件", list).Click("上传附件").See("已保存")
	first := mask(id, w.copyOf(id).Content.Files[0])
	hidden := number[:2] + "*************" + number[15:]
	desk.Click("隐去个人信息").See("将隐去1处", hidden, "第2页有图片", "副本的每一页都是重新画成的图片").SeeNot(number).Check("mask-pdf-desktop")
	enter(browser.Phone).Open(first).See("将隐去1处", hidden).Check("mask-pdf-phone")
	desk.Click("用副本替换附件").See("附件“名单.pdf”已换成隐去个人信息的副本").Click("隐去个人信息").See("没有需要隐去的内容")
}
