package writing

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Verbs that say which way a number went, and what they are the other way.
var (
	goUp   = []string{"提高到", "提升到", "上升到", "增加到", "增长到", "增至", "升至", "提高至", "提升至", "上升至", "增加至", "增长至"}
	goDown = []string{"下降到", "降低到", "减少到", "回落到", "下滑到", "减至", "降至", "下降至", "降低至", "减少至", "回落至", "下滑至"}
)

// moved looks at 由18%下降到20%: the verb says the other way than the numbers.
func (w *work) moved(s string, i int) {
	if p := before(s, i); p != '到' && p != '至' {
		return
	}
	verb, up := "", false
	for k, list := range [][]string{goUp, goDown} {
		for _, v := range list {
			if strings.HasSuffix(s[:i], v) {
				verb, up = v, k == 0
			}
		}
	}
	if verb == "" {
		return
	}
	y, ok := quantityAt(s, i)
	if !ok {
		return
	}
	b, _ := sentenceAround(s[:i], max(0, i-longLead), i)
	all := quantities(s, b, i-len(verb))
	if len(all) == 0 {
		return
	}
	x := all[len(all)-1]
	if x.unit != y.unit || !fromThere(s[b:x.b]) || utf8.RuneCountInString(s[x.e:i-len(verb)]) > 3 || x.value == y.value || (y.value > x.value) == up || holds(s[b:i], "排名", "位次", "位列", "排位") {
		return
	}
	right := "上升" + verb[len(verb)-3:]
	if up {
		right = "下降" + verb[len(verb)-3:]
	}
	w.sayClean("number.growth", i-len(verb), i, right, figures(x.value, 2), figures(y.value, 2), right)
}

// pointed looks at what a rate of so many percent rose by: 从92%提高到95%，提高3%, and
// 城镇化率为61.3%，比上年提高1.2%, are percentage points.
func (w *work) pointed(s string, b, verb, i, e int, p float64) {
	all := quantities(s, b, i)
	n := len(all)
	if n == 0 || all[n-1].unit != "%" {
		return
	}
	y := all[n-1]
	gap := strings.Trim(s[y.e:verb], "，,")
	switch {
	case n > 1 && all[n-2].unit == "%" && fromThere(s[b:all[n-2].b]) && gap == "" && math.Abs(math.Abs(y.value-all[n-2].value)-math.Abs(p)) < 0.051 && y.value != all[n-2].value:
	case suffixIn(strings.TrimRight(s[b:y.b], "达到为是"), "率", "比重", "占比") && !strings.HasSuffix(s[b:y.b], "增长率") && holds(gap, "比上年", "较上年", "比去年", "较去年", "同比") && utf8.RuneCountInString(gap) < 8 && suffixIn(s[verb:i], "提高", "提升", "上升", "下降", "降低", "提高了", "提升了", "上升了", "下降了", "降低了"):
	default:
		return
	}
	right := s[i:e] + "个百分点"
	w.sayClean("number.points", i, e+1, right, right)
}

// attended looks at 应到15人，实到12人，请假4人.
func (w *work) attended(s string, b, e int) {
	var should, came, away quantity
	for _, q := range quantities(s, b, e) {
		switch lead := s[b:q.b]; {
		case suffixIn(lead, "应到", "应到会", "应出席", "应参会"):
			should = q
		case suffixIn(lead, "实到", "实到会", "实际到会", "实际出席", "实际参会"):
			came = q
		case suffixIn(lead, "请假", "缺席", "因事请假", "因故请假", "因故缺席"):
			away.value += q.value
			away.e = q.e
		}
	}
	if should.e == 0 || came.e == 0 || away.e == 0 && came.value <= should.value || should.unit != came.unit {
		return
	}
	if away.e == 0 || came.value+away.value != should.value {
		fig := figures(should.value-came.value, 0)
		w.sayClean("number.total", should.b, should.e, figures(came.value+away.value, 0)+should.unit, figures(came.value+away.value, 0), figures(should.value, 0)+"（相差"+fig+"）")
	}
}
