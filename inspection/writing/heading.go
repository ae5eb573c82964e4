package writing

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// style is how a heading is numbered.
type style int

const (
	first  style = iota // 一、
	second              // （一）
	third               // 1.
	fourth              // （1）
)

// A head is one numbered heading.
type head struct {
	style style
	n     int
	b, e  int    // of the number and its marks, in the original
	mark  string // as printed
	half  bool   // half-width brackets
	comma bool   // 1、 with the mark of the first style
	title string
	line  int  // of the lines that hold anything
	list  int  // articles (第……条) before it: each begins its own count
	label bool // perhaps the label of a table's row
	extra int  // bytes of a mark too much: （一）、, or of a wrong one: 一.
}

const numerals = "一二三四五六七八九十"

var numeralSet = setOf(numerals)

// manyHeadings is beyond what any document has; such a text is data.
const manyHeadings = 3000

// headings looks at the numbering of the text.
func (w *work) headings() {
	all, articles, lines := headsOf(w.t.S)
	w.articles(articles)
	if len(all) < 2 || len(all) > manyHeadings {
		return
	}
	w.numberMarks(all)
	w.oddStyles(all)
	w.gaps(all)
	all = slices.DeleteFunc(all, func(h head) bool { return h.label })
	w.empty(all, lines)
}

// headsOf lists the numbered lines of a text and its articles.
func headsOf(s string) (all []head, articles []article, lines int) {
	begun := 0 // lines that begin with an article, its heading or not
	for from := 0; from < len(s); {
		to := strings.IndexByte(s[from:], '\n')
		if to < 0 {
			to = len(s)
		} else {
			to += from
		}
		line := s[from:to]
		body := line[blanksOf(line):]
		if body != "" && hanByte(body[0]) || strings.TrimSpace(line) != "" {
			lines++
		}
		if k := articleAt(body); k > 0 {
			begun++
			// 第七条规定的 is no heading of an article.
			if next := after(body, k+len("条")); next == ' ' || next == '　' || next == '\u00a0' || next == '【' || next == '（' || k+len("条") == len(body) {
				n, _ := zh.Numeral(body[len("第"):k])
				b := to - len(body)
				articles = append(articles, article{n, b, b + k + len("条")})
			}
		}
		if h, ok := headOf(body); ok && !strings.ContainsRune(body, '\t') {
			off := from + len(line) - len(body)
			h.b, h.e, h.line, h.list = off, off+h.e, lines, begun
			h.label = figuresFollow(s[min(len(s), to+1):]) || figuresLead(s[:from])
			all = append(all, h)
		}
		from = to + 1
	}
	return all, articles, lines
}

// figuresFollow tells whether the next line that holds anything is a number: then
// the numbered line above it was the label of a table's row.
func figuresFollow(s string) bool {
	if s == "" || s[0] >= 0x80 && !startsAny(s, "\u3000", "\u00a0") {
		return false
	}
	s = strings.TrimLeft(s, " 　\t\n\r\u00a0|")
	line, _, _ := strings.Cut(s, "\n")
	line = strings.Trim(line, " 　\t\r\u00a0|")
	return line != "" && strings.Trim(line, "0123456789.,-") == ""
}

// figuresLead tells the same of the line before.
func figuresLead(s string) bool {
	s = strings.TrimSuffix(s, "\n")
	if s == "" || s[len(s)-1] >= 0x80 && !suffixIn(s, "\u3000", "\u00a0") {
		return false
	}
	s = strings.TrimRight(s, " 　\t\n\r\u00a0|")
	line := strings.Trim(s[strings.LastIndexByte(s, '\n')+1:], " 　\t\r\u00a0|")
	return line != "" && strings.Trim(line, "0123456789.,-") == ""
}

