package content

import (
	"fmt"
	"strings"
)

// statistics are the yearly bulletin and the monthly and quarterly figures.
func (m *maker) statistics(n int) {
	m.each(Statistics, n, func(v *voice, it *Item, i int) {
		v.speak(m.slug("tjj"))
		it.Column = "20-4"
		if i%12 == 0 {
			y := m.from.Year() + i/12%max(1, m.to.Year()-m.from.Year())
			v.day = dayBetween(v.Rand, date(y+1, 3, 20), date(y+1, 4, 25))
			if v.day > m.to {
				return
			}
			m.bulletin(v, it, y)
			return
		}
		y, mo := v.day.Year(), v.day.Month()-1
		if mo == 0 {
			y, mo = y-1, 12
		}
		v.day = dayBetween(v.Rand, date(y, mo, 1).Add(43), date(y, mo, 1).Add(58))
		if v.day > m.to || v.day < m.from {
			return
		}
		period := fmt.Sprintf("%d年1—%d月", y, mo)
		switch mo {
		case 12:
			period = fmt.Sprintf("%d年", y)
		case 1:
			period = fmt.Sprintf("%d年1月", y)
		case 6:
			period = fmt.Sprintf("%d年上半年", y)
		}
		subject := []struct {
			name, unit string
			rows       []string
			lo, hi     int
		}{
			{"主要经济指标完成情况", "亿元", []string{"地区生产总值", "规模以上工业总产值", "固定资产投资", "社会消费品零售总额", "一般公共预算收入"}, 8, 60},
			{"规模以上工业运行情况", "亿元", []string{"农副食品加工业", "纺织业", "通用设备制造业", "电子设备制造业", "非金属矿物制品业"}, 3, 42},
			{"社会消费品零售情况", "亿元", []string{"粮油食品类", "服装鞋帽类", "家用电器类", "汽车类", "餐饮收入"}, 2, 24},
			{"各镇（街道）固定资产投资情况", "亿元", townNames, 1, 18},
			{"居民收支调查情况", "元", []string{"工资性收入", "经营净收入", "财产净收入", "转移净收入"}, 900, 14000},
		}[i%5]
		it.Title = fmt.Sprintf("明镜区%s%s", period, subject.name)
		var rows [][]string
		var sum wan
		var text []string
		for _, r := range subject.rows {
			a := randomWan(v.Rand, subject.lo*mo, subject.hi*mo)
			sum += a
			g := v.say("{%1-9}")
			if v.chance(14) {
				g = "-" + v.say("{%1-5}")
			}
			rows = append(rows, []string{r, a.String(), strings.TrimSuffix(g, "%")})
			text = append(text, fmt.Sprintf("%s%s%s，同比%s", r, a, subject.unit, grown(g)))
		}
		if subject.unit == "亿元" && i%5 != 0 {
			rows = append(rows, []string{"合计", sum.String(), ""})
		}
		b := &it.Body
		b.para(period + "，全区经济运行" + v.say("{总体平稳|稳中有进|延续恢复向好态势}") + "。" + strings.Join(some(v.Rand, text, 3), "；") + "。")
		b.table(plain(it.Title+"（单位："+subject.unit+"、%）", []string{"指标", "本期累计", "同比增长（%）"}, rows))
		b.para("注：数据为快报数，以年报核定数为准；部分合计数与分项数之差系四舍五入所致的，不作调整。"[:len("注：数据为快报数，以年报核定数为准")] + "。")
		if v.chance(35) {
			it.Files = []File{{Name: it.Title + ".xlsx", Body: tablesOf(*b)}}
		}
	})
}

func grown(g string) string {
	if strings.HasPrefix(g, "-") {
		return "下降" + g[1:]
	}
	return "增长" + g
}

