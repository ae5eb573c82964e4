package writing

import (
	"strings"
	"unicode/utf8"
)

// forms are words of texts that are to be filled in, or show how to fill in: there a
// blank is meant.
var forms = []string{"格式", "样式", "范本", "样本", "模板", "式样", "文本", "文书", "填写", "填报", "填表", "样表", "合同", "示例：", "例如", "例：", "申请表", "告知书", "承诺书", "院印", "（印章）", "（盖章）", "（公章）", "申请书", "登记表", "证明书", "委托书", "协议书", "审批表"}

// persons are words of texts in which names and days of people are left out.
var persons = []string{"当事人", "被处罚人", "被申请人", "原告", "上诉人", "某某", "死者", "犯罪嫌疑人", "被执行人"}

// blanks looks for what was to be filled in before publication: XX年X月X日, ××次.
func (w *work) blanks() {
	if !w.crossed {
		return
	}
	s := w.clean.S
	var all []slip
	for _, mark := range []string{"××", "XX", "xx", "×月×日", "X月X日", "×年×月", "X年X月", "x年x月", "20X", "___", "＿＿＿", "X件", "X次", "X条", "X份", "X人", "X名", "X期", "X场", "X万元"} {
		for at := 0; len(all) <= habit; {
			k := strings.Index(s[at:], mark)
			if k < 0 {
				break
			}
			i := at + k
			at = i + len(mark)
			for last := mark[len(mark)-1:]; mark[0] == mark[1] && strings.HasPrefix(s[at:], last); {
				at += len(last) // the whole run is looked at once
			}
			if x, ok := w.blankAt(s, i, mark); ok {
				all = append(all, x)
				at = max(at, x.e)
			}
		}
	}
	if len(all) == 0 || w.toFill() {
		return
	}
	for n, x := range all {
		if n > few {
			break
		}
		w.sayClean("element.placeholder", x.b, x.e, x.suggest)
	}
}

// toFill tells whether the text is one to be filled in, or one in which names and days
// of people are left out.
func (w *work) toFill() bool {
	if w.fill == 0 {
		w.fill = 1
		if s := w.clean.S; holds(s, forms...) || holds(s, persons...) || strings.Count(s, "____") > 2 {
			w.fill = 2
		}
	}
	return w.fill == 2
}

// dayless looks for 2025年 月 日 in a sentence.
func (w *work) dayless(s string, b, e int) {
	i := b + strings.Index(s[b:e], "年月日")
	if x, ok := w.blankAt(s, i, "年月日"); ok && !w.toFill() {
		w.sayClean("element.placeholder", x.b, x.e, x.suggest)
	}
}

// unfilled tells of 20**年, ??条 and 【】元 at byte i, which the clean text has no more.
func (w *work) unfilled(s string, i int, r rune) bool {
	var mark, right string
	b := i
	switch r {
	case '*':
		mark, right = "**年", "（补全年份）"
		for b > 0 && s[b-1] >= '0' && s[b-1] <= '9' {
			b--
		}
		if i-b != 2 || s[b:i] != "20" {
			return false
		}
	case '【':
		mark, right = "【】", "（补全）"
	default:
		mark, right = string(r)+string(r), "（补全数字）"
	}
	if !strings.HasPrefix(s[i:], mark) {
		return false
	}
	e := i + len(mark)
	for r != '*' && r != '【' && strings.HasPrefix(s[e:], string(r)) && e-i < longBlank {
		e += len(string(r))
	}
	if p := before(s, b); r != '*' && (!han(p) && p != '￥' && p != '¥' || !startsAny(s[e:], counts...) && !startsAny(s[e:], "年", "月", "日", "个", "人")) {
		return false
	}
	if holds(s, forms...) || holds(s, persons...) {
		return false
	}
	w.say("element.placeholder", b, e, right)
	return true
}

// longBlank is beyond how many bytes no blank runs.
const longBlank = 40

// counts are measure words before which a number was left out.
var counts = []string{"次", "件", "条", "万元", "亿元", "元", "%", "人次", "场", "份", "期", "家", "户", "篇", "项", "个", "名"}

