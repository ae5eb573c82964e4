package console_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"gongkai/annualreport"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/register"
)

// keepYear fills the registers of a unit for 2025: applications, and that there
// was nothing else, but for the books left out.
func (w *world) keepYear(by identity.Actor, unit org.ID, applications int, leave ...register.BookID) {
	w.Helper()
	ctx, books := context.Background(), register.New(w.db)
	for _, b := range register.Books() {
		left := !b.Asked(2025)
		for _, l := range leave {
			left = left || l == b.ID
		}
		if left {
			continue
		}
		if b.ID != "application" || applications == 0 {
			w.must(books.Declare(ctx, by, unit, b.ID, 2025))
			continue
		}
		for i := range applications {
			values := register.Values{"no": fmt.Sprintf("2025-%d", i+1), "received": fmt.Sprintf("2025-%02d-02", i%11+1), "who": []string{"自然人", "商业企业"}[i%2], "result": "granted", "decided": fmt.Sprintf("2025-%02d-20", i%11+1)}
			if i%4 == 3 {
				values["result"] = "reject2"
			}
			_, err := books.Add(ctx, by, register.Entry{Unit: unit, Book: "application", Values: values})
			w.must(err)
		}
	}
}

// reportOf is a unit's report on 2025.
func (w *world) reportOf(unit org.ID, k annualreport.Kind) (r annualreport.Report) {
	w.Helper()
	w.read(func(tx *db.Tx) (err error) { r, err = annualreport.ReportOf(tx, unit, 2025, k); return err })
	return r
}

// openYear begins the round of 2025.
func (w *world) openYear() {
	w.Helper()
	_, err := w.reports.OpenRound(context.Background(), w.actor("supervisor"), annualreport.Plan{Unit: gov, Year: 2025, Note: "请先核对台账。"})
	w.must(err)
}

