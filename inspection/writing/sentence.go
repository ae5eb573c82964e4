package writing

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// sentences looks at each clause of the clean text.
func (w *work) sentences() {
	s := w.clean.S
	w.split(w.t.S)
	for from := 0; from < len(s); {
		to := strings.IndexByte(s[from:], '\n')
		if to < 0 {
			to = len(s)
		} else {
			to += from
		}
		if w.stopped() {
			return
		}
		if to-from >= 6 && strings.IndexByte(s[from:to], '\t') < 0 {
			w.twice(s, from, to)
			w.lists(s, from, to)
		}
		from = to + 1
	}
	w.templates(s)
}

// split looks for a character written again behind a space: 公开 开工作.
func (w *work) split(s string) {
	for at := 0; ; {
		k := strings.IndexByte(s[at:], ' ')
		if k < 0 {
			return
		}
		i := at + k
		e := i
		for e < len(s) && s[e] == ' ' {
			e++
		}
		at = e
		p, n := utf8.DecodeLastRuneInString(s[:i])
		q, m := utf8.DecodeRuneInString(s[e:])
		if p != q || !han(p) || n == 0 {
			continue
		}
		word := s[max(0, i-n-3):i]
		if o := before(s, i-n); !han(o) || !han(after(s, e+m)) || !w.isWord(word) || !w.alone(s, e, e+m) {
			continue
		}
		w.say("grammar.repeat", i-len(word), e+m, word, word)
	}
}

// alone tells whether the character s[b:e] begins no word with what follows it.
func (w *work) alone(s string, b, e int) bool {
	to := e
	for range 3 {
		r, n := utf8.DecodeRuneInString(s[to:])
		if !han(r) {
			break
		}
		to += n
	}
	return w.c.cutter().Cut(nil, s[b:to])[0].End == e-b
}

func (w *work) isWord(s string) bool {
	tokens := w.c.cutter().Cut(nil, s)
	return len(tokens) == 1 && utf8.RuneCountInString(s) > 1
}

// particles are words of one character that are never written twice.
const particles = "我的了在和与是把被向从对于为以而且要将应由及或经按并已均其共"

// verbs of official style that nobody writes twice over: 研究研究 is for talking.
var spoken = map[string]bool{"研究": true, "讨论": true, "商量": true, "了解": true, "学习": true, "考虑": true, "锻炼": true, "谢谢": true, "轰隆": true, "哗啦": true, "许多": true, "打扫": true,
	"打听": true, "休息": true, "介绍": true, "比较": true, "非常": true, "永远": true, "一个": true, "谋划": true, "琢磨": true, "分析": true, "交流": true, "沟通": true, "总结": true, "思考": true, "反思": true, "一次": true, "一步": true, "一条": true, "一件": true, "很多": true, "多少": true, "检查": true, "规定": true, "政府": true, "人民": true}

// near is how many characters on either side of a repetition are cut into words.
const near = 8

// twice looks for characters that stand twice, and cuts only what is around them
// into words: whole texts would take ten times as long.
func (w *work) twice(s string, from, to int) {
	done := from
	w.clause, w.sentence = said{start: from}, said{start: from}
	text := s[:to]
	var last, second, third, fourth, fifth uint32 // the characters before, the nearest first; 0 of one byte
	for i := from; i < len(text); {
		b, n := text[i], 1
		var c uint32
		candidate := false
		if b >= 0xE0 && b < 0xF0 && i < len(text)-2 {
			n = 3
			c = uint32(b)<<16 | uint32(text[i+1])<<8 | uint32(text[i+2])
			if c == comma || c == fullStop || c == semicolon {
				w.mark(s, i, c)
			}
			if c == last || c == second || c == third || last == 0 {
				candidate = w.stands(s, from, i, to, c, [5]uint32{last, second, third, fourth, fifth})
			}
		} else if b >= 0x80 {
			_, n = utf8.DecodeRuneInString(s[i:])
			c = uint32(i) // like nothing else
		}
		fifth, fourth, third, second, last = fourth, third, second, last, c
		i += n
		if !candidate || i <= done {
			continue
		}
		b0, e := i, i
		for range near + 4 {
			_, k := utf8.DecodeLastRuneInString(s[from:b0])
			b0 -= k
		}
		for range near {
			_, k := utf8.DecodeRuneInString(s[e:to])
			e += k
		}
		w.repeats(s, max(b0, done), e)
		done = i
	}
}

