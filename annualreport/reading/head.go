package reading

import (
	"strings"
	"unicode/utf8"

	"gongkai/annualreport/form"
)

// organs are how the names of agencies end.
var organs = []string{"人民政府", "人民政府办公室", "人民政府办公厅", "政府办公室", "政府办", "办公室", "办公厅", "办事处", "委员会", "管委会", "街道", "局", "厅", "委",
	"院", "署", "处", "中心", "支队", "总队", "大队", "队", "所", "站", "社", "部", "镇", "乡", "县", "区", "市", "旗", "省", "盟", "州", "府", "公司", "学校", "联合会", "总工会", "）"}

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
	for _, w := range []string{"年度报告", "工作报告", "年报", "年度報告", "工作報告", "年報", "工作年度"} {
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

// clean takes off what stands around the name of an agency in a title.
func clean(s string) string {
	s = strings.TrimLeft(s, "[]【】〔〕•·—-_.、")
	s = strings.TrimPrefix(s, "关于")
	s = strings.TrimPrefix(s, "附件")
	s = strings.TrimSuffix(s, "关于")
	s = strings.TrimSuffix(s, "關於")
	return strings.TrimRight(s, "—-_、的：:")
}

// cutTopic cuts the topic of the report off behind the name of an agency.
func cutTopic(s string) string {
	for _, w := range []string{"政府信息公开", "信息公开", "政务公开", "政府信息主动公开", "政府資訊公開", "政府信息公開", "政务信息公开", "公开"} {
		if k := strings.Index(s, w); k >= 0 {
			if k > 0 && strings.HasSuffix(s[:k], "人民") && strings.HasPrefix(w, "政府") {
				k += len("政府")
			}
			s = s[:k]
			break
		}
	}
	s = clean(s)
	if n := utf8.RuneCountInString(s); n < 2 || n > 40 || strings.ContainsAny(s, "0123456789") {
		return ""
	}
	for _, w := range []string{"本年", "年度", "报告", "工作"} {
		if s == w {
			return ""
		}
	}
	return s
}

func organLike(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 40 || strings.ContainsAny(s, "。，：:；0123456789") {
		return false
	}
	for _, o := range organs {
		if strings.HasSuffix(s, o) {
			return true
		}
	}
	return false
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

// namedAgency finds the agency outside the title: in the page's own fields, in
// the sentence on who made the report, in the signature.
func (r *reader) namedAgency() string {
	for _, w := range []string{"发布机构", "公开主体", "制作单位", "来源", "公开单位", "信息来源", "单位名称", "发布单位"} {
		k := strings.Index(r.text, w)
		if k < 0 || k > 12_000 {
			continue
		}
		s := strings.TrimLeft(r.text[k+len(w):min(len(r.text), k+len(w)+150)], " \t:：\u00a0|】]　")
		if e := strings.IndexAny(s, " \t\n|\u00a0　"); e > 0 {
			s = s[:e]
		}
		if s = tidy(s); organLike(s) {
			return s
		}
	}
	if a := r.maker(); a != "" {
		return a
	}
	// the last line before a date at the end
	tail := r.text[max(0, len(r.text)-1200):]
	before := ""
	for line := range strings.SplitSeq(tail, "\n") {
		t := tidy(line)
		if t == "" {
			continue
		}
		if rs := []rune(t); len(rs) <= 12 && strings.HasSuffix(t, "日") {
			if y, _ := yearAt(rs); y != 0 && organLike(before) {
				return before
			}
		}
		before = t
	}
	return ""
}

// maker finds the agency in "由…编制".
func (r *reader) maker() string {
	head := r.text[:min(len(r.text), 6000)]
	k := strings.Index(head, "编制的")
	if k < 0 {
		k = strings.Index(head, "编制")
	}
	if k < 0 {
		return ""
	}
	s := head[:k]
	i := strings.LastIndex(s, "由")
	if i < 0 || len(s)-i > 260 {
		return ""
	}
	return agencyOf(tidy(strings.ReplaceAll(s[i+len("由"):], "\n", "")))
}

// agencyOf cuts "某某局（以下简称本局）办公室" down to the agency's name.
func agencyOf(s string) string {
	if k := strings.Index(s, "（以下"); k > 0 {
		s = s[:k]
	}
	if k := strings.IndexAny(s, "，。、；"); k >= 0 {
		return ""
	}
	if organLike(s) {
		return s
	}
	return ""
}

// fullName completes an agency's name by the text: the city before a district,
// the whole of a name the title shortens.
func (r *reader) fullName(agency string) string {
	if agency == "" {
		return ""
	}
	if m := r.maker(); m != "" && utf8.RuneCountInString(m) > utf8.RuneCountInString(agency) && shortens(agency, m) {
		if !strings.HasPrefix(m, agency) {
			return strings.TrimSuffix(strings.TrimSuffix(m, "办公室"), "党政")
		}
	}
	at := -1
	for _, w := range []string{"区", "县", "镇", "乡", "街道", "市", "旗"} {
		if k := strings.Index(agency, w); k > 3 && (at < 0 || k+len(w) < at) {
			at = k + len(w)
		}
	}
	if at < 0 || at > 24 {
		return agency
	}
	name := agency[:at]
	head := r.text[:min(len(r.text), 4000)]
	for from := 0; ; {
		k := strings.Index(head[from:], name)
		if k < 0 {
			// the name may be broken by the end of a line
			return r.brokenName(head, name, agency)
		}
		if p := cityBefore(head[:from+k]); p != "" {
			return p + agency
		}
		from += k + len(name)
	}
}

// brokenName looks for the city before a name that line ends break.
func (r *reader) brokenName(head, name, agency string) string {
	flat := tidy(strings.ReplaceAll(head, "\n", ""))
	for from := 0; ; {
		k := strings.Index(flat[from:], name)
		if k < 0 {
			return agency
		}
		if p := cityBefore(flat[:from+k]); p != "" {
			return p + agency
		}
		from += k + len(name)
	}
}

// cityBefore returns the name of a city, two or three letters and 市, that ends
// s and begins where a name can begin.
func cityBefore(s string) string {
	if !strings.HasSuffix(s, "市") && !strings.HasSuffix(s, "州") && !strings.HasSuffix(s, "盟") {
		return ""
	}
	rs := []rune(s[max(0, len(s)-30):])
	for _, n := range []int{2, 3} {
		i := len(rs) - 1 - n
		if i < 1 {
			continue
		}
		before, ok := rs[i-1], true
		for _, c := range rs[i:] {
			ok = ok && c >= 0x4e00 && c < 0xa000 && !strings.ContainsRune("由与在请是和及的省", c)
		}
		if ok && (before < 0x4e00 || before >= 0xa000 || strings.ContainsRune("由与在请是和及省", before)) {
			return string(rs[i:])
		}
	}
	return ""
}

// shortens reports whether the letters of a all occur in b in their order, and
// a is no agency's full name by itself.
func shortens(a, b string) bool {
	for _, o := range organs[:10] {
		if strings.HasSuffix(a, o) {
			return false
		}
	}
	rest := b
	for _, c := range a {
		k := strings.IndexRune(rest, c)
		if k < 0 {
			return false
		}
		rest = rest[k+utf8.RuneLen(c):]
	}
	return true
}

// findUnit notes money without a unit.
func (r *reader) findUnit(cell int, v value) {
	r.rep.Findings = append(r.rep.Findings, unitMissing(r.layout.form, cell, strings.TrimSpace(v.Raw)))
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
