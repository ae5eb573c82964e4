package reading

// learn finds out from the rows that are sure how the sheet shows empty cells.
func (p *placer) learn(rows [][]step) {
	p.offsets = map[int]int{}
	p.bounds = map[int][2]int{}
	p.heads()
	hits := [...][2]int32{{1, 1}, {0, 1}, {1, 2}, {0, 2}, {2, 1}, {2, 2}, {3, 1}, {2, 3}, {1, 3}, {3, 2}}
	var score [len(hits)]int
	partial := 0
	for w, list := range rows {
		if len(list) == 0 || list[0].m != 1 || list[0].runs != 1 {
			continue
		}
		n := p.s.rows[w].n
		r := &p.s.runs[list[0].run]
		first, last := -1, -1
		for i, ix := range r.toks {
			if p.toks[ix].kind != empty {
				if first < 0 {
					first = i
				}
				if last >= 0 && i > last+1 {
					p.inside = true
				}
				last = i
			}
		}
		if r.cells && first >= 0 && r.figures <= n {
			b, ok := p.bounds[len(r.toks)]
			if !ok {
				b = [2]int{first, last}
			}
			p.bounds[len(r.toks)] = [2]int{min(b[0], first), max(b[1], last)}
		}
		switch {
		case r.figures == n && last-first+1 == n:
			if r.cells {
				if t := &p.toks[r.toks[first]]; r.oneLine && t.col != p.headCol && p.lineCells(r.toks[first]) == p.width {
					p.headed = false
				}
				if o, ok := p.offsets[len(r.toks)]; ok && o != first {
					p.offsets[len(r.toks)] = -1
				} else {
					p.offsets[len(r.toks)] = first
				}
			}
			if r.oneLine && n > 1 {
				p.full = append(p.full, int32(list[0].run))
			}
		case r.figures > 0 && r.figures < n && !r.cells && !r.oneLine || r.figures == 1 && n > 1 && !r.cells:
			partial++
			for h, m := range hits {
				if sum, ok := p.gaps(r.toks, m[0], m[1], nil); ok && sum == n {
					score[h]++
				}
			}
		}
	}
	best := 0
	for h := range hits {
		if score[h] > score[best] {
			best = h
		}
	}
	if score[best]*2 >= partial && score[best] > 0 {
		p.base, p.per = hits[best][0], hits[best][1]
		if p.s.ti == 1 {
			p.reader.base, p.reader.per = p.base, p.per
		}
	} else if p.reader.per > 0 && p.s.ti == 2 {
		p.base, p.per = p.reader.base, p.reader.per
	}
}

// blankBelow reports whether the empty lines behind a row's label are those of
// its empty cells.
func (p *placer) blankBelow(row *rowPlace) bool {
	if p.per == 0 {
		return false
	}
	for _, ix := range p.s.all {
		if rowScore(&p.toks[ix], row) < 80 || int(ix)+1 >= len(p.toks) {
			continue
		}
		if t := &p.toks[ix+1]; t.kind != turn && t.line != p.toks[ix].line && t.gap-p.base == p.per*int32(row.n) {
			return true
		}
	}
	return false
}

// gaps counts the cells of a run by the empty lines between its figures. It
// stores the empty cells before each figure, and after the last, in est.
func (p *placer) gaps(toks []int32, base, per int32, est []int) (int, bool) {
	sum := 0
	k := 0
	for i := 0; i <= len(toks); i++ {
		var ix int32
		if i < len(toks) {
			ix = toks[i]
		} else {
			ix = toks[i-1] + 1
			if int(ix) >= len(p.toks) {
				break
			}
		}
		t := &p.toks[ix]
		if i < len(toks) && i > 0 && t.line == p.toks[toks[i-1]].line {
			return 0, false
		}
		if t.kind == turn || ix > 0 && p.toks[ix-1].kind == turn {
			return 0, false
		}
		g := t.gap - base
		if g < 0 && i == len(toks) {
			g = 0
		}
		if g < 0 || g%per != 0 && i < len(toks) {
			return 0, false
		}
		blanks := int(g / per)
		if i < len(toks) {
			sum += blanks + 1
		} else if blanks <= 15 && t.kind == words && t.nguess > 0 && lex.entries[t.guess[0].entry].role != roleChapter {
			sum += blanks
		} else {
			blanks = 0
		}
		if est != nil {
			est[k] = blanks
		}
		k++
	}
	return sum, true
}

// firm leaves out white space that might mean nothing.
func (p *placer) firm(toks []int32) []int32 {
	for i, ix := range toks {
		if p.toks[ix].soft {
			out := append([]int32(nil), toks[:i]...)
			for _, ix := range toks[i:] {
				if !p.toks[ix].soft {
					out = append(out, ix)
				}
			}
			return out
		}
	}
	return toks
}

// wide counts empty cells as many times as they cover columns.
func (p *placer) wide(toks []int32, n int) (fit, bool) {
	f := fit{n: n}
	c := 0
	for _, ix := range toks {
		t := &p.toks[ix]
		k := 1
		if t.kind == empty {
			k = max(1, int(t.span))
		}
		for range k {
			if c == n {
				return f, false
			}
			f.at[c] = p.cell(ix)
			c++
		}
	}
	return f, c == n
}

// spread puts the figures where the empty lines say.
func (p *placer) spread(figures []int32, est []int, n int) fit {
	f := fit{n: n}
	c := 0
	for i, ix := range figures {
		for range est[i] {
			f.at[c] = seenBlank
			c++
		}
		f.at[c] = ix
		c++
	}
	for ; c < n; c++ {
		f.at[c] = seenBlank
	}
	return f
}

// apart rates how far the blanks of a fit are from those the empty lines tell.
func (p *placer) apart(f *fit, est []int) int32 {
	cost, blanks, k := 0, 0, 0
	for c := range f.n {
		if f.at[c] < 0 {
			blanks++
			continue
		}
		cost += abs(blanks - est[k])
		blanks = 0
		k++
	}
	return int32(4 * (cost + abs(blanks-est[k])))
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
