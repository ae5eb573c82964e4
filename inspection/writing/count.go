package writing

import (
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// announced are words behind the number of what is told next.
var announced = []string{"个问题", "个方面", "项工作", "项措施", "条措施", "点要求", "点意见", "个不足", "方面问题", "方面工作", "方面内容", "大举措", "项举措", "个特点", "个环节", "项任务", "项内容", "点建议", "项重点", "个阶段", "个步骤", "项要求", "条意见", "大问题", "点不足", "项制度"}

// aheadOf bounds, in bytes, how far the members of what was announced are read.
const aheadOf = 6000

// announce looks at 存在三个问题：一是……；二是……。: as many are told as were announced.
func (w *work) announce(s string, b, e int) {
	for _, word := range announced {
		k := strings.Index(s[b:e], word)
		if k < 0 {
			continue
		}
		at := b + k
		from, n := numeralBefore(s, b, at)
		if n < 2 || n > 12 || strings.HasSuffix(s[:from], "第") || suffixIn(s[:from], "其他", "另外", "其余", "前", "后", "百", "千", "余", "多", "上述", "以上") {
			continue
		}
		// What was announced is told right behind it, or is no list.
		head := at + len(word)
		rest := s[head:min(len(s), head+aheadOf)]
		j := strings.Index(rest, "一是")
		mark := "是"
		if x := strings.Index(rest, "一要"); x >= 0 && (j < 0 || x < j) {
			j, mark = x, "要"
		}
		if j < 0 || utf8.RuneCountInString(rest[:j]) > 24 || strings.Contains(rest[:j], "\n\n") || !clauseBegins(rest, j) {
			w.announcedList(s, from, at, head, e, n)
			return
		}
		if got := told(rest[j:], mark); got > 1 && got != n {
			w.sayClean("number.members", from, at, figureLike(s[from:at], got), got, n)
		}
		return
	}
}

// numeralBefore reads the number that ends at byte at: 三, 3, 十二.
func numeralBefore(s string, b, at int) (from, n int) {
	for from = at; from > b; {
		r, k := utf8.DecodeLastRuneInString(s[b:from])
		if (r < '0' || r > '9') && !strings.ContainsRune("一二三四五六七八九十两", r) {
			break
		}
		from -= k
	}
	if s[from:at] == "两" {
		return from, 2
	}
	n, used := zh.Numeral(s[from:at])
	if used != at-from {
		return from, 0
	}
	return from, n
}

// figureLike writes n the way a number was written.
func figureLike(was string, n int) string {
	switch {
	case was == "" || was[0] < 0x80:
		return figures(float64(n), 0)
	case n == 2:
		return "两"
	}
	return write(n)
}

// told counts 一是……二是…… to where the sequence ends; 0 if it has gaps.
func told(s, mark string) int {
	last := 0
	for i := 0; i < len(s); {
		k := strings.Index(s[i:], mark)
		if k < 0 {
			break
		}
		at := i + k
		i = at + len(mark)
		r, n := utf8.DecodeLastRuneInString(s[:at])
		d := strings.IndexRune(numerals, r)
		if d < 0 || r == '十' || !clauseBegins(s, at-n) {
			continue
		}
		now := d/len("一") + 1
		if now == 1 && last > 0 {
			break
		}
		if now != last+1 {
			return 0
		}
		last = now
	}
	if last == 9 {
		return 0 // 十是 is not read
	}
	return last
}

// announcedList looks at 分三个阶段实施：甲、乙、丙、丁。: a list behind a colon, closed by the
// end of its sentence.
func (w *work) announcedList(s string, from, at, head, e, n int) {
	k := strings.Index(s[head:e], "：")
	if k < 0 || utf8.RuneCountInString(s[head:head+k]) > 8 || strings.ContainsAny(s[head:head+k], "，。、") {
		return
	}
	got, most := listLength(s[head+k+len("：") : e])
	if got > 1 && (n < got || n > most) {
		w.sayClean("number.members", from, at, figureLike(s[from:at], got), got, n)
	}
}

// listLength counts the members of a list that is all of a stretch, at the least and at
// the most; 0 if it is no such list.
func listLength(s string) (least, most int) {
	depth, size := 0, 0
	least = 1
	for i, r := range s {
		switch {
		case r == '（' || r == '《' || r == '“':
			depth++
		case r == '）' || r == '》' || r == '”':
			depth--
		case depth > 0:
		case r == '、':
			least++
			size = 0
		case r == '，' || r == '；' || r == '：' || r == ',' || r == '\n':
			return 0, 0
		case r == '和' || r == '及' || r == '与' || r == '暨':
			most++
		case strings.HasPrefix(s[i:], "等") && strings.Trim(s[i+len("等"):], "。") == "":
			return 0, 0
		}
		if size++; size > 24 {
			return 0, 0
		}
	}
	if least < 2 || strings.Contains(s, "等") {
		return 0, 0
	}
	return least, least + most
}

// following looks at 以下5家单位：甲、乙、丙。
func (w *work) following(s string, b, e int) {
	at := b + strings.Index(s[b:e], "以下")
	i := at + len("以下")
	end := i
	for end < e {
		r, n := utf8.DecodeRuneInString(s[end:e])
		if (r < '0' || r > '9') && !strings.ContainsRune("一二三四五六七八九十两", r) {
			break
		}
		end += n
	}
	_, n := numeralBefore(s, i, end)
	if n < 2 || n > 40 || !strings.ContainsRune("家个名项类种户人所条", after(s, end)) {
		return
	}
	k := strings.Index(s[end:e], "：")
	if k < 0 || utf8.RuneCountInString(s[end:end+k]) > 16 || strings.ContainsAny(s[end:end+k], "，。、") {
		return
	}
	if got, most := listLength(s[end+k+len("：") : e]); got > 1 && (n < got || n > most) {
		w.sayClean("number.members", i, end, figureLike(s[i:end], got), got, n)
	}
}

// backRefs are words by which a sentence says that it speaks of all there were.
var backRefs = []string{"均", "全部", "都"}

// counts are measure words of what is told of again.
const againCounts = "次件条场期份项批"

// again2 looks at the number of what was told before: 召开政务公开会议4次。5次政务公开会议均…….
func (w *work) again2(s string, b, e int) {
	from := opening(s, b, e)
	i := from
	for i < e && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	unit, k := utf8.DecodeRuneInString(s[i:e])
	if i == from || i-from > 4 || !strings.ContainsRune(againCounts, unit) {
		return
	}
	what := s[i+k : clauseEnd(s, i, e)]
	cut := -1
	for _, x := range backRefs {
		if j := strings.Index(what, x); j > 0 && (cut < 0 || j < cut) {
			cut = j
		}
	}
	if cut < 0 {
		return
	}
	what = strings.TrimSuffix(what[:cut], "中")
	if n := utf8.RuneCountInString(what); n < 4 || n > 16 {
		return
	}
	w.differs(s, b, from, i, what, string(unit))
}

// among looks at 在办理的18件公开申请中 where fewer were told of before.
func (w *work) among(s string, b, e int) {
	for _, lead := range []string{"在收到的", "在受理的", "在办理的", "在办结的"} {
		k := strings.Index(s[b:e], lead)
		if k < 0 || strings.Contains(s[:b], "结转") {
			continue
		}
		i := b + k + len(lead)
		j := i
		for j < e && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		unit, n := utf8.DecodeRuneInString(s[j:e])
		end := strings.Index(s[j:e], "中，")
		if j == i || j-i > 6 || !strings.ContainsRune(againCounts, unit) || end < 0 {
			continue
		}
		what := s[j+n : j+end]
		if c := utf8.RuneCountInString(what); c < 4 || c > 14 {
			continue
		}
		said, _ := quantityAt(s, i)
		most, figure := 0.0, ""
		for at := max(0, b-longOrder); at < b; {
			x := strings.Index(s[at:b], what)
			if x < 0 {
				break
			}
			at += x + len(what)
			if at < b && s[at] >= '0' && s[at] <= '9' {
				if q, ok := quantityAt(s[:b], at); ok && q.unit == string(unit) && q.value > most {
					most, figure = q.value, s[at:q.e]
				}
			}
		}
		if most > 0 && said.value > most {
			w.sayClean("number.twice", i, j, strings.TrimSuffix(figure, string(unit)), what, figure, s[i:j]+string(unit))
		}
	}
}

// differs reports the number s[i:j] if a thing was counted before in the same paragraph,
// and every time as another number.
func (w *work) differs(s string, b, i, j int, what, unit string) {
	par := s[max(0, b-longOrder):b]
	par = par[strings.LastIndexByte(par, '\n')+1:]
	other := ""
	for at := 0; ; {
		k := strings.Index(par[at:], what)
		if k < 0 {
			break
		}
		end := at + k + len(what)
		rest := par[end:]
		d := 0
		for d < len(rest) && rest[d] >= '0' && rest[d] <= '9' {
			d++
		}
		if d > 0 && strings.HasPrefix(rest[d:], unit) {
			if rest[:d] == s[i:j] || other != "" {
				return
			}
			other = rest[:d]
		}
		at = end
	}
	if other != "" {
		w.sayClean("number.twice", i, j, other, what, other+unit, s[i:j]+unit)
	}
}
