package checking

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
	"gongkai/annualreport/prose"
)

// near is how many code points may lie between two mentions of the same thing for
// them to be one enumeration.
const near = 150

// claims compares what the prose says with the tables and with itself.
func (c *check) claims() {
	var said []string
	for i := range c.r.Claims {
		m := &c.r.Claims[i]
		if len(m.About) > 0 && c.r.Form != nil {
			if f := c.claim(m); f != nil && !slices.Contains(said, f.Message) {
				said = append(said, f.Message)
				c.out = append(c.out, *f)
			}
			c.contradicts(i)
		}
		c.adds(m)
		c.twice(i)
	}
	if len(c.r.Claims) == 0 || c.r.Form == nil {
		return
	}
	for _, f := range prose.CheckRates(c.r, c.last.r) {
		if r := book.byCode[f.Rule]; r != nil {
			c.out = append(c.out, found{Finding: form.Finding{Rule: r.Code, Severity: milder(r.Severity, f.Severity),
				Cells: f.Cells, Message: f.Message, Basis: r.Basis}, order: r.order})
		}
	}
}

// milder is a rule's severity, or that of a claim which weighs less: what only may
// speak of the same cells is worth knowing, no more.
func milder(rule, claim form.Severity) form.Severity {
	if claim != "" && grave[claim] > grave[rule] {
		return claim
	}
	return rule
}

// claim judges one claim against every sum it may state. It returns nil if it
// holds, or if a cell is not known well enough to tell.
func (c *check) claim(m *form.Claim) *found {
	for _, set := range append([][]int{m.About}, m.Or...) {
		for _, i := range set {
			if i < 0 || i >= len(c.r.Values) || c.state(i) == form.Unknown || c.state(i) == form.NotApplicable {
				return nil
			}
		}
		if agrees(m, c.sum(set)) {
			return nil
		}
	}
	rule := claimRules[0]
	for _, r := range claimRules {
		if slices.Contains(r.What, m.What) {
			rule = r
		}
	}
	w := words{"text": m.Text, "left": sayAmount(m.Kind, m.Value), "right": c.spellCells(m.About)}
	which := ""
	if m.Rough && rule.Says["rough"] != "" {
		which = "rough"
	}
	if n := c.pending(m.About); n > 0 && rule.Says["pending"] != "" {
		which, w["pending"] = "pending", strconv.FormatInt(n, 10)
	}
	f := rule.finding(c.ids(m.About...), rule.say(which, w))
	f.Severity = milder(f.Severity, m.Weight)
	return &found{Finding: f, order: rule.order}
}

// contradicts finds an earlier claim that gives another number for the same cells
// where the tables do not say which is right.
func (c *check) contradicts(i int) {
	m := &c.r.Claims[i]
	definite := func(m *form.Claim) bool {
		return m.Weight == form.Error && !m.Rough && m.Kind == form.Count && len(m.Or) == 0
	}
	unknown := func(i int) bool { return i < 0 || i >= len(c.r.Values) || c.state(i) == form.Unknown }
	if !definite(m) || !slices.ContainsFunc(m.About, unknown) {
		return
	}
	for j := range c.r.Claims[:i] {
		o := &c.r.Claims[j]
		if definite(o) && slices.Equal(o.About, m.About) && o.Value != m.Value {
			c.add(proseOther, []string{}, proseOther.say("", words{"text": o.Text, "left": strconv.FormatInt(o.Value, 10),
				"line": m.Text, "right": strconv.FormatInt(m.Value, 10)}))
			return
		}
	}
}

// agrees tells whether a sum is what a claim says. Prose rounds to the digits it
// prints: a rough number may lie one unit of its last digit that is not zero
// beside the sum, money also, but by no more than a twentieth.
func agrees(m *form.Claim, sum int64) bool {
	if sum == m.Value {
		return true
	}
	if m.Value == 0 || !m.Rough && !m.Kind.Money() {
		return false
	}
	unit := int64(1)
	for m.Value%(unit*10) == 0 {
		unit *= 10
	}
	if !m.Rough {
		unit = min(unit, m.Value/20)
	}
	return sum > m.Value-unit && sum < m.Value+unit
}

