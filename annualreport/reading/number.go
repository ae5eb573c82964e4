package reading

import (
	"math"
	"strings"
	"unicode/utf8"
)

// A figure is a number as printed: digits times a power of ten, and its unit.
type figure struct {
	n      int64 // all digits, sign included
	dec    int8  // how many of them stand behind the point
	unit   unit
	odd    bool // a letter stands where a digit should (O for 0)
	big    bool // too many digits to be a count of anything
	note   bool // words in brackets follow
	split  bool // there was a space inside
	size   int8 // how many digits, the leading zeros too
	zero   bool // it begins with a needless zero
	change bool // a word says which way it changed
}

// A unit is the word behind a number.
type unit uint8

const (
	noUnit   unit = iota
	unitOf        // 件, 项 …: pieces
	unitYuan      // 元
	unitWan       // 万元, 万
	unitYi        // 亿元
)

// shift returns how many decimal places turn a number in the unit into
// ten-thousandths of a yuan.
func (u unit) shift() int {
	switch u {
	case unitWan:
		return 8
	case unitYi:
		return 12
	}
	return 4
}

// times returns the figure times ten to the shift, if that is a whole number.
func (f figure) times(shift int) (int64, bool) {
	n, k := f.n, shift-int(f.dec)
	for ; k > 0; k-- {
		if n > math.MaxInt64/10 || n < math.MinInt64/10 {
			return 0, false
		}
		n *= 10
	}
	for ; k < 0; k++ {
		if n%10 != 0 {
			return 0, false
		}
		n /= 10
	}
	return n, !f.big
}

// join makes one number of two that a space parts: 3 27 is 327.
func (f figure) join(g figure) (figure, bool) {
	if f.dec > 0 || f.unit != noUnit || f.note || f.odd || g.odd || f.zero || f.n == 0 || g.n < 0 || int(f.size)+int(g.size) > 17 {
		return figure{}, false
	}
	whole := int(g.size)
	n := f.n
	if n < 0 {
		return figure{}, false
	}
	for range whole {
		n *= 10
	}
	g.n += n
	g.size += f.size
	g.split, g.zero = true, false
	return g, true
}

// digit returns the value of a digit in either width.
func digit(r rune) (int64, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int64(r - '0'), true
	case r >= '０' && r <= '９':
		return int64(r - '０'), true
	}
	return 0, false
}

// like returns the digit a letter or sign is often read for.
func like(r rune) (int64, bool) {
	switch r {
	case 'O', 'o', '〇', '○', 'Ｏ', 'ｏ', 'Q', 'D':
		return 0, true
	case 'l', 'I', 'ｌ', 'Ｉ':
		return 1, true
	}
	return 0, false
}

func minus(r rune) bool { return r == '-' || r == '－' || r == '−' || r == '﹣' || r == '–' }

func space(r rune) bool {
	return r == ' ' || r == '\u00a0' || r == '　' || r == '\r' || r == '\v' || hidden(r) || r >= '\u2000' && r <= '\u200a' || r == '\u202f'
}

// hidden reports the marks that take no room.
func hidden(r rune) bool {
	return r >= '\u200b' && r <= '\u200f' || r == '\ufeff' || r == '\u2060' || r == '\u00ad'
}

// changes are the words that say which way a number changed.
var changes = []struct {
	first rune
	word  string
	less  bool
}{{'增', "增加", false}, {'增', "增长", false}, {'增', "增", false}, {'减', "减少", true}, {'减', "减", true}, {'新', "新增", false}, {'減', "減少", true}, {'減', "減", true}}

// readFigure reads a number at the start of s, up to where a cell or a word
// could end. It returns the number of bytes taken, 0 if there is no number.
func readFigure(s string) (f figure, size int) {
	i := 0
	r, w := utf8.DecodeRuneInString(s)
	neg := false
	for _, p := range changes {
		if r == p.first && strings.HasPrefix(s, p.word) {
			f.change, neg = true, p.less
			i = len(p.word)
			for r, w = utf8.DecodeRuneInString(s[i:]); space(r) && w > 0 && i < 12; r, w = utf8.DecodeRuneInString(s[i:]) {
				i += w
			}
			break
		}
	}
	if f.change {
		if _, ok := digit(r); !ok {
			return figure{}, 0
		}
	} else if minus(r) || r == '+' || r == '＋' {
		neg = minus(r)
		i += w
		r, w = utf8.DecodeRuneInString(s[i:])
	}
	digits, group, point := 0, -1, false
	for i < len(s) {
		d, ok := digit(r)
		if !ok && group < 0 {
			if d, ok = like(r); ok {
				f.odd = true
			}
		}
		if ok {
			if digits == 1 && f.n == 0 && !point {
				f.zero = true
			}
			if digits++; digits > 18 {
				f.big = true
			} else {
				f.n = f.n*10 + d
			}
			if point {
				f.dec++
			}
			if group >= 0 {
				group++
			}
			i += w
			r, w = utf8.DecodeRuneInString(s[i:])
			for hidden(r) {
				i += w
				r, w = utf8.DecodeRuneInString(s[i:])
			}
			continue
		}
		if (r == ',' || r == '，') && digits > 0 && digits <= 15 && !point && (group == 3 || group < 0 && digits <= 3) && threeDigits(s[i+w:]) {
			group = 0
			i += w
			r, w = utf8.DecodeRuneInString(s[i:])
			continue
		}
		if r == ' ' && digits > 0 && !point && len(s) > i+2 && s[i+1] == '.' && s[i+2] >= '0' && s[i+2] <= '9' {
			f.split = true
			i++
			r, w = '.', 1
		}
		if (r == '.' || r == '．' || r == '·') && digits > 0 && !point && (group < 0 || group == 3) {
			j := i + w
			for j < len(s) && s[j] == ' ' && j-i-w < 2 {
				j++
				f.split = true
			}
			next, nw := utf8.DecodeRuneInString(s[j:])
			for hidden(next) {
				j += nw
				next, nw = utf8.DecodeRuneInString(s[j:])
			}
			if _, ok := digit(next); !ok {
				return figure{}, 0 // 1. is the number of a row
			}
			point, group = true, -1
			i, r, w = j, next, nw
			continue
		}
		break
	}
	if digits == 0 || group >= 0 && group != 3 || digits > 40 {
		return figure{}, 0
	}
	if f.odd && (digits > 6 || point) {
		return figure{}, 0
	}
	f.size = int8(min(digits, 100))
	if neg {
		f.n = -f.n
	}
	return f.tail(s, i)
}

