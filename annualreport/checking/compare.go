package checking

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// equations judges what the form declares.
func (c *check) equations() {
	f := c.r.Form
	for i := range f.Equations {
		e := &f.Equations[i]
		left, right := c.sum(e.Left), c.sum(e.Right)
		if left == right || !c.judged(e) {
			continue
		}
		c.broken = append(c.broken, i)
		f := c.add(c.rules[i], c.concerned(e), c.rules[i].say("", words{
			"place": saySide(f, e), "diff": strconv.FormatInt(max(left-right, right-left), 10),
			"left": strconv.FormatInt(left, 10), "lefts": c.spell(e, e.Left),
			"right": strconv.FormatInt(right, 10), "rights": c.spell(e, e.Right),
		}))
		f.equation = i + 1
		c.soften(f, slices.Concat(e.Left, e.Right))
	}
}

// trusted is how sure a reading has to be for an error to rest on it.
const trusted = 0.85

// soften makes an error a warning if a figure it rests on may have been read
// wrongly: then the file is to be looked at before the agency is blamed.
func (c *check) soften(f *found, cells []int) {
	if f.Severity != form.Error || c.r.Origins == nil {
		return
	}
	for _, i := range cells {
		if c.r.Origins[i].Sure >= trusted || c.state(i) == form.Blank && c.r.Origins[i].Sure == 0 {
			continue
		}
		f.Severity = form.Warning
		f.Message += fmt.Sprintf(sayUnsure, sayCell(c.r.Form, i))
		return
	}
}

// saySide names the row or column an equation is about.
func saySide(f *form.Form, e *form.Equation) string {
	c := f.Cells[e.Left[0]]
	t := &f.Tables[c.TableIndex]
	b := &t.Blocks[c.BlockIndex]
	if c.Row == e.Line {
		return sayRow(t, b, c.RowIndex)
	}
	return sayColumn(t, b, c.Column)
}

// concerned are the cells of a broken equation that carry it: the left side and
// what is not nothing on the right.
func (c *check) concerned(e *form.Equation) []string {
	cells := append([]int{}, e.Left...)
	for _, i := range e.Right {
		if c.n[i] != 0 {
			cells = append(cells, i)
		}
	}
	return c.ids(cells...)
}

// spell writes the terms of one side in brackets: （自然人 3＋商业企业 2）.
func (c *check) spell(e *form.Equation, cells []int) string {
	each := "column"
	if c.r.Form.Cells[e.Left[0]].Row == e.Line {
		each = "row"
	}
	var terms []string
	blank := true
	for _, i := range cells {
		blank = blank && c.blank(i)
		name := label(c.r.Form, i, each)
		switch {
		case c.isDerived(i):
			terms = append(terms, fmt.Sprintf(sayBlankAs, name, c.n[i]))
		case c.n[i] != 0:
			terms = append(terms, name+" "+strconv.FormatInt(c.n[i], 10))
		case len(cells) <= 2 && c.blank(i):
			terms = append(terms, fmt.Sprintf(sayBlankZero, name))
		case len(cells) <= 2:
			terms = append(terms, name+" 0")
		}
	}
	switch {
	case blank && len(cells) > 1:
		return sayAllBlank
	case len(terms) == 0:
		return ""
	case len(terms) == 1 && len(cells) > 1:
		return fmt.Sprintf(sayOnly, terms[0])
	}
	return fmt.Sprintf(sayAllOf, strings.Join(terms, "＋"))
}

// relations judges what is declared beyond the form: within table two, between
// tables, between years.
func (c *check) relations() {
	for i := 0; i < len(c.plan.relations); i++ {
		rel := &c.plan.relations[i]
		if rel.rule.Together {
			n := 1
			for i+n < len(c.plan.relations) && c.plan.relations[i+n].rule == rel.rule {
				n++
			}
			c.together(c.plan.relations[i : i+n])
			i += n - 1
			continue
		}
		left, right, ok := c.compare(rel)
		if ok {
			continue
		}
		f := c.add(rel.rule, c.ids(rel.cells()...), rel.rule.say("", words{"place": rel.place,
			"left": strconv.FormatInt(left, 10), "lefts": c.spellTerms(rel.left),
			"right": strconv.FormatInt(right, 10), "rights": c.spellTerms(rel.right)}))
		c.soften(f, rel.cells())
	}
	c.pairs()
}