// bulletin is the yearly statistical bulletin.
func (m *maker) bulletin(v *voice, it *Item, y int) {
	it.Title = fmt.Sprintf("明镜区%d年国民经济和社会发展统计公报", y)
	it.Channels = []string{"政府网站", "政务新媒体", "报刊"}
	b := &it.Body
	gdp := randomWan(v.Rand, 246+(y-2022)*12, 254+(y-2022)*13)
	three := divide(v.Rand, gdp, []int{9, 44, 47})
	b.section(1, "一、综合")
	b.para(fmt.Sprintf("初步核算，全年地区生产总值%s亿元，比上年增长%s。其中，第一产业增加值%s亿元、第二产业增加值%s亿元、第三产业增加值%s亿元。三次产业结构为%s：%s：%s。",
		gdp, v.say("{%4-7}"), three[0], three[1], three[2], percent(three[0], gdp), percent(three[1], gdp), percent(three[2], gdp)))
	b.table(plain(fmt.Sprintf("表1　%d年地区生产总值构成（单位：亿元）", y), []string{"产业", "增加值", "占比（%）"}, [][]string{
		{"第一产业", three[0].String(), percent(three[0], gdp)}, {"第二产业", three[1].String(), percent(three[1], gdp)},
		{"第三产业", three[2].String(), percent(three[2], gdp)}, {"合计", gdp.String(), ""}}))
	b.section(1, "二、农业")
	crops := parts(v.Rand, v.between(102000, 124000), 4)
	var rows [][]string
	for i, c := range []string{"稻谷", "小麦", "玉米", "豆薯及其他"} {
		rows = append(rows, []string{c, fmt.Sprint(crops[i])})
	}
	rows = append(rows, []string{"合计", fmt.Sprint(sumInt(crops))})
	b.para(fmt.Sprintf("全年粮食总产量%d吨，比上年增长%s。", sumInt(crops), v.say("{%1-3}")))
	b.table(plain(fmt.Sprintf("表2　%d年粮食产量（单位：吨）", y), []string{"品种", "产量"}, rows))
	b.section(1, "三、工业和建筑业")
	b.para(v.say("规模以上工业企业{#310-386}家，工业增加值增长{%5-9}，高技术制造业占比{%18-29}。建筑业总产值{¥36-58}亿元。"))
	b.section(1, "四、固定资产投资和国内贸易")
	b.para(v.say("固定资产投资增长{%3-8}，其中基础设施投资增长{%2-9}。社会消费品零售总额{¥92-126}亿元，增长{%4-8}。"))
	b.section(1, "五、教育、卫生和社会保障")
	b.para(v.say("各级各类学校{#106-128}所，在校学生{#66000-72000/100}人。医疗卫生机构床位{#2600-3100/10}张，执业（助理）医师{#1180-1460}人。参加基本医疗保险{¥25-27}万人。"))
	b.section(1, "六、人口和居民生活")
	people := parts(v.Rand, v.between(286000, 302000), 2)
	b.table(plain(fmt.Sprintf("表3　%d年末常住人口（单位：人）", y), []string{"地区", "人口"}, [][]string{{"城镇", fmt.Sprint(people[0])}, {"乡村", fmt.Sprint(people[1])}, {"合计", fmt.Sprint(sumInt(people))}}))
	b.para(v.say("居民人均可支配收入{#38600-46800/10}元，增长{%5-7}，其中城镇居民{#46200-53600/10}元、农村居民{#23800-29600/10}元。"))
	b.para("注：本公报数据为初步统计数，增加值绝对数按现价计算，增长速度按不变价格计算。")
	b.sign("明镜区统计局", v.day)
	it.Files = []File{{Name: it.Title + "附表.xlsx", Body: tablesOf(*b)}}
	it.Upload = true
}

// lands are notices of land expropriation, step by step (article 21).
func (m *maker) lands(n int) {
	stages := []struct{ title, text string }{
		{"征收土地预公告", "为公共利益需要，拟征收下列集体土地。自本公告发布之日起，任何单位和个人不得在拟征收范围内抢栽抢建；违反规定的，对抢栽抢建部分不予补偿。"},
		{"征地补偿安置方案公告", "现将征地补偿安置方案予以公告，征求被征地村集体经济组织和村民意见。多数成员认为方案不符合规定的，依法组织听证。"},
		{"征收土地公告", "征收土地已依法批准，现将有关事项公告如下。被征收土地的所有权人、使用权人应当在规定期限内办理补偿登记。"},
		{"土地征收成片开发方案公示", "为统筹片区开发，编制成片开发方案，公益性用地比例不低于40%，现征求社会公众意见。"},
	}
	m.each(Land, n, func(v *voice, it *Item, i int) {
		if i%5 == 4 {
			m.houses(v, it)
			return
		}
		u := m.slug("zrj")
		it.Column = "21-land"
		if i%4 < 3 {
			u = m.slug("mj")
		} else if v.chance(40) {
			u = m.anyUnit(v, Town)
		}
		v.speak(u)
		s := stages[i%len(stages)]
		village := v.say("{village}")
		project := v.say("{{road}改造工程|{park}扩建项目|{community}安置房项目|{school}新校区|" + village + "污水处理站|公共停车场项目}")
		it.Title = fmt.Sprintf("%s关于%s涉及%s%s（%d年第%d号）", u.Name, project, village, s.title, v.day.Year(), 1+v.day.Time().YearDay()/5)
		b := &it.Body
		b.para(s.text)
		var rows [][]string
		var areas, pays wan
		for _, k := range []string{"水田", "旱地", "园地", "林地", "建设用地"}[:v.between(3, 5)] {
			a := randomWan(v.Rand, 1, 26)
			price := wan(v.between(48, 68))
			pay := a * price / 10
			areas, pays = areas+a, pays+pay
			rows = append(rows, []string{k, a.String(), fmt.Sprintf("%d.%d", price/10, price%10), pay.String()})
		}
		b.section(1, "一、征收范围、面积和用途")
		b.para(fmt.Sprintf("征收%s集体土地共%s亩，用于%s，四至范围以勘测定界图为准。", village, areas, project))
		rows = append(rows, []string{"合计", areas.String(), "", pays.String()})
		b.table(plain("土地现状和补偿费用（单位：亩、万元/亩、万元）", []string{"地类", "面积", "补偿标准", "补偿费"}, rows))
		b.section(1, "二、补偿和安置")
		b.para(v.say("土地补偿费和安置补助费按区片综合地价执行，青苗和地上附着物按实际评估补偿；安置方式为{货币补偿和社会保障相结合|货币补偿、留用地安置和养老保险相结合}，被征地农民社会保障费用按规定另行计提。"))
		b.section(1, "三、公告期限和意见反馈")
		b.para(fmt.Sprintf("公告期30日，自%s至%s。有意见的，请以书面形式反馈至%s，电话%s。", v.day.Long(), v.day.Add(30).Long(), u.Short, u.Contact.Phone))
		b.sign(u.Name, v.day)
		it.Upload = i%3 == 0
	})
}

