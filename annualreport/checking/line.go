package checking

import (
	"slices"

	"gongkai/annualreport/form"
)

// lines lists the rows and columns that, filled anew, would mend all that is
// broken, and the rows that would if exchanged.
func (s *system) lines() []act {
	var acts []act
	seen := map[int]bool{}
	for e := range s.eqs {
		if s.res[e] == 0 {
			continue
		}
		for _, t := range s.eqs[e].terms {
			at := s.c.r.Form.Cells[t.i]
			b := s.block(t.i)
			row := b.At(at.RowIndex, 0)
			if seen[row] {
				continue
			}
			seen[row] = true
			acts = append(acts, s.row(b, at.RowIndex)...)
		}
		at := s.c.r.Form.Cells[s.eqs[e].terms[0].i]
		b := s.block(s.eqs[e].terms[0].i)
		if !s.across(s.eqs[e].terms[0].i) && !seen[-1-at.ColumnIndex] {
			seen[-1-at.ColumnIndex] = true
			acts = append(acts, s.column(b, at.ColumnIndex)...)
		}
	}
	return acts
}

// attempt makes edits, tells whether nothing is broken then, and takes them back.
func (s *system) attempt(edits []edit) bool {
	was := make([]int64, len(edits))
	for i, e := range edits {
		was[i] = s.n[e.cell]
		s.change(e.cell, e.to)
	}
	done := s.bad == 0
	for i, e := range edits {
		s.change(e.cell, was[i])
	}
	return done
}

// demanded are the figures the crossing equations ask of a line of cells: those
// that make the first other broken equation of each cell hold.
func (s *system) demanded(cells []int, own func(e int) bool) (want []int64, edits []edit) {
	for _, c := range cells {
		n := s.n[c]
		for _, t := range s.at[c] {
			if own(t.i) || s.res[t.i] == 0 {
				continue
			}
			to, ok := s.fitting(t.i, touch{c, t.k})
			if !ok {
				return nil, nil
			}
			n = to
			break
		}
		if n != s.n[c] {
			edits = append(edits, edit{c, n})
		}
		want = append(want, n)
	}
	return want, edits
}

func (s *system) figures(cells []int) []int64 {
	out := make([]int64, len(cells))
	for i, c := range cells {
		out[i] = s.n[c]
	}
	return out
}

// along tells which equations run along a line: they hold at least two of
// its cells.
func (s *system) along(cells []int) func(e int) bool {
	count := map[int]int{}
	for _, c := range cells {
		for _, t := range s.at[c] {
			count[t.i]++
		}
	}
	return func(e int) bool { return count[e] > 1 }
}

func (s *system) row(b *form.Block, row int) []act {
	cells := make([]int, len(b.Columns))
	for i := range cells {
		cells[i] = b.At(row, i)
	}
	if s.across(cells[0]) {
		return s.group(cells)
	}
	var acts []act
	if row+1 < len(b.Rows) && s.bad > 2 {
		if a, ok := s.rowsSwapped(b, row, row+1); ok {
			acts = append(acts, a)
		}
	}
	if row > 0 && s.bad > 2 {
		if a, ok := s.rowsSwapped(b, row-1, row); ok {
			acts = append(acts, a)
		}
	}
	want, edits := s.demanded(cells, s.along(cells))
	if len(edits) < 2 || !s.attempt(edits) {
		return acts
	}
	a := act{edits: edits, rows: [2]int{cells[0], len(cells)}}
	was := s.figures(cells)
	a.kind, a.cost = pattern(was, want)
	var above, below []int64
	for i := range cells {
		if row > 0 {
			above = append(above, s.orig[cells[i]-len(b.Columns)])
		}
		if row+1 < len(b.Rows) {
			below = append(below, s.orig[cells[i]+len(b.Columns)])
		}
	}
	switch { // tables are filled downwards, and what was left out is more often blank than zero
	case sum(was) == 0 && !slices.ContainsFunc(cells, func(c int) bool { return !s.c.blank(c) }):
		a.kind, a.cost = "row-blank", costRowBlank
	case sum(was) == 0:
		a.kind, a.cost = "row-blank", costRowBlank+costFar*2
	case slices.Equal(was, above) && costCopied < a.cost:
		a.kind, a.cost = "row-copied", costCopied
	case slices.Equal(was, below) && costCopied < a.cost:
		a.kind, a.cost = "row-copied", costCopied+costFar
	}
	return append(acts, a)
}

func sum(list []int64) int64 {
	var n int64
	for _, x := range list {
		n += x
	}
	return n
}

