package writing

import (
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
