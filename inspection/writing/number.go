package writing

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// yearSubjects are what a year without 年 is often put before.
var yearSubjects = []string{"政务公开", "政府信息公开", "工作要点", "工作报告", "重点工作", "财政预算", "部门预算"}

// numbers stops at every number of the text, and asks the rules on numbers, dates
// and document numbers about it.
func (w *work) numbers() {
	s := w.clean.S
	for i := 0; i < len(s); i++ {
		if b := s[i]; b >= 0xE0 {
			i += 2 // and one
			continue
		} else if b < '0' || b > '9' {
			continue
		}
		e := i
		for e < len(s) && (s[e] >= '0' && s[e] <= '9' || s[e] == ',' || s[e] == '.') {
			e++
		}
		if w.stopped() {
			return
		}
		if s[i] == '0' && han(before(s, i)) {
			from, _ := w.clean.Origin(i, e)
			w.zero(w.t.S, from)
		}
		w.year(s, i, e)
		w.shortYear(s, i, e)
		w.about(s, i, e)
		w.compared(s, i, e)
		w.form(s, i, e)
		w.moved(s, i)
		switch {
		case strings.HasPrefix(s[e:], "月"):
			w.date(s, e)
			w.sameMonth(s, i)
			w.paddedDay(s, i, e)
		case e-i == 4 && strings.HasPrefix(s[e:], "年"):
			w.period(s, i)
			w.yearInBrackets(s, i, e)
			w.yearAgain(s, i, e)
			if y, err := strconv.Atoi(s[i:e]); err == nil && len(w.dates) < manyDates {
				w.dates = append(w.dates, yearAt{i, e, y})
			}
		case e-i == 4:
			w.citation(s, i)
		}
		w.unit(s, i, e)
		w.unitless(s, i, e)
		if rest, ok := strings.CutPrefix(s[e:], "%-"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			w.sayClean("number.range", e+1, e+2, "～")
		}
		i = e
	}
}

// vague looks for 500余条左右.
func (w *work) vague(s string, i, e int) {
	if !strings.HasPrefix(s[e:], "余") && !strings.HasPrefix(s[e:], "多") {
		return
	}
	tail := s[e:min(len(s), e+18)]
	for _, p := range []string{"左右", "上下"} {
		if k := strings.Index(tail, p); k > 0 && !strings.ContainsAny(tail[:k], "，。；、（(") {
			w.sayClean("number.about", i, e+k+len(p), s[i:e]+tail[:k], s[e:e+len("余")]+"…"+p)
		}
	}
}

// bounds are words that say how much something is at the least or most, and what
// says it again behind the number.
var bounds = []struct{ word, again string }{{"超过", "以上"}, {"超", "以上"}, {"至少", "以上"}, {"最少", "以上"}, {"不少于", "以上"}, {"不低于", "以上"}, {"最低", "以上"},
	{"至多", "以下"}, {"最多", "以下"}, {"不超过", "以下"}, {"不多于", "以下"}, {"不高于", "以下"}, {"不超过", "以内"}, {"超过", "多"}, {"超过", "余"}, {"超", "余"}, {"不足", "以下"}}

// bound looks for a bound said twice: 超过200度以上.
func (w *work) bound(s string, i, e int) {
	tail := s[e:min(len(s), e+18)]
	for _, x := range bounds {
		if !strings.HasSuffix(s[:i], x.word) || x.word == "超过" && strings.HasSuffix(s[:i], "不超过") {
			continue
		}
		k := strings.Index(tail, x.again)
		if k < 0 || strings.ContainsAny(tail[:k], "，。；、（(") || len(x.again) == 3 && k > 0 || strings.HasPrefix(tail[k:], "余额") || strings.HasPrefix(tail[k:], "多次") || x.again == "以下" && utf8.RuneCountInString(tail[:k]) > 3 {
			continue
		}
		w.sayClean("number.about", i-len(x.word), e+k+len(x.again), s[i:e]+tail[:k]+x.again, x.word+"…"+x.again)
		return
	}
}

