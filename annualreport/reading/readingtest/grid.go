package readingtest

import (
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

// A kind says what stands in a slot of a grid.
type kind uint8

const (
	title  kind = iota // "第二十条第（一）项"
	head               // the name of a column or of a group of columns
	note               // the corner of table three
	group              // a merged cell that spans rows: "（三）不予公开"
	label              // the name of a row
	figure             // a number, or what stands for one
)

// A slot is one cell of a printed table, merged or not.
type slot struct {
	text       string // a break inside it is "\n"
	kind       kind
	cell       int // of the form, for a figure; else -1
	col        int // the first column of the grid it covers
	cols, rows int // how many it covers
}

// A line is one printed row: the slots that begin in it.
type line struct {
	kind  kind // title, head, or figure for a row of figures
	block int
	row   int // of the block; -1 if it is none
	slots []slot
}

// A grid is one table as the official form prints it.
type grid struct {
	table  int // of the form
	width  int // columns
	labels int // columns taken by the names of rows
	lines  []line
}

// newGrid lays a table out the way the notice prescribes, figures still to come.
func newGrid(f *form.Form, table int) *grid {
	t := &f.Tables[table]
	if t.Across {
		return acrossGrid(table, t)
	}
	g := &grid{table: table}
	for _, b := range t.Blocks {
		for _, r := range b.Rows {
			g.labels = max(g.labels, len(r.Under)+1)
		}
	}
	for _, b := range t.Blocks {
		g.width = max(g.width, g.labels+len(b.Columns))
	}
	for bi := range t.Blocks {
		g.block(t, bi)
	}
	return g
}

// block adds a block: its title, its head, its rows.
func (g *grid) block(t *form.Table, bi int) {
	b := &t.Blocks[bi]
	if b.Title != "" {
		g.lines = append(g.lines, line{kind: title, block: bi, row: -1, slots: []slot{{text: b.Title, kind: title, cell: -1, cols: g.width, rows: 1}}})
	}
	paths := make([][]string, len(b.Columns))
	for i, c := range b.Columns {
		paths[i] = append(slices.Clone(c.Under), c.Label)
	}
	spans := g.spans(len(b.Columns))
	heads := headLines(paths, spans, g.labels)
	corner := slot{text: "信息内容", kind: head, cell: -1, cols: g.labels, rows: len(heads)}
	if t.Note != "" {
		corner.text, corner.kind = "（"+t.Note+"）", note
	}
	heads[0] = slices.Insert(heads[0], 0, corner)
	for _, h := range heads {
		g.lines = append(g.lines, line{kind: head, block: bi, row: -1, slots: h})
	}
	var open []string // the groups we are in
	for ri, r := range b.Rows {
		l := line{kind: figure, block: bi, row: ri}
		for depth, name := range r.Under {
			if depth < len(open) && open[depth] == name {
				continue
			}
			n := 1
			for _, below := range b.Rows[ri+1:] {
				if len(below.Under) <= depth || below.Under[depth] != name {
					break
				}
				n++
			}
			l.slots = append(l.slots, slot{text: name, kind: group, cell: -1, col: depth, cols: 1, rows: n})
			open = append(open[:depth], name)
		}
		open = open[:min(len(open), len(r.Under))]
		depth := len(r.Under)
		l.slots = append(l.slots, slot{text: r.Label, kind: label, cell: -1, col: depth, cols: g.labels - depth, rows: 1})
		col := g.labels
		for ci := range b.Columns {
			l.slots = append(l.slots, slot{kind: figure, cell: b.At(ri, ci), col: col, cols: spans[ci], rows: 1})
			col += spans[ci]
		}
		g.lines = append(g.lines, l)
	}
}

// spans shares the columns of the grid among the columns of a block: the last
// one takes what is left over.
func (g *grid) spans(columns int) []int {
	s := make([]int, columns)
	for i := range s {
		s[i] = 1
	}
	s[columns-1] += g.width - g.labels - columns
	return s
}

// headLines merges equal names above each other's columns into groups.
func headLines(paths [][]string, spans []int, from int) [][]slot {
	depth := 0
	for _, p := range paths {
		depth = max(depth, len(p))
	}
	lines := make([][]slot, depth)
	col := from
	for i, p := range paths {
		for d, name := range p {
			leaf := d == len(p)-1
			if !leaf && i > 0 && len(paths[i-1]) > d+1 && slices.Equal(paths[i-1][:d+1], p[:d+1]) {
				lines[d][len(lines[d])-1].cols += spans[i]
				continue
			}
			s := slot{text: name, kind: head, cell: -1, col: col, cols: spans[i], rows: 1}
			if leaf {
				s.rows = depth - d
			}
			lines[d] = append(lines[d], s)
		}
		col += spans[i]
	}
	return lines
}

// acrossGrid lays table four out: its rows side by side.
func acrossGrid(table int, t *form.Table) *grid {
	b := &t.Blocks[0]
	g := &grid{table: table, width: len(b.Rows) * len(b.Columns)}
	var paths [][]string
	l := line{kind: figure, row: 0}
	for ri, r := range b.Rows {
		for ci, c := range b.Columns {
			paths = append(paths, append(append(slices.Clone(r.Under), r.Label), c.Label))
			l.slots = append(l.slots, slot{kind: figure, cell: b.At(ri, ci), col: len(l.slots), cols: 1, rows: 1})
		}
	}
	spans := make([]int, g.width)
	for i := range spans {
		spans[i] = 1
	}
	for _, h := range headLines(paths, spans, 0) {
		g.lines = append(g.lines, line{kind: head, row: -1, slots: h})
	}
	g.lines = append(g.lines, l)
	return g
}

// full writes a grid out as rows of its whole width: a slot's text in its first
// place, repeat in the others it covers. The second result says which slot each
// place belongs to.
func (g *grid) full(repeat func(s slot) string) ([][]string, [][]*slot) {
	text := make([][]string, len(g.lines))
	owner := make([][]*slot, len(g.lines))
	for i := range text {
		text[i] = make([]string, g.width)
		owner[i] = make([]*slot, g.width)
	}
	for i := range g.lines {
		for k := range g.lines[i].slots {
			s := &g.lines[i].slots[k]
			for y := i; y < min(i+s.rows, len(g.lines)); y++ {
				for x := s.col; x < min(s.col+s.cols, g.width); x++ {
					owner[y][x] = s
					if y == i && x == s.col {
						text[y][x] = s.text
					} else {
						text[y][x] = repeat(*s)
					}
				}
			}
		}
	}
	return text, owner
}

// each calls f for every slot.
func (g *grid) each(f func(l *line, s *slot)) {
	for i := range g.lines {
		for k := range g.lines[i].slots {
			f(&g.lines[i], &g.lines[i].slots[k])
		}
	}
}

// flat is a text without its breaks.
func flat(s string) string { return strings.ReplaceAll(s, "\n", "") }

// oneLine is a text with spaces for its breaks.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }
