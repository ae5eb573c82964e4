package document

import (
	"math"
	"sort"
	"strings"
)

// A pdfRule is a straight line drawn on a page, level or upright.
type pdfRule struct{ x0, y0, x1, y1 float64 }

func (r pdfRule) level() bool { return r.x1-r.x0 >= r.y1-r.y0 }

// near is how far apart two lines may be that are meant as one, in points.
const near = 3.0

// A pdfGrid is a table drawn with rules: the places of its lines and the cells
// between them.
type pdfGrid struct {
	xs    []float64 // from left to right
	ys    []float64 // from top to bottom
	boxes []gridBox
	of    [][]int // box of each place of the grid
	chars [][]pdfChar
	page  int
}

// A gridBox is a cell: its place in the grid and how far it reaches.
type gridBox struct{ row, col, rows, cols int }

// grids finds the tables among the rules of a page: rules that touch each other
// and part at least two cells.
func grids(rules []pdfRule, page int) []*pdfGrid {
	var flat, tall []pdfRule
	for _, r := range rules {
		if r.level() && r.x1-r.x0 >= 6 {
			flat = append(flat, r)
		} else if !r.level() && r.y1-r.y0 >= 6 {
			tall = append(tall, r)
		}
	}
	if len(flat) < 2 || len(tall) == 0 || len(flat)*len(tall) > 9_000_000 {
		return nil
	}
	group := newUnion(len(flat) + len(tall))
	for i, h := range flat {
		for j, v := range tall {
			if v.x0 > h.x0-near && v.x0 < h.x1+near && h.y0 > v.y0-near && h.y0 < v.y1+near {
				group.join(i, len(flat)+j)
			}
		}
	}
	parts := map[int][2][]pdfRule{}
	for i, h := range flat {
		p := parts[group.find(i)]
		p[0] = append(p[0], h)
		parts[group.find(i)] = p
	}
	for j, v := range tall {
		p := parts[group.find(len(flat)+j)]
		p[1] = append(p[1], v)
		parts[group.find(len(flat)+j)] = p
	}
	var out []*pdfGrid
	for _, p := range parts {
		if g := newGrid(p[0], p[1], page); g != nil {
			out = append(out, g)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ys[0] > out[j].ys[0] })
	return out
}

func newGrid(flat, tall []pdfRule, page int) *pdfGrid {
	if len(flat) < 2 || len(tall) == 0 {
		return nil
	}
	var xs, ys []float64
	for _, h := range flat {
		xs, ys = append(xs, h.x0, h.x1), append(ys, h.y0)
	}
	for _, v := range tall {
		xs, ys = append(xs, v.x0), append(ys, v.y0, v.y1)
	}
	g := &pdfGrid{xs: clusters(xs), ys: clusters(ys), page: page}
	cols, rows := len(g.xs)-1, len(g.ys)-1
	if cols < 2 || rows < 1 || cols*rows > 20_000 {
		return nil
	}
	for i, j := 0, len(g.ys)-1; i < j; i, j = i+1, j-1 {
		g.ys[i], g.ys[j] = g.ys[j], g.ys[i]
	}
	g.cut(flat, tall)
	if len(g.boxes) < 2 {
		return nil
	}
	g.chars = make([][]pdfChar, len(g.boxes))
	return g
}

// clusters puts places that are meant as one together.
func clusters(v []float64) []float64 {
	sort.Float64s(v)
	var out []float64
	for i := 0; i < len(v); {
		j, sum := i, 0.0
		for j < len(v) && v[j]-v[i] <= near {
			sum += v[j]
			j++
		}
		out = append(out, sum/float64(j-i))
		i = j
	}
	return out
}

// cut makes boxes of places that no rule parts.
func (g *pdfGrid) cut(flat, tall []pdfRule) {
	cols, rows := len(g.xs)-1, len(g.ys)-1
	right := func(row, col int) bool {
		x, y := g.xs[col+1], (g.ys[row]+g.ys[row+1])/2
		for _, v := range tall {
			if math.Abs(v.x0-x) <= near && v.y0 <= y && y <= v.y1 {
				return true
			}
		}
		return false
	}
	below := func(row, col int) bool {
		y, x := g.ys[row+1], (g.xs[col]+g.xs[col+1])/2
		for _, h := range flat {
			if math.Abs(h.y0-y) <= near && h.x0 <= x && x <= h.x1 {
				return true
			}
		}
		return false
	}
	g.of = make([][]int, rows)
	for r := range g.of {
		g.of[r] = make([]int, cols)
		for c := range g.of[r] {
			g.of[r][c] = -1
		}
	}
	for r := range rows {
		for c := range cols {
			if g.of[r][c] >= 0 {
				continue
			}
			b := gridBox{r, c, 1, 1}
			for c+b.cols < cols && g.of[r][c+b.cols] < 0 && !right(r, c+b.cols-1) {
				b.cols++
			}
			for r+b.rows < rows && g.free(b) && !anyIn(b.cols, func(i int) bool { return below(r+b.rows-1, c+i) }) {
				b.rows++
			}
			for i := range b.rows {
				for j := range b.cols {
					g.of[r+i][c+j] = len(g.boxes)
				}
			}
			g.boxes = append(g.boxes, b)
		}
	}
}

