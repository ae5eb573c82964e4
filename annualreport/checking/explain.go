package checking

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// explain looks for what would make the broken equations hold, cluster by cluster:
// the equations of table three hang together, the groups of table four stand each
// for itself. All findings of a cluster get its number, the first the explanations.
func (c *check) explain() {
	if len(c.broken) == 0 {
		return
	}
	c.wish()
	groups := c.clusters()
	if whole := c.lineShift(groups); whole != nil {
		groups = whole
	}
	number := 0
	for _, g := range groups {
		number++
		if len(g.best) == 0 && !g.tried {
			s := newSystem(c, g.equations)
			g.best = s.solve()
			if len(g.best) == 0 {
				var mended int
				all := s.bad
				if g.part, mended = s.partly(); mended > 0 {
					g.mended, g.all = mended, all
				}
			}
			c.steps += s.steps
		}
		c.attach(number, g)
	}
	c.joinCarried()
}

// A cluster is a set of equations that can have one cause.
type cluster struct {
	equations []int // all of them, broken or not
	broken    []int
	best      []candidate
	tried     bool

	part        []act // where nothing explains all: what explains some
	mended, all int
}

func (c *check) clusters() []*cluster {
	f := c.r.Form
	var out []*cluster
	keys := map[string]*cluster{}
	key := func(i int) string {
		cell := f.Cells[f.Equations[i].Left[0]]
		if f.Tables[cell.TableIndex].Across {
			return cell.Table + "." + cell.Row
		}
		return cell.Table
	}
	for _, i := range c.broken {
		k := key(i)
		if keys[k] == nil {
			keys[k] = &cluster{}
			out = append(out, keys[k])
		}
		keys[k].broken = append(keys[k].broken, i)
	}
	for i := range f.Equations {
		if g := keys[key(i)]; g != nil {
			g.equations = append(g.equations, i)
		}
	}
	return out
}

// lineShift joins the broken groups of table four into one cluster if all its
// figures stand one cell beside their own; nil if they do not.
func (c *check) lineShift(groups []*cluster) []*cluster {
	f := c.r.Form
	across := func(g *cluster) bool { return f.Tables[f.Cells[f.Equations[g.broken[0]].Left[0]].TableIndex].Across }
	var others []*cluster
	whole := &cluster{}
	table := ""
	for _, g := range groups {
		if !across(g) {
			others = append(others, g)
			continue
		}
		whole.broken = append(whole.broken, g.broken...)
		table = f.Cells[f.Equations[g.broken[0]].Left[0]].Table
	}
	if len(whole.broken) == 0 {
		return nil
	}
	for i := range f.Equations {
		if f.Cells[f.Equations[i].Left[0]].Table == table {
			whole.equations = append(whole.equations, i)
		}
	}
	var cells []int
	for i, cell := range f.Cells {
		if cell.Table == table {
			cells = append(cells, i)
		}
	}
	// A blank that stands for a total here may be the blank of another cell.
	printed := *c
	printed.figures = figures{r: c.r, n: make([]int64, len(c.n))}
	for i, v := range c.r.Values {
		printed.n[i] = v.N
	}
	s := newSystem(&printed, whole.equations)
	if len(s.eqs) < len(whole.equations) || s.bad < 2 {
		return nil
	}
	var found []candidate
	for _, a := range s.wholeLine(cells) {
		found = append(found, s.candidate([]act{a}))
	}
	if len(found) == 0 {
		return nil
	}
	whole.best = rank(found)
	return append(others, whole)
}

// attach numbers the findings of a cluster and gives the first its explanations.
func (c *check) attach(number int, g *cluster) {
	var list []form.Explanation
	for _, k := range g.best {
		list = append(list, c.tell(k, len(g.broken)))
	}
	if len(g.best) == 0 && len(g.part) > 0 {
		e := c.tell(candidate{acts: g.part}, g.all)
		e.Kind = "partial"
		e.Message = fmt.Sprintf(sayThenSome, c.tellActs(g.part), g.all, g.mended)
		list = append(list, e)
	}
	first := true
	for i := range c.out {
		f := &c.out[i]
		if f.equation == 0 || !slices.Contains(g.broken, f.equation-1) {
			continue
		}
		if len(g.broken) > 1 {
			f.Group = number
		}
		if first {
			f.Explanations, first = list, false
		}
	}
}

