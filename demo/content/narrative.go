package content

import (
	"fmt"
	"strings"
)

// interpretations explain documents: normative ones, as they must, but for a few that
// the yearly inspection finds, and some of the others.
func (m *maker) interpretations(n int) {
	var norms, others, from []*Item
	for _, it := range m.items {
		switch {
		case it.Kind != Policy || len(it.Words) == 0 || strings.Contains(it.Title, "部分条款"):
		case it.Norm:
			norms = append(norms, it)
		case strings.Contains(it.Title, "《"):
			others = append(others, it)
		}
	}
	for i, it := range norms {
		if i%18 != 5 {
			from = append(from, it)
		}
	}
	from = append(from, some(randFor(m.seed, "interpretations"), others, max(n/4, n-len(from)))...)
	topics := map[string]Topic{}
	for _, t := range m.topics {
		topics[t.Name] = t
	}
	m.each(Interpretation, len(from), func(v *voice, it *Item, i int) {
		p := from[i]
		t, ok := topics[p.Words[0]]
		if !ok {
			return
		}
		unit := m.unitByID(p.Unit)
		if (unit.Kind == Government || unit.Kind == Office) && !t.local() {
			unit = m.slug(t.Owner) // who drafted it explains it
		}
		v.speak(unit)
		v.day = after(p.Published, v.between(0, 2))
		if v.day > m.to {
			v.day = m.to
		}
		name := innerOf(p.Title)
		if _, about, ok := strings.Cut(name, "关于"); ok && name == p.Title {
			name = "关于" + about
		}
		it.Column = "interpretation"
		it.Theme = p.Theme
		it.Links = []Link{{Interprets, p.Key}}
		it.Words = []string{t.Name, "政策解读"}
		switch v.IntN(3) {
		case 0:
			it.Title = "《" + name + "》政策解读"
			it.Body = m.explain(v, t, p, name)
		case 1:
			it.Title = "图文解读：《" + name + "》"
			it.Body = m.explain(v, t, p, name)
		default:
			it.Title = "《" + name + "》解读问答"
			it.Body = m.answers(v, t, p, name)
		}
		it.Channels = []string{"政府网站", "政务新媒体"}
	})
}

func (m *maker) explain(v *voice, t Topic, p *Item, name string) Body {
	var b Body
	n := 0
	head := func(s string) { n++; b.section(1, numeral(n)+"、"+s) }
	head(v.say("{起草背景|出台背景|为什么制定}"))
	b.para(v.say(pick(v.Rand, t.Why)))
	b.para(fmt.Sprintf("%s，%s印发了%s。现就主要内容解读如下。", p.Written.Long(), p.Issuer, quoted(p)))
	head(v.say("{制定依据|政策依据|起草过程}"))
	b.para(v.say("起草过程中{学习借鉴了周边地区做法|深入镇（街道）、企业和群众中开展调研}，{征求了|书面征求了}{各镇人民政府、街道办事处和有关部门|相关部门、行业协会和群众代表}意见，经{合法性审核、公平竞争审查|专家论证、风险评估|合法性审核和集体审议}后印发。"))
	head("目标任务")
	for _, s := range t.Goal {
		b.para(v.say(s))
	}
	head("主要内容")
	for i, d := range some(v.Rand, t.Do, v.between(3, len(t.Do))) {
		b.section(2, fmt.Sprintf("（%s）%s", numeral(i+1), d[0]))
		for _, s := range d[1:] {
			b.para(v.say(s))
		}
	}
	if p.Expires != "" {
		head(v.say("{施行时间|执行期限|有效期}"))
		b.para(fmt.Sprintf("本文件自%s起施行，有效期至%s。", p.Effective.Long(), p.Expires.Long()))
	}
	head("解读机关和联系方式")
	b.para(fmt.Sprintf("解读机关：%s；联系电话：%s。", v.unit.Name, v.unit.Contact.Phone))
	return b
}

