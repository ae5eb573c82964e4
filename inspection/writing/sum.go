package writing

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// period looks for a stretch of time that ends before it begins, from the year at byte
// i on: 2025年3月至2024年5月.
func (w *work) period(s string, i int) {
	if s[i] != '1' && s[i] != '2' {
		return
	}
	from, e := momentAt(s, i)
	rest, joined := cutAny(s[e:], "至", "到", "—", "－", "～", "~", "-")
	if !joined {
		return
	}
	rest, _ = cutAny(rest, "—")
	b := len(s) - len(rest)
	to, end := momentAt(s, b)
	switch {
	case end == b:
		return
	case to.year == 0 && from.day > 0 && to.day > 0 && (to.month == 0 || to.month == from.month):
		to.year, to.month = from.year, from.month
	}
	if to.year == 0 || (to.month == 0) != (from.month == 0) || (to.day == 0) != (from.day == 0) || !to.before(from) {
		return
	}
	w.sayClean("number.period", i, end, "（核对起止时间）")
}

// A moment is a year, a month or a day; what is not said is 0.
type moment struct{ year, month, day int }

func (m moment) before(o moment) bool {
	if m.year != o.year {
		return m.year < o.year
	}
	if m.month != o.month {
		return m.month < o.month
	}
	return m.day < o.day
}

// momentAt reads 2025年3月15日, 3月15日 or 15日 at a place, and returns where it ends;
// the place itself if nothing of the kind stands there.
func momentAt(s string, i int) (m moment, end int) {
	end = i
	for _, part := range []struct {
		to     *int
		unit   string
		digits int
	}{{&m.year, "年", 4}, {&m.month, "月", 2}, {&m.day, "日", 2}} {
		d := end
		for d < len(s) && d-end < part.digits && s[d] >= '0' && s[d] <= '9' {
			d++
		}
		if d == end || !strings.HasPrefix(s[d:], part.unit) || part.digits == 4 && d-end < 4 {
			continue
		}
		*part.to, _ = strconv.Atoi(s[end:d])
		end = d + len(part.unit)
	}
	return m, end
}

func cutAny(s string, prefixes ...string) (rest string, cut bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return rest, true
		}
	}
	return s, false
}

var capitalEnds = []string{"元整", "圆整", "元正", "圆正"}

// capitals looks at 壹万贰仟元整（¥12,000.00）: the amount in words and in figures must
// be the same.
func (w *work) capitals(s string, b, e int) {
	for at, n := b, 0; at < e && n < manyAmounts; n++ {
		k := -1
		for _, x := range capitalEnds {
			if i := strings.Index(s[at:e], x); i >= 0 && (k < 0 || i < k) {
				k = i
			}
		}
		if k < 0 {
			return
		}
		end := at + k + len("元整")
		from := at + k
		for from > b {
			r, n := utf8.DecodeLastRuneInString(s[b:from])
			if !strings.ContainsRune(capitalRunes, r) {
				break
			}
			from -= n
		}
		at = end
		words, ok := amountInWords(s[from : end-len("元整")])
		if !ok {
			continue
		}
		figures, ok := figuresBeside(s, b, from, end, e)
		if ok && figures != words {
			w.sayClean("number.capital", from, end, "（核对金额）", money(words), money(figures))
		}
	}
}

// manyAmounts is beyond how many amounts no sentence has.
const manyAmounts = 50

const capitalRunes = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"

// amountInWords reads 壹万贰仟 as yuan.
func amountInWords(s string) (yuan int64, ok bool) {
	var all, section, digit int64
	for _, r := range s {
		switch i := strings.IndexRune("零壹贰叁肆伍陆柒捌玖", r); {
		case i >= 0:
			digit = int64(i / len("零"))
			continue
		case r == '拾':
			section += max(digit, 1) * 10
		case r == '佰':
			section += digit * 100
		case r == '仟':
			section += digit * 1000
		case r == '万':
			all, section = all+(section+digit)*10_000, 0
		case r == '亿':
			all, section = (all+section+digit)*100_000_000, 0
		}
		digit = 0
	}
	all += section + digit
	return all, all > 0 && all < 1<<50
}

// figuresBeside reads the amount in figures right behind or before the words, in
// yuan; amounts with jiao and fen are not compared with words that end in 整.
func figuresBeside(s string, b, from, end, e int) (yuan int64, ok bool) {
	rest := strings.TrimLeft(s[end:e], "）)（(，, 小写：:￥¥人民币RMB即")
	if gap := len(s[end:e]) - len(rest); gap > 0 && gap <= 36 {
		if v, ok := figureAt(rest); ok {
			return v, true
		}
	}
	head := strings.TrimRight(s[b:from], "（( 大写：:人民币为")
	if gap := from - b - len(head); gap == 0 || gap > 36 {
		return 0, false
	}
	unit := int64(1)
	if cut, ok := strings.CutSuffix(head, "万元"); ok {
		head, unit = cut, 10_000
	} else if head, ok = strings.CutSuffix(head, "元"); !ok {
		return 0, false
	}
	i := len(head)
	for i > 0 && strings.IndexByte("0123456789,.", head[i-1]) >= 0 {
		i--
	}
	return figure(head[i:], unit)
}

// figureAt reads 12,000.00 or 1.2万元 at the beginning of s.
func figureAt(s string) (yuan int64, ok bool) {
	i := 0
	for i < len(s) && strings.IndexByte("0123456789,.", s[i]) >= 0 {
		i++
	}
	unit := int64(1)
	if strings.HasPrefix(s[i:], "万元") {
		unit = 10_000
	}
	return figure(s[:i], unit)
}

// figure turns digits into whole yuan; it is not ok if a part of a yuan is left.
func figure(s string, unit int64) (yuan int64, ok bool) {
	whole, part, _ := strings.Cut(strings.ReplaceAll(strings.TrimRight(s, ".,"), ",", ""), ".")
	if whole == "" || len(whole) > 13 || len(part) > 6 || strings.Contains(part, ".") {
		return 0, false
	}
	v, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0, false
	}
	v *= unit
	for _, d := range []byte(part) {
		if unit /= 10; unit == 0 && d != '0' {
			return 0, false
		}
		v += int64(d-'0') * unit
	}
	return v, true
}

func money(yuan int64) string { return strconv.FormatInt(yuan, 10) + "元" }
