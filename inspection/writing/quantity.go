package writing

import (
	"math"
	"strconv"
	"strings"
)

// A quantity is a number with its measure word: 12.6亿元.
type quantity struct {
	b, e  int // of number and measure word
	value float64
	slack float64 // by how much rounding may have moved it; 0 for things that were counted
	unit  string
}

// units are the measure words that are compared, the longer ones first.
var units = []string{"平方公里", "平方米", "立方米", "万人次", "万元", "亿元", "万吨", "万亩", "万人", "万户", "万辆", "人次", "公里", "公顷", "批次", "件次", "家次",
	"元", "吨", "亩", "件", "条", "个", "份", "家", "户", "次", "篇", "项", "期", "场", "人", "辆", "名", "宗", "起", "座", "处", "套", "台", "所", "例", "批", "%"}

// measuredUnits are those of things measured, not counted: their numbers are rounded.
var measuredUnits = map[string]bool{"平方公里": true, "平方米": true, "立方米": true, "公里": true, "公顷": true, "元": true, "吨": true, "亩": true, "%": true}

// unitAt returns the measure word at byte i, "" if there is none.
func unitAt(s string, i int) string {
	for _, u := range units {
		if strings.HasPrefix(s[i:], u) {
			return u
		}
	}
	return ""
}

// quantityAt reads the number at byte i, whose first digit it is; ok is false if it
// has no measure word that is compared.
func quantityAt(s string, i int) (q quantity, ok bool) {
	e := i
	for e < len(s) && (s[e] >= '0' && s[e] <= '9' || (s[e] == ',' || s[e] == '.') && e+1 < len(s) && s[e+1] >= '0' && s[e+1] <= '9') {
		e++
	}
	text := strings.ReplaceAll(s[i:e], ",", "")
	q.b, q.e = i, e
	if q.unit = unitAt(s, e); q.unit == "" || e-i > 16 {
		return q, false
	}
	q.e += len(q.unit)
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return q, false
	}
	q.value = v
	_, part, decimals := strings.Cut(text, ".")
	if decimals || measuredUnits[q.unit] || strings.HasPrefix(q.unit, "万") || strings.HasPrefix(q.unit, "亿") {
		q.slack = math.Pow(10, -float64(len(part))) / 2
	}
	return q, true
}

// manyQuantities is beyond how many numbers of a sentence are compared.
const manyQuantities = 24

// quantities reads the numbers with measure words in s[b:e].
func quantities(s string, b, e int) (all []quantity) {
	for i := b; i < e && len(all) < manyQuantities; i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		q, ok := quantityAt(s[:e], i)
		if ok {
			all = append(all, q)
		}
		i = max(i, q.e-1)
	}
	return all
}

// ofUnit leaves the quantities of one measure word.
func ofUnit(all []quantity, unit string) (kept []quantity) {
	for _, q := range all {
		if q.unit == unit {
			kept = append(kept, q)
		}
	}
	return kept
}

// places is how many digits stand behind the point of a number.
func places(number string) int {
	_, part, _ := strings.Cut(number, ".")
	return len(part)
}

// figures writes a number with as many places as another one, without zeros at its
// end that say nothing.
func figures(v float64, places int) string {
	s := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func suffixIn(s string, all ...string) bool {
	for _, x := range all {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}

func holds(s string, all ...string) bool {
	for _, x := range all {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}
