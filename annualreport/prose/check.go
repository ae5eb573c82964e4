package prose

import (
	"fmt"
	"strings"

	"gongkai/annualreport/form"
)

// Check holds the claims of a report against its tables, against each other and,
// for changes, against last year's report (nil if it is not at hand). It looks
// at r.Claims and the values, not at the text. What the tables do not say, or
// say in a way nobody can trust, is no reason for a finding.
func Check(r, last *form.Report) []form.Finding {
	var out []form.Finding
	for i := range r.Claims {
		c := &r.Claims[i]
		for _, way := range c.Parts {
			out = appendSum(out, r, c, way)
		}
		if len(c.About) > 0 && r.Form != nil {
			out = appendMismatch(out, r, c)
		}
	}
	out = append(out, CheckRates(r, last)...)
	out = appendTwice(out, r.Claims)
	return appendContradictions(out, r)
}

// CheckRates is the part of Check that looks at percentages: shares of a total
// and changes since last year.
func CheckRates(r, last *form.Report) []form.Finding {
	var out []form.Finding
	if r.Form == nil {
		return nil
	}
	for i := range r.Claims {
		switch c := &r.Claims[i]; {
		case c.Rate == nil || len(c.Rate.Part) == 0:
		case c.Kind == form.Share:
			out = appendShare(out, r, c)
		case c.Kind == form.Growth:
			out = appendGrowth(out, r, last, c)
		}
	}
	return out
}

// appendMismatch compares a number with the cells it speaks of, in all readings.
func appendMismatch(out []form.Finding, r *form.Report, c *form.Claim) []form.Finding {
	want, known := Sum(r, c.About, c.Value == 0)
	if !known || fits(c, want) {
		return out
	}
	for _, cells := range c.Or {
		if n, ok := Sum(r, cells, c.Value == 0); !ok || fits(c, n) {
			return out
		}
	}
	f := form.Finding{Rule: "prose.mismatch", Severity: c.Weight, Cells: ids(r.Form, c.About), Basis: basisSame}
	switch {
	case c.What == "维持" && !strings.ContainsAny(c.Text, "0123456789０１２３４５６７８９"): // 均获维持
		f.Rule, f.Basis = "prose.upheld", basisPending
		f.Message = fmt.Sprintf(sayUpheld, tight(c.Text), c.Value, sayCells(r.Form, c.About), want)
	case c.What == "均获维持":
		f.Rule, f.Basis = "prose.upheld", basisPending
		f.Message = fmt.Sprintf(sayNotUpheld, tight(c.Text), sayTable(r.Form, c.About), want)
	default:
		f.Message = fmt.Sprintf(sayMismatch, tight(c.Text), sayCells(r.Form, c.About), say(r.Form.Cells[c.About[0]].Kind, want))
	}
	return append(out, f)
}

// fits tells whether a claim says a number; money is compared to the last digit
// the claim is printed with.
func fits(c *form.Claim, n int64) bool {
	if n == c.Value {
		return true
	}
	if c.Rough {
		return near(c.Value, n)
	}
	if c.Kind == form.Yuan && c.Places < 8 { // 12.5 万元 for 125,031.20 元
		unit := int64(form.PerYuan)
		for v := c.Value; v != 0 && v%(unit*10) == 0 && unit < 1_0000*form.PerYuan; {
			unit *= 10
		}
		return n/unit == c.Value/unit || (n+unit/2)/unit == c.Value/unit
	}
	return false
}

// near tells whether 近, 约 or 余 may stand for the difference: a tenth.
func near(said, n int64) bool {
	d := said - n
	return max(d, -d)*10 <= max(said, n)
}

// Sum adds cells up. A blank one is what the other cells of its equation make
// it, or nothing where they are blank, too; a sum of blanks alone is known only
// if zero is what it is compared with. It reports whether the sum is known.
func Sum(r *form.Report, cells []int, zero bool) (int64, bool) {
	var sum int64
	any := false
	for _, i := range cells {
		n, printed, ok := value(r, i)
		if !ok {
			return 0, false
		}
		sum += n
		any = any || printed
	}
	return sum, any || zero
}

// value is a cell's number, and whether it or what it is the sum of is printed.
func value(r *form.Report, cell int) (n int64, printed, ok bool) {
	switch v := r.Values[cell]; v.State {
	case form.Number:
		return v.N, true, true
	case form.NotApplicable:
		return 0, true, true
	case form.Unknown:
		return 0, false, false
	}
	for i := range r.Form.Equations {
		e := &r.Form.Equations[i]
		alone := e.Left
		others := e.Right
		if len(others) == 1 {
			alone, others = others, alone
		}
		if len(alone) != 1 || alone[0] != cell || !strings.HasSuffix(e.Rule, "row-sum") {
			continue
		}
		for _, o := range others {
			switch v := r.Values[o]; v.State {
			case form.Number:
				n += v.N
				printed = true
			case form.Unknown:
				return 0, false, false
			}
		}
		return n, printed, true
	}
	return 0, false, true
}

// appendSum adds the parts of a number up.
func appendSum(out []form.Finding, r *form.Report, c *form.Claim, way []int) []form.Finding {
	var sum int64
	rough := c.Rough
	var terms []string
	for _, i := range way {
		if i < 0 || i >= len(r.Claims) {
			return out
		}
		p := &r.Claims[i]
		sum += p.Value
		rough = rough || p.Rough
		terms = append(terms, plain(p.Kind, p.Value))
	}
	if sum == c.Value || rough && near(c.Value, sum) {
		return out
	}
	return append(out, form.Finding{Rule: "prose.sum", Severity: form.Warning, Cells: []string{},
		Message: fmt.Sprintf(saySum, tight(c.Text), strings.Join(terms, "+"), plain(c.Kind, sum), plain(c.Kind, c.Value)),
		Basis:   basisSum})
}

