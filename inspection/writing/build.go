package writing

import (
	"strings"
	"unicode/utf8"
)

// clauseAround returns the clause of the sentence s[b:e] in which byte at stands.
func clauseAround(s string, b, e, at int) (from, to int) {
	from, to = b, clauseEnd(s, at, e)
	if k := strings.LastIndex(s[b:at], "，"); k >= 0 {
		from = b + k + len("，")
	}
	return from, to
}

// opening skips what may stand before the first word of a sentence: blanks, the
// number of a heading, 一是.
func opening(s string, b, e int) int {
	for {
		rest := strings.TrimLeft(s[b:e], " 　\t\r*#")
		at := e - len(rest)
		if h, ok := headOf(rest); ok {
			at += h.e
		} else if tail, ok := cutAny(rest, "一是", "二是", "三是", "四是", "五是", "六是", "同时，", "此外，", "近年来，", "今年以来，", "另外，", "首先，", "其次，", "“", "："); ok {
			at = e - len(tail)
		} else {
			return at
		}
		if at == b {
			return at
		}
		b = at
	}
}

// subject: 通过……，使……: the sentence has no subject.
func (w *work) subject(s string, b, e int) {
	from := opening(s, b, e)
	k := strings.Index(s[from:e], "，")
	if k < 0 {
		return
	}
	at := from + k
	rest, ok := cutAny(s[at+len("，"):e], "使得", "使", "让")
	if !ok {
		return
	}
	first := s[from:at]
	led := strings.HasPrefix(first, "通过") || strings.HasPrefix(first, "经过") || strings.HasPrefix(first, "随着") || strings.HasPrefix(first, "在") && suffixIn(first, "下", "后", "中")
	// 使用 and 让步 are words; 使……的做法 is the subject itself.
	if !led || startsAny(rest, "用", "命", "者", "步", "利", "渡", "领") || holds(s[e-len(rest):e], "的做法", "的办法", "的方式", "的经验", "的模式", "的举措", "的目标", "的目的", "成为可能的") {
		return
	}
	i := at + len("，")
	w.sayClean("grammar.subject", i, e-len(rest), "（删）", first[:min(len(first), len("通过"))], s[i:e-len(rest)])
}

func startsAny(s string, all ...string) bool {
	for _, x := range all {
		if strings.HasPrefix(s, x) {
			return true
		}
	}
	return false
}

// supports end what stands between 在 and the 下 that is often left out.
var supports = []string{"领导，", "指导，", "支持，", "帮助，", "关怀，", "关心，", "配合，", "努力，"}

// adjectives may stand before them.
var adjectives = []string{"正确", "坚强", "大力", "统一", "具体", "亲切", "精心", "悉心", "有力", "共同", "关心", "高度", "领导", "指导", "和", "与", "、", "密切", "积极", "鼎力", "支持", "帮助", "坚定"}

// under: 在区委的正确领导，我局……, without 下.
func (w *work) under(s string, b, e int) {
	for _, x := range supports {
		k := strings.Index(s[b:e], x)
		if k < 0 {
			continue
		}
		from, to := clauseAround(s, b, e, b+k)
		from = opening(s, from, e)
		body, ok := strings.CutPrefix(s[from:to], "在")
		if !ok || to >= e {
			continue
		}
		head := body
		for cut := true; cut; {
			cut = false
			for _, a := range adjectives {
				if strings.HasSuffix(head, a) {
					head, cut = head[:len(head)-len(a)], true
				}
			}
		}
		head, ok = strings.CutSuffix(head, "的")
		if !ok || head == "" || startsAny(head, "加强", "坚持", "完善", "强化", "于", "接受", "争取", "谋求") || holds(s[to:e], "方面", "等方面", "上", "过程中", "环节", "中，", "下，", "下取得") || holds(head, "受") {
			continue
		}
		w.sayClean("grammar.half", to-len(x)+len("，"), to, strings.TrimSuffix(x, "，")+"下", strings.TrimSuffix(x, "，")+"下")
		return
	}
}

// aimed: 针对……办证慢、材料多，, without 问题.
func (w *work) aimed(s string, b, e int) {
	k := strings.Index(s[b:e], "针对")
	at := b + k
	to := clauseEnd(s, at, e)
	body := s[at:to]
	if to >= e || !strings.Contains(body, "、") || holds(body, "问题", "情况", "现象", "难题", "短板", "诉求", "特点", "实际", "困难", "痛点", "堵点", "难点", "等", "弱项", "不足", "性") {
		return
	}
	r, n := utf8.DecodeLastRuneInString(body)
	dot := strings.LastIndex(body, "、")
	if !strings.ContainsRune("慢多难长少低高差弱乱散繁贵", r) || utf8.RuneCountInString(body[dot:]) > 7 {
		return
	}
	w.sayClean("grammar.half", to-n, to, string(r)+"等问题", string(r)+"等问题")
}

