package writing

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// longOrder bounds, in bytes, how far back a sequence inside a paragraph is read.
const longOrder = 6000

// orderWords are what the members of a sequence begin with, from the second on.
func orderWords() (all []string) {
	for _, n := range []string{"二", "三", "四", "五", "六", "七", "八", "九"} {
		all = append(all, n+"是", n+"要")
	}
	return all
}

// clauseBegins tells whether a clause begins at byte i.
func clauseBegins(s string, i int) bool {
	if i == 0 {
		return true
	}
	switch p := before(s, i); p {
	case '。', '；', '，', '：', '\n', ' ', '　', '）', ';', ':', ',', '！', '？', '”':
		return true
	}
	return false
}

// order looks at 一是……；二是……；四是……: one was left out, or one stands twice.
func (w *work) order(s string, b, e int) {
	from := strings.LastIndexByte(s[max(0, b-longOrder):b], '\n') + 1
	if b > longOrder && from == 0 {
		return
	}
	from += max(0, b-longOrder)
	w.sequence(s, from, b, e, "是")
	w.sequence(s, from, b, e, "要")
}

// sequence looks at the members of a sequence with one mark in s[from:e], and reports
// those from b on.
func (w *work) sequence(s string, from, b, e int, mark string) {
	last := 0
	for i := from; i+len(mark) <= e; {
		k := strings.Index(s[i:e], mark)
		if k < 0 {
			return
		}
		at := i + k
		i = at + len(mark)
		r, n := utf8.DecodeLastRuneInString(s[from:at])
		d := strings.IndexRune(numerals, r)
		if d < 0 || r == '十' || !clauseBegins(s, at-n) {
			continue
		}
		now := d/len("一") + 1
		if at-n >= b && last > 0 && (now == last+2 || now == last && now > 1) {
			right := write(last+1) + mark
			w.sayClean("element.order", at-n, at+len(mark), right, write(last)+mark)
		}
		last = now
	}
}

// inItems looks at the number of 1.甲；2.乙；4.丙, whose byte i follows a semicolon.
func (w *work) inItems(s string, i int) {
	n := int(s[i] - '0')
	if n < 3 || !strings.HasSuffix(s[:i], "；") || !han(after(s, i+2)) {
		return
	}
	par := s[max(0, i-longClause):i]
	par = par[strings.LastIndexByte(par, '\n')+1:]
	item := func(n int) string { return strconv.Itoa(n) + "." }
	if strings.Contains(par, item(n-1)) || !strings.Contains(par, "；"+item(n-2)) && !(n == 3 && strings.Contains(par, item(1))) || !strings.Contains(par, item(1)) {
		return
	}
	w.sayClean("element.order", i, i+2, item(n-1), item(n-2))
}

// nextly looks at 首先，……；其次，……；其次，…….
func (w *work) nextly(s string, b, e int) {
	at := b + strings.Index(s[b:e], "其次，")
	par := s[max(0, at-longOrder):at]
	par = par[strings.LastIndexByte(par, '\n')+1:]
	first := strings.LastIndex(par, "首先，")
	if first < 0 || strings.Count(par[first:], "其次，") != 1 || strings.Contains(par[first:], "再次，") || !clauseBegins(s, at) {
		if k := strings.Index(s[at+len("其次，"):e], "其次，"); first >= 0 && k > 0 && !strings.Contains(par[first:], "其次，") {
			at += len("其次，") + k
			if !strings.Contains(s[b:at], "再次，") && clauseBegins(s, at) {
				w.sayClean("element.order", at, at+len("其次，"), "再次，", "其次")
			}
		}
		return
	}
	w.sayClean("element.order", at, at+len("其次，"), "再次，", "其次")
}

// ordinal looks at 第一、……；第二、……: a comma belongs behind them.
func (w *work) ordinal(s string, b, e int) {
	line := s[b:]
	if k := strings.IndexByte(line, '\n'); k >= 0 {
		line = line[:k]
	}
	k := strings.Index(s[b:e], "第一、")
	if k < 0 || !clauseBegins(s, b+k) {
		return
	}
	rest := line[k+len("第一、"):]
	j := strings.Index(rest, "第二、")
	if j < 6 || !clauseBegins(rest, j) {
		return
	}
	at := b + k + len("第一")
	w.sayClean("punct.ordinal", at, at+len("、"), "，")
}
