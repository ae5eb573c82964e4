package writing

import (
	"math"
	"strings"
	"unicode/utf8"
)

// manyParts bounds, in bytes, how far a list of parts is read.
const manyParts = 900

// parts looks at “10件，其中甲7件、乙5件”, from the number of the total on: what is
// listed as part of a number cannot be more than the number, and parts that are known
// to be all there are cannot be less.
func (w *work) parts(s string, i int) {
	total, ok := quantityAt(s, i)
	if !ok || total.value == 0 || total.unit == "%" {
		return
	}
	rest, ok := cutAny(s[total.e:min(len(s), total.e+manyParts)], "，其中", ",其中", "（其中", "(其中")
	if !ok {
		return
	}
	rest = strings.TrimLeft(rest, "：:，")
	stop := "。；;\n，,（("
	if s[total.e] == '(' || strings.HasPrefix(s[total.e:], "（") {
		stop = "。；;\n，,）)"
	}
	// Parts joined by 、 are told from what follows a comma; parts joined by commas are
	// not, so they end where something else is told.
	dots, sure := rest, true
	if k := strings.IndexAny(rest, stop); k >= 0 {
		dots = rest[:k]
	}
	labels, sum, slack := partsOf(strings.FieldsFunc(dots, isDot), total, true)
	if len(labels) < 2 {
		if k := strings.IndexAny(rest, "。；;\n（()）"); k >= 0 {
			rest = rest[:k]
		}
		sure = false
		labels, sum, slack = partsOf(strings.FieldsFunc(rest, isComma), total, false)
	}
	if len(labels) < 2 || overlap(labels, total.unit) || holds(s[total.e:min(len(s), total.e+manyParts)], "同时发布", "同步发布", "同时公开", "同步公开", "重复", "交叉") {
		return
	}
	slack += total.slack + 1e-9
	// 图片11篇，媒体7篇，其中部门12篇、乡镇6篇: the parts are of all that was listed, or of
	// a number named before.
	b, _ := sentenceAround(s[:i], max(0, i-longLead), i)
	before, all := ofUnit(quantities(s, b, i), total.unit), total.value
	for k := len(before) - 1; k >= 0; k-- {
		if all += before[k].value; math.Abs(all-sum) <= slack || math.Abs(before[k].value-sum) <= slack {
			return
		}
	}
	switch {
	case sum > total.value+slack && sure && total.slack == 0:
		w.sayClean("number.parts", total.b, total.e, figures(sum, 0)+total.unit, int(sum), int(total.value))
	case sum > total.value+slack, sum < total.value-slack && (exhaust(labels) || total.slack == 0 && slack < 0.1 && nearMiss(total.value, sum, len(labels))):
		fig := figures(sum, 4)
		w.sayClean("number.total", total.b, total.e, fig+total.unit, fig, figures(total.value, 4))
	}
}

func isDot(r rune) bool   { return r == '、' || r == '和' || r == '及' }
func isComma(r rune) bool { return r == '，' || r == ',' || r == '、' }

// partsOf reads items like 自然人申请25件. All of them have to be such where the list
// is closed; else they are read up to the first that is not.
func partsOf(items []string, total quantity, closed bool) (labels []string, sum, slack float64) {
	for _, item := range items {
		d := strings.IndexAny(item, "0123456789")
		var q quantity
		ok := false
		if d >= 0 {
			q, ok = quantityAt(item, d)
		}
		// 按时答复30件 is told of all of them, 同比增加2件 of something else.
		if ok && !closed && (q.value == total.value || holds(item[:d], "其中", "均", "全部", "共", "合计", "按时", "按期", "比", "已", "累计", "实际", "同时", "还", "另") || len(labels) > 0 && holds(item[:d], "办结", "答复", "办理", "完成", "整改", "罚款")) {
			ok = false
		}
		if !ok || q.unit != total.unit || strings.TrimSpace(item[q.e:]) != "" {
			if closed {
				return nil, 0, 0
			}
			return labels, sum, slack
		}
		labels = append(labels, item[:d])
		sum += q.value
		slack += q.slack
	}
	return labels, sum, slack
}

// overlap tells whether one person may be counted in several of the parts.
func overlap(labels []string, unit string) bool {
	if unit != "人" && unit != "名" && unit != "户" && unit != "个" && unit != "人次" && unit != "家" {
		return false
	}
	if len(labels) == 2 && exhaust(labels) {
		return false // 男30人、女15人: nobody is both
	}
	for _, l := range labels {
		if holds(l, "党员", "女", "民族", "岁", "学历", "本科", "硕士", "研究生", "博士", "职称", "脱贫", "低保", "残疾", "以上", "以下", "干部", "高级", "重点", "省级", "国家级", "青年", "骨干", "规模") {
			return true
		}
	}
	return false
}

// wholes are names of parts that together are all there is.
var wholes = [][]string{{"自然人", "法人"}, {"男", "女"}, {"线上", "线下"}, {"维持", "审结"}, {"中央", "配套"}, {"中央", "自筹"}, {"省", "区级配套"}, {"基本支出", "项目支出"}}

// outcomes and ways are what applications end in and come by; so many of them in one
// list are all there were.
var (
	outcomes     = []string{"予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"}
	ways         = []string{"网", "信函", "当面", "传真", "邮件", "电话"}
	manyOutcomes = 4
	manyWays     = 3
)

