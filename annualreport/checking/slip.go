package checking

import (
	"slices"
	"strconv"

	"gongkai/annualreport/form"
)

// What the acts cost: the logarithm of how unlikely they are, as far as the
// reports we have seen tell. Only the order they make matters.
const (
	costMisread    = 0.5 // the file can be read so
	costBlank      = 1.0 // a cell left empty
	costTotalZero  = 1.0 // a total that nobody computed
	costTransposed = 1.3
	costDropped    = 1.4
	costDoubled    = 1.4
	costMisplaced  = 1.4 // a figure one cell beside its own
	costSwapped    = 1.9 // two neighbouring figures exchanged
	costDigit      = 1.7 // one digit of several wrong
	costOffByOne   = 1.8
	costShifted    = 1.8 // a row one column off
	costRowsSwap   = 2.0
	costCopied     = 2.0
	costRowBlank   = 1.5
	costAdded      = 2.0 // a digit too many
	costTotal      = 2.1 // a total added up wrongly
	costSingle     = 2.4 // any other figure
	costFar        = 0.4 // for every step further apart
	costMoved      = 3.0 // a part counted in another cell of the line
	costOrder      = 2.6 // the figures of a line in another order

	severally = 0.6 // for every further act
	agreeing  = 1.2 // for each figure that then agrees with last year's report or the prose
	farBehind = 2.6 // candidates so much costlier than the best are not named
)

// slip is the act of one cell holding something else than it should.
func (s *system) slip(cell int, to int64) act {
	a := act{kind: "single", edits: []edit{{cell, to}}, cost: costSingle}
	try := func(kind string, cost float64) {
		if cost < a.cost {
			a.kind, a.cost = kind, cost
		}
	}
	total := s.c.totalOf[cell] > 0
	if o := s.c.r.Origins; o != nil && slices.ContainsFunc(o[cell].Others, func(v form.Value) bool { return v == form.Of(to) }) {
		a.kind, a.cost = "misread", costMisread
		return a
	}
	if s.c.state(cell) == form.Blank {
		a.kind, a.cost = "blank-part", costBlank
		if total {
			a.kind = "blank-total"
		}
		return a
	}
	was := s.n[cell]
	if total {
		try("total-wrong", costTotal)
		if was == 0 {
			try("total-zero", costTotalZero)
		}
	}
	if kind, cost := typing(was, to); kind != "" {
		try(kind, cost)
	}
	if was != 0 && was > 1 && s.copied(cell) {
		try("copied", costCopied)
	}
	return a
}

// typing says by which slip of the fingers a number was printed for another.
func typing(was, to int64) (kind string, cost float64) {
	if was < 0 || to < 0 {
		return "", 0
	}
	p, q := strconv.FormatInt(was, 10), strconv.FormatInt(to, 10)
	switch len(p) - len(q) {
	case 0:
		var differ []int
		for i := range len(p) {
			if p[i] != q[i] {
				differ = append(differ, i)
			}
		}
		if len(differ) == 2 && differ[1] == differ[0]+1 && p[differ[0]] == q[differ[1]] && p[differ[1]] == q[differ[0]] {
			return "digit-transposed", costTransposed
		}
		if len(differ) == 1 && len(p) > 1 {
			return "digit-wrong", costDigit
		}
	case -1: // the report lacks a digit of the right number
		if i := without(q, p); i >= 0 && was != 0 {
			return "digit-dropped", costDropped
		}
	case 1:
		if i := without(p, q); i >= 0 && to != 0 {
			if i > 0 && p[i] == p[i-1] || i+1 < len(p) && p[i] == p[i+1] {
				return "digit-doubled", costDoubled
			}
			return "digit-added", costAdded
		}
	}
	if d := was - to; d == 1 || d == -1 {
		return "off-by-one", costOffByOne
	}
	return "", 0
}

// without finds the digit of long without which it is short, -1 if there is none.
func without(long, short string) int {
	for i := range len(long) {
		if long[:i]+long[i+1:] == short {
			return i
		}
	}
	return -1
}

// copied tells whether a cell holds the same as the one left of it or above it.
func (s *system) copied(cell int) bool {
	at := s.c.r.Form.Cells[cell]
	b := s.block(cell)
	return at.ColumnIndex > 0 && s.orig[cell-1] == s.orig[cell] ||
		at.RowIndex > 0 && !s.across(cell) && s.orig[cell-len(b.Columns)] == s.orig[cell]
}

func (s *system) block(cell int) *form.Block {
	at := s.c.r.Form.Cells[cell]
	return &s.c.r.Form.Tables[at.TableIndex].Blocks[at.BlockIndex]
}

func (s *system) across(cell int) bool {
	return s.c.r.Form.Tables[s.c.r.Form.Cells[cell].TableIndex].Across
}