// headOf reads the number a line begins with.
func headOf(s string) (h head, ok bool) {
	if s != "" && hanByte(s[0]) && !numeralSet.has(after(s, 0)) {
		return h, false // most lines
	}
	rest := s
	bracket := false
	for _, b := range []string{"（", "("} {
		if r, cut := strings.CutPrefix(rest, b); cut {
			rest, bracket, h.half = r, true, b == "("
		}
	}
	arabic := false
	i := 0
	for i < len(rest) {
		r, n := utf8.DecodeRuneInString(rest[i:])
		if r >= '0' && r <= '9' && (i == 0 || arabic) {
			arabic = true
			h.n = h.n*10 + int(r-'0')
		} else if !arabic && numeralSet.has(r) {
		} else {
			break
		}
		i += n
	}
	if i == 0 || i > 9 {
		return h, false
	}
	if !arabic {
		if h.n = numeral(rest[:i]); h.n == 0 {
			return h, false
		}
	}
	rest = strings.TrimLeft(rest[i:], " ")
	mark, n := utf8.DecodeRuneInString(rest)
	switch {
	case bracket && (mark == '）' || mark == ')'):
		h.half = h.half || mark == ')'
		h.style = second
		if arabic {
			h.style = fourth
		}
	case !bracket && mark == '、':
		h.style = first
		if arabic {
			h.style, h.comma = third, true
		}
	case !bracket && arabic && (mark == '.' || mark == '．'):
		if after(rest, n) >= '0' && after(rest, n) <= '9' {
			return h, false // 1.5
		}
		h.style = third
	case !bracket && !arabic && (mark == '.' || mark == '．') && han(after(strings.TrimLeft(rest[n:], " 　"), 0)):
		h.style, h.extra = first, n
	default:
		return h, false
	}
	if bracket && !arabic {
		if more, k := utf8.DecodeRuneInString(rest[n:]); (more == '、' || more == '.' || more == '．') && !strings.HasPrefix(rest[n+k:], "（") {
			h.extra = k
		}
	}
	h.e = len(s) - len(rest) + n
	h.mark = s[:h.e]
	h.title = strings.TrimLeft(strings.TrimSpace(rest[n:]), "、.．")
	return h, h.title != ""
}

// numeral reads 一 to 九十九.
func numeral(s string) int {
	r := []rune(s)
	digit := func(x rune) int { return strings.IndexRune(numerals, x)/3 + 1 }
	switch {
	case len(r) == 1:
		return digit(r[0])
	case len(r) == 2 && r[0] == '十':
		return 10 + digit(r[1])
	case len(r) == 2 && r[1] == '十':
		return digit(r[0]) * 10
	case len(r) == 3 && r[1] == '十':
		return digit(r[0])*10 + digit(r[2])
	}
	return 0
}

func write(n int) string {
	r := []rune(numerals)
	switch {
	case n <= 10:
		return string(r[n-1])
	case n < 20:
		return "十" + string(r[n-11])
	case n%10 == 0:
		return string(r[n/10-1]) + "十"
	}
	return string(r[n/10-1]) + "十" + string(r[n%10-1])
}

// numberMarks looks for numbers with a mark too much, （一）、, or with that of another kind
// of number, 一. where others have 、. The first stands for all of them.
func (w *work) numberMarks(all []head) {
	proper, odd := 0, 0
	at := -1
	for i, h := range all {
		switch {
		case h.style == first && h.extra == 0:
			proper++
		case h.extra > 0 && !h.label:
			odd++
			if at < 0 {
				at = i
			}
		}
	}
	if odd == 0 || odd < 2 && all[at].style == first && proper == 0 {
		return
	}
	h := all[at]
	right, end := write(h.n)+"、", h.e
	if h.style == second {
		right, end = "（"+write(h.n)+"）", h.e+h.extra
	}
	w.say("element.numbering", h.b, end, right, right)
}

// oddStyles looks for headings whose number is of another style than its
// neighbours of the same rank: （一）（二）（三）（4）, or 1、 before 二、.
func (w *work) oddStyles(all []head) {
	last := map[style]int{} // the number last seen in a style at this place
	odd := false
	for i, h := range all {
		if h.label {
			continue
		}
		switch {
		case h.style == fourth && h.n > 1 && last[second] == h.n-1 && last[fourth] != h.n-1:
			right := "（" + write(h.n) + "）"
			w.say("element.numbering", h.b, h.e, right, right)
			last[second] = h.n
			all[i].style = second
			continue
		case h.style == third && h.n > 1 && last[second] == h.n-1 && last[third] != h.n-1 && nextOf(all[i+1:], second) == h.n+1 && nextOf(all[i+1:], third) != h.n+1:
			right := "（" + write(h.n) + "）"
			w.say("element.numbering", h.b, h.e, right, right)
			last[second] = h.n
			all[i].style = second
			continue
		case h.style == third && h.n == 1 && last[second] == 0 && last[third] == 0 && nextOf(all[i+1:], second) == 2 && nextOf(all[i+1:], third) != 2:
			w.say("element.numbering", h.b, h.e, "（一）", "（一）")
			last[second] = 1
			all[i].style = second
			continue
		case h.style == third && h.comma && last[first] == h.n-1 && (h.n == 1 || last[third] != h.n-1) && nextOf(all[i+1:], first) == h.n+1:
			right := write(h.n) + "、"
			w.say("element.numbering", h.b, h.e, right, right)
			last[first] = h.n
			all[i].style = first
			continue
		case h.style == second && h.n > 1 && last[second] == 0 && last[first] == h.n-1 && nextOf(all[i+1:], first) == h.n+1:
			right := write(h.n) + "、"
			w.say("element.numbering", h.b, h.e, right, right)
			last[first] = h.n
			all[i].style = first
			continue
		case h.style == second && h.half && !odd && wide(all) > narrow(all):
			odd = true // the first stands for all of them
			right := "（" + write(h.n) + "）"
			w.say("element.numbering", h.b, h.e, right, right)
		}
		for s := h.style + 1; s <= fourth; s++ {
			delete(last, s)
		}
		last[h.style] = h.n
	}
}

