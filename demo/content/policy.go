package content

import (
	"fmt"
	"sort"
	"strings"
)

// form is the shape of a policy document.
type form string

const (
	scheme    form = "方案"
	measures  form = "办法"
	opinion   form = "意见"
	arrange   form = "通知"
	keyPoints form = "要点"
	forward   form = "转发"
	action    form = "行动计划"
)

// planned is a policy document before it is written.
type planned struct {
	day   Day
	unit  *Unit
	topic Topic
	form  form
	v     *voice

	trial  bool  // valid for a year only
	steady bool  // stays in force, to be amended first
	old    *Item // what it replaces
}

// policies writes the documents in order of their dates, so that each can cite,
// replace, amend or repeal what came before.
func (m *maker) policies(n int) {
	var plan []planned
	special := 3
	if n > 60 {
		special = n / 18
	}
	for i := range max(n-special, 6) {
		r := randFor(m.seed, fmt.Sprintf("plan/%d", i))
		v := &voice{Rand: r, used: map[string]bool{}, day: dayBetween(r, m.from, m.to.Add(-3))}
		switch x := r.IntN(100); {
		case x < 17:
			v.unit = m.slug("mj")
		case x < 40:
			v.unit = m.slug("zfb")
		case x < 86:
			v.unit = m.anyUnit(v, Department)
		case x < 97:
			v.unit = m.anyUnit(v, Town)
		default:
			v.unit = m.anyUnit(v, Platform)
		}
		forms := []form{scheme, scheme, measures, measures, opinion, arrange, arrange, keyPoints, action}
		switch v.unit.Kind {
		case Office:
			forms = append(forms, forward, forward)
		case Government:
			forms = []form{scheme, measures, measures, opinion, opinion, action}
		case Town:
			forms = []form{scheme, measures, arrange, arrange, keyPoints}
		}
		f := pick(r, forms)
		for (f == keyPoints && v.day.Month() > 4) || (f == arrange && v.day.Month() > 9) {
			f = pick(r, forms) // what is arranged for a year is arranged early in it
		}
		plan = append(plan, planned{v.day, v.unit, m.topic(v), f, v, false, false, nil})
	}
	// However few there are, one has lapsed and one can be amended.
	for i := range 2 {
		p := &plan[i]
		p.form, p.trial, p.steady = measures, i == 0, i == 1
		p.day = dayBetween(p.v.Rand, m.from, m.from.Add(60))
		p.v.day = p.day
	}
	for plan[1].topic.Name == plan[0].topic.Name {
		plan[1].topic = m.topic(plan[1].v)
	}
	sort.SliceStable(plan, func(i, k int) bool { return plan[i].day < plan[k].day })
	done := &library{}
	every := max(len(plan)/special, 2)
	for i, p := range plan {
		m.policy(fmt.Sprintf("policy-%04d", i+1), p, done)
		if (i+1)%every == 0 {
			m.change(fmt.Sprintf("policy-%04dx", i+1), p.day, (i+1)/every, done)
		}
	}
	for turn := 1; turn <= 3; turn++ { // what a small number left no room for
		if !done.changed[turn%3] {
			m.change(fmt.Sprintf("policy-9%03dx", turn), m.to.Add(turn-8), turn, done)
		}
	}
}

// policy writes one document.
func (m *maker) policy(key string, p planned, done *library) {
	v, u := p.v, p.unit
	it := &Item{Key: key, Kind: Policy, Openness: Open, State: Published, Unit: u.ID, Issuer: u.Name,
		Column: "20-1", Theme: themeOf(p.topic.Owner), Written: p.day}
	for _, x := range done.inForce(p.day, func(x *Item) bool { return x.Unit == u.ID }) {
		if q := done.of[x.Key]; q.topic.Name == p.topic.Name && q.form == p.form && p.form == measures && !q.steady && !q.trial {
			p.old = x
		}
	}
	inner, body := m.text(p, it)
	if p.old != nil {
		inner += fmt.Sprintf("（%d年修订）", p.day.Year())
		it.Links = append(it.Links, Link{Replaces, p.old.Key})
	}
	it.Title = m.policyTitle(p, inner)
	if m.titles[it.Title] {
		return
	}
	if p.old != nil {
		done.gone[p.old.Key] = true
	}
	it.DocNo = m.number(v, u, p.day)
	it.Body = m.wrap(p, it, inner, body, done)
	it.Summary = cut(strings.TrimPrefix(body.First(), "第一条　"), 110)
	if p.form == forward {
		it.Joint = nil
	} else if u.Kind == Department && v.chance(14) {
		if other := m.anyUnit(v, Department); other != u {
			it.Joint = []string{other.Name}
			it.Title = strings.Replace(it.Title, u.Name+"关于", u.Name+" "+other.Name+"关于", 1)
		}
	}
	it.Published = after(p.day, v.between(0, 6))
	if it.Published > m.to {
		it.Published = m.to
	}
	if u.Kind == Town {
		it.Column = pick(v.Rand, []string{"21-farm", "20-1"})
		if strings.Contains(p.topic.Name, "水利") {
			it.Column = "21-water"
		}
	}
	it.Words = []string{p.topic.Name, string(p.form)}
	it.Files = m.policyFiles(v, p, it)
	it.Upload = v.chance(22)
	m.settle(v, it)
	done.put(it, p)
}

