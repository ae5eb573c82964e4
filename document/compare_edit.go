package document

// An edit is a stretch of two sequences: the same in both, or not.
type edit struct {
	same           bool
	a0, a1, b0, b1 int
}

// edits matches two sequences: what is equal at both ends, then elements that
// occur once in each (which keeps moved blocks from tearing others apart), then
// the shortest edit script between those.
func (c *comparison) edits(a, b []string) []edit {
	m := &matcher{c: c, a: a, b: b}
	m.split(0, len(a), 0, len(b), 0)
	return m.joined()
}

// A matcher collects pairs of equal elements in order.
type matcher struct {
	c     *comparison
	a, b  []string
	pairs [][2]int
}

func (m *matcher) split(a0, a1, b0, b1, depth int) {
	for a0 < a1 && b0 < b1 && m.a[a0] == m.b[b0] {
		m.pairs = append(m.pairs, [2]int{a0, b0})
		a0, b0 = a0+1, b0+1
	}
	tail := 0
	for a0 < a1-tail && b0 < b1-tail && m.a[a1-tail-1] == m.b[b1-tail-1] {
		tail++
	}
	m.middle(a0, a1-tail, b0, b1-tail, depth)
	for k := tail; k > 0; k-- {
		m.pairs = append(m.pairs, [2]int{a1 - k, b1 - k})
	}
}

func (m *matcher) middle(a0, a1, b0, b1, depth int) {
	if a0 == a1 || b0 == b1 || m.c.work <= 0 {
		return
	}
	m.c.work -= a1 - a0 + b1 - b0
	if depth < 40 {
		if anchors := m.unique(a0, a1, b0, b1); len(anchors) > 0 {
			i, j := a0, b0
			for _, p := range anchors {
				if p[0] < i || p[1] < j {
					continue
				}
				m.split(i, p[0], j, p[1], depth+1)
				m.pairs = append(m.pairs, p)
				i, j = p[0]+1, p[1]+1
			}
			m.split(i, a1, j, b1, depth+1)
			return
		}
	}
	m.shortest(a0, a1, b0, b1)
}

// unique returns the longest rising row of elements that occur once on each
// side.
func (m *matcher) unique(a0, a1, b0, b1 int) [][2]int {
	type seen struct{ n, at int }
	inA, inB := map[string]seen{}, map[string]seen{}
	for i := a0; i < a1; i++ {
		inA[m.a[i]] = seen{inA[m.a[i]].n + 1, i}
	}
	for j := b0; j < b1; j++ {
		inB[m.b[j]] = seen{inB[m.b[j]].n + 1, j}
	}
	var row [][2]int
	for i := a0; i < a1; i++ {
		if inA[m.a[i]].n == 1 && inB[m.a[i]].n == 1 {
			row = append(row, [2]int{i, inB[m.a[i]].at})
		}
	}
	// Patience: piles hold the smallest end of a rising row of each length.
	var piles []int
	back := make([]int, len(row))
	for k, p := range row {
		lo, hi := 0, len(piles)
		for lo < hi {
			mid := (lo + hi) / 2
			if row[piles[mid]][1] < p[1] {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		back[k] = -1
		if lo > 0 {
			back[k] = piles[lo-1]
		}
		if lo == len(piles) {
			piles = append(piles, k)
		} else {
			piles[lo] = k
		}
	}
	if len(piles) == 0 {
		return nil
	}
	out := make([][2]int, len(piles))
	for k, at := piles[len(piles)-1], len(piles)-1; k >= 0; k, at = back[k], at-1 {
		out[at] = row[k]
	}
	return out
}

const maxEdits = 1500

// shortest is Myers' O(ND) search, given up beyond maxEdits: then nothing in
// the stretch is matched.
func (m *matcher) shortest(a0, a1, b0, b1 int) {
	n, k := a1-a0, b1-b0
	limit := min(n+k, maxEdits)
	v := make([]int32, 2*limit+3)
	off := limit + 1
	var trace [][]int32
	for d := 0; d <= limit; d++ {
		m.c.work -= d + 1
		if m.c.work <= 0 {
			return
		}
		trace = append(trace, append([]int32(nil), v[off-d-1:off+d+2]...))
		for diag := -d; diag <= d; diag += 2 {
			var x int
			if diag == -d || diag != d && v[off+diag-1] < v[off+diag+1] {
				x = int(v[off+diag+1])
			} else {
				x = int(v[off+diag-1]) + 1
			}
			y := x - diag
			for x < n && y < k && m.a[a0+x] == m.b[b0+y] {
				x, y = x+1, y+1
				m.c.work--
			}
			v[off+diag] = int32(x)
			if x >= n && y >= k {
				m.walkBack(trace, d, n, k, a0, b0)
				return
			}
		}
	}
}

func (m *matcher) walkBack(trace [][]int32, d, x, y, a0, b0 int) {
	var found [][2]int
	for ; d >= 0; d-- {
		v := trace[d]
		at := func(diag int) int { return int(v[diag+d+1]) }
		diag := x - y
		prev := diag - 1
		if diag == -d || diag != d && at(diag-1) < at(diag+1) {
			prev = diag + 1
		}
		px := at(prev)
		py := px - prev
		if d == 0 {
			px, py = 0, 0
		}
		for x > px && y > py {
			x, y = x-1, y-1
			found = append(found, [2]int{a0 + x, b0 + y})
		}
		x, y = px, py
	}
	for i := len(found) - 1; i >= 0; i-- {
		m.pairs = append(m.pairs, found[i])
	}
}

// joined turns pairs into stretches that cover both sequences.
func (m *matcher) joined() []edit {
	var out []edit
	i, j := 0, 0
	for _, p := range m.pairs {
		if p[0] > i || p[1] > j {
			out = append(out, edit{false, i, p[0], j, p[1]})
		}
		if n := len(out); n > 0 && out[n-1].same {
			out[n-1].a1, out[n-1].b1 = p[0]+1, p[1]+1
		} else {
			out = append(out, edit{true, p[0], p[0] + 1, p[1], p[1] + 1})
		}
		i, j = p[0]+1, p[1]+1
	}
	if i < len(m.a) || j < len(m.b) {
		out = append(out, edit{false, i, len(m.a), j, len(m.b)})
	}
	return out
}
