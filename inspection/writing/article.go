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

// An article is a line that begins with 第七条, and the bytes at which that stands.
type article struct{ n, b, e int }

// articles looks for an article whose number was left out or is given twice, in a text
// whose articles otherwise follow each other.
func (w *work) articles(all []article) {
	s := w.t.S
	if len(all) < fewArticles {
		return
	}
	w.ownArticles(s, all)
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

// articleAt returns the byte at which 条 stands in a line that begins an article of a
// law, 第十二条; 0 in any other line.
func articleAt(s string) int {
	rest, ok := strings.CutPrefix(s, "第")
	if !ok {
		return 0
	}
	k := strings.Index(rest[:min(len(rest), 30)], "条")
	if k <= 0 || strings.Trim(rest[:k], "一二三四五六七八九十百千零0123456789") != "" {
		return 0
	}
	return len("第") + k
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

// ownArticles looks for 本办法第三十八条 in a text of thirty articles that is there as a whole.
func (w *work) ownArticles(s string, all []article) {
	for i, a := range all {
		if a.n != i+1 {
			return
		}
	}
	for _, name := range ownNames {
		for at, n := 0, 0; n < tries; n++ {
			k := strings.Index(s[at:], name)
			if k < 0 {
				break
			}
			b := at + k + len(name) - len("第")
			at = b + len("第")
			j := strings.Index(s[at:min(len(s), at+24)], "条")
			if j < 0 {
				continue
			}
			if x, used := zh.Numeral(s[at : at+j]); used == j && x > len(all) {
				w.say("element.reference", b, at+j+len("条"), "（核对）", s[b:at+j+len("条")])
				return
			}
		}
	}
}
