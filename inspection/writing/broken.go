package writing

import (
	"strings"
	"unicode/utf8"
)

// standsAs are words that end in 为 and may end a clause behind 以.
var standsAs = []string{"行为", "作为", "成为", "认为", "视为", "较为", "因为", "以为", "所为", "有为", "人为", "无为", "何为", "能为", "称为", "名为", "改为", "分为", "转为", "尽为", "更为", "极为", "最为", "尤为", "变为", "定为", "列为", "评为", "合为", "化为"}

// takenAs: 以信息公开为，, where what it is taken as is left out.
func (w *work) takenAs(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "为，")
		if k < 0 {
			return
		}
		i := at + k
		at = i + len("为，")
		from, _ := clauseAround(s, b, i, i)
		from = opening(s, from, i)
		body, ok := strings.CutPrefix(s[from:i+len("为")], "以")
		if n := utf8.RuneCountInString(body); !ok || n < 3 || n > 16 || suffixIn(body, standsAs...) || strings.Count(body, "为") > 1 || strings.Contains(body, "的") {
			continue
		}
		w.sayClean("grammar.half", i, i+len("为"), "为（补全）", "以……为……")
		return
	}
}

// given are verbs behind which 的 needs a noun.
var given = []string{"提供了", "起到了", "发挥了", "取得了", "营造了", "创造了", "奠定了", "产生了", "作出了", "做出了", "形成了", "打下了", "受到了", "给予了"}

// nounless: 为群众提供了方便快捷的。, whose noun is left out.
func (w *work) nounless(s string, b, e int) {
	// A condition of a law ends so, too: 提供了担保的，.
	if !strings.HasSuffix(s[b:e], "的") || !strings.HasPrefix(s[e:], "。") && e < len(s) && s[e] != '\n' || holds(s[b:e], "或者", "应当", "下列", "情形") {
		return
	}
	i := e - len("的")
	from, _ := clauseAround(s, b, i, i)
	for _, v := range given {
		j := strings.LastIndex(s[from:i], v)
		if j < 0 {
			continue
		}
		what := s[from+j+len(v) : i]
		if n := utf8.RuneCountInString(what); n < 2 || n > 12 || strings.Contains(what, "的") || holds(s[from:from+j], "是", "由", "所", "凡", "对") {
			continue
		}
		w.sayClean("grammar.half", i, e, "的（补全）", v+what+"的……")
		return
	}
}

// troubles are what problems are told by; nouns of trouble close a list of them.
var (
	troubles    = []string{"单一", "滞后", "薄弱", "不足", "不够", "不强", "不高", "不及时", "不到位", "不全面", "不规范", "不丰富", "不深入", "不完善", "不均衡", "不平衡", "不充分", "不够丰富", "不够全面", "不够及时", "不够深入", "不够规范", "不够完善", "缺乏", "偏低", "偏弱", "不畅", "不严"}
	troubleNoun = []string{"问题", "不足之处", "差距", "情况", "现象", "短板", "隐患", "困难", "薄弱环节", "弱项", "风险", "之处", "矛盾", "等方面", "情形", "不适应", "压力", "缺点", "瓶颈", "误区", "倾向", "盲区", "漏洞"}
)

// exists: 存在公开内容单一、形式不够丰富。, without 等问题.
func (w *work) exists(s string, b, e int) {
	at := b + strings.Index(s[b:e], "存在")
	i := at + len("存在")
	to := clauseEnd(s, i, e)
	if to != e || e-i > longClause {
		return
	}
	body := s[i:to]
	if holds(body, troubleNoun...) || strings.Contains(body, "的") || !strings.Contains(body, "、") || strings.HasSuffix(s[:at], "不") || startsAny(body, "于", "着一", "一些", "一定", "不足", "较大", "感") || !suffixIn(body, troubles...) || suffixIn(body, "不足、薄弱") {
		return
	}
	n := len("一")
	w.sayClean("grammar.half", to-n, to, body[len(body)-n:]+"等问题", body[len(body)-n:]+"等问题")
}

// because: 由于受人员变动的原因，, of 由于……的原因 and 受……影响.
func (w *work) because(s string, b, e int) {
	at := b + strings.Index(s[b:e], "的原因")
	from, _ := clauseAround(s, b, e, at)
	for _, lead := range []string{"由于受", "因受", "因为受", "由于受到", "因受到"} {
		k := strings.LastIndex(s[from:at], lead)
		if k < 0 || utf8.RuneCountInString(s[from+k:at]) > 20 || startsAny(s[from+k+len(lead):], "到", "理", "害", "托", "访", "灾") && !strings.HasSuffix(lead, "到") {
			continue
		}
		i := from + k
		right := strings.TrimSuffix(strings.TrimSuffix(lead, "受到"), "受") + s[i+len(lead):at]
		if strings.HasPrefix(right, "因") && !strings.HasPrefix(right, "因为") {
			right = "由于" + strings.TrimPrefix(right, "因")
		}
		w.sayClean("grammar.mixed", i, at+len("的原因"), right, right)
		return
	}
}

