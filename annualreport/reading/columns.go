package reading

import (
	"gongkai/annualreport/form"
)

// heads finds out in which cell of a line the first column stands.
func (p *placer) heads() {
	var votes [40]int
	line, inLine := int32(-1), 0
	best, width := 0, int32(0)
	for _, ix := range p.s.all {
		t := &p.toks[ix]
		if t.cell == 0 || t.nguess == 0 || t.guess[0].score < 60 || p.s.ti == 0 {
			continue
		}
		e := &lex.entries[t.guess[0].entry]
		if e.role != roleColumn && !e.also {
			continue
		}
		if p.s.ti == 2 { // fifteen columns, of which the lowest line heads ten at least
			if t.line != line {
				line, inLine = t.line, 0
			}
			if inLine++; inLine >= 10 && t.col >= 14 {
				p.headed, p.headCol, p.width = true, t.col-14, p.lineCells(ix)
			}
			continue
		}
		if t.guess[0].score < 80 {
			continue
		}
		for c, col := range p.layout.form.Tables[1].Blocks[0].Columns {
			if o := int(t.col) - c; sameName(e, &col) && o >= 0 && o < len(votes) {
				if votes[o]++; votes[o] > votes[best] {
					best, width = o, p.lineCells(ix)
				}
			}
		}
	}
	if p.s.ti == 1 && votes[best] >= 4 {
		p.headed, p.headCol, p.width = true, int32(best), width
	}
}

// sameName reports whether an entry has the words of a column's label, be it
// a row's as well.
func sameName(e *entry, c *form.Column) bool {
	_, name := cutOrder(c.Label)
	return name == e.name
}

// lineCells returns how many cells the line of a token has.
func (p *placer) lineCells(ix int32) int32 {
	i := int(ix)
	for i+1 < len(p.toks) && p.toks[i+1].line == p.toks[ix].line && p.toks[i+1].cell > 0 {
		i++
	}
	return p.toks[i].col + max(1, p.toks[i].span)
}

// underHeads puts the figures of a line under the heads of their columns, if
// the file shows empty cells and its lines have as many cells as the heads.
func (p *placer) underHeads(r *run, toks []int32, n int) (fit, bool) {
	t := &p.toks[toks[0]]
	grid := t.place > 0 && p.places[t.place-1].ref != ""
	led := p.s.ti == 2 && t.kind == empty && len(toks) > 1 && p.toks[toks[1]].kind == empty
	if !p.headed || !r.cells || !p.inside && !grid && !led || p.s.ti == 2 && n != 15 {
		return fit{}, false
	}
	f := fit{n: n}
	for c := range n {
		f.at[c] = cutOff
	}
	for _, ix := range toks {
		o := &p.toks[ix]
		if o.line != t.line {
			if o.kind != empty {
				return fit{}, false
			}
			continue
		}
		if o.kind == empty {
			for c := o.col - p.headCol; c < o.col-p.headCol+max(1, o.span); c++ {
				if c >= 0 && c < int32(n) && f.at[c] < 0 {
					f.at[c] = seenBlank
				}
			}
			continue
		}
		c := o.col - p.headCol
		if c < 0 || c >= int32(n) || f.at[c] >= 0 {
			if c == int32(n) && o.fig.n == 0 {
				f.weak, f.extra = true, true // a nought beyond the last column
				continue
			}
			return fit{}, false
		}
		f.at[c] = ix
	}
	return f, grid || p.lineCells(toks[0]) == p.width
}

// byPlace puts figures that stand in one line under those of a full row
// nearby on the same page.
func (p *placer) byPlace(figures []int32, n int) (fit, bool) {
	t := &p.toks[figures[0]]
	if t.cell > 0 || p.toks[figures[len(figures)-1]].line != t.line {
		return fit{}, false
	}
	for _, wide := range []bool{false, true} {
		best, dist := -1, int32(1<<30)
		for i, j := range p.full {
			r := &p.s.runs[j]
			o := &p.toks[r.toks[0]]
			if r.figures != n || r.cells || !p.apartWide(r.toks) || o.place != t.place || p.turns(o, t) {
				continue
			}
			d := o.line - t.line
			if d < 0 {
				d = -d
			}
			if d < dist {
				best, dist = i, d
			}
		}
		if best < 0 {
			return fit{}, false
		}
		f := fit{n: n, weak: true}
		for c := range n {
			f.at[c] = seenBlank
		}
		ref := p.s.runs[p.full[best]].toks
		ok, at := true, -1
		for _, ix := range figures {
			c := p.under(ix, ref, wide)
			if c <= at {
				ok = false
				break
			}
			f.at[c] = ix
			at = c
		}
		if ok {
			return f, true
		}
	}
	return fit{}, false
}

// apartWide reports whether the figures of a line stand apart, so that their
// places mean something.
func (p *placer) apartWide(toks []int32) bool {
	for i := 1; i < len(toks); i++ {
		if p.toks[toks[i]].x-p.toks[toks[i-1]].xe < 2 {
			return false
		}
	}
	return true
}

// turns reports whether the page turns between two tokens.
func (p *placer) turns(a, b *token) bool {
	lo, hi := min(a.start, b.start), max(a.start, b.start)
	for i := range p.toks {
		if t := &p.toks[i]; t.kind == turn && t.start > lo && t.start < hi {
			return true
		}
	}
	return false
}

// under returns the column of a full row that a figure stands under, -1 if it
// is not clear.
func (p *placer) under(ix int32, ref []int32, wide bool) int {
	x, xe := p.span(ix, wide)
	best, second, col := int32(1000), int32(1000), -1
	c := 0
	for _, o := range ref {
		if p.toks[o].kind == empty {
			continue
		}
		ox, oxe := p.span(o, wide)
		d := min(iabs(x-ox), iabs(xe-oxe), iabs(x+xe-ox-oxe)/2)
		if d < best {
			best, second, col = d, best, c
		} else if d < second {
			second = d
		}
		c++
	}
	if best > 2 || second < best+2 {
		return -1
	}
	return col
}

func iabs(n int32) int32 {
	if n < 0 {
		return -n
	}
	return n
}

// span returns where a token stands in its line: in letters, or in half widths.
func (p *placer) span(ix int32, wide bool) (x, xe int32) {
	t := &p.toks[ix]
	if !wide {
		return t.x, t.xe
	}
	i := int(t.b)
	for i > 0 && p.text[i-1] != '\n' {
		i--
	}
	for _, r := range p.text[i:t.b] {
		x++
		if r >= 0x1100 {
			x++
		}
	}
	return x, x + t.xe - t.x
}
