package prose

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

// say lists the claims about cells: "18=规范性文件.published/made/total".
func bound(text, formID string) []string {
	f := form.ByID(formID)
	var out []string
	for _, c := range Claims(text, f) {
		all := append([][]int{c.About}, c.Or...)
		if c.Rate != nil {
			all = c.Rate.Part
		}
		if len(all[0]) == 0 {
			continue
		}
		var readings []string
		for _, cells := range all {
			readings = append(readings, brief(f, cells))
		}
		v := fmt.Sprint(c.Value)
		switch c.Kind {
		case form.Share:
			v = decimals(c.Value, c.Places) + "%"
		case form.Growth:
			v = sayGrowth(c.Value, c.Places)
		case form.Yuan:
			v = form.InYuan(c.Value)
		}
		out = append(out, v+"="+strings.Join(readings, "|"))
	}
	return out
}

// brief names cells in short: the rows, and the columns unless it is 总计.
func brief(f *form.Form, cells []int) string {
	var rows, cols []string
	for _, i := range cells {
		c := f.Cells[i]
		row, col := c.Row, c.Column
		if row = strings.TrimRight(row, "12345678"); row != "other" && c.Table == "table3" && row != c.Row {
			row += "*"
		}
		if len(rows) == 0 || rows[len(rows)-1] != row {
			rows = append(rows, row)
		}
		if len(cols) == 0 || cols[len(cols)-1] != col {
			cols = append(cols, col)
		}
	}
	s := strings.Join(rows, "+")
	if c := strings.Join(cols, "+"); c != "总计" {
		s += "." + c
	}
	return s
}

