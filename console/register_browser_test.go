package console_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gongkai/internal/browser"
	"gongkai/register"
)

// TestRegistersInABrowser opens the pages of the registers on a desk and on a
// phone and has each checked for accessibility.
func TestRegistersInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := sqlite(t)
	ctx, registers, by := context.Background(), register.New(w.db), w.actor("publisher")
	var id register.LineID
	add := func(book register.BookID, total bool, values register.Values) {
		t.Helper()
		var err error
		id, err = registers.Add(ctx, by, register.Entry{Unit: school, Book: book, Total: total, Values: values})
		w.must(err)
	}
	for i := range 70 {
		values := register.Values{"no": fmt.Sprintf("依申请2025-%d", i+1), "received": fmt.Sprintf("2025-%02d-%02d", i/6+1, i%6*4+2), "who": "自然人"}
		if i%9 > 0 {
			values["result"], values["decided"] = "granted", fmt.Sprintf("2025-%02d-%02d", i/6+1, i%6*4+6)
		}
		add("application", false, values)
	}
	add("permit", true, register.Values{"period": "2025-01", "item": "民办学校设立审批", "quantity": "51563", "source": "政务服务审批系统"})
	w.must(registers.Declare(ctx, by, school, "processing_fee", 2025))
	w.must(registers.Declare(ctx, by, school, "fee", 2025))
	w.must(registers.Close(ctx, by, school, "fee", 2025))
	add("permit", false, register.Values{"no": "明教许〔2025〕1号", "day": "2025-03-18", "sort": "准予许可", "item": "校车使用许可"})
	l := register.Values{"no": "明教许〔2025〕1号", "day": "2025-03-19", "sort": "准予许可", "item": "校车使用许可"}
	w.must(registers.Change(ctx, by, id, 1, l, "核对原件后更正"))
	sheet := "登记编号,收到日期,申请人类型,办理结果,答复日期\n依申请2025-1,2025-01-02,自然人,,\n依申请2025-101,四月,自然人,,\n依申请2025-102,2025-04-05,商业企业,重复申请,2025-04-20\n"
	file := filepath.Join(t.TempDir(), "登记簿.csv")
	w.must(os.WriteFile(file, []byte(sheet), 0o600))

	pages := []struct{ login, name, path string }{
		{"publisher", "registers", "/console/registers?year=2025"},
		{"publisher", "register-lines", "/console/registers/application?year=2025"},
		{"publisher", "register-totals", "/console/registers/permit?year=2025"},
		{"publisher", "register-none", "/console/registers/penalty?year=2025"},
		{"publisher", "register-closed", "/console/registers/fee?year=2025"},
		{"publisher", "register-fact", "/console/registers/application?year=2025&fact=application.granted.自然人"},
		{"publisher", "register-new", "/console/registers/application/new?year=2025"},
		{"publisher", "register-total-new", "/console/registers/permit/new?year=2025&total=1"},
		{"publisher", "register-line", "/console/lines/" + string(id)},
		{"publisher", "register-edit", "/console/lines/" + string(id) + "/edit"},
		{"publisher", "register-import", "/console/registers/application/import?year=2025"},
		{"supervisor", "registers-office", "/console/registers?year=2025"},
	}
	for _, view := range []browser.View{browser.Desktop, browser.Phone} {
		people := map[string]*browser.Page{}
		for _, p := range pages {
			person := people[p.login]
			if person == nil {
				person = b.Page(t, w.server.URL, view)
				people[p.login] = person
				person.Open("/console/signin").Fill("用户名", p.login).Fill("口令", password).Click("登录").See("工作")
			}
			person.Open(p.path).Check("console-" + p.name + "-" + view.Name)
		}
		at := people["publisher"]
		at.Open("/console/registers/application/import?year=2025").Upload("文件", file).Click("上传并检查").See("需要改正的地方")
		at.Check("console-register-preview-" + view.Name)
	}
}
