package prose

import (
	"unicode/utf8"

	"gongkai/annualreport/form"
)

// A number is one place where the text counts something.
type number struct {
	lo, hi  int // its digits, indexes into prepared.runes
	end     int // after its measure word
	value   int64
	kind    form.Kind
	places  int
	rough   bool
	measure string // 件, 元, %; "" for a bare number in a list
}

// measures are the measure words of what a report counts; others count nothing
// of interest or, like 年 and 号, do not count.
var measures = func() map[rune][]string {
	m := map[rune][]string{}
	for _, w := range []string{"人次", "家次", "余人", "件次", "条次", "场次", "个次", "件", "条", "篇", "个", "项", "宗", "份", "起", "例", "次", "期", "人",
		"家", "场", "名", "部", "册", "处", "户", "张", "套", "批", "类", "元", "%"} {
		r, _ := utf8.DecodeRuneInString(w)
		m[r] = append(m[r], w)
	}
	return m
}()

// number reads the number whose first digit stands at i. The second result is
// where to go on, the third whether it counts something.
func (p *prepared) number(i int) (number, int, bool) {
	r := p.runes
	n := number{lo: i}
	broken := false
	j := i
	dots := 0
	var buf [24]byte
	b := buf[:0]
	for ; j < len(r) && (digit(r[j]) || r[j] == '.' && dots == 0 && j+1 < len(r) && digit(r[j+1])); j++ {
		if r[j] == '.' {
			dots++
		}
		if j > i && p.place[j].apart {
			broken = true // two numbers, or one that a line break cut: nobody knows
		}
		if len(b) < cap(b) {
			b = append(b, byte(r[j]))
		} else {
			broken = true
		}
	}
	n.hi = j
	if broken || i > 0 && refuses(r[i-1]) {
		return n, j, false
	}
	if j < len(r) && (r[j] == '余' || r[j] == '多') {
		n.rough = true
		j++
	}
	scale := 0
	if j < len(r) && (r[j] == '万' || r[j] == '亿') {
		scale = 4
		if r[j] == '亿' {
			scale = 8
		}
		j++
		if j < len(r) && (r[j] == '余' || r[j] == '多') {
			n.rough = true
			j++
		}
	}
	n.measure = p.measure(j)
	n.end = j + utf8.RuneCountInString(n.measure)
	for k := i; k < n.end; k++ {
		if r[k] == '.' {
			n.places = n.hi - k - 1
		}
	}
	var ok bool
	switch n.measure {
	case "元":
		n.kind = form.Yuan
		n.value, ok = form.ParseDecimal(string(b), 4+scale)
	case "%":
		n.kind = form.Share
		n.value, ok = form.ParseDecimal(string(b), 4)
	case "":
		n.places = 0
		ok = scale == 0 && !n.rough && dots == 0 && j < len(r) && ends(r[j]) && !p.place[i].apart
		if ok {
			n.value, ok = form.ParseDecimal(string(b), 0)
		}
	default:
		if scale > 0 {
			n.rough = true // 58 万次 is rounded
		} else if dots > 0 {
			return n, n.end, false
		}
		n.value, ok = form.ParseDecimal(string(b), scale)
	}
	if n.end+1 < len(r) && (r[n.end] == '以' && r[n.end+1] == '上' || r[n.end] == '左' && r[n.end+1] == '右') {
		n.rough = true
		n.end += 2
	} else if n.end < len(r) && (r[n.end] == '余' || r[n.end] == '多') {
		n.rough = true
		n.end++
	}
	n.rough = n.rough || roughly(r[:i])
	return n, max(n.end, n.hi), ok
}

// refuses tells whether the rune before a digit says that it counts nothing:
// 第3件, 〔2021〕30号, 0576-8883.
func refuses(r rune) bool {
	switch r {
	case '第', '-', '—', '.', '/', '〔', '[', '【', '+', '№', '@', '_', '=', '~':
		return true
	}
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// ends tells whether a rune ends a clause.
func ends(r rune) bool {
	switch r {
	case '，', '。', '；', '、', '）', brk:
		return true
	}
	return false
}

// roughly tells whether a number is announced as not exact.
func roughly(before []rune) bool {
	n := len(before)
	if n == 0 {
		return false
	}
	switch before[n-1] {
	case '近', '约', '逾', '超':
		return true
	case '过':
		return n > 1 && (before[n-2] == '超')
	case '于': // 不少于, 不低于
		return n > 2 && before[n-3] == '不'
	case '破': // 突破
		return n > 1 && before[n-2] == '突'
	}
	return false
}

// measure returns the measure word at i, "" if none stands there.
func (p *prepared) measure(i int) string {
	if i >= len(p.runes) {
		return ""
	}
	for _, w := range measures[p.runes[i]] {
		k := i
		same := true
		for _, c := range w {
			if k >= len(p.runes) || p.runes[k] != c {
				same = false
				break
			}
			k++
		}
		if same {
			return w
		}
	}
	return ""
}