// TestTheYearOfAReport walks the way of a report from the office that begins the
// year to the item that goes to review, without scripts.
func TestTheYearOfAReport(t *testing.T) {
	w := sqlite(t)
	office, unit := w.as("supervisor"), w.as("publisher")

	// The office begins the year.
	unit.get("/console/reports").has("what to do before", "还没有要填报的年报", "登记台账")
	office.get("/console/reports").has("how to begin", "还没有开始过年报编报", "开始一个年度的编报")
	office.get("/console/reports/new").has("the legal dates", "2026年1月31日", "2026年3月31日", "第四十九条", "示例市明镜区教育局")
	form := office.form("/console/reports/new")
	if form.Get("year") != "2025" || form.Get("units") != "2026-01-31" || len(form["report"]) != 3 {
		t.Errorf("the form proposes %v, want 2025, the legal dates and three units", form)
	}
	form.Set("units", "2026-02-15")
	office.postValues("/console/reports/new", form).has("why not", "不能晚于2026年1月31日", "2026-02-15")
	form.Set("units", "2026-01-25")
	form.Set("note", "请先核对台账。")
	office.postValues("/console/reports/new", form).has("the year at a glance", "2025年度年报编报", "已接受0个，应报送3个", "请先核对台账", "2026年1月25日，逾期", "提醒没有报送的3个单位")

	// The unit sees what is missing, and where it comes from.
	id := w.reportOf(school, annualreport.Own).ID
	path := "/console/reports/" + string(id)
	unit.get("/console").has("the reminder", "份年度报告待报送", "期限2026年1月25日", "条例第四十九条")
	unit.get(path).has("what nobody recorded", "格没有数据", "依申请公开登记簿", "不会当作零", "已经逾期")
	w.keepYear(w.actor("publisher"), school, 8, "permit")
	unit.get(path).has("what is still missing", "行政许可")
	unit.hides("依申请公开登记簿")

	// A cell opens into its lines, and they add up.
	cell := path + "/cell?c=" + url.QueryEscape("table3.new.自然人")
	unit.get(cell).has("the lines", "“自然人”列：4", "4条相加为4", "2025-1")
	if !strings.Contains(unit.body, `href="/console/lines/`) {
		t.Errorf("the lines of a figure do not link to the register:\n%s", unit.text())
	}
	unit.get(path+"/cell?c="+url.QueryEscape("table3.new.总计")).has("the parts of a sum", "以上2项相加为8", "不能直接更正")
	unit.get(path + "/cell?c=nothing").shows(404)

	// What nobody recorded is filled in on the form, with where it comes from.
	unit.get(path+"/fill").has("the form", "在表上填写", "数据从哪里来")
	form = unit.form(path + "/fill")
	form.Set("table2.行政许可.decisions", "十二")
	unit.postValues(path+"/fill", form).has("what is wrong", "请填写数字")
	if !strings.Contains(unit.body, `value="十二"`) {
		t.Error("what was typed into the form is lost")
	}
	form.Set("table2.行政许可.decisions", "12")
	form.Set("reason", "少")
	unit.postValues(path+"/fill", form).has("a reason is needed", "请写明理由")
	form.Set("reason", "根据行政审批平台2025年度统计表填写")
	unit.postValues(path+"/fill", form).has("the figure", "已更正", "无台账")

	// A figure is corrected, stays visible beside the computed one, and is taken back.
	unit.get(cell)
	form = unit.form(path + "/correct")
	form.Set("value", "5")
	unit.postValues(path+"/correct", form).has("a reason is needed", "请写明理由")
	form.Set("reason", "一件登记在信访系统，尚未补录")
	unit.postValues(path+"/correct", form).has("both figures", "“自然人”列：5", "按台账计算", "一件登记在信访系统")
	unit.get(path).has("both on the table", "台账 4", "人工更正的数", "一件登记在信访系统", "主管部门通知：请先核对台账。")

	// The correction breaks a rule, which must be explained.
	unit.get(path+"/check").has("what is broken", "必须改正，或者逐项说明")

	// Prose.
	unit.get(path+"/text").has("how to begin", "还没有正文", "按数据生成正文")
	unit.postValues(path+"/draft", url.Values{"base": {"0"}}).has("the draft", "已按数据生成正文", "一、总体情况", "六、其他需要报告的事项")
	form = unit.form(path + "/text")
	stale := url.Values{}
	for k, v := range form {
		stale[k] = v
	}
	for k, v := range form {
		if !strings.HasPrefix(k, "chapter-") {
			continue
		}
		kept := []string{}
		for line := range strings.SplitSeq(v[0], "\n") {
			if !strings.Contains(line, "建议稿") {
				kept = append(kept, line)
			}
		}
		form.Set(k, strings.Join(kept, "\n"))
	}
	unit.get(path+"/handle").has("what a person must write", "段建议稿没有改写")
	form.Set("chapter-5", "一是公开不够及时。\n二是解读形式单一。")
	unit.postValues(path+"/text", form).has("kept", "正文已保存为第2版")
	stale.Set("chapter-5", "别人写的。")
	unit.postValues(path+"/text", stale).has("somebody was faster", "别人写的", "刷新")
	unit.postValues(path+"/restore", url.Values{"base": {"2"}, "version": {"1"}}).has("the first again", "已恢复第1版正文")
	unit.postValues(path+"/restore", url.Values{"base": {"3"}, "version": {"2"}}).has("the second again", "已恢复第2版正文", "解读形式单一")

	// Handing in: each broken rule asks a sentence.
	unit.get(path+"/handle").has("what is left", "未通过的检查，请逐项说明", "报送以后内容固定")
	form = unit.form(path + "/submit")
	unit.postValues(path+"/submit", form).has("nothing without a sentence", "请为这一项写一句说明")
	form = unit.form(path + "/submit")
	for k := range form {
		if strings.HasPrefix(k, "why-") {
			form.Set(k, "信访系统补录的一件正在核对办理结果")
		}
	}
	unit.postValues(path+"/submit", form).has("handed in", "已报送，等待政务公开主管部门审核", "收回修改", "正在核对办理结果")

	// The office returns it with an opinion, the unit mends it.
	office.get("/console").has("the worklist", "份2025年度报告待审核")
	office.get("/console/reports/years/mj/2025?state=submitted").has("the list", "示例市明镜区教育局", "审核")
	office.hides("清水镇人民政府 ")
	office.get(path+"/handle").has("what is judged", "正在核对办理结果", "一件登记在信访系统", "接受以后计入政府汇总")
	form = office.form(path + "/accept")
	office.postValues(path+"/return", form).has("an opinion is needed", "请写明理由")
	form.Set("opinion", "自然人一栏请与登记簿核对一致。")
	office.postValues(path+"/return", form).has("returned", "已退回")
	unit.get(path).has("the opinion", "被退回，请修改后重新报送", "自然人一栏请与登记簿核对一致")
	unit.get(cell)
	unit.postValues(path+"/uncorrect", url.Values{"cell": {"table3.new.自然人"}, "why": {"短"}}).has("a reason is needed", "请写明理由")
	unit.postValues(path+"/uncorrect", url.Values{"cell": {"table3.new.自然人"}, "why": {"核对后与登记簿一致"}}).has("as computed", "已撤销更正", "以前的更正")
	unit.get(path+"/handle").has("what changed", "与第1次报送不同的地方", "自然人")
	unit.postValues(path+"/submit", unit.form(path+"/submit")).has("handed in again", "已报送")
	unit.postValues(path+"/recall", nil).has("taken back", "已收回")
	unit.get(path + "/handle")
	unit.postValues(path+"/submit", unit.form(path+"/submit")).has("once more", "已报送")
	office.get(path + "/handle")
	office.postValues(path+"/accept", office.form(path+"/accept")).has("taken", "已接受，数据计入汇总", "已接受1个，应报送3个")

	// Later changes of the records are shown beside what was handed in.
	_, err := register.New(w.db).Add(context.Background(), w.actor("publisher"), register.Entry{Unit: school, Book: "application",
		Values: register.Values{"no": "2025-99", "received": "2025-12-02", "who": "自然人", "result": "granted", "decided": "2025-12-20"}})
	w.must(err)
	office.get(path).has("the change", "报送以后台账又有变化", "现在 5")

	// The paper goes to review as an item.
	unit.get(path+"/paper").has("the paper", "公众将会看到的内容", "生成发布稿", "Word 文档")
	for format, begins := range map[string]string{"docx": "PK", "xlsx": "PK", "pdf": "%PDF", "json": "{", "csv": ""} {
		unit.get(path + "/file?format=" + format)
		if unit.status != 200 || !strings.HasPrefix(unit.body, begins) || !strings.Contains(unit.header.Get("Content-Disposition"), "."+format) {
			t.Errorf("the %s file answers %d, %q, %.20q", format, unit.status, unit.header.Get("Content-Disposition"), unit.body)
		}
	}
	unit.get(path + "/file?format=exe").shows(404)
	unit.get(path + "/preview")
	if unit.status != 200 || !strings.Contains(unit.body, "这是预览，公众看不到这一页") || !strings.Contains(unit.body, "收到和处理政府信息公开申请情况") {
		t.Errorf("the preview answers %d", unit.status)
	}
	unit.postValues(path+"/paper", nil).shows(200, "发布稿已生成")
	if !strings.HasPrefix(unit.url.Path, "/console/items/") {
		t.Errorf("the paper leads to %s, want its draft", unit.url.Path)
	}
	unit.get(strings.TrimSuffix(unit.url.Path, "/edit"))
	if !strings.Contains(unit.body, `href="`+path+`"`) {
		t.Errorf("the item does not lead back to its report:\n%s", unit.text())
	}
	unit.get(path+"/paper").has("the way on", "核对并送审", "重新生成发布稿")
	unit.get(path+"/past").has("what happened", "报送年报", "退回年报", "自然人一栏请与登记簿核对一致", "第3次")
}

