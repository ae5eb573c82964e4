package checking

import "gongkai/annualreport/form"

// Figures are what the cells of a report count as when they are compared.
type figures struct {
	r *form.Report
	n []int64 // by cell; blanks and "/" are 0, a blank total is the sum of its parts

	// derived says for each blank total taken for the sum of its parts which
	// equation gave it, from 1; nil if there is none.
	derived []int
}

// read takes the figures of a report. Blank totals are filled from their parts
// until nothing more follows: a row's total may be part of a column's.
func read(r *form.Report, p *plan) figures {
	g := figures{r: r, n: make([]int64, len(r.Values))}
	for i := range r.Values {
		g.n[i] = r.Values[i].N
	}
	for again := true; again; {
		again = false
		for _, ei := range p.sums {
			e := &p.f.Equations[ei]
			t := e.Left[0]
			if r.Values[t].State != form.Blank || g.isDerived(t) {
				continue
			}
			sum, some, all := int64(0), false, true
			for _, c := range e.Right {
				some = some || r.Values[c].State == form.Number || g.isDerived(c)
				all = all && r.Values[c].State != form.Unknown
				sum += g.n[c]
			}
			if some && all {
				if g.derived == nil {
					g.derived = make([]int, len(r.Values))
				}
				g.n[t], g.derived[t], again = sum, ei+1, true
			}
		}
	}
	return g
}

func (g *figures) isDerived(cell int) bool { return g.derived != nil && g.derived[cell] > 0 }

func (g *figures) state(cell int) form.State { return g.r.Values[cell].State }

// blank tells whether the cell is empty and nothing stands for it.
func (g *figures) blank(cell int) bool { return g.state(cell) == form.Blank && !g.isDerived(cell) }

// judged tells whether every cell of an equation is known well enough.
func (g *figures) judged(e *form.Equation) bool {
	for _, c := range e.Left {
		if g.state(c) == form.Unknown {
			return false
		}
	}
	for _, c := range e.Right {
		if g.state(c) == form.Unknown {
			return false
		}
	}
	return true
}

func (g *figures) sum(cells []int) int64 {
	var s int64
	for _, c := range cells {
		s += g.n[c]
	}
	return s
}
