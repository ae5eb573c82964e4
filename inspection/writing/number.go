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
		w.year(s, i, e)
		w.about(s, i, e)
		w.parts(s, i, e)
		switch {
		case strings.HasPrefix(s[e:], "月"):
			w.date(s, e)
		case e-i == 4 && strings.HasPrefix(s[e:], "年"):
			w.period(s, i)
		case e-i == 4:
			w.citation(s, i)
		}
		if rest, ok := strings.CutPrefix(s[e:], "%-"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			w.sayClean("number.range", e+1, e+2, "～")
		}
		i = e
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
	word := ""
	for _, p := range []string{"大约", "约", "近", "将近", "接近"} {
		if strings.HasSuffix(s[:i], p) && len(p) > len(word) {
			word = p
		}
	}
	if word == "" || strings.HasSuffix(s[:i], "附近") || strings.HasSuffix(s[:i], "最近") || strings.HasSuffix(s[:i], "契约") || strings.HasSuffix(s[:i], "节约") || strings.HasSuffix(s[:i], "预约") {
		return
	}
	for _, p := range []string{"余", "多"} {
		if strings.HasPrefix(s[e:], p) && !strings.HasPrefix(s[e:], "余额") && !strings.HasPrefix(s[e:], "多次") {
			w.sayClean("number.about", i-len(word), e+len(p), s[i:e]+p, word+"…"+p)
			return
		}
	}
	tail := s[e:min(len(s), e+15)]
	for _, p := range []string{"左右", "上下"} {
		if k := strings.Index(tail, p); k >= 0 && !strings.ContainsAny(tail[:k], "，。；、") {
			w.sayClean("number.about", i-len(word), e+k+len(p), s[i:e]+tail[:k]+p, word+"…"+p)
			return
		}
	}
}

// parts looks at “10件，其中甲7件、乙5件”: what is listed as part of a number cannot
// be more than the number.
func (w *work) parts(s string, i, e int) {
	total, err := strconv.Atoi(s[i:e])
	if err != nil || total == 0 {
		return
	}
	unit, n := utf8.DecodeRuneInString(s[e:])
	if !strings.ContainsRune("件条份个次人项篇期户", unit) {
		return
	}
	rest := s[e+n:]
	rest, ok := strings.CutPrefix(rest, "，其中")
	if !ok {
		if rest, ok = strings.CutPrefix(rest, ",其中"); !ok {
			return
		}
	}
	if k := strings.IndexAny(rest, "。；;\n，,（("); k >= 0 {
		rest = rest[:k]
	}
	sum, items := 0, 0
	for _, item := range strings.Split(strings.NewReplacer("和", "、", "及", "、").Replace(rest), "、") {
		b := strings.IndexAny(item, "0123456789")
		if b < 0 {
			return
		}
		d := b
		for d < len(item) && item[d] >= '0' && item[d] <= '9' {
			d++
		}
		if u, k := utf8.DecodeRuneInString(item[d:]); u != unit || item[d+k:] != "" {
			return
		}
		v, err := strconv.Atoi(item[b:d])
		if err != nil {
			return
		}
		sum += v
		items++
	}
	if items > 1 && sum > total {
		w.sayClean("number.parts", i, e+n, strconv.Itoa(sum)+string(unit), sum, total)
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
		return
	}
	rest := strings.TrimLeft(s[e:min(len(s), e+20)], "（( ")
	skipped := e + len(s[e:min(len(s), e+20)]) - len(rest)
	for i, name := range weekdays {
		for _, form := range []string{name, "周" + name[len("星期"):], "礼拜" + name[len("星期"):]} {
			if strings.HasPrefix(rest, form) && int(d.Weekday()) != i {
				right := weekdays[d.Weekday()]
				w.sayClean("number.weekday", skipped, skipped+len(form), right, right)
			}
		}
	}
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
	if !strings.ContainsRune("[（(【［〔", open) || !strings.ContainsRune("])）】］〕", shut) {
		return
	}
	from, num := i-n, i+4+k
	number := strings.TrimPrefix(s[num:], "第")
	e := 0
	for e < len(number) && number[e] >= '0' && number[e] <= '9' {
		e++
	}
	if e == 0 || e > 5 || !strings.HasPrefix(number[e:], "号") || strings.HasPrefix(number[e:], "号线") || strings.HasPrefix(number[e:], "号楼") || !han(before(s, from)) {
		return
	}
	// Numbers of the years before 2000 were written under other rules.
	if s[i] == '2' && (open != '〔' || shut != '〕') {
		w.sayClean("cite.bracket", from, num, "〔"+s[i:i+4]+"〕")
	}
	if lead := len(s[num:]) - len(number); lead > 0 || number[0] == '0' && e > 1 {
		w.sayClean("cite.zero", num, num+lead+e, strings.TrimLeft(number[:e], "0"))
	}
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