func (m *maker) answers(v *voice, t Topic, p *Item, name string) Body {
	var b Body
	b.para(fmt.Sprintf("近日，%s印发%s。针对群众关心的问题，%s作出解答。", p.Issuer, quoted(p), v.unit.Short))
	b.section(1, v.say("问：{为什么要出台这份文件|文件出台的背景是什么}？"))
	b.para("答：" + v.say(pick(v.Rand, t.Why)))
	b.section(1, v.say("问：{要达到什么目标|实施后会有哪些变化}？"))
	b.para("答：" + v.say(pick(v.Rand, t.Goal)))
	for _, d := range some(v.Rand, t.Do, v.between(2, 4)) {
		b.section(1, v.say("问：在“"+d[0]+"”方面{有哪些具体措施|是怎样规定的|群众能得到什么}？"))
		b.para("答：" + v.say(strings.Join(d[1:], "")))
	}
	b.section(1, "问：咨询渠道有哪些？")
	b.para(fmt.Sprintf("答：工作日可拨打%s咨询电话%s，或到%s现场咨询。", v.unit.Short, v.unit.Contact.Phone, v.unit.Contact.Address))
	return b
}

// news tells what units did.
func (m *maker) news(n int) {
	m.each(News, n, func(v *voice, it *Item, i int) {
		switch x := v.IntN(100); {
		case x < 8:
			v.speak(m.slug("zfb"))
		case x < 68:
			v.speak(m.anyUnit(v, Department))
		case x < 90:
			v.speak(m.anyUnit(v, Town))
		default:
			v.speak(m.anyUnit(v, Platform))
		}
		it.Column = "news"
		t := pick(v.Rand, m.topicsOf(v.unit))
		pattern := pick(v.Rand, commonNews)
		if len(t.News) > 0 && v.chance(62) {
			pattern = split(strings.Join(pick(v.Rand, t.News), "|"), '|')
			it.Words = []string{t.Name}
		}
		v.season(pattern, m)
		pattern = pattern[:len(pattern):len(pattern)]
		it.Title = v.say(pattern[0])
		if m.titles[it.Title] { // say when, as editors do
			it.Title = fmt.Sprintf("%s（%s）", it.Title, v.day.Long()[:len("2024年")]+fmt.Sprint(v.day.Month())+"月")
		}
		first := pattern[1]
		if !strings.Contains(first, "{date}") && v.chance(55) {
			first = "{date}，记者从{u}获悉，" + first
			if v.chance(50) {
				first = "（通讯员 " + pick(v.Rand, surnames) + pick(v.Rand, givenSecond) + "）" + pattern[1]
			}
		}
		it.Body.para(v.say(first))
		for _, s := range pattern[2:] {
			it.Body.para(v.say(s))
		}
		if v.chance(60) {
			it.Body.para(v.say(pick(v.Rand, newsEnds)))
		}
		it.Files = nil
		it.Channels = []string{"政府网站"}
		if v.chance(40) {
			it.Channels = append(it.Channels, "政务新媒体")
		}
	})
}

// season moves the day into the months a text speaks of.
func (v *voice) season(pattern []string, m *maker) {
	text := strings.Join(pattern, "")
	for _, s := range []struct {
		word   string
		months []int
	}{
		{"春耕", []int{3, 4}}, {"夏收", []int{6, 7}}, {"秋收", []int{10, 11}}, {"汛", []int{5, 6, 7, 8}}, {"暴雨", []int{5, 6, 7, 8}}, {"冬修", []int{11, 12}}, {"冬季养护", []int{12, 1}},
		{"低温雨雪", []int{12, 1}}, {"清明", []int{3}}, {"春节", []int{1}}, {"节前", []int{1, 9}}, {"消费季", []int{4, 5}}, {"森林防火", []int{11, 12, 1, 2, 3}},
		{"丰收", []int{10, 11}}, {"集中缴费", []int{9, 10, 11}}, {"秋冬季", []int{10, 11, 12}}, {"高考", []int{5, 6}}, {"新生", []int{8}},
		{"学期", []int{3, 4, 9, 10}}, {"取暖", []int{11, 12}}, {"重阳", []int{10}}, {"防溺水", []int{6, 7}}, {"决策事项目录", []int{3, 4}}, {"惠企", []int{4, 5, 9, 10}},
		{"年度检查", []int{4, 5, 6}}, {"工作综述", []int{7, 10}},
	} {
		if !strings.Contains(text, s.word) {
			continue
		}
		for range 60 {
			if d := dayBetween(v.Rand, m.from, m.to); contains(s.months, d.Month()) {
				v.day = d
				return
			}
		}
	}
}

func contains(in []int, x int) bool {
	for _, y := range in {
		if x == y {
			return true
		}
	}
	return false
}

