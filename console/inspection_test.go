package console_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/org"
)

const findingsAt = "/console/inspection/findings/"

// TestAFindingGoesItsWay: found by the machine, confirmed by the office, mended by
// the unit, looked at again by the office.
func TestAFindingGoesItsWay(t *testing.T) {
	w := sqlite(t)
	_, ids := w.planted()
	id := string(ids["typo.dict"])
	office, unit := w.as("supervisor"), w.as("publisher")

	office.get("/console").shows(200, "6处检查结果待确认")
	office.get("/console/inspection").shows(200, "6处待确认", "1处必须处理", "区教育局", "问题多的类别")
	office.get("/console/inspection/findings?tab=found").shows(200, "各单位任然要按照规定", "应为“仍然”", "必须处理", "共6处")
	office.get(findingsAt+id).shows(200, "“任然”应为“仍然”", "机器发现", "关于做好招生入学工作的通知")
	office.post(findingsAt+id+"/confirm", "days", "3", "note", "请于本周改正").shows(200, "已确认1处", "2026年3月5日", "请于本周改正", "冯公")

	unit.get("/console").shows(200, "1处检查问题待整改")
	unit.get("/console/inspection/due").shows(200, "还有3天", "2026-03-05", "应为“仍然”", "请于本周改正", "去修改")
	unit.upload(findingsAt+id+"/mend", "file", "截图.png", png(), url.Values{"note": {"已把任然改为仍然并重新公开"}}).shows(200, "已报告1处整改", "附凭证", "林信")
	evidence := ""
	for _, part := range strings.Split(unit.body, `"`) {
		if strings.Contains(part, "/evidence/") {
			evidence = part
		}
	}
	if unit.get(evidence); unit.status != 200 || !strings.HasPrefix(unit.body, "\x89PNG") {
		t.Errorf("the evidence at %q answered %d", evidence, unit.status)
	}
	office.get("/console").shows(200, "1处整改待复查")
	if office.get(evidence); office.status != 200 {
		t.Errorf("the office opens the evidence with status %d", office.status)
	}
	office.post(findingsAt+id+"/close", "note", "").shows(200, "已复查办结1处", "复查办结")
	if s := w.findingOf(ids["typo.dict"]).State; s != inspection.Closed {
		t.Errorf("the finding is %s, want closed", s)
	}
	office.post(findingsAt+id+"/reopen", "note", "正文另一处还有").shows(200, "已重新打开1处", "待确认")
}

