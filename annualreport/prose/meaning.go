package prose

import (
	"strings"

	"gongkai/annualreport/form"
)

// meaning is what a clause says its number counts.
type meaning struct {
	what   string
	weight form.Severity // "": nothing the tables count

	// One of the three: rows of table three, remedies of table four, or cells by
	// their names. Each has its readings, the likeliest first.
	rows   []rows
	cols   cols
	ways   []ways
	result []result4
	ids    []string
}

// about tells whether the meaning names cells, be they in this form or not.
func (m *meaning) about() bool { return len(m.rows)+len(m.ways)+len(m.ids) > 0 }

// meaning reads what a clause counts. measure is the number's measure word.
func (s *scan) meaning(c *clause, n *number) meaning {
	m := s.subject(c, n)
	if m.weight == "" || !m.about() {
		return m
	}
	carried := c.class&roll != 0 || c.class&stay != 0
	switch {
	case c.gap, c.foreign, c.mixed, s.away && c.class&now == 0,
		c.class&(period|channel|change|judge) != 0,
		c.years[otherYear],
		(c.class&prev != 0 || c.years[lastYear]) && !carried,
		(c.years[nextYear]) && !carried,
		c.class&topic != 0 && c.class&(docs|exec) == 0:
		return meaning{}
	case c.class&site != 0 && len(m.rows) > 0:
		m.weight = form.Info
	}
	return m
}

func (s *scan) subject(c *clause, n *number) meaning {
	if c.first < 0 {
		return meaning{}
	}
	if n.kind == form.Yuan {
		return s.money(c)
	}
	remedies := waysOf(c.class)
	switch {
	case c.class&notice != 0:
		return meaning{what: "收费通知"}
	case c.class&(recon|lit|direct|after|both) != 0, c.class&result != 0 && s.ways != 0 && c.rows == 0, c.class&rest != 0 && c.rows == 0 && s.lastIs(result):
		return s.remedy(c, remedies)
	case c.class&docs != 0, c.class&(repeal|force|publish|makes|open) != 0 && c.class&(app|row|exec|topic) == 0 && s.lastIs(docs):
		return s.papers(c, n)
	case c.class&exec != 0:
		return s.acts(c, n)
	case c.rows != 0, c.class&open != 0 && c.class&(publish|topic) == 0, c.class&rest != 0:
		return s.outcome(c)
	case c.cols != 0:
		return s.applicants(c, n)
	}
	return s.flow(c, n)
}

// money reads amounts.
func (s *scan) money(c *clause) meaning {
	switch {
	case c.class&exec != 0 && c.exec == "行政事业性收费":
		return meaning{what: c.exec, weight: form.Warning, ids: []string{"table2.行政事业性收费.amount_wan"}}
	case c.class&exec != 0 && c.exec == "政府集中采购":
		return meaning{what: c.exec, weight: form.Warning, ids: []string{"table2.政府集中采购.amount_yuan"}}
	case !s.fees:
	case c.class&got != 0:
		return meaning{what: "实收信息处理费"}
	case c.class&(fee|amount|notice) != 0:
		return meaning{what: "信息处理费"}
	}
	return meaning{}
}

// remedy reads counts of reconsideration and litigation.
func (s *scan) remedy(c *clause, w ways) meaning {
	m := meaning{what: "行政复议、诉讼", weight: form.Error}
	if !s.within || c.class&(docs|exec|row) != 0 {
		m.weight = ""
	}
	switch {
	case c.class&both != 0:
		if s.ways|w == 0 {
			m.weight = ""
		} else if m.weight != "" {
			m.weight = form.Warning
		}
		w = wayRecon | wayDirect | wayAfter
	case w == 0:
		w = s.lastWays()
	}
	if w == 0 {
		return meaning{what: m.what}
	}
	switch {
	case w == wayRecon:
		m.what = "行政复议"
	case w&wayRecon == 0:
		m.what = "行政诉讼"
	}
	m.ways = []ways{w}
	if w == wayDirect|wayAfter && c.class&lit != 0 {
		m.ways = append(m.ways, wayDirect) // some count only what was not reconsidered first
	}
	results := c.results
	if results == 0 && c.class&rest != 0 {
		results = otherResult
	}
	if results == 0 {
		results = allResults
	} else {
		m.what = resultWord(results, m.what)
		if c.class&(recon|lit|direct|after) == 0 && s.lastWays()&^wayRecon == wayDirect|wayAfter {
			m.ways = append(m.ways, wayDirect, wayAfter)
		}
	}
	m.result = []result4{results}
	return m
}

