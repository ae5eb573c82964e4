package content

import "fmt"

// unfinished invents what is still in work on the last day, one or more in each
// state, and what is kept from the public with its reason.
func (m *maker) unfinished(n int) {
	from := m.from
	m.from, m.prefix = m.to.Add(-16), "w-"
	start := len(m.items)
	kept := max(2, n/4)
	rest := n - kept
	m.notices(rest/3 + 1)
	m.news(rest/4 + 1)
	m.welfare(rest/6 + 1)
	m.inspections(rest/8 + 1)
	m.permits(rest/8 + 1)
	m.from, m.prefix = from, ""

	states := []State{Draft, InFirst, InSecrecy, InSecond, InFinal, Returned, Cleared, Scheduled}
	r := randFor(m.seed, "unfinished")
	for i, it := range m.items[start:] {
		it.State = states[i%len(states)]
		it.Published = maxDay(it.Written, m.to.Add(-16))
		switch it.State {
		case Returned:
			it.Comment = pick(r, returnComments)
		case Scheduled:
			it.Due = after(m.to, 3+r.IntN(12))
		}
	}
	m.from = from
	m.kept(kept)
}

var returnComments = []string{
	"标题与正文所述时间不一致，请核对后重新提交。",
	"表中合计数请再核一遍，并注明统计口径。",
	"涉及个人的内容请去标识化处理，保留姓氏即可。",
	"请补充依据文件的名称和文号，并确认文件是否现行有效。",
	"落款单位应当使用规范全称，请修改。",
	"联系电话请改为办公电话，不要使用个人手机号码。",
}

// kept are documents that are not for everybody.
func (m *maker) kept(n int) {
	kinds := []struct {
		title, text, reason, clause string
		openness                    Openness
	}{
		{"关于{topic}专项调研情况的内部讨论记录（{date}）", "会议就初步方案交换了意见，尚未形成决定，有关数据有待进一步核实。", "属于讨论记录，公开后可能误导公众。", "E16b", NotOpen},
		{"{u}机关工作人员考勤和休假管理规定（{y}年）", "为规范机关内部管理，对考勤、请销假和值班安排作出规定。", "属于人事管理方面的内部事务信息。", "E16a", NotOpen},
		{"关于{topic}有关事项的请示（{y}年第{#1-40}号）", "现就资金安排和职责分工有关事项请示，当否，请批示。", "属于请示报告，正在研究过程中。", "E16b", NotOpen},
		{"{company}技术改造项目申报资料审核意见（{y}年）", "申报单位提交的工艺参数和成本构成等资料涉及其商业秘密，审核意见随附。", "涉及商业秘密，公开会对第三方合法权益造成损害。", "E15", NotOpen},
		{"{u}行政处罚案件调查笔录目录（{y}年第{一|二|三|四}季度）", "本目录记载案件调查取证材料名称和页码，供归档使用。", "属于行政执法案卷信息。", "E16c", NotOpen},
		{"{topic}项目验收资料汇编（{y}年）", "汇编收录项目合同、检测报告、监理记录和验收意见，篇幅较大，专业性较强。", "不涉及公众广泛知晓的内容，根据申请提供。", "", OnRequest},
		{"{u}关于{topic}群众来访逐件核查情况的报告（{y}年{month}）", "核查情况按件列出来访人姓名、住址和家庭情况，汇总数据已主动公开。", "含有个人隐私，汇总情况已主动公开，其余根据申请区分处理。", "E15", OnRequest},
	}
	m.prefix = "k-"
	m.each(Policy, n, func(v *voice, it *Item, i int) {
		k := kinds[(i+i/len(kinds))%len(kinds)]
		v.speak(m.anyUnit(v, Department, Department, Town))
		t := pick(v.Rand, m.topicsOf(v.unit))
		it.Title = v.say(replaceTopic(k.title, t.Name))
		it.Column = "20-15"
		it.Body.para(v.say(pick(v.Rand, t.Why)))
		it.Body.para(v.say(k.text))
		it.Body.sign(v.unit.Name, v.day)
		it.State, it.Openness, it.Reason, it.Clause = Kept, k.openness, k.reason, k.clause
	})
	m.prefix = ""
}

func replaceTopic(s, topic string) string {
	const blank = "{topic}"
	for i := 0; i+len(blank) <= len(s); i++ {
		if s[i:i+len(blank)] == blank {
			return s[:i] + topic + s[i+len(blank):]
		}
	}
	return s
}

// afterwards withdraws some published items and corrects others.
func (m *maker) afterwards(n int) {
	target := map[string]bool{}
	for _, it := range m.items {
		for _, l := range it.Links {
			target[l.To] = true
		}
	}
	var gone, changed []*Item
	for _, it := range m.items {
		if it.State != Published || target[it.Key] || it.Published > m.to.Add(-40) || len(it.Links) > 0 {
			continue
		}
		switch it.Kind {
		case Notice, Penalty, Permit, Recruitment, News:
			gone = append(gone, it)
		case Welfare, Inspection, Emergency, Guide, Function, Project:
			changed = append(changed, it)
		}
	}
	r := randFor(m.seed, "afterwards")
	for _, it := range some(r, gone, n) {
		it.State = Withdrawn
		it.Gone = minDay(after(it.Published, 5+r.IntN(90)), m.to)
		it.Why = pick(r, withdrawReasons(it.Kind))
	}
	for _, it := range some(r, changed, n) {
		u := m.unitByID(it.Unit)
		day := minDay(after(it.Published, 2+r.IntN(25)), m.to)
		note, text := "补充咨询渠道", fmt.Sprintf("补充说明：群众可在工作日拨打%s咨询，也可到%s现场咨询。（%s补充）", u.Contact.Phone, u.Contact.Address, day.Long())
		if r.IntN(2) == 0 {
			note, text = "更正联系电话", fmt.Sprintf("更正：文中联系电话以%s为准，给您带来不便，敬请谅解。（%s更正）", u.Contact.Phone, day.Long())
		}
		body := append(Body{}, it.Body...)
		at := len(body)
		for i, b := range body {
			if b.Style == Sign {
				at = i
				break
			}
		}
		body = append(body[:at:at], append(Body{{Style: Para, Text: text}}, body[at:]...)...)
		it.Revision = &Revision{Day: day, Note: note, Body: body}
	}
}

func withdrawReasons(k Kind) []string {
	switch k {
	case Penalty:
		return []string{"该行政处罚决定经行政复议已依法变更，按规定撤回原公开信息。", "当事人已履行义务并完成信用修复，公示期满，按规定撤下。"}
	case Permit, Recruitment, Notice:
		return []string{"公示期满，已按规定撤下；结果另行公布。", "公告中部分信息有误，已重新发布更正后的公告。", "有关事项已经调整，原公告不再适用。"}
	default:
		return []string{"稿件内容与事实有出入，经核实予以撤回。", "该信息与另一条信息内容重复，予以撤回。"}
	}
}
