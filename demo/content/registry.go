package content

import (
	"fmt"
	"strings"
)

// masked is how a private person appears: the surname alone.
func masked(v *voice) string { return pick(v.Rand, surnames) + v.say("{某|某某}") }

var goods = []struct{ owner, name string }{
	{"jyj", "中小学智慧黑板采购"}, {"jyj", "学生课桌椅采购"}, {"jyj", "校园安保服务"}, {"wjj", "数字化影像设备采购"}, {"wjj", "基层卫生院急救车采购"},
	{"cgj", "城区道路机械化清扫服务"}, {"cgj", "垃圾分类运营服务"}, {"cgj", "绿化养护服务"}, {"jtj", "农村公路养护工程"}, {"jtj", "交通标志标线更新"},
	{"slj", "水库雨水情测报设施采购"}, {"slj", "河道清淤工程"}, {"nyj", "高标准农田监理服务"}, {"nyj", "测土配方肥采购"}, {"spj", "政务云平台运维服务"},
	{"spj", "一体化平台升级改造"}, {"gaj", "视频监控系统维护"}, {"gaj", "警用装备采购"}, {"yjj", "应急救援物资采购"}, {"yjj", "防汛抢险设备采购"},
	{"mzj", "养老机构护理床采购"}, {"mzj", "社会救助入户核查服务"}, {"hbj", "大气自动监测站运维服务"}, {"zjj", "老旧小区改造设计服务"}, {"wlj", "图书采购"},
	{"wlj", "公共文化场馆免费开放服务"}, {"scj", "食品安全抽检服务"}, {"zrj", "地籍测绘服务"}, {"lyj", "松材线虫病防治服务"}, {"zfb", "政府网站运维服务"},
	{"fgj", "重大规划编制服务"}, {"kjj", "科技创新券管理服务"}, {"rsj", "职业技能鉴定服务"}, {"tjj", "统计调查外包服务"}, {"tyj", "退役军人技能培训服务"},
	{"czj", "资产清查服务"}, {"sfj", "法律援助值班服务"}, {"rmt", "融媒体采编设备采购"}, {"ggzy", "开评标场地改造工程"}, {"zwfw", "大厅物业服务"},
}

// procurements are tender notices, results and contracts of government
// procurement (article 20(9)).
func (m *maker) procurements(n int) {
	m.each(Procurement, n, func(v *voice, it *Item, i int) {
		g := pick(v.Rand, goods)
		v.speak(m.slug(g.owner))
		it.Column = "20-9"
		no := fmt.Sprintf("MJCG-%d-%03d", v.day.Year(), v.between(1, 620))
		budget := randomWan(v.Rand, 22, 860)
		it.Words = []string{"政府采购", g.name}
		b := &it.Body
		b.para("项目编号：" + no)
		b.para(v.say("采购方式：{公开招标|竞争性磋商|竞争性谈判|询价}"))
		b.para(fmt.Sprintf("预算金额：%s万元", budget))
		switch i % 4 {
		case 0:
			it.Title = fmt.Sprintf("%s%s项目采购公告（%s）", v.unit.Name, g.name, no)
			b.section(1, "一、项目内容")
			b.para(v.say("本项目采购" + g.name + "，服务（交货）期限{30|60|90|365}{天|日历天}，质量要求符合国家和行业标准。"))
			b.section(1, "二、供应商资格要求")
			b.para("符合政府采购法规定的条件；落实促进中小企业发展政策；未被列入失信被执行人和政府采购严重违法失信行为记录名单。")
			b.section(1, "三、获取采购文件和提交响应文件")
			b.para(fmt.Sprintf("自%s起登录区公共资源交易平台下载采购文件，提交截止时间为%s9时30分。", v.day.Long(), after(v.day, 15).Long()))
		case 3:
			price := budget * wan(v.between(86, 97)) / 100
			it.Title = fmt.Sprintf("%s%s项目政府采购合同公告（%s）", v.unit.Name, g.name, no)
			b.para("采购人：" + v.unit.Name + "；供应商：" + pick(v.Rand, suppliers(g.name)) + "。")
			b.para(fmt.Sprintf("合同金额%s万元，履约期限%s，验收方式为组织专家现场验收。合同文本在公告后2个工作日内同步公开。", price, v.say("{三个月|六个月|一年}")))
		default:
			it.Title = fmt.Sprintf("%s%s项目%s公告（%s）", v.unit.Name, g.name, v.say("{中标（成交）结果|采购结果}"), no)
			bidders := some(v.Rand, suppliers(g.name), v.between(3, 5))
			v.Shuffle(len(bidders), func(i, k int) { bidders[i], bidders[k] = bidders[k], bidders[i] })
			var rows [][]string
			best, score := 0, 9600
			for k, c := range bidders {
				price := budget * wan(v.between(86, 99)) / 100
				score -= v.between(110, 390)
				rows = append(rows, []string{fmt.Sprint(k + 1), c, price.String(), fmt.Sprintf("%d.%02d", score/100, score%100)})
			}
			b.table(plain("投标（响应）情况", []string{"排序", "供应商", "报价（万元）", "综合得分"}, rows))
			b.para(fmt.Sprintf("中标（成交）供应商：%s；中标（成交）金额：%s万元。", rows[best][1], rows[best][2]))
			b.para("评审专家从专家库随机抽取。供应商对结果有异议的，可在知道之日起7个工作日内以书面形式提出质疑。")
		}
		b.para(fmt.Sprintf("采购人联系方式：%s，电话%s。", v.unit.Contact.Address, v.unit.Contact.Phone))
		b.sign(v.unit.Name, v.day)
		it.Published = after(v.day, v.between(0, 2))
		if it.Published > m.to {
			it.Published = m.to
		}
	})
}

