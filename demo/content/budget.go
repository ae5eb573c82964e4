package content

import "fmt"

// functionClass is the class of expenditure a unit's money mostly falls under.
var functionClass = map[string]string{
	"jyj": "教育支出", "kjj": "科学技术支出", "gaj": "公共安全支出", "sfj": "公共安全支出", "mzj": "社会保障和就业支出", "rsj": "社会保障和就业支出",
	"tyj": "社会保障和就业支出", "wjj": "卫生健康支出", "ybj": "卫生健康支出", "hbj": "节能环保支出", "zjj": "城乡社区支出", "cgj": "城乡社区支出",
	"nyj": "农林水支出", "slj": "农林水支出", "lyj": "农林水支出", "jtj": "交通运输支出", "gxj": "资源勘探工业信息等支出", "swj": "商业服务业等支出",
	"zrj": "自然资源海洋气象等支出", "wlj": "文化旅游体育与传媒支出", "rmt": "文化旅游体育与传媒支出", "yjj": "灾害防治及应急管理支出",
}

// budgets are the yearly budgets (published within 20 days after approval, about
// February) and final accounts (about September) of each unit.
func (m *maker) budgets(n int) {
	type task struct {
		unit  *Unit
		year  int
		final bool
	}
	var tasks []task
	for y := m.from.Year() + 1; y <= m.to.Year(); y++ {
		for i := range m.units {
			if u := &m.units[i]; u.Kind != Government {
				tasks = append(tasks, task{u, y, false}, task{u, y - 1, true})
			} else {
				tasks = append(tasks, task{u, y, false}, task{u, y - 1, true})
			}
		}
	}
	r := randFor(m.seed, "budgets")
	r.Shuffle(len(tasks), func(i, k int) { tasks[i], tasks[k] = tasks[k], tasks[i] })
	m.each(Budget, min(n, len(tasks)), func(v *voice, it *Item, i int) {
		t := tasks[i]
		v.speak(t.unit)
		it.Column = "20-7"
		if t.final {
			v.day = dayBetween(v.Rand, date(t.year+1, 8, 18), date(t.year+1, 9, 25))
		} else {
			v.day = dayBetween(v.Rand, date(t.year, 2, 1), date(t.year, 3, 8))
		}
		if v.day > m.to {
			return
		}
		if t.unit.Kind == Government {
			m.districtBudget(v, it, t.year, t.final)
			return
		}
		m.unitBudget(v, it, t.year, t.final)
	})
}

