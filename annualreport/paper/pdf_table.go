package paper

import (
	"cmp"
	"slices"
	"strings"

	"gongkai/annualreport/paper/pdf"
)

// A sheetGrid is a table being set: how wide its columns are and how tall its
// lines, in points.
type sheetGrid struct {
	*Grid
	s      *setter
	edge   []float64      // left edge of each column, and the right edge of the last
	tall   []float64      // height of each line
	texts  map[*Box]words // the text of each box, broken
	elems  map[*Box]*pdf.Elem
	pieces []piece
}

// words is the text of a box as it will stand.
type words struct {
	text []string
	size float64
}

func (w words) tall() float64 { return float64(len(w.text)) * cellLine }

// A piece is the lines of a table on one page.
type piece struct{ from, to int }

// cellGap is the room above and below the text of a cell together, in points.
const cellGap = 4.0

// lay measures a table that would begin at y: with air between its lines, or
// without where it then ends on the same page.
func (s *setter) lay(g *Grid, y float64) *sheetGrid {
	if g.Labels > 1 {
		return s.layWith(g, 17)
	}
	t := s.layWith(g, 23)
	if room := pageEnd - y; t.sum(0, len(t.tall)) > room {
		if tight := s.layWith(g, 18); tight.sum(0, len(tight.tall)) <= room {
			return tight
		}
	}
	return t
}

// layWith measures a table whose lines are at least so tall.
func (s *setter) layWith(g *Grid, least float64) *sheetGrid {
	t := &sheetGrid{Grid: g, s: s, edge: []float64{pageLeft}, tall: make([]float64, len(g.Lines)), texts: map[*Box]words{}, elems: map[*Box]*pdf.Elem{}}
	for i, w := range g.widths(measure, tableSize) {
		t.edge = append(t.edge, t.edge[i]+w)
	}
	for i := range g.Lines {
		t.tall[i] = least
	}
	for i := range g.Lines {
		for k := range g.Lines[i].Boxes {
			b := &g.Lines[i].Boxes[k]
			t.texts[b] = t.set(b)
			if b.Rows == 1 {
				t.tall[i] = max(t.tall[i], t.texts[b].tall()+cellGap)
			}
		}
	}
	for i := range g.Lines { // what spans lines and does not fit makes the last of them taller
		for k := range g.Lines[i].Boxes {
			b := &g.Lines[i].Boxes[k]
			last := i + b.Rows - 1
			if lack := t.texts[b].tall() + cellGap - t.sum(i, last+1); b.Rows > 1 && lack > 0 {
				t.tall[last] += lack
			}
		}
	}
	return t
}

func (t *sheetGrid) sum(from, to int) float64 {
	h := 0.0
	for _, v := range t.tall[from:to] {
		h += v
	}
	return h
}

// set breaks the text of a box. A number is not broken but made smaller.
func (t *sheetGrid) set(b *Box) words {
	room := t.edge[b.Col+b.Cols] - t.edge[b.Col] - cellPad
	if b.Role == Figure {
		size := tableSize
		if w := t.s.f.Width(b.Text, size); w > room {
			size *= room / w
		}
		if b.Text == "" {
			return words{nil, size}
		}
		return words{[]string{b.Text}, size}
	}
	wide := t.s.wide(tableSize)
	if number, name, ok := numberOff(b.Text); ok && b.Role == Beside && b.Rows > 1 && wide(b.Text) > room {
		return words{append([]string{number}, breakLines(name, room, 0, wide)...), tableSize}
	}
	return words{breakLines(b.Text, room, 0, wide), tableSize}
}

// numberOff parts a label from its number: （三） and 不予公开.
func numberOff(s string) (number, name string, ok bool) {
	for _, mark := range []string{"）", "、"} {
		if i := strings.Index(s, mark); i > 0 && i <= 9 {
			return s[:i+len(mark)], s[i+len(mark):], true
		}
	}
	return "", s, false
}

// opening is the room a table needs at its beginning. One that takes half a page
// or less is kept together, and so is one that would fit on the next page where
// less than half of this one is left. Otherwise it is the head and a few lines.
func (s *setter) opening(g *Grid) float64 {
	const page, half = pageEnd - pageTop, (pageEnd - pageTop) / 2
	t := s.lay(g, s.y+bodyLine+tableGap)
	all := t.sum(0, len(t.tall)) + tableGap
	if all <= half || s.y+bodyLine+all <= pageEnd || all+bodyLine <= page && pageEnd-s.y < half {
		return all
	}
	return t.sum(0, min(g.Head+5, len(t.tall))) + tableGap
}

// grid sets a table, on as many pages as it needs. Lines stay whole and the head
// stands on each page.
func (s *setter) grid(g *Grid) {
	t := s.lay(g, s.y)
	t.divide()
	t.structure()
	for i, p := range t.pieces {
		if i > 0 {
			s.turn()
		}
		t.draw(p, i > 0)
	}
}

// divide decides where the table goes on to the next page: where few merged
// cells are cut, and not behind a line that heads others.
func (t *sheetGrid) divide() {
	head := t.sum(0, t.Head)
	room := pageEnd - t.s.y - head
	from := t.Head
	for from < len(t.tall) {
		to := from
		for to < len(t.tall) && t.sum(from, to+1) <= room {
			to++
		}
		to = max(to, from+1)
		if to < len(t.tall) {
			best := to
			for k := to; k > from && t.sum(from, k) > .6*room; k-- {
				if t.cost(k) < t.cost(best) {
					best = k
				}
			}
			to = best
		}
		t.pieces = append(t.pieces, piece{from, to})
		from, room = to, pageEnd-pageTop-head
	}
	t.pieces[0].from = min(t.pieces[0].from, t.Head)
}