func (m *maker) policyTitle(p planned, inner string) string {
	u := p.unit.Name
	name := p.topic.Name
	y := p.day.Year()
	switch p.form {
	case opinion:
		return u + "关于" + p.v.say(pick(p.v.Rand, []string{"进一步加强", "深入推进", "全面做好", "持续深化"})) + name + "工作的实施意见"
	case arrange:
		return fmt.Sprintf("%s关于做好%d年%s%s的通知", u, y, name, p.v.say("{有关工作|重点任务落实工作|工作}"))
	case keyPoints:
		return fmt.Sprintf("%s关于印发《%s》的通知", u, inner)
	case forward:
		owner := m.slug(p.topic.Owner)
		return fmt.Sprintf("%s转发%s、区财政局、区人力资源和社会保障局等部门关于%s%s%s若干措施的通知", u, owner.Short,
			p.v.say("{进一步健全|持续完善|协同推进}"), name+"工作机制", p.v.say("{推动城乡公共服务均衡可及|促进区域经济社会高质量发展|提升群众获得感和满意度|}"))
	default:
		return fmt.Sprintf("%s关于印发《%s》的通知", u, inner)
	}
}

// text writes the document itself, without the letter around it.
func (m *maker) text(p planned, it *Item) (inner string, body Body) {
	v, name, y := p.v, p.topic.Name, p.day.Year()
	place := "明镜区"
	switch p.unit.Kind {
	case Town:
		place = p.unit.Short
	case Platform:
		place = p.unit.Name
	}
	switch p.form {
	case measures:
		it.Norm = true
		inner = place + name + "实施办法"
		if strings.HasSuffix(name, "管理") || strings.HasSuffix(name, "监管") {
			inner = place + name + "办法"
		}
		it.Effective = date(p.day.Add(35).Year(), p.day.Add(35).Month(), 1)
		years := 5
		if p.trial || !p.steady && p.old == nil && v.chance(35) {
			inner += "（试行）"
			if years = pick(v.Rand, []int{1, 2}); p.trial {
				years = 1
			}
		}
		it.Expires = date(it.Effective.Year()+years, it.Effective.Month(), 1).Add(-1)
		body = m.articles(p, it)
	case action:
		inner = fmt.Sprintf("%s%s三年行动计划（%d—%d年）", place, name, y, y+2)
		it.Effective, it.Expires = p.day, date(y+2, 12, 31)
		body = m.tasks(p)
	case keyPoints:
		inner = fmt.Sprintf("%d年%s%s工作要点", y, place, name)
		it.Effective, it.Expires = p.day, date(y, 12, 31)
		body = m.points(p)
	case scheme:
		inner = fmt.Sprintf("%s%s%s", place, name, v.say("{实施方案|工作方案|专项行动方案}"))
		it.Effective = p.day
		if v.chance(60) {
			inner += fmt.Sprintf("（%d—%d年）", y, y+1)
			it.Expires = date(y+1, 12, 31)
		}
		body = m.tasks(p)
	case opinion:
		it.Norm = true
		it.Effective = p.day
		it.Expires = date(y+5, p.day.Month(), 1)
		body = m.tasks(p)
	default:
		it.Effective = p.day
		body = m.points(p)
	}
	return inner, body
}