func TestWhatIsWrongWithAnActIsSaidWhereItWasTyped(t *testing.T) {
	w := sqlite(t)
	_, ids := w.planted()
	office, unit := w.as("supervisor"), w.as("publisher")
	typo, secret := findingsAt+string(ids["typo.dict"]), findingsAt+string(ids["secrecy.mark"])
	for _, c := range []struct {
		name   string
		by     *visitor
		path   string
		form   []string
		status int
		say    string
	}{
		{"a false alarm without a reason", unit, typo + "/dismiss", nil, 400, "不少于4个字"},
		{"a term that is none", unit, typo + "/confirm", []string{"days", "abc"}, 400, "整数"},
		{"a term too long", unit, typo + "/confirm", []string{"days", "90"}, 400, "1至60个工作日"},
		{"mended before it was confirmed", unit, typo + "/mend", []string{"note", "已经改正"}, 409, "状态已经变化"},
		{"mended without a word", unit, typo + "/mend", nil, 400, "整改情况"},
		{"an exception without a day", unit, typo + "/except", []string{"scope", "place", "note", "地名如此"}, 400, "有效期"},
		{"an exception on a day that is none", unit, typo + "/except", []string{"scope", "place", "note", "地名如此", "until", "2026-02-31"}, 400, "2026-01-05"},
		{"an exception without a scope", unit, typo + "/except", []string{"note", "地名如此", "until", "2026-12-31"}, 400, "适用范围"},
		{"an exception for too long", unit, typo + "/except", []string{"scope", "place", "note", "地名如此", "until", "2036-12-31"}, 400, "不超过两年"},
		{"a secret let stand by the unit", unit, secret + "/except", []string{"scope", "place", "note", "已经解密", "basis", "保密法第十九条", "until", "2026-12-31"}, 403, "政务公开办"},
		{"a secret let stand without a basis", office, secret + "/except", []string{"scope", "place", "note", "已经解密", "until", "2026-12-31"}, 400, "法律依据"},
		{"a secret as a false alarm of the unit", unit, secret + "/dismiss", []string{"note", "不是密级标识"}, 403, "政务公开办"},
		{"closed before it was mended", office, typo + "/close", nil, 409, "状态已经变化"},
		{"opened again while it is open", office, typo + "/reopen", []string{"note", "再看一次"}, 409, "状态已经变化"},
	} {
		c.by.post(c.path, c.form...)
		if c.by.status != c.status || !strings.Contains(c.by.text(), c.say) {
			t.Errorf("%s answered %d, want %d with %q:\n%s", c.name, c.by.status, c.status, c.say, c.by.text())
		}
	}
	if n := len(w.found(inspection.Filter{Units: org.Everything(), States: []inspection.State{inspection.Found}})); n != 6 {
		t.Errorf("after the refusals %d findings are as they were, want 6", n)
	}
	kept := unit.post(typo+"/except", "scope", "place", "note", "这是地名，按原名写", "until", "2036-12-31").form(typo + "/except")
	if kept.Get("note") != "这是地名，按原名写" || kept.Get("until") != "2036-12-31" {
		t.Errorf("what was typed is gone: %v", kept)
	}
}

func TestManyAreSettledAtOnce(t *testing.T) {
	w := sqlite(t)
	w.planted()
	office := w.as("supervisor")
	list := "/console/inspection/findings"
	office.post(list, "do", "confirm", "reach", "ticked", "list", "tab=found").shows(400, "请先选择")
	two := w.found(inspection.Filter{Units: org.Everything(), Rule: "typo"})
	office.post(list, "do", "confirm", "reach", "ticked", "list", "tab=found", "id", string(two[0].ID), "id", string(two[1].ID), "days", "5").shows(200, "已确认2处", "共4处")
	office.post(list, "do", "dismiss", "reach", "all", "list", "tab=found&severity=error", "note", "").shows(400, "不少于4个字")
	office.post(list, "do", "dismiss", "reach", "all", "list", "tab=found&severity=error", "note", "本批都是误报").shows(200, "已认定3处为误报")
	office.get(list+"?tab=found").shows(200, "秘密★三年", "共1处")
	office.post(list, "do", "fly", "reach", "all", "list", "tab=found").shows(400, "请选择要做什么")
	office.post(list, "do", "confirm", "reach", "all", "list", "%zz").shows(400)
	office.post(list, "do", "mend", "reach", "all", "list", "tab=found", "note", "已经改正").shows(409, "状态已经变化")

	// What somebody may not settle is not settled by asking for all of it.
	elsewhere := w.as("elsewhere")
	elsewhere.post(list, "do", "dismiss", "reach", "all", "list", "tab=found", "note", "都不是问题").shows(400, "请先选择")
	elsewhere.post(list, "do", "dismiss", "reach", "ticked", "list", "tab=found", "note", "都不是问题", "id", string(two[0].ID))
	if elsewhere.status != 403 {
		t.Errorf("settling a finding of another unit answered %d, want 403", elsewhere.status)
	}
}