// suppliers are the companies of a trade that could deliver it.
func suppliers(goods string) []string {
	trades := "现代农业 物流 食品 纺织 精密制造"
	for _, t := range []struct{ words, trades string }{
		{"系统 平台 网站 信息 监控 数字 运维 智慧 测报", "信息技术 电子元件 智能装备"},
		{"工程 清淤 改造 养护 清扫 垃圾 绿化 防治 监理 测绘 设计", "建筑工程 环保装备 物流 现代农业"},
		{"设备 装备 救护 急救 物资 标志 床 课桌", "智能装备 精密制造 新材料科技 环保装备"},
		{"服务 编制 鉴定 培训 调查 清查 核查 图书", "信息技术 物流 生物科技 建筑工程"},
	} {
		for _, w := range strings.Fields(t.words) {
			if strings.Contains(goods, w) {
				trades = t.trades
			}
		}
	}
	var out []string
	for _, c := range companies {
		for _, t := range strings.Fields(trades) {
			if strings.HasSuffix(c, t+"有限公司") {
				out = append(out, c)
			}
		}
	}
	return out
}

var permitKinds = map[string][]string{
	"spj": {"食品经营许可", "公共场所卫生许可", "民办非企业单位成立登记", "企业投资项目核准", "人力资源服务许可"},
	"zjj": {"建筑工程施工许可证核发", "商品房预售许可", "建设工程消防设计审查"},
	"jtj": {"道路货物运输经营许可", "公路超限运输许可", "涉路施工许可"},
	"slj": {"取水许可", "生产建设项目水土保持方案审批", "洪水影响评价审批"},
	"zrj": {"建设用地规划许可", "建设工程规划许可", "临时用地审批"},
	"cgj": {"城市建筑垃圾处置核准", "户外广告设置审批", "工程建设涉及城市绿地审批"},
	"lyj": {"林木采伐许可证核发", "临时使用林地审批"},
	"wjj": {"医疗机构执业登记", "放射诊疗许可"},
	"nyj": {"动物防疫条件合格证核发", "种子生产经营许可", "乡村兽医登记"},
	"yjj": {"危险化学品经营许可", "烟花爆竹经营（零售）许可"},
	"wlj": {"营业性演出审批", "互联网上网服务营业场所许可"},
	"gaj": {"旅馆业特种行业许可", "大型群众性活动安全许可", "剧毒化学品道路运输通行许可"},
	"hbj": {"建设项目环境影响评价文件审批", "排污许可", "危险废物收集许可"},
	"fgj": {"政府投资项目可行性研究报告审批", "固定资产投资项目节能审查"},
	"jyj": {"校车使用许可", "民办学校设立审批"},
}

