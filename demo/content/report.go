package content

import (
	"fmt"
	"strings"
)

// reports are the yearly reports of all units (article 50), departments by the
// end of January, the government by the end of March.
func (m *maker) reports(n int) {
	var years []int
	for y := m.from.Year(); y < m.to.Year(); y++ {
		years = append(years, y)
	}
	figures := m.figuresOf(years)
	type task struct {
		unit *Unit
		year int
	}
	var tasks []task
	for i := range m.units {
		for k := range years {
			tasks = append(tasks, task{&m.units[i], years[len(years)-1-k]})
		}
	}
	if n*100 >= len(tasks)*80 {
		n = len(tasks)
	}
	m.each(Report, min(n, len(tasks)), func(v *voice, it *Item, i int) {
		t := tasks[i]
		v.speak(t.unit)
		v.day = dayBetween(v.Rand, date(t.year+1, 1, 8), date(t.year+1, 1, 29))
		if t.unit.Kind == Government {
			v.day = dayBetween(v.Rand, date(t.year+1, 3, 4), date(t.year+1, 3, 27))
		}
		it.Column = "report"
		it.Title = fmt.Sprintf("%s%d年政府信息公开工作年度报告", t.unit.Name, t.year)
		it.Words = []string{"年度报告", fmt.Sprint(t.year)}
		it.Theme = "综合政务"
		it.Body = m.report(v, t.year, figures[t.unit.ID][t.year])
		it.Summary = fmt.Sprintf("%d年%s主动公开、依申请公开、行政复议诉讼等情况的年度报告。", t.year, t.unit.Short)
		it.Upload = i%3 == 0
		if i%4 == 0 {
			it.Files = []File{{Name: it.Title + ".docx", Body: it.Body}}
		}
	})
}

func (m *maker) report(v *voice, y int, f *Figures) Body {
	u := v.unit
	var b Body
	b.para(fmt.Sprintf("根据《中华人民共和国政府信息公开条例》和国务院办公厅政府信息与政务公开办公室有关年度报告格式的要求，编制本报告。本报告所列数据的统计期限自%d年1月1日起至%d年12月31日止。如有疑问，请与%s联系（地址：%s；邮政编码：%s；电话：%s）。",
		y, y, u.Name+u.Contact.Office, u.Contact.Address, u.Contact.Postcode, u.Contact.Phone))
	b.section(1, "一、总体情况")
	b.section(2, "（一）主动公开")
	b.para(fmt.Sprintf("%d年，%s通过政府网站主动公开政府信息%d条，%s", y, u.Short, f.Notices,
		v.say("{重点公开了政策文件、财政预决算、公共服务等领域信息。|围绕民生实事、重大项目、行政执法等及时公开，回应群众关切。|做到应公开尽公开，公开时效进一步提高。}")))
	b.section(2, "（二）依申请公开")
	n := f.Requests
	text := fmt.Sprintf("全年新收政府信息公开申请%d件，上年结转%d件，本年度办结%d件，结转下年度继续办理%d件。", n[rowNew][columns], n[rowCarried][columns], n[rowTotal][columns], n[rowForward][columns])
	if n[rowNew][columns] == 0 && n[rowCarried][columns] == 0 {
		text = "全年未收到政府信息公开申请，无上年结转申请。"
	}
	b.para(text)
	b.section(2, "（三）政府信息管理")
	b.para(v.say("{严格落实公文公开属性源头认定和公开前审查制度，|完善信息发布三级审核机制，}") + fmt.Sprintf("本年度制发行政规范性文件%d件，废止%d件，现行有效%d件。", f.Issued, f.Repealed, f.InForce))
	b.section(2, "（四）政府信息公开平台建设")
	b.para(v.say("{优化政府信息公开专栏设置，完善检索、查阅、下载功能。|加强栏目日常维护，清理空白栏目和失效链接{#2-16}处。|规范政务新媒体管理，落实先审后发要求。}"))
	b.section(2, "（五）监督保障")
	b.para(v.say("{明确分管负责人和专职人员，|将政务公开纳入年度考核，}组织业务培训{1|2|3|4}次，参训{#12-160}人次"))
	b[len(b)-1].Text += "。"
	if u.Kind == Government {
		b.para(v.say("工作考核：将政务公开纳入全区综合考核，分值占比不低于4%。社会评议：委托第三方开展满意度调查，回收有效问卷{#600-1600/10}份，满意度{%90-97}。责任追究：本年度未发生责任追究情形。"))
	}
	b.section(1, "二、主动公开政府信息情况")
	b.table(tableTwo(f))
	b.section(1, "三、收到和处理政府信息公开申请情况")
	b.table(tableThree(f))
	b.section(1, "四、政府信息公开行政复议、行政诉讼情况")
	b.table(tableFour(f))
	b.section(1, "五、存在的主要问题及改进情况")
	b.para(v.say("存在的主要问题：{政策解读形式不够丰富，群众参与度有待提高|个别栏目更新不够及时|依申请公开答复说理性有待增强|信息公开队伍人员变动较频繁}；{公开内容与群众期待还有差距|部分信息检索不够便捷|基层公开标准目录落实不够平衡}。"))
	b.para(v.say("改进情况：{加大图文、视频解读比重|健全栏目定期巡查机制|开展答复文书评查|组织新任人员培训}，{完善标准目录并动态更新|优化检索功能|加强对基层的指导督促}。"))
	b.section(1, "六、其他需要报告的事项")
	if f.FeeNotices > 0 {
		amount := f.FeeNotices * 300
		b.para(fmt.Sprintf("依据《政府信息公开信息处理费管理办法》，本年度发出收费通知%d件，总金额%d元，实际收取%d元。", f.FeeNotices, amount, amount))
	} else {
		b.para("依据《政府信息公开信息处理费管理办法》，本年度发出收费通知0件，收取信息处理费0元。")
	}
	if u.Kind == Government {
		b.para(fmt.Sprintf("本报告由区政府各部门、各镇（街道）共%d个单位的数据汇总形成。", len(m.units)-1))
	}
	b.sign(u.Name, v.day)
	return b
}