func TestAListIsFiltered(t *testing.T) {
	w := sqlite(t)
	w.planted()
	w.plant(w.inspections, "item/other", town, "清水镇政务公开工作要点", 3)
	office := w.as("supervisor")
	list := "/console/inspection/findings"
	for query, want := range map[string]string{
		"tab=open": "共9处", "tab=open&unit=mj-qs": "共3处", "tab=open&rule=typo": "共4处", "tab=open&rule=typo.dict": "共2处", "tab=open&severity=block": "共1处",
		"tab=open&words=" + url.QueryEscape("要点"): "共3处", "tab=all&age=0": "共9处", "tab=open&subject=item/other": "共3处",
	} {
		office.get(list+"?"+query).shows(200, want)
	}
	for _, query := range []string{"tab=late", "tab=open&age=3", "tab=open&where=draft", "tab=open&words=" + url.QueryEscape("没有这样的字")} {
		office.get(list+"?"+query).shows(200, "没有").hides("共9处")
	}
	w.as("elsewhere").get(list+"?tab=open").shows(200, "共3处").hides("区教育局")
	first := w.as("first")
	first.get(list+"?tab=found").shows(200, "共6处").hides("批量办理")
	first.get(findingsAt+string(w.found(inspection.Filter{Units: org.Everything(), Unit: town})[0].ID)).shows(403, "权限")
}

// TestNoNumberIsShown: what was found is masked wherever it is listed or taken
// away.
func TestNoNumberIsShown(t *testing.T) {
	w := sqlite(t)
	item := w.public("关于困难群众救助的公示")
	number := "13" + "8" + "0571" + "4826"
	text := "联系人李某，手机号码" + number + "，工作日接听。"
	f := &rule.File{Texts: []*rule.Text{rule.NewText("document", text)}}
	_, err := w.inspections.Take(context.Background(), identity.System("test"), inspection.Piece{Subject: item.Subject(), Unit: school, Title: "公示", Public: true, File: f},
		[]rule.Finding{{Rule: "privacy.mobile", Tier: rule.A, Severity: rule.Error, Start: 10, End: 21, Text: number, Message: "出现完整的手机号码", Source: "条例第十五条", Part: "document"}})
	w.must(err)
	id := w.found(inspection.Filter{Units: org.Everything()})[0].ID
	office := w.as("supervisor")
	for _, path := range []string{"/console/inspection/findings", findingsAt + string(id), "/console/inspection/findings.csv", "/console/inspection/sheet?unit=mj-jyj", "/console/inspection"} {
		if office.get(path); office.status != 200 || strings.Contains(office.body, number) || strings.Contains(office.body, "05714826") {
			t.Errorf("%s answered %d or shows the number", path, office.status)
		}
	}
}

// TestAFindingAboutAWholeTextHasWords: a link without words leads nobody.
func TestAFindingAboutAWholeTextHasWords(t *testing.T) {
	w := sqlite(t)
	w.plantWhole(w.inspections, "item/whole")
	id := w.found(inspection.Filter{Units: org.Everything()})[0].ID
	_, err := w.inspections.Confirm(context.Background(), w.actor("supervisor"), []inspection.ID{id}, 5, "")
	w.must(err)
	for login, paths := range map[string][]string{"supervisor": {"/console/inspection/findings", findingsAt + string(id), "/console/inspection/sheet?unit=mj-jyj"}, "publisher": {"/console/inspection/due"}} {
		b := w.as(login)
		for _, path := range paths {
			b.get(path).shows(200, "整篇")
		}
	}
}

func TestFindingsAreTakenAway(t *testing.T) {
	w := sqlite(t)
	w.planted()
	office := w.as("supervisor")
	office.get("/console/inspection/findings.csv?tab=open&rule=typo")
	if lines := strings.Count(office.body, "\n"); !strings.HasPrefix(office.body, "\ufeff单位,") || office.status != 200 || lines != 3 || !strings.Contains(office.body, "任然") || !strings.Contains(office.body, "示例市明镜区教育局") {
		t.Errorf("the CSV has %d lines, status %d:\n%s", lines, office.status, office.body)
	}
	office.get("/console/inspection/findings.xlsx?tab=open")
	x, err := excelize.OpenReader(bytes.NewReader([]byte(office.body)))
	w.must(err)
	rows, err := x.GetRows("检查结果")
	w.must(err)
	if len(rows) != 7 || rows[0][0] != "单位" || rows[1][0] != "示例市明镜区教育局" {
		t.Errorf("the workbook has %d rows, want the head and six:\n%v", len(rows), rows)
	}
	if name := office.header.Get("Content-Disposition"); name != "attachment; filename*=UTF-8''"+url.PathEscape("检查结果（未办结）2026-03-02.xlsx") {
		t.Errorf("the workbook is called %s", name)
	}
	office.get("/console/inspection/sheet?unit=mj-jyj").shows(200, "示例市明镜区教育局检查情况表", "分类情况", "涉密和内部标识", "秘密★三年", "负责人")
	w.as("elsewhere").get("/console/inspection/sheet?unit=mj-jyj").shows(403)
}

