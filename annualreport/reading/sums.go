package reading

import (
	"sync"

	"gongkai/annualreport/form"
)

// A layout is a form in the aligner's terms.
type layout struct {
	form  *form.Form
	rows  [3][]rowPlace
	parts [3][]int // the equations of each table, as indexes into form.Equations
	sum   map[int]int
}

var layouts = sync.OnceValue(func() []*layout {
	var all []*layout
	for _, f := range form.All() {
		l := &layout{form: f, sum: map[int]int{}}
		for ti := range f.Tables {
			t := &f.Tables[ti]
			for bi := range t.Blocks {
				b := &t.Blocks[bi]
				for ri, r := range b.Rows {
					order, _ := cutOrder(r.Label)
					l.rows[ti] = append(l.rows[ti], rowPlace{name: lex.row(t.ID + "." + r.ID), n: len(b.Columns), first: b.At(ri, 0),
						block: bi, order: order, bit: uint64(1) << blockBit(t.ID, b.ID)})
				}
			}
		}
		for i, e := range f.Equations {
			c := f.Cells[e.Left[0]]
			l.parts[c.TableIndex] = append(l.parts[c.TableIndex], i)
			if c.Row == e.Line { // a sum along a row
				l.sum[f.Tables[c.TableIndex].Blocks[c.BlockIndex].At(c.RowIndex, 0)] = i
			}
		}
		all = append(all, l)
	}
	return all
})

// rowSum reports whether the figures of a full row add up; rows without a sum
// always do.
func (l *layout) rowSum(toks []token, row *rowPlace, vals []int32) bool {
	i, ok := l.sum[row.first]
	if !ok {
		return true
	}
	e := &l.form.Equations[i]
	var left, right int64
	for _, c := range e.Left {
		left += toks[vals[c-row.first]].fig.n
	}
	for _, c := range e.Right {
		right += toks[vals[c-row.first]].fig.n
	}
	return left == right
}

// broken charges the equations that values break, each once; blanks count as
// nothing, and a blank sum is a smaller fault. Equations with an unknown cell
// are passed over.
func broken(f *form.Form, which []int, vals []form.Value) int32 {
	cost := int32(0)
next:
	for _, i := range which {
		e := &f.Equations[i]
		var left, right int64
		blank := true
		for _, c := range e.Left {
			switch v := &vals[c]; v.State {
			case form.Unknown:
				continue next
			case form.Number:
				left += v.N
				blank = false
			}
		}
		for _, c := range e.Right {
			switch v := &vals[c]; v.State {
			case form.Unknown:
				continue next
			case form.Number:
				right += v.N
			}
		}
		if left != right {
			if blank {
				cost += blankSum
			} else {
				cost += brokenSum
			}
		}
	}
	return cost
}