// blankAt reads what was left blank at byte i.
func (w *work) blankAt(s string, i int, mark string) (slip, bool) {
	e := i + len(mark)
	cross := mark[len(mark)-1:]
	switch mark {
	case "年月日":
		if i < 4 || !digits(s[i-4:i]) || s[i-4] != '2' {
			return slip{}, false
		}
		// The day of a form stands alone; a notice says 前 or what happens.
		line := s[strings.LastIndexByte(s[:i], '\n')+1 : i]
		if next := after(s, e); len(line) < 12 && next != '前' && next != '起' || next == '）' {
			return slip{}, false
		}
		return slip{i - 4, e, "（补全日期）"}, true
	case "×年×月", "X年X月", "x年x月":
		if p := before(s, i); p == '×' || p == 'X' || p == 'x' {
			return slip{}, false // of a longer run, told there
		}
		if rest, ok := cutAny(s[e:], "×日", "X日", "x日"); ok {
			e = len(s) - len(rest)
		}
		return slip{i, e, "（补全日期）"}, true
	case "×月×日", "X月X日":
		p := before(s, i)
		return slip{i, e, "（补全日期）"}, p != '×' && p != 'X' && p != '年'
	case "X件", "X次", "X条", "X份", "X人", "X名", "X期", "X场", "X万元":
		next := after(s, e)
		return slip{i, e, "（补全数字）"}, han(before(s, i)) && (next == utf8.RuneError || stop(next) || next == '）' || next == '（' || next == '次')
	case "___", "＿＿＿":
		cross = mark[:len(mark)/3]
	case "20X":
		cross = "X"
	case "××":
		cross = "×"
	}
	for strings.HasPrefix(s[e:], cross) && e-i < longBlank {
		e += len(cross)
	}
	for from := i; i > 0 && from-i < 4 && s[i-1] >= '0' && s[i-1] <= '9'; {
		i--
	}
	rest := s[e:]
	p := before(s, i)
	if next := after(s, e); (mark == "XX" || mark == "xx") && p == '：' && e-i >= 3 && (next == '，' || next == '。' || next == '；' || next == '\n' || next == '）') {
		return slip{i, e, "（补全）"}, true
	}
	switch {
	case strings.HasPrefix(rest, "年"):
		if tail, ok := cutAny(rest[len("年"):], "×月", "××月", "X月", "XX月", "x月", "xx月", "度"); ok {
			tail, _ = cutAny(tail, "×日", "××日", "X日", "XX日", "x日", "xx日")
			return slip{i, len(s) - len(tail), "（补全日期）"}, true
		}
		return slip{i, e + len("年"), "（补全年份）"}, e-i >= 4 && (s[i] == '2' || s[i] == cross[0])
	case s[i] != cross[0]:
		return slip{}, false // 1380571XXXX, 2025XX
	case mark == "XX" || mark == "xx":
		for _, a := range []string{"局", "政府", "委员会", "办公室", "单位", "街道办", "部门", "镇政府", "乡政府"} {
			if strings.HasPrefix(rest, a) && p != '-' && !letterAt(s, i-1) {
				return slip{i, e + len(a), "（写明单位）"}, true
			}
		}
	}
	for _, c := range counts {
		if strings.HasPrefix(rest, c) && (han(p) || cross == "_" && (p == '￥' || p == '¥' || p == '：')) && p != '第' && p != '某' {
			next := after(rest, len(c))
			if next == utf8.RuneError || stop(next) || next == '）' || next == '（' || len(c) > 3 || c == "%" {
				return slip{i, e + len(c), "（补全数字）"}, true
			}
		}
	}
	return slip{}, false
}

// fields are words of templates in brackets of machines: [单位名称]. Words that label
// what follows them, [时间] in an interview, are none.
var fields = []string{"单位名称", "部门名称", "机构名称", "项目名称", "年份", "具体内容", "填写", "此处", "请填", "请输入", "插入", "年月日", "县名", "区名", "局名"}

// remarks begin notes of drafts in brackets, and what makes a note of one that begins
// with 此处.
var remarks = []string{"（待补", "（待核", "（待填", "（待完善", "（待更新", "（请核", "（请补", "（请确认", "（请填数", "（黄色", "（标黄", "（标红", "（红字", "（红色部分", "（蓝色部分", "（高亮", "（需补", "（需核", "（需修改", "（数据待", "（数据暂缺", "（缺数据", "（此处", "（请领导", "（请各科室", "（请业务科室", "（以下内容", "（以上内容", "（本段", "（请结合"}

// fieldAt looks at a bracket of machines at byte i: a field of a template stands in it.
func (w *work) fieldAt(s string, i int) {
	shut := map[byte]string{'[': "]", '<': ">", '{': "}"}[s[i]]
	rest := s[i+1 : min(len(s), i+61)]
	if rest == "" || rest[0] < 0x80 {
		return
	}
	k := strings.Index(rest, shut)
	if k < 6 || k > 45 || strings.ContainsAny(rest[:k], "\n，。") {
		return
	}
	body := rest[:k]
	for _, f := range fields {
		if body == f || strings.HasPrefix(body, "请") && strings.Contains(body, f) || strings.HasPrefix(body, f) && len(f) > 6 || strings.HasPrefix(body, "此处") {
			e := i + 1 + k + len(shut)
			if next := after(s, e); next == '：' || next == ':' {
				return // a label
			}
			w.say("element.template", i, e, "（填写或者删去）", s[i:e])
			return
		}
	}
}

// remark looks at a note of a draft whose bracket is at byte i.
func (w *work) remark(s string, i int) {
	if !strings.ContainsRune("待请黄标红蓝高需数缺此以本单部机项", after(s, i+len("（"))) {
		return
	}
	rest := s[i:min(len(s), i+120)]
	for _, f := range []string{"（单位名称）", "（部门名称）", "（机构名称）", "（项目名称）"} {
		if strings.HasPrefix(rest, f) && !holds(s[max(0, i-300):min(len(s), i+300)], forms...) {
			w.say("element.placeholder", i, i+len(f), "（写明名称）")
			return
		}
	}
	if !startsAny(rest, remarks...) {
		return
	}
	k := strings.Index(rest, "）")
	if k < 0 || strings.Contains(rest[:k], "\n") {
		return
	}
	if body := rest[:k]; strings.HasPrefix(body, "（此处") && !holds(body, "补充", "填写", "插入", "添加", "修改", "删除", "核实", "数据", "省略") ||
		startsAny(body, "（黄色", "（红色部分", "（蓝色部分", "（高亮", "（待核", "（请核", "（请确认", "（以下内容", "（以上内容", "（本段", "（请结合") && !holds(body, "核", "补", "改", "填", "删") || holds(body, "准", "酸", "定为") {
		return
	}
	e := i + k + len("）")
	w.say("element.template", i, e, "（填写或者删去）", s[i:e])
}

// residues are what programs and templates leave behind; those that are shorter than
// a word of the triggers stand in shortResidues.
var residues = []string{"#VALUE!", "#DIV/0!", "错误!未找到引用源", "错误！未找到引用源", "错误!未定义书签", "错误！未定义书签", "Error! Reference source not found", "Error! Bookmark not defined",
	"Lorem ipsum", "lorem ipsum", "锟斤拷", "烫烫烫", "&nbsp;", "&quot;", "&ldquo;", "&rdquo;", "&mdash;", "[object Object]", "单击此处添加", "点击此处添加", "单击此处输入", "点击此处输入", "单击或点击此处输入",
	"此处插入图片", "请输入标题", "请输入正文", "请在此输入", "请在此处输入", "在此处键入"}

var shortResidues = []string{"#REF!", "#N/A", "#NAME?", "#NUM!", "\uFFFD"}

// residue tells once what a program left behind at byte i of the clean text.
func (w *work) residue(x string, i int) {
	if !w.left(x) {
		w.sayClean("element.template", i, i+len(x), "（删）", x)
	}
}

// residueAt is the same for the short ones, at byte i of the original.
func (w *work) residueAt(s string, i int) {
	for _, x := range shortResidues {
		if strings.HasPrefix(s[i:], x) && !w.left(x) {
			w.say("element.template", i, i+len(x), "（删）", x)
		}
	}
}

// left tells whether a residue was told before, and remembers it.
func (w *work) left(x string) bool {
	was := w.told[x]
	if w.told == nil {
		w.told = map[string]bool{}
	}
	w.told[x] = true
	return was
}