var commonNews = [][]string{
	{"{u}开展{安全生产|消防安全|用电安全|网络安全}隐患排查", "为{筑牢安全防线|防范化解风险}，{u}组织力量对{办公场所、下属单位|重点场所|辖区企业}开展拉网式排查。", "检查组共检查点位{#12-46}个，发现{线路老化|灭火器过期|疏散通道堆物|制度未上墙}等问题{#8-36}处，现场整改{#4-20}处。", "对不能立即整改的，明确责任人和时限，并安排复查。"},
	{"{u}赴{town}走访{种养大户|困难群众|小微企业|独居老人}", "走访组先后来到{village}、{village}，面对面听取意见建议，了解{生产经营|生活就医|政策落实}情况。", "群众反映{灌溉水渠渗漏|就医报销流程不清|道路夜间照明不足|产品销路不畅}等问题{#6-18}条，当场答复{#3-9}条。", "其余事项由{u}会同有关单位限期办理，并将结果告知本人。"},
	{"{u}举办{y}年{第一|第二|第三|第四}期业务培训班", "培训邀请{行业专家|法律顾问|业务骨干}授课，内容包括{政策解读、案例分析|公文写作、档案管理|行政执法程序、证据收集}等。", "{#36-120}名工作人员参加培训，课后组织闭卷测试，平均成绩{#82-94}分。", "参训人员表示，课程贴近实际，对提高履职能力很有帮助。"},
	{"{u}集中学习新修订的政府信息公开制度", "学习会逐条讲解公开属性认定、先审后公开、依申请办理时限等内容，并结合本单位近期案例进行讨论。", "会议指出，公开内容要准确、规范、及时，涉及个人隐私的必须进行去标识化处理。", "会后开展栏目自查，更正不规范表述{#6-22}处，补充更新信息{#12-40}条。"},
	{"{u}召开{y}年第{q}季度重点工作调度会", "会议听取各{科室|办公室}工作进展汇报，分析存在的短板弱项。", "截至目前，年度{#22-46}项重点任务已完成{#12-30}项，其余按序时进度推进。", "会议要求，{倒排工期、挂图作战|逐项对账、销号管理}，确保圆满完成全年目标。"},
	{"{u}开展“{义务植树|文明交通劝导|河道清洁|敬老助老}”志愿服务活动", "{#26-80}名志愿者来到{road}、{community}等地，{清理垃圾、摆放车辆|为老年人理发、量血压|发放宣传资料、解答咨询}。", "活动共发放宣传资料{#200-900/50}份，服务群众{#120-600/10}人次。"},
	{"{u}深入{community}开展政策宣讲", "宣讲采取“板凳会”形式，围绕{就业补贴、医保参保|养老服务、社会救助|垃圾分类、消防常识}等群众关心的话题展开。", "现场解答问题{#16-46}个，收集意见{#6-20}条，发放办事指南{#160-500/10}份。", "居民{surname}先生说，听了讲解才知道自己符合申请条件，回去就准备材料。"},
	{"{u}公布{y}年为民办实事进展情况（{第一|第二|第三}季度）", "今年承诺的{6|8|10}件实事总体进展顺利，其中{2|3|4}件已完成，其余均达到序时进度。", "进展较快的包括{road}照明改造、{village}饮水提升等项目。", "受{连续降雨|材料供应}影响进度稍缓的项目，已调整施工组织，确保年底前完成。"},
	{"{u}接受{人大代表|政协委员}视察", "{#8-20}名代表（委员）实地察看{community}服务点和{road}项目现场，听取工作汇报。", "代表（委员）对工作给予肯定，同时提出{加强宣传引导|增加服务网点|简化办理手续}等{#4-9}条建议。", "{u}将认真研究吸纳，及时反馈办理结果。"},
	{"{u}组织开展{消防疏散|防汛避险|突发停电|极端天气}应急演练", "演练按照“预警、响应、处置、恢复”流程进行，{#40-160/10}人参加，用时{#12-36}分钟。", "点评指出，通信联络和物资调配环节仍需磨合，要求一周内修订预案。"},
	{"{u}走进{school}开展{防溺水|交通安全|法治|食品安全}宣传", "工作人员通过{情景模拟|知识问答|播放短片}等方式，为{#120-600/10}名学生讲解安全常识。", "同学们踊跃参与互动，活动还向家长发放告知书{#120-600/10}份。"},
	{"{u}{y}年{上半年|前三季度}工作综述", "今年以来，{u}围绕年度目标任务，统筹推进{#12-26}项重点工作，主要指标完成情况良好。", "一是{完善制度机制，出台配套文件|聚焦项目建设，推动落地见效}{#2-6}项；二是{优化服务流程|提升服务质量}，群众满意度达到{%90-98}；三是{强化安全管理|加强监督检查}，排查整改隐患{#26-90}处。", "下一步，将针对{基础数据不准|部门协同不够|宣传覆盖不足}等问题，逐项研究解决。"},
}

