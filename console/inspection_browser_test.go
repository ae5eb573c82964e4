package console_test

import (
	"context"
	"testing"

	"gongkai/inspection"
	"gongkai/internal/browser"
	"gongkai/org"
	"gongkai/workday"
)

// TestInspectionInABrowser opens the pages of what was found on a desk and on a
// phone, has each checked for accessibility, and settles a finding by hand.
func TestInspectionInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := inspecting(t)
	is := inspection.New(w.db, openSeal{}, allRules)
	ctx, office, unit := context.Background(), w.actor("supervisor"), w.actor("publisher")
	item := w.public("示例市明镜区教育局关于做好2026年义务教育阶段学校招生入学工作并进一步规范校外培训机构办学行为的通知")
	w.plant(is, item.Subject(), school, "示例市明镜区教育局关于做好2026年义务教育阶段学校招生入学工作并进一步规范校外培训机构办学行为的通知", 12)
	for i, title := range []string{"清水镇2026年政务公开工作要点", "清水镇困难群众救助公示", "关于春季防火的通告"} {
		w.plant(is, "item/town"+string(rune('a'+i)), town, title, 20+10*i)
	}
	_, err := is.Sweep(ctx)
	w.must(err)
	w.plant(is, item.Subject(), school, "示例市明镜区教育局关于做好2026年义务教育阶段学校招生入学工作并进一步规范校外培训机构办学行为的通知", 12)
	for i := range 3 {
		w.plant(is, "item/town"+string(rune('a'+i)), town, []string{"清水镇2026年政务公开工作要点", "清水镇困难群众救助公示", "关于春季防火的通告"}[i], 20+10*i)
	}
	all := w.found(inspection.Filter{Units: org.Everything(), Unit: school, States: []inspection.State{inspection.Found}, Order: inspection.ByTitle})
	ids := func(from, to int) (out []inspection.ID) {
		for _, f := range all[from:to] {
			out = append(out, f.ID)
		}
		return out
	}
	_, err = is.Confirm(ctx, office, ids(0, 3), 1, "请今天改正并重新公开。")
	w.must(err)
	_, err = is.Confirm(ctx, office, ids(3, 6), 10, "")
	w.must(err)
	_, err = is.Mend(ctx, unit, ids(5, 6), "已经改正并重新公开。", "")
	w.must(err)
	_, err = is.Dismiss(ctx, office, ids(6, 7), "这是引用的原文。")
	w.must(err)
	_, err = is.Except(ctx, office, ids(8, 9), inspection.Terms{Scope: inspection.ThisPlace, Reason: "活动名称就是这样写的。", Until: workday.New(2026, 3, 20)})
	w.must(err)
	_, err = is.AddWord(ctx, office, inspection.Word{Unit: school, Kind: inspection.WrongWord, Word: "明境区", Instead: "明镜区", Reason: "区名"})
	w.must(err)
	_, err = is.AddWord(ctx, office, inspection.Word{Unit: school, Kind: inspection.OwnLeader, Word: "李示例", Instead: "局长", Rank: 1})
	w.must(err)
	w.must(is.SwitchOff(ctx, office, school, "punct.half", "本局文件的半角标点另行处理。", workday.New(2026, 12, 31)))
	w.must(is.CrawlSoon(ctx, office, school, "https://www.example.gov.cn/jyj/"))
	w.clock.Add(3 * 24 * 3600 * 1e9)

	exception := string(w.findingOf(ids(8, 9)[0]).Exception)
	pages := []struct{ login, name, path string }{
		{"supervisor", "home", "/console"},
		{"supervisor", "overview", "/console/inspection"},
		{"supervisor", "found", "/console/inspection/findings?tab=found"},
		{"supervisor", "late", "/console/inspection/findings?tab=late"},
		{"supervisor", "none", "/console/inspection/findings?tab=closed&rule=privacy"},
		{"supervisor", "finding-new", findingsAt + string(ids(9, 10)[0])},
		{"supervisor", "finding-mended", findingsAt + string(ids(5, 6)[0])},
		{"publisher", "finding-late", findingsAt + string(ids(0, 1)[0])},
		{"publisher", "due", "/console/inspection/due"},
		{"elsewhere", "due-none", "/console/inspection/due"},
		{"supervisor", "sheet", "/console/inspection/sheet?unit=mj-jyj"},
		{"supervisor", "exceptions", "/console/inspection/exceptions"},
		{"supervisor", "exception", "/console/inspection/exceptions/" + exception},
		{"supervisor", "rules", "/console/inspection/rules?unit=mj-jyj"},
		{"supervisor", "rules-family", "/console/inspection/rules?unit=mj-jyj&family=typo"},
		{"supervisor", "rule", "/console/inspection/rules/typo.dict?unit=mj-jyj"},
		{"supervisor", "rule-off", "/console/inspection/rules/punct.half?unit=mj-jyj"},
		{"supervisor", "sites", "/console/inspection/sites"},
		{"supervisor", "words", "/console/inspection/words?unit=mj-jyj"},
	}
	people := map[string]*browser.Page{}
	for _, view := range []browser.View{browser.Desktop, browser.Phone} {
		for _, p := range pages {
			person := people[p.login+view.Name]
			if person == nil {
				person = b.Page(t, w.server.URL, view)
				people[p.login+view.Name] = person
				person.Open("/console/signin").Fill("用户名", p.login).Fill("口令", password).Click("登录").See("工作")
			}
			person.Open(p.path).Check("inspection-" + p.name + "-" + view.Name)
		}
	}

	// On a phone the filters fold, and a page of findings is a few screens; on a desk they
	// stand open. On paper there are no buttons, but whose it is and of which day.
	const list = "/console/inspection/findings?tab=found"
	phone, desktop := people["supervisor"+browser.Phone.Name], people["supervisor"+browser.Desktop.Name]
	phone.Open(list).SeeNot("公开状态").Click("筛选和排序").See("公开状态")
	if tall := browser.Eval[int](phone.Open(list), "document.documentElement.scrollHeight"); tall > 7000 {
		t.Errorf("a page of 25 findings is %d px long on a phone", tall)
	}
	desktop.Open(list).See("公开状态").SeeNot("筛选和排序")
	desktop.OnPaper(func() {
		desktop.See("打印。待确认共", "本页列出第1至25处").SeeNot("筛选和排序", "公开状态", "批量办理", "导出")
	})
	quiet := b.Page(t, w.server.URL, browser.Phone.WithoutScript())
	quiet.Open("/console/signin").Fill("用户名", "supervisor").Fill("口令", password).Click("登录").See("工作")
	quiet.Open(list+"&severity=error").See("筛选和排序（已选1项）", "公开状态").Click("清除筛选").SeeNot("公开状态")

	// By hand, on a phone: what is wrong with a word is said where it was typed.
	unitPhone := people["publisher"+browser.Phone.Name]
	unitPhone.Open(findingsAt+string(ids(1, 2)[0])).Click("报告已经整改").Fill("整改情况", "改").Click("提交整改情况").See("不少于4个字").Check("inspection-wrong-phone")
	unitPhone.Fill("整改情况", "已经改正，并重新公开。").Click("提交整改情况").See("已报告1处整改", "待复查")
	// On a desk: two at once.
	desk := people["supervisor"+browser.Desktop.Name]
	desk.Open("/console/inspection/findings?tab=found&unit=mj-jyj").Fill("说明", "请按期改正").Choose("选中：发文字号的括号，[2026]").Choose("选中：标点重复，，，").Click("确认并要求整改").See("已确认2处")
}