// tell puts a candidate into words.
func (c *check) tell(k candidate, broken int) form.Explanation {
	e := form.Explanation{Kind: k.acts[0].kind}
	for _, a := range k.acts {
		if a.kind != e.Kind {
			e.Kind = "several"
		}
		for _, x := range a.edits {
			e.Cells = append(e.Cells, c.r.Form.Cells[x.cell].ID)
			e.Values = append(e.Values, strconv.FormatInt(x.to, 10))
		}
	}
	t := &c.r.Form.Tables[c.r.Form.Cells[k.acts[0].edits[0].cell].TableIndex]
	over := sayWholeTable(t)
	if t.Across && k.acts[0].rows[1] <= len(t.Blocks[0].Columns) {
		over = sayGroup
	}
	e.Message = fmt.Sprintf(sayThen, c.tellActs(k.acts), over)
	return e
}

func (c *check) tellActs(acts []act) string {
	var parts []string
	for _, a := range acts {
		say := c.tellAct(a)
		for _, e := range a.edits {
			if why := c.granted(e); why != "" {
				say += fmt.Sprintf(sayAgrees, why)
				break
			}
		}
		if d := doubts[a.kind]; d != "" {
			say += "（" + strings.TrimPrefix(fmt.Sprintf(sayDoubt, d), "，") + "）"
		}
		parts = append(parts, say)
	}
	return strings.Join(parts, sayAlso)
}

func (c *check) tellAct(a act) string {
	f := c.r.Form
	was := func(cell int) string {
		if c.blank(cell) {
			return fmt.Sprintf(sayCellBlank, sayCell(f, cell))
		}
		return fmt.Sprintf(sayCellWas, sayCell(f, cell), strconv.FormatInt(c.n[cell], 10))
	}
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	switch a.kind {
	case "swapped":
		x, y := a.edits[0].cell, a.edits[1].cell
		line, first, second := c.inLine(x, y)
		return fmt.Sprintf(sayTwoSwapped, line, first, number(c.n[x]), second, number(c.n[y]))
	case "misplaced":
		x, y := a.edits[0].cell, a.edits[1].cell
		if c.n[x] == 0 {
			x, y = y, x
		}
		line, first, second := c.inLine(x, y)
		empty := sayZero
		if c.blank(y) {
			empty = sayEmpty
		}
		return fmt.Sprintf(sayMisplaced, line, first, number(c.n[x]), second, empty)
	case "rows-swapped":
		return fmt.Sprintf(sayRowsSwapped, c.sayRowOf(a.rows[0]), c.sayRowOf(a.rows[1]))
	}
	if len(a.edits) == 1 {
		return fmt.Sprintf(sayIf, was(a.edits[0].cell), number(a.edits[0].to))
	}
	if a.rows[1] > 0 { // a row, or the whole line of table four
		var now, then []string
		for i := a.rows[0]; i < a.rows[0]+a.rows[1]; i++ {
			now = append(now, c.printed(i, c.n[i]))
			to := c.n[i]
			for _, x := range a.edits {
				if x.cell == i {
					to = x.to
				}
			}
			then = append(then, number(to))
		}
		if t := &f.Tables[f.Cells[a.rows[0]].TableIndex]; a.rows[1] > len(t.Blocks[0].Columns) {
			return fmt.Sprintf(sayLineWouldBe, numeral(t), strings.Join(now, "、"), strings.Join(then, "、"))
		}
		return fmt.Sprintf(sayRowWouldBe, c.sayRowOf(a.rows[0]), strings.Join(now, "、"), strings.Join(then, "、"))
	}
	var parts []string
	for _, x := range a.edits {
		parts = append(parts, fmt.Sprintf(sayIf, was(x.cell), number(x.to)))
	}
	return strings.Join(parts, "；")
}

// inLine names two cells of one line: the line, and each within it.
func (c *check) inLine(x, y int) (line, first, second string) {
	f := c.r.Form
	p, q := f.Cells[x], f.Cells[y]
	t := &f.Tables[p.TableIndex]
	b := &t.Blocks[p.BlockIndex]
	if p.Row == q.Row {
		name := func(at form.Cell) string {
			return fmt.Sprintf(sayQuoted, columnName(b.Columns[at.ColumnIndex]), column(t))
		}
		return sayRow(t, b, p.RowIndex), name(p), name(q)
	}
	name := func(at form.Cell) string { return fmt.Sprintf(sayQuoted, rowName(b.Rows[at.RowIndex]), "行") }
	return sayColumn(t, b, p.Column), name(p), name(q)
}

func (c *check) sayRowOf(cell int) string {
	at := c.r.Form.Cells[cell]
	t := &c.r.Form.Tables[at.TableIndex]
	return sayRow(t, &t.Blocks[at.BlockIndex], at.RowIndex)
}
