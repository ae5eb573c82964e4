package content

import (
	"fmt"
	"strings"
)

// guides write the guide to public information (公开指南) with the elements of
// article 12: classes, arrangement, ways to get it, and the office to turn to.
func (m *maker) guides(n int) {
	m.each(Guide, m.eachOf(n, len(m.units)), func(v *voice, it *Item, i int) {
		u, _ := m.nth(i, Government, Office, Department, Town, Platform)
		v.speak(u)
		v.day = dayBetween(v.Rand, m.from, m.from.Add(90))
		it.Column = "guide"
		it.Title = u.Name + "政府信息公开指南"
		b := &it.Body
		b.para(fmt.Sprintf("为便于公民、法人和其他组织了解、获取政府信息，根据《中华人民共和国政府信息公开条例》，%s编制本指南。本指南在机构、联系方式发生变化时及时更新，可在%s网站政府信息公开专栏查阅。", u.Name, "明镜区人民政府"))
		b.section(1, "一、政府信息的分类和编排体系")
		b.para("本机关公开的政府信息分为政府信息公开指南、政府信息公开制度、法定主动公开内容、政府信息公开年报四类。")
		b.para(fmt.Sprintf("每条信息编排索引号、名称、内容概述、生成日期等要素。索引号由%s组成，年度内连续编号，一经公布不再变更。", indexWords(u.Index)))
		b.section(1, "二、主动公开")
		b.section(2, "（一）公开范围")
		for i, d := range u.Duties {
			b.para(fmt.Sprintf("%d.%s方面应当主动公开的信息；", i+1, strings.TrimSuffix(d, "；")))
		}
		b.section(2, "（二）公开形式")
		b.para(v.say("明镜区人民政府网站；{“明镜发布”政务新媒体；|}新闻发布会、报刊、广播、电视；区档案馆、区图书馆、区政务服务中心设立的政府信息查阅点；{公告栏、电子信息屏。|便民服务中心公告栏。}"))
		b.section(2, "（三）公开时限")
		b.para("属于主动公开范围的信息，自该信息形成或者变更之日起20个工作日内公开；法律、法规另有规定的，从其规定。")
		b.section(1, "三、依申请公开")
		b.section(2, "（一）受理机构")
		b.table(plain("受理机构", []string{"项目", "内容"}, [][]string{
			{"机构名称", u.Name + u.Contact.Office}, {"办公地址", u.Contact.Address}, {"办公时间", u.Contact.Hours}, {"联系电话", u.Contact.Phone},
			{"传真号码", u.Contact.Fax}, {"电子邮箱", u.Contact.Email}, {"邮政编码", u.Contact.Postcode}}))
		b.section(2, "（二）申请方式")
		b.para("申请人可以当面、邮寄、传真或者通过互联网在线提出申请。申请应当包括：申请人的姓名或者名称、身份证明、联系方式；申请公开的政府信息的名称、文号或者便于查询的其他特征性描述；申请公开的政府信息的形式要求，包括获取信息的方式、途径。")
		b.para("书面申请确有困难的，申请人可以口头提出，由受理机构代为填写。阅读困难或者有视听障碍的，受理机构提供必要的帮助。")
		b.section(2, "（三）办理时限")
		b.para("能够当场答复的，当场答复；不能当场答复的，自收到申请之日起20个工作日内答复；需要延长的，经本机构负责人同意并告知申请人，延长的期限最长不超过20个工作日。征求第三方和其他机关意见所需时间不计算在内。")
		b.section(2, "（四）收费")
		b.para("提供政府信息不收取费用。申请数量、频次明显超过合理范围的，按国家规定收取信息处理费。")
		b.section(1, "四、监督和救济")
		b.para("认为本机关未按照要求主动公开政府信息或者对申请不依法答复处理的，可以向区政府办公室提出，也可以依法申请行政复议或者提起行政诉讼。")
		b.sign(u.Name, v.day)
		it.Upload = i%5 == 1
		if i%4 == 0 {
			var f Body
			f.table(plain("政府信息公开申请表", []string{"项目", "填写内容"}, [][]string{
				{"申请人姓名（名称）", ""}, {"证件名称及号码", ""}, {"联系电话", ""}, {"通信地址", ""}, {"所需信息的名称、文号或者特征描述", ""}, {"提供方式（纸质、电子）", ""}, {"获取途径（邮寄、当面、网络）", ""}}))
			it.Files = []File{{Name: "政府信息公开申请表.docx", Body: f}}
		}
	})
}

func indexWords(template string) string {
	return strings.NewReplacer("{category}", "目录分类代码", "{uscc}", "统一社会信用代码", "{org}", "组织机构代码", "{yyyymm}", "年月", "{yyyy}", "年份",
		"{serial:5}", "五位流水号", "{serial:6}", "六位流水号", "{serial:7}", "七位流水号", "/", "、", "-", "和").Replace(template)
}

