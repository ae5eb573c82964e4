package reading

import (
	"math"
)

// Costs of the aligner. Ten is about what one clear oddity is worth.
const (
	margin       = 14 // readings that cost no more than this above the best are alternatives
	noLabel      = 30 // a row of figures without its label in front
	elsewhere    = 20 // its label stands somewhere else in the table
	otherLabel   = 22 // another row's label in front of the figures
	behind       = 9  // the label stands behind its figures
	brokenSum    = 15 // the figures break the row's sum
	blankSum     = 10 // the sum is blank though there is something to add up
	emptyRow     = 8  // a label without figures
	absentRow    = 16 // a row without label and figures
	orphanedRow  = 34 // a row is skipped though its label stands in front of figures
	noisePerItem = 8
	never        = math.MaxInt32 / 4
)

// A step is one edge of the aligner: runs from..to fill rows row..row+m.
type step struct {
	run, runs int16
	row, m    int16
	cross     bool // the run goes down the columns
	used      bool // it takes the labels behind it
	cost      int32
}

// An aligner finds the cheapest ways to give a sheet's runs to its rows.
type aligner struct {
	s      *sheet
	toks   []token
	before [][]uint8 // by run and row: how well a label before the run fits
	last   [][]uint8 // the same for the label directly before it
	behind [][]uint8 // for the label directly behind it
	any    []uint8   // by row: the best label anywhere
	bare   []bool    // by row: its label is followed by another label
	steps  []step
	first  []int32 // steps that leave a node, by node
	fwd    []int32
	bwd    []int32
	l      *layout
	bound  int32 // ways that cost more need not be followed

	chosen  [][]step // by row: the steps near the best, best first
	skipped []int32  // by row: how much dearer than the best a way is that leaves it without a run
	noise   []bool   // by run: the best way leaves it out
	best    int32
}

func (a *aligner) label(row *rowPlace, list []int32) int {
	best := 0
	for _, ix := range list {
		best = max(best, rowScore(&a.toks[ix], row))
	}
	return best
}

// prepare rates all labels against all rows.
func (a *aligner) prepare() {
	s := a.s
	nr, nw := len(s.runs), len(s.rows)
	flat := make([]uint8, 3*nr*nw+nw)
	cut := func() []uint8 { x := flat[:nw:nw]; flat = flat[nw:]; return x }
	a.any = cut()
	a.bare = make([]bool, nw)
	for j := range nr {
		a.before, a.last, a.behind = append(a.before, cut()), append(a.last, cut()), append(a.behind, cut())
		r := &s.runs[j]
		for w := range s.rows {
			row := &s.rows[w]
			for k, ix := range r.labels {
				sc := rowScore(&a.toks[ix], row)
				if sc == 0 {
					continue
				}
				a.before[j][w] = max(a.before[j][w], uint8(sc))
				if a.near(r.labels, k) {
					a.last[j][w] = max(a.last[j][w], uint8(sc))
				} else if sc >= 80 {
					a.bare[w] = true
				}
				if j > 0 && (k == 0 || k == 1 && a.weak(r.labels[0])) {
					a.behind[j-1][w] = max(a.behind[j-1][w], uint8(sc))
				}
			}
			a.any[w] = max(a.any[w], a.before[j][w])
		}
	}
	for w := range s.rows {
		row := &s.rows[w]
		for k, ix := range s.tail {
			sc := rowScore(&a.toks[ix], row)
			a.any[w] = max(a.any[w], uint8(sc))
			if sc >= 80 {
				a.bare[w] = true
			}
			if nr > 0 && (k == 0 || k == 1 && a.weak(s.tail[0])) {
				a.behind[nr-1][w] = max(a.behind[nr-1][w], uint8(sc))
			}
		}
		row.label = a.any[w] >= 50
	}
}

func (a *aligner) weak(ix int32) bool {
	t := &a.toks[ix]
	return t.nguess == 0 || t.guess[0].score < 75 || t.nguess > 1 && t.guess[1].score+5 > t.guess[0].score
}