// nearMiss tells whether parts come so near to a number that one digit of it was mistyped.
func nearMiss(total, sum float64, parts int) bool {
	a, b := figures(total, 0), figures(sum, 0)
	if parts < 3 || len(a) < 3 || len(a) != len(b) || sum < total*0.9 {
		return false
	}
	odd := 0
	for i := range a {
		if a[i] != b[i] {
			odd++
		}
	}
	return odd == 1
}

// labelled counts how many labels hold one of the words.
func labelled(labels, words []string) (n int) {
	for _, l := range labels {
		if holds(l, words...) {
			n++
		}
	}
	return n
}

// exhaust tells whether parts of these names are all there are.
func exhaust(labels []string) bool {
	all := strings.Join(labels, "|")
	if labelled(labels, outcomes) >= manyOutcomes || len(labels) >= manyWays && labelled(labels, ways) == len(labels) {
		return true
	}
	for _, w := range wholes {
		if strings.Contains(all, w[0]) && strings.Contains(all, w[1]) {
			return true
		}
	}
	return false
}

var totalWords = []string{"共计", "合计", "总计", "，共"}

// totals looks at 甲5件、乙3件，共计9件: what is listed in full must add up.
func (w *work) totals(s string, b, e int) {
	for _, word := range totalWords {
		k := strings.Index(s[b:e], word)
		if k < 0 {
			continue
		}
		at := b + k
		n := at + len(word)
		for _, x := range []string{"为", "人民币", "：", "金额"} {
			if strings.HasPrefix(s[n:e], x) {
				n += len(x)
			}
		}
		if n >= e || s[n] < '0' || s[n] > '9' {
			continue
		}
		total, ok := quantityAt(s[:e], n)
		if !ok || total.unit == "%" {
			continue
		}
		var sum, slack float64
		if strings.HasSuffix(s[b:at], "罚没款") || strings.HasSuffix(s[b:at], "罚没款金额") || strings.HasSuffix(s[b:at], "罚没金额") || strings.HasSuffix(s[b:at], "罚没") {
			all := ofUnit(quantities(s, b, at), total.unit)
			if len(all) != 2 || !strings.Contains(s[b:all[0].b], "没收") || !strings.Contains(s[all[0].e:all[1].b], "罚款") {
				return
			}
			sum, slack = all[0].value+all[1].value, all[0].slack+all[1].slack
			if all[0].slack == 0.5 {
				slack = 0 // fines are not rounded
			}
		} else if sum, slack, ok = listed(s[b:at], total); !ok {
			return
		}
		if math.Abs(sum-total.value) > slack+total.slack+1e-9 {
			fig := figures(sum, 4)
			w.sayClean("number.total", at, total.e, s[at:n]+fig+total.unit, fig, figures(total.value, 4))
		}
		return
	}
}

// listed adds up the list that ends s: 甲5件、乙3件，.
func listed(s string, total quantity) (sum, slack float64, ok bool) {
	list := strings.TrimRight(s, "，,（( ")
	if len(list) == len(s) {
		return 0, 0, false // 三项共计 has no list right before it
	}
	if j := strings.LastIndexAny(list, "：:（("); j >= 0 {
		_, n := utf8.DecodeRuneInString(list[j:])
		list = list[j+n:]
	}
	if j := strings.LastIndex(list, "分别"); j >= 0 {
		list = list[j:]
	}
	if holds(list, "等", "其中", "，", "包括", "约", "近") {
		return 0, 0, false
	}
	items := strings.FieldsFunc(list, isDot)
	for _, item := range items {
		d := strings.IndexAny(item, "0123456789")
		if d < 0 {
			return 0, 0, false
		}
		q, read := quantityAt(item, d)
		if !read || q.e != len(item) || q.unit != total.unit {
			return 0, 0, false
		}
		sum += q.value
		slack += q.slack
	}
	if total.slack == 0.5 && slack == 0.5*float64(len(items)) {
		slack, total.slack = 0, 0 // whole numbers on both sides add up as they stand
	}
	return sum, slack, len(items) > 1
}

// members are what lists of offices and places count.
var members = []string{"内设机构", "部门", "单位", "机构", "科室", "股室", "街道", "乡镇", "镇", "社区", "区县", "县区", "县（市、区）"}

// counted looks at 办公室、法规科、财务科4个科室: a list that is closed by its number
// must have as many members.
func (w *work) counted(s string, i, e int) {
	rest, ok := cutAny(s[e:], "个", "家")
	if !ok || e-i > 2 || !han(before(s, i)) {
		return
	}
	noun := false
	for _, m := range members {
		noun = noun || strings.HasPrefix(rest, m)
	}
	if !noun {
		return
	}
	list := s[max(0, i-longClause):i]
	if k := strings.LastIndexAny(list, "，。；：\n）)"); k >= 0 {
		list = list[k+1:]
	}
	n := strings.Count(list, "、") + 1
	if n < 2 || suffixIn(list, "等", "共", "近", "约", "及", "和", "其他", "其余", "另外", "以及", "等共", "的", "有", "全区", "全县", "全市", "了", "含", "涉及", "达", "各", "共计", "、", "于", "在", "对", "覆盖") || strings.ContainsAny(list, "0123456789") {
		return
	}
	most := n + strings.Count(list, "和") + strings.Count(list, "及") + strings.Count(list, "与") + strings.Count(list, "暨")
	said, _ := quantityAt(s, i)
	if v := int(said.value); v > 0 && v < 20 && (v < n || v > most) {
		w.sayClean("number.members", i, e, figures(float64(n), 0), n, v)
	}
}