// TestATableThatIsTakenAwayCanBeUsed: days are days and can be sorted, what begins like
// a formula or with a zero stays as it stood, the head stays in sight, and a link
// leads to the page.
func TestATableThatIsTakenAwayCanBeUsed(t *testing.T) {
	w := sqlite(t)
	for i, text := range []string{"=HYPERLINK(1)", "＝1+1", "+86咨询", "@我区", "00731", "各单位任然"} {
		f := &rule.File{Texts: []*rule.Text{rule.NewText("document", text)}}
		_, err := w.inspections.Take(context.Background(), identity.System("test"), inspection.Piece{Subject: "item/f" + string(rune('0'+i)), Unit: school, Title: "公示", Address: "/info/" + string(rune('0'+i)), Public: true, File: f},
			[]rule.Finding{{Rule: "typo.dict", Tier: rule.A, Severity: rule.Error, Start: 0, End: len([]rune(text)), Text: text, Message: "错别字", Source: "测试依据", Part: "document"}})
		w.must(err)
	}
	all := w.found(inspection.Filter{Units: org.Everything()})
	_, err := w.inspections.Confirm(context.Background(), w.actor("supervisor"), []inspection.ID{all[0].ID}, 3, "请改正")
	w.must(err)
	w.clock.Add(10 * 24 * 3600 * 1e9)
	office := w.as("supervisor")
	office.get("/console/inspection/findings.xlsx?tab=open&order=title")
	x, err := excelize.OpenReader(bytes.NewReader([]byte(office.body)))
	w.must(err)
	const sheet = "检查结果"
	rows, err := x.GetRows(sheet)
	w.must(err)
	column := func(head string) string {
		name, err := excelize.ColumnNumberToName(slices.Index(rows[0], head) + 1)
		w.must(err)
		return name
	}
	for i := range all {
		cell := column("内容") + fmt.Sprint(i+2)
		text, err := x.GetCellValue(sheet, cell)
		w.must(err)
		formula, err := x.GetCellFormula(sheet, cell)
		w.must(err)
		kind, err := x.GetCellType(sheet, cell)
		w.must(err)
		if formula != "" || kind != excelize.CellTypeInlineString || text == "" || text != rows[i+1][slices.Index(rows[0], "上下文")] {
			t.Errorf("%s holds %q as %v with the formula %q, want text", cell, text, kind, formula)
		}
	}
	late := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, "待整改") })
	for head, want := range map[string]string{"首次发现": "2026-03-02", "整改期限": "2026-03-05", "逾期工作日": "5", "最近办理时间": "2026-03-02 09:00", "最近办理人": "冯公", "网址": w.server.URL + "/info/0"} {
		cell := column(head) + fmt.Sprint(late+1)
		got, err := x.GetCellValue(sheet, cell)
		w.must(err)
		raw, err := x.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		w.must(err)
		number := head == "首次发现" || head == "整改期限" || head == "最近办理时间"
		if _, err := strconv.ParseFloat(raw, 64); got != want || number != (err == nil && got != raw) {
			t.Errorf("%s reads %q and is %q, want %q", head, got, raw, want)
		}
	}
	if panes, err := x.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the panes are %+v, %v, want the head to stay in sight", panes, err)
	}
	office.get("/console/inspection/findings.csv?tab=open&order=title")
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(office.body, "\ufeff"))).ReadAll()
	w.must(err)
	at := slices.Index(lines[0], "内容")
	for i, want := range []string{"'=HYPERLINK(1)", "'＝1+1", "'+86咨询", "'@我区", "'00731", "各单位任然"} {
		if lines[i+1][at] != want {
			t.Errorf("line %d of the CSV has %q, want %q", i+2, lines[i+1][at], want)
		}
	}
}

