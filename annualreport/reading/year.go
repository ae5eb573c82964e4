package reading

import (
	"strings"

	"gongkai/annualreport/form"
)

// yearAt reads "2020年", "2020年度", "二〇二〇年" at the start of rs.
func yearAt(rs []rune) (year, n int) {
	for n < len(rs) && n < 4 {
		d := strings.IndexRune("0123456789", rs[n])
		if d < 0 {
			for i, set := range []string{"〇零○0OoＯ", "一", "二", "三", "四", "五", "六", "七", "八", "九"} {
				if strings.ContainsRune(set, rs[n]) {
					d = i
				}
			}
		}
		if d < 0 {
			return 0, 0
		}
		year = year*10 + d
		n++
	}
	if n < 4 || year < 2008 || year > 2099 || n >= len(rs) || rs[n] != '年' {
		return 0, 0
	}
	n++
	if n < len(rs) && rs[n] == '度' {
		n++
	}
	return year, n
}

// periodYear finds the year in the sentence on the period of the figures.
func (r *reader) periodYear() int {
	for _, w := range []string{"统计期限", "统计时限", "统计时间", "統計期限", "数据期限", "时限"} {
		k := strings.Index(r.text, w)
		if k < 0 {
			continue
		}
		rs := []rune(tidy(r.text[k:min(len(r.text), k+240)]))
		for i := range rs {
			if y, _ := yearAt(rs[i:]); y != 0 {
				return y
			}
			if i+4 < len(rs) && rs[i] == '2' && rs[i+1] == '0' && (rs[i+4] == '全' || rs[i+4] == '整' || rs[i+4] == '-' || rs[i+4] == '.') {
				y := 2000 + int(rs[i+2]-'0')*10 + int(rs[i+3]-'0')
				if y >= 2008 && y < 2100 {
					return y
				}
			}
		}
	}
	// 1月1日至12月31日, wherever it stands
	if k := strings.Index(r.text, "12月31日"); k >= 0 {
		rs := []rune(tidy(r.text[max(0, k-90):k]))
		for i := range rs {
			if y, _ := yearAt(rs[i:]); y != 0 {
				return y
			}
		}
	}
	// the year the prose speaks of most, if it is clear
	var count [100]int
	best := 0
	for at := 0; at < len(r.text) && at < 60_000; {
		k := strings.Index(r.text[at:], "年")
		if k < 0 {
			break
		}
		at += k
		b := strings.TrimRight(r.text[max(0, at-8):at], " ")
		if len(b) >= 4 && b[len(b)-4] == '2' && b[len(b)-3] == '0' {
			y := int(b[len(b)-2]-'0')*10 + int(b[len(b)-1]-'0')
			if y >= 8 && y < 100 && strings.IndexByte("0123456789", b[len(b)-2]) >= 0 {
				if count[y]++; count[y] > count[best] {
					best = y
				}
			}
		}
		at += len("年")
	}
	for y, n := range count {
		if y != best && n*2 > count[best] {
			return 0
		}
	}
	if count[best] >= 3 {
		return 2000 + best
	}
	return 0
}

// nameYear finds the year in the name of a file.
func nameYear(name string) int {
	if k := strings.LastIndexAny(name, "/\\"); k >= 0 {
		name = name[k+1:]
	}
	for i := 0; i+4 <= len(name); i++ {
		if name[i] != '2' || name[i+1] != '0' || i > 0 && name[i-1] >= '0' && name[i-1] <= '9' || i+4 < len(name) && name[i+4] >= '0' && name[i+4] <= '9' {
			continue
		}
		a, b := name[i+2]-'0', name[i+3]-'0'
		if a <= 9 && b <= 9 {
			if y := 2000 + int(a)*10 + int(b); y >= 2008 && y < 2100 {
				return y
			}
		}
	}
	return 0
}

// formOfYear notes a form that is not the one for the year.
func (r *reader) formOfYear(fromName bool) {
	year := r.rep.Year
	if fromName {
		r.rep.Findings = append(r.rep.Findings, yearFromName(year))
	}
	if year == 0 {
		return
	}
	if want := form.ForYear(year); want.ID != r.rep.Form.ID {
		r.rep.Findings = append(r.rep.Findings, wrongForm(r.rep.Form, want, year))
	}
}
