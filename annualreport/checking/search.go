package checking

import (
	"cmp"
	"slices"
)

// An edit is one cell with the figure that would fit.
type edit struct {
	cell int
	to   int64
}

// An act is one thing that may have happened when the table was filled: one cell
// wrong, two swapped, a row shifted.
type act struct {
	kind  string
	edits []edit
	cost  float64 // the less likely, the higher
	rows  [2]int  // "rows-swapped": first cells of both; "shifted" and so on: of the row
}

// A candidate is a set of acts after which all equations hold.
type candidate struct {
	acts []act
	cost float64
}

// most is how many independent acts are tried together, and keep how many
// candidates are named.
const (
	most = 5
	keep = 5

	mostMended = 4 // equations that a change of one cell can mend
)

// solve looks for the smallest sets of acts after which everything holds,
// likeliest first. Sets of one act are tried exhaustively, then sets of two; sets
// of more only among acts that mend at least what a single slip breaks.
func (s *system) solve() []candidate {
	if s.bad == 0 {
		return nil
	}
	var found []candidate
	collect := func(acts []act) { found = append(found, s.candidate(acts)) }
	s.last(nil, collect)
	if all := s.bad; !small(found) && all <= 2*mostMended {
		for _, a := range s.first() {
			s.with(a, func() {
				if s.bad <= all {
					s.last([]act{a}, collect)
				}
			})
		}
	}
	for n := 3; n <= most && len(found) == 0 && s.steps < maxSteps; n++ {
		s.clean(nil, n, -1, collect)
	}
	return rank(found)
}

// small tells whether a candidate needs so few cells that no set of two acts can
// be smaller.
func small(found []candidate) bool {
	return slices.ContainsFunc(found, func(c candidate) bool { return len(c.acts) == 1 && len(c.acts[0].edits) <= 2 })
}

// with tries something under an act and takes the act back.
func (s *system) with(a act, try func()) {
	if s.steps > maxSteps {
		return
	}
	before := make([]int64, len(a.edits))
	for i, e := range a.edits {
		before[i] = s.n[e.cell]
		s.change(e.cell, e.to)
	}
	try()
	for i := len(a.edits) - 1; i >= 0; i-- {
		s.change(a.edits[i].cell, before[i])
	}
}

// first lists what may be the first of two acts: any cell that makes a broken
// equation hold, and swaps that mend more than they break.
func (s *system) first() []act {
	var acts []act
	for e := range s.eqs {
		if s.res[e] == 0 {
			continue
		}
		for _, t := range s.eqs[e].terms {
			n, ok := s.fitting(e, t)
			if !ok || slices.ContainsFunc(acts, func(a act) bool { return a.edits[0] == edit{t.i, n} }) {
				continue
			}
			acts = append(acts, s.slip(t.i, n))
		}
	}
	return append(acts, s.pairs(false)...)
}

// last tries every act that mends all that is left broken.
func (s *system) last(before []act, collect func([]act)) {
	if s.bad == 0 || s.steps > maxSteps {
		return
	}
	take := func(a act) {
		for _, e := range a.edits {
			if slices.ContainsFunc(before, func(b act) bool { return slices.ContainsFunc(b.edits, func(x edit) bool { return x.cell == e.cell }) }) {
				return
			}
		}
		if a.kind != "line" {
			collect(append(slices.Clone(before), a))
			return
		}
		each := slices.Clone(before) // no pattern in it: so many cells, each for itself
		for _, e := range a.edits {
			each = append(each, s.slip(e.cell, e.to))
		}
		collect(each)
	}
	e := slices.IndexFunc(s.res, func(r int64) bool { return r != 0 })
	for _, t := range s.eqs[e].terms {
		n, ok := s.fitting(e, t)
		if !ok {
			s.steps++
			continue
		}
		if s.bad > len(s.at[t.i]) {
			continue
		}
		was := s.n[t.i]
		s.change(t.i, n)
		done := s.bad == 0
		s.change(t.i, was)
		if done {
			take(s.slip(t.i, n))
		}
	}
	if len(before) > 0 && s.bad > 2*mostMended-2 {
		return
	}
	for _, a := range s.pairs(true) {
		take(a)
	}
	if len(before) == 0 || s.mendedBy(before) > 1 {
		for _, a := range s.lines() {
			take(a)
		}
	}
}