// Marks that end a clause, as their bytes.
const (
	fullStop  = 0xE38082 // 。
	comma     = 0xEFBC8C // ，
	semicolon = 0xEFBC9B // ；
)

// said is the clause or sentence that is being read, and the one before it.
type said struct {
	start int
	last  string
	mark  string // with which it ended
}

// mark looks, at a mark at byte i, whether the clause or sentence it ends is the one before
// again.
func (w *work) mark(s string, i int, c uint32) {
	again := w.clause.ends(s, i)
	if c == fullStop {
		if whole := w.sentence.ends(s, i); again < 0 {
			again = whole
		}
	}
	// What stands in several cells or lines alike is meant to.
	if again >= 0 && !w.broken(again, i) {
		w.sayClean("grammar.again", again, i+len("。"), "（删）", s[again:i])
	}
}

// broken tells whether a stretch of the clean text goes over lines of the original, or
// begins one.
func (w *work) broken(b, e int) bool {
	b, e = w.clean.Origin(b, e)
	return strings.IndexByte(w.t.S[max(0, b-1):e], '\n') >= 0
}

// ends tells where a clause that ends at byte i began, if it is the one before again; -1 if
// not. Of short ones rhetoric is made: 加油，加油.
func (c *said) ends(s string, i int) int {
	now, at := s[c.start:i], c.start
	mark := s[i : i+3]
	again := len(now) >= 12 && now == c.last && mark == c.mark // 甲。甲，乙 goes on from what it says again
	c.last, c.start, c.mark = now, i+3, mark
	if !again || strings.ContainsAny(now, "0123456789_×") {
		return -1
	}
	return at
}

// stands looks at the character c of three bytes at byte i, which is one of the three
// before it or stands behind something shorter. It tells whether a word may stand twice
// there, and reports what needs no cutting into words.
func (w *work) stands(s string, from, i, to int, c uint32, before [5]uint32) bool {
	const n = 3
	digitBefore := i > from && s[i-1] >= '0' && s[i-1] <= '9'
	switch {
	case c == before[0] && strings.Contains(particles, s[i:i+n]), // 的的
		c == before[1] && before[0] == before[2],                           // 围绕围绕
		c == before[2] && before[0] == before[3] && before[1] == before[4]: // 信息化信息化
		return true
	case c == before[2] && before[0] == before[3] && s[i-6:i-3] == "了": // 召开了召开
		w.done(s, i-12, i+n)
	case c == before[0] && (s[i:i+n] == "余" || s[i:i+n] == "多") && i > from+3 && s[i-4] >= '0' && s[i-4] <= '9': // 2000余余
		w.sayClean("grammar.repeat", i-3, i+n, s[i:i+n], s[i:i+n])
	case digitBefore && strings.Contains(measures, s[i:i+n]): // 件45件
		j := i
		for j > from && s[j-1] >= '0' && s[j-1] <= '9' {
			j--
		}
		w.twoMeasures(s, i, i+n, to)
		return strings.HasSuffix(s[:j], s[i:i+n])
	}
	return false
}

// done looks at a verb on both sides of 了: 召开了召开.
func (w *work) done(s string, b, e int) {
	word := s[b : b+6]
	if w.isWord(word) && !spoken[word] {
		w.sayClean("grammar.repeat", b, e, word+"了", word+"了")
	}
}