func (m *maker) withPermits(v *voice) *Unit {
	var slugs []string
	for _, u := range m.units {
		if permitKinds[u.Slug] != nil {
			slugs = append(slugs, u.Slug)
		}
	}
	return m.slug(pick(v.Rand, slugs))
}

// permits list decisions within seven working days.
func (m *maker) permits(n int) {
	m.each(Permit, n, func(v *voice, it *Item, i int) {
		u := m.withPermits(v)
		v.speak(u)
		it.Column = "20-5"
		kinds := permitKinds[u.Slug]
		b := &it.Body
		if i%6 == 5 {
			k := pick(v.Rand, kinds)
			it.Title = fmt.Sprintf("%s“%s”办事指南（%d年版）", u.Name, k, v.day.Year())
			b.section(1, "一、办理依据和条件")
			b.para("依据相关法律、法规和国家行政许可事项清单办理；" + v.say("申请人应当{具备固定场所和相应设备设施|具有法人资格和专业技术人员|符合规划和安全要求}，申请材料真实有效。"))
			b.section(1, "二、申请材料")
			b.table(plain("申请材料目录", []string{"序号", "材料名称", "份数", "形式"}, [][]string{{"1", k + "申请表", "1", "原件"}, {"2", "营业执照（能够核验的免于提交）", "1", "电子"}, {"3", "场所平面图及设备清单", "1", "复印件"}}))
			b.section(1, "三、办理程序和时限")
			b.para(v.say("程序：申请—受理—审查—决定—送达。法定时限{20|30|45}个工作日，承诺时限{3|5|7|10}个工作日。不收取费用。"))
			b.section(1, "四、办理地点和咨询电话")
			b.para("区政务服务中心" + v.say("{二|三}楼{#6-48}号窗口") + "，电话" + u.Contact.Phone + "。")
			b.sign(u.Name, v.day)
			return
		}
		from := v.day.Add(-v.between(6, 13))
		it.Title = fmt.Sprintf("%s行政许可决定公示（%s至%s）", u.Name, from.Long(), v.day.Short())
		b.para(fmt.Sprintf("根据行政许可公示要求，现将%s至%s作出的行政许可决定公示如下，接受社会监督。", from.Long(), v.day.Long()))
		var rows [][]string
		for k := range v.between(6, 18) {
			name := pick(v.Rand, companies)
			if v.chance(25) {
				name = "个体工商户（经营者" + masked(v) + "）"
			}
			rows = append(rows, []string{fmt.Sprint(k + 1), strings.TrimSuffix(u.Code, "字") + fmt.Sprintf("许字〔%d〕第%04d号", v.day.Year(), v.between(1, 3200)), pick(v.Rand, kinds), name,
				v.say("{准予许可|准予许可|准予许可|准予变更|准予延续|不予许可}"), dayBetween(v.Rand, from, v.day).Short()})
		}
		b.table(plain("行政许可决定一览表", []string{"序号", "决定书文号", "许可事项", "行政相对人", "结果", "决定日期"}, rows))
		b.para(fmt.Sprintf("本期共%d件。如有异议，请拨打%s反映。", len(rows), u.Contact.Phone))
		if v.chance(30) {
			it.Files = []File{{Name: "行政许可决定一览表.xlsx", Body: tablesOf(*b)}}
		}
	})
}