// compared asks the rules that compare a number with others of its sentence.
func (w *work) compared(s string, i, e int) {
	switch after := s[e:]; {
	case strings.HasPrefix(after, "%"):
		w.percent(s, i, e)
	case strings.HasPrefix(after, "个百分点"):
		w.points(s, i, e)
	case after != "" && (after[0] == ':' || strings.HasPrefix(after, "：")) && e-i <= 2:
		w.clock(s, i, e)
	case !han(before(after, min(len(after), 3))): // only what has a measure word is compared
	default:
		if strings.Contains(s[e:min(len(s), e+30)], "其中") {
			w.parts(s, i)
		}
		w.counted(s, i, e)
		w.classifier(s, i, e)
		w.difference(s, i, e)
	}
}

func (w *work) year(s string, i, e int) {
	if e-i != 4 || s[i:e] < "1990" || s[i:e] > "2099" || strings.ContainsAny(s[i:e], ",.") {
		return
	}
	if p := before(s, i); p == '第' || p == '共' || p == '—' || p == '-' || p == '至' {
		return
	}
	for _, x := range yearSubjects {
		if strings.HasPrefix(s[e:], x) {
			w.sayClean("number.year", i, e+len(x), s[i:e]+"年"+x)
			return
		}
	}
}

// about looks for two words of about on one number: 近200余, 约100件左右.
func (w *work) about(s string, i, e int) {
	switch before(s, i) {
	case '过', '超', '少', '于', '低', '多', '足':
		w.bound(s, i, e)
		return
	case '约', '近':
	default:
		w.vague(s, i, e)
		return
	}
	word := ""
	for _, p := range []string{"大约", "约", "近", "将近", "接近", "大约近", "约近"} {
		if strings.HasSuffix(s[:i], p) && len(p) > len(word) {
			word = p
		}
	}
	if word == "" || suffixIn(s[:i], "附近", "靠近", "临近", "邻近") || strings.HasSuffix(s[:i], "最近") || strings.HasSuffix(s[:i], "契约") || strings.HasSuffix(s[:i], "节约") || strings.HasSuffix(s[:i], "预约") {
		return
	}
	for _, p := range []string{"余", "多"} {
		if strings.HasPrefix(s[e:], p) && !strings.HasPrefix(s[e:], "余额") && !strings.HasPrefix(s[e:], "多次") {
			w.sayClean("number.about", i-len(word), e+len(p), s[i:e]+p, word+"…"+p)
			return
		}
	}
	tail := s[e:min(len(s), e+15)]
	for _, p := range []string{"左右", "上下", "以上", "以下"} {
		if k := strings.Index(tail, p); k >= 0 && !strings.ContainsAny(tail[:k], "，。；、") {
			w.sayClean("number.about", i-len(word), e+k+len(p), s[i:e]+tail[:k]+p, word+"…"+p)
			return
		}
	}
}

