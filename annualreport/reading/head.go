package reading

import (
	"strings"
	"unicode/utf8"
)

// heading finds the agency and the year. It reports whether only the file's
// name told the year.
func (r *reader) heading() (fromName bool) {
	var year int
	var agency, before string
	lines := 0
	for i := 0; i < len(r.text) && lines < 60 && i < 12_000; {
		line := r.text[i:]
		if k := strings.IndexByte(line, '\n'); k >= 0 {
			line = line[:k]
		}
		i += len(line) + 1
		if len(line) > 400 {
			line = titleIn(line[:400])
		}
		if crumbs(line) {
			continue
		}
		t := tidy(line)
		if t == "" {
			continue
		}
		lines++
		if strings.HasSuffix(t, "总体情况") || strings.HasSuffix(t, "總體情況") {
			break
		}
		if !isTitle(t) && before != "" && !isTitle(before) && isTitle(before+t) && strings.Contains(before, "公开") {
			t = before + t // broken by the end of a line
		}
		if isTitle(t) {
			y, a := splitTitle(t)
			if y == 0 && a == "" {
				y, a = splitTitle(before + t)
			}
			if a == "" && organLike(before) {
				a = before
			}
			if year == 0 {
				year = y
			}
			if agency == "" {
				agency = a
			}
			if year != 0 && agency != "" {
				break
			}
		}
		before = t
		if y, a := splitTitle(t); y != 0 && a == "" || a != "" && y == 0 { // a title in two lines
			continue
		}
	}
	if r.title != "" && (year == 0 || agency == "") {
		if t := tidy(r.title); isTitle(t) {
			y, a := splitTitle(t)
			if year == 0 {
				year = y
			}
			if agency == "" {
				agency = a
			}
		}
	}
	if year == 0 {
		year = r.periodYear()
	}
	if agency == "" {
		agency = r.namedAgency()
	}
	r.rep.Agency = r.fullName(agency)
	if year == 0 {
		if year = nameYear(r.name); year != 0 {
			fromName = true
		}
	}
	r.rep.Year = year
	return fromName
}

// crumbs reports a line of the page around the report: the way to it, its
// index, its counters.
func crumbs(s string) bool {
	if k := strings.IndexAny(s, ">»›"); k > 2 && !strings.HasPrefix(strings.TrimSpace(s), ">") && !strings.Contains(s, "<") {
		return true
	}
	for _, w := range []string{"首页", "首頁", "当前位置", "索引号", "组配分类", "生成日期", "浏览次数", "发布机构"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// titleIn cuts the title off the front of a line that holds more.
func titleIn(s string) string {
	for _, w := range []string{"年度报告", "工作报告", "年报", "年度報告", "工作報告", "年報"} {
		if k := strings.Index(s, w); k >= 0 {
			return s[:k+len(w)]
		}
	}
	return ""
}

// tidy takes the marks of a heading and all white space out of a line.
func tidy(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		switch {
		case space(c), c == '#', c == '*', c == '\t', c == '|', c == '>':
		case c == '(':
			b.WriteRune('（')
		case c == ')':
			b.WriteRune('）')
		case c >= '０' && c <= '９':
			b.WriteRune(c - '０' + '0')
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// isTitle reports whether a line is the title of an annual report.
func isTitle(s string) bool {
	if utf8.RuneCountInString(s) > 70 || strings.ContainsAny(s, "。；《，,；:：") {
		return false
	}
	report := false
	for _, w := range []string{"年度报告", "工作报告", "年报", "年度報告", "工作報告", "年報", "工作年度", "情况的报告", "情况报告"} {
		if k := strings.Index(s, w); k >= 0 && (strings.HasSuffix(s, w) || len(s)-k <= len(w)+24) {
			report = true
		}
	}
	return report && (strings.Contains(s, "公开") || strings.Contains(s, "公開"))
}

// splitTitle finds the year and the agency in a title.
func splitTitle(s string) (year int, agency string) {
	rs := []rune(s)
	from, to := -1, -1
	for i := range rs {
		if y, n := yearAt(rs[i:]); y != 0 {
			year, from, to = y, i, i+n
			break
		}
	}
	rest := s
	if from >= 0 {
		if before := clean(string(rs[:from])); before != "" {
			return year, cutTopic(before)
		}
		rest = string(rs[to:])
	}
	return year, cutTopic(clean(rest))
}

// findUnit notes money without a unit.
func (r *reader) findUnit(cell int, v value) {
	r.rep.Findings = append(r.rep.Findings, unitMissing(r.layout.form, cell, strings.TrimSpace(v.Raw)))
}
