package reading

// A row whose label stands beside its figures is anchored. Rows between two
// anchored ones may be read by their order alone, but only if nothing is left
// over there: as many full rows of figures as rows of the form. Anything else
// is left in doubt, for a wrong figure is worse than an unknown one.

// anchor rates how well the labels beside a step's figures name row w.
func (a *aligner) anchor(e *step, w int) int {
	j, last := int(e.run), int(e.run+e.runs)-1
	best := 0
	if e.m == 1 {
		best = int(a.last[j][w])
	} else {
		best = int(a.before[j][w])
	}
	if e.used || e.m > 1 {
		best = max(best, int(a.behind[last][w]))
		if e.m > 1 {
			next := a.s.tail
			if last+1 < len(a.s.runs) {
				next = a.s.runs[last+1].labels
			}
			best = max(best, a.label(&a.s.rows[w], next))
		}
	}
	return best
}

// exact reports whether a step fills its rows without a cell too few or many.
func (a *aligner) exact(e *step) bool {
	sum, figures := 0, 0
	for w := e.row; w < e.row+e.m; w++ {
		sum += a.s.rows[w].n
	}
	cells := 0
	for i := e.run; i < e.run+e.runs; i++ {
		figures += a.s.runs[i].figures
		_, c := groups(a.toks, a.s.runs[i].toks, a.s.runs[i].oneLine)
		cells += c
	}
	return figures == sum || cells == sum
}

// doubt finds the rows that must not be read: in the first list those given
// figures by order alone where the order does not come out even. It reports as
// well whether figures are left over, so that short rows and rows without
// figures cannot be trusted either.
func (a *aligner) doubt() (rows []bool, messy bool) {
	nw := len(a.s.rows)
	rows = make([]bool, nw)
	anchored := make([]bool, nw)
	for w := range nw {
		if len(a.chosen[w]) > 0 {
			anchored[w] = a.anchor(&a.chosen[w][0], w) >= 60
		}
	}
	for j := range a.s.runs {
		if a.noise[j] && a.s.runs[j].figures > 1 && !a.strokesOnly(&a.s.runs[j]) && !a.straggler(&a.s.runs[j]) {
			messy = true
		}
	}
	figures, need := 0, 0
	for j := range a.s.runs {
		figures += a.s.runs[j].figures
	}
	for w := range nw {
		need += a.s.rows[w].n
	}
	for w := range nw {
		if figures != need && anchored[w] && a.mixed(&a.chosen[w][0], w) {
			rows[w], messy = true, true
		}
	}
	from, run := 0, -1
	for w := 0; w <= nw; w++ {
		if w < nw && !anchored[w] {
			continue
		}
		to := len(a.s.runs)
		if w < nw {
			to = int(a.chosen[w][0].run)
		}
		even, open := true, false
		for i := from; i < w; i++ {
			if len(a.chosen[i]) == 0 {
				even = false
				continue
			}
			open = true
			if e := &a.chosen[i][0]; !a.exact(e) {
				even = false
			}
		}
		for j := run + 1; j < to; j++ {
			if a.noise[j] && a.s.runs[j].figures > 0 && !a.straggler(&a.s.runs[j]) {
				even = false
			}
		}
		if open && !even {
			for i := from; i < w; i++ {
				rows[i] = true
			}
			messy = true
		}
		if w < nw {
			from = w + 1
			e := &a.chosen[w][0]
			run = int(e.run+e.runs) - 1
		}
	}
	return rows, messy
}

// mixed reports figures, one to a line, behind the labels of several rows, that
// do not add up: where others are missing they may be of several rows.
func (a *aligner) mixed(e *step, w int) bool {
	k := &a.s.runs[e.run]
	if e.m != 1 || e.runs != 1 || k.cells || k.oneLine || k.figures != a.s.rows[w].n || len(k.labels) < 2 {
		return false
	}
	others := false
	for _, ix := range k.labels {
		t := &a.toks[ix]
		others = others || t.nguess > 0 && t.guess[0].score >= 80 && rowScore(t, &a.s.rows[w]) < 50
	}
	return others && !a.l.rowSum(a.toks, &a.s.rows[w], k.toks)
}

// blankInDoubt reports a row read as blank beside figures that found no row:
// they may be its own.
func (a *aligner) blankInDoubt(e *step) bool {
	if a.s.runs[e.run].figures > 0 || e.runs != 1 {
		return false
	}
	for _, j := range []int{int(e.run) - 1, int(e.run) + 1} {
		if j >= 0 && j < len(a.s.runs) && a.noise[j] && a.s.runs[j].figures > 0 {
			return true
		}
	}
	return false
}

// straggler reports a run that stands under heads of columns by itself.
func (a *aligner) straggler(k *run) bool {
	return a.s.ti == 0 && len(k.labels) == 0 && len(k.heads) > 0
}