// near reports whether label k of a list is the one directly before the run,
// or only pieces of a label stand between.
func (a *aligner) near(labels []int32, k int) bool {
	for i := k + 1; i < len(labels); i++ {
		if !a.weak(labels[i]) {
			return false
		}
		if i-k >= 3 {
			return false
		}
	}
	return true
}

// run aligns.
func (a *aligner) run() {
	a.prepare()
	nr, nw := len(a.s.runs), len(a.s.rows)
	width := 2 * (nw + 1)
	nodes := (nr + 1) * width
	a.fwd, a.bwd = make([]int32, nodes), make([]int32, nodes)
	for i := range a.fwd {
		a.fwd[i], a.bwd[i] = never, never
	}
	a.first = make([]int32, nodes+1)
	node := func(j, r int, used bool) int {
		n := j*width + 2*r
		if used {
			n++
		}
		return n
	}
	a.fwd[0] = 0
	a.bound = a.plainWay() + margin
	for j := 0; j <= nr; j++ {
		for r := 0; r <= nw; r++ {
			for u := range 2 {
				n := node(j, r, u == 1)
				a.first[n] = int32(len(a.steps))
				if a.fwd[n] > a.bound {
					continue
				}
				a.leave(j, r, u == 1)
				for _, e := range a.steps[a.first[n]:] {
					to := node(int(e.run+e.runs), int(e.row+e.m), e.used)
					a.fwd[to] = min(a.fwd[to], a.fwd[n]+e.cost)
				}
			}
		}
	}
	a.first[nodes] = int32(len(a.steps))
	end := node(nr, nw, false)
	a.best = min(a.fwd[end], a.fwd[end+1])
	a.bwd[end], a.bwd[end+1] = 0, 0
	for n := nodes - 1; n >= 0; n-- {
		for _, e := range a.steps[a.first[n]:a.first[n+1]] {
			to := node(int(e.run+e.runs), int(e.row+e.m), e.used)
			a.bwd[n] = min(a.bwd[n], a.bwd[to]+e.cost)
		}
	}
	a.chosen = make([][]step, nw)
	a.skipped = make([]int32, nw)
	for w := range a.skipped {
		a.skipped[w] = never
	}
	a.noise = make([]bool, nr)
	for n := range nodes {
		for _, e := range a.steps[a.first[n]:a.first[n+1]] {
			to := node(int(e.run+e.runs), int(e.row+e.m), e.used)
			total := a.fwd[n] + e.cost + a.bwd[to]
			if total > a.best+margin {
				continue
			}
			if e.runs == 0 {
				a.skipped[e.row] = min(a.skipped[e.row], total-a.best)
				continue
			}
			if e.m == 0 {
				if total == a.best {
					a.noise[e.run] = true
				}
				continue
			}
			e.cost = total - a.best
			for w := e.row; w < e.row+e.m; w++ {
				a.chosen[w] = insert(a.chosen[w], e)
			}
		}
	}
}

// plainWay returns what it costs to give each run to the row whose label
// stands before it: no way dearer than that can be the best.
func (a *aligner) plainWay() int32 {
	cost, r := int32(0), 0
	for j := range a.s.runs {
		w, best := -1, uint8(0)
		for i := r; i < len(a.s.rows); i++ {
			if l := a.last[j][i]; l >= 80 && l > best {
				w, best = i, l
			}
		}
		if w < 0 {
			w = r
		}
		if w >= len(a.s.rows) {
			cost += a.noiseCost(j)
			continue
		}
		first, m, low := len(a.steps), 0, int32(never)
		a.fill(j, w, false)
		for _, e := range a.steps[first:] {
			if e.cost < low && !e.used {
				low, m = e.cost, int(e.m)
			}
		}
		a.steps = a.steps[:first]
		skip := int32(0)
		for i := r; i < w; i++ {
			skip += a.skipRow(i)
		}
		if n := a.noiseCost(j); n <= low+skip {
			cost += n
			continue
		}
		cost += low + skip
		r = w + m
	}
	for ; r < len(a.s.rows); r++ {
		cost += a.skipRow(r)
	}
	return cost
}

