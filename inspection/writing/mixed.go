package writing

import (
	"strings"
	"unicode/utf8"
)

// inLine: 本着……为原则, of 本着……的原则 and 以……为原则.
func (w *work) inLine(s string, b, e int) {
	for _, lead := range []string{"本着", "遵循", "按照", "坚持"} {
		k := strings.Index(s[b:e], lead)
		if k < 0 {
			continue
		}
		from := b + k
		to := clauseEnd(s, from, e)
		body := s[from:to]
		for _, tail := range []string{"为原则", "为宗旨"} {
			j := strings.Index(body, tail)
			if rest, ok := strings.CutPrefix(body, lead+"以"); ok && j > len(lead)+len("以") && lead != "坚持" && lead != "按照" {
				right := lead + rest[:j-len(lead)-len("以")] + "的" + tail[len("为"):]
				w.sayClean("grammar.mixed", from, from+j+len(tail), right, right)
				return
			}
			if j < 0 || lead == "坚持" || strings.Contains(body[:j], "以") || strings.Contains(body[:j], "作") {
				continue
			}
			if p, ok := strings.CutPrefix(body[j:], "为"); ok {
				right := body[:j] + "的" + p[:len("原则")]
				w.sayClean("grammar.mixed", from, from+len(right), right, right)
				return
			}
		}
	}
}

// according: 根据……数据显示，, whose subject is lost behind 根据.
func (w *work) according(s string, b, e int) {
	for _, verb := range []string{"显示", "表明"} {
		k := strings.Index(s[b:e], verb)
		if k < 0 {
			continue
		}
		at := b + k
		from, _ := clauseAround(s, b, e, at)
		from = opening(s, from, e)
		rest, ok := cutAny(s[from:at], "根据", "依据", "按照")
		next := after(s, at+len(verb))
		if !ok || next != '，' && next != '：' && next != ',' || strings.ContainsRune(rest, '《') || strings.Contains(rest, "要求") || utf8.RuneCountInString(rest) > 24 {
			continue
		}
		right := rest + verb
		w.sayClean("grammar.mixed", from, at+len(verb), right, right)
		return
	}
}

// onlyIf: 只要……，才能, of 只有……才 and 只要……就.
func (w *work) onlyIf(s string, b, e int) {
	if k := strings.Index(s[b:e], "只要"); k >= 0 {
		at := b + k
		if j := strings.Index(s[at:e], "，才"); j > 0 && !holds(s[at:at+j], "就", "便", "都", "即", "均", "只有", "也") && !strings.Contains(s[b:at], "只有") && startsAny(s[at+j+len("，才"):], "能", "会", "可", "有") {
			w.sayClean("grammar.mixed", at, at+len("只要"), "只有", "只有……才……")
		}
		return
	}
	at := b + strings.Index(s[b:e], "只有")
	if j := strings.Index(s[at:e], "，就"); j > 0 && !holds(s[at:at+j], "才", "，", "只要", "如果", "一") && startsAny(s[at+j+len("，就"):], "能", "会", "可以", "一定") {
		w.sayClean("grammar.mixed", at+j+len("，"), at+j+len("，就"), "才", "只有……才……")
	}
}

// notOnly: 不仅是……，而是, of 不仅是……而且是 and 不是……而是.
func (w *work) notOnly(s string, b, e int) {
	at := b + strings.Index(s[b:e], "而是")
	for _, lead := range []string{"不仅", "不但"} {
		k := strings.LastIndex(s[b:at], lead)
		if k < 0 || holds(s[b+k+len(lead):at], "不是", "并非", "不在于", "不单", "不只", "不能", "没有", "不再") || !strings.HasSuffix(s[:at], "，") {
			continue
		}
		if startsAny(s[at+len("而是"):], "更", "还") {
			continue
		}
		w.sayClean("grammar.mixed", at, at+len("而是"), "而且是", lead+"……而且……")
		return
	}
}