func (g *pdfGrid) free(b gridBox) bool {
	return !anyIn(b.cols, func(i int) bool { return g.of[b.row+b.rows][b.col+i] >= 0 })
}

func anyIn(n int, f func(int) bool) bool {
	for i := range n {
		if f(i) {
			return true
		}
	}
	return false
}

// box returns the cell at a point of the page, -1 outside.
func (g *pdfGrid) box(x, y float64) int {
	if x < g.xs[0] || x > g.xs[len(g.xs)-1] || y > g.ys[0] || y < g.ys[len(g.ys)-1] {
		return -1
	}
	col := sort.SearchFloat64s(g.xs, x) - 1
	row := sort.Search(len(g.ys), func(i int) bool { return g.ys[i] < y }) - 1
	return g.of[min(max(row, 0), len(g.of)-1)][min(max(col, 0), len(g.of[0])-1)]
}

// table writes the cells with their text.
func (g *pdfGrid) table() *Table {
	t := &Table{Rows: make([]Row, len(g.ys)-1)}
	for i, b := range g.boxes {
		c := Cell{Col: b.col, ColSpan: b.cols, RowSpan: b.rows}
		for _, l := range pdfLines(g.chars[i], g.page) {
			text := strings.ReplaceAll(l.text, "\t", " ")
			if n := len(c.Blocks); n > 0 && !beginsItem(text) {
				c.Blocks[n-1].Runs[0].Text = joinWrapped(c.Blocks[n-1].Runs[0].Text, text)
				continue
			}
			c.Blocks = append(c.Blocks, Block{Kind: Paragraph, Runs: []Run{{Text: text}}, Page: g.page, Strong: l.bold})
		}
		c.Numerals = numeric(plain(c.Blocks))
		t.Rows[b.row].Cells = append(t.Rows[b.row].Cells, c)
	}
	return t
}

// within maps the columns of g to those of wider; nil if they do not fit.
func (g *pdfGrid) within(wider *pdfGrid) []int {
	var at []int
	for _, x := range g.xs {
		i := sort.SearchFloat64s(wider.xs, x-near-1)
		if i == len(wider.xs) || math.Abs(wider.xs[i]-x) > near+1 {
			return nil
		}
		at = append(at, i)
	}
	return at
}

// recolumn moves the cells of a table to the columns given.
func recolumn(t *Table, at []int) {
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			c := &t.Rows[i].Cells[j]
			from, to := at[c.Col], at[c.Col+c.ColSpan]
			c.Col, c.ColSpan = from, max(1, to-from)
		}
	}
}

// joinTables continues a table of the page before with one that has the same
// columns; a repeated head is left out.
func joinTables(before *Table, g *pdfGrid, was *pdfGrid) bool {
	next := g.table()
	if at := g.within(was); at != nil {
		recolumn(next, at)
	} else if at := was.within(g); at != nil {
		recolumn(before, at)
		was.xs = g.xs
	} else {
		return false
	}
	for len(next.Rows) > 0 && len(before.Rows) > 0 && sameRow(before.Rows[0], next.Rows[0]) {
		next.Rows = next.Rows[1:]
	}
	before.Rows = append(before.Rows, next.Rows...)
	return true
}

func sameRow(a, b Row) bool {
	if len(a.Cells) != len(b.Cells) {
		return false
	}
	words := false
	for i := range a.Cells {
		s := cellText(a.Cells[i])
		if s != cellText(b.Cells[i]) || a.Cells[i].RowSpan > 1 {
			return false
		}
		words = words || s != "" && !numeric(s)
	}
	return words
}

// A union joins things into groups.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(a, b int) { u[u.find(a)] = u.find(b) }