func TestAClaimSaysWhatItsWordsSay(t *testing.T) {
	const head = "示例市明镜区人民政府2023年政府信息公开工作年度报告\n一、总体情况\n"
	for _, c := range []struct{ name, text, want string }{
		{"newly received", "全年新收政府信息公开申请18件。", "18=new"},
		{"received may include what was carried over", "2023年，全区共受理政府信息公开申请207件。", "207=new|new+carried"},
		{"received and answered at once", "全年受理并按期回复依申请公开16件。", "16=total|new|new+carried"},
		{"both at once", "本年新收及2022年结转依申请公开116件，办结114件，转下年度办理2件。", "116=new+carried; 114=total; 2=forward"},
		{"carried over from the year before, the year named", "全年受理依申请公开107件，结转2022年9件。", "107=new|new+carried; 9=carried"},
		{"number first", "全年新收申请20件，另有7件申请按照《条例》顺延到下年度答复，2件为上年度结转。", "20=new; 7=forward; 2=carried"},
		{"outcomes", "办结申请114件，其中予以公开43件、部分公开14件、不予公开8件、无法提供45件、不予处理1件、其他处理3件。",
			"114=total; 43=granted; 14=partial; 8=deny*; 45=unable*; 1=reject*; 3=other"},
		{"two outcomes in one number", "答复申请30件。予以公开及部分公开25件，不予公开5件。", "30=total|new+carried|new; 25=granted+partial; 5=deny*"},
		{"an outcome and its share", "办结申请50件，予以公开20件，占40.0%。", "50=total; 20=granted; 40.0%=granted"},
		{"one reason", "办结申请50件，其中因本机关不掌握无法提供9件。", "50=total; 9=unable*|unable*"},
		{"shares without their numbers", "办结申请50件，其中予以公开或部分公开占58.0%、不予公开占8.0%，其他情况占4.0%。", "50=total; 58.0%=granted+partial; 8.0%=deny*"},
		{"what is left over counts as it is called", "答复申请8件。其中，予以公开5件，部分公开2，其他1件（申请人撤回）。", "8=total|new+carried|new; 5=granted; 2=partial; 1=other"},
		{"this year again after another one", "2022年受理申请9件，2023年新收申请11件。", "11=new"},
		{"applicants", "全年新收申请20件，其中自然人申请17件，法人或其他组织申请3件。", "20=new; 17=new.自然人; 3=new.商业企业+科研机构+社会公益组织+法律服务机构+其他"},
		{"none received", "全年未收到政府信息公开申请。", "0=new|new+carried"},
		{"whoever applied", "受理公民、法人和其他组织提出的政府信息公开申请5件。", "5=new|new+carried"},
		{"notices published may be the decisions", "另公示行政许可76条、行政处罚2条。", "76=行政许可.decisions; 2=行政处罚.decisions"},
		{"nothing carried over", "全年新收申请3件，无上年结转申请，全部办结。", "3=new; 0=carried; 0=forward"},
		{"remedies", "因政府信息公开被申请行政复议7件，其中维持5件，纠正1件，尚未审结1件；行政诉讼2件。",
			"7=reconsideration; 5=reconsideration.维持; 1=reconsideration.纠正; 1=reconsideration.未审结; 2=litigation+litigation_after|litigation"},
		{"two kinds of suit", "因政府信息公开引发行政诉讼3件，其中未经复议直接起诉2件，复议后起诉1件。", "3=litigation+litigation_after|litigation; 2=litigation; 1=litigation_after"},
		{"no remedies", "全年未发生政府信息公开行政复议、行政诉讼案件。", "0=reconsideration+litigation+litigation_after"},
		{"documents", "全年制发行政规范性文件6件，废止1件，现行有效32件。", "6=行政规范性文件.issued; 1=行政规范性文件.repealed; 32=行政规范性文件.in_force"},
		{"what a bracket divides is not divided as the table is", "公开规章13件（新制定5件，修改4件，废止4件），公开规范性文件12条。", "13=规章.issued|规章.in_force"},
		{"decisions", "全年作出行政许可决定550件、行政处罚决定4119件。", "550=行政许可.decisions; 4119=行政处罚.decisions"},
		{"fees of the departments", "全年行政事业性收费7730.28万元。", "77302800.00=行政事业性收费.amount_wan"},
		{"growth", "全年新收政府信息公开申请18件，同比增长12.5%。", "18=new; 增长 12.5%=new"},
		{"decline", "全年新收政府信息公开申请18件，申请数量较上年下降8.3%。", "18=new; 下降 8.3%=new|new+carried|total"},
		{"full width, line break and bold", "全年**新收**政府信息公\n开申请１ ８　件。", "18=new"},
		{"traditional script", "全年新收政府信息公開申請18件，辦結17件，結轉下年度1件。", "18=new; 17=total; 1=forward"},
		{"half-width marks", "全年新收政府信息公开申请1,218件,办结1,200件;结转下年度18件.", "1218=new; 1200=total; 18=forward"},
		{"about so many", "全年受理政府信息公开申请近200件。", "200=new|new+carried"},
	} {
		if got := strings.Join(bound(head+c.text, "2021"), "; "); got != strings.ReplaceAll(c.want, "=other", "=other+other+other") && got != c.want {
			t.Errorf("%s: Claims(%s)\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

// TestWhatIsNotMeantIsNotBound: each of these would be a false alarm.
func TestWhatIsNotMeantIsNotBound(t *testing.T) {
	const head = "示例市明镜区人民政府2023年政府信息公开工作年度报告\n一、总体情况\n"
	for _, text := range []string{
		"全年答复网民留言120件，办结率100%。",
		"全年受理12345热线工单3000件，办结2990件。",
		"全年办理人大代表建议12件、政协提案30件，全部办结。",
		"其中区公安分局受理22件，区住建局受理18件。",
		"依申请公开方面，区公安分局受理政府信息公开申请22件。",
		"上半年收到政府信息公开申请12件。",
		"截至6月底，收到政府信息公开申请12件。",
		"2023年上半年，受理政府信息公开申请12件，答复11件。其中同意公开5件。",
		"全年制作信息112条，其中主动公开信息数7条，依申请公开信息数59条，不予公开信息数46条，占比41.1%。",
		"网站发布信息313条，其中政策文件14条、行政许可93条、行政处罚37条。",
		"申请数量较上年增加12件。",
		"办理因2022年度政府信息公开申请引发的行政复议1件、行政诉讼2件，均维持原决定。",
		"无当面申请件，群众对依申请公开工作满意率98.5%。",
		"2021年，全区受理政府信息公开申请38件，办结38件。",
		"2021年受理政府信息公开申请38件。",
		"去年受理政府信息公开申请38件。",
		"其中网上申请12件，信函申请3件，当面申请1件。",
		"通过网络收到政府信息公开申请12件。",
		"区本级受理政府信息公开申请12件。",
		"全年办理行政复议案件120件，行政应诉案件20件。",
		"全年审结行政复议案件30件，维持20件。",
		"梳理依申请公开常见情形的13种答复模板。",
		"根据《条例》第三十六条和国办公开办函〔2021〕30号文件，电话0576-88830316，邮编318000。",
		"对涉及商业秘密的不予公开5件。",
		"主动公开政府信息500条，其中规范性文件12条。",
		"召开依申请公开专题培训会2次，培训120人次。",
		"备案审查规范性文件14件，以区政府名义印发文件30件。",
		"办理公证3件，收到锦旗2面，受理举报30件，信访举报投诉类事项11件。",
		"经审查，将38件申请涉及的信息转为主动公开。",
		"收到市民咨询、申请30件。",
		"向有关部门转交申请5件。",
		"收到政协关于政府信息公开的提案2件。",
		"无其他需要报告的事项。",
		"无法提供联系方式的，未收到补正材料。",
		"本机关没有需要说明的情况，没有超期答复。",
		"收取信息处理费300元，发出收费通知1件。",
	} {
		if got := bound(head+text, "2021"); len(got) > 0 {
			t.Errorf("Claims(%s) = %q, want nothing bound", text, got)
		}
	}
}

func TestAnOfficeSpeaksForItself(t *testing.T) {
	const head = "示例市明镜区人民政府办公室2023年政府信息公开工作年度报告\n一、总体情况\n"
	if got := strings.Join(bound(head+"全年，区政府办共受理政府信息公开申请46件。", "2021"), "; "); got != "46=new|new+carried" {
		t.Errorf("the office's own count = %s, want it bound", got)
	}
	if got := bound(head+"全区共受理政府信息公开申请207件。", "2021"); len(got) > 0 {
		t.Errorf("the whole district in the report of its office = %s, want nothing bound", got)
	}
}

func TestATitleSaysWhoseReportItIs(t *testing.T) {
	for _, c := range []struct {
		text string
		kind reporter
		year int
	}{
		{"示例市明镜区人民政府\n2020年政府信息公开工作报告\n本报告由示例市明镜区人民政府办公室编制。", governmentReport, 2020},
		{"明镜区人民政府办公室2020年度政府信息公开工作年度报告\n", officeReport, 2020},
		{"首页 > 明镜区人民政府办公室 > 年报\n发布日期：2021年1月29日\n明镜区教育局2020年政府信息公开工作年度报告\n", unitReport, 2020},
		{"2024年示例市政府信息公开工作年度报告", governmentReport, 2024},
		{"明镜区石桥镇2024年政府信息公开年度报告", governmentReport, 2024},
		{"信息公开年报 发布机构 明镜区人民政府办公室\n成文日期：2022年1月3日\n所列数据统计期限自2021年1月1日起", officeReport, 2021},
		{"全年受理申请3件。", unknownReporter, 0},
	} {
		var p prepared
		p.prepare(c.text, nil)
		if got := titleOf(&p); got.kind != c.kind || got.kind != unknownReporter && got.year != c.year {
			t.Errorf("titleOf(%s) = %+v, want kind %d of %d", c.text, got, c.kind, c.year)
		}
	}
}

func TestSumsInsideTheProse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"其中 adds up", "全年主动公开信息10834条，其中，乡镇街道公开3930条，部门公开6904条。", "10834=3930+6904"},
		{"some are not all", "全年主动公开信息10834条，其中政策文件39条、解读69条。", ""},
		{"the measure tells which is the whole", "发布信息2900余条，阅读量达58万次，其中镇发布1861条，部门发布1039条。", "2900=1861+1039"},
		{"two ways to count the same", "制作文字解读30篇，图片解读11篇，媒体解读7篇，其中镇制作9篇，部门制作39篇。", "48=30+11+7 48=9+39"},
		{"a bracket", "网站公开105条（通知公告92、土地13），公众号185篇。", "105=92+13"},
		{"a list without measure words", "主动公开197篇，分为：动态67、征求意见2、转载文件58、其他70。", "197=67+2+58+70"},
		{"in the next sentence", "全年公开312条。其中机构信息112条，政策文件200条。", "312=112+200"},
		{"in and out", "全年受理政府信息公开申请749件，共办理718件，结转下一年31件。", "749=718+31"},
		{"in and out with what was carried over", "全年受理申请107件，上年结转9件，办结114件，结转下年度2件。", "116=107+9 116=114+2"},
		{"outcomes that do not add up", "办结申请100件，予以公开50件，部分公开10件，不予公开10件，无法提供10件，不予处理5件，其他处理5件。", "100=50+10+10+10+5+5"},
		{"an outcome not understood may be the rest", "办结申请100件，予以公开50件，部分公开10件，不予公开10件，撤回申请的10件，无法提供10件，不予处理5件，其他处理5件。", ""},
		{"applicants", "全年新收申请20件，其中自然人申请16件，法人或其他组织申请3件。", "20=16+3"},
		{"results of a remedy", "因政府信息公开被申请行政复议7件：维持6件、纠正0件、其他结果0件、未审结0件。", "7=6+0+0+0"},
		{"money", "收取信息处理费共计380元，其中民政局收取380元。", "3800000=3800000"},
	} {
		claims := Claims(c.text, form.ByID("2021"))
		var got []string
		for _, cl := range claims {
			for _, way := range cl.Parts {
				var terms []string
				for _, i := range way {
					terms = append(terms, fmt.Sprint(claims[i].Value))
				}
				got = append(got, fmt.Sprintf("%d=%s", cl.Value, strings.Join(terms, "+")))
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: Claims(%s) adds up %q, want %q", c.name, c.text, s, c.want)
		}
	}
}

func TestClaimsKnowTheirPlace(t *testing.T) {
	text := "报告\n一、总体情况\n全年新收申请18件。\n二、主动公开政府信息情况\n行政许可\t598\t132\n三、收到和处理政府信息公开申请情况\n五、存在的主要问题\n受理申请5件。\n六、其他需要报告的事项\n收取信息处理费 380 元。"
	runes := []rune(text)
	type at struct {
		chapter int
		digits  string
	}
	var got []at
	for _, c := range Claims(text, form.ByID("2021")) {
		got = append(got, at{c.Chapter, string(runes[c.Start:c.End])})
	}
	if want := fmt.Sprint([]at{{1, "18"}, {6, "380"}}); fmt.Sprint(got) != want {
		t.Errorf("Claims(…) = %v, want %v", got, want)
	}
	i := strings.Index(text, "18")
	skipped := Claims(text, nil, Span{len([]rune(text[:i])) - 3, len([]rune(text[:i])) + 5})
	if len(skipped) != 1 || skipped[0].What != "实收信息处理费" {
		t.Errorf("Claims with the first number skipped = %+v, want the fee only", skipped)
	}
}

func BenchmarkClaims(b *testing.B) {
	for _, r := range realReports(b) {
		if r.name != "004.txt" && r.name != "shuyang_2025.md" {
			continue
		}
		b.Run(r.name, func(b *testing.B) {
			b.SetBytes(int64(len(r.text)))
			b.ReportAllocs()
			for b.Loop() {
				Claims(r.text, r.report.Form)
			}
		})
	}
}

func FuzzClaims(f *testing.F) {
	f.Add("全年新收政府信息公开申请18件，办结17件。")
	f.Add("一、（二）1.2.3%，：（（件2020年12月")
	f.Fuzz(func(t *testing.T, text string) {
		n := len([]rune(text))
		for _, c := range Claims(text, form.ByID("2021")) {
			if c.Start < 0 || c.End > n || c.Start >= c.End {
				t.Fatalf("Claims(%q): place %d to %d of %d", text, c.Start, c.End, n)
			}
		}
	})
}
