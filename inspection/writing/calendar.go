package writing

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// seasons are parts of a year, and their first and last months.
var seasons = map[string][2]int{"上半年": {1, 6}, "下半年": {7, 12}, "前三季度": {1, 9},
	"第一季度": {1, 3}, "第二季度": {4, 6}, "第三季度": {7, 9}, "第四季度": {10, 12},
	"一季度": {1, 3}, "二季度": {4, 6}, "三季度": {7, 9}, "四季度": {10, 12}}

var seasonWords = []string{"上半年", "下半年", "季度"}

// seasonal looks at 上半年（1—9月） in a sentence.
func (w *work) seasonal(s string, b, e int) {
	for at, n := b, 0; at < e && n < tries; n++ {
		k := strings.IndexAny(s[at:e], "（(")
		if k < 0 {
			return
		}
		open := at + k
		_, size := utf8.DecodeRuneInString(s[open:])
		at = open + size
		name := ""
		for x := range seasons {
			if strings.HasSuffix(s[b:open], x) && len(x) > len(name) {
				name = x
			}
		}
		if name == "" {
			continue
		}
		from, to, end := monthsAt(s[:e], at)
		if end == 0 {
			continue
		}
		first, last := seasons[name][0], seasons[name][1]
		if from >= first && to <= last {
			continue // of a part of it
		}
		right := strconv.Itoa(first) + "—" + strconv.Itoa(last) + "月"
		if strings.Contains(s[at:end], "至") {
			right = strconv.Itoa(first) + "月至" + strconv.Itoa(last) + "月"
		}
		w.sayClean("number.season", open-len(name), end, name+s[open:at]+right, name, first, last)
	}
}

// monthsAt reads 1—9月 or 1月至4月 at a place; end is 0 if there is none.
func monthsAt(s string, i int) (from, to, end int) {
	month := func(i int) (n, e int) {
		e = i
		for e < len(s) && e-i < 2 && s[e] >= '0' && s[e] <= '9' {
			e++
		}
		n, _ = strconv.Atoi(s[i:e])
		return n, e
	}
	from, e := month(i)
	if from == 0 {
		return 0, 0, 0
	}
	rest, _ := cutAny(s[e:], "月份", "月")
	rest, ok := cutAny(rest, "至", "到", "——", "—", "－", "–", "～", "~", "-")
	if !ok {
		return 0, 0, 0
	}
	to, e = month(len(s) - len(rest))
	if to == 0 || !strings.HasPrefix(s[e:], "月") {
		return 0, 0, 0
	}
	return from, to, e + len("月")
}

// plans are the five-year plans and their first years.
var plans = map[string]int{"“十一五”": 2006, "“十二五”": 2011, "“十三五”": 2016, "“十四五”": 2021, "“十五五”": 2026}

var planWords = []string{"“十一五”", "“十二五”", "“十三五”", "“十四五”", "“十五五”"}

// planned looks at “十四五”时期（2021—2024年）.
func (w *work) planned(s string, b, e int) {
	for _, name := range planWords {
		k := strings.Index(s[b:e], name)
		if k < 0 {
			continue
		}
		at := b + k + len(name)
		rest, _ := cutAny(s[at:e], "时期", "期间", "规划期")
		rest, ok := cutAny(rest, "（", "(")
		if !ok || len(rest) < 12 || !digits(rest[:4]) {
			continue
		}
		i := e - len(rest)
		from, _ := strconv.Atoi(rest[:4])
		rest, _ = cutAny(rest[4:], "年")
		rest, ok = cutAny(rest, "至", "到", "——", "—", "－", "–", "～", "~", "-")
		if !ok || len(rest) < 4 || !digits(rest[:4]) {
			continue
		}
		to, _ := strconv.Atoi(rest[:4])
		end := e - len(rest) + 4
		if first := plans[name]; from != first || to != first+4 {
			right := strings.Replace(strings.Replace(s[i:end], strconv.Itoa(from), strconv.Itoa(first), 1), strconv.Itoa(to), strconv.Itoa(first+4), 1)
			w.sayClean("number.plan", i, end, right, name, first, first+4)
		}
	}
}

// clock looks at the time of day whose hour is s[i:e]: 14:30至13:30, 25:00.
func (w *work) clock(s string, i, e int) {
	from, end := timeAt(s, i)
	if end == 0 || i > 0 && (s[i-1] == ':' || s[i-1] == '.' || s[i-1] == '-' || s[i-1] == '/') {
		return
	}
	if p := before(s, i); !han(p) && !strings.ContainsRune("，。；（(：、）) \n", p) {
		return
	}
	rest, ok := cutAny(s[end:], "至", "到", "——", "—", "－", "–", "～", "~", "-")
	if !ok {
		return
	}
	b := len(s) - len(rest)
	for _, x := range []string{"下午", "上午", "晚上", "中午"} {
		if strings.HasPrefix(rest, x) {
			return
		}
	}
	to, last := timeAt(s, b)
	const morning, evening = 7 * 60, 19 * 60
	if last == 0 {
		w.noTime(s, i, b)
		return
	}
	if from < morning || from > evening || to < morning || to > evening || to > from {
		return
	}
	// 下午2:30至5:00 is read by its word; two times that are alike are no stretch.
	if to == from || strings.HasSuffix(s[:i], "晚") || strings.HasSuffix(s[:i], "晚上") {
		return
	}
	w.sayClean("number.clock", i, last, s[b:last]+s[end:b]+s[i:end])
}

// noTime looks at the end of a stretch of hours that is no time of day: 8:30-25:30.
func (w *work) noTime(s string, i, b int) {
	e := b
	for e < len(s) && e-b < 3 && s[e] >= '0' && s[e] <= '9' {
		e++
	}
	rest, ok := cutAny(s[e:], ":", "：")
	if !ok || e-b != 2 || len(rest) < 2 || !digits(rest[:2]) || len(rest) > 2 && rest[2] >= '0' && rest[2] <= '9' {
		return
	}
	if h, _ := strconv.Atoi(s[b:e]); h > 24 && h < 60 || rest[:2] > "59" && h <= 24 {
		w.sayClean("number.form", b, len(s)-len(rest)+2, "（核对时刻）", s[b:len(s)-len(rest)+2])
	}
}

// timeAt reads 14:30 at a place, in minutes; end is 0 if there is none.
func timeAt(s string, i int) (minutes, end int) {
	e := i
	for e < len(s) && e-i < 2 && s[e] >= '0' && s[e] <= '9' {
		e++
	}
	rest, ok := cutAny(s[e:], ":", "：")
	if e == i || !ok || len(rest) < 2 || !digits(rest[:2]) || len(rest) > 2 && (rest[2] >= '0' && rest[2] <= '9' || rest[2] == ':') {
		return 0, 0
	}
	h, _ := strconv.Atoi(s[i:e])
	m, _ := strconv.Atoi(rest[:2])
	if h > 24 || m > 59 {
		return 0, 0
	}
	return h*60 + m, len(s) - len(rest) + 2
}