// repeats looks for a word right behind itself.
func (w *work) repeats(s string, from, to int) {
	tokens := w.c.cutter().Cut(nil, s[from:to])
	for i := 1; i < len(tokens); i++ {
		a, b := tokens[i-1], tokens[i]
		word := s[from+b.Start : from+b.End]
		n := utf8.RuneCountInString(word)
		prev := s[from+a.Start : from+a.End]
		if b.Kind != zh.Word || prev != word && (n < 2 || !strings.HasSuffix(prev, word)) || !han(after(word, 0)) {
			w.measure(s, from, tokens, i)
			continue
		}
		switch {
		case n == 1 && !strings.Contains(particles, word):
			continue
		case n == 1 && i > 1 && !w.lonely(s, from, tokens, i):
			continue
		case beginsTerm(s[from+b.Start:]):
			continue
		case n >= 2 && (spoken[word] || strings.HasPrefix(word, "一") || i+1 < len(tokens) && s[from+tokens[i+1].Start:from+tokens[i+1].End] == word):
			continue
		}
		if again, end := w.clean.Origin(from+b.Start-len(word), from+b.End); !columns(w.t.S, again, end) {
			w.say("grammar.repeat", again, end, word, word)
		}
	}
}

// columns tells whether blanks within s[b:e] part the columns of a table that was
// written as text: several blanks at once, or a line with many gaps.
func columns(s string, b, e int) bool {
	if !strings.ContainsAny(s[b:e], " \u3000\u00a0") {
		return false
	}
	if strings.Contains(s[b:e], "  ") {
		return true
	}
	const far = 200 // bytes to either side
	before, after := s[max(0, b-far):b], s[e:min(len(s), e+far)]
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	line := before[strings.LastIndexByte(before, '\n')+1:] + s[b:e] + after
	return len(strings.Fields(line)) > 3
}

// terms begin with a word that often ends what stands before them: 该项目项目建议书.
var terms = []string{"公开属性", "公开方式", "公开形式", "项目建议书", "项目法人", "项目经理", "项目负责人", "项目业主", "项目库", "工程量清单", "资金管理办法", "公司章程", "会议纪要"}

func beginsTerm(s string) bool {
	return slices.ContainsFunc(terms, func(t string) bool { return strings.HasPrefix(s, t) })
}

// lonely tells whether the doubled particle is no part of a word: 目的的 is right.
func (w *work) lonely(s string, from int, tokens []zh.Token, i int) bool {
	prev := s[from+tokens[i-2].Start : from+tokens[i-2].End]
	return !w.isWord(string(before(prev, len(prev)))+s[from+tokens[i].Start:from+tokens[i].End]) && !strings.HasSuffix(prev, "目")
}

// measures are measure words that can be written before their number by mistake.
const measures = "件条份个项篇次期"

// twoMeasures looks for 35个条: two measure words behind one number.
func (w *work) twoMeasures(s string, b, e, to int) {
	if s[b:e] != "个" {
		return
	}
	r, n := utf8.DecodeRuneInString(s[e:to])
	if next := after(s, e+n); strings.ContainsRune("条件次项份篇户", r) && (e+n == to || stop(next) || next == '）') {
		w.sayClean("grammar.measure", b, e, "（删）", "个")
	}
}

// measure looks for a measure word on both sides of its number: 无法提供件45件.
func (w *work) measure(s string, from int, tokens []zh.Token, i int) {
	if i < 2 {
		return
	}
	a, n, b := tokens[i-2], tokens[i-1], tokens[i]
	m := s[from+b.Start : from+b.End]
	if utf8.RuneCountInString(m) != 1 || !strings.Contains(measures, m) || s[from+a.Start:from+a.End] != m || n.Kind != zh.Latin || !digits(s[from+n.Start:from+n.End]) {
		return
	}
	if i > 2 {
		p := s[from+tokens[i-3].Start : from+tokens[i-3].End]
		if r := before(p, len(p)); !han(r) || strings.ContainsRune("每各这那该几多某一二三四五六七八九十百千万第附办案来信稿邮证条文事接收快零部要急发交取送寄退补立结转配软硬组开", r) {
			return
		}
	}
	w.sayClean("grammar.measure", from+a.Start, from+a.End, "（删）", m)
}

// asPart: 进行……等方面进行监测.
func (w *work) asPart(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "进行")
		if k < 0 {
			return
		}
		i := at + k
		end := clauseEnd(s, i, e)
		body := s[i+len("进行") : end]
		at = i + len("进行")
		j := strings.Index(body, "等方面进行")
		if j < 0 || strings.HasPrefix(body, "了") {
			continue
		}
		w.sayClean("grammar.mixed", i, end, "就"+body, "就"+body)
		return
	}
}