// functions publish duties, internal offices and persons in charge (article
// 20(2)); after a change of posts there is a second one.
func (m *maker) functions(n int) {
	m.each(Function, n, func(v *voice, it *Item, i int) {
		u, round := m.nth(i, Government, Office, Department, Town, Platform)
		v.speak(u)
		v.day = dayBetween(v.Rand, m.from, m.from.Add(120))
		it.Column = "20-2"
		b := &it.Body
		switch {
		case round == 0:
			it.Title = u.Name + v.say("{机构概况|机构职能和内设机构|职能、机构设置和联系方式}")
			b.section(1, "一、主要职责")
			for i, d := range u.Duties {
				b.para(fmt.Sprintf("（%s）%s。", numeral(i+1), d))
			}
			b.section(1, "二、机构领导")
			var rows [][]string
			for _, l := range u.Leaders {
				rows = append(rows, []string{l.Name, l.Title, l.Field})
			}
			b.table(plain("负责人", []string{"姓名", "职务", "分工"}, rows))
			if len(u.Sections) > 0 {
				b.section(1, "三、内设机构")
				rows = nil
				for _, s := range u.Sections {
					rows = append(rows, []string{s.Name, s.Duty, s.Phone})
				}
				b.table(plain("内设机构", []string{"名称", "职责", "电话"}, rows))
			}
			b.section(1, map[bool]string{true: "四、", false: "三、"}[len(u.Sections) > 0]+"联系方式")
			b.para(fmt.Sprintf("办公地址：%s；办公时间：%s；电话：%s；传真：%s；电子邮箱：%s；邮政编码：%s。", u.Contact.Address, u.Contact.Hours, u.Contact.Phone, u.Contact.Fax, u.Contact.Email, u.Contact.Postcode))
		default:
			v.day = dayBetween(v.Rand, m.from, m.to)
			it.Title = fmt.Sprintf("%s领导分工调整公告（%s）", u.Name, v.day.Long())
			b.para("经研究，对领导分工作如下调整：")
			for _, l := range u.Leaders {
				b.para(l.Name + "（" + l.Title + "）：" + l.Field + "。")
			}
			b.sign(u.Name, v.day)
		}
	})
}

// ruleTitles are the usual rules of disclosure work (公开制度).
var ruleTitles = []struct{ name, first, second string }{
	{"政府信息公开保密审查制度", "公开前应当对拟公开信息是否涉及国家秘密、工作秘密以及商业秘密、个人隐私进行审查，坚持先审查、后公开，一事一审。", "不能确定是否可以公开的，报主管部门或者保密行政管理部门确定。"},
	{"政府信息公开申请办理规范", "登记、审核、办理、答复、归档各环节应当记录办理人、时间和意见，收到申请之日按申请方式依法确定。", "答复文书应当载明依据、理由和救济途径，送达凭证存卷。"},
	{"公文公开属性源头认定制度", "拟制公文时应当同步提出主动公开、依申请公开或者不予公开的意见；拟不公开的，应当说明理由和依据。", "未注明公开属性的公文，文秘机构予以退回。"},
	{"政府信息管理动态调整制度", "对不予公开的信息每年评估一次，因情势变化可以公开的，应当公开。", "文件废止、失效、修改的，应当在五个工作日内更新有效性标注。"},
	{"政策解读工作制度", "坚持谁起草、谁解读，解读方案、解读材料与文件同步起草、同步审签、同步发布。", "解读应当说明背景依据、目标任务、主要内容、适用范围和惠民举措。"},
	{"信息发布审核制度", "信息发布实行初审、复审、终审三级审核，审核人对内容的真实性、准确性、合法性负责，任何人不得审核本人起草的信息。", "发现已发布信息有误的，应当立即更正并说明情况。"},
	{"政务公开考核评议办法", "考核内容包括主动公开、依申请公开、平台建设、监督保障等，实行日常监测与年终考核相结合。", "评议结果予以通报，并作为绩效考核依据。"},
}

func (m *maker) rules(n int) {
	m.each(Rules, m.eachOf(n, len(ruleTitles)+len(m.units)-1), func(v *voice, it *Item, i int) {
		var u *Unit
		rule := ruleTitles[i%len(ruleTitles)]
		if i < len(ruleTitles) {
			u = m.slug("zfb")
		} else {
			u, _ = m.nth(i-len(ruleTitles), Department, Town, Platform, Government)
			rule = pick(v.Rand, ruleTitles[:6])
		}
		v.speak(u)
		v.day = dayBetween(v.Rand, m.from, m.from.Add(200))
		it.Column = "rules"
		place := map[bool]string{true: "明镜区", false: u.Name}[u.Kind == Office]
		it.Title = place + rule.name
		b := &it.Body
		arts := []string{
			"为{规范|加强}" + strings.NewReplacer("工作制度", "", "制度", "", "办法", "").Replace(rule.name) + "工作，根据《中华人民共和国政府信息公开条例》等规定，制定本{制度|规定}。",
			"本{制度|规定}适用于" + map[bool]string{true: "区政府各部门、各镇人民政府、街道办事处", false: u.Short + "机关各科室及所属单位"}[u.Kind == Office] + "。",
			rule.first, rule.second,
			"{承办科室|信息产生单位}为第一责任人，{办公室|政务公开工作机构}负责组织协调和监督检查。",
			"每{半年|季度}对执行情况进行一次检查，发现问题的，{限期整改|责令改正}并{记录|通报}。",
			"违反本{制度|规定}造成不良后果的，依法依规追究有关人员责任。",
			"本{制度|规定}自印发之日起施行。",
		}
		for i, a := range arts {
			b.para(fmt.Sprintf("第%s条　%s", numeral(i+1), strings.NewReplacer("本制度", "本制度", "本规定", "本制度").Replace(v.say(a))))
		}
		b.sign(u.Name, v.day)
		it.Effective = v.day
	})
}

