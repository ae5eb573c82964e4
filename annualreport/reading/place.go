package reading

import (
	"slices"
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

// place returns the ways to put the figures of a run into n cells, cheapest
// first; none if there are too many. atEnd says that the file ends here.
func (p *placer) place(r *run, toks []int32, n int, atEnd bool) []fit {
	if len(toks) != n {
		toks = p.firm(toks)
	}
	if g := p.together(toks, r.oneLine, n); g != nil {
		return cutShort(p.twice(p.placeList(r, g, n, atEnd)), atEnd)
	}
	return cutShort(p.placeList(r, toks, n, atEnd), atEnd)
}

// cutShort makes the cells behind the last figure unknown where the file ends.
func cutShort(fits []fit, atEnd bool) []fit {
	if atEnd {
		for i := range fits {
			for c := fits[i].n - 1; c >= 0 && fits[i].at[c] < 0; c-- {
				fits[i].at[c] = cutOff
			}
		}
	}
	return fits
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
		if o, ok := p.offsets[total]; ok && o >= 0 && o+n <= total && first >= o && last < o+n && (p.inside || first > o) {
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