func TestAnExceptionIsSignedAndTakenBack(t *testing.T) {
	w := sqlite(t)
	_, ids := w.planted()
	office, unit := w.as("supervisor"), w.as("publisher")
	typo := findingsAt + string(ids["typo.dict"])
	unit.post(typo+"/except", "scope", "text", "note", "活动名称就是这样写", "until", "2026-06-30").shows(200, "已批准例外，有效期至2026年6月30日", "查看批准的例外")
	secret := findingsAt + string(ids["secrecy.mark"])
	w.as("secrecy").post(secret+"/except", "scope", "place", "note", "已经解密公开", "basis", "《保守国家秘密法》第十九条", "until", "2026-12-31").shows(200, "已批准例外")
	office.get("/console/inspection/exceptions").shows(200, "任然", "本机关的同一内容", "2026-06-30", "秘密★三年")
	office.get("/console/inspection/exceptions?tab=soon").shows(200, "没有例外")
	id := w.findingOf(ids["typo.dict"]).Exception
	at := "/console/inspection/exceptions/" + string(id)
	office.get(at).shows(200, "活动名称就是这样写", "林信", "撤销例外")
	office.post(at+"/end", "why", "").shows(400, "不少于4个字")
	office.post(at+"/end", "why", "活动已经结束").shows(200, "例外已撤销", "活动已经结束")
	office.post(at+"/end", "why", "再撤销一次").shows(409, "已经撤销")
	if s := w.findingOf(ids["typo.dict"]).State; s != inspection.Found {
		t.Errorf("after the exception ended the finding is %s, want found", s)
	}
	w.as("elsewhere").get(at).shows(403)
}

func TestRulesAreSwitchedForAUnit(t *testing.T) {
	w := sqlite(t)
	office := w.as("supervisor")
	office.get("/console/inspection/rules").shows(200, "个人信息", "使用中", "共").hides("手机号码")
	office.get("/console/inspection/rules?family=privacy").shows(200, "手机号码", "使用中", "未测")
	office.get("/console/inspection/rules?words=%E6%89%8B%E6%9C%BA").shows(200, "手机号码").hides("个人电子邮箱")
	at := "/console/inspection/rules/privacy.email"
	office.get(at).shows(200, "个人电子邮箱", "关闭这条规则", "暂无")
	office.post(at+"/off", "unit", "mj-jyj", "reason", "").shows(400, "不少于4个字")
	office.post(at+"/off", "unit", "mj-jyj", "reason", "机关邮箱另有核对", "until", "2020-01-01").shows(400, "不能早于今天")
	office.post(at+"/off", "unit", "mj-jyj", "reason", "机关邮箱另有核对", "until", "2026-12-31").shows(200, "规则已关闭", "已关闭", "至2026年12月31日", "重新启用")
	office.get("/console/inspection/rules?unit=mj-jyj&only=off").shows(200, "个人电子邮箱").hides("手机号码")
	office.get("/console/inspection/rules?unit=mj-qs&only=off").shows(200, "没有符合条件的规则")
	w.as("publisher").get(at+"?unit=mj-jyj").shows(200, "您的角色只能查看规则").hides("重新启用")
	office.post(at+"/on", "unit", "mj-jyj").shows(200, "规则已重新启用", "使用中")
	office.post(at+"/on", "unit", "mj-jyj").shows(404)
	office.get("/console/inspection/rules/privacy.id").shows(200, "不能关闭").hides("关闭这条规则")
	office.post("/console/inspection/rules/privacy.id/off", "unit", "mj-jyj", "reason", "不想看见它").shows(409, "不能关闭")
	office.get("/console/inspection/rules/nothing").shows(404)
}

