package reading

import (
	"strings"

	"gongkai/annualreport/form"
)

// moneyUnit finds the unit that the head of a money column, or a note beside
// the table, gives; noUnit if neither does.
func moneyUnit(text string, toks []token, all []int32, column *form.Column) unit {
	note := noUnit
	for k, ix := range all {
		t := &toks[ix]
		s := text[t.b:t.be]
		before := ""
		if k > 0 {
			p := &toks[all[k-1]]
			before = text[p.b:p.be]
		}
		u := unitIn(s, before)
		if u == noUnit {
			continue
		}
		if t.nguess > 0 && sameLabel(&lex.entries[t.guess[0].entry], column) {
			return u
		}
		if strings.Contains(s, "单位") || strings.Contains(s, "單位") || len(s) <= 12 {
			note = u
		}
	}
	return note
}

// sameLabel reports whether an entry is the label of the column.
func sameLabel(e *entry, c *form.Column) bool {
	if e.role != roleColumn {
		return false
	}
	if _, name := cutOrder(c.Label); name == e.name {
		return true
	}
	for _, s := range c.Also {
		if s == e.name {
			return true
		}
	}
	return false
}

// unitIn reads a unit of money out of the head of a column; before are the
// words in front of it, in case the head is broken inside the unit.
func unitIn(s, before string) unit {
	i := strings.LastIndex(s, "元")
	if i < 0 {
		return noUnit
	}
	const blanks = " 　\u00a0\t"
	head := strings.TrimRight(s[:i], blanks)
	if head == "" {
		head = strings.TrimRight(before, blanks)
	}
	switch {
	case strings.HasSuffix(head, "亿"), strings.HasSuffix(head, "億"):
		return unitYi
	case strings.HasSuffix(head, "万"), strings.HasSuffix(head, "萬"):
		return unitWan
	case strings.HasSuffix(head, "（"), strings.HasSuffix(head, "("), strings.HasSuffix(head, "："), strings.HasSuffix(head, ":"):
		return unitYuan
	}
	return noUnit
}

// A value is the value of one token in a cell of some kind.
type value struct {
	form.Value
	others []form.Value
	sure   float32
	noUnit bool // money without a unit
}

// value reads a token as the value of a cell.
func (r *reader) value(ix int32, k form.Kind, head unit) value {
	switch ix {
	case seenBlank:
		return value{Value: form.Value{State: form.Blank}, sure: 1}
	case guessedBlank:
		return value{Value: form.Value{State: form.Blank}, sure: 0.9}
	case cutOff:
		return value{}
	}
	t := &r.toks[ix]
	if t.kind == stroke {
		return value{Value: form.Value{State: form.NotApplicable}, sure: 1}
	}
	raw := unmarked(strings.TrimSpace(r.text[t.b:t.be]))
	if t.bad {
		return value{Value: form.Value{Raw: raw}}
	}
	f := t.fig
	v := value{sure: 1}
	if f.split {
		v.sure = 0.95
	}
	if !k.Money() {
		n, ok := f.times(0)
		switch {
		case !ok || f.unit > unitOf || f.change && k != form.Signed:
			v.Value = form.Value{Raw: raw}
			v.sure = 0
		case f.odd:
			v.Value, v.others, v.sure = form.Value{Raw: raw}, []form.Value{form.Of(n)}, 0.5
		default:
			v.Value = form.Of(n)
		}
		return v
	}
	u := f.unit
	if u <= unitOf {
		u = head
	}
	if u == noUnit && k == form.Wan {
		u = unitWan
	}
	if u == unitYuan && k == form.Wan && f.unit <= unitOf {
		u = noUnit // the form says 万元 and the head says 元: one letter lost would do it
	}
	if u == noUnit && f.n != 0 {
		v.Value, v.noUnit, v.sure = form.Value{Raw: raw}, true, 0.5
		for _, u := range []unit{unitYuan, unitWan} {
			if n, ok := f.times(u.shift()); ok {
				v.others = append(v.others, form.Value{State: form.Number, N: n, Raw: raw})
			}
		}
		return v
	}
	n, ok := f.times(u.shift())
	if !ok {
		v.Value, v.sure = form.Value{Raw: raw}, 0
		return v
	}
	v.Value = form.Value{State: form.Number, N: n, Raw: raw}
	if f.odd {
		v.others, v.sure = []form.Value{v.Value}, 0.5
		v.Value = form.Value{Raw: raw}
	}
	return v
}

// unmarked is a printed text without the marks that print nothing.
func unmarked(s string) string {
	if !strings.ContainsAny(s, "<&\\") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if c := s[i]; c == '<' || c == '&' || c == '\\' {
			if k := mark(s[i:]); k > 0 {
				i += k
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}