// tasks is the usual order of a plan: why, what for, what to do, how it is held.
func (m *maker) tasks(p planned) Body {
	v, t := p.v, p.topic
	var b Body
	b.para(v.say(pick(v.Rand, t.Why)) + v.say(pick(v.Rand, openings)) + v.say("，结合实际，制定本"+map[form]string{opinion: "意见", action: "行动计划", scheme: "方案"}[p.form]+"。"))
	n := 0
	head := func(s string) { n++; b.section(1, numeral(n)+"、"+v.say(s)) }
	head("{总体要求|指导思想|工作思路}")
	b.para(v.say(pick(v.Rand, guidelines)))
	if v.chance(45) {
		for i, s := range some(v.Rand, principles, 3) {
			b.para(fmt.Sprintf("（%s）%s", numeral(i+1), v.say(s)))
		}
	}
	head("{主要目标|工作目标|目标任务}")
	for _, s := range t.Goal {
		b.para(v.say(s))
	}
	head("{重点任务|主要措施|工作任务}")
	for i, d := range m.measuresOf(p) {
		b.section(2, fmt.Sprintf("（%s）%s", numeral(i+1), d[0]))
		if len(d) > 2 && v.chance(60) {
			for k, s := range d[1:] {
				b.para(fmt.Sprintf("%d.%s", k+1, v.say(s)))
			}
			b[len(b)-1].Text += m.duty(v, t)
			continue
		}
		var text strings.Builder
		for _, s := range d[1:] {
			text.WriteString(v.say(s))
		}
		b.para(text.String() + m.duty(v, t))
	}
	if v.chance(70) {
		head("{实施步骤|进度安排}")
		start := p.day
		for i, s := range some(v.Rand, steps, 3) {
			end := start.Add(40 + 70*i)
			b.para(fmt.Sprintf("（%s）%s", numeral(i+1), strings.NewReplacer("FROM", start.Long(), "TO", end.Long()).Replace(v.say(s))))
			start = end
		}
	}
	head("{保障措施|工作要求|组织实施}")
	for i, s := range some(v.Rand, safeguards, v.between(3, 5)) {
		h, text, _ := strings.Cut(s, "|")
		b.para(fmt.Sprintf("（%s）%s。%s", numeral(i+1), v.say(h), v.say(text)))
	}
	return b
}

// measuresOf mixes the topic's measures with general ones.
func (m *maker) measuresOf(p planned) [][]string {
	out := some(p.v.Rand, p.topic.Do, p.v.between(min(3, len(p.topic.Do)), len(p.topic.Do)))
	for _, s := range some(p.v.Rand, generalMeasures, p.v.between(1, 2)) {
		out = append(out[:len(out):len(out)], split(s, '|'))
	}
	return out
}

// duty names who is responsible, in brackets.
func (m *maker) duty(v *voice, t Topic) string {
	if t.local() || !v.chance(70) {
		return ""
	}
	lead := m.slug(t.Owner).Short
	with := m.anyUnit(v, Department).Short
	if with == lead {
		return "（责任单位：" + lead + "）"
	}
	return v.say("（{责任单位|牵头单位}：" + lead + "{，配合单位：" + with + "|、" + with + "|，各镇人民政府、街道办事处}）")
}

// points is a short document: numbered sections, each a paragraph.
func (m *maker) points(p planned) Body {
	v, t := p.v, p.topic
	var b Body
	b.para(v.say(pick(v.Rand, t.Why)) + v.say("为{切实做好有关工作|推动各项任务落到实处|确保完成年度目标}，现将有关事项{通知|明确|安排}如下：")) // the measures follow
	for i, d := range m.measuresOf(p) {
		b.section(1, fmt.Sprintf("%s、%s", numeral(i+1), d[0]))
		if i == 0 {
			b.para(v.say(pick(v.Rand, t.Goal)))
		}
		for _, s := range d[1:] {
			b.para(v.say(s))
		}
	}
	b.para(v.say(pick(v.Rand, closings)))
	return b
}