var offences = map[string][]string{
	"scj": {"经营超过保质期的食品", "未按规定明码标价", "经营标签不符合规定的预包装食品", "未按规定进行进货查验", "使用未经检定的计量器具"},
	"cgj": {"擅自占用城市道路堆放物料", "未按规定分类投放生活垃圾", "运输建筑垃圾沿途泄漏", "未经批准设置户外广告"},
	"hbj": {"未验先投", "未按排污许可证要求开展自行监测", "未采取有效防尘措施", "擅自停运污染防治设施"},
	"jtj": {"货运车辆超限运输", "未取得道路运输经营许可从事经营", "未按规定维护营运车辆"},
	"yjj": {"未如实记录安全生产教育培训情况", "未在有较大危险因素的场所设置安全警示标志", "有限空间作业未履行审批手续"},
	"wjj": {"未按规定处置医疗废物", "使用非卫生技术人员从事诊疗活动", "公共场所未公示卫生检测结果"},
	"nyj": {"销售未附具标签的农药", "未按规定建立生猪养殖档案", "经营劣质种子"},
	"rsj": {"未与劳动者订立书面劳动合同", "未按规定支付工资", "未按规定备案劳动合同"},
	"zjj": {"未取得施工许可擅自施工", "未按规定实行工程质量保修", "违反工程建设强制性标准"},
	"slj": {"未经批准擅自取水", "在河道管理范围内弃置阻碍行洪物体"},
	"wlj": {"擅自从事娱乐场所经营活动", "旅行社未经同意转让旅游业务"},
	"gaj": {"旅馆未按规定登记住宿人员信息", "未按规定报告剧毒化学品流向信息"},
}

// penalties list decisions of some social impact; private persons are masked.
func (m *maker) penalties(n int) {
	m.each(Penalty, n, func(v *voice, it *Item, i int) {
		var slugs []string
		for _, u := range m.units {
			if offences[u.Slug] != nil {
				slugs = append(slugs, u.Slug)
			}
		}
		u := m.slug(pick(v.Rand, slugs))
		v.speak(u)
		it.Column = "20-6"
		b := &it.Body
		code := strings.TrimSuffix(u.Code, "字") + "罚"
		if i%3 == 0 {
			c := pick(v.Rand, companies)
			what := pick(v.Rand, offences[u.Slug])
			no := fmt.Sprintf("%s〔%d〕%d号", code, v.day.Year(), v.between(1, 280))
			money := fmt.Sprint(v.between(2, 90) * 1000)
			it.Title = fmt.Sprintf("%s行政处罚决定书（%s）", u.Name, no)
			b.para("当事人：" + c)
			b.section(1, "违法事实和证据")
			b.para(fmt.Sprintf("%s，%s执法人员检查发现，当事人有“%s”的行为。以上事实有现场检查笔录、照片、询问笔录等证据证明。", v.day.Add(-45).Long(), u.Short, what))
			b.section(1, "处罚依据和种类")
			b.para(fmt.Sprintf("依照有关法律、法规规定，参照行政处罚裁量基准，决定给予当事人罚款人民币%s元的行政处罚，并责令改正违法行为。", money))
			b.section(1, "履行方式和救济途径")
			b.para("自收到本决定书之日起15日内缴纳罚款。不服本决定的，可以在60日内向明镜区人民政府申请行政复议，或者在6个月内依法提起行政诉讼。")
			b.sign(u.Name, v.day)
			it.Published = after(v.day, v.between(1, 5))
			return
		}
		from := v.day.Add(-v.between(12, 26))
		it.Title = fmt.Sprintf("%s行政处罚信息公示表（%s至%s）", u.Name, from.Long(), v.day.Short())
		b.para("依据行政处罚公示有关规定，现将有关信息公示如下。公示期内当事人履行义务并申请信用修复的，按规定停止公示。")
		var rows [][]string
		for range v.between(4, 12) {
			name := pick(v.Rand, companies)
			if v.chance(30) {
				name = masked(v)
			}
			fine := v.between(1, 60) * 500
			rows = append(rows, []string{fmt.Sprintf("%s〔%d〕%d号", code, v.day.Year(), v.between(281, 900)), name, pick(v.Rand, offences[u.Slug]), fmt.Sprint(fine), dayBetween(v.Rand, from, v.day).Short()})
		}
		total := 0
		for _, r := range rows {
			var f int
			fmt.Sscan(r[3], &f)
			total += f
		}
		rows = append(rows, []string{"合计", "", "", fmt.Sprint(total), ""})
		b.table(plain("行政处罚信息公示表", []string{"决定书文号", "当事人", "违法行为", "罚款（元）", "决定日期"}, rows))
	})
}

