package writing

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A yearAt is a year named in a text: 2025年.
type yearAt struct{ b, e, year int }

// yearsOf reads the years named in s[b:e].
func yearsOf(s string, b, e int) (all []yearAt) {
	for i := b; i < e && len(all) < manyQuantities; {
		k := strings.Index(s[i:e], "年")
		if k < 0 {
			return all
		}
		at := i + k
		i = at + len("年")
		if at-4 >= b && digits(s[at-4:at]) && (s[at-4] == '2' || s[at-4] == '1') && (at-5 < b || s[at-5] < '0' || s[at-5] > '9') {
			y, _ := strconv.Atoi(s[at-4 : at])
			all = append(all, yearAt{at - 4, at, y})
		}
	}
	return all
}

// manyDates is how many years named in a text are kept while it is read.
const manyDates = 400

// yearsIn compares the years of a text with that of its title, where the text speaks of
// itself: the leftovers of last year's.
func (w *work) yearsIn(s string, x titled) {
	say := func(y yearAt, right int) {
		w.sayClean("element.years", y.b, y.e, strconv.Itoa(right), strconv.Itoa(right)+"年", strconv.Itoa(y.year)+"年")
	}
	annual := strings.HasSuffix(x.kind, "报告") || x.kind == "年报"
	if annual {
		for _, k := range w.marked("统计期限") {
			_, end := sentenceAround(s[:min(len(s), k+120)], k, k)
			for _, y := range yearsOf(s, k, end) {
				if y.year != x.year {
					say(y, x.year)
					return
				}
			}
		}
	}
	if annual || x.kind == "公报" {
		w.lastYears(s, x, say)
	}
	if annual {
		w.nextYears(s, x, say)
	}
	w.leadIn(s, x, say)
}

// lastYears looks for paragraphs that tell of the year before as of this one: 2024年，我局 in a
// report of 2025.
func (w *work) lastYears(s string, x titled, say func(yearAt, int)) {
	now := strconv.Itoa(x.year) + "年"
	for _, y := range w.dates {
		if y.year != x.year-1 || !w.lineStart(y.b) {
			continue
		}
		to := len(s)
		if j := strings.IndexByte(s[y.b:], '\n'); j >= 0 {
			to = y.b + j
		}
		rest, _ := cutAny(s[y.e+len("年"):to], "全年", "度", "来", "，")
		rest, _ = cutAny(rest, "，")
		if !startsAny(rest, "我", "全区", "全县", "全市", "全镇", "全街道", "全局", "区政府", "县政府", "在") || strings.Contains(s[y.b:to], now) || holds(s[y.b:to], "整改", "上年", "去年") {
			continue
		}
		say(y, x.year)
		return
	}
}

// plansAhead are words of what somebody is going to do.
var plansAhead = []string{"将进一步", "将继续", "将着力", "将重点", "将从", "将不断", "将坚持", "将以", "将按照", "将围绕", "将加强", "将认真", "将严格", "计划"}

// nextYears looks at 2025年，我局将进一步…… in a report of 2025.
func (w *work) nextYears(s string, x titled, say func(yearAt, int)) {
	for _, y := range w.dates {
		if y.year != x.year {
			continue
		}
		at := y.e + len("年")
		rest, ok := cutAny(s[at:min(len(s), at+60)], "，", "度，", "度")
		if !ok || !clauseBegins(s, y.b) && !w.lineStart(y.b) || !startsAny(rest, "我", "区", "县", "全", "将") {
			continue
		}
		for _, p := range plansAhead {
			if j := strings.Index(rest, p); j >= 0 && utf8.RuneCountInString(rest[:j]) <= 6 && !strings.ContainsAny(rest[:j], "，。") {
				say(y, x.year+1)
				return
			}
		}
	}
}

// leadWords begin the sentence that says what a text is about.
var leadWords = []string{"现将", "现就", "现公布", "现予", "为做好", "为切实做好", "现印发", "现发布"}

// leadIn looks at the sentence that says what the text is about: 现就做好2023年度考核工作 under the
// title 2025年度考核.
func (w *work) leadIn(s string, x titled, say func(yearAt, int)) {
	_, rest, _ := strings.Cut(x.title, strconv.Itoa(x.year)+"年")
	r := []rune(strings.TrimPrefix(rest, "度"))
	if len(r) < 4 || strings.Contains(rest, "年") {
		return
	}
	topic := string(r[:4])
	if strings.HasPrefix(topic, "第") || strings.ContainsAny(topic, "0123456789") {
		return
	}
	for _, lead := range leadWords {
		at := w.marked(lead)
		if len(at) == 0 {
			continue
		}
		_, e := sentenceAround(s[:min(len(s), at[0]+300)], at[0], at[0])
		years := yearsOf(s, at[0], e)
		for _, y := range years {
			if y.year == x.year {
				return
			}
		}
		for _, y := range years {
			if strings.HasPrefix(strings.TrimPrefix(s[y.e+len("年"):e], "度"), topic) {
				say(y, x.year)
				return
			}
		}
	}
}