var newsEnds = []string{
	"下一步，{u}将{持续跟踪问效|总结经验做法|加大宣传力度}，推动{各项措施落到实处|更多成果惠及群众|工作常态长效开展}。",
	"{u}有关负责人表示，将{坚持问题导向|压实工作责任|加强部门协作}，{以更实举措回应群众期待|确保年度任务圆满完成}。",
	"据了解，相关工作将持续到{本月底|下季度初|年底}，{进展情况将及时公布|欢迎群众监督}。",
	"{u}提醒，如有疑问可在工作日拨打{u}咨询电话或到办公地点咨询。",
}

// notices are announcements and public notices, signed and with a way to object.
func (m *maker) notices(n int) {
	m.each(Notice, n, func(v *voice, it *Item, i int) {
		kinds := []UnitKind{Department, Department, Department, Town, Platform, Office}
		v.speak(m.anyUnit(v, pick(v.Rand, kinds)))
		it.Column = "notice"
		t := pick(v.Rand, m.topicsOf(v.unit))
		pattern := pick(v.Rand, commonNotices)
		if len(t.Pub) > 0 && v.chance(68) {
			pattern = pick(v.Rand, t.Pub)
			it.Words = []string{t.Name}
		}
		if !fits(pattern[0], v.unit) || strings.Contains(pattern[0], "{holiday}") && holidayAfter(v.day) == "" {
			return
		}
		v.season(pattern, m)
		it.Title = v.say(pattern[0])
		if randFor(m.seed, v.unit.Slug+pattern[0]).IntN(2) == 0 { // each unit always writes it the same way
			it.Title = v.unit.Name + it.Title
		}
		if m.titles[it.Title] && !strings.Contains(pattern[0], "{y") { // what is once a year is not twice
			it.Title += fmt.Sprintf("（%s）", v.day.Long())
		}
		public := strings.Contains(it.Title, "公示")
		for _, s := range pattern[1:] {
			it.Body.para(v.say(s))
		}
		if public {
			days := pick(v.Rand, []int{5, 7, 10})
			from := v.day
			it.Body.para(fmt.Sprintf("公示期为%s至%s。公示期内如有异议，请以书面形式实名反映，逾期不予受理。", from.Long(), after(from, days).Long()))
		}
		it.Body.para(fmt.Sprintf("联系单位：%s；联系电话：%s；地址：%s。", v.unit.Short, v.unit.Contact.Phone, v.unit.Contact.Address))
		it.Body.sign(v.unit.Name, v.day)
		it.Upload = v.chance(14)
		it.Column = noticeColumn(v.unit, it.Title)
	})
}

// fits tells whether a notice that many give is one that this unit can give.
func fits(title string, u *Unit) bool {
	switch {
	case strings.Contains(title, "停水停电"):
		return u.Kind == Town || u.Slug == "zjj" || u.Slug == "slj"
	case strings.HasPrefix(title, "关于注销"):
		return u.Slug == "mzj" || u.Slug == "scj"
	}
	return true
}

// noticeColumn finds the legal subject a notice belongs to.
func noticeColumn(u *Unit, title string) string {
	for _, c := range []struct{ words, column string }{
		{"宅基地", "21-homestead"}, {"承包经营权流转", "21-transfer"}, {"筹资筹劳", "21-levy"}, {"低保 最低生活保障", "21-relief"},
		{"价格 收费", "20-8"}, {"可行性研究 初步设计", "20-10"}, {"抽检 环境影响 养殖", "20-13"}, {"应急响应 防火 清障", "20-12"},
		{"补贴 补助 医保 养老 幼儿园 学校 教育 医疗 优待金 就业 改厕", "20-11"}, {"债务", "20-7"}, {"许可 执业 登记 证明事项", "20-5"},
		{"公共租赁住房 道路 路段 泊位 桥 供水 停水 停电 公交 物业 便民 文化遗产 服务大厅 公共收益", "21-service"},
	} {
		for _, w := range strings.Fields(c.words) {
			if strings.Contains(title, w) {
				return c.column
			}
		}
	}
	switch {
	case u.Slug == "gaj":
		return "21-security"
	case u.Kind == Town:
		return "21-farm"
	default:
		return "20-15"
	}
}