func insert(list []step, e step) []step {
	for i := range list {
		o := &list[i]
		if o.run == e.run && o.runs == e.runs && o.row == e.row && o.m == e.m && o.cross == e.cross {
			o.cost = min(o.cost, e.cost)
			return list
		}
	}
	list = append(list, e)
	for i := len(list) - 1; i > 0 && list[i].cost < list[i-1].cost; i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	return list
}

// leave appends the steps that leave a node: runs before j and rows before r
// are done; used tells that the labels before run j belong to the run before.
func (a *aligner) leave(j, r int, used bool) {
	s := a.s
	if r < len(s.rows) {
		a.steps = append(a.steps, step{run: int16(j), row: int16(r), m: 1, used: used, cost: a.skipRow(r)})
	}
	if j == len(s.runs) {
		return
	}
	k := &s.runs[j]
	a.steps = append(a.steps, step{run: int16(j), runs: 1, row: int16(r), cost: a.noiseCost(j)})
	if r == len(s.rows) {
		return
	}
	a.fill(j, r, used)
	n, cells := k.figures, len(k.toks)
	for i := 2; i <= 3 && j+i <= len(s.runs); i++ { // a row broken by the end of a page
		next := &s.runs[j+i-1]
		if !next.joined || len(next.labels) > 0 || next.loose != k.loose {
			break
		}
		n += next.figures
		cells += len(next.toks)
		if n > s.rows[r].n {
			break
		}
		if n == s.rows[r].n || k.cells && cells == s.rows[r].n {
			c := a.labelCost(j, j+i-1, r, 1, used) + 7 + a.sumCost(j, i, r)
			a.steps = append(a.steps, step{run: int16(j), runs: int16(i), row: int16(r), m: 1, cost: c})
		}
	}
}

// fill appends the steps by which run j fills rows from r on.
func (a *aligner) fill(j, r int, used bool) {
	s := a.s
	k := &s.runs[j]
	sum := 0
	for m := 1; r+m <= len(s.rows); m++ {
		n := s.rows[r+m-1].n
		sum += n
		if m > 1 && sum > len(k.toks) && s.ti != 2 {
			break
		}
		if m > 1 && sum != k.figures && sum != len(k.toks) && !(s.ti == 2 && m == 3) {
			continue
		}
		fit := a.fitCost(k, sum, m, r)
		if fit >= never {
			continue
		}
		for _, cross := range []bool{false, true} {
			if cross && (m == 1 || s.ti != 1 || k.figures != sum) {
				break
			}
			c := fit
			if s.ti == 0 {
				c += a.otherBlock(k, r, m)
			}
			if m == 1 && k.cells && len(k.toks) < n && j+1 < len(s.runs) && s.runs[j+1].joined && len(s.runs[j+1].labels) == 0 && !s.runs[j+1].loose {
				c += 12 // the row may go on behind the end of the page
			}
			if m > 1 && s.ti == 1 && k.figures == sum {
				c += a.shapeCost(k, m, n, cross)
			}
			if k.figures == sum && s.ti > 0 {
				c += a.sums3(k, r, m, cross)
			}
			e := step{run: int16(j), runs: 1, row: int16(r), m: int16(m), cross: cross}
			e.cost = c + a.labelCost(j, j, r, m, used)
			a.steps = append(a.steps, e)
			if m > 1 && a.behind[j][r+m-1] >= 50 && a.before[j][r+m-1] < 50 {
				e.used = true
				a.steps = append(a.steps, e)
				e.used = false
			}
			if b := a.behindCost(j, r, m, used); b < never {
				e.cost, e.used = c+b, true
				a.steps = append(a.steps, e)
			}
		}
	}
}
