package writing

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// longLead is how many bytes before a percentage its numbers may stand.
const longLead = 600

// rises and falls are what stands before a percentage by which something grew or
// shrank; fillers may stand between.
var (
	rises   = []string{"增长", "上升", "提高", "增加", "增幅", "涨幅", "增速"}
	falls   = []string{"下降", "减少", "降低", "降幅", "回落", "减幅", "下滑"}
	fillers = []string{"了", "为", "达到", "达", "是", "的", "比", "总数", "总量", "总件数", "全部", "全年", "总"}
)

// derived are the rates that are one number of a sentence by another.
var derived = []string{"办结率", "回收率", "参评率", "办复率", "答复率", "完成率", "合格率", "通过率", "整改率", "及时率", "回复率", "出席率", "到会率", "参会率", "开工率", "竣工率",
	"兑现率", "处理率", "化解率", "结案率", "反馈率", "受理率", "检查率", "有效率", "达标率", "入园率", "录取率", "报到率"}

// percent looks at the percentage whose number is s[i:e]: does it fit the numbers of
// the same sentence?
func (w *work) percent(s string, i, e int) {
	p, err := strconv.ParseFloat(s[i:e], 64)
	if err != nil {
		return
	}
	b, _ := sentenceAround(s[:i], max(0, i-longLead), i)
	lead := s[b:i]
	for cut := true; cut; {
		cut = false
		for _, x := range fillers {
			if strings.HasSuffix(lead, x) && !suffixIn(lead, "占比", "降为", "增为") {
				lead, cut = lead[:len(lead)-len(x)], true
			}
		}
	}
	lead = strings.TrimSuffix(lead, "占比")
	ulp := math.Pow(10, -float64(places(s[i:e])))
	switch {
	case suffixIn(lead, rises...) || strings.HasSuffix(lead, "提升"):
		w.growth(s, b, b+len(lead), i, e, p, ulp)
		w.pointed(s, b, b+len(lead)-len("增长"), i, e, p)
	case suffixIn(lead, falls...):
		w.growth(s, b, b+len(lead), i, e, -p, ulp)
		w.pointed(s, b, b+len(lead)-len("下降"), i, e, p)
	case suffixIn(lead, "占") || strings.HasSuffix(s[b:i], "占比") || strings.HasSuffix(s[b:i], "占比为"):
		w.share(s, b, i, e, p, ulp)
		w.shares(s, b, i, e)
	case suffixIn(lead, derived...):
		w.rate(s, b, i, e, p, ulp)
	}
}

// Where prices are made comparable, or areas changed, numbers and growth need not fit.
var comparable = []string{"可比", "不变价", "生产总值", "增加值", "剔除", "同口径", "年均", "名义", "实际增长", "约", "近", "超", "左右"}

// growth compares a percentage of growth with the two numbers it is between: 1500条，
// 上年为1200条，增长20%.
func (w *work) growth(s string, b, verb, i, e int, p, ulp float64) {
	all := quantities(s, b, i)
	n := len(all)
	if n < 2 || holds(s[b:verb], comparable...) {
		return
	}
	x, y := all[n-2], all[n-1]
	if x.unit != y.unit || x.unit == "%" {
		return
	}
	// Between the second number and the percentage nothing else may be told.
	between := strings.Trim(s[y.e:verb], "，, 、）)")
	for _, r := range append([]string{"同比", "相比", "比上年", "较上年", "与上年相比", "环比", "人数", "数量", "总体", "共", "分别"}, append(rises, falls...)...) {
		between = strings.Trim(strings.ReplaceAll(between, r, ""), "，, ")
	}
	if between != "" {
		return
	}
	gap, head := s[x.e:y.b], s[b:x.b]
	var was, is quantity
	switch {
	case suffixIn(gap, "增加到", "增长到", "提高到", "上升到", "增至", "升至", "减少到", "下降到", "降低到", "降到", "降至", "减至", "发展到", "扩大到", "增加至", "提高至", "下降至", "减少至") && fromThere(head):
		was, is = x, y
	case comparesWith(gap, "为", "是", "的", "", "收到", "同期"):
		was, is = y, x
	case suffixIn(gap, "增加", "增长", "增加了", "增长了", "多", "增") && comparesAt(gap):
		is, was = x, quantity{value: x.value - y.value, slack: x.slack + y.slack}
	case suffixIn(gap, "减少", "下降", "减少了", "下降了", "少", "减") && comparesAt(gap):
		is, was = x, quantity{value: x.value + y.value, slack: x.slack + y.slack}
	default:
		return
	}
	if was.value <= was.slack {
		return
	}
	rate := func(is, was float64) float64 { return (is - was) / was * 100 }
	low := rate(is.value-is.slack, was.value+was.slack) - ulp
	high := rate(is.value+is.slack, was.value-was.slack) + ulp
	if p >= low && p <= high {
		return
	}
	right := rate(is.value, was.value)
	word := "增长"
	if right < 0 {
		word = "下降"
	}
	fig := figures(math.Abs(right), places(s[i:e]))
	suggest := fig + "%"
	if (right < 0) != (p < 0) {
		suggest = word + suggest
	}
	w.sayClean("number.growth", i, e+1, suggest, figures(was.value, 2), figures(is.value, 2), word+fig+"%")
}