// avoid: 避免……不再发生, which says the contrary.
func (w *work) avoid(s string, b, e int) {
	for _, lead := range []string{"避免", "防止", "杜绝", "防范", "以免"} {
		k := strings.Index(s[b:e], lead)
		if k < 0 {
			continue
		}
		from := b + k
		to := clauseEnd(s, from, e)
		for _, x := range []struct{ wrong, right string }{{"不再发生", "再次发生"}, {"不再出现", "再次出现"}, {"不发生", "发生"}, {"不出现", "出现"}, {"不再重犯", "再犯"}, {"不会发生", "发生"}, {"不会再发生", "再次发生"}, {"不再重复", "重复"}} {
			j := strings.Index(s[from:to], x.wrong)
			// 避免积压，做到不发生……: another verb governs it.
			if j < 0 || holds(s[from:from+j], "确保", "做到", "保证", "力争", "实现", "使", "因", "、", "由于", "从而") || strings.HasPrefix(s[from+j+len(x.wrong):], "的") {
				continue
			}
			w.sayClean("grammar.mixed", from+j, from+j+len(x.wrong), x.right, lead+"……"+x.right)
			return
		}
	}
}

// purpose: 为了……为目的, of 为了 and 以……为目的.
func (w *work) purpose(s string, b, e int) {
	at := b + strings.Index(s[b:e], "为目的")
	from, _ := clauseAround(s, b, e, at)
	if k := strings.LastIndex(s[from:at], "旨在以"); k >= 0 {
		w.sayClean("grammar.mixed", from+k, from+k+len("旨在以"), "以", "以……为目的")
		return
	}
	if k := strings.LastIndex(s[from:at], "为了"); k >= 0 && !strings.Contains(s[from+k:at], "以") {
		i := from + k
		right := "以" + s[i+len("为了"):at] + "为目的"
		w.sayClean("grammar.mixed", i, at+len("为目的"), right, right)
	}
}

// keyTwice: 关键在于……是根本, which names the key twice.
func (w *work) keyTwice(s string, b, e int) {
	for _, lead := range []string{"关键在于", "关键是"} {
		k := strings.Index(s[b:e], lead)
		if k < 0 {
			continue
		}
		from := b + k
		to := clauseEnd(s, from, e)
		for _, tail := range []string{"是根本", "是关键", "是重点", "是前提", "最重要", "起决定性作用", "起决定作用", "起关键作用", "起着决定性作用"} {
			if body := s[from:to]; strings.HasSuffix(body, tail) {
				right := strings.TrimSuffix(body, tail)
				w.sayClean("grammar.mixed", from, to, right, right)
				return
			}
		}
	}
}

// whether: 能否……，是……的前提, two sides before one.
func (w *work) whether(s string, b, e int) {
	from := opening(s, b, e)
	word := ""
	for _, x := range []string{"能否", "是否"} {
		if strings.HasPrefix(s[from:e], x) {
			word = x
		}
	}
	if word == "" {
		return
	}
	k := strings.Index(s[from:e], "，是")
	if k < 0 {
		return
	}
	rest := s[from+k+len("，是") : e]
	// 成败的关键 and 合格与否的前提 have two sides as well.
	if holds(rest, "能否", "是否", "与否", "成败", "不", "好坏", "高低", "，", "检验", "衡量", "判断") || !suffixIn(rest, "的前提", "的保证", "的保障", "的条件", "的基础", "的必要条件", "的重要前提", "的重要保障", "的重要基础", "的根本保证", "的基本条件") {
		return
	}
	w.sayClean("grammar.mixed", from, from+k, strings.TrimPrefix(s[from:from+k], word), strings.TrimPrefix(s[from:from+k], word)+"，是……")
}