// TestTheOfficeCollectsItsUnits goes through what the office does beside judging:
// dates, reminders, excuses, more units, the sum, the list as a file.
func TestTheOfficeCollectsItsUnits(t *testing.T) {
	w := sqlite(t)
	w.openYear()
	office := w.as("supervisor")
	year := "/console/reports/years/mj/2025"
	office.get(year + "/dates")
	form := office.form(year + "/dates")
	form.Set("units", "昨天")
	office.postValues(year+"/dates", form).has("no date", "有 1 处需要改正")
	form.Set("units", "2026-01-20")
	office.postValues(year+"/dates", form).has("the new dates", "报送期限已更新", "2026年1月20日")
	office.postValues(year+"/remind", nil).has("reminded", "已提醒3个单位")
	office.postValues(year+"/remind", nil).has("once a day", "今天已经提醒过")

	town := w.reportOf(town, annualreport.Own).ID
	path := "/console/reports/" + string(town)
	office.get(path+"/handle").has("who moves", "等待填报单位报送", "列为免报")
	office.postValues(path+"/excuse", url.Values{"why": {"短"}}).has("a reason is needed", "请写明理由")
	office.postValues(path+"/excuse", url.Values{"why": {"年内撤销，职能并入区教育局"}}).has("excused", "已列为免报", "免报1个", "年内撤销")
	office.get(year+"?state=excused").has("the filter", "免报理由：年内撤销")
	office.get(year+"?unit=教育").has("by name", "教育局")
	office.hides("清水镇")
	office.postValues(path+"/call", nil).has("called back", "已恢复报送")

	whole := "/console/reports/" + string(w.reportOf(gov, annualreport.Consolidated).ID)
	office.get(whole+"/units").has("the units", "共3个单位，已计入0个", "没有计入")
	office.get(whole).has("who is missing", "汇总缺少以下单位的年报", "教育局")
	office.get(year + "/list.csv")
	if !strings.Contains(office.body, "示例市明镜区教育局,待填报,2026-01-20") {
		t.Errorf("the list as a file is %q", office.body)
	}
	office.get("/console/reports/years/mj/soon").shows(404)
	office.postValues("/console/reports/new", url.Values{"unit": {"mj"}, "year": {"2025"}, "form": {"2021/"}, "report": {"mj"}}).has("open already", "已经开始")
}