// compare returns both sides of a relation and whether it holds or cannot be
// judged. In the carry-over of applications a blank counts as zero; the others are
// not held against blanks, which are said by themselves.
func (c *check) compare(rel *relation) (left, right int64, ok bool) {
	for side, terms := range [2][]term{rel.left, rel.right} {
		for _, t := range terms {
			g := &c.figures
			if t.last {
				g = &c.last
			}
			s := g.state(t.cell)
			if s == form.Unknown || !rel.rule.Together && (s == form.NotApplicable || g.blank(t.cell)) {
				return 0, 0, true
			}
			n := g.n[t.cell]
			if t.minus {
				n = -n
			}
			if side == 0 {
				left += n
			} else {
				right += n
			}
		}
	}
	switch rel.rule.Op {
	case "<=":
		return left, right, left <= right
	case ">=":
		return left, right, left >= right
	}
	return left, right, left == right
}

// cells are those of this year's report.
func (rel *relation) cells() []int {
	var cells []int
	for _, t := range slices.Concat(rel.left, rel.right) {
		if !t.last {
			cells = append(cells, t.cell)
		}
	}
	return cells
}

// spellTerms writes the terms of one side of a relation in brackets.
func (c *check) spellTerms(terms []term) string {
	if len(terms) < 2 {
		return ""
	}
	var b strings.Builder
	for i, t := range terms {
		g := &c.figures
		if t.last {
			g = &c.last
		}
		switch {
		case t.minus:
			b.WriteString("－")
		case i > 0:
			b.WriteString("＋")
		}
		b.WriteString(t.label + " " + strconv.FormatInt(g.n[t.cell], 10))
	}
	return fmt.Sprintf(sayAllOf, b.String())
}

// together makes one finding of a relation that holds line by line: if the
// decisive line is broken, or cannot be judged, under its own name, else under
// the milder one.
func (c *check) together(lines []relation) {
	rule := lines[0].rule
	var cells []int
	var says []string
	decisive, milder := false, false
	for i := range lines {
		rel := &lines[i]
		left, right, ok := c.compare(rel)
		if rel.line == rule.Decisive {
			decisive = !ok
			milder = ok && c.judgeable(rel)
		}
		if ok {
			continue
		}
		cells = append(cells, rel.left[0].cell)
		says = append(says, rule.say("line", words{"line": rel.line, "left": c.printed(rel.left[0].cell, left), "right": strconv.FormatInt(right, 10)}))
	}
	if len(cells) == 0 {
		return
	}
	if milder && !decisive && rule.Otherwise != "" {
		rule = book.byCode[rule.Otherwise]
	}
	f := c.add(rule, c.ids(cells...), rule.say("", words{"place": strings.Join(says, "；")}))
	f.carried = true
	c.soften(f, cells)
	f.Explanations = c.sinceLast(lines, cells)
}

func (c *check) judgeable(rel *relation) bool {
	for _, t := range slices.Concat(rel.left, rel.right) {
		g := &c.figures
		if t.last {
			g = &c.last
		}
		if g.state(t.cell) == form.Unknown {
			return false
		}
	}
	return true
}

// printed is a number as the report has it, saying so where the cell is blank.
func (c *check) printed(cell int, n int64) string {
	if c.blank(cell) {
		return "0" + sayFromBlank
	}
	return strconv.FormatInt(n, 10)
}

// pairs judges two cells of a line of which both or none should be something.
func (c *check) pairs() {
	for i := range c.plan.pairs {
		rel := &c.plan.pairs[i]
		x, y := rel.left[0].cell, rel.right[0].cell
		if c.state(x) != form.Number || c.state(y) != form.Number || (c.n[x] == 0) == (c.n[y] == 0) {
			continue
		}
		print := func(i int) string { return c.r.Values[i].Print(c.r.Form.Cells[i].Kind) }
		c.add(rel.rule, c.ids(x, y), rel.rule.say("", words{"place": rel.place, "left": print(x), "right": print(y)}))
	}
}