// houses is the plan for buildings that are taken (房屋征收), for everybody to
// comment on.
func (m *maker) houses(v *voice, it *Item) {
	v.speak(m.slug("mj"))
	it.Column = "21-house"
	place := v.say("{community}")
	it.Title = fmt.Sprintf("明镜区人民政府关于%s片区国有土地上房屋征收补偿方案%s（%d年第%d号）", place,
		v.say("{公开征求意见的公告|修改情况的公告|的决定公告}"), v.day.Year(), 1+v.day.Time().YearDay()/5)
	b := &it.Body
	b.para("为改善居住条件、完善片区公共服务设施，拟对" + place + "片区国有土地上房屋实施征收。现将补偿方案及有关情况公告如下。")
	b.section(1, "一、征收范围和户数")
	homes := parts(v.Rand, v.between(60, 240), 3)
	var rows [][]string
	n, area := 0, wan(0)
	for i, use := range []string{"住宅", "商业", "办公及其他"} {
		a := wan(homes[i]) * wan(v.between(6200, 11800))
		n, area = n+homes[i], area+a
		rows = append(rows, []string{use, fmt.Sprint(homes[i]), a.String()})
	}
	rows = append(rows, []string{"合计", fmt.Sprint(n), area.String()})
	b.para(fmt.Sprintf("征收范围以规划红线图为准，涉及%d户，建筑面积%s平方米。", n, area))
	b.table(plain("征收房屋情况（单位：户、平方米）", []string{"用途", "户数", "建筑面积"}, rows))
	b.section(1, "二、补偿方式和标准")
	b.para(v.say("被征收人可以选择货币补偿，也可以选择房屋产权调换。房屋价值由被征收人协商选定的评估机构评估确定，协商不成的，通过{多数决定|随机选定}方式确定。"))
	b.para(v.say("搬迁费按建筑面积每平方米{#12-26}元计算；临时安置费每平方米每月{#10-18}元，产权调换的按{18|24}个月计发；签约期限内搬迁的，给予每户{#10000-30000/1000}元奖励。"))
	b.section(1, "三、住房困难家庭保障")
	b.para(v.say("被征收住宅建筑面积低于{45|50|60}平方米且无其他住房的，按{45|50|60}平方米保障；符合公共租赁住房条件的，优先配租。"))
	b.section(1, "四、期限和联系方式")
	b.para(fmt.Sprintf("征求意见和公告期限30日，自%s至%s。联系电话：%s。", v.day.Long(), v.day.Add(30).Long(), v.unit.Contact.Phone))
	b.sign(v.unit.Name, v.day)
}

// approver is who approves projects that the government pays for.
const approver = "明镜区发展和改革局"