// TestAnEarlierReportIsReadInByFile reads last year's report, shows what was read
// and carries it over.
func TestAnEarlierReportIsReadInByFile(t *testing.T) {
	w := sqlite(t)
	unit := w.as("publisher")
	unit.get("/console/reports/earlier").has("what it is for", "还没有读入往年年报", "上年结转")
	values := url.Values{"unit": {string(school)}, "kind": {"own"}}
	unit.upload("/console/reports/earlier", "file", "", nil, values).has("no file", "请选择要读入的年报文件")
	unit.upload("/console/reports/earlier", "file", "通知.txt", []byte("今天放假。"), values).has("no report", "有 1 处需要改正")

	w.openYear()
	w.keepYear(w.actor("publisher"), school, 8)
	id := w.reportOf(school, annualreport.Own).ID
	unit.get("/console/reports/" + string(id) + "/file?format=csv")
	file := strings.ReplaceAll(unit.body, "2025", "2024")
	unit.upload("/console/reports/earlier", "file", "2024年年报.csv", []byte(file), values).has("what was read", "核对读到的年报", "2024年度", "采用这些数字")
	form := unit.form("/console/reports/earlier/read")
	unit.postValues("/console/reports/earlier/read", form).has("adopted", "已采用", "2024年度报告（读入）")
	unit.upload("/console/reports/earlier", "file", "2024年年报.csv", []byte(file), values).has("once more", "已经读入过一份")
	form = unit.form("/console/reports/earlier/read")
	unit.postValues("/console/reports/earlier/read", form).has("a reason is needed", "请写明理由")
	unit.get("/console/reports/earlier").has("the list", "2024年年报.csv")
	unit.get("/console/reports/"+string(id)+"?last=1").has("side by side", "上年", "不并列2024年的数")
	unit.get("/console/reports/" + string(id) + "/file?format=docx")
	unit.upload("/console/reports/earlier", "file", "年报.docx", []byte(unit.body), values).has("a Word file", "核对读到的年报", "2025年度", "每一格都读出来了")
	other := w.as("elsewhere")
	other.get("/console/reports/earlier")
	other.hides("2024年年报.csv")
}
