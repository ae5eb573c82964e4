package content

import (
	"fmt"
)

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