// cost is what it costs to end a page above a line.
func (t *sheetGrid) cost(at int) int {
	n := 0
	for i, line := range t.Lines[:at] {
		for _, b := range line.Boxes {
			if i >= t.Head && i+b.Rows > at {
				n++
			}
		}
	}
	if t.Lines[at-1].Opens || at > 1 && t.Lines[at-2].Opens {
		n += 5
	}
	return n
}

// structure makes the elements in reading order, whatever page they come to.
func (t *sheetGrid) structure() {
	table := t.s.f.Root().Table(t.Title)
	for i := range t.Lines {
		row := table.Child("TR")
		for k := range t.Lines[i].Boxes {
			b := &t.Lines[i].Boxes[k]
			scope := map[Role]string{Above: "Column", Section: "Row", Beside: "Row"}[b.Role]
			t.elems[b] = row.Cell(b.Cols, b.Rows, scope)
		}
	}
}

// draw sets one page's lines. again says that the head was read before.
func (t *sheetGrid) draw(p piece, again bool) {
	var borders borders
	y := t.s.y
	top := map[int]float64{} // of each line on this page
	for i := range t.Head {
		top[i] = y
		y += t.tall[i]
	}
	for i := p.from; i < p.to; i++ {
		top[i] = y
		y += t.tall[i]
	}
	last := func(first, rows, end int) float64 { // the lower edge of a box on this page
		i := min(first+rows, end) - 1
		return top[i] + t.tall[i]
	}
	for i := range t.Lines {
		if i >= p.to || i >= t.Head && i < p.from && !t.reaches(i, p.from) {
			continue
		}
		for k := range t.Lines[i].Boxes {
			b := &t.Lines[i].Boxes[k]
			first, end := i, p.to
			switch {
			case i < t.Head:
				end = t.Head
			case i < p.from && i+b.Rows <= p.from:
				continue
			case i < p.from:
				first = p.from
			}
			upper, lower := top[first], last(i, b.Rows, end)
			borders.box(t.edge[b.Col], upper, t.edge[b.Col+b.Cols], lower)
			elem := t.elems[b]
			if again && i < t.Head {
				elem = nil
			}
			if i < t.Head || t.home(i, b) == p {
				t.write(b, elem, upper, lower)
			}
		}
	}
	t.s.page.Lines(.5, borders.lines())
	t.s.y = y
}

// reaches tells whether a box of line i comes down to a line.
func (t *sheetGrid) reaches(i, line int) bool {
	return slices.ContainsFunc(t.Lines[i].Boxes, func(b Box) bool { return i+b.Rows > line })
}

// home is the page on which the text of a box stands: the first with room for
// it, or else the one with most.
func (t *sheetGrid) home(i int, b *Box) piece {
	var best piece
	most := 0.0
	for _, p := range t.pieces {
		room := t.sum(min(max(i, p.from), p.to), max(min(i+b.Rows, p.to), min(max(i, p.from), p.to)))
		if room >= t.texts[b].tall()+cellGap-.01 {
			return p
		}
		if room > most {
			best, most = p, room
		}
	}
	return best
}

// write sets the text of a box in the middle of its height.
func (t *sheetGrid) write(b *Box, e *pdf.Elem, upper, lower float64) {
	text := t.texts[b]
	y := upper + (lower-upper-text.tall())/2
	left, right := t.edge[b.Col], t.edge[b.Col+b.Cols]
	for _, line := range text.text {
		wide := t.s.f.Width(line, text.size)
		x := left + (right-left-wide)/2
		if b.Role == Beside && b.Rows == 1 {
			x = left + cellPad/2
		}
		t.s.page.Text(e, x, y+baseline(text.size, cellLine), line, pdf.Ink{Size: text.size, Bold: b.Role == Section})
		y += cellLine
		if b.Fix > 0 {
			t.s.page.Text(e, x+wide, y-cellLine+baseline(text.size, cellLine)-text.size*.25, fixMark, pdf.Ink{Size: text.size})
		}
	}
	if b.Fix > 0 && len(text.text) == 0 {
		t.s.page.Text(e, (left+right)/2-2, (upper+lower)/2+4, fixMark, pdf.Ink{Size: tableSize})
	}
}

// borders are the lines of a table, each drawn once.
type borders struct{ seen map[[4]float64]bool }

func (b *borders) box(left, upper, right, lower float64) {
	if b.seen == nil {
		b.seen = map[[4]float64]bool{}
	}
	for _, l := range [][4]float64{{left, upper, right, upper}, {left, lower, right, lower}, {left, upper, left, lower}, {right, upper, right, lower}} {
		b.seen[l] = true
	}
}

// lines are the borders from above to below, from left to right.
func (b *borders) lines() [][4]float64 {
	var out [][4]float64
	for l := range b.seen {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b [4]float64) int {
		return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0]), cmp.Compare(a[3], b[3]), cmp.Compare(a[2], b[2]))
	})
	return out
}