func TestAUnitKeepsItsWords(t *testing.T) {
	w := sqlite(t)
	office := w.as("supervisor")
	at := "/console/inspection/words"
	office.get(at+"?unit=mj-jyj").shows(200, "错误写法和正确写法", "还没有登记", "加入词条")
	office.post(at, "unit", "mj-jyj", "kind", "wrong", "word", "明境区", "instead", "").shows(400, "正确的写法")
	office.post(at, "unit", "mj-jyj", "kind", "wrong", "word", "明境区", "instead", "明镜区").shows(200, "词条已加入", "明境区", "明镜区")
	office.post(at, "unit", "mj-jyj", "kind", "wrong", "word", "明境区", "instead", "明镜区").shows(409, "已经有了")
	office.post(at, "unit", "mj-jyj", "kind", "leader", "word", "李示例", "instead", "局长", "rank", "x").shows(400, "次序")
	office.post(at, "unit", "mj-jyj", "kind", "leader", "word", "李示例", "instead", "局长", "rank", "1").shows(200, "李示例", "局长")
	drop := ""
	for _, part := range strings.Split(office.body, `"`) {
		if strings.HasSuffix(part, "/drop") {
			drop = part
			break
		}
	}
	office.post(drop, "unit", "mj-jyj").shows(200, "词条已删除").hides("明境区")
	office.post(drop, "unit", "mj-jyj").shows(404)
	w.as("publisher").get(at).shows(200, "李示例").hides("加入词条", "删除")
}

func TestAFindingIsLookedAtAgain(t *testing.T) {
	w := sqlite(t)
	_, ids := w.planted()
	unit := w.as("publisher")
	unit.post(findingsAt+string(ids["typo.dict"])+"/look").shows(200, "没有再发现这个问题")
}

func TestASweepIsOrdered(t *testing.T) {
	w := sqlite(t)
	w.inspections.Work(w.queue)
	w.as("supervisor").post("/console/inspection/sweep").shows(200, "已安排检查")
	w.as("publisher").post("/console/inspection/sweep")
	if n, err := w.queue.RunDue(context.Background()); err != nil || n == 0 {
		t.Fatalf("RunDue = %d, %v, want the sweep", n, err)
	}
	w.as("supervisor").get("/console/inspection").shows(200, "最近的检查")
}

// TestTwoThousandFindingsStayLight: a page of many does not grow with them.
func TestTwoThousandFindingsStayLight(t *testing.T) {
	w := sqlite(t)
	for i := range 20 {
		w.plant(w.inspections, "item/"+string(rune('a'+i)), []org.ID{school, town}[i%2], "关于做好政务公开工作的通知", 100)
	}
	office := w.as("supervisor")
	office.get("/console/inspection/findings?tab=found").shows(200, "共2,000处", "这个列表的全部2,000处")
	if len(office.body) > 200_000 {
		t.Errorf("a page of 25 of 2,000 findings has %d bytes", len(office.body))
	}
	office.get("/console/inspection/findings?tab=found&page=80").shows(200, "第 80 / 80 页")
	all := []string{"do", "confirm", "reach", "all", "list", "tab=found", "days", "10"}
	office.post("/console/inspection/findings", all...).shows(200, "将办理列表中的全部2,000处", "请再按一次“确认并要求整改”").hides("已确认")
	office.post("/console/inspection/findings", append(all, "sure", "dismiss")...).shows(200, "请再按一次“确认并要求整改”").hides("已确认")
	office.post("/console/inspection/findings", append(all, "sure", "confirm")...).shows(200, "已确认2000处")
	office.get("/console/inspection")
	if len(office.body) > 120_000 {
		t.Errorf("the overview of 2,000 findings has %d bytes", len(office.body))
	}
	office.shows(200, "2,000处待整改")
}
