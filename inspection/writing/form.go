package writing

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// yearRunes are the numerals a year is written with in words.
const yearRunes = "〇零○一二三四五六七八九"

// form looks at how the number s[i:e] is written: 215..6, 1,23,500元, 二〇二5年.
func (w *work) form(s string, i, e int) {
	if e-i == 1 {
		w.tens(s, i, e)
		w.roughDigits(s, i, e)
	}
	if e-i == 2 && s[i+1] == '.' && s[i] != '0' {
		w.inItems(s, i)
	}
	if e-i > 2 && unitAt(s, e) != "" {
		if text := s[i:e]; strings.ContainsAny(text, ",.") && s[e-1] != '.' && s[e-1] != ',' {
			w.points2(s, i, e, text)
		}
	}
	if e == len(s) {
		return
	}
	switch s[e] {
	case "，"[0]:
		w.decimalComma(s, i, e)
	case "年"[0]:
		if e-i < 4 && strings.HasPrefix(s[e:], "年") {
			w.mixedYear(s, i, e)
		}
	}
	if e-i <= 3 && i > 2 && s[i-1] != '\n' && (s[i-3] == "〇"[0] || s[i-3] == "二"[0] || s[i-3] == "一"[0]) {
		w.mixedYear(s, i, e)
	}
}

// points2 looks at the points and commas of a number with a measure word.
func (w *work) points2(s string, i, e int, text string) {
	whole, part, _ := strings.Cut(text, ".")
	switch groups := strings.Split(whole, ","); {
	case strings.Contains(text, "..."):
	case strings.Contains(text, ".."):
		right := strings.ReplaceAll(text, "..", ".")
		w.sayClean("number.form", i, e, right, right)
	case strings.Contains(part, ".") && !strings.Contains(text, ","):
		w.sayClean("number.form", i, e, "（核对数字）", text)
	case len(groups) > 1:
		three, odd := false, len(groups[0]) > 3
		for _, g := range groups[1:] {
			three = three || len(g) == 3
			odd = odd || len(g) != 3
		}
		if odd && three && len(whole) > 6 {
			right := strings.ReplaceAll(text, ",", "")
			w.sayClean("number.form", i, e, right, right)
		}
	case fraction(s, i, e, text):
		w.sayClean("number.form", i, e, "（核对数字）", text)
	}
}

// whole are measure words of what is counted one by one.
var wholeUnits = []string{"件", "条", "份", "篇", "次", "场", "期", "名", "人次", "批次"}

// fraction looks at 0.5件: what is counted one by one has no fraction, but for means.
func fraction(s string, i, e int, text string) bool {
	unit := unitAt(s, e)
	if !strings.Contains(text, ".") || !han(before(s, i)) {
		return false
	}
	for _, u := range wholeUnits {
		if unit == u {
			clause := s[max(0, i-90):i]
			if k := strings.LastIndexAny(clause, "。；\n"); k >= 0 {
				clause = clause[k:]
			}
			next := after(s, e+len(unit))
			return !holds(clause, "均", "每", "率", "比", "倍", "当量", "折", "版") && (stop(next) || next == utf8.RuneError || next == '\n' || next == '）')
		}
	}
	return false
}

// mixedYear looks at a year half in words and half in digits.
func (w *work) mixedYear(s string, i, e int) {
	if strings.Trim(s[i:e], "0") == "" {
		return // see zeros
	}
	b, to := i, e
	for b > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:b])
		if !strings.ContainsRune(yearRunes, r) {
			break
		}
		b -= n
	}
	for {
		r, n := utf8.DecodeRuneInString(s[to:])
		if r == utf8.RuneError || !strings.ContainsRune(yearRunes, r) {
			break
		}
		to += n
	}
	if b == i && to == e || !strings.HasPrefix(s[to:], "年") || utf8.RuneCountInString(s[b:to]) != 4 {
		return
	}
	var right strings.Builder
	for _, r := range s[b:to] {
		switch k := strings.IndexRune("一二三四五六七八九", r); {
		case r < 0x80:
			right.WriteRune(r)
		case k >= 0:
			right.WriteByte(byte('1' + k/len("一")))
		default:
			right.WriteByte('0')
		}
	}
	if y := right.String(); y > "1900" && y < "2100" {
		w.sayClean("number.form", b, to, y, y)
	}
}