// unitBudget is the book of one unit: totals, expenditure by class, the three
// public expenses (“三公”经费), procurement.
func (m *maker) unitBudget(v *voice, it *Item, y int, final bool) {
	u := v.unit
	word := map[bool]string{true: "决算", false: "预算"}[final]
	it.Title = fmt.Sprintf("%s%d年部门%s公开", u.Name, y, word)
	if u.Kind == Town {
		it.Title = fmt.Sprintf("%s%d年%s公开", u.Name, y, word)
	}
	// The size of a unit hardly changes from year to year.
	base := 800 + randFor(m.seed, "budget/"+u.Slug).IntN(5200)
	total := randomWan(v.Rand, base*(94+(y-2022)*2)/100, base*(100+(y-2022)*3)/100)

	in := divide(v.Rand, total, []int{92, 4, 2})
	class := functionClass[u.Slug]
	if class == "" {
		class = "一般公共服务支出"
	}
	classes := []string{class}
	for _, c := range []string{"社会保障和就业支出", "卫生健康支出", "住房保障支出"} {
		if c != class {
			classes = append(classes, c)
		}
	}
	weights := []int{80, 9, 6, 7}[:len(classes)]
	out := divide(v.Rand, total, weights)

	b := &it.Body
	b.section(1, "一、部门概况")
	for i, d := range u.Duties {
		b.para(fmt.Sprintf("%d.%s。", i+1, d))
	}
	b.para(fmt.Sprintf("内设机构%d个；年末实有在职人员%d人。", len(u.Sections), v.between(16, 78)))
	b.section(1, "二、收支"+word+"总体情况")
	b.para(fmt.Sprintf("%d年收入%s%s万元，支出%s%s万元，收支平衡。其中一般公共预算拨款收入%s万元，占%s%%。", y, word, total, word, total, in[0], percent(in[0], total)))
	b.table(plain(fmt.Sprintf("%d年收入%s表（单位：万元）", y, word), []string{"项目", "金额"}, [][]string{
		{"一般公共预算拨款收入", in[0].String()}, {"政府性基金预算拨款收入", in[1].String()}, {"其他收入", in[2].String()}, {"合计", total.String()}}))
	var rows [][]string
	var bs, ps wan
	for i, c := range classes {
		basic := out[i] * wan(v.between(42, 88)) / 100
		if c == "住房保障支出" || c == "卫生健康支出" && class != c {
			basic = out[i]
		}
		bs, ps = bs+basic, ps+out[i]-basic
		rows = append(rows, []string{c, out[i].String(), basic.String(), (out[i] - basic).String()})
	}
	rows = append(rows, []string{"合计", total.String(), bs.String(), ps.String()})
	b.table(plain(fmt.Sprintf("%d年支出%s表（单位：万元）", y, word), []string{"功能分类科目", "合计", "基本支出", "项目支出"}, rows))
	b.section(1, "三、“三公”经费"+word+"情况")
	three := []wan{0, randomWan(v.Rand, 2, 9), randomWan(v.Rand, 0, 3)}
	car := wan(0)
	if v.chance(20) {
		car = randomWan(v.Rand, 12, 18)
	}
	sum := sumWan(three) + car
	b.table(plain(fmt.Sprintf("%d年“三公”经费%s表（单位：万元）", y, word), []string{"项目", "金额"}, [][]string{
		{"因公出国（境）费", three[0].String()}, {"公务用车购置费", car.String()}, {"公务用车运行维护费", three[1].String()}, {"公务接待费", three[2].String()}, {"合计", sum.String()}}))
	b.para(fmt.Sprintf("“三公”经费%s%s万元，%s。", word, sum, v.say("{较上年减少，主要原因是严格控制支出|与上年基本持平|较上年略有增加，主要原因是车辆维修费用增加}")))
	b.section(1, "四、其他重要事项")
	b.para(fmt.Sprintf("（一）机关运行经费情况。机关运行经费%s%s万元，主要用于办公、印刷、邮电、水电、会议、差旅和物业管理等支出。", word, total*wan(30+v.IntN(30))/1000))
	goods := divide(v.Rand, total/wan(v.between(9, 16)), []int{4, 2, 3})
	b.para(fmt.Sprintf("（二）政府采购情况。政府采购%s总额%s万元，其中货物%s万元、工程%s万元、服务%s万元。", word, sumWan(goods), goods[0], goods[1], goods[2]))
	b.para(fmt.Sprintf("（三）绩效管理情况。%d个项目支出实行绩效目标管理，涉及资金%s万元%s。", v.between(3, 12), ps, map[bool]string{true: "，自评平均得分" + v.say("{#88-97}") + "分", false: ""}[final]))
	b.para(v.say("（四）国有资产占用情况。截至上年末，共有车辆{#1-6}辆，单价100万元以上设备{0|1|2}台（套）。"))
	b.section(1, "五、名词解释")
	b.para("基本支出：为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。项目支出：在基本支出之外，为完成特定工作任务和事业发展目标所发生的支出。“三公”经费：因公出国（境）费、公务用车购置及运行维护费、公务接待费。")
	it.Files = []File{{Name: it.Title + "表.xlsx", Body: tablesOf(*b)}}
	it.Words = []string{"部门" + word, fmt.Sprint(y)}
	it.Summary = fmt.Sprintf("公开%s%d年收支%s总体情况、支出明细、“三公”经费和政府采购情况，收支总额%s万元。", u.Short, y, word, total)
}

