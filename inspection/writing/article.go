package writing

import (
	"fmt"
	"strings"

	"gongkai/internal/zh"
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
				n, _ := zh.Numeral(body[len("第"):k])
				all = append(all, article{n, b, b + k + len("条")})
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
