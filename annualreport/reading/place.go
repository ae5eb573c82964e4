package reading

import (
	"slices"

	"gongkai/annualreport/form"
)

// What a placement says of a cell without a figure.
const (
	seenBlank    = -1 // an empty cell was seen there
	guessedBlank = -2 // nothing was printed for it
	cutOff       = -3 // the file ends before it
)

// A fit is one way to put the figures of a run into n cells: the token of
// each cell, or one of the constants above.
type fit struct {
	at    [16]int32
	n     int
	cost  int32
	weak  bool // it rests on something other than the order and number of cells
	extra bool // a figure had to be left out
}

const maxFits = 400

// A placer knows how a sheet shows empty cells.
type placer struct {
	*reader
	s       *sheet
	offsets map[int]int    // cells in a row to how many of them come before the columns
	bounds  map[int][2]int // cells in a row to the first and the last that hold a figure
	inside  bool           // empty cells are seen between figures
	base    int32          // empty lines between two cells
	per     int32          // empty lines that a blank cell adds; 0: they say nothing
	full    []int32        // runs whose figures fill a row exactly, all in one line
	headed  bool           // the heads tell in which cell of a line the first column is
	headCol int32          // that cell
	width   int32          // the cells of a line with heads
}

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

// place returns the ways to put the figures of a run into n cells, cheapest
// first; none if there are too many. atEnd says that the file ends here.
func (p *placer) place(r *run, toks []int32, n int, atEnd bool) []fit {
	if len(toks) != n {
		toks = p.firm(toks)
	}
	if g := p.together(toks, r.oneLine, n); g != nil {
		fits := p.placeList(r, g, n, atEnd)
		return p.twice(fits)
	}
	return p.placeList(r, toks, n, atEnd)
}

// placeList is place for one figure a cell.
func (p *placer) placeList(r *run, toks []int32, n int, atEnd bool) []fit {
	figures := make([]int32, 0, 16)
	first, last := -1, -1
	for i, ix := range toks {
		if p.toks[ix].kind == empty {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
		if len(figures) < 64 {
			figures = append(figures, ix)
		}
	}
	k, total := len(figures), len(toks)
	switch {
	case k == n:
		f := fit{n: n}
		copy(f.at[:], figures)
		return []fit{f}
	case k > n:
		return p.tooMany(figures, n)
	case k == 0:
		f := fit{n: n}
		for c := range n {
			f.at[c] = guessedBlank
			if total >= n {
				f.at[c] = seenBlank
			}
		}
		return []fit{f}
	}
	if f, ok := p.underHeads(r, toks, n); ok {
		if atEnd {
			for c := n - 1; c >= 0 && f.at[c] < 0; c-- {
				f.at[c] = cutOff
			}
		}
		return []fit{f}
	}
	switch {
	case total == n && (!r.cells || p.inside || first > 0 || last-first+1 > k || p.toks[toks[0]].place > 0 && p.places[p.toks[toks[0]].place-1].ref != ""):
		return []fit{p.window(toks, 0, n)}
	case atEnd && first == 0:
		f := fit{n: n, weak: true}
		for c := range n {
			f.at[c] = cutOff
			if c <= last {
				f.at[c] = p.cell(toks[c])
			}
		}
		return []fit{f}
	}
	if r.cells && total >= n {
		if o, ok := p.offsets[total]; ok && o >= 0 && first >= o && last < o+n && (p.inside || first > o) {
			return []fit{p.window(toks, o, n)}
		}
		var fits []fit
		b := p.bounds[total]
		from, to := max(0, last-n+1), min(first, total-n)
		if b[1]-n+1 <= b[0] && (p.inside || last-first+1 > k) {
			from, to = max(from, b[1]-n+1), min(to, b[0])
		}
		for o := from; o <= to; o++ {
			f := p.window(toks, o, n)
			if known, ok := p.offsets[total]; ok && known >= 0 && known != o {
				f.cost += 20
			}
			fits = append(fits, f)
		}
		if p.inside || last-first+1 > k {
			return fits
		}
		return p.orElse(fits, figures, n, 4)
	}
	if r.cells && total < n {
		if f, ok := p.wide(toks, n); ok {
			return []fit{f}
		}
	}
	if r.cells && total < n && (p.inside || total > k) {
		f := fit{n: n, weak: true}
		for c := range n {
			f.at[c] = guessedBlank
			if c < total {
				f.at[c] = p.cell(toks[c])
			}
		}
		return p.orElse([]fit{f}, figures, n, 10)
	}
	if f, ok := p.byPlace(figures, n); ok {
		return []fit{f}
	}
	fits := p.anywhere(figures, n, 0)
	if p.per > 0 && total == k {
		est := make([]int, k+1)
		sum, ok := p.gaps(toks, p.base, p.per, est)
		if ok && sum == n {
			return []fit{p.spread(figures, est, n)}
		}
		if ok {
			for i := range fits {
				fits[i].cost += p.apart(&fits[i], est)
			}
			slices.SortStableFunc(fits, func(a, b fit) int { return int(a.cost - b.cost) })
			for i := range fits {
				if fits[i].cost > fits[0].cost+margin {
					return fits[:i]
				}
			}
		}
	}
	return fits
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

func (p *placer) cell(ix int32) int32 {
	if p.toks[ix].kind == empty {
		return seenBlank
	}
	return ix
}

// window takes n cells of the run from the one at o.
func (p *placer) window(toks []int32, o, n int) fit {
	f := fit{n: n}
	for c := range n {
		f.at[c] = p.cell(toks[o+c])
	}
	return f
}

// orElse adds every other way to fits; none is left if there are too many.
func (p *placer) orElse(fits []fit, figures []int32, n int, cost int32) []fit {
	more := p.anywhere(figures, n, cost)
	if more == nil {
		return nil
	}
	for _, f := range more {
		if !slices.ContainsFunc(fits, func(o fit) bool { return samePlaces(&o, &f) }) {
			fits = append(fits, f)
		}
	}
	return fits
}

func samePlaces(a, b *fit) bool {
	for c := range a.n {
		if a.at[c] != b.at[c] && (a.at[c] >= 0 || b.at[c] >= 0) {
			return false
		}
	}
	return true
}

// anywhere puts the figures into any of the cells, in their order.
func (p *placer) anywhere(figures []int32, n int, cost int32) []fit {
	k := len(figures)
	ways := 1
	for i := range k {
		ways = ways * (n - i) / (i + 1)
	}
	if ways > maxFits {
		return nil
	}
	fits := make([]fit, 0, ways)
	var cols [16]int
	for i := range k {
		cols[i] = i
	}
	for {
		f := fit{n: n, cost: cost, weak: true}
		for c := range n {
			f.at[c] = guessedBlank
		}
		for i := range k {
			f.at[cols[i]] = figures[i]
		}
		fits = append(fits, f)
		i := k - 1
		for i >= 0 && cols[i] == n-k+i {
			i--
		}
		if i < 0 {
			return fits
		}
		cols[i]++
		for j := i + 1; j < k; j++ {
			cols[j] = cols[j-1] + 1
		}
	}
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