// articles writes a set of rules in chapters and articles.
func (m *maker) articles(p planned, it *Item) Body {
	v, t := p.v, p.topic
	var b Body
	chapter, article := 0, 0
	ch := func(s string) { chapter++; b.section(1, "第"+numeral(chapter)+"章　"+s) }
	art := func(s string) { article++; b.para("第" + numeral(article) + "条　" + v.say(s)) }
	lead := p.unit.Short
	if !t.local() && p.unit.Kind != Platform {
		lead = m.slug(t.Owner).Short
	}
	ch("总则")
	art("为{加强和规范|进一步规范|做好}" + t.Name + "工作，{维护公平公正|保障群众合法权益|提高工作质量和效率}，根据有关法律、法规、规章和上级政策规定，结合{本区|我区}实际，制定本办法。")
	art("本办法适用于本{区|辖区}范围内" + t.Name + "及其监督管理活动。法律、法规另有规定的，从其规定。")
	art(t.Name + "工作应当遵循{依法规范、公开透明、便民高效|统筹规划、分级负责、注重实效|政府主导、社会参与、公众监督}的原则。")
	art(lead + "负责" + t.Name + "工作的组织实施和监督管理。{财政、审计、自然资源、市场监管|发展改革、财政、公安、应急管理|财政、人力资源和社会保障、民政}等部门按照各自职责做好相关工作。{镇人民政府、街道办事处|各镇（街道）}配合做好本辖区内的{宣传、核查、服务|日常巡查、信息报告|组织协调}等工作。")
	for _, d := range m.measuresOf(p) {
		ch(d[0])
		for _, s := range d[1:] {
			art(s)
		}
		if general := pick(v.Rand, generalArticles); v.chance(55) && !v.used[general] {
			v.used[general] = true
			art(general)
		}
	}
	ch("监督管理")
	for _, s := range some(v.Rand, supervision, v.between(2, 4)) {
		art(s)
	}
	ch("附则")
	if v.chance(50) {
		art("本办法由" + lead + "负责解释。")
	}
	article++
	b.para(fmt.Sprintf("第%s条　本办法自%s起施行，有效期至%s。", numeral(article), it.Effective.Long(), it.Expires.Long()))
	return b
}

// wrap puts the letter around the document: addressee, decision, signature, note.
func (m *maker) wrap(p planned, it *Item, inner string, text Body, done *library) Body {
	v, u := p.v, p.unit
	var b Body
	switch u.Kind {
	case Government, Office:
		b.add(To, "各镇人民政府、街道办事处，区政府各部门、各直属单位：")
	case Town:
		b.add(To, "各村（居）民委员会，机关各办公室，辖区各有关单位：")
	default:
		b.add(To, v.say("{各镇人民政府、街道办事处，区直各有关单位，局属各单位：|各有关单位，机关各科室：|各镇（街道），各相关企事业单位：}"))
	}
	note := m.cite(v, it, p, done)
	switch {
	case p.form == forward:
		b.para(v.say(fmt.Sprintf("%s、区财政局、区人力资源和社会保障局等部门《关于%s工作的若干措施》已经区政府{同意|研究同意}，现转发给你们，请结合实际{认真贯彻落实|抓好落实}。", m.slug(p.topic.Owner).Short, p.topic.Name)) + note)
	case inner == "":
		if note != "" {
			b.para(note)
		}
	case u.Kind == Government:
		b.para(v.say(fmt.Sprintf("《%s》已经%s区人民政府第%d次常务会议审议通过，现印发给你们，请{认真组织实施|遵照执行|认真贯彻执行}。", inner, p.day.Long()[:len("2024年")], v.between(20, 96))) + note)
	case u.Kind == Office:
		b.para(v.say("《"+inner+"》已经区政府同意，现印发给你们，请{认真贯彻执行|结合实际抓好落实|认真组织实施}。") + note)
	default:
		b.para(v.say("现将《"+inner+"》印发给你们，请{结合实际，认真贯彻落实|遵照执行|认真组织实施}。") + note)
	}
	if p.old != nil {
		b.para(quoted(p.old) + "同时废止。")
	}
	sign := func() {
		b.sign(u.Name, p.day)
		b.add(Note, "（此件公开发布）")
	}
	if inner != "" {
		sign()
		b.add(Inner, inner)
		b = append(b, text...)
	} else {
		b = append(b, text...)
		sign()
	}
	return b
}

// policyFiles are the annexes of some documents.
func (m *maker) policyFiles(v *voice, p planned, it *Item) []File {
	if !v.chance(18) {
		return nil
	}
	var rows [][]string
	for i, d := range p.topic.Do {
		rows = append(rows, []string{fmt.Sprint(i + 1), d[0], v.say("{年底前|6月底前|9月底前|长期坚持|按季度推进}"), m.anyUnit(v, Department).Short})
	}
	var b Body
	b.table(plain(p.topic.Name+"任务分工表", []string{"序号", "任务", "完成时限", "责任单位"}, rows))
	ext := pick(v.Rand, []string{".docx", ".xlsx"})
	return []File{{Name: "附件：" + p.topic.Name + "任务分工表" + ext, Body: b}}
}