// tens looks at 十2个.
func (w *work) tens(s string, i, e int) {
	if e-i != 1 || s[i] == '0' || !strings.HasSuffix(s[:i], "十") || !strings.ContainsRune("个名件条项家人天次户年月", after(s, e)) {
		return
	}
	b := i - len("十")
	lead := 1
	if k := strings.IndexRune(numerals, before(s, b)); k >= 0 && b > 0 {
		lead = k/len("一") + 1
		b -= len("一")
	}
	if p := before(s, b); lead > 9 || p == '第' || p == '百' || p == '、' {
		return
	}
	right := strconv.Itoa(lead) + s[i:e]
	w.sayClean("number.form", b, e, right, right)
}

// roughDigits looks at 3、4次: about how many is written 三四次.
func (w *work) roughDigits(s string, i, e int) {
	if e-i != 1 || s[i] == '0' || s[i] == '9' || !strings.HasPrefix(s[e:], "、") {
		return
	}
	j := e + len("、")
	if j+1 >= len(s) || s[j] != s[i]+1 || s[j+1] < 0x80 || !han(before(s, i)) || strings.ContainsRune("第表图件条款项附至见号栋楼至组类级年月型", before(s, i)) {
		return
	}
	if unit := after(s, j+1); !strings.ContainsRune("次名天场家户", unit) || strings.HasPrefix(s[j+1:], "名次") {
		return
	}
	digit := func(b byte) string { return write(int(b - '0')) }
	right := digit(s[i]) + digit(s[j])
	w.sayClean("punct.rough", i, j+1, right)
}

// decimalComma looks at 48，6%.
func (w *work) decimalComma(s string, i, e int) {
	rest, ok := strings.CutPrefix(s[e:], "，")
	if !ok || e-i > 3 || !strings.ContainsRune("达为到长升降率占至约加", before(s, i)) {
		return
	}
	k := 0
	for k < len(rest) && k < 3 && rest[k] >= '0' && rest[k] <= '9' {
		k++
	}
	if k == 0 || k > 2 || !strings.HasPrefix(rest[k:], "%") {
		return
	}
	right := s[i:e] + "." + rest[:k]
	w.sayClean("number.form", i, e+len("，")+k, right, right)
}

// paddedDay looks at 05月8日: both have a nought before them or neither.
func (w *work) paddedDay(s string, i, e int) {
	if e-i > 2 || !strings.HasPrefix(s[e:], "月") || strings.HasSuffix(s[:i], "-") {
		return
	}
	d := e + len("月")
	k := d
	for k < len(s) && s[k] >= '0' && s[k] <= '9' {
		k++
	}
	if k == d || k-d > 2 || !strings.HasPrefix(s[k:], "日") && !strings.HasPrefix(s[k:], "号") {
		return
	}
	if s[i] == '0' && e-i == 2 && k-d == 1 || e-i == 1 && k-d == 2 && s[d] == '0' {
		right := strings.TrimPrefix(s[i:e], "0") + "月" + strings.TrimPrefix(s[d:k], "0") + "日"
		w.sayClean("number.form", i, k+len("日"), right, right)
	}
}

// spacedNumber looks at a space inside a number of a sentence: 105. 223万元.
func (w *work) spacedNumber(s string, i, e int) {
	b := i
	for b > 0 && (s[b-1] >= '0' && s[b-1] <= '9' || s[b-1] == '.') {
		b--
	}
	to := e
	for to < len(s) && (s[to] >= '0' && s[to] <= '9' || s[to] == '.') {
		to++
	}
	if e-i != 1 || b == i || to == e || !han(before(s, b)) || unitAt(strings.TrimLeft(s[to:], " "), 0) == "" {
		return
	}
	left, right := s[b:i], s[e:to]
	// A space between thousands is allowed: 138 000元.
	point := strings.HasSuffix(left, ".") && digits(left[:len(left)-1]) && digits(right) && len(left) > 1
	if point {
		w.say("number.form", b, to, left+right, left+right)
	}
}
