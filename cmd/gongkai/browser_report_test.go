package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gongkai/internal/browser"
)

// annualReport is a year's story: a bureau compiles its report, the office
// returns and accepts it, four levels review it, citizens read it.
func annualReport(t *testing.T, d *district) {
	unit := d.officer("jyj.publisher", browser.Desktop)
	unit.Open("/console").See("年度报告待报送", "条例第四十九条")
	unit.Open("/console/reports").See("本单位的年报").Check("console-reports")
	path := firstLink(t, unit, `^/console/reports/[0-9a-z]{16,}$`)

	// Every figure opens, down to the line it counts, on a desk and on a phone.
	unit.Open(path).See("点任何一个数字", "收到和处理政府信息公开申请情况").Check("console-report-begun")
	unit.OnPaper(func() { unit.See("表三").SeeNot("在表上填写").Picture("console-report-on-paper") })
	unit.Open(path+"/cell?c="+query("table3.new.总计")).See("这个数怎么来的", "与计算的数一致", "不能直接更正").Check("console-report-cell-sum")
	cell := path + "/cell?c=" + query("table3.new.自然人")
	unit.Open(cell).See("条记录", "相加为").Check("console-report-cell")
	unit.Open(firstLink(t, unit, `^/console/lines/`)).See("登记编号")
	phone := d.officer("jyj.publisher", browser.Phone)
	phone.Open(path).See("可以左右滑动").Check("console-report-begun")
	phone.Open(cell).See("相加为").Check("console-report-cell")

	// A figure is corrected with a reason; both stay visible.
	permits := path + "/cell?c=" + query("table2.行政许可.decisions")
	unit.Forgive("422").Open(permits).Fill("更正为", "很多").Fill("理由", "平台统计口径有误，按实际办结数更正").Click("保存更正").See("请填写数字")
	if got := unit.Value("理由"); got == "" {
		t.Error("a refused correction loses its reason")
	}
	unit.Fill("更正为", "999").Click("保存更正").See("已更正", "按台账计算", "平台统计口径有误").Check("console-report-cell-corrected")
	unit.Open(path).See("999", "台账 ", "人工更正的数")

	// The prose is drafted from the figures, then written by a person; a number
	// that does not fit the table is named.
	unit.Open(path + "/text").See("还没有正文").Check("console-report-text-empty")
	unit.Click("按数据生成正文").See("已按数据生成正文", "建议稿", "都与表格一致").Check("console-report-text-drafted")
	for _, chapter := range []string{"一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"} {
		var kept []string
		for line := range strings.SplitSeq(unit.Value(chapter), "\n") {
			if !strings.Contains(line, "建议稿") {
				kept = append(kept, line)
			}
		}
		switch chapter[:3] {
		case "五":
			kept = append(kept, "个别信息公开不够及时。我局已明确专人负责，每月核对一次。")
		case "六":
			kept = append(kept, "无其他需要报告的事项。")
		}
		unit.Fill(chapter, strings.Join(kept, "\n"))
	}
	unit.Click("保存正文").See("正文已保存为第2版").SeeNot("段是建议稿")
	right := unit.Value("一、总体情况")
	unit.Fill("一、总体情况", right+"\n全年新收政府信息公开申请98765件。").Click("保存正文").See("第3版", "与表格不一致").Check("console-report-text-wrong")
	unit.Open(path + "/check").See("98765").Check("console-report-check")
	unit.Open(path+"/text").Fill("一、总体情况", right).Click("保存正文").See("第4版").SeeNot("与表格不一致")

	// What nobody recorded is filled in on the form, with where it comes from.
	unit.Open(path).See("格没有数据", "本年无")
	unit.Open(path + "/fill").See("在表上填写").Check("console-report-fill")
	phone.Open(path + "/fill").See("在表上填写").Check("console-report-fill")
	browser.Eval[bool](unit, `[...document.querySelectorAll(".fig-input")].map(i => i.value = "0").length > 0`)
	unit.Fill("数据从哪里来", "各科室报来，本年没有发生。").Click("保存填写的数").See("已更正").SeeNot("格没有数据")

	// Handing in asks a sentence for what stays broken.
	sentences := func() {
		for _, label := range unit.Texts(".explain-one label") {
			unit.Fill(label, "先行预报，年终以后核对全年数据重新报送。")
		}
	}
	unit.Open(path + "/handle").See("报送以后内容固定").Check("console-report-handle")
	sentences()
	unit.Click("报送").See("已报送，等待政务公开主管部门审核", "收回修改").Check("console-report-handed-in")

	// The office returns it once, then accepts.
	office := d.officer("supervisor", browser.Desktop).Forgive("422")
	office.Open("/console").See("年度报告待审核")
	office.Open("/console/reports").See("年度编报").Check("console-reports-office")
	round := firstLink(t, office, `^/console/reports/years/mj/\d+$`)
	office.Open(round).See("已接受", "提醒没有报送的").Check("console-round")
	d.officer("supervisor", browser.Phone).Open(round).See("各单位").Check("console-round")
	office.Open(round+"?unit="+query("教育局")).See("已报送").Click("：明镜区教育局").See("接受以后计入政府汇总", "平台统计口径有误").Check("console-report-judge")
	office.Click("退回修改").See("请写明理由")
	office.Fill("意见", "行政许可数与平台不一致，请核对。").Click("退回修改").See("已退回")
	unit.Open(path).See("被退回，请修改后重新报送", "行政许可数与平台不一致").Check("console-report-returned")
	unit.Open(permits).Click("撤销更正").Fill("撤销的理由", "核对后平台数无误").Click("确认撤销").See("已撤销更正", "以前的更正")
	unit.Open(path + "/handle").See("与第1次报送不同的地方")
	sentences()
	unit.Click("报送").See("已报送")
	office.Open(path + "/handle").See("与第1次报送不同的地方").Click("接受").See("已接受，数据计入汇总")

	// The sum names who is missing.
	whole := firstLink(t, office.Open(round), `^/console/reports/[0-9a-z]{16,}$`)
	office.Open(whole).See("汇总缺少以下单位的年报").Check("console-report-whole")
	office.Open(whole + "/units").See("已计入").Check("console-report-units")

	// The paper goes through review like anything else.
	year := time.Now().Year()
	if time.Now().Month() <= time.March {
		year--
	}
	title := fmt.Sprintf("%d年政府信息公开工作年度报告", year)
	unit.Open(path+"/paper").See("公众将会看到的内容", title).Check("console-report-paper")
	unit.Open(path+"/preview").See("这是预览", "其他需要报告的事项").Check("console-report-preview")
	unit.Open(path + "/paper").Click("生成发布稿").See("发布稿已生成")
	item := strings.TrimSuffix(unit.Path(), "/edit")
	unit.Choose("立即发布").Click("送审").See("已送审")
	unit.Open(path).See("正在公开审查").Check("console-report-in-review")
	first := d.officer(fourLevels[0], browser.Desktop).Open("/console/reviews").Click(title)
	first.Click("年度报告（本级）的数据、来源和检查结果").See("表三", "正在公开审查").SeeNot("在表上填写").Check("console-report-reviewer")
	d.signAll(title, fourLevels...)
	unit.Open(path).See("已发布").Check("console-report-published")
	unit.Open(path+"/paper").See("公开页面", "打开")
	unit.Open(path+"/past").See("报送年报", "退回年报", "接受年报", "行政许可数与平台不一致").Check("console-report-past")

	for _, v := range bothViews {
		d.visitor(v).Open(shownAt(item)).See(title, "收到和处理政府信息公开申请情况", "其他需要报告的事项", "Word 文档", "PDF 文档", "Excel 表格").Check("portal-report-published")
	}
}
