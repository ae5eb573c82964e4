package reading

import (
	"strings"
	"unicode/utf8"
)

// organs are how the names of agencies end.
var organs = []string{"人民政府", "人民政府办公室", "人民政府办公厅", "政府办公室", "政府办", "办公室", "办公厅", "办事处", "委员会", "管委会", "街道", "局", "厅", "委",
	"院", "署", "处", "中心", "支队", "总队", "大队", "队", "所", "站", "社", "部", "镇", "乡", "县", "区", "市", "旗", "省", "盟", "州", "府", "公司", "学校", "联合会", "总工会", "）"}

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