var commonNotices = [][]string{
	{"关于{holiday}期间值班安排的公告", "根据节假日放假安排，现将我单位值班事项公告如下。", "放假期间实行领导带班和24小时值班制度，紧急事项请拨打值班电话；办事窗口暂停对外服务，节后首个工作日恢复正常。"},
	{"关于更换办公电话的公告（{month}）", "因线路升级，我单位部分办公电话于{date}起调整，原号码同步设置语音提示，保留使用一个月。", "由此带来不便，敬请谅解。"},
	{"关于公开选取{y}年{法律顾问|档案整理|物业管理|信息系统运维|第三方评估}服务机构的公告", "为保证公平、公正，拟通过公开比选方式确定一家服务机构，服务期{一|两|三}年，预算金额不超过{#6-38}万元。", "报名机构应具备独立法人资格、相应专业能力和良好信誉，近三年无重大违法记录，不接受联合体参与。", "请于公告发布之日起{5|7}个工作日内提交资料，逾期不予受理。"},
	{"关于{y}年度{先进集体和先进个人|优秀志愿者|示范窗口}评选结果的公示（第{一|二|三|四}批）", "经推荐、审核、集体研究，拟确定{#6-26}个（名）对象，名单张贴于单位公告栏，现予以公示。"},
	{"关于注销{#3-18}家{社会团体|民办非企业单位|个体经营者备案}登记的公告（{y}年第{#1-20}号）", "经核查，上述组织自愿申请注销或连续两年未履行年报义务，依法作出注销决定，登记证书同时作废。", "名单可在办公窗口查询，有异议的可依法申请行政复议。"},
	{"关于征集{y}年{意见建议|民生实事项目|立项课题|便民服务金点子}的公告", "现面向社会公开征集，请围绕{基础设施、公共服务、生态环境|教育、医疗、养老、就业}等方面提出建议。", "可通过信函、电子邮件、现场等方式提交，征集时间为{15|20|30}天，采纳情况将予以公布。"},
	{"{road}临时停水停电的通告（{month}第{#1-9}号）", "因设备检修，{date}8时至18时，{road}沿线及{community}等区域暂停供应，请提前做好储备。", "施工完成后将尽快恢复，如遇雨天顺延。"},
}

// proposals answer deputies, with nothing personal left in.
func (m *maker) proposals(n int) {
	m.each(Proposal, n, func(v *voice, it *Item, i int) {
		v.speak(m.anyUnit(v, Department))
		for range 40 {
			if contains([]int{5, 6, 7, 8, 9}, v.day.Month()) {
				break
			}
			v.day = dayBetween(v.Rand, m.from, m.to)
		}
		t := pick(v.Rand, m.topicsOf(v.unit))
		y := v.day.Year()
		session := numeral(1 + (y-2012)%5) // a term has five
		number := 1 + (i*13+v.IntN(12))%280
		body := pick(v.Rand, []string{"区十五届人大" + session + "次会议", "区政协十四届" + session + "次会议"})
		sort, who := "建议", "代表"
		if strings.Contains(body, "政协") {
			sort, who = "提案", "委员"
		}
		it.Column = "proposal"
		it.Title = fmt.Sprintf("%s对%s第%d号%s的答复", v.unit.Name, body, number, sort)
		if v.chance(60) {
			it.Title += "（" + v.say("{关于|}") + t.Name + "）"
		}
		it.DocNo = strings.TrimSuffix(v.unit.Code, "字") + fmt.Sprintf("复〔%d〕%d号", y, number)
		surname := pick(v.Rand, surnames)
		it.Body.para(surname + "××" + who + "：")
		it.Body.para(fmt.Sprintf("您提出的关于%s的%s收悉。%s高度重视，认真研究办理，现答复如下：", t.Name, sort, v.unit.Short))
		it.Body.section(1, "一、"+v.say("{现状和已做工作|基本情况}"))
		it.Body.para(v.say(pick(v.Rand, t.Why)))
		for i, d := range some(v.Rand, t.Do, v.between(2, 3)) {
			it.Body.para(fmt.Sprintf("%d.%s。%s", i+1, d[0], v.say(strings.Join(d[1:], ""))))
		}
		it.Body.section(1, "二、"+v.say("{下一步打算|下一步工作安排}"))
		it.Body.para(v.say(pick(v.Rand, t.Goal)))
		it.Body.para(v.say("感谢您对我区工作的关心和支持。办理结果：{A（已解决或基本解决）|B（正在解决或列入计划）|A（已解决或基本解决）|C（留作参考）}。"))
		it.Body.para(fmt.Sprintf("联系科室：%s；联系电话：%s。", v.unit.Sections[0].Name, v.unit.Sections[0].Phone))
		it.Body.sign(v.unit.Name, v.day)
		it.Words = []string{t.Name, sort + "办理"}
		it.Published = after(v.day, v.between(3, 15))
		if it.Published > m.to {
			it.Published = m.to
		}
	})
}

