package writing

import (
	"strconv"
	"strings"
	"time"

	"gongkai/internal/zh"
	"gongkai/workday"
)

// manyYears is how many years a text may name for a date without one to be read by
// them.
const manyYears = 3

// yearsNamed are the years a text names, with that of its date; none if there are
// many.
func (w *work) yearsNamed() []int {
	if w.years != nil {
		return w.years
	}
	w.years = []int{}
	add := func(y int) {
		for _, x := range w.years {
			if x == y {
				return
			}
		}
		w.years = append(w.years, y)
	}
	if d, err := workday.ParseDate(w.date10()); err == nil {
		add(d.Year())
	}
	for rest := w.clean.S; len(w.years) <= manyYears; {
		k := strings.Index(rest, "年")
		if k < 0 {
			break
		}
		if k >= 4 && digits(rest[k-4:k]) {
			if y, err := strconv.Atoi(rest[k-4 : k]); err == nil && y > 1990 && y < 2100 {
				add(y)
			}
		}
		rest = rest[k+len("年"):]
	}
	if len(w.years) > manyYears {
		w.years = []int{}
	}
	return w.years
}

// date10 is the date of the file, as far as it is known.
func (w *work) date10() string { return w.file.Date[:min(len(w.file.Date), 10)] }

// weekdayAt reads （星期五） behind a date; e is 0 if there is none.
func weekdayAt(s string, i int) (day time.Weekday, b, e int) {
	rest := strings.TrimLeft(s[i:min(len(s), i+20)], "（( ")
	b = i + len(s[i:min(len(s), i+20)]) - len(rest)
	for k, name := range weekdays {
		for _, form := range []string{name, "周" + name[len("星期"):], "礼拜" + name[len("星期"):]} {
			if strings.HasPrefix(rest, form) {
				return time.Weekday(k), b, b + len(form)
			}
		}
	}
	return 0, 0, 0
}

// severalDays tells whether what follows a weekday goes on to another: 周一至周三.
func severalDays(s string) bool {
	return startsAny(s, "至", "到", "—", "-", "－", "～", "~", "、", "和", "及", "，周", "，星期")
}

