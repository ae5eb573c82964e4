package checking

import (
	"fmt"
	"slices"

	"gongkai/annualreport/form"
)

// A system is the equations of one table as the search for explanations sees
// them: sums of cells that should be zero, and by how much they are not. Blank
// totals are no unknowns: they stand for their parts.
type system struct {
	c   *check
	n   []int64 // by cell: the figures, changed while searching
	eqs []linear
	at  [][]touch // by cell: the equations it is in
	res []int64   // by equation: left minus right
	bad int       // how many are not zero

	orig  []int64
	steps int
}

type linear struct{ terms []touch }

// A touch is a cell in an equation, or the reverse, with its coefficient.
type touch struct {
	i int
	k int64
}

// A wish is what last year's report or the prose asks of a cell of this report: a
// hint that ranks explanations, not a condition.
type wish struct {
	cell int
	n    int64
	why  string
}

// wish collects the wishes: last year's forward row, and what the prose states
// exactly of one cell.
func (c *check) wish() {
	for i := range c.plan.relations {
		rel := &c.plan.relations[i]
		if rel.rule.Together && len(rel.left) == 1 && len(rel.right) == 1 && rel.right[0].last && c.judgeable(rel) {
			c.wishes = append(c.wishes, wish{rel.left[0].cell, c.last.n[rel.right[0].cell], sayLastReport})
		}
	}
	for i := range c.r.Claims {
		m := &c.r.Claims[i]
		if m.Rough || m.Kind != form.Count || len(m.About) != 1 || m.About[0] < 0 || m.About[0] >= len(c.n) {
			continue
		}
		for _, set := range append([][]int{m.About}, m.Or...) {
			if len(set) == 1 {
				c.wishes = append(c.wishes, wish{set[0], m.Value, fmt.Sprintf(sayTheProse, m.Text)})
			}
		}
	}
}

// granted returns why a figure would suit something else, "" if nothing asks for it.
func (c *check) granted(e edit) string {
	for _, w := range c.wishes {
		if w.cell == e.cell && w.n == e.to {
			return w.why
		}
	}
	return ""
}

// maxSteps bounds the search for one report.
const maxSteps = 300_000

// newSystem builds the judged ones of some equations of the form.
func newSystem(c *check, equations []int) *system {
	s := &system{c: c, n: slices.Clone(c.n), orig: c.n, at: make([][]touch, len(c.n))}
	for _, i := range equations {
		e := &c.r.Form.Equations[i]
		if !c.judged(e) || c.isDerived(e.Left[0]) && c.derived[e.Left[0]] == i+1 {
			continue
		}
		k := map[int]int64{}
		for _, cell := range e.Left {
			s.expand(k, cell, 1)
		}
		for _, cell := range e.Right {
			s.expand(k, cell, -1)
		}
		var l linear
		var sum int64
		for cell, coef := range k {
			if coef != 0 {
				l.terms = append(l.terms, touch{cell, coef})
				sum += coef * s.n[cell]
			}
		}
		slices.SortFunc(l.terms, func(a, b touch) int { return a.i - b.i })
		for _, t := range l.terms {
			s.at[t.i] = append(s.at[t.i], touch{len(s.eqs), t.k})
		}
		s.eqs, s.res = append(s.eqs, l), append(s.res, sum)
		if sum != 0 {
			s.bad++
		}
	}
	return s
}

// expand adds a cell to an equation, a blank total as its parts.
func (s *system) expand(k map[int]int64, cell int, coef int64) {
	if !s.c.isDerived(cell) {
		k[cell] += coef
		return
	}
	for _, part := range s.c.r.Form.Equations[s.c.derived[cell]-1].Right {
		s.expand(k, part, coef)
	}
}

// change gives a cell a new figure and returns how many equations broke anew and
// how many came to hold.
func (s *system) change(cell int, to int64) (broke, mended int) {
	d := to - s.n[cell]
	s.n[cell] = to
	for _, t := range s.at[cell] {
		was := s.res[t.i]
		s.res[t.i] = was + t.k*d
		switch {
		case was == 0 && s.res[t.i] != 0:
			broke++
		case was != 0 && s.res[t.i] == 0:
			mended++
		}
	}
	s.bad += broke - mended
	s.steps++
	return broke, mended
}

// may tells whether a cell can hold a figure at all.
func (s *system) may(cell int, n int64) bool {
	return n >= 0 || s.c.r.Form.Cells[cell].Kind == form.Signed
}

// fitting is the figure with which an equation would hold if only this cell
// changed; false if there is none.
func (s *system) fitting(e int, t touch) (int64, bool) {
	if s.res[e]%t.k != 0 {
		return 0, false
	}
	n := s.n[t.i] - s.res[e]/t.k
	return n, n != s.n[t.i] && s.may(t.i, n)
}

// wished tells how much better last year's report and the prose fit after some
// changes: positive if more wishes hold.
func (s *system) wished(changes []edit) int {
	better := 0
	for _, w := range s.c.wishes {
		for _, e := range changes {
			if e.cell != w.cell {
				continue
			}
			if e.to == w.n {
				better++
			} else if s.orig[e.cell] == w.n {
				better--
			}
		}
	}
	return better
}