// appendShare checks a percentage: of any whole it may be meant of, by the cells
// or by the number the text gives, rounded or cut off.
func appendShare(out []form.Finding, r *form.Report, c *form.Claim) []form.Finding {
	var counts []int64
	for _, cells := range c.Rate.Part {
		n, ok := Sum(r, cells, true)
		if !ok {
			return out
		}
		counts = append(counts, n)
	}
	for _, i := range c.Rate.Said {
		if i >= 0 && i < len(r.Claims) {
			counts = append(counts, r.Claims[i].Value)
		}
	}
	first := int64(-1)
	for _, cells := range c.Rate.Whole {
		whole, ok := Sum(r, cells, false)
		if !ok {
			return out
		}
		for _, n := range counts {
			if whole > 0 && rounds(n, whole, c) {
				return out
			}
		}
		if first < 0 && whole > 0 {
			first = whole
		}
	}
	if first < 0 {
		return out
	}
	return append(out, form.Finding{Rule: "prose.share", Severity: c.Weight, Cells: ids(r.Form, c.Rate.Part[0]),
		Message: fmt.Sprintf(sayShare, tight(c.Text), sayCells(r.Form, c.Rate.Part[0]),
			decimals(counts[0]*1_000_000/first, max(c.Places, 1)), counts[0], first),
		Basis: basisShare})
}

// rounds tells whether n of whole, rounded or cut off, is the percentage printed.
func rounds(n, whole int64, c *form.Claim) bool {
	unit := int64(10_000) // of a percent, in millionths
	for range c.Places {
		unit /= 10
	}
	if unit == 0 {
		return true
	}
	exact := n * 1_000_000 / whole
	said := max(c.Value, -c.Value)
	if c.Rough {
		return near(said, exact)
	}
	cut := exact / unit * unit
	return said == cut || said == (exact+unit/2)/unit*unit || said == cut+unit
}

// appendGrowth checks a change since last year, if last year is at hand.
func appendGrowth(out []form.Finding, r, last *form.Report, c *form.Claim) []form.Finding {
	if last == nil || last.Form == nil {
		return out
	}
	var now, before int64
	for i, cells := range c.Rate.Part {
		n, ok := Sum(r, cells, true)
		old, there := translate(r.Form, last.Form, cells)
		o, known := Sum(last, old, false)
		if !ok || !there || !known || o <= 0 {
			return out
		}
		d := n - o
		if sign(d) == sign(c.Value) && rounds(max(d, -d), o, c) {
			return out
		}
		if i == 0 {
			now, before = n, o
		}
	}
	return append(out, form.Finding{Rule: "prose.growth", Severity: c.Weight, Cells: ids(r.Form, c.Rate.Part[0]),
		Message: fmt.Sprintf(sayGrowthIs, tight(c.Text), now, before,
			sayGrowth((now-before)*1_000_000/before, max(c.Places, 1))),
		Basis: basisGrowth})
}

func sign(n int64) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// translate finds the cells of one form in another by their names.
func translate(from, to *form.Form, cells []int) ([]int, bool) {
	if from == to {
		return cells, true
	}
	var out []int
	for _, i := range cells {
		j, ok := to.Index(from.Cells[i].ID)
		if !ok {
			return nil, false
		}
		out = append(out, j)
	}
	return out, true
}

// appendTwice finds an item that a list names twice with the same number.
func appendTwice(out []form.Finding, claims []form.Claim) []form.Finding {
	for i := range claims {
		c := &claims[i]
		if len(c.About) > 0 || c.Value == 0 || len([]rune(c.What)) < 3 || c.Kind != form.Count {
			continue
		}
		for j := i + 1; j < len(claims) && claims[j].Start < c.End+150; j++ {
			if d := &claims[j]; d.What == c.What && d.Value == c.Value && d.Start > c.End && tight(d.Text) == tight(c.Text) {
				out = append(out, form.Finding{Rule: "prose.twice", Severity: form.Info, Cells: []string{},
					Message: fmt.Sprintf(sayTwice, tight(c.Text)), Basis: basisTwice})
				break
			}
		}
	}
	return out
}

// appendContradictions finds two numbers for the same cells where the tables do
// not say which is right.
func appendContradictions(out []form.Finding, r *form.Report) []form.Finding {
	if r.Form == nil {
		return out
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		if !definite(c) {
			continue
		}
		if _, known := Sum(r, c.About, false); known {
			continue // a mismatch says it
		}
		for j := range r.Claims[:i] {
			d := &r.Claims[j]
			if definite(d) && same(c.About, d.About) {
				if c.Value != d.Value {
					out = append(out, form.Finding{Rule: "prose.contradiction", Severity: form.Warning, Cells: ids(r.Form, c.About),
						Message: fmt.Sprintf(sayContradiction, tight(d.Text), tight(c.Text)), Basis: basisContradiction})
				}
				break
			}
		}
	}
	return out
}

// definite tells whether a claim leaves no choice what it is about.
func definite(c *form.Claim) bool {
	return len(c.About) > 0 && len(c.Or) == 0 && !c.Rough && c.Kind == form.Count && c.Weight == form.Error
}

func same(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// tight is a text as people read it, without what the layout put into it.
func tight(s string) string { return strings.Join(strings.Fields(s), "") }