// plansOfYears are ends of titles of what is made anew each year.
var plansOfYears = []string{"要点》", "工作计划》", "任务清单》", "重点任务》"}

// planOfYear looks at 2025年，我局按照《2024年政务公开工作要点》.
func (w *work) planOfYear(s string, b, e int) {
	from := opening(s, b, e)
	all := yearsOf(s, from, e)
	if len(all) < 2 || all[0].b != from || !strings.HasPrefix(s[all[0].e:], "年，") {
		return
	}
	y := all[1]
	if y.year != all[0].year-1 || !suffixIn(s[:y.b], "按照《", "根据《", "落实《", "围绕《", "对照《") || utf8.RuneCountInString(s[from:y.b]) > 24 {
		return
	}
	k := strings.Index(s[y.e:e], "》")
	if k < 0 || !suffixIn(s[:y.e+k+len("》")], plansOfYears...) {
		return // what is decided once may hold for years
	}
	w.sayClean("element.years", y.b, y.e, strconv.Itoa(all[0].year), strconv.Itoa(all[0].year)+"年", strconv.Itoa(y.year)+"年")
}

// yearAgain looks at 2025年，我局2025年, and at 2025年……较2025年增加.
func (w *work) yearAgain(s string, i, e int) {
	year := s[i:e] + "年"
	rest, ok := strings.CutPrefix(s[e:], "年，")
	if !ok {
		return
	}
	head := rest[:min(len(rest), 24)]
	if k := strings.Index(head, year); k > 0 && clauseBegins(s, i) && startsAny(head, "我", "全", "本", "区", "县", "市") && !strings.ContainsAny(head[:k], "，。《、在对按根") {
		if tail := rest[k+len(year):]; !startsAny(tail, "度", "初", "底", "第", "上", "下", "前") && !strings.HasPrefix(head, "全年") {
			b := len(s) - len(rest) + k
			w.sayClean("grammar.repeat", b, b+len(year), "（删）", year)
			return
		}
	}
	_, end := sentenceAround(s[:min(len(s), e+longClause)], i, e)
	for _, x := range []string{"较", "比"} {
		k := strings.Index(s[e:end], x+year)
		if k < 0 {
			continue
		}
		b := e + k + len(x)
		if rest := s[b+len(year):]; !startsAny(rest, "初", "底", "末", "第", "上", "下", "前", "同期", "一", "二", "三", "四", "预算", "计划", "目标", "年") && (rest == "" || rest[0] < '0' || rest[0] > '9') && startsAny(s[e:end], "年，全", "年，我", "年，共", "年，区", "年，县") {
			y, _ := strconv.Atoi(s[i:e])
			w.sayClean("element.years", b, b+4, strconv.Itoa(y-1), strconv.Itoa(y-1)+"年", year)
			return
		}
	}
}

// footerYear compares the year of the document number at the head with that of the date
// at the end.
func (w *work) footerYear(s string) {
	open := strings.Index(s[:min(len(s), 400)], "〔")
	if open < 0 || open+len("〔")+4 >= len(s) || !digits(s[open+len("〔"):open+len("〔")+4]) {
		return
	}
	b := strings.LastIndexByte(s[:open], '\n') + 1
	line := s[b:]
	if k := strings.IndexByte(line, '\n'); k >= 0 {
		line = line[:k]
	}
	line = strings.Trim(line, " 　\t\r")
	if utf8.RuneCountInString(line) > 22 || !strings.HasSuffix(line, "号") || strings.Contains(line, "《") {
		return
	}
	year, _ := strconv.Atoi(s[open+len("〔") : open+len("〔")+4])
	end := strings.TrimRight(s, " 　\t\r\n")
	i := strings.LastIndexByte(end, '\n') + 1
	last := strings.Trim(end[i:], " 　\t\r")
	m, n := momentAt(last, 0)
	if n == 0 || n != len(last) || m.day == 0 || m.year == 0 || m.year >= year && m.year <= year+1 {
		return
	}
	at := i + strings.Index(s[i:], last)
	w.say("element.years", at, at+4, strconv.Itoa(year), strconv.Itoa(year)+"年", strconv.Itoa(m.year)+"年")
}