var weekdays = []string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// date looks for days that do not exist and weekdays that do not fit, at the byte m
// at which 月 stands.
func (w *work) date(s string, m int) {
	at := m + len("月")
	b := m
	for b > 0 && s[b-1] >= '0' && s[b-1] <= '9' {
		b--
	}
	e := at
	for e < len(s) && s[e] >= '0' && s[e] <= '9' {
		e++
	}
	if b < m && m-b <= 2 && b >= 7 && e == at && strings.HasSuffix(s[:b], "年") && digits(s[b-7:b-3]) && (m-b == 2 && s[b:m] > "12" || strings.Trim(s[b:m], "0") == "") {
		w.sayClean("number.date", b-7, at, "（核对日期）") // 2026年13月
		return
	}
	if b == m || m-b > 2 || e == at || e-at > 2 || !strings.HasPrefix(s[e:], "日") {
		return
	}
	month, _ := strconv.Atoi(s[b:m])
	day, _ := strconv.Atoi(s[at:e])
	e += len("日")
	from, year := b, 0
	if strings.HasSuffix(s[:b], "年") && b >= 7 {
		if y, err := strconv.Atoi(s[b-7 : b-3]); err == nil && y > 1900 {
			year, from = y, b-7
		}
	}
	check := year
	if year == 0 {
		check = 2024 // a leap year: the day may exist
	}
	d := time.Date(check, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if month < 1 || month > 12 || day < 1 || d.Day() != day {
		w.sayClean("number.date", from, e, "（核对日期）")
		return
	}
	if year == 0 {
		w.weekdayOfYear(s, e, month, day)
		return
	}
	if said, b, end := weekdayAt(s, e); end > 0 && d.Weekday() != said {
		right := weekdays[d.Weekday()]
		w.sayClean("number.weekday", b, end, right, right)
	}
	w.rangeEnd(s, e, year, month)
}

// citation looks at the document number whose year stands at byte i.
func (w *work) citation(s string, i int) {
	if i == 0 || i+4 > len(s) {
		return
	}
	if s[i:i+2] != "20" && s[i:i+2] != "19" || !digits(s[i:i+4]) {
		return
	}
	open, n := utf8.DecodeLastRuneInString(s[:i])
	shut, k := utf8.DecodeRuneInString(s[i+4:])
	if !strings.ContainsRune("[（(【［〔﹝", open) || !strings.ContainsRune("])）】］〕﹞", shut) {
		return
	}
	from, num := i-n, i+4+k
	number := strings.TrimPrefix(s[num:], "第")
	e := 0
	for e < len(number) && number[e] >= '0' && number[e] <= '9' {
		e++
	}
	if e > 0 && e < 5 && open == '〔' && shut == '〕' && han(before(s, from)) {
		w.unnumbered(s, num, len(s)-len(number)+e)
		w.future(s, i)
	}
	if e == 0 || e > 5 || !strings.HasPrefix(number[e:], "号") || strings.HasPrefix(number[e:], "号线") || strings.HasPrefix(number[e:], "号楼") || !han(before(s, from)) {
		return
	}
	// Numbers of the years before 2000 were written under other rules.
	if s[i] == '2' && (open != '〔' || shut != '〕') {
		w.sayClean("cite.bracket", from, num, "〔"+s[i:i+4]+"〕")
	}
	lead := len(s[num:]) - len(number)
	if lead > 0 && strings.HasSuffix(s[:from], "字") { // decisions on cases are numbered so by custom
		return
	}
	if strings.ContainsRune("罚决告许撤催强案立", before(s, from)) {
		return // what offices decide on single cases is counted as their systems do
	}
	if lead > 0 || number[0] == '0' && e > 1 {
		w.sayClean("cite.zero", num, num+lead+e, strings.TrimLeft(number[:e], "0"))
	}
}

// unnumbered looks at 明政发〔2025〕3, without 号, whose number is s[b:e].
func (w *work) unnumbered(s string, b, e int) {
	next := after(s, e)
	if e < len(s) && !strings.ContainsRune("，。；、）)》〕\n", next) || next == '、' && e+3 < len(s) && (s[e+3] >= '0' && s[e+3] <= '9' || s[e+3] == 0xE3) {
		return
	}
	// In a column of a table the head says it is a number.
	if line := s[strings.LastIndexByte(s[:b], '\n')+1 : b]; (next == '\n' || next == utf8.RuneError) && utf8.RuneCountInString(line) < 24 && !strings.HasSuffix(s[e:min(len(s), e+3)], "）") {
		return
	}
	w.sayClean("cite.unnumbered", b, e, strings.TrimLeft(strings.TrimPrefix(s[b:e], "第"), "0")+"号")
}

// lateYear is the year that no document of today can be of where its date is not known.
const lateYear = 2040

// future looks at 国办发〔2052〕8号: its year is still to come.
func (w *work) future(s string, i int) {
	y, _ := strconv.Atoi(s[i : i+4])
	last := lateYear
	if d := w.date10(); len(d) == 10 {
		if now, err := strconv.Atoi(d[:4]); err == nil {
			last = now + 1
		}
	}
	if y > last {
		w.sayClean("cite.future", i, i+4, "（核对年份）")
	}
}

// oddUnits are units not written so in documents, and how they are.
var oddUnits = []struct{ wrong, right string }{{"平米", "平方米"}, {"立方", "立方米"}, {"M2", "平方米"}, {"m2", "平方米"}, {"M²", "平方米"}, {"M3", "立方米"}, {"m3", "立方米"}, {"KM", "km"}, {"Km", "km"}, {"KG", "kg"}, {"Kg", "kg"},
	{"亿元元", "亿元"}, {"万元元", "万元"}, {"元元", "元"}, {"％％", "%"}, {"%%", "%"}, {"件件", "件"}, {"条条", "条"}}

// unit looks at how the unit of a number is written: 3200平米.
func (w *work) unit(s string, i, e int) {
	rest, _ := cutAny(s[e:], "万", "亿")
	if strings.HasPrefix(s[e:], "万元") || strings.HasPrefix(s[e:], "亿元") {
		rest = s[e:]
	}
	e = len(s) - len(rest)
	switch after(rest, 0) {
	case '平', '立', '公', '亿', '万', '元', '件', '条', 'M', 'm', 'K', '%', '％':
	default:
		return
	}
	if letterAt(s, i-1) {
		return
	}
	for _, u := range oddUnits {
		tail, ok := strings.CutPrefix(rest, u.wrong)
		if !ok {
			continue
		}
		next := after(tail, 0)
		if u.wrong == "立方" && (next == '米' || next == '厘' || next == '分' || next == '毫' || next == '公' || next == '千') || next < 0x80 && (next|32 >= 'a' && next|32 <= 'z' || next >= '0' && next <= '9') || strings.HasPrefix(u.wrong, "件") && han(next) || strings.HasPrefix(u.wrong, "条") && han(next) {
			return
		}
		w.sayClean("number.unit", e, e+len(u.wrong), u.right, u.right)
		return
	}
}

// unitless looks at 25.3万，比上年增加0.2万亩, and at 收入18.6亿，.
func (w *work) unitless(s string, i, e int) {
	rest, ok := cutAny(s[e:], "万", "亿")
	if !ok || len(rest) < 3 || !stop(after(rest, 0)) || after(rest, 0) == '、' || after(rest, 0) == '：' {
		return
	}
	ten := s[e : e+len("万")]
	b, end := sentenceAround(s[:min(len(s), e+longClause)], max(0, i-longLead), i)
	from, _ := clauseAround(s, b, end, i)
	right := ""
	if lead := s[from:i]; holds(lead, "收入", "支出", "产值", "投资", "生产总值", "预算", "资金", "税收", "贷款", "存款", "营业额", "销售额", "补贴", "罚款", "拨付") && !holds(lead, "人", "户", "亩", "件") {
		right = "元"
	} else {
		for _, q := range quantities(s, e, end) {
			if u, cut := strings.CutPrefix(q.unit, ten); cut && u != "" && utf8.RuneCountInString(s[e:q.b]) < 14 && holds(s[e:q.b], "比上年", "较上年", "比去年", "同比", "增加", "减少") {
				right = u
			}
		}
	}
	if right != "" && !strings.ContainsAny(s[from:i], "“（") {
		w.sayClean("number.unit", i, e+len(ten), s[i:e]+ten+right, ten+right)
	}
}

// yearInBrackets looks at 〔2025年〕16号: the year of a document number stands alone.
func (w *work) yearInBrackets(s string, i, e int) {
	rest, ok := strings.CutPrefix(s[e:], "年〕")
	if !ok || !strings.HasSuffix(s[:i], "〔") {
		return
	}
	if k := strings.Index(rest[:min(len(rest), 12)], "号"); k > 0 && strings.Trim(rest[:k], "第0123456789") == "" {
		end := len(s) - len(rest)
		w.sayClean("cite.year", i-len("〔"), end, "〔"+s[i:e]+"〕")
	}
}

// shortYear looks at 〔25〕31号: the year of a document number has four digits.
func (w *work) shortYear(s string, i, e int) {
	if e-i != 2 || !strings.HasSuffix(s[:i], "〔") || !strings.HasPrefix(s[e:], "〕") || s[i] > '2' || i < 6 || !han(before(s, i-len("〔"))) {
		return
	}
	rest := s[e+len("〕"):]
	k := strings.Index(rest[:min(len(rest), 12)], "号")
	if k < 1 || strings.Trim(rest[:k], "第0123456789") != "" {
		return
	}
	w.sayClean("cite.year", i-len("〔"), e+len("〕"), "〔20"+s[i:e]+"〕")
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