// mendedBy counts the equations that hold because of some acts.
func (s *system) mendedBy(acts []act) int {
	n := 0
	for _, a := range acts {
		for _, e := range a.edits {
			for _, t := range s.at[e.cell] {
				if s.res[t.i] == 0 {
					n++
				}
			}
		}
	}
	return n
}

// clean looks for a set of n acts each of which mends at least two equations, or
// the only one it is in, and breaks none. The acts come in the order of their
// first cell, so that no set is tried twice.
func (s *system) clean(before []act, n, after int, collect func([]act)) {
	if n == 1 {
		s.last(before, collect)
		return
	}
	for _, a := range s.mending() {
		if a.edits[0].cell <= after {
			continue
		}
		s.with(a, func() {
			if s.bad > 0 {
				s.clean(append(slices.Clone(before), a), n-1, a.edits[0].cell, collect)
			}
		})
	}
}

// mending lists the acts that break nothing and mend what one slip would break.
func (s *system) mending() []act {
	var acts []act
	for cell, in := range s.at {
		if s.steps++; s.steps > maxSteps {
			break
		}
		for _, t := range in {
			if s.res[t.i] == 0 {
				continue
			}
			n, ok := s.fitting(t.i, touch{cell, t.k})
			if !ok || slices.ContainsFunc(acts, func(a act) bool { return a.edits[0] == edit{cell, n} }) {
				continue
			}
			was := s.n[cell]
			broke, mended := s.change(cell, n)
			s.change(cell, was)
			if broke == 0 && mended >= min(2, len(in)) {
				acts = append(acts, s.slip(cell, n))
			}
		}
	}
	return append(acts, s.pairs(false)...)
}

// partly collects, one by one, the acts that surely mend something where no set
// explains everything.
func (s *system) partly() (acts []act, mended int) {
	all := s.bad
	for range most {
		list := s.mending()
		if len(list) == 0 {
			break
		}
		slices.SortStableFunc(list, func(a, b act) int { return cmp.Compare(a.cost, b.cost) })
		for _, e := range list[0].edits {
			s.change(e.cell, e.to)
		}
		acts = append(acts, list[0])
	}
	return acts, all - s.bad
}

func (s *system) candidate(acts []act) candidate {
	c := candidate{acts: slices.Clone(acts)}
	var edits []edit
	for _, a := range acts {
		c.cost += a.cost
		edits = append(edits, a.edits...)
	}
	c.cost += severally*float64(len(acts)-1) - agreeing*float64(s.wished(edits))
	return c
}

func (c candidate) cells() []int {
	var cells []int
	for _, a := range c.acts {
		for _, e := range a.edits {
			cells = append(cells, e.cell)
		}
	}
	slices.Sort(cells)
	return cells
}

// rank orders candidates by cost and drops repeats and those that only add cells
// to a better one.
func rank(all []candidate) []candidate {
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), slices.Compare(a.cells(), b.cells()))
	})
	var out []candidate
	for _, c := range all {
		cells := c.cells()
		if len(out) > 0 && c.cost > out[0].cost+farBehind {
			break
		}
		if slices.ContainsFunc(out, func(o candidate) bool { return subset(o.cells(), cells) }) {
			continue
		}
		if out = append(out, c); len(out) == keep {
			break
		}
	}
	return out
}

// subset tells whether all of a, sorted, is in b, sorted.
func subset(a, b []int) bool {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			return false
		}
	}
	return true
}