// consultations ask for opinions and say what became of them.
func (m *maker) consultations(n int) {
	m.each(Consultation, n, func(v *voice, it *Item, i int) {
		v.speak(m.anyUnit(v, Department, Department, Office))
		t := pick(v.Rand, m.topicsOf(v.unit))
		name := "明镜区" + t.Name + v.say("{实施办法|实施方案|专项规划|若干规定}")
		it.Column = "consultation"
		it.Words = []string{t.Name, "意见征集"}
		if i%3 == 2 {
			total := v.between(18, 86)
			taken := total * v.between(40, 70) / 100
			part := (total - taken) / 2
			it.Title = fmt.Sprintf("关于《%s（%d年征求意见稿）》公开征求意见采纳情况的反馈", name, v.day.Year())
			it.Body.para(fmt.Sprintf("%s于%s至%s就《%s》公开征求意见，共收到意见建议%d条，现将采纳情况反馈如下。", v.unit.Short, v.day.Add(-48).Long(), v.day.Add(-17).Long(), name, total))
			rows := [][]string{
				{"采纳", fmt.Sprint(taken), "已在修改稿相应条款中体现"},
				{"部分采纳", fmt.Sprint(part), "合理部分吸收，其余因与上位规定不一致未采纳"},
				{"未采纳", fmt.Sprint(total - taken - part), "不属于本文件规范范围，已转有关单位研究"},
				{"合计", fmt.Sprint(total), ""},
			}
			it.Body.table(plain("意见采纳情况", []string{"处理结果", "条数", "说明"}, rows))
			it.Body.para("对提出意见的单位和个人表示感谢。")
			it.Body.sign(v.unit.Name, v.day)
			return
		}
		it.Title = fmt.Sprintf("%s关于《%s（%d年征求意见稿）》公开征求意见的公告", v.unit.Name, name, v.day.Year())
		it.Body.para(v.say(pick(v.Rand, t.Why)) + "为提高决策质量，现将征求意见稿予以公布，面向社会公开征求意见。")
		it.Body.para(fmt.Sprintf("征求意见时间：%s至%s（不少于30日）。", v.day.Long(), v.day.Add(31).Long()))
		it.Body.para(fmt.Sprintf("反馈方式：信函寄至%s（邮政编码%s）；电子邮件：%s；电话：%s。", v.unit.Contact.Address, v.unit.Contact.Postcode, v.unit.Contact.Email, v.unit.Contact.Phone))
		it.Body.section(1, "一、征求意见稿主要内容")
		for i, d := range t.Do {
			it.Body.para(fmt.Sprintf("（%s）%s。%s", numeral(i+1), d[0], v.say(strings.Join(d[1:], ""))))
		}
		it.Body.section(1, "二、起草说明")
		it.Body.para(v.say("起草中{梳理了现行政策|参考了外地经验}，重点{完善了办理流程|明确了各方责任|提高了补助标准}。") + v.say(pick(v.Rand, t.Goal)))
		it.Body.sign(v.unit.Name, v.day)
		it.Upload = true
	})
}

func (m *maker) unitByID(id string) *Unit {
	for i := range m.units {
		if m.units[i].ID == id {
			return &m.units[i]
		}
	}
	panic("content: no unit " + id)
}