// resultWord names a result, or what has several.
func resultWord(r result4, what string) string {
	switch r {
	case upheldResult:
		return "维持"
	case correctedResult:
		return "纠正"
	case otherResult:
		return "其他结果"
	case pendingResult:
		return "未审结"
	}
	return what
}

// papers reads counts of normative documents.
func (s *scan) papers(c *clause, n *number) meaning {
	kind, verb := c.docs, c.class&(makes|publish|repeal|force)
	if kind == "" {
		kind = s.lastPaper()
	}
	if verb == 0 && c.class&open != 0 {
		verb = publish
	}
	if verb == 0 {
		verb = s.verb
	}
	m := meaning{what: kind}
	switch n.measure {
	case "件", "个", "部", "份", "项":
	default:
		return m
	}
	if kind == "" || verb == 0 || c.class&(app|receive|done|row|exec) != 0 {
		return m
	}
	names := []string{"table2." + kind}
	if kind == "规范性文件" {
		names = append(names, "table2.行政规范性文件")
	}
	var columns []string
	m.weight = form.Warning
	switch {
	case verb&repeal != 0:
		columns = []string{"repealed"}
		m.what += "废止"
	case verb&force != 0:
		columns = []string{"in_force"}
		m.what += "现行有效"
	case verb&makes != 0:
		columns = []string{"made", "issued", "published"}
		m.what += "制发"
	default:
		columns = []string{"published", "issued", "made", "total", "in_force"}
		m.what += "公开"
		if s.layout != nil && s.layout.form.ID != "2019" {
			m.weight = form.Info // that form counts what was issued, not what was published
		}
	}
	if s.deep > 0 && c.docs == "" {
		m.weight = "" // 规章13件（新制定5件，修改4件，废止4件）: parts, not rows
	}
	for _, col := range columns {
		for _, row := range names {
			m.ids = append(m.ids, row+"."+col)
		}
	}
	return m
}

// acts reads counts of permits, penalties and coercive measures, and of
// purchases.
func (s *scan) acts(c *clause, n *number) meaning {
	m := meaning{what: c.exec}
	if c.class&(app|receive|row|docs) != 0 {
		return m
	}
	switch c.exec {
	case "行政事业性收费":
		return m
	case "政府集中采购":
		if n.measure == "个" || n.measure == "项" || n.measure == "批" {
			m.weight, m.ids = form.Warning, []string{"table2.政府集中采购.projects"}
		}
		return m
	}
	switch n.measure {
	case "件", "宗", "起", "例", "个", "条", "":
	default:
		return m
	}
	if n.measure == "条" && c.class&show == 0 && !s.lastIs(exec) {
		return m // so many posts on a website
	}
	m.ids = []string{"table2." + c.exec + ".decisions"}
	m.weight = form.Info // published notices, matters or decisions: it may be any of them
	if c.plain && c.class&(entry|show|publish|open) == 0 && n.measure != "条" {
		m.weight = form.Warning
	}
	return m
}

// outcome reads counts of one way, or several, to decide on an application.
func (s *scan) outcome(c *clause) meaning {
	m := meaning{what: "办理结果", weight: form.Error, cols: cTotal}
	if c.cols != 0 {
		m.cols = c.cols
	}
	if s.topic != app && c.class&app == 0 && !s.lastIs(row) {
		m.weight = ""
	}
	if c.class&(receive|fresh|docs|exec) != 0 || c.class&publish != 0 {
		m.weight = ""
	}
	r := c.rows
	groups := [...]rows{rDeny, rUnable, rReject, rOthers}
	single := rows(0) // rows of a group that is named as well: 因本机关不掌握无法提供
	if c.class&etc == 0 {
		for _, g := range groups {
			if r&g == g {
				if one := s.ones(c, g); one != 0 {
					single = r&^g | one
				}
			}
		}
	}
	switch {
	case r == 0 && c.class&rest != 0:
		if !s.lastIs(row) {
			return meaning{what: "其他"}
		}
		r = rOthers
		m.weight, m.what = form.Warning, "其他处理"
	case r == 0: // 公开43件
		if !s.lastIs(row | done) {
			return meaning{what: "公开"}
		}
		m.rows = []rows{rGranted, rGranted | rPartial}
		m.weight, m.what = form.Warning, "予以公开"
		return m
	case c.class&open != 0:
		r |= rGranted
	}
	m.rows = []rows{r}
	if single != 0 {
		m.rows = []rows{single, r}
	}
	if m.weight != "" && !c.labels {
		m.weight = form.Warning
	}
	m.what = outcomeWord(r)
	return m
}

