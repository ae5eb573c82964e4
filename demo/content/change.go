package content

import (
	"fmt"
	"strings"
)

// change writes a document that alters earlier ones: an amendment, a repeal, or
// the yearly list of what remains in force.
func (m *maker) change(key string, day Day, turn int, done *library) {
	r := randFor(m.seed, key)
	v := &voice{Rand: r, used: map[string]bool{}, day: nextWorking(day), unit: m.slug("mj")}
	it := &Item{Key: key, Kind: Policy, Openness: Open, State: Published, Unit: "mj", Issuer: v.unit.Name, Column: "20-1", Theme: "综合政务",
		Written: v.day, Effective: v.day, Norm: turn%3 != 2}
	if v.day > m.to {
		return
	}
	switch turn % 3 {
	case 1:
		m.amend(v, it, done)
	case 2:
		m.cleanUp(v, it, done)
	default:
		m.repeal(v, it, done)
	}
	if it.Title == "" || m.titles[it.Title] {
		return
	}
	it.Published = v.day
	m.settle(v, it)
	done.changed[turn%3] = true
	done.put(it, planned{day: v.day, unit: v.unit, topic: Topic{Owner: "sfj", Name: "规范性文件清理"}, form: "决定", v: v})
}

// amend changes articles of one earlier set of rules, whoever's it is.
func (m *maker) amend(v *voice, it *Item, done *library) {
	from := done.inForce(v.day, func(x *Item) bool { return done.of[x.Key].form == measures && !done.of[x.Key].trial })
	if len(from) == 0 {
		return
	}
	old := pick(v.Rand, from)
	for _, x := range from {
		if done.of[x.Key].steady && !done.amended[x.Key] {
			old = x
		}
	}
	p := done.of[old.Key]
	v.unit = p.unit
	it.Unit, it.Issuer, it.Theme = p.unit.ID, p.unit.Name, old.Theme
	it.Title = p.unit.Name + "关于修改《" + innerOf(old.Title) + "》部分条款的通知"
	it.DocNo = m.number(v, p.unit, v.day)
	it.Links = []Link{{Amends, old.Key}}
	done.amended[old.Key] = true
	var b Body
	b.add(To, "各有关单位：")
	b.para(v.say("根据{公平竞争审查有关要求|上级政策调整情况|实施后评估意见}，经研究，决定对" + quoted(old) + "作如下修改："))
	for i, d := range some(v.Rand, p.topic.Do, 2) {
		b.para(v.say(fmt.Sprintf("%s、第%s条修改为：“%s”", numeral(i+1), numeral(5+i*2), v.say(pick(v.Rand, d[1:])))))
	}
	b.para(v.say("三、有关条文序号作相应调整。本通知自印发之日起施行，{修改后的全文一并公布|其他条款继续执行}。"))
	b.sign(p.unit.Name, v.day)
	b.add(Note, "（此件公开发布）")
	it.Body = b
}

// repeal ends several earlier documents of the government and its office.
func (m *maker) repeal(v *voice, it *Item, done *library) {
	spare := func(x *Item) bool { return !done.amended[x.Key] && !done.of[x.Key].trial && !done.of[x.Key].steady }
	from := done.inForce(v.day, func(x *Item) bool { return spare(x) && (x.Unit == "mj" || x.Unit == "mj-zfb") })
	old := some(v.Rand, from, min(v.between(2, 4), len(from)))
	if len(old) == 0 {
		if old = some(v.Rand, done.inForce(v.day, spare), 1); len(old) == 0 {
			return
		}
	}
	it.Title = fmt.Sprintf("明镜区人民政府关于废止部分行政规范性文件的决定（%s）", v.day.Long()[:len(v.day.Long())-len(v.day.Short())]+fmt.Sprintf("第%s批", numeral(1+v.day.Month()/5)))
	it.DocNo = m.number(v, v.unit, v.day)
	var b Body
	b.add(To, "各镇人民政府、街道办事处，区政府各部门、各直属单位：")
	b.para(v.say("为{维护法制统一|推进法治政府建设|优化营商环境}，区政府组织对现行行政规范性文件进行了清理。经区政府常务会议研究，决定对") +
		fmt.Sprintf("下列%d件行政规范性文件予以废止，自本决定印发之日起停止执行：", len(old)))
	var rows [][]string
	for i, x := range old {
		b.para(numeral(i+1) + "、" + quoted(x))
		it.Links = append(it.Links, Link{Repeals, x.Key})
		done.gone[x.Key] = true
		rows = append(rows, []string{fmt.Sprint(i + 1), x.Title, x.DocNo, v.say("{已被新规定替代|依据的上级文件已废止|适用期已过|与现行政策不一致}")})
	}
	b.table(plain("废止的行政规范性文件目录", []string{"序号", "文件名称", "发文字号", "废止理由"}, rows))
	b.sign(v.unit.Name, v.day)
	b.add(Note, "（此件公开发布）")
	it.Body = b
}

// cleanUp publishes what remains in force and what has lapsed.
func (m *maker) cleanUp(v *voice, it *Item, done *library) {
	v.unit = m.slug("zfb")
	it.Unit, it.Issuer = v.unit.ID, v.unit.Name
	var valid, lapsed, gone [][]string
	for _, x := range done.all {
		row := []string{"", x.Title, x.DocNo}
		switch {
		case !x.Norm || x.Published > v.day || !(x.Unit == "mj" || x.Unit == "mj-zfb"):
			continue
		case done.gone[x.Key]:
			gone = append(gone, row)
		case x.Expires != "" && x.Expires < v.day:
			lapsed = append(lapsed, row)
		default:
			valid = append(valid, row)
		}
		it.Links = append(it.Links, Link{Cites, x.Key})
	}
	if len(valid) == 0 {
		it.Links = nil
		return
	}
	it.Title = fmt.Sprintf("明镜区人民政府办公室关于公布区政府行政规范性文件清理结果的通知（截至%s）", v.day.Long())
	it.DocNo = m.number(v, v.unit, v.day)
	var b Body
	b.add(To, "各镇人民政府、街道办事处，区政府各部门、各直属单位：")
	b.para(fmt.Sprintf("根据行政规范性文件管理有关规定，对区政府及区政府办公室制发的行政规范性文件进行了清理，共清理%d件，其中继续有效%d件、废止%d件、失效%d件，现予公布。未列入继续有效目录的文件，不得作为行政管理的依据。",
		len(valid)+len(lapsed)+len(gone), len(valid), len(gone), len(lapsed)))
	for _, t := range []struct {
		name string
		rows [][]string
	}{{"继续有效", valid}, {"废止", gone}, {"失效", lapsed}} {
		if len(t.rows) == 0 {
			continue
		}
		for i := range t.rows {
			t.rows[i][0] = fmt.Sprint(i + 1)
		}
		b.table(plain(t.name+"的行政规范性文件目录", []string{"序号", "文件名称", "发文字号"}, t.rows))
	}
	b.sign(v.unit.Name, v.day)
	b.add(Note, "（此件公开发布）")
	it.Body = b
}

// innerOf is the title of the document inside a title 关于印发《…》的通知.
func innerOf(title string) string {
	if _, rest, ok := strings.Cut(title, "《"); ok {
		if i := strings.LastIndex(rest, "》"); i >= 0 {
			return rest[:i]
		}
	}
	return title
}