// projects are approvals and progress of major projects (article 20(10)).
func (m *maker) projects(n int) {
	m.each(Project, n, func(v *voice, it *Item, i int) {
		v.speak(m.slug(pick(v.Rand, []string{"fgj", "fgj", "jtj", "zjj", "slj", "wjj", "jyj"})))
		it.Column = "20-10"
		b := &it.Body
		y, q := v.day.Year(), (v.day.Month()+2)/3
		if i%3 == 0 {
			it.Title = fmt.Sprintf("%s牵头实施的%d年重大建设项目进展情况（第%s季度）", v.unit.Name, y, numeral(q))
			var rows [][]string
			var plan, done wan
			used := map[string]bool{}
			for range v.between(6, 11) {
				name := v.say("{{road}快速化改造工程|{park}标准厂房|{town}污水处理厂扩建|{school}改扩建|{community}片区更新|{river}综合治理|{village}供水工程|区人民医院门诊楼}")
				if used[name] {
					continue
				}
				used[name] = true
				p := randomWan(v.Rand, 1200, 26000)
				d := p * wan(min(98, 20*q+v.IntN(18))) / 100
				plan, done = plan+p, done+d
				rows = append(rows, []string{name, p.String(), d.String(), percent(d, p), v.say("{主体施工|基础施工|设备安装|竣工验收|管网铺设|装饰装修}")})
			}
			rows = append(rows, []string{"合计", plan.String(), done.String(), "", ""})
			b.para(fmt.Sprintf("截至第%s季度末，纳入调度的%d个项目年度计划投资%s万元，已完成%s万元，占年度计划的%s%%。", numeral(q), len(rows)-1, plan, done, percent(done, plan)))
			b.table(plain("重大建设项目进展（单位：万元、%）", []string{"项目", "年度计划投资", "累计完成投资", "完成率", "形象进度"}, rows))
			return
		}
		p := pick(v.Rand, approvals)
		project := v.say(p.name)
		total := randomWan(v.Rand, 600, 19000)
		kind := v.say("{可行性研究报告|初步设计及概算|项目建议书}")
		v.speak(m.slug("fgj"))
		it.Issuer = approver
		it.Title = approver + "关于" + project + kind + "的批复"
		b.add(To, p.to+"：")
		b.para("报来" + project + kind + "及有关材料收悉。经研究，批复如下：")
		b.section(1, "一、建设必要性")
		b.para(v.say("为" + p.need + "，原则同意实施该项目。"))
		b.section(1, "二、建设规模和内容")
		b.para(v.say(p.scale))
		b.section(1, "三、投资估算和资金来源")
		ps := divide(v.Rand, total, []int{82, 11, 7})
		b.table(plain("投资估算（单位：万元）", []string{"费用名称", "金额"}, [][]string{{"工程费用", ps[0].String()}, {"工程建设其他费用", ps[1].String()}, {"预备费", ps[2].String()}, {"合计", total.String()}}))
		b.para(v.say("资金来源为{区财政统筹|上级补助和区级配套|专项债券和区级配套}。"))
		b.section(1, "四、建设工期和招标方案")
		b.para(v.say("建设工期{8|10|12|18|24}个月；勘察、设计、施工、监理均采用公开招标。请据此开展下一步工作，本批复有效期2年。"))
		b.sign(approver, v.day)
		b.add(Note, "（此件公开发布）")
	})
}

// approvals are the projects of a district, with who asks and what is built.
var approvals = []struct{ name, to, need, scale string }{
	{"{road}道路新建工程", "区住房和城乡建设局", "{完善区域路网|缓解交通拥堵|改善片区出行条件}",
		"道路全长{¥1-5}公里，红线宽度{24|30|36}米，双向{四|六}车道，配套建设雨污管网、照明、交通标志和绿化。"},
	{"{park}基础设施配套工程", "区工业和信息化局", "{提升园区承载能力|保障企业落地}",
		"建设园区道路{¥1-4}公里、污水管网{¥3-12}公里，配套供电、通信和公共停车场{#80-360/10}个泊位。"},
	{"{town}农贸市场改造工程", "区商务局", "{改善经营和消费环境|保障食品安全}",
		"改造建筑面积{#2200-6800/100}平方米，设固定摊位{#80-220}个，配套快检室、冷藏间和消防设施。"},
	{"{school}综合楼项目", "区教育局", "{增加学位供给|改善办学条件}",
		"新建综合楼一栋，建筑面积{#4200-12600/100}平方米，地上{四|五}层，设普通教室{#18-36}间及实验室、图书室。"},
	{"{community}卫生服务中心建设项目", "区卫生健康局", "{方便群众就近就医|提升基层医疗服务能力}",
		"用地{#6-18}亩，建筑面积{#3200-8600/100}平方米，设床位{#30-90/10}张，配套发热门诊和康复区。"},
	{"{river}防洪治理工程", "区水利局", "{提高防洪标准|保护沿线群众生命财产安全}",
		"治理河段{¥3-14}公里，加固堤防{¥2-9}公里，新建护岸{¥1-6}公里、排涝涵闸{#3-9}座。"},
	{"{village}农村饮水巩固提升工程", "区水利局", "{提升农村供水保障水平|改善饮用水水质}",
		"新建清水池{2|3}座，铺设输配水管网{¥8-36}公里，配套一体化净水设备和自动化监测设施，受益人口{#1200-6800/100}人。"},
}