// enlarge: 加大……信息公开，, without 力度.
func (w *work) enlarge(s string, b, e int) {
	k := strings.Index(s[b:e], "加大")
	at := b + k
	to := clauseEnd(s, at, e)
	body := s[at+len("加大") : to]
	if strings.HasPrefix(body, "对") && to < e && strings.HasPrefix(s[to:], "，") && !holds(body, "力", "、", "了", "投入", "度") {
		for _, act := range []string{"的指导", "的监督", "的监管", "的检查", "的宣传", "的培训", "的查处", "的打击", "的扶持", "的整治", "的督查", "的考核"} {
			if strings.HasSuffix(body, act) {
				w.sayClean("grammar.half", to-len(act), to, act+"力度", act+"力度")
				return
			}
		}
	}
	if j := strings.IndexAny(body, "、（“"); j >= 0 || holds(body, "力", "投入", "频", "范围", "幅", "比例", "步伐", "深度", "对", "了", "投资", "的", "度") {
		return
	}
	for _, act := range []string{"公开", "宣传", "培训", "监管", "督查", "整治", "查处", "排查", "宣传引导", "执法检查", "监督检查", "巡查", "宣讲", "解读", "推广", "帮扶"} {
		if strings.HasSuffix(body, act) {
			w.sayClean("grammar.half", to-len(act), to, act+"力度", act+"力度")
			return
		}
	}
}

// mechanism: 健全信息发布审核，, without 机制.
func (w *work) mechanism(s string, b, e int) {
	k := strings.Index(s[b:e], "健全")
	at := b + k
	to := clauseEnd(s, at, e)
	body := s[at+len("健全") : to]
	if j := strings.IndexAny(body, "、（“《"); j >= 0 || suffixIn(s[b:at], "建立、", "加强和", "建立") && to == e || holds(body, "机制", "制度", "体系", "网络", "和", "与", "的", "加强", "法规", "标准", "系统", "平台", "机构", "组织") || utf8.RuneCountInString(body) < 4 || utf8.RuneCountInString(body) > 14 {
		return
	}
	for _, act := range []string{"审核", "审查", "发布", "考核", "评估", "协调", "会商", "研判", "通报", "回应", "联动", "问责", "督办"} {
		if strings.HasSuffix(body, act) {
			w.sayClean("grammar.half", to-len(act), to, act+"机制", act+"机制")
			return
		}
	}
}

// role: 充分发挥……方面，, without 作用.
func (w *work) role(s string, b, e int) {
	k := strings.Index(s[b:e], "发挥")
	at := b + k
	if holds(s[at:e], "作用", "优势", "功能", "效能", "效用", "积极性", "主动性", "能动", "潜力", "水平", "特长", "职能", "才能", "效益", "力量", "效应", "智慧", "效力", "成效", "主体", "价值", "所长", "长处", "专长", "能力", "余热", "潜能", "骨干", "先锋", "示范", "影响", "创造性", "性") {
		return
	}
	to := clauseEnd(s, at, e)
	body := s[at:to]
	for _, tail := range []string{"方面", "过程中", "工作中", "建设中"} {
		if strings.HasSuffix(body, tail) && strings.Contains(body, "在") && to < e {
			w.sayClean("grammar.half", to-len(tail), to, tail+"的作用", tail+"的作用")
			return
		}
	}
}

// oriented: 以……需求，, without 为导向; 从……问题，, without 入手.
func (w *work) oriented(s string, b, e int) {
	for _, x := range []struct{ tail, lead, add string }{{"需求，", "以", "为导向"}, {"问题，", "从", "入手"}, {"问题，", "以", "为导向"}} {
		k := strings.Index(s[b:e], x.tail)
		if k < 0 {
			continue
		}
		from, to := clauseAround(s, b, e, b+k)
		from = opening(s, from, e)
		body, ok := strings.CutPrefix(s[from:to], x.lead)
		if !ok || to >= e || startsAny(body, "及", "便", "来", "上", "下", "外", "此", "根本", "而", "源头", "严", "重", "快") || holds(body, "为", "引导", "解决", "满足", "破解", "作为", "回应", "中发现", "上", "中", "反映", "研究", "方式", "形式", "化解", "处理", "发现", "当作", "避免", "防止", "应对") ||
			startsAny(s[to+len("，"):e], "到", "为", "作为", "入手", "出发", "着手") {
			continue
		}
		w.sayClean("grammar.half", to-len(x.tail)+len("，"), to, strings.TrimSuffix(x.tail, "，")+x.add, strings.TrimSuffix(x.tail, "，")+x.add)
		return
	}
}