// inspections are results of supervision (article 20(13)).
func (m *maker) inspections(n int) {
	subjects := []struct {
		owner, name, object string
		classes             []string
		bad                 string
	}{
		{"scj", "食品安全监督抽检", "批次", []string{"粮食加工品", "食用油", "肉制品", "蔬菜制品", "糕点", "饮料", "调味品"}, "菌落总数、标签标识"},
		{"scj", "产品质量监督抽查", "批次", []string{"电线电缆", "儿童用品", "电动自行车", "燃气灶具", "化肥"}, "安全性能、标识"},
		{"hbj", "重点排污单位监督性监测", "家次", []string{"废水", "废气", "噪声", "土壤"}, "总磷、颗粒物"},
		{"wjj", "公共场所卫生监督抽查", "家", []string{"住宿场所", "游泳场所", "美容美发", "学校", "医疗机构"}, "消毒效果、健康证明"},
		{"yjj", "安全生产监督检查", "家", []string{"危险化学品", "工贸企业", "非煤矿山", "烟花爆竹"}, "培训记录、警示标志"},
		{"nyj", "农产品质量安全例行监测", "批次", []string{"叶菜类", "果类", "禽蛋", "水产品", "畜肉"}, "农药残留"},
		{"wjj", "生活饮用水水质监测", "份", []string{"出厂水", "末梢水", "二次供水", "农村小型供水"}, "游离余氯"},
	}
	m.each(Inspection, n, func(v *voice, it *Item, i int) {
		s := subjects[i%len(subjects)]
		v.speak(m.slug(s.owner))
		it.Column = "20-13"
		y, q := v.day.Year(), (v.day.Month()+2)/3
		it.Title = fmt.Sprintf("%s%d年%s结果公告（%s）", v.unit.Name, y, s.name, v.say(fmt.Sprintf("{第%s季度|%d月|第{#1-36}期}", numeral(q), v.day.Month())))
		var rows [][]string
		all, bad := 0, 0
		for _, c := range s.classes {
			k := v.between(8, 60)
			f := 0
			if v.chance(40) {
				f = v.between(1, 3)
			}
			all, bad = all+k, bad+f
			rows = append(rows, []string{c, fmt.Sprint(k), fmt.Sprint(k - f), fmt.Sprint(f), percent(k-f, k)})
		}
		rows = append(rows, []string{"合计", fmt.Sprint(all), fmt.Sprint(all - bad), fmt.Sprint(bad), ""})
		b := &it.Body
		b.para(fmt.Sprintf("%s组织开展%s，共检查%d%s，合格%d%s，不合格%d%s，合格率%s%%。", v.unit.Short, s.name, all, s.object, all-bad, s.object, bad, s.object, percent(all-bad, all)))
		b.table(plain(s.name+"结果汇总（单位："+s.object+"）", []string{"类别", "检查数", "合格数", "不合格数", "合格率（%）"}, rows))
		if bad > 0 {
			b.para(fmt.Sprintf("不合格项目主要涉及%s。对不合格单位已依法责令改正、立案查处，并跟踪复查。", s.bad))
		} else {
			b.para("本期未发现不合格情况，将继续保持监督检查力度。")
		}
		b.para(v.say("{提醒消费者购买时留意标识、索取凭证，发现问题可拨打投诉举报电话。|各单位应当落实主体责任，举一反三开展自查。}"))
		b.sign(v.unit.Name, v.day)
		if v.chance(30) {
			it.Files = []File{{Name: s.name + "结果汇总表.xlsx", Body: tablesOf(*b)}}
		}
	})
}