var strengthens = []string{"加强对", "加大对", "强化对", "开展对", "注重对", "做好对"}

// strengthen: 加强对……进行审查.
func (w *work) strengthen(s string, b, e int) {
	for _, v := range strengthens {
		k := strings.Index(s[b:e], v)
		if k < 0 {
			continue
		}
		i := b + k
		end := clauseEnd(s, i, e)
		body := s[i+len(v) : end]
		j := strings.Index(body, "进行")
		if j <= 0 || strings.ContainsAny(body[:j], "，") || strings.Contains(body[:j], "的指导") || strings.Contains(body[:j], "的监督") {
			continue
		}
		what := body[:j]
		act := body[j+len("进行"):]
		if utf8.RuneCountInString(act) > 8 || act == "" {
			continue
		}
		right := strings.TrimSuffix(v, "对") + "对" + what + "的" + act
		w.sayClean("grammar.mixed", i, end, right, right)
		return
	}
}

// gather: 集……等内容的《手册》, without 于一体.
func (w *work) gather(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "集")
		if k < 0 {
			return
		}
		i := at + k
		at = i + len("集")
		if p := before(s, i); strings.ContainsRune("收采征召密聚募筹邮汇云全文诗专市选", p) || strings.ContainsRune("中合团体成约群聚结会装体资散束市镇训", after(s, at)) {
			continue
		}
		end := strings.Index(s[i:e], "等内容的")
		if end < 0 || end > 300 || strings.Contains(s[i:e], "于一体") || strings.Contains(s[i:e], "为一体") || strings.Contains(s[i:e], "一身") || !strings.Contains(s[i:i+end], "、") {
			continue
		}
		to := i + end + len("等内容的")
		right := s[i:i+end] + "等内容于一体的"
		w.sayClean("grammar.half", i, to, right, right)
		return
	}
}

// platform: 发挥……媒体的平台，, without 作用.
func (w *work) platform(s string, b, e int) {
	k := strings.Index(s[b:e], "发挥")
	if k < 0 {
		return
	}
	i := b + k
	end := clauseEnd(s, i, e)
	for _, tail := range []string{"的平台", "的桥梁", "的纽带", "的主阵地", "的窗口", "的载体", "的渠道", "的阵地"} {
		if body := s[i:end]; strings.HasSuffix(body, tail) && end < e {
			from := strings.LastIndexAny(body[:len(body)-len(tail)], "、等") // the last of what is listed
			if from < 0 {
				from = 0
			} else {
				_, n := utf8.DecodeRuneInString(body[from:])
				from += n
			}
			w.sayClean("grammar.half", i+from, end, body[from:]+"作用", body[from:]+"作用")
			return
		}
	}
}

// close: 与公众利益密切的决策, without 相关.
func (w *work) close(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "密切的")
		if k < 0 {
			return
		}
		i := at + k
		at = i + len("密切的")
		clause := s[max(b, i-longClause):i]
		if j := strings.LastIndexAny(clause, "，,"); j >= 0 {
			clause = clause[j:]
		}
		if !strings.Contains(clause, "与") && !strings.Contains(clause, "同") && !strings.Contains(clause, "和") || strings.HasSuffix(clause, "关系") || strings.HasSuffix(clause, "联系") || strings.HasSuffix(clause, "更") ||
			strings.HasSuffix(clause, "最") || strings.HasSuffix(clause, "往来") || strings.HasSuffix(clause, "加") || strings.HasPrefix(s[at:], "联系") || strings.HasPrefix(s[at:], "血肉") || strings.HasPrefix(s[at:], "关系") || strings.HasPrefix(s[at:], "合作") {
			continue
		}
		w.sayClean("grammar.half", i, at, "密切相关的", "密切相关的")
	}
}

// various: 等多种便于公众知晓, without a noun behind 多种.
func (w *work) various(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.Index(s[at:e], "多种便于")
		if k < 0 {
			return
		}
		i := at + k
		at = i + len("多种便于")
		if strings.Contains(s[at:clauseEnd(s, at, e)], "的") {
			continue
		}
		w.sayClean("grammar.half", i+len("多种"), at, "形式便于", "多种形式便于")
	}
}
