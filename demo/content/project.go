package content

import (
	"fmt"
	"strings"
)

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
		if strings.HasPrefix(kind, "项目") {
			project = strings.TrimSuffix(project, "项目")
		}
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
