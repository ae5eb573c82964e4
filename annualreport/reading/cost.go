package reading

// noiseCost is what it costs to leave run j out.
func (a *aligner) noiseCost(j int) int32 {
	k := &a.s.runs[j]
	switch {
	case k.loose:
		return int32(4 + 3*k.figures)
	case k.figures == 0:
		return int32(2 + min(len(k.toks), 7))
	case len(k.labels) == 0 && a.strokesOnly(k):
		return int32(3 + 2*k.figures)
	case k.figures == 1:
		return 18
	}
	return int32(14 + noisePerItem*k.figures)
}

// otherBlock charges figures that stand under the title of a block for a row of
// another block.
func (a *aligner) otherBlock(k *run, r, m int) int32 {
	for i := len(k.heads) - 1; i >= 0; i-- {
		t := &a.toks[k.heads[i]]
		if t.nguess == 0 || t.guess[0].score < 100 {
			continue
		}
		if e := &lex.entries[t.guess[0].entry]; e.role == roleBlock {
			for w := r; w < r+m; w++ {
				if a.s.rows[w].bit&e.block != 0 {
					return 0
				}
			}
			return otherLabel
		}
	}
	return 0
}

func (a *aligner) strokesOnly(k *run) bool {
	for _, ix := range k.toks {
		if a.toks[ix].kind == number {
			return false
		}
	}
	return true
}

func (a *aligner) skipRow(r int) int32 {
	switch {
	case a.s.ti == 2:
		return orphanedRow
	case a.any[r] < 50:
		return absentRow
	case a.bare[r]:
		return emptyRow
	}
	return orphanedRow
}

// labelCost rates rows r..r+m with the labels before run j; last is the run
// whose end they fill.
func (a *aligner) labelCost(j, last, r, m int, used bool) int32 {
	cost := int32(0)
	if m > 1 {
		cost = 4
		for w := r; w < r+m; w++ {
			l := int32(a.behind[last][w])
			if !used {
				l = max(l, int32(a.before[j][w]))
			}
			c := 20 * (100 - l) / 100
			if l < 50 && a.any[w] >= 50 {
				c = 12
			}
			cost += c
		}
	} else {
		l := int32(0)
		if !used {
			l = max(int32(a.last[j][r]), int32(a.before[j][r])-35)
		}
		cost = noLabel * (100 - l) / 100
		if l < 50 && a.any[r] >= 50 {
			cost = min(cost, elsewhere)
		}
	}
	if !used && a.stranger(j, r, m) {
		cost += otherLabel
	}
	if m == 1 && a.sameLine(last) {
		cost += otherLabel
	}
	return cost
}

// stranger reports that the label directly before run j is that of a row
// outside r..r+m.
func (a *aligner) stranger(j, r, m int) bool {
	best, inside := 0, 0
	for w, sc := range a.last[j] {
		if w >= r && w < r+m {
			inside = max(inside, int(sc))
		} else {
			best = max(best, int(sc))
		}
	}
	return best >= 80 && inside+15 < best
}

// behindCost rates rows r..r+m with labels that stand behind run j.
func (a *aligner) behindCost(j, r, m int, used bool) int32 {
	cost := int32(behind)
	if used || a.sameLine(j) {
		cost = 0
	}
	if m == 1 {
		l := int32(a.behind[j][r])
		if l < 50 {
			return never
		}
		cost += noLabel * (100 - l) / 100
	} else {
		next := a.s.tail
		if j+1 < len(a.s.runs) {
			next = a.s.runs[j+1].labels
		}
		if len(next) == 0 {
			return never
		}
		for w := r; w < r+m; w++ {
			l := int32(a.label(&a.s.rows[w], next))
			c := 20 * (100 - l) / 100
			if l < 50 && a.any[w] >= 50 {
				c = 12
			}
			cost += c
		}
	}
	if !used && a.stranger(j, r, 0) && !a.sameLine(j) {
		cost += otherLabel
	}
	return cost
}