// nextOf returns the number of the next heading of a style.
func nextOf(all []head, s style) int {
	for _, h := range all {
		if h.style == s {
			return h.n
		}
	}
	return 0
}

func wide(all []head) (n int) {
	for _, h := range all {
		if h.style == second && !h.half {
			n++
		}
	}
	return n
}

func narrow(all []head) (n int) {
	for _, h := range all {
		if h.style == second && h.half {
			n++
		}
	}
	return n
}

// gaps looks for numbers left out or given twice among the headings of the first
// three ranks.
func (w *work) gaps(all []head) {
	last := map[style]head{}
	twice := map[style]bool{} // the number before was given twice, so one may follow that seems left out
	for i, h := range all {
		if h.style > third || h.label {
			continue
		}
		p, ok := last[h.style]
		for s := h.style + 1; s <= third; s++ {
			if s == third || h.style == first {
				delete(last, s)
			}
		}
		last[h.style] = h
		if h.style >= second && h.list != p.list {
			twice[h.style] = false
			continue
		}
		skips := twice[h.style] && h.n == p.n+2
		twice[h.style] = false
		if !ok || h.n == p.n+1 || h.n == 1 || skips || slices.ContainsFunc(all[:i], func(x head) bool { return x.label && x.style == h.style && x.b > p.b && x.n == h.n-1 }) {
			continue
		}
		if utf8.RuneCountInString(h.title) > 60 || utf8.RuneCountInString(p.title) > 60 {
			continue // numbered sentences of a law may be quoted in any order
		}
		right := write(min(p.n+1, 99)) + "、"
		switch {
		case h.style == second:
			right = "（" + write(min(p.n+1, 99)) + "）"
		case h.style == third && (h.n != p.n && h.n != p.n+2 || h.line > p.line+3 || h.mark[len(h.mark)-1] != p.mark[len(p.mark)-1]):
			continue // lists of other things begin where they like
		case h.style == third:
			right = strings.Replace(h.mark, strconv.Itoa(h.n), strconv.Itoa(p.n+1), 1)
		}
		twice[h.style] = h.n == p.n
		w.say("element.skipped", h.b, h.e, right, p.mark)
	}
}

// empty looks for chapters with nothing below them before the next of their rank.
func (w *work) empty(all []head, lines int) {
	chapters := 0
	for _, h := range all {
		if h.style == first {
			chapters++
		}
	}
	run := 0 // headings in a row with nothing between them
	for i, h := range all {
		if i > 0 && h.style == first && all[i-1].style == first && h.line == all[i-1].line+1 {
			run++
		} else {
			run = 0
		}
		if ahead := rowFrom(all[i:]); run+ahead > 3 {
			continue // a table of contents
		}
		if h.style != first || chapters < 3 || utf8.RuneCountInString(h.title) > 40 || strings.ContainsAny(h.title, "。；，：") || i+1 == len(all) {
			continue
		}
		next := all[i+1]
		if next.style != first || next.line != h.line+1 || next.n != h.n+1 {
			continue
		}
		// A table of contents lists headings only: there two in a row are usual, so
		// somewhere there must be a chapter with text.
		full := false
		for k := range len(all) - 1 {
			if all[k].style == first && all[k+1].line > all[k].line+1 {
				full = true
			}
		}
		if full {
			end := h.e + len(h.title)
			if k := strings.Index(w.t.S[h.e:], h.title); k >= 0 {
				end = h.e + k + len(h.title)
			}
			w.say("element.empty", h.b, end, "（补充内容，或者写明“无”）")
		}
	}
}

// rowFrom counts the chapters that follow the first with nothing between them.
func rowFrom(all []head) int {
	n := 0
	for n+1 < len(all) && all[n].style == first && all[n+1].style == first && all[n+1].line == all[n].line+1 {
		n++
	}
	return n
}