// pending is how many cases of the rows concerned have not ended yet.
func (c *check) pending(cells []int) int64 {
	var n int64
	for k, i := range cells {
		at := c.r.Form.Cells[i]
		if slices.ContainsFunc(cells[:k], func(j int) bool { return c.r.Form.Cells[j].Row == at.Row }) {
			continue
		}
		if j, ok := c.r.Form.Index(at.Table + "." + at.Row + ".未审结"); ok {
			n += c.n[j]
		}
	}
	return n
}

// spellCells writes what the tables have: 表二“规范性文件”行“本年新公开数量”列为 26.
func (c *check) spellCells(cells []int) string {
	f := c.r.Form
	first := f.Cells[cells[0]]
	note := ""
	for _, i := range cells {
		if c.isDerived(i) {
			note = sayDerived
		}
	}
	if len(cells) == 1 {
		if c.blank(cells[0]) {
			note = sayFromBlank
		}
		return fmt.Sprintf(sayTableIs, sayCell(f, cells[0]), sayAmount(first.Kind, c.n[cells[0]])) + note
	}
	sameColumn := !slices.ContainsFunc(cells, func(i int) bool { return f.Cells[i].Table != first.Table || f.Cells[i].Column != first.Column })
	sameRow := !slices.ContainsFunc(cells, func(i int) bool { return f.Cells[i].Table != first.Table || f.Cells[i].Row != first.Row })
	place, each := "", ""
	t := &f.Tables[first.TableIndex]
	switch b := &t.Blocks[first.BlockIndex]; {
	case sameColumn:
		place, each = sayColumn(t, b, first.Column)+"的", "column"
	case sameRow:
		place, each = sayRow(t, b, first.RowIndex)+"的", "row"
	}
	var terms []string
	for _, i := range cells {
		name := sayCell(f, i)
		if each != "" {
			name = label(f, i, each)
		}
		terms = append(terms, name+" "+c.figure(i))
	}
	return fmt.Sprintf(saySumIs, place, strings.Join(terms, "＋"), sayAmount(first.Kind, c.sum(cells))) + note
}

func (c *check) figure(cell int) string { return sayAmount(c.r.Form.Cells[cell].Kind, c.n[cell]) }

func sayAmount(k form.Kind, n int64) string {
	if k.Money() {
		return sayMoney(n)
	}
	return strconv.FormatInt(n, 10)
}

// adds judges the ways in which the text breaks a number down.
func (c *check) adds(m *form.Claim) {
	for _, parts := range m.Parts {
		var sum int64
		var terms []string
		rough := m.Rough
		for _, i := range parts {
			if i < 0 || i >= len(c.r.Claims) {
				continue
			}
			p := &c.r.Claims[i]
			sum += p.Value
			rough = rough || p.Rough
			terms = append(terms, strings.TrimSpace(p.What+" "+sayAmount(p.Kind, p.Value)))
		}
		if len(terms) < 2 || sum == m.Value || rough || agrees(m, sum) {
			continue
		}
		c.add(proseSum, []string{}, proseSum.say("", words{"text": m.Text, "left": sayAmount(m.Kind, m.Value),
			"right": sayAmount(m.Kind, sum), "rights": fmt.Sprintf(sayAllOf, strings.Join(terms, "＋"))}))
	}
}

// twice finds the same subject with the same number listed again close by.
func (c *check) twice(i int) {
	m := &c.r.Claims[i]
	if len(m.About) > 0 || m.What == "" || m.Value == 0 {
		return
	}
	for j := range c.r.Claims[:i] {
		o := &c.r.Claims[j]
		if o.What == m.What && o.Value == m.Value && o.Kind == m.Kind && o.Chapter == m.Chapter && len(o.About) == 0 &&
			m.Start >= o.End && c.listedTogether(j, i) {
			c.add(proseTwice, []string{}, proseTwice.say("", words{"text": m.Text}))
			return
		}
	}
}

// listedTogether tells whether two claims belong to one enumeration: they are
// parts of the same number, or stand close by in the same words.
func (c *check) listedTogether(a, b int) bool {
	for i := range c.r.Claims {
		for _, parts := range c.r.Claims[i].Parts {
			if slices.Contains(parts, a) && slices.Contains(parts, b) {
				return true
			}
		}
	}
	first, second := &c.r.Claims[a], &c.r.Claims[b]
	return second.Start-first.End < near && strings.EqualFold(tight(first.Text), tight(second.Text))
}

// tight is a text without its spaces.
func tight(s string) string { return strings.Join(strings.Fields(s), "") }