// mainly: 以网站为主要。, of 以……为主 and 主要以…….
func (w *work) mainly(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "为主要")
		if k < 0 {
			return
		}
		i := at + k
		at = i + len("为主要")
		from, _ := clauseAround(s, b, i, i)
		if next := after(s, at); !strings.Contains(s[from:i], "以") || at < len(s) && !stop(next) && next != '\n' && next != '）' {
			continue
		}
		w.sayClean("grammar.mixed", i, at, "为主", "以……为主")
		return
	}
}

// causes: 原因是人手不足造成的, of 原因是 and 是……造成的.
func (w *work) causes(s string, b, e int) {
	for _, tail := range []string{"造成的", "导致的", "引起的", "所致"} {
		if !strings.HasSuffix(s[b:e], tail) {
			continue
		}
		from := b
		if k := strings.LastIndex(s[b:e], "，"); k >= 0 && !strings.Contains(s[b+k:e], "原因是") {
			return
		}
		k := strings.LastIndex(s[from:e], "原因是")
		if k < 0 || holds(s[from+k:e], "不是", "，") || strings.HasSuffix(s[from:from+k], "其") {
			return
		}
		w.sayClean("grammar.mixed", e-len(tail), e, "（删）", "原因是……")
		return
	}
}

// colonItem: 一是加强领导，二是强化培训：三是严格考核。
func (w *work) colonItem(s string, b, e int) {
	for _, x := range colonItems {
		k := strings.Index(s[b:e], x)
		if k < 0 {
			continue
		}
		head := s[b : b+k]
		r, _ := utf8.DecodeRuneInString(x[len("："):])
		d := strings.IndexRune(numerals, r) / len("一")
		last := write(d) + "是"
		j := strings.LastIndex(head, last)
		if j < 0 || !clauseBegins(head, j) || utf8.RuneCountInString(head[j:]) < 5 {
			continue
		}
		mark := "；"
		if strings.Contains(head, "，"+last) && d > 1 || strings.Contains(s[b+k+len(x):e], "，"+write(d+2)+"是") {
			mark = "，"
		}
		w.sayClean("punct.clause", b+k, b+k+len("："), mark)
		return
	}
}

var colonItems = []string{"：二是", "：三是", "：四是", "：五是"}

// asks: 补贴标准是多少。 on a line of its own.
func (w *work) asks(s string, b, e int) {
	if e+len("。") > len(s) || !strings.HasPrefix(s[e:], "。") || utf8.RuneCountInString(s[b:e]) > 30 {
		return
	}
	from := opening(s, b, e)
	line := s[strings.LastIndexByte(s[:b], '\n')+1 : b]
	next := after(s, e+len("。"))
	alone := strings.Trim(line, " 　\t\r") == "" && (next == '\n' || next == utf8.RuneError || startsAny(s[e+len("。"):], "答：", "答:"))
	asked := strings.HasSuffix(strings.TrimRight(line, " "), "问：") || startsAny(s[from:e], "问：", "问:")
	if !suffixIn(s[b:e], "是多少", "有哪些", "是什么", "怎么办", "如何办理", "如何申请", "怎样申请", "在哪里办理", "什么时候施行", "需要多长时间") || !alone && !asked ||
		holds(s[b:e], "明确", "说明", "介绍", "了解", "知道", "清楚", "掌握", "回答", "，", "无论", "不管", "规定了") {
		return
	}
	w.sayClean("punct.question", e, e+len("。"), "？")
}

// cutOff are words no sentence ends with.
var cutOff = []string{"进一步。", "以及。", "并且。", "而且。", "因此。", "将。", "及。", "并。", "和。", "或。", "进一步；", "以及；", "并且；", "将；"}

