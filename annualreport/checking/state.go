package checking

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// nothing says that the file has none of the tables.
func (c *check) nothing() {
	f := form.ForYear(c.r.Year)
	var ids, names []string
	for i := range f.Tables {
		ids = append(ids, f.Tables[i].ID)
		names = append(names, sayWholeTable(&f.Tables[i]))
	}
	c.add(missingTable, ids, missingTable.say("", words{"place": strings.Join(names, "、")}))
}

// fit compares the form with the year, and the rows with the form.
func (c *check) fit() {
	r := c.r
	if right := form.ForYear(r.Year); r.Year >= form.All()[0].From && right.ID != r.Form.ID {
		c.add(formYear, []string{}, formYear.say("", words{"year": strconv.Itoa(r.Year), "left": r.Form.Source, "right": right.Source}))
	}
	if c.variant != "" {
		c.add(formVariant, []string{}, formVariant.say("", words{"left": c.variant, "right": r.Form.Source}))
	}
	if len(r.Missing) == 0 {
		return
	}
	for i := range r.Form.Tables {
		t := &r.Form.Tables[i]
		if r.Lacks(t.ID) {
			c.add(missingTable, []string{t.ID}, missingTable.say("", words{"place": sayWholeTable(t)}))
			continue
		}
		var ids, names []string
		for bi := range t.Blocks {
			for _, row := range t.Blocks[bi].Rows {
				if id := t.ID + "." + row.ID; r.Lacks(id) {
					ids, names = append(ids, id), append(names, "“"+rowName(row)+"”")
				}
			}
		}
		if len(ids) > 0 {
			c.add(missingRow, ids, missingRow.say("", words{"place": sayWholeTable(t), "left": few(names)}))
		}
	}
}

// follows tells whether the other report is on the year before, as far as the
// years are known.
func (c *check) follows(last *form.Report) bool {
	if last.Year == 0 || c.r.Year == 0 || last.Year == c.r.Year-1 {
		return true
	}
	c.add(lastYear, []string{}, lastYear.say("", words{"left": strconv.Itoa(last.Year), "right": strconv.Itoa(c.r.Year - 1)}))
	return false
}

// states says which cells are blank, not applicable, unknown or below zero, table
// by table.
func (c *check) states() {
	var odd [4]bool
	below := false
	for i, v := range c.r.Values {
		odd[v.State] = true
		below = below || v.N < 0 && c.r.Form.Cells[i].Kind != form.Signed
	}
	if below {
		for _, r := range negativeRules {
			c.negative(r)
		}
	}
	if odd[form.Blank] {
		for _, r := range totalBlank {
			c.blankTotals(r)
		}
		for _, r := range blankRules {
			c.grouped(r, r.Table, func(i int) bool { return c.blank(i) && c.r.Values[i].Raw == "" })
		}
	}
	for i := range c.r.Form.Tables {
		t := &c.r.Form.Tables[i]
		if odd[form.Unknown] && !c.r.Lacks(t.ID) {
			c.grouped(cellUnknown, t.ID, func(i int) bool {
				cell := &c.r.Form.Cells[i]
				return c.state(i) == form.Unknown && !c.r.Lacks(cell.Table+"."+cell.Row) && !c.unitless(i)
			})
		}
		if odd[form.NotApplicable] {
			c.grouped(cellNA, t.ID, func(i int) bool { return c.state(i) == form.NotApplicable })
		}
	}
}

func (c *check) negative(r *declaration) {
	for i, cell := range c.r.Form.Cells {
		if cell.Table == r.Table && cell.Kind != form.Signed && c.n[i] < 0 && c.state(i) == form.Number {
			c.add(r, c.ids(i), r.say("", words{"place": sayCell(c.r.Form, i), "left": c.r.Values[i].Print(cell.Kind)}))
		}
	}
}

// blankTotals says which totals are blank although their parts are numbers, with
// what the parts add up to.
func (c *check) blankTotals(r *declaration) {
	var cells []int
	var names, sums, values []string
	for i, cell := range c.r.Form.Cells {
		if cell.Table != r.Table || !c.isDerived(i) {
			continue
		}
		e := &c.r.Form.Equations[c.derived[i]-1]
		cells, names = append(cells, i), append(names, sayLine(c.r.Form, e))
		values = append(values, strconv.FormatInt(c.n[i], 10))
		sums = append(sums, label(c.r.Form, i, across(c.r.Form, e))+" "+values[len(values)-1])
	}
	if len(cells) == 0 {
		return
	}
	f := c.add(r, c.ids(cells...), r.say("", words{"place": few(names)}))
	f.Explanations = []form.Explanation{{Cells: f.Cells, Values: values, Kind: "blank-total", Message: fmt.Sprintf(sayBlankTotal, strings.Join(sums, "，"))}}
}

// across says which way the name of a total's line runs: a row's total is named by
// its row, a column's by its column.
func across(f *form.Form, e *form.Equation) string {
	if f.Cells[e.Left[0]].Row == e.Line {
		return "column"
	}
	return "row"
}

// sayLine names the line of an equation without its table: “行政复议”栏.
func sayLine(f *form.Form, e *form.Equation) string {
	place := saySide(f, e)
	return place[strings.Index(place, "“"):]
}

// listed is how many rows a grouped finding names before it only counts them.
const listed = 8

// grouped makes one finding of all cells of a table that are in some state.
func (c *check) grouped(r *declaration, table string, is func(cell int) bool) {
	t := c.r.Form.Table(table)
	if t == nil || c.r.Lacks(table) {
		return
	}
	var cells []int
	var whole, parts []string
	last := "" // the only row concerned, if there is one
	for bi := range t.Blocks {
		b := &t.Blocks[bi]
		for ri, row := range b.Rows {
			n := 0
			for ci := range b.Columns {
				if is(b.At(ri, ci)) {
					cells = append(cells, b.At(ri, ci))
					n++
				}
			}
			switch {
			case n == 0:
				continue
			case n == len(b.Columns):
				whole = append(whole, fmt.Sprintf(sayWholeRow, rowName(row)))
			default:
				parts = append(parts, fmt.Sprintf(sayRowCells, rowName(row), n))
			}
			last = sayRow(t, b, ri)
		}
	}
	switch {
	case len(cells) == 0:
		return
	case len(cells) == 1 && r.Says["one"] != "":
		c.add(r, c.ids(cells...), r.say("one", words{"place": sayCell(c.r.Form, cells[0])}))
		return
	case len(whole) == 1 && len(parts) == 0 && r.Says["one"] != "":
		c.add(r, c.ids(cells...), r.say("one", words{"place": last}))
		return
	}
	c.add(r, c.ids(cells...), r.say("", words{"place": sayWholeTable(t), "left": strconv.Itoa(len(cells)), "right": few(append(whole, parts...))}))
}

// few joins names, only counting those beyond a readable number.
func few(names []string) string {
	if n := len(names); n > listed {
		return strings.Join(names[:listed], "、") + fmt.Sprintf(sayMore, n)
	}
	return strings.Join(names, "、")
}