// fromThere tells whether a sentence's beginning leads to the number from which
// something grew: 由去年的.
func fromThere(head string) bool {
	if k := strings.LastIndexAny(head, "，,"); k >= 0 {
		head = head[k:]
	}
	return strings.Contains(head, "由") || strings.Contains(head, "从")
}

var earlier = []string{"上年", "去年", "上年度", "上一年", "前一年", "上年同期", "去年同期", "同期", "上季度", "上月", "上一年度"}

// comparesWith tells whether the words between two numbers say that the second is of
// the time before: ，上年为.
func comparesWith(gap string, ends ...string) bool {
	k := max(strings.LastIndex(gap, "，"), strings.LastIndex(gap, "（"))
	if k < 0 {
		return false
	}
	_, n := utf8.DecodeRuneInString(gap[k:])
	gap = gap[k+n:]
	gap = strings.TrimPrefix(strings.TrimPrefix(gap, "较"), "比")
	if rest, ok := yearOf(gap); ok {
		return slices.Contains(ends, rest) || slices.Contains(earlier, rest)
	}
	for _, x := range earlier {
		if rest, ok := strings.CutPrefix(gap, x); ok && (slices.Contains(ends, rest) || slices.Contains(earlier, rest)) {
			return true
		}
	}
	return false
}

// yearOf cuts a year off the beginning of what is compared with: 2024年的.
func yearOf(s string) (rest string, ok bool) {
	if len(s) < 4 || !digits(s[:4]) {
		return s, false
	}
	return cutAny(s[4:], "年同期", "年度", "年")
}

// comparesAt tells whether the words between two numbers say that the second is by
// how much the first differs from the time before: ，比上年增加.
func comparesAt(gap string) bool {
	k := strings.LastIndex(gap, "，")
	if k < 0 {
		return false
	}
	gap = gap[k+len("，"):]
	return strings.HasPrefix(gap, "同比") || (strings.HasPrefix(gap, "比") || strings.HasPrefix(gap, "较")) && holds(gap, earlier...)
}

// fits tells whether p is a share of the other number, as it may have been rounded.
func fits(p, ulp float64, part, whole quantity) bool {
	low := (part.value - part.slack) / (whole.value + whole.slack) * 100
	high := (part.value + part.slack) / math.Max(whole.value-whole.slack, 1e-9) * 100
	return p >= low-ulp && p <= high+ulp
}

// rate compares 办结率98% with the numbers before it: no two of them may give it.
func (w *work) rate(s string, b, i, e int, p, ulp float64) {
	all := quantities(s, b, i)
	if len(all) < 2 || holds(s[b:i], "约", "近", "同比", "以上") || !named(s[b:i]) {
		return
	}
	y := all[len(all)-1]
	same := ofUnit(all, y.unit)
	if len(same) < 2 || y.unit == "%" || same[len(same)-2].value < y.value || strings.ContainsRune(s[y.e:i], '。') {
		return
	}
	for _, whole := range same {
		for _, part := range same {
			if whole.value > 0 && part.b != whole.b && (fits(p, ulp, part, whole) || fits(100-p, ulp, part, whole)) {
				return
			}
		}
	}
	x := same[len(same)-2]
	if x.value == 0 {
		return
	}
	right := figures(y.value/x.value*100, places(s[i:e]))
	w.sayClean("number.rate", i, e+1, right+"%", figures(y.value, 2), figures(x.value, 2), right)
}

// named tells whether what a rate is called after stands with the numbers before it:
// 办结129件，办结率; 收回480份，回收率. Of 办结129件，化解率 the numbers say nothing.
func named(s string) bool {
	k := strings.LastIndex(s, "率")
	if k < 6 {
		return false
	}
	return strings.Contains(s[:k-6], s[k-6:k-3]) && strings.Contains(s[:k-6], s[k-3:k])
}

// share compares 其中网站900条，占65% with the two numbers before it.
func (w *work) share(s string, b, i, e int, p, ulp float64) {
	all := quantities(s, b, i)
	if len(all) != 2 || all[0].unit != all[1].unit || all[0].unit == "%" || all[0].value < all[1].value || all[0].value == 0 {
		return
	}
	whole, part := all[0], all[1]
	gap := s[whole.e:part.b]
	if !strings.HasPrefix(strings.TrimLeft(gap, "，,（("), "其中") || holds(s[b:i], "约", "近", "余", "多") || fits(p, ulp, part, whole) || holds(s[part.e:i], "。", "人口", "面积") {
		return
	}
	right := figures(part.value/whole.value*100, places(s[i:e]))
	w.sayClean("number.rate", i, e+1, right+"%", figures(part.value, 2), figures(whole.value, 2), right)
}

