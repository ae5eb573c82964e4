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
