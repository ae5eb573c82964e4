package writing

import (
	"fmt"
	"strings"
)

// few articles make no document, and more gaps than one in so many no order.
const (
	fewArticles = 4
	orderly     = 3
)

// An article is a line that begins with 第七条.
type article struct{ n, b, e int }

// articles looks for an article whose number was left out or is given twice, in a text
// whose articles otherwise follow each other.
func (w *work) articles() {
	s := w.t.S
	if !strings.Contains(s, "条") {
		return
	}
	var all []article
	for from := 0; from < len(s); {
		to := strings.IndexByte(s[from:], '\n')
		if to < 0 {
			to = len(s)
		} else {
			to += from
		}
		body := strings.TrimLeft(s[from:to], " 　\t\u00a0#*")
		if articleAt(body) {
			k := strings.Index(body, "条")
			b := to - len(body)
			// 第七条规定的 is no heading of an article.
			if next := after(body, k+len("条")); next == ' ' || next == '　' || next == '\u00a0' || next == '【' || next == '（' || k+len("条") == len(body) {
				all = append(all, article{numberOf(body[len("第"):k]), b, b + k + len("条")})
			}
		}
		from = to + 1
	}
	if len(all) < fewArticles {
		return
	}
	steps, gaps, at := 0, 0, 0
	for i := 1; i < len(all); i++ {
		switch all[i].n - all[i-1].n {
		case 1:
			steps++
		default:
			gaps++
			at = i
		}
	}
	if d := all[at].n - all[at-min(at, 1)].n; gaps != 1 || gaps*orderly > len(all)-1 || d != 0 && d != 2 {
		return // articles of several laws, or amendments
	}
	right := "第" + articleNumber(all[at-1].n+1) + "条"
	if all[at].b < len(s) && s[all[at].b+len("第")] < 0x80 {
		right = fmt.Sprintf("第%d条", all[at-1].n+1)
	}
	w.say("element.article", all[at].b, all[at].e, right, s[all[at-1].b:all[at-1].e])
}

// numberOf reads 一百零三 or 103.
func numberOf(s string) int {
	n, section, digit := 0, 0, 0
	for _, r := range s {
		switch i := strings.IndexRune("零一二三四五六七八九", r); {
		case r >= '0' && r <= '9':
			digit = digit*10 + int(r-'0')
		case i >= 0:
			digit = i / len("一")
		case r == '十':
			section, digit = section+max(digit, 1)*10, 0
		case r == '百':
			section, digit = section+max(digit, 1)*100, 0
		case r == '千':
			n, digit = n+max(digit, 1)*1000, 0
		}
		if digit > 99999 {
			return 0
		}
	}
	return n + section + digit
}

// articleNumber writes 103 as 一百零三.
func articleNumber(n int) string {
	switch {
	case n < 1 || n > 999:
		return fmt.Sprint(n)
	case n < 100:
		return write(n)
	}
	s := write(n/100) + "百"
	switch rest := n % 100; {
	case rest == 0:
	case rest < 10:
		s += "零" + write(rest)
	case rest < 20:
		s += "一" + write(rest)
	default:
		s += write(rest)
	}
	return s
}