// ones are the single rows of a group that the clause names.
func (s *scan) ones(c *clause, group rows) rows {
	var r rows
	for i := c.first; i < len(s.toks) && s.toks[i].num < 0 && (s.toks[i].mark == 0); i++ {
		if w := s.toks[i].word; w >= 0 {
			if x := vocabulary[w].rows; x&group != 0 && x&group != group {
				r |= x
			}
		}
	}
	return r
}

// outcomeWord names an outcome, or several.
func outcomeWord(r rows) string {
	var names []string
	for _, g := range [...]struct {
		rows rows
		name string
	}{{rGranted, "予以公开"}, {rPartial, "部分公开"}, {rDeny, "不予公开"}, {rUnable, "无法提供"}, {rReject, "不予处理"}, {rOthers, "其他处理"}} {
		if r&g.rows != 0 {
			names = append(names, g.name)
		}
	}
	return strings.Join(names, "、")
}

// applicants reads counts of applications by who made them: of those the
// sentence spoke of last.
func (s *scan) applicants(c *clause, n *number) meaning {
	m := s.flow(c, n)
	if !m.about() {
		m = meaning{weight: form.Warning, rows: []rows{rNew, rNew | rCarried, rTotal}}
		for i := len(s.found) - 1; i >= 0; i-- {
			if f := &s.found[i]; len(f.m.rows) > 0 && f.m.cols == cTotal {
				m.rows = f.m.rows
				break
			}
		}
		if s.topic != app && c.class&app == 0 {
			m.weight = ""
		}
	}
	m.weight = lesser(m.weight, form.Warning)
	m.cols, m.what = c.cols, "自然人"
	if c.cols != cNatural {
		m.what = "法人或其他组织"
	}
	return m
}

// flow reads what came in, what was settled and what is carried over.
func (s *scan) flow(c *clause, n *number) meaning {
	m := meaning{cols: cTotal, weight: form.Error}
	if s.topic != app && c.class&app == 0 {
		m.weight = ""
	}
	before := c.class&prev != 0 || c.years[lastYear]
	behind := c.class&next != 0 || c.years[nextYear]
	switch {
	case c.class&(roll|stay) != 0 && behind:
		m.what, m.rows = "结转下年度", []rows{rForward}
	case c.class&roll != 0 && before && c.class&(fresh|receive) != 0:
		m.what, m.rows = "新收与结转", []rows{rNew | rCarried}
	case c.class&roll != 0 && before:
		m.what, m.rows = "上年结转", []rows{rCarried}
	case c.class&stay != 0, c.firm && c.class&(publish|open) == 0:
		m.what, m.rows = "结转", []rows{rForward, rCarried}
		m.weight = lesser(m.weight, form.Warning)
	case c.class&fresh != 0:
		m.what, m.rows = "新收", []rows{rNew}
	case c.class&receive != 0 && c.class&done != 0:
		m.what, m.rows = "受理", []rows{rTotal, rNew, rNew | rCarried}
		m.weight = lesser(m.weight, form.Warning)
	case c.class&receive != 0:
		m.what, m.rows = "受理", []rows{rNew, rNew | rCarried}
	case c.class&closed != 0:
		m.what, m.rows = "办结", []rows{rTotal}
	case c.class&done != 0:
		m.what, m.rows = "答复", []rows{rTotal, rNew | rCarried, rNew}
		m.weight = lesser(m.weight, form.Warning)
	case c.class&app != 0 && n.measure != "条" && n.measure != "篇": // 依申请公开3件, but no posts
		m.what, m.rows = "申请", []rows{rNew, rNew | rCarried, rTotal}
		m.weight = lesser(m.weight, form.Info)
	default:
		return meaning{}
	}
	return m
}
