package checking

// pairs lists the exchanges of two figures of one line that help: those that mend
// all that is broken, or more than they break.
func (s *system) pairs(all bool) []act {
	var acts []act
	if s.bad == 0 || all && s.bad > 6 {
		return nil
	}
	hit := make([]bool, len(s.at)) // cells in a broken equation
	for e := range s.eqs {
		if s.res[e] != 0 {
			for _, t := range s.eqs[e].terms {
				hit[t.i] = true
			}
		}
	}
	for x := range s.at {
		if s.steps++; s.steps > maxSteps {
			break
		}
		if !hit[x] || len(s.at[x]) == 0 || s.n[x] != s.orig[x] {
			continue
		}
		b := s.block(x)
		at := s.c.r.Form.Cells[x]
		wide := len(b.Columns)
		for y := x + 1; y < b.First+(at.RowIndex+1)*wide; y++ {
			acts = s.exchange(acts, x, y, y-x, hit, all)
		}
		if s.across(x) {
			continue
		}
		for y := x + wide; y < b.First+len(b.Rows)*wide; y += wide {
			acts = s.exchange(acts, x, y, (y-x)/wide, hit, all)
		}
	}
	return acts
}

func (s *system) exchange(acts []act, x, y, apart int, hit []bool, all bool) []act {
	p, q := s.n[x], s.n[y]
	if p == q || !hit[y] || len(s.at[y]) == 0 || q != s.orig[y] || s.c.isDerived(y) || s.c.isDerived(x) || s.steps > maxSteps {
		return acts
	}
	bad := s.bad
	b1, m1 := s.change(x, q)
	b2, m2 := s.change(y, p)
	helps := s.bad == 0
	if !all {
		helps = bad-s.bad >= 2 && b1 <= m2 && b2 <= m1+m2
	}
	s.change(y, q)
	s.change(x, p)
	if !helps {
		return acts
	}
	a := act{kind: "swapped", edits: []edit{{x, q}, {y, p}}, cost: costSwapped + costFar*float64(apart-1)}
	if p == 0 || q == 0 {
		a.kind, a.cost = "misplaced", costMisplaced+costFar*float64(apart-1)
	}
	return append(acts, a)
}