// endsShort: 我局将。进一步完善制度。, where a stop stands in the middle of a sentence.
func (w *work) endsShort(s string, b, e int) {
	if e+len("。") > len(s) || e-b < 12 {
		return
	}
	for _, x := range cutOff {
		word := x[:len(x)-len("。")]
		if !strings.HasPrefix(s[e:], x[len(word):]) || !strings.HasSuffix(s[b:e], word) {
			continue
		}
		if len(word) == len("将") {
			tail := s[max(b, e-12):e]
			if tokens := w.c.cutter().Cut(nil, tail); len(tokens) == 0 || tail[tokens[len(tokens)-1].Start:] != word || suffixIn(s[b:e-len(word)], "之", "“", "的", "《", "：") {
				return
			}
		}
		next := after(s, e+len("。"))
		if !han(next) && next != '《' && next != '“' {
			return
		}
		right := "（删）"
		if startsAny(s[e+len("。"):], "进一步", "继续") {
			right = "，"
		}
		w.sayClean("punct.cut", e, e+len("。"), right)
		return
	}
}

// dotAnd: 甲、乙、和丙: 和 stands in the place of 、.
func (w *work) dotAnd(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "、和")
		if k < 0 {
			return
		}
		i := at + k
		at = i + len("、和")
		_, n := utf8.DecodeRuneInString(s[at:e])
		if n == 0 || w.isWord(s[i+len("、"):at+n]) || strings.HasPrefix(s[at:e], "美") || suffixIn(s[b:i], "县", "镇", "乡", "村") || strings.Contains(s[at:clauseEnd(s, at, e)], "、") {
			continue // 和平, 和田, 和美乡村
		}
		w.sayClean("punct.joint", i, at, "和", "和")
		return
	}
}

// got: 得到地提升, of 得到了提升.
func (w *work) got(s string, b, e int) {
	i := b + strings.Index(s[b:e], "得到地")
	if rest := s[i+len("得到地"):]; startsAny(rest, "提升", "提高", "改善", "保障", "加强", "落实", "解决", "增强", "发展", "巩固", "优化", "推进", "满足", "完善", "规范") {
		w.sayClean("grammar.particle", i+len("得到"), i+len("得到地"), "了")
	}
}

// perDay: 日处理能力2万吨/日.
func (w *work) perDay(s string, b, e int) {
	for _, x := range []string{"/日", "/天"} {
		k := strings.Index(s[b:e], x)
		if k < 0 {
			continue
		}
		at := b + k
		from, _ := clauseAround(s, b, e, at)
		for _, lead := range []string{"日处理", "日供", "日产", "日均", "日排", "日净"} {
			if j := strings.LastIndex(s[from:at], lead); j >= 0 && utf8.RuneCountInString(s[from+j:at]) < 20 && before(s, from+j) != '每' && !strings.Contains(s[from+j:at], "、") {
				w.sayClean("grammar.extra", at, at+len(x), "（删）", "日……")
				return
			}
		}
	}
}

// An inline mark numbers what stands inside a paragraph.
type inlineMark struct{ open, shut string }

var inlineMarks = []inlineMark{{"第", "，"}, {"（", "）"}}

// inline looks at 第一，……。第二，……。第四，……。 and （一）……。（二）……。（二）…….
func (w *work) inline(s string, b, e int) {
	from := strings.LastIndexByte(s[max(0, b-longOrder):b], '\n') + 1
	if b > longOrder && from == 0 {
		return
	}
	from += max(0, b-longOrder)
	for _, m := range inlineMarks {
		w.inlineOf(s, from, b, e, m)
	}
}

func (w *work) inlineOf(s string, from, b, e int, m inlineMark) {
	last := 0
	for i := from; i < e; {
		k := strings.Index(s[i:e], m.open)
		if k < 0 {
			return
		}
		at := i + k
		i = at + len(m.open)
		r, n := utf8.DecodeRuneInString(s[i:e])
		d := strings.IndexRune(numerals, r)
		if d < 0 || r == '十' || !strings.HasPrefix(s[i+n:e], m.shut) || at > from && !strings.ContainsRune("。；：", before(s, at)) || m.open == "（" && (!han(after(s, i+n+len(m.shut))) || startsAny(s[i+n+len(m.shut):], "项", "款", "目", "至", "或", "、")) {
			continue
		}
		now := d/len("一") + 1
		end := i + n + len(m.shut)
		i = end
		if now == 1 {
			last = 1
			continue
		}
		if last == 0 {
			return // begins elsewhere
		}
		if now != last+1 {
			if at >= b && (now == last || now == last+2) {
				right := m.open + write(last+1) + m.shut
				w.sayClean("element.order", at, end, right, m.open+write(last)+strings.TrimSuffix(m.shut, "，"))
			}
			if now == last {
				now = last + 1 // the next goes on as if it were counted rightly
			}
		}
		last = now
	}
}

// inlineWords begin the members of such a sequence, from the second on.
func inlineWords() (all []string) {
	for _, n := range []string{"二", "三", "四", "五", "六", "七", "八", "九"} {
		all = append(all, "第"+n+"，", "（"+n+"）")
	}
	return all
}