// recruitments run from announcement to the list of those taken (article 20(14)).
func (m *maker) recruitments(n int) {
	m.each(Recruitment, n, func(v *voice, it *Item, i int) {
		u := m.slug(pick(v.Rand, []string{"rsj", "rsj", "jyj", "wjj", "gaj", "cgj", "rmt"}))
		v.speak(u)
		it.Column = "20-14"
		y := v.day.Year()
		what := map[string]string{"rsj": "事业单位工作人员", "jyj": "中小学教师", "wjj": "医疗卫生专业技术人员", "gaj": "警务辅助人员", "cgj": "城市管理辅助人员", "rmt": "采编人员"}[u.Slug]
		b := &it.Body
		posts := strings.Fields(map[string]string{
			"jyj": "语文教师 数学教师 英语教师 物理教师 体育教师 心理健康教师 学前教育", "wjj": "全科医学 护理 药学 检验 影像诊断 公共卫生 中医",
			"gaj": "巡逻防控 交通协管 接处警辅助 视频监控 文职", "cgj": "市容巡查 数字城管坐席 园林养护 环卫调度 文职",
			"rmt": "记者 编辑 摄像 播音主持 新媒体运营 技术维护", "rsj": "综合管理 财务 信息技术 工程管理 法务 农业技术 档案管理",
		}[u.Slug])
		var rows [][]string
		sum := 0
		for k, p := range some(v.Rand, posts, v.between(4, 7)) {
			c := v.between(1, 8)
			sum += c
			rows = append(rows, []string{fmt.Sprintf("%02d", k+1), p, fmt.Sprint(c), v.say("{大学本科及以上|大学专科及以上|硕士研究生}"), v.say("{不限|30周岁以下|35周岁以下|40周岁以下}")})
		}
		rows = append(rows, []string{"合计", "", fmt.Sprint(sum), "", ""})
		switch i % 4 {
		case 0:
			it.Title = fmt.Sprintf("%s%d年公开招聘%s公告%s", u.Name, y, what, v.say("{|（第一批）|（第二批）|（第三批）}"))
			b.para(fmt.Sprintf("根据工作需要，按照公开、平等、竞争、择优原则，面向社会公开招聘%s%d名，现将有关事项公告如下。", what, sum))
			b.table(plain("招聘岗位一览表", []string{"岗位代码", "岗位", "人数", "学历", "年龄"}, rows))
			b.section(1, "报名与资格审查")
			b.para(fmt.Sprintf("报名时间为%s至%s，采取网上报名方式。资格审查贯穿招聘全过程，不收取报名费。", v.day.Add(7).Long(), v.day.Add(12).Long()))
			b.section(1, "考试、体检和考察")
			b.para("笔试成绩占50%、面试成绩占50%，按1:3比例确定面试人选，体检考察合格后公示7个工作日。")
		case 1:
			it.Title = fmt.Sprintf("%s%d年公开招聘%s{笔试成绩公告|面试成绩公告}", u.Name, y, what)
			it.Title = v.say(it.Title) + fmt.Sprintf("（%s）", v.day.Short())
			b.para("现将成绩公布如下，为保护个人信息，仅公布准考证号后四位。")
			var list [][]string
			for k := range v.between(8, 16) {
				list = append(list, []string{fmt.Sprint(k + 1), fmt.Sprintf("**%04d", v.between(1000, 9999)), fmt.Sprintf("%d.%d", 88-k*2+v.IntN(2), v.IntN(10))})
			}
			b.table(plain("成绩一览表", []string{"名次", "准考证号", "成绩"}, list))
		case 2:
			it.Title = fmt.Sprintf("%s%d年公开招聘%s拟聘用人员公示（%s）", u.Name, y, what, v.day.Short())
			b.para("经笔试、面试、体检、考察，现对拟聘用人员予以公示，公示期7个工作日。")
			var list [][]string
			for k := range v.between(5, 12) {
				list = append(list, []string{fmt.Sprint(k + 1), pick(v.Rand, surnames) + pick(v.Rand, givenFirst) + pick(v.Rand, givenSecond), pick(v.Rand, posts), fmt.Sprint(k + 1)})
			}
			b.table(plain("拟聘用人员名单", []string{"序号", "姓名", "岗位", "综合排名"}, list))
		default:
			it.Title = fmt.Sprintf("%s%d年公益性岗位招用公告%s", u.Name, y, v.say("（{month}）"))
			b.para(fmt.Sprintf("面向登记失业的就业困难人员招用公益性岗位人员%d名，主要从事%s等工作。", sum, v.say("{保洁、绿化|交通协管、社区服务|护林、河道保洁}")))
			b.para(v.say("工资不低于本市最低工资标准，签订不超过{一年|三年}的劳动合同，按规定缴纳社会保险。"))
		}
		b.sign(u.Name, v.day)
	})
}