// praised: 得到了……受到好评, two sentences in one.
func (w *work) praised(s string, b, e int) {
	for _, tail := range []string{"受到好评", "受好评"} {
		k := strings.Index(s[b:e], tail)
		if k < 0 {
			continue
		}
		at := b + k
		from, to := clauseAround(s, b, e, at)
		for _, lead := range []string{"得到", "受到", "赢得"} {
			if j := strings.Index(s[from:at], lead); j >= 0 && to == at+len(tail) {
				w.sayClean("grammar.mixed", at, to, "（删）", s[from+j:at])
				return
			}
		}
	}
}

// attribute: 得到有效地解决, where what is got is a thing.
func (w *work) attribute(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "得到")
		if k < 0 {
			return
		}
		i := at + k + len("得到")
		at = i
		rest, _ := cutAny(s[i:e], "了")
		j := strings.Index(rest[:min(len(rest), 30)], "地")
		if j < 3 || j > 18 {
			continue
		}
		if how := rest[:j]; !startsAny(how, "有效", "及时", "妥善", "全面", "切实", "明显", "显著", "充分", "进一步", "快速", "圆满", "极大", "较好", "很好", "真正") {
			continue
		}
		if act := rest[j+len("地"):]; startsAny(act, "解决", "落实", "保障", "提升", "改善", "控制", "处理", "发展", "提高", "保护", "执行", "体现", "发挥", "化解", "整改", "治理", "满足", "实施", "推进", "利用") {
			place := e - len(rest) + j
			w.sayClean("grammar.particle", place, place+len("地"), "的")
		}
	}
}

// clauseDot: 加强领导、明确责任、细化措施、确保……: what the acts are for is joined by a
// comma.
func (w *work) clauseDot(s string, b, e int) {
	for _, word := range []string{"、确保", "、从而"} {
		k := strings.Index(s[b:e], word)
		if k < 0 {
			continue
		}
		at := b + k
		from, to := clauseAround(s, b, e, at)
		// The last of equal acts is as long as they are and ends the clause of a list:
		// 全面规划、合理布局、确保质量的原则. A purpose has its own subject and verb.
		purpose := s[at+len(word) : to]
		if strings.Count(s[from:at], "、") < 1 || strings.Contains(purpose, "、") || strings.Contains(purpose, "的原则") || utf8.RuneCountInString(purpose) < 8 || !(to == e || endMark(s, to)) {
			continue
		}
		equal := true
		for _, x := range strings.Split(s[from:at], "、") {
			n := utf8.RuneCountInString(x)
			equal = equal && n >= 4 && n <= 10
		}
		if equal {
			w.sayClean("punct.clause", at, at+len("、"), "，")
			return
		}
	}
}

// welcomed: 深受居民所欢迎, of 深受居民欢迎 and 为居民所欢迎.
func (w *work) welcomed(s string, b, e int) {
	for _, verb := range []string{"所欢迎", "所喜爱", "所好评", "所关注", "所青睐", "所称赞"} {
		k := strings.Index(s[b:e], verb)
		if k < 0 {
			continue
		}
		at := b + k
		from, _ := clauseAround(s, b, e, at)
		for _, lead := range []string{"深受", "备受", "受到", "颇受", "广受"} {
			if j := strings.LastIndex(s[from:at], lead); j >= 0 && !holds(s[from+j:at], "为", "被", "的") && utf8.RuneCountInString(s[from+j:at]) < 16 {
				right := s[from+j:at] + verb[len("所"):]
				w.sayClean("grammar.mixed", from+j, at+len(verb), right, right)
				return
			}
		}
	}
}

// centred: 围绕以……为中心, of 围绕 and 以……为中心.
func (w *work) centred(s string, b, e int) {
	at := b + strings.Index(s[b:e], "围绕以")
	body := s[at+len("围绕以") : clauseEnd(s, at, e)]
	for _, tail := range []string{"为中心", "为核心", "为主线", "为主题", "为重点"} {
		if k := strings.Index(body, tail); k > 0 && !startsAny(body, "下", "上") {
			w.sayClean("grammar.mixed", at, at+len("围绕以"), "围绕", "围绕"+body[:k])
			return
		}
	}
}
