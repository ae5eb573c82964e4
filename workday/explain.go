package workday

import (
	"fmt"
	"strings"
)

// Explanation is how a period was counted, for the person who has to stand for
// it (期限计算说明).
type Explanation struct {
	From    Date   `json:"from"`
	N       int    `json:"n"`
	To      Date   `json:"to"`
	Certain bool   `json:"certain"`
	Steps   []Step `json:"steps"`
}

// Step is a run of days that were counted, or left out, for one reason. In a
// count backwards From is the later day.
type Step struct {
	From    Date   `json:"from"`
	To      Date   `json:"to"`
	Counted bool   `json:"counted"`
	First   int    `json:"first,omitzero"` // number of the working day From, if counted
	Last    int    `json:"last,omitzero"`
	Why     string `json:"why"`
	Certain bool   `json:"certain"`
}

// Explain counts as [Calendar.After] does and says which days were counted, which
// were left out, and by which notice.
func (c *Calendar) Explain(d Date, n int) Explanation {
	e := Explanation{From: d, N: n, Certain: true}
	if n == 0 { // nothing to count: say what kind of day it is
		day := c.Day(d)
		e.To, e.Steps = d, []Step{{From: d, To: d, Why: day.why(), Certain: day.Certain}}
		return e
	}
	count := 0
	e.To = c.walk(d, n, func(day Day) {
		e.Certain = e.Certain && day.Certain
		s := Step{From: day.Date, To: day.Date, Counted: day.Work, Why: day.why(), Certain: day.Certain}
		if day.Work {
			count++
			s.First, s.Last = count, count
		}
		if k := len(e.Steps) - 1; k >= 0 && e.Steps[k].Why == s.Why && e.Steps[k].Certain == s.Certain {
			e.Steps[k].To, e.Steps[k].Last = s.To, s.Last
			return
		}
		e.Steps = append(e.Steps, s)
	})
	e.Certain = e.Certain && !e.To.IsZero()
	return e
}

func (d Day) why() string {
	switch d.Kind {
	case Weekend:
		return "周末休息"
	case Holiday:
		return d.Name + "放假（" + d.Source + "）"
	case MakeUp:
		return d.Name + "调休上班（" + d.Source + "）"
	case LocalOff:
		return d.Name + "，不上班（" + d.Source + "）"
	case LocalOn:
		return d.Name + "，上班（" + d.Source + "）"
	}
	return "工作日"
}

// String writes the explanation in Chinese, a line for each step.
func (e Explanation) String() string {
	if e.N == 0 && len(e.Steps) == 1 {
		s := e.From.Chinese() + "（" + e.From.ChineseWeekday() + "）：" + e.Steps[0].Why + "。\n"
		if !e.Steps[0].Certain {
			s += "注意：这一天尚无国务院办公厅放假通知，只按周末推算，为暂定。\n"
		}
		return s
	}
	var b strings.Builder
	way := "之后"
	if e.N < 0 {
		way = "之前"
	}
	n := max(e.N, -e.N)
	fmt.Fprintf(&b, "%s（%s）当日不计，%s第%d个工作日：\n", e.From.Chinese(), e.From.ChineseWeekday(), way, n)
	for _, s := range e.Steps {
		b.WriteString("  " + s.String() + "\n")
	}
	if e.To.IsZero() {
		b.WriteString("超出可计算的范围。\n")
		return b.String()
	}
	fmt.Fprintf(&b, "结果：%s（%s）。\n", e.To.Chinese(), e.To.ChineseWeekday())
	if !e.Certain {
		b.WriteString("注意：其中有的日期尚无国务院办公厅放假通知，结果为暂定，通知公布后须重新计算。\n")
	}
	return b.String()
}

// String writes one line: which days, counted as what, or why not.
func (s Step) String() string {
	var b strings.Builder
	b.WriteString(brief(s.From))
	if s.To != s.From {
		b.WriteString("至" + brief(s.To))
	}
	b.WriteString("：" + s.Why)
	switch {
	case !s.Counted:
		b.WriteString("，不计")
	case s.First == s.Last:
		fmt.Fprintf(&b, "，计第%d日", s.First)
	default:
		fmt.Fprintf(&b, "，计第%d日至第%d日", s.First, s.Last)
	}
	if !s.Certain {
		b.WriteString("（暂定）")
	}
	return b.String()
}

func brief(d Date) string {
	return fmt.Sprintf("%d-%02d-%02d（%s）", d.Year(), d.Month(), d.Day(), weekdays[d.Weekday()])
}