// welfare is education, medical care, social security, employment and relief
// (articles 20(11) and 21).
func (m *maker) welfare(n int) {
	m.each(Welfare, n, func(v *voice, it *Item, i int) {
		y := v.day.Year()
		b := &it.Body
		switch i % 5 {
		case 0: // relief paid per town
			u := m.slug("mzj")
			v.speak(u)
			it.Column = "21-relief"
			what := v.say("{城乡低保金|特困人员供养资金|临时救助资金|孤儿基本生活费|残疾人两项补贴|高龄津贴}")
			it.Title = fmt.Sprintf("明镜区%d年%d月%s发放情况", y, v.day.Month(), what)
			var rows [][]string
			n, sum := 0, wan(0)
			for _, t := range townNames {
				k := v.between(26, 680)
				a := wan(k) * wan(v.between(30, 92)) / 10
				n, sum = n+k, sum+a
				rows = append(rows, []string{t, fmt.Sprint(k), a.String()})
			}
			rows = append(rows, []string{"合计", fmt.Sprint(n), sum.String()})
			b.para(fmt.Sprintf("%d月，全区共发放%s%s万元，惠及%d人次，资金通过社会保障卡发放到人。", v.day.Month(), what, sum, n))
			b.table(plain(what+"发放情况（单位：人次、万元）", []string{"镇（街道）", "人次", "金额"}, rows))
			b.para("为保护个人隐私，对象名单仅在村（社区）公开栏公示。")
		case 1: // enrolment
			u := m.slug("jyj")
			v.speak(u)
			it.Column = "20-11"
			for range 40 {
				if contains([]int{4, 5, 6, 7, 8}, v.day.Month()) {
					break
				}
				v.day = dayBetween(v.Rand, m.from, m.to)
			}
			y = v.day.Year()
			kind := v.say("{小学一年级|初中一年级|公办幼儿园|普通高中|职业教育中心}")
			it.Title = fmt.Sprintf("明镜区%d年%s招生%s", y, kind, v.say("{工作公告|计划公告|录取结果公告|划片方案}"))
			var rows [][]string
			c, s := 0, 0
			for _, x := range some(v.Rand, schoolsFor(kind), v.between(5, 9)) {
				k := v.between(2, 12)
				seats := k * 45
				c, s = c+k, s+seats
				rows = append(rows, []string{x, fmt.Sprint(k), fmt.Sprint(seats), v.say("{road}以东、{road}以南")})
			}
			rows = append(rows, []string{"合计", fmt.Sprint(c), fmt.Sprint(s), ""})
			b.para(fmt.Sprintf("%d年%s共安排招生班级%d个、学位%d个，坚持免试就近、公平公正原则，严禁以考试、竞赛等方式选拔学生。", y, kind, c, s))
			b.table(plain("招生计划", []string{"学校", "班级数", "学位数", "服务范围"}, rows))
			b.para("适龄儿童少年的父母或者其他监护人按时进行网上登记；随迁子女凭居住证在居住地登记，由教育行政部门统筹安排。")
			it.Channels = []string{"政府网站", "公告栏"}
		case 2: // housing and allowances standards
			u := m.slug(pick(v.Rand, []string{"mzj", "rsj", "ybj", "tyj", "zjj"}))
			v.speak(u)
			it.Column = "20-11"
			name := map[string]string{"mzj": "社会救助标准", "rsj": "就业补助资金使用情况", "ybj": "医疗救助支付情况", "tyj": "优待抚恤资金发放情况", "zjj": "住房租赁补贴发放情况"}[u.Slug]
			it.Title = fmt.Sprintf("%s%d年%s公示（%s）", u.Name, y, name, v.say("{第一季度|第二季度|第三季度|第四季度}"))
			t := pick(v.Rand, m.topicsOf(u))
			b.para(v.say(pick(v.Rand, t.Why)))
			var rows [][]string
			n, sum := 0, wan(0)
			for _, d := range t.Do {
				k, a := v.between(60, 1900), randomWan(v.Rand, 12, 380)
				n, sum = n+k, sum+a
				rows = append(rows, []string{d[0], fmt.Sprint(k), a.String()})
			}
			rows = append(rows, []string{"合计", fmt.Sprint(n), sum.String()})
			b.table(plain(name+"（单位：人次、万元）", []string{"项目", "人次", "金额"}, rows))
			b.para("政策标准以本年度公布的文件为准，符合条件的群众可就近向镇（街道）便民服务中心申请。")
		case 3: // medical care
			u := m.slug("wjj")
			v.speak(u)
			it.Column = "20-11"
			it.Title = fmt.Sprintf("明镜区%d年%s", y, v.say("{家庭医生签约服务|免费婚前医学检查|适龄妇女“两癌”筛查|65岁以上老年人健康体检|儿童营养改善}{工作安排|项目实施情况}"))
			if v.chance(50) {
				it.Title += fmt.Sprintf("（%d月）", v.day.Month())
			}
			t := m.topicsOf(u)[1]
			b.para(v.say(pick(v.Rand, t.Why)))
			for k, d := range t.Do {
				b.para(fmt.Sprintf("（%s）%s。%s", numeral(k+1), d[0], v.say(strings.Join(d[1:], ""))))
			}
			b.para("服务对象凭身份证到居住地卫生院或社区卫生服务中心预约，项目免费。")
		default: // public service of a town
			u := m.anyUnit(v, Town)
			v.speak(u)
			it.Column = "21-relief"
			it.Title = fmt.Sprintf("%s%d年第%s季度%s公示", u.Short, y, numeral((v.day.Month()+2)/3), v.say("{临时救助对象|低保动态调整情况|残疾人补贴发放情况|危房改造对象}"))
			var rows [][]string
			n, sum := 0, wan(0)
			tn := townOf(u)
			for _, p := range append(append([]string{}, tn.villages...), tn.communities...) {
				k := v.between(1, 26)
				a := wan(k) * wan(v.between(20, 160)) / 10
				n, sum = n+k, sum+a
				rows = append(rows, []string{p, fmt.Sprint(k), a.String()})
			}
			rows = append(rows, []string{"合计", fmt.Sprint(n), sum.String()})
			b.para("按照社会救助公开要求，现将有关情况公示如下，欢迎监督。")
			b.table(plain("救助情况（单位：户、万元）", []string{"村（社区）", "户数", "金额"}, rows))
			b.para(fmt.Sprintf("监督电话：%s。", u.Contact.Phone))
		}
		b.sign(v.unit.Name, v.day)
	})
}

