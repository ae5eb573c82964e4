package content

import (
	"fmt"
	"strings"
)

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
