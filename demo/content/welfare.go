package content

import (
	"fmt"
	"strings"
)

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
			b.para(fmt.Sprintf("公示期内如有异议，请向%s反映，联系电话：%s。", u.Name, u.Contact.Phone))
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
			b.para("按照社会救助公开要求，现将有关情况公示如下，公示期7天，欢迎监督。")
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