// schoolsFor are the schools that take in children of an age.
func schoolsFor(kind string) []string {
	var out []string
	switch kind {
	case "公办幼儿园":
		for _, c := range allCommunities {
			if _, after, found := strings.Cut(c, "镇"); found {
				c = after
			}
			out = append(out, strings.TrimSuffix(c, "社区")+"幼儿园")
		}
	case "职业教育中心":
		for _, s := range []string{"机电技术", "护理", "幼儿保育", "汽车维修", "电子商务", "现代农艺"} {
			out = append(out, s+"专业")
		}
	default:
		part := map[bool]string{true: "小学", false: "中学"}[strings.HasPrefix(kind, "小学")]
		for _, s := range schools {
			if strings.Contains(s, part) || strings.HasSuffix(s, "学校") {
				out = append(out, s)
			}
		}
	}
	return out
}

// emergencies are plans, warnings and responses (article 20(12)).
func (m *maker) emergencies(n int) {
	plans := []struct{ owner, name, risk string }{
		{"yjj", "自然灾害救助", "暴雨、洪涝、地震、雨雪冰冻"}, {"yjj", "生产安全事故", "火灾、爆炸、坍塌、中毒"}, {"slj", "水旱灾害防御", "洪水、干旱、山洪"},
		{"lyj", "森林火灾", "森林、林地火灾"}, {"zrj", "突发地质灾害", "滑坡、崩塌、泥石流"}, {"hbj", "突发环境事件", "水污染、大气污染、危险废物泄漏"},
		{"wjj", "突发公共卫生事件", "传染病疫情、群体性不明原因疾病、食物中毒"}, {"scj", "食品安全突发事件", "食物中毒、食源性疾病"}, {"scj", "特种设备事故", "电梯困人、锅炉爆炸"},
		{"jtj", "道路运输突发事件", "交通中断、危化品运输泄漏"}, {"gaj", "大型群众性活动突发事件", "踩踏、拥堵"}, {"cgj", "城市供水供气突发事件", "停水、燃气泄漏"},
		{"nyj", "重大动物疫情", "禽流感、口蹄疫、非洲猪瘟"}, {"jyj", "校园突发事件", "火灾、溺水、聚集性病例"}, {"swj", "生活必需品市场供应", "脱销断档、价格异常波动"},
		{"spj", "网络与信息安全事件", "网络攻击、数据泄露、系统中断"},
	}
	m.each(Emergency, n, func(v *voice, it *Item, i int) {
		p := plans[i%len(plans)]
		u := m.slug(p.owner)
		v.speak(u)
		it.Column = "20-12"
		b := &it.Body
		if i%3 == 1 {
			v.speak(m.slug("yjj"))
			it.Title = fmt.Sprintf("明镜区%d年%d月%s", v.day.Year(), v.day.Month(), v.say("{自然灾害风险形势分析|灾害性天气预警信息提示|安全生产风险提示|应急值守和处置情况通报}"))
			b.para(v.say("据会商分析，近期{降水偏多|气温偏低|大风天气较多|气温持续偏高}，需重点防范{道路交通、在建工地|森林火灾、用火用电|城乡内涝、山洪地质灾害}等风险。"))
			b.para(v.say("{town}、{town}等地为重点关注区域，请有关单位落实{24小时值班|双岗值守|领导带班}，发现险情{15|30}分钟内报告。"))
			b.para(v.say("公众防范提示：{减少外出，远离河道和低洼地带|规范用火用电，不在楼道充电|检查加固棚架，注意防风防雷}。"))
			b.sign(v.unit.Name, v.day)
			return
		}
		it.Title = fmt.Sprintf("明镜区%s应急预案（%d年修订）", p.name, v.day.Year())
		chapters := []struct {
			head string
			text []string
		}{
			{"总则", []string{"为{规范处置程序|提高应对能力}，{最大程度减少人员伤亡和财产损失|保障公众生命财产安全}，制定本预案。", "本预案适用于本区行政区域内" + p.risk + "等突发事件的应对。", "工作原则：人民至上、生命至上；统一领导、分级负责；{快速反应、协同联动|预防为主、防治结合}。"}},
			{"组织体系", []string{"设立区" + p.name + "应急指挥部，指挥长由分管副区长担任，办公室设在" + u.Short + "。", "成员单位由公安、卫生健康、交通运输、应急管理、财政等部门和各镇（街道）组成，按职责分工做好处置工作。"}},
			{"监测预警", []string{"建立监测网络，实行{日报告、零报告|每周会商、异常即报}制度。", "预警分为红、橙、黄、蓝四级，达到{蓝色|黄色}预警标准时启动相应措施。"}},
			{"预防和准备", m.readiness(v)},
			{"应急响应", []string{"响应分为Ⅰ级、Ⅱ级、Ⅲ级、Ⅳ级。接报后{15|30}分钟内核实并报告，{1|2}小时内到达现场。", "先期处置由{事发地镇（街道）|事发单位}负责，采取疏散、警戒、救治等措施。", "信息发布做到及时、准确、客观，由区政府统一发布。"}},
			{"后期处置", []string{"及时开展{善后处置、损失评估|恢复重建、心理疏导}，{10|15|20}日内完成总结评估。"}},
			{"保障措施", []string{"落实队伍、物资、资金、通信、医疗等保障，储备点设在{town}和{park}。", "每年组织综合演练不少于{1|2}次，专项演练不少于{2|3}次。"}},
			{"附则", []string{"本预案由" + u.Short + "负责解释，每{三|五}年评估修订一次，自印发之日起实施。"}},
		}
		for k, c := range chapters {
			b.section(1, fmt.Sprintf("%d　%s", k+1, c.head))
			for j, t := range c.text {
				b.para(fmt.Sprintf("%d.%d　%s", k+1, j+1, v.say(t)))
			}
		}
		it.Issuer = "明镜区人民政府"
		it.Effective = v.day
		it.Files = []File{{Name: "附件：成员单位联络表.docx", Body: m.contacts(v)}}
		it.Upload = true
	})
}

// readiness is what a unit does before anything happens, in its own field.
func (m *maker) readiness(v *voice) []string {
	var out []string
	for _, t := range m.topicsOf(v.unit) {
		for _, d := range some(v.Rand, t.Do, 2) {
			out = append(out, d[0]+"。"+strings.Join(d[1:], ""))
		}
	}
	return append(out, "建立{联合值守|信息共享|会商研判}机制，每{月|季度}对{重点部位|物资储备|通信设备}检查{1|2}次，记录存档备查。")
}

// contacts is a list of offices with their numbers.
func (m *maker) contacts(v *voice) Body {
	var rows [][]string
	for i := range m.units {
		if u := &m.units[i]; u.Kind == Department && v.chance(40) {
			rows = append(rows, []string{u.Short, u.Contact.Phone})
		}
	}
	var b Body
	b.table(plain("成员单位联络表", []string{"单位", "值班电话"}, rows))
	return b
}