func threeDigits(s string) bool {
	n := 0
	for _, r := range s {
		if _, ok := digit(r); !ok {
			break
		}
		if n++; n > 3 {
			return false
		}
	}
	return n == 3
}

// tail reads what may follow the digits: a unit, a remark in brackets. Anything
// else that is stuck to the number makes it no number of a table.
func (f figure) tail(s string, i int) (figure, int) {
	j := i
	for j < len(s) {
		r, w := utf8.DecodeRuneInString(s[j:])
		if !space(r) || j-i > 6 {
			break
		}
		j += w
	}
	u, w := readUnit(s[j:])
	switch {
	case u != noUnit && (u != unitOf || j == i || endsCell(s[j+w:])):
		f.unit = u
		i = j + w
	case stops(s[j:]):
		return figure{}, 0
	}
	r, w := utf8.DecodeRuneInString(s[i:])
	if r >= '①' && r <= '⑳' || r == '¹' || r == '²' || r == '³' {
		f.note = true
		i += w
		r, _ = utf8.DecodeRuneInString(s[i:])
	}
	if r == '（' || r == '(' || r == '[' || r == '【' || r == '［' {
		end := noteEnd(s[i:], r == '[' || r == '［')
		if end == 0 {
			return figure{}, 0
		}
		f.note = true
		i += end
		r, _ = utf8.DecodeRuneInString(s[i:])
	}
	if i < len(s) && !space(r) && strings.IndexByte("$*`~<&\\|#", s[i]) < 0 {
		if r == '*' || r == '＊' || r == '※' { // a mark for a footnote
			if _, w = utf8.DecodeRuneInString(s[i:]); endsCell(s[i+w:]) {
				f.note = true
				return f, i + w
			}
		}
		return figure{}, 0
	}
	return f, i
}

func readUnit(s string) (unit, int) {
	r, w := utf8.DecodeRuneInString(s)
	switch r {
	case '元', '圆', '圓':
		return unitYuan, w
	case '万', '萬':
		return unitWan, w + yuan(s[w:])
	case '亿', '億':
		return unitYi, w + yuan(s[w:])
	case '件', '项', '個', '个', '条', '宗', '起', '份', '項', '條':
		return unitOf, w
	}
	return noUnit, 0
}

func yuan(s string) int {
	for i, r := range s {
		if r == '元' || r == '圆' {
			return i + utf8.RuneLen(r)
		}
		if !space(r) || i > 6 {
			return 0
		}
	}
	return 0
}

// stops reports words behind a number that make it a date or the like.
func stops(s string) bool {
	r, w := utf8.DecodeRuneInString(s)
	switch r {
	case '年', '月', '日', '号', '號', '%', '％', '时', '時', '分', '‰', '页', '頁', '章', '节', '期', '篇', '次', '人', '级', '名', '场', '余', '多', '家', '处', '部':
		return true
	case '.', '．', '、', ')', '）': // "1 . 属于国家秘密": the number of a row
		next, _ := utf8.DecodeRuneInString(s[w:])
		_, ok := digit(next)
		return !ok
	}
	return false
}

// endsCell reports whether a word could end here.
func endsCell(s string) bool {
	if s == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	return space(r) || r == '（' || r == '('
}

// noteEnd returns where the brackets at the start of s close, 0 if they do not
// or hold no word; a note's number will do in square ones.
func noteEnd(s string, digits bool) int {
	n, words := 0, digits
	for i, r := range s {
		if r == '）' || r == ')' || r == ']' || r == '】' || r == '］' {
			if !words {
				return 0
			}
			return i + utf8.RuneLen(r)
		}
		if r >= 0x2000 {
			words = true
		}
		if n++; n > 60 {
			return 0
		}
	}
	return 0
}

// readStroke reads a sign that stands for "does not apply" when alone in its cell.
func readStroke(s string) (size int) {
	n := 0
	for i, r := range s {
		switch r {
		case '/', '／', '\\', '＼', '-', '－', '—', '–', '―', '─', '﹣', '−':
			if n++; n > 4 {
				return 0
			}
		default:
			if n > 0 && (space(r) || strings.ContainsRune("<*$`&~|", r)) {
				return i
			}
			if end := i + utf8.RuneLen(r); n > 0 && (r == '＊' || r == '※') && endsCell(s[end:]) {
				return end // a mark for a footnote
			}
			return 0
		}
	}
	if n == 0 {
		return 0
	}
	return len(s)
}