// weekdayOfYear looks at the weekday of a date without a year, from byte at on: it has to
// fit one of the years the text names.
func (w *work) weekdayOfYear(s string, at, month, day int) {
	said, b, e := weekdayAt(s, at)
	if e == 0 || b == at || severalDays(s[e:]) {
		return // 3月5日周五 may be any year's; in brackets it was looked up
	}
	years := w.yearsNamed()
	if len(years) == 0 {
		return
	}
	for _, y := range years {
		for _, d := range []int{y, y + 1} {
			if time.Date(d, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday() == said && (d == y || month < 3) {
				return
			}
		}
	}
	right := weekdays[time.Date(years[len(years)-1], time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday()]
	if strings.HasPrefix(s[b:], "周") {
		right = "周" + right[len("星期"):]
	}
	w.sayClean("number.weekday-year", b, e, right, strconv.Itoa(years[len(years)-1]), right)
}

// rangeEnd looks at the second date of 10月1日（星期三）至8日（星期四）; at is behind the first.
func (w *work) rangeEnd(s string, at, year, month int) {
	rest := s[at:min(len(s), at+60)]
	if k := strings.Index(rest, "）"); k >= 0 && k < 24 {
		rest = rest[k+len("）"):]
	}
	rest, ok := cutAny(rest, "至", "到", "—", "－", "～", "~", "-")
	if !ok {
		return
	}
	i := at + strings.Index(s[at:], rest)
	m, end := momentAt(s, i)
	if end == i || m.day == 0 || m.year != 0 {
		return
	}
	if m.month == 0 {
		m.month = month
	}
	if m.month < month {
		return
	}
	d := time.Date(year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC)
	said, b, e := weekdayAt(s, end)
	if e == 0 || severalDays(s[e:]) || d.Day() != m.day || d.Weekday() == said {
		return
	}
	right := weekdays[d.Weekday()]
	if strings.HasPrefix(s[b:], "周") {
		right = "周" + right[len("星期"):]
	}
	w.sayClean("number.weekday", b, e, right, right)
}

// sameMonth looks at 10月20日至10月12日, from the month at byte i on.
func (w *work) sameMonth(s string, i int) {
	if strings.HasSuffix(s[:i], "年") {
		return // told with the year
	}
	from, e := momentAt(s, i)
	rest, joined := cutAny(s[e:], "至", "到", "—", "－", "～", "~", "-")
	if !joined || from.month == 0 || from.day == 0 {
		return
	}
	rest, _ = cutAny(rest, "—")
	b := len(s) - len(rest)
	to, end := momentAt(s, b)
	if end == b || to.year != 0 || to.day == 0 || to.month != 0 && to.month != from.month || to.day >= from.day {
		return
	}
	w.sayClean("number.period", i, end, "（核对起止时间）")
}

// notices are words before how long something is shown.
var notices = []string{"公示期", "公示时间"}

// shown looks at 公示期7天（5月6日至5月10日）: the days must be as many.
func (w *work) shown(s string, b, e int) {
	k := -1
	for _, x := range notices {
		if j := strings.Index(s[b:e], x); j >= 0 && (k < 0 || j < k) {
			k = j
		}
	}
	n, unit, at := 0, "", 0
	for i := b + k; i < e; i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		j := i
		for j < e && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		for _, u := range []string{"个工作日", "工作日", "个自然日", "天", "日"} {
			if strings.HasPrefix(s[j:], u) && n == 0 && !(u == "日" && strings.HasSuffix(s[:i], "月")) && j-i < 3 {
				n, _ = strconv.Atoi(s[i:j])
				unit, at = u, i
			}
		}
		i = j
	}
	if n == 0 || n > 60 {
		return
	}
	from, to, p, q := w.rangeIn(s, b+k, e)
	if q == 0 {
		return
	}
	days := from.DaysUntil(to) + 1
	if strings.Contains(unit, "工作日") {
		all, certain, week := 0, true, 0
		for d := from; !d.After(to) && all < n; d = d.AddDays(1) {
			work, sure := workday.National().IsWorkday(d)
			certain = certain && sure
			if work {
				all++
			}
			if day := d.Weekday(); day != time.Saturday && day != time.Sunday {
				week++
			}
		}
		// Who did not think of a holiday counted the days from Monday to Friday.
		if !certain || week >= n {
			return
		}
		days = all
	}
	if days >= n || days <= 0 {
		return
	}

	w.sayClean("number.span", p, q, "（核对期限）", s[at:at+len(strconv.Itoa(n))]+unit, strconv.Itoa(days)+"天")
}

// rangeIn reads the first range of days in s[b:e], and where it stands; q is 0 if there
// is none, or no year to read it by.
func (w *work) rangeIn(s string, b, e int) (from, to workday.Date, p, q int) {
	for i := b; i < e; i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		x, j := momentAt(s, i)
		if j == i || x.day == 0 || x.month == 0 {
			for i < e && s[i] >= '0' && s[i] <= '9' {
				i++
			}
			continue
		}
		rest, _ := cutAny(s[j:e], "起")
		rest, ok := cutAny(rest, "至", "到", "—", "－", "～", "~", "-")
		if !ok {
			i = j
			continue
		}
		rest, _ = cutAny(rest, "—")
		k := e - len(rest)
		y, end := momentAt(s[:e], k)
		if end == k || y.day == 0 {
			return from, to, 0, 0
		}
		if x.year == 0 {
			years := w.yearsNamed()
			if len(years) == 0 {
				return from, to, 0, 0
			}
			x.year = years[len(years)-1]
		}
		if y.month == 0 {
			y.month = x.month
		}
		if y.year == 0 {
			if y.year = x.year; y.month < x.month {
				y.year++
			}
		}
		if x.month > 12 || y.month > 12 || x.day > 31 || y.day > 31 {
			return from, to, 0, 0
		}
		return workday.New(x.year, time.Month(x.month), x.day), workday.New(y.year, time.Month(y.month), y.day), i, end
	}
	return from, to, 0, 0
}

// valid looks at 自2025年7月1日起施行，有效期5年，有效期至2029年6月30日.
func (w *work) valid(s string, b, e int) {
	until := -1
	for _, x := range []string{"有效期至", "有效期到", "有效期截至"} {
		if k := strings.Index(s[b:e], x); k >= 0 {
			until = b + k + len(x)
		}
	}
	if until < 0 {
		return
	}
	years := 0
	for rest := s[b:e]; years == 0; {
		k := strings.Index(rest, "有效期")
		if k < 0 {
			return
		}
		rest = rest[k+len("有效期"):]
		tail, _ := cutAny(rest, "限为", "为", "限")
		if j := strings.Index(tail, "年"); j > 0 && j <= 6 {
			if n, used := zh.Numeral(tail[:j]); used == j && n > 0 && n < 30 {
				years = n
			}
		}
	}
	start := -1
	for _, x := range []string{"起施行", "起实施", "起生效"} {
		if k := strings.Index(s[b:e], x); k >= 0 {
			start = b + k
		}
	}
	if start < 0 {
		return
	}
	lead := s[b:start]
	k := strings.LastIndex(lead, "自")
	if k < 0 {
		return
	}
	x, at := momentAt(s, b+k+len("自"))
	y, end := momentAt(s[:e], until)
	if at == b+k+len("自") || end == until || x.day == 0 || y.day == 0 || x.year == 0 || y.year == 0 || x.month > 12 || y.month > 12 {
		return
	}
	from := workday.New(x.year, time.Month(x.month), x.day)
	to := workday.New(y.year, time.Month(y.month), y.day)
	want := from.AddMonths(12 * years)
	if d := to.DaysUntil(want); d >= -1 && d <= 2 {
		return
	}
	last := want.AddDays(-1)
	right := strconv.Itoa(last.Year()) + "年" + strconv.Itoa(int(last.Month())) + "月" + strconv.Itoa(last.Day()) + "日"
	w.sayClean("number.span", until, end, right, strconv.Itoa(years)+"年", "到"+right)
}