// districtBudget is the budget or the accounts of the whole district.
func (m *maker) districtBudget(v *voice, it *Item, y int, final bool) {
	it.Title = fmt.Sprintf("明镜区%d年财政预算执行情况和%d年财政预算", y-1, y)
	word := "预算"
	if final {
		it.Title, word = fmt.Sprintf("明镜区%d年财政决算", y), "决算"
	}
	b := &it.Body
	total := randomWan(v.Rand, 180000+(y-2022)*8000, 188000+(y-2022)*9000)
	in := divide(v.Rand, total, []int{34, 10, 6, 9, 12, 29})
	names := []string{"增值税", "企业所得税", "个人所得税", "其他税收收入", "非税收入", "上级补助收入"}
	var rows [][]string
	for i, n := range names {
		rows = append(rows, []string{n, in[i].String(), percent(in[i], total)})
	}
	rows = append(rows, []string{"合计", total.String(), ""})
	b.para(fmt.Sprintf("%d年全区一般公共预算收入总计%s万元，支出总计%s万元，收支平衡。", y, total, total))
	b.table(plain(fmt.Sprintf("%d年一般公共预算收入%s表（单位：万元）", y, word), []string{"项目", "金额", "占比（%）"}, rows))
	out := divide(v.Rand, total, []int{11, 6, 24, 3, 18, 12, 5, 10, 11})
	names = []string{"一般公共服务支出", "公共安全支出", "教育支出", "科学技术支出", "社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出", "农林水支出"}
	rows = nil
	for i, n := range names {
		rows = append(rows, []string{n, out[i].String(), percent(out[i], total)})
	}
	rows = append(rows, []string{"合计", total.String(), ""})
	b.table(plain(fmt.Sprintf("%d年一般公共预算支出%s表（单位：万元）", y, word), []string{"科目", "金额", "占比（%）"}, rows))
	debt := divide(v.Rand, randomWan(v.Rand, 82000, 99000), []int{6, 4})
	b.para(fmt.Sprintf("年末政府债务余额%s万元，其中一般债务%s万元、专项债务%s万元，均控制在限额以内。", sumWan(debt), debt[0], debt[1]))
	b.para(v.say("民生支出占一般公共预算支出的{%76-82}，重点保障教育、社会保障、医疗卫生和农业农村等领域。"))
	it.Files = []File{{Name: it.Title + "表.xlsx", Body: tablesOf(*b)}}
	it.Column = "20-7"
}

// tablesOf keeps the tables of a text.
func tablesOf(b Body) Body {
	var out Body
	for _, k := range b {
		if k.Table != nil {
			out = append(out, k)
		}
	}
	return out
}

// fees are the lists of administrative charges and what they brought in.
func (m *maker) fees(n int) {
	items := [][]string{
		{"不动产登记费", "住宅每件80元，非住宅每件550元", "国家有关收费文件"}, {"污水处理费", "居民每立方米0.95元，非居民每立方米1.40元", "国家有关收费文件"},
		{"城镇垃圾处理费", "居民每户每月6元", "省有关收费文件"}, {"城市道路占用、挖掘修复费", "按路面结构每平方米120元至480元", "省有关收费文件"},
		{"水资源费", "地表水每立方米0.15元", "省有关收费文件"}, {"耕地开垦费", "按耕地质量等级每平方米22元至60元", "土地管理法及省有关规定"},
		{"考试考务费", "按科目每人每科35元至60元", "省有关收费文件"}, {"特种设备检验检测费", "按设备类别和规格计收", "国家有关收费文件"},
	}
	m.each(Fee, n, func(v *voice, it *Item, i int) {
		v.speak(m.slug("czj"))
		it.Column = "20-8"
		b := &it.Body
		y := v.day.Year()
		if i%2 == 0 {
			it.Title = fmt.Sprintf("明镜区行政事业性收费目录清单（%d年%s版）", y, v.say("{上半年|下半年|第一|第二}"))
			b.para("现将我区执行的行政事业性收费项目、标准和依据公布如下，清单之外的收费一律不得收取。")
			var rows [][]string
			for k, f := range some(v.Rand, items, v.between(5, 8)) {
				rows = append(rows, append([]string{fmt.Sprint(k + 1)}, f...))
			}
			b.table(plain("行政事业性收费目录清单", []string{"序号", "项目", "标准", "依据"}, rows))
		} else {
			v.speak(m.slug(pick(v.Rand, []string{"zrj", "zjj", "cgj", "slj", "scj", "rsj"})))
			it.Title = fmt.Sprintf("%s%d年%s行政事业性收费情况公示", v.unit.Name, y, v.say("{第一季度|第二季度|第三季度|上半年|全年}"))
			var rows [][]string
			var sum wan
			count := 0
			for _, f := range some(v.Rand, items, v.between(2, 4)) {
				a, c := randomWan(v.Rand, 3, 160), v.between(40, 2600)
				sum, count = sum+a, count+c
				rows = append(rows, []string{f[0], f[1], f[2], fmt.Sprint(c), a.String()})
			}
			rows = append(rows, []string{"合计", "", "", fmt.Sprint(count), sum.String()})
			b.table(plain("收费情况（单位：件、万元）", []string{"项目", "收费标准", "收费依据", "件数", "金额"}, rows))
			b.para(fmt.Sprintf("本期收费合计%s万元，已全额缴入国库。对小微企业和困难群众依法减免%d件。", sum, v.between(3, 60)))
		}
		b.sign(v.unit.Name, v.day)
	})
}