// plans are development plans and yearly work plans.
func (m *maker) plans(n int) {
	fields := []string{"fgj", "jyj", "jtj", "wjj", "slj", "nyj", "mzj", "kjj", "wlj", "hbj", "zjj", "spj"}
	m.each(Plan, n, func(v *voice, it *Item, i int) {
		u := m.slug(fields[i%len(fields)])
		v.speak(u)
		it.Column = "20-3"
		t := pick(v.Rand, m.topicsOf(u))
		var y int
		switch {
		case i%4 == 0:
			v.speak(m.slug("mj"))
			y = m.from.Year() + 1 + i/4%3
			v.day = dayBetween(v.Rand, maxDay(date(y, 1, 8), m.from), date(y, 2, 6))
			if v.day > m.to || v.day.Year() != y {
				return
			}
			it.Title = fmt.Sprintf("政府工作报告（%d年）", y)
			m.workReport(v, it, y)
			return
		case i%4 == 1:
			it.Title = fmt.Sprintf("明镜区%s“十四五”规划中期评估报告", t.Name)
			v.day = dayBetween(v.Rand, m.from, minDay(date(2024, 10, 30), m.to))
		case i%4 == 2:
			it.Title = fmt.Sprintf("明镜区%s“十五五”专项规划（2026—2030年）", t.Name)
			if m.to < "2026-03-02" {
				return
			}
			v.day = dayBetween(v.Rand, "2026-03-02", m.to)
		default:
			y = m.from.Year() + 1 + i/4%max(1, m.to.Year()-m.from.Year())
			v.day = dayBetween(v.Rand, date(y, 1, 6), date(y, 3, 12))
			it.Title = fmt.Sprintf("%s%d年度工作计划", u.Name, y)
		}
		if v.day < m.from {
			v.day = dayBetween(v.Rand, m.from, m.to)
		}
		b := &it.Body
		b.section(1, "一、"+v.say("{发展基础|基本情况|现状分析}"))
		for _, s := range t.Why {
			b.para(v.say(s))
		}
		b.section(1, "二、"+v.say("{总体思路|指导思想}"))
		b.para(v.say(pick(v.Rand, guidelines)))
		b.section(1, "三、主要目标")
		b.paras(v, t.Goal)
		b.section(1, "四、重点任务")
		for i, d := range t.Do {
			b.section(2, fmt.Sprintf("（%s）%s", numeral(i+1), d[0]))
			b.paras(v, d[1:])
		}
		b.section(1, "五、保障措施")
		for i, s := range some(v.Rand, safeguards, 4) {
			h, text, _ := strings.Cut(s, "|")
			b.para(fmt.Sprintf("（%s）%s。%s", numeral(i+1), v.say(h), v.say(text)))
		}
		b.sign(u.Name, v.day)
		it.Upload = true
	})
}

// workReport is the government's yearly report to the congress, in short.
func (m *maker) workReport(v *voice, it *Item, y int) {
	b := &it.Body
	b.para("各位代表：现在，我代表区人民政府，向大会报告政府工作，请予审议，并请区政协委员和其他列席人员提出意见。")
	b.section(1, fmt.Sprintf("一、%d年工作回顾", y-1))
	b.para(v.say(fmt.Sprintf("%d年，全区地区生产总值增长{%%5-7}，一般公共预算收入增长{%%3-6}，居民人均可支配收入增长{%%5-8}。", y-1)))
	for i, t := range some(v.Rand, m.topics, 6) {
		b.section(2, fmt.Sprintf("（%s）%s", numeral(i+1), t.Name))
		d := pick(v.Rand, t.Do)
		b.para(v.say(strings.Join(d[1:], "")))
	}
	b.section(1, fmt.Sprintf("二、%d年工作安排", y))
	for i, t := range some(v.Rand, m.topics, 7) {
		b.section(2, fmt.Sprintf("（%s）推进%s", numeral(i+1), t.Name))
		b.para(v.say(pick(v.Rand, t.Goal)))
	}
	b.section(1, "三、加强政府自身建设")
	b.para("坚持依法行政，自觉接受区人大及其常委会法律监督、工作监督和区政协民主监督，深化政务公开，让权力在阳光下运行。")
	it.Upload = true
}

func minDay(a, b Day) Day {
	if a < b {
		return a
	}
	return b
}

func maxDay(a, b Day) Day {
	if a > b {
		return a
	}
	return b
}