// shares adds up 甲占45%，乙占30%，丙占35% when it comes to the last of them.
func (w *work) shares(s string, b, i, e int) {
	_, end := sentenceAround(s[:min(len(s), i+longLead)], i, i)
	if strings.Contains(s[e:end], "占") {
		return
	}
	var labels []string
	sum := 0.0
	for _, clause := range strings.FieldsFunc(s[b:e+1], func(r rune) bool { return r == '，' || r == '、' || r == ',' || r == '：' }) {
		label, rest, ok := strings.Cut(clause, "占")
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "比"), "为")
		number, tail, percent := strings.Cut(rest, "%")
		v, err := strconv.ParseFloat(number, 64)
		if !ok || !percent || err != nil || tail != "" {
			if len(labels) > 0 {
				return // something else was told between them
			}
			continue
		}
		labels = append(labels, label)
		sum += v
	}
	if len(labels) < 3 {
		return
	}
	alike := true
	last := before(labels[0], len(labels[0]))
	for _, l := range labels {
		alike = alike && l != "" && before(l, len(l)) == last
	}
	rest := strings.HasPrefix(labels[len(labels)-1], "其他") || strings.HasPrefix(labels[len(labels)-1], "其余")
	if alike && strings.ContainsRune("类型级件业意", last) && sum > 101 || rest && (sum > 101 || sum < 99) {
		w.sayClean("number.shares", i, e+1, "（核对百分比）", figures(sum, 2))
	}
}

// structure adds up 三次产业结构为18.2:36.5:46.3.
func (w *work) structure(s string, b, e int) {
	for i := b + strings.Index(s[b:e], "产业结构"); i < e; i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		from, sum, n := i, 0.0, 0
		for {
			j := i
			for j < e && (s[j] >= '0' && s[j] <= '9' || s[j] == '.') {
				j++
			}
			v, err := strconv.ParseFloat(s[i:j], 64)
			if err != nil {
				return
			}
			sum, n, i = sum+v, n+1, j
			rest, ok := cutAny(s[j:e], "：", ":", "∶")
			if !ok || rest == "" || rest[0] < '0' || rest[0] > '9' {
				break
			}
			i = e - len(rest)
		}
		if n == 3 && strings.Contains(s[from:i], ".") && math.Abs(sum-100) > 0.21 && sum > 80 && sum < 120 {
			w.sayClean("number.shares", from, i, "（核对百分比）", figures(sum, 2))
		}
	}
}

// points compares 提高3.3个百分点 with the two percentages before it.
func (w *work) points(s string, i, e int) {
	b, _ := sentenceAround(s[:i], max(0, i-longLead), i)
	all := ofUnit(quantities(s, b, i), "%")
	said, err := strconv.ParseFloat(s[i:e], 64)
	if err != nil || len(all) != 2 || holds(s[b:i], "约", "近", "超") {
		return
	}
	x, y := all[0], all[1]
	if gap := s[x.e:y.b]; !suffixIn(gap, "提高到", "上升到", "增加到", "下降到", "降低到", "降到", "降至", "升至", "提高至", "下降至", "上升至", "提升到", "提升至") || !fromThere(s[b:x.b]) || utf8.RuneCountInString(s[y.e:i]) > 8 {
		return
	}
	if diff := math.Abs(y.value - x.value); math.Abs(diff-said) > x.slack+y.slack+1e-9 {
		right := figures(diff, max(places(s[i:e]), 1))
		w.sayClean("number.growth", i, e, right, figures(x.value, 2)+"%", figures(y.value, 2)+"%", right+"个百分点")
	}
}

// difference looks at 36件，比上年的45件增加9件, from the last number on.
func (w *work) difference(s string, i, e int) {
	word, less := "", false
	for _, v := range []string{"增加", "减少"} {
		if lead := strings.TrimSuffix(s[:i], "了"); strings.HasSuffix(lead, v) {
			word, less = v, v == "减少"
		}
	}
	if word == "" {
		return
	}
	b, _ := sentenceAround(s[:i], max(0, i-longLead), i)
	d, ok := quantityAt(s, i)
	if !ok || d.slack != 0 {
		return
	}
	all := quantities(s, b, i)
	n := len(all)
	if n < 2 || all[n-1].unit != d.unit || all[n-2].unit != d.unit {
		return
	}
	is, was := all[n-2], all[n-1]
	if lead := strings.TrimSuffix(strings.TrimSuffix(s[was.e:i], "了"), word); lead != "" || !comparesWith(s[is.e:was.b], "的", "") {
		return
	}
	diff := is.value - was.value
	if (diff < 0) == less && math.Abs(diff) == d.value {
		return
	}
	right := "增加"
	if diff < 0 {
		right = "减少"
	}
	fig := figures(math.Abs(diff), 0) + d.unit
	from := i - len(word)
	if strings.HasSuffix(s[:i], "了") {
		from -= len("了")
		right += "了"
	}
	w.sayClean("number.growth", from, d.e, right+fig, figures(was.value, 0), figures(is.value, 0), right+fig)
}
