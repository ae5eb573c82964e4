package prose

import (
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

// count reads the number of a token: by the words before it, and where they say
// nothing by the words behind it (2件为上年度结转) or by the clause before.
func (s *scan) count(i, deep, lo, hi int) {
	n := &s.nums[s.toks[i].num]
	a := s.clauseBefore(i)
	c := s.read(a, i)
	if n.measure == "%" {
		s.percent(&c, n, i, deep, lo, hi)
		return
	}
	m := s.meaning(&c, n)
	b := i + 1
	for b < len(s.toks) && s.toks[b].num < 0 && s.toks[b].mark == 0 {
		b++
	}
	alone := b == len(s.toks) || s.toks[b].num < 0 // the words behind are not those before the next number
	if c.first < 0 && !c.gap && !c.foreign {
		if alone && b > i+1 {
			after := s.read(i+1, b)
			if x := s.meaning(&after, n); x.about() {
				m = x
			}
		}
		if !m.about() && a > 1 && (s.toks[a-1].mark == '，' || s.toks[a-1].mark == '：') {
			if z := s.clauseBefore(a - 1); z < a-1 && (z == 0 || s.toks[z-1].num < 0) {
				wide := s.read(z, i)
				if x := s.meaning(&wide, n); x.about() {
					m = x
				}
			}
		}
	} else if alone && len(m.ways) > 0 && m.result[0] == allResults {
		if r, ok := s.onlyResult(i+1, b); ok { // 直接起诉2件未审结
			m.result = []result4{r, allResults}
		}
	}
	if m.what == "" {
		m.what = s.label(a, i)
	}
	if n.measure == "" {
		if s.chapter >= 2 && s.chapter <= 4 || i == 0 || s.toks[i-1].mark != 0 && !m.about() || s.place[n.lo].apart || s.spaced(n) {
			return
		}
	}
	s.add(m, n, i, deep, lo, hi)
	if n := len(s.found); len(m.ids) > 0 && n > 0 && c.docs != "" {
		s.verb |= c.class & (makes | publish)
		if s.verb == 0 && c.class&open != 0 {
			s.verb = publish
		}
	}
}

// spaced tells whether the layout put something before or into a bare number: it
// then is a cell of a table.
func (s *scan) spaced(n *number) bool {
	for k := max(n.lo, 1); k < n.hi; k++ {
		if s.place[k].at != s.place[k-1].at+1 {
			return true
		}
	}
	return false
}

// clauseBefore is where the clause that ends before token i begins.
func (s *scan) clauseBefore(i int) int {
	for i > 0 && s.toks[i-1].num < 0 && s.toks[i-1].mark == 0 {
		i--
	}
	return i
}

// onlyResult tells whether the tokens say a result of a remedy and nothing else.
func (s *scan) onlyResult(lo, hi int) (result4, bool) {
	var r result4
	for _, t := range s.toks[lo:hi] {
		if t.class&(fill|result) == 0 {
			return 0, false
		}
		if t.class&result != 0 {
			r |= vocabulary[t.word].group
		}
	}
	return r, r != 0
}

// label is what the text itself calls what it counts.
func (s *scan) label(a, i int) string {
	for a < i && s.toks[a].class != 0 && s.toks[a].class&^carries == 0 && s.toks[a].class != site {
		a++
	}
	z := i
	for z > a && s.toks[z-1].class != 0 && s.toks[z-1].class&^(fill|now) == 0 {
		z--
	}
	if a >= z {
		return ""
	}
	lo, hi := s.toks[a].lo, s.toks[z-1].hi
	return string(s.runes[max(lo, hi-14):hi])
}

// add writes a claim down with the cells of all its readings.
func (s *scan) add(m meaning, n *number, tok, deep, lo, hi int) {
	c := s.claim(n.lo, n.hi, lo, hi)
	c.Kind, c.Value, c.Places, c.Rough, c.What, c.Weight = n.kind, n.value, n.places, n.rough, m.what, m.weight
	s.bind(&c, &m)
	s.found = append(s.found, found{claim: len(s.claims), tok: tok, m: m, num: *n, deep: deep})
	s.claims = append(s.claims, c)
}

// claim is an empty one for the number from-to of the sentence lo-hi.
func (s *scan) claim(from, to, lo, hi int) form.Claim {
	a, z := from, to
	for a > lo && !clauseMark(s.runes[a-1]) {
		a--
	}
	for z < hi && !clauseMark(s.runes[z]) {
		z++
	}
	end := len(s.src)
	if z < len(s.place) {
		end = int(s.place[z].byte)
	}
	text := strings.TrimSpace(s.src[s.place[a].byte:end])
	return form.Claim{Chapter: s.chapter, Text: text, Start: int(s.place[from].at), End: int(s.place[to-1].at) + 1}
}

func clauseMark(r rune) bool {
	switch r {
	case '，', '；', '（', '）', '。', '、', brk:
		return true
	}
	return false
}

// bind resolves the readings of a meaning to cells of the form.
func (s *scan) bind(c *form.Claim, m *meaning) {
	if m.weight == "" || s.layout == nil {
		c.Weight = ""
		return
	}
	for _, cells := range s.readings(m) {
		switch {
		case len(cells) == 0:
		case c.About == nil:
			c.About = cells
		case !slices.Equal(c.About, cells):
			c.Or = append(c.Or, cells)
		}
	}
	if c.About == nil {
		c.Weight = ""
	}
}

func (s *scan) readings(m *meaning) [][]int {
	var all [][]int
	for _, r := range m.rows {
		all = append(all, s.layout.applications(r, m.cols))
	}
	for _, w := range m.ways {
		for _, r := range m.result {
			all = append(all, s.layout.remedies(w, r))
		}
	}
	for _, id := range m.ids {
		all = append(all, s.layout.named(id))
	}
	return all
}

// percent reads shares (占33.9%) and changes since the year before.
func (s *scan) percent(c *clause, n *number, i, deep, lo, hi int) {
	m := meaning{what: "占比"}
	var of *found
	if k := len(s.found); k > 0 && s.found[k-1].num.measure != "%" {
		of = &s.found[k-1]
	}
	switch {
	case c.class&change != 0 && c.up != 0 && c.class&share == 0:
		s.growth(c, of, n, i, deep, lo, hi)
		return
	case c.class&share == 0 || c.class&change != 0 || c.gap || c.foreign || s.away:
		of = nil
	case c.rows != 0: // 予以公开占58.5%: no number before it
		of = nil
		own := *c
		own.class &^= share
		if x := s.meaning(&own, n); len(x.rows) > 0 {
			m = x
		}
	case c.first >= 0 || of == nil || len(of.m.rows) == 0 || of.m.weight == "":
		of = nil
	default:
		m = of.m
	}
	if len(m.rows) > 0 {
		m.what, m.weight = m.what+"占比", form.Warning
	}
	s.add(m, n, i, deep, lo, hi)
	if claim := s.rate(); claim.Rate != nil {
		if of != nil {
			claim.Rate.Said = []int{of.claim}
		}
		for _, r := range [...]rows{rTotal, rNew | rCarried, rNew} {
			claim.Rate.Whole = append(claim.Rate.Whole, s.layout.applications(r, cTotal))
		}
	}
	s.found = s.found[:len(s.found)-1] // a share is no part of a sum
}

// rate turns the cells of the last claim into what a percentage is computed from.
func (s *scan) rate() *form.Claim {
	c := &s.claims[len(s.claims)-1]
	if c.About != nil {
		c.Rate = &form.Rate{Part: append([][]int{c.About}, c.Or...)}
		c.About, c.Or = nil, nil
	}
	return c
}

// growth reads a change since last year of what the clause names or the number
// before stood for.
func (s *scan) growth(c *clause, of *found, n *number, i, deep, lo, hi int) {
	m := meaning{what: "同比"}
	quiet := *c
	quiet.class &^= change | prev
	quiet.years = [3]bool{}
	if x := s.meaning(&quiet, n); x.about() {
		m = x
	} else if of != nil && !c.gap && !c.foreign && c.first < 0 {
		m = of.m
	}
	if m.weight != "" {
		m.weight = form.Warning
		m.what += "同比"
	}
	s.add(m, n, i, deep, lo, hi)
	claim := s.rate()
	claim.Kind, claim.Value = form.Growth, claim.Value*int64(c.up)
	s.found = s.found[:len(s.found)-1]
}

// nothing reads that something did not happen: a claim of zero.
func (s *scan) nothing(i, lo, hi int) {
	b := i + 1
	for b < len(s.toks) && s.toks[b].mark == 0 {
		if s.toks[b].num >= 0 {
			return
		}
		b++
	}
	c, before := s.read(i+1, b), s.read(s.clauseBefore(i), i)
	if c.first < 0 || c.gap || before.foreign || before.gap || before.class&(period|channel|site|neg|docs|exec) != 0 || before.years[otherYear] {
		return
	}
	said := c
	if c.class&(recon|lit|direct|after|both|result) == 0 {
		if c.class&(roll|prev|next) == 0 && !c.years[lastYear] && !c.years[nextYear] {
			if c.class&app == 0 || c.class&(done|row|stay|docs) != 0 {
				return
			}
			said.class |= receive
		}
	} else {
		said.class &^= app | receive | done // 未收到行政复议申请
		s.within = s.within || before.class&gi != 0
	}
	said.class |= before.class & (gi | wide | office | narrow)
	m := s.meaning(&said, &number{measure: "件"})
	if m.about() {
		s.silent(m, 0, i, lo, hi)
	}
}

// allUpheld reads 均获维持: as many were upheld as the sentence says there were,
// or none ended otherwise or is still pending.
func (s *scan) allUpheld(i, lo, hi int) {
	if s.ways == 0 || !s.within || s.away {
		return
	}
	var said ways
	var sum int64
	for k := range s.found {
		if m := &s.found[k].m; len(m.ways) > 0 && m.result[0] == allResults && said&m.ways[0] == 0 {
			said |= m.ways[0]
			sum += s.found[k].num.value
		}
	}
	m := meaning{what: "维持", weight: form.Error, ways: []ways{s.ways}, result: []result4{upheldResult}}
	if said != s.ways {
		m.what, m.result = "均获维持", []result4{correctedResult | otherResult | pendingResult}
		sum = 0
	}
	s.silent(m, sum, i, lo, hi)
}

// allSettled reads 全部办结: nothing is carried over.
func (s *scan) allSettled(i, lo, hi int) {
	if s.topic != app || s.away {
		return
	}
	s.silent(meaning{what: "全部办结", weight: form.Warning, rows: []rows{rForward}, cols: cTotal}, 0, i, lo, hi)
}

// silent writes down a claim made without a number.
func (s *scan) silent(m meaning, value int64, i, lo, hi int) {
	t := s.toks[i]
	c := s.claim(t.lo, t.hi, lo, hi)
	c.Value, c.What, c.Weight = value, m.what, m.weight
	s.bind(&c, &m)
	if c.About != nil {
		s.claims = append(s.claims, c)
	}
}

// lastIs tells whether the number before in the sentence was of a class: an
// outcome, a settled count, a document, a result of a remedy.
func (s *scan) lastIs(c class) bool {
	for k := len(s.found) - 1; k >= 0; k-- {
		f := &s.found[k]
		switch {
		case c&row != 0 && len(f.m.rows) > 0 && f.m.rows[0]&rResults != 0,
			c&done != 0 && len(f.m.rows) > 0 && f.m.rows[0] == rTotal,
			c&(docs|exec) != 0 && len(f.m.ids) > 0,
			c&result != 0 && len(f.m.result) > 0 && f.m.result[0] != allResults:
			return true
		}
		if c&(row|done) == 0 {
			return false
		}
	}
	return c&done != 0 && slices.ContainsFunc(s.before, func(f found) bool { return len(f.m.rows) > 0 && f.m.rows[0] == rTotal })
}

// lastWays are the remedies the number before was about, or the words before it.
func (s *scan) lastWays() ways {
	for k := len(s.found) - 1; k >= 0; k-- {
		if f := &s.found[k]; len(f.m.ways) > 0 {
			return f.m.ways[0]
		}
	}
	return s.ways
}

// lastPaper is the kind of document the number before was about.
func (s *scan) lastPaper() string {
	for k := len(s.found) - 1; k >= 0; k-- {
		if f := &s.found[k]; len(f.m.ids) > 0 {
			for _, kind := range [...]string{"规范性文件", "规章"} {
				if len(f.m.what) >= len(kind) && f.m.what[:len(kind)] == kind {
					return kind
				}
			}
		}
	}
	return ""
}

// Append joins the claims of one text to those of another: what they say of each
// other keeps pointing at the right ones.
func Append(to []form.Claim, more ...form.Claim) []form.Claim {
	n := len(to)
	for _, c := range more {
		parts := make([][]int, len(c.Parts))
		for i, way := range c.Parts {
			parts[i] = shift(way, n)
		}
		c.Parts = parts
		if c.Rate != nil {
			rate := *c.Rate
			rate.Said = shift(rate.Said, n)
			c.Rate = &rate
		}
		to = append(to, c)
	}
	return to
}

func shift(claims []int, n int) []int {
	out := make([]int, len(claims))
	for i, c := range claims {
		out[i] = c + n
	}
	return out
}

// Beyond are the claims of a rendered text with its figures left to Compare: they
// stand among the others, as parts of what is added up, and say nothing about
// cells themselves.
func Beyond(text string, bindings []Binding, f *form.Form) []form.Claim {
	claims := Claims(text, f)
	for i := range claims {
		c := &claims[i]
		for _, b := range bindings {
			if c.Start >= b.Start && c.End <= b.End {
				c.About, c.Or, c.Rate, c.Weight = nil, nil, nil, ""
			}
		}
	}
	return claims
}

var severity = map[form.Severity]int{form.Info: 1, form.Warning: 2, form.Error: 3}

// lesser is the lighter of two severities.
func lesser(a, b form.Severity) form.Severity {
	if severity[a] < severity[b] {
		return a
	}
	return b
}