// sameLine reports that the label behind run j stands in its line and the one
// before it does not.
func (a *aligner) sameLine(j int) bool {
	k := &a.s.runs[j]
	next := a.s.tail
	if j+1 < len(a.s.runs) {
		next = a.s.runs[j+1].labels
	}
	line := a.toks[k.toks[len(k.toks)-1]].line
	if len(next) == 0 || a.toks[next[0]].line != line || !k.oneLine {
		return false
	}
	return len(k.labels) == 0 || a.toks[k.labels[len(k.labels)-1]].line != line
}

// fitCost rates how well the figures of a run fill n cells.
func (a *aligner) fitCost(k *run, n, m, r int) int32 {
	total := len(k.toks)
	switch {
	case k.figures == n:
		if total == n {
			return 0
		}
		return 1
	case k.figures > n:
		if full, cells := groups(a.toks, k.toks, k.oneLine); (m == 1 || a.s.ti == 2) && (full == n || cells == n) {
			return 5
		}
		if m == 1 && k.figures == n+1 && a.ownNumber(k, r) {
			return 6
		}
		if k.figures == n+1 && m == 1 && n >= 3 && !k.cells {
			return 20 // one number too many
		}
		return never
	case total >= n && total > k.figures:
		return 2
	case m > 1:
		if a.s.ti == 2 {
			return 12
		}
		return never
	case k.figures == 0:
		return 6
	}
	return int32(7 + n - k.figures)
}

// ownNumber reports whether the first figure of a run is the number of row r,
// torn off its label.
func (a *aligner) ownNumber(k *run, r int) bool {
	order, n := a.s.rows[r].order, a.s.rows[r].n
	if full, cells := groups(a.toks, k.toks, k.oneLine); full == n || cells == n {
		return false
	}
	for i, ix := range k.toks {
		if t := &a.toks[ix]; t.kind != empty {
			if i+1 < len(k.toks) && a.toks[k.toks[i+1]].cell == t.cell {
				return false // one number broken by a space
			}
			return k.cells && order&0xf0 == orderDigit && t.kind == number && t.fig.size == 1 && t.fig.n == int64(order&0xf)
		}
	}
	return false
}

// shapeCost rates how well the way the run is printed fits m rows of n cells,
// row by row or column by column.
func (a *aligner) shapeCost(k *run, m, n int, cross bool) int32 {
	rowwise, known := false, false
	switch {
	case k.group > 1 && k.group == m && k.groups == n && m != n:
		known = true
	case k.group == n && m != n:
		rowwise, known = true, true
	}
	switch {
	case !known && cross:
		return 14
	case known && rowwise == cross:
		return 40
	}
	return 0
}

// sums3 charges the rows whose sums the figures break.
func (a *aligner) sums3(k *run, r, m int, cross bool) int32 {
	var vals [16]int32
	cost := int32(0)
	at := 0
	figs := k.toks
	for w := range m {
		n := a.s.rows[r+w].n
		i := 0
		if cross {
			p := 0
			for _, ix := range figs {
				if a.toks[ix].kind == empty {
					continue
				}
				if p%m == w && i < n {
					vals[i] = ix
					i++
				}
				p++
			}
		} else {
			for i < n && at < len(figs) {
				if a.toks[figs[at]].kind != empty {
					vals[i] = figs[at]
					i++
				}
				at++
			}
		}
		if i == n && !a.l.rowSum(a.toks, &a.s.rows[r+w], vals[:n]) {
			cost += brokenSum
		}
	}
	return min(cost, 75)
}

// sumCost is sums3 for a row made of several runs.
func (a *aligner) sumCost(j, runs, r int) int32 {
	var vals [16]int32
	n := 0
	for i := range runs {
		for _, ix := range a.s.runs[j+i].toks {
			if a.toks[ix].kind != empty && n < len(vals) {
				vals[n] = ix
				n++
			}
		}
	}
	if a.s.ti > 0 && n == a.s.rows[r].n && !a.l.rowSum(a.toks, &a.s.rows[r], vals[:n]) {
		return brokenSum
	}
	return 0
}