func cells(texts ...string) []Cell {
	out := make([]Cell, len(texts))
	for i, s := range texts {
		out[i] = Cell{Text: s}
	}
	return out
}

// tableTwo is 主动公开政府信息情况 with its four blocks.
func tableTwo(f *Figures) *Table {
	head := func(s string) []Cell { return []Cell{{Text: s, Cols: 4, Head: true}} }
	one := func(name, value string) []Cell { return []Cell{{Text: name, Head: true}, {Text: value, Cols: 3}} }
	names := func(s string) []Cell {
		return []Cell{{Text: "信息内容", Head: true}, {Text: s, Cols: 3, Head: true}}
	}
	t := &Table{Caption: "主动公开政府信息情况"}
	t.Head = [][]Cell{head("第二十条第（一）项")}
	t.Rows = [][]Cell{
		{{Text: "信息内容", Head: true}, {Text: "本年制发件数", Head: true}, {Text: "本年废止件数", Head: true}, {Text: "现行有效件数", Head: true}},
		append([]Cell{{Text: "规章", Head: true}}, cells("0", "0", "0")...),
		append([]Cell{{Text: "行政规范性文件", Head: true}}, cells(fmt.Sprint(f.Issued), fmt.Sprint(f.Repealed), fmt.Sprint(f.InForce))...),
		head("第二十条第（五）项"), names("本年处理决定数量"), one("行政许可", fmt.Sprint(f.Permits)),
		head("第二十条第（六）项"), names("本年处理决定数量"), one("行政处罚", fmt.Sprint(f.Fines)), one("行政强制", fmt.Sprint(f.Coercive)),
		head("第二十条第（八）项"), names("本年收费金额（单位：万元）"), one("行政事业性收费", f.Fees.String()),
	}
	return t
}

// tableThree is 收到和处理政府信息公开申请情况.
func tableThree(f *Figures) *Table {
	t := &Table{Caption: "收到和处理政府信息公开申请情况"}
	t.Head = [][]Cell{
		{{Text: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", Cols: 3, Rows: 3, Head: true}, {Text: "申请人情况", Cols: 7, Head: true}},
		{{Text: "自然人", Rows: 2, Head: true}, {Text: "法人或其他组织", Cols: 5, Head: true}, {Text: "总计", Rows: 2, Head: true}},
		{{Text: "商业企业", Head: true}, {Text: "科研机构", Head: true}, {Text: "社会公益组织", Head: true}, {Text: "法律服务机构", Head: true}, {Text: "其他", Head: true}},
	}
	group := map[string]int{}
	for _, r := range requestRows {
		group[r.group]++
	}
	seen := map[string]bool{}
	for i, r := range requestRows {
		var row []Cell
		if i == rowFirst {
			row = append(row, Cell{Text: "三、本年度办理结果", Rows: rowTotal - rowFirst + 1, Head: true})
		}
		switch {
		case i < rowFirst || i == rowForward:
			row = append(row, Cell{Text: r.label, Cols: 3, Head: true})
		case r.group == "":
			row = append(row, Cell{Text: r.label, Cols: 2, Head: true})
		default:
			if !seen[r.group] {
				seen[r.group] = true
				row = append(row, Cell{Text: r.group, Rows: group[r.group], Head: true})
			}
			row = append(row, Cell{Text: r.label, Head: true})
		}
		for _, n := range f.Requests[i] {
			row = append(row, Cell{Text: fmt.Sprint(n)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// tableFour is 政府信息公开行政复议、行政诉讼情况.
func tableFour(f *Figures) *Table {
	t := &Table{Caption: "政府信息公开行政复议、行政诉讼情况"}
	five := strings.Fields("结果维持 结果纠正 其他结果 尚未审结 总计")
	t.Head = [][]Cell{
		{{Text: "行政复议", Cols: 5, Head: true}, {Text: "行政诉讼", Cols: 10, Head: true}},
		nil, nil,
	}
	for _, s := range five {
		t.Head[1] = append(t.Head[1], Cell{Text: s, Rows: 2, Head: true})
	}
	t.Head[1] = append(t.Head[1], Cell{Text: "未经复议直接起诉", Cols: 5, Head: true}, Cell{Text: "复议后起诉", Cols: 5, Head: true})
	for range 2 {
		for _, s := range five {
			t.Head[2] = append(t.Head[2], Cell{Text: s, Head: true})
		}
	}
	var row []Cell
	for _, block := range f.Remedies {
		for _, n := range block {
			row = append(row, Cell{Text: fmt.Sprint(n)})
		}
	}
	t.Rows = [][]Cell{row}
	return t
}
