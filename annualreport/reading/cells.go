package reading

// groups counts the cells of a run that hold figures, and all its cells; a cell
// with several figures counts once.
func groups(all []token, toks []int32, oneLine bool) (figures, cells int) {
	for i, ix := range toks {
		t := &all[ix]
		if i > 0 && t.kind == number {
			o := &all[toks[i-1]]
			if o.kind == number && (t.cell > 0 && t.cell == o.cell || t.cell == 0 && !oneLine && t.line == o.line) {
				continue
			}
		}
		cells++
		if t.kind != empty {
			figures++
		}
	}
	return figures, cells
}

// together makes one figure of the several a cell holds, if there are as many
// cells as columns; nil if that is not so or no cell holds several.
func (p *placer) together(toks []int32, oneLine bool, n int) []int32 {
	figures := 0
	for _, ix := range toks {
		if p.toks[ix].kind != empty {
			figures++
		}
	}
	full, cells := groups(p.toks, toks, oneLine)
	if full == figures || cells != n && (full > n || figures <= n) {
		return nil
	}
	var out []int32
	for i := 0; i < len(toks); {
		t := &p.toks[toks[i]]
		j := i + 1
		for j < len(toks) && t.kind == number {
			o := &p.toks[toks[j]]
			if o.kind != number || !(t.cell > 0 && t.cell == o.cell || t.cell == 0 && !oneLine && t.line == o.line) {
				break
			}
			j++
		}
		if j == i+1 {
			out = append(out, toks[i])
			i = j
			continue
		}
		u := *t
		last := &p.toks[toks[j-1]]
		u.end, u.be, u.xe = last.end, last.be, last.xe
		ok := true
		for _, ix := range toks[i+1 : j] {
			if u.fig, ok = u.fig.join(p.toks[ix].fig); !ok {
				break
			}
		}
		u.bad = !ok
		u.twin = 0
		if same := p.sameFigure(toks[i:j]); same {
			u.twin = toks[i] + 1
		}
		p.toks = append(p.toks, u)
		out = append(out, int32(len(p.toks)-1))
		i = j
	}
	return out
}

func (p *placer) sameFigure(toks []int32) bool {
	for _, ix := range toks[1:] {
		if p.toks[ix].fig.n != p.toks[toks[0]].fig.n || p.toks[ix].fig.dec != p.toks[toks[0]].fig.dec {
			return false
		}
	}
	return true
}

// twice adds, for each fit with a cell that holds the same figure twice, the
// reading as one figure printed double.
func (p *placer) twice(fits []fit) []fit {
	out := fits[:0:0]
	for _, f := range fits {
		out = append(out, f)
		for c := range f.n {
			if ix := f.at[c]; ix >= 0 && p.toks[ix].twin > 0 {
				for i := range out {
					if out[i].at[c] != ix || len(out) > 64 {
						continue
					}
					g := out[i]
					g.at[c] = p.toks[ix].twin - 1
					g.weak, g.extra = true, true
					if p.toks[ix].bad {
						out[i] = g
					} else {
						out = append(out, g)
					}
				}
			}
		}
	}
	return out
}

// tooMany fits more figures than cells: the same number twice in one cell, or
// one number that does not belong.
func (p *placer) tooMany(figures []int32, n int) []fit {
	f := fit{n: n, weak: true, extra: true}
	k := 0
	for i, ix := range figures {
		if i > 0 && p.toks[ix].cell > 0 && p.toks[ix].cell == p.toks[figures[i-1]].cell {
			continue
		}
		if k < n {
			f.at[k] = ix
		}
		k++
	}
	if k == n {
		return []fit{f}
	}
	if len(figures) != n+1 {
		return nil
	}
	var fits []fit
	for drop := range figures {
		f := fit{n: n, weak: true, extra: true}
		k := 0
		for i, ix := range figures {
			if i != drop {
				f.at[k] = ix
				k++
			}
		}
		if drop > 0 && drop < n { // a page number seldom stands between two cells
			f.cost = 2
		}
		fits = append(fits, f)
	}
	return fits
}