// pattern says how a line of figures came to stand for another: one cell off, in
// another order, part of it in a wrong cell, or just wrong.
func pattern(was, want []int64) (kind string, cost float64) {
	first, last, changed := -1, -1, 0
	for i := range was {
		if was[i] != want[i] {
			if first < 0 {
				first = i
			}
			last = i
			changed++
		}
	}
	if last-first >= 2 {
		if slices.Equal(was[first:last], want[first+1:last+1]) || slices.Equal(was[first+1:last+1], want[first:last]) {
			return "shifted", costShifted
		}
	}
	p, q := slices.Sorted(slices.Values(was)), slices.Sorted(slices.Values(want))
	if slices.Equal(p, q) {
		return "order", costOrder + costFar*float64(changed-2)
	}
	if changed == 2 && sum(was) == sum(want) {
		return "moved", costMoved + costFar*float64(last-first-1)
	}
	return "line", costSingle * float64(changed)
}

func (s *system) rowsSwapped(b *form.Block, x, y int) (act, bool) {
	a := act{kind: "rows-swapped", cost: costRowsSwap, rows: [2]int{b.At(x, 0), b.At(y, 0)}}
	for i := range b.Columns {
		p, q := b.At(x, i), b.At(y, i)
		if len(s.at[p]) == 0 || len(s.at[q]) == 0 || s.n[p] == s.n[q] {
			continue
		}
		a.edits = append(a.edits, edit{p, s.n[q]}, edit{q, s.n[p]})
	}
	return a, len(a.edits) > 2 && s.attempt(a.edits)
}

func (s *system) column(b *form.Block, column int) []act {
	var cells []int
	for i := range b.Rows {
		if c := b.At(i, column); len(s.at[c]) > 0 {
			cells = append(cells, c)
		}
	}
	want, edits := s.demanded(cells, s.along(cells))
	if len(edits) < 2 || !s.attempt(edits) {
		return nil
	}
	a := act{edits: edits}
	a.kind, a.cost = pattern(s.figures(cells), want)
	if a.kind == "shifted" {
		a.kind = "shifted-rows"
	}
	return []act{a}
}

// group lists the shifts that mend a group of table four: its figures one cell to
// the left or right of their own.
func (s *system) group(cells []int) []act {
	was := s.figures(cells)
	n := len(cells)
	var acts []act
	for _, left := range []bool{true, false} {
		want := make([]int64, n)
		if left { // printed one cell too far right: the last one, the total, was lost
			copy(want, was[1:])
			want[n-1] = sum(want[:n-1])
			if was[0] != 0 {
				continue
			}
		} else { // printed one cell too far left: the first was lost
			copy(want[1:], was[:n-1])
			want[0] = want[n-1] - sum(want[1:n-1])
			if was[n-1] != 0 || want[0] < 0 {
				continue
			}
		}
		var edits []edit
		for i, c := range cells {
			if want[i] != was[i] {
				edits = append(edits, edit{c, want[i]})
			}
		}
		if len(edits) > 1 && s.attempt(edits) {
			acts = append(acts, act{kind: "shifted", edits: edits, cost: costShifted + costFar, rows: [2]int{cells[0], n}})
		}
	}
	return acts
}

// wholeLine lists the shifts of all figures of table four, printed side by side in
// one line, by one cell: what mends several of its groups at once.
func (s *system) wholeLine(cells []int) []act {
	var acts []act
	for _, right := range []bool{true, false} {
		was := s.figures(cells)
		n := len(cells)
		want := make([]int64, n)
		if right {
			copy(want, was[1:])
		} else {
			copy(want[1:], was[:n-1])
		}
		lost := cells[0]
		if right {
			lost = cells[n-1]
		}
		var edits []edit
		for i, c := range cells {
			if want[i] != was[i] {
				edits = append(edits, edit{c, want[i]})
			}
		}
		if len(edits) < 3 || right && was[0] != 0 || !right && was[n-1] != 0 {
			continue
		}
		s.with(act{edits: edits}, func() {
			for _, t := range s.at[lost] {
				if to, ok := s.fitting(t.i, touch{lost, t.k}); ok && s.res[t.i] != 0 {
					if i := slices.IndexFunc(edits, func(e edit) bool { return e.cell == lost }); i >= 0 {
						edits[i].to = to
					} else {
						edits = append(edits, edit{lost, to})
					}
				}
			}
		})
		if s.attempt(edits) {
			acts = append(acts, act{kind: "shifted", edits: edits, cost: costShifted, rows: [2]int{cells[0], n}})
		}
	}
	return acts
}
