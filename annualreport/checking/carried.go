package checking

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// sinceLast says from which side a broken carry-over may have come: this year's
// row, last year's row, or this year's first two rows exchanged.
func (c *check) sinceLast(lines []relation, cells []int) []form.Explanation {
	var out []form.Explanation
	this := form.Explanation{Kind: "as-last-year"}
	var names []string
	last := form.Explanation{Kind: "last-year-wrong", Cells: []string{}}
	var lastNames []string
	holds := true
	exchanged := len(lines) > 0
	var received []int
	for i := range lines {
		rel := &lines[i]
		mine, theirs := rel.left[0].cell, rel.right[0].cell
		above, ok := c.above(mine)
		exchanged = exchanged && ok && c.n[above] == c.last.n[theirs]
		received = append(received, above, mine)
		if !slices.Contains(cells, mine) {
			continue
		}
		want := strconv.FormatInt(c.last.n[theirs], 10)
		this.Cells, this.Values = append(this.Cells, c.r.Form.Cells[mine].ID), append(this.Values, want)
		names = append(names, fmt.Sprintf(sayTotalWouldBe, sayCell(c.r.Form, mine), want))
		lastNames = append(lastNames, fmt.Sprintf(sayTotalWouldBe, sayCell(c.last.r.Form, theirs), strconv.FormatInt(c.n[mine], 10)))
		holds = holds && c.last.holds(theirs)
	}
	if exchanged {
		at := c.r.Form.Cells[received[0]]
		b := &c.r.Form.Tables[at.TableIndex].Blocks[at.BlockIndex]
		e := form.Explanation{Kind: "rows-swapped", Message: fmt.Sprintf(sayNewIsCarried, rowName(b.Rows[at.RowIndex]))}
		for i := 0; i < len(received); i += 2 {
			x, y := received[i], received[i+1]
			if c.n[x] == c.n[y] {
				continue
			}
			e.Cells = append(e.Cells, c.r.Form.Cells[x].ID, c.r.Form.Cells[y].ID)
			e.Values = append(e.Values, strconv.FormatInt(c.n[y], 10), strconv.FormatInt(c.n[x], 10))
		}
		out = append(out, e)
	}
	this.Message = sayAsLast + strings.Join(names, "，")
	state := sayHolds
	if !holds {
		state = sayHoldsNot
	}
	last.Message = fmt.Sprintf(sayAsThis, strings.Join(lastNames, "，"), state)
	if holds {
		return append(out, this, last)
	}
	return append(out, last, this)
}

// above is the cell of the same column one row up.
func (c *check) above(cell int) (int, bool) {
	at := c.r.Form.Cells[cell]
	b := &c.r.Form.Tables[at.TableIndex].Blocks[at.BlockIndex]
	if at.RowIndex == 0 {
		return 0, false
	}
	return cell - len(b.Columns), true
}

// holds tells whether the equations a cell is in hold in its own report.
func (g *figures) holds(cell int) bool {
	f := g.r.Form
	for i := range f.Equations {
		e := &f.Equations[i]
		if (slices.Contains(e.Left, cell) || slices.Contains(e.Right, cell)) && g.judged(e) && g.sum(e.Left) != g.sum(e.Right) {
			return false
		}
	}
	return true
}

// joinCarried puts a broken carry-over into the group of the broken equations if
// the likeliest explanation of those gives the carried figures last year's report
// has: then it is the same mistake.
func (c *check) joinCarried() {
	var carried *found
	for i := range c.out {
		if c.out[i].carried {
			carried = &c.out[i]
		}
	}
	if carried == nil || len(carried.Explanations) == 0 {
		return
	}
	i := slices.IndexFunc(carried.Explanations, func(e form.Explanation) bool { return e.Kind == "as-last-year" })
	asked := carried.Explanations[i]
	for k := range c.out {
		f := &c.out[k]
		if f.equation == 0 || len(f.Explanations) == 0 {
			continue
		}
		best := f.Explanations[0]
		same := 0
		for n, cell := range asked.Cells {
			if m := slices.Index(best.Cells, cell); m >= 0 && best.Values[m] == asked.Values[n] {
				same++
			}
		}
		if same == 0 || same < len(asked.Cells) {
			continue
		}
		if f.Group == 0 {
			f.Group = len(c.out) + 1 // no cluster has this number
		}
		carried.Group, carried.Explanations = f.Group, nil
		return
	}
}
