package paper

import (
	"slices"

	"gongkai/annualreport/form"
)

// A Grid is a statutory table laid out in lines of boxes.
type Grid struct {
	ID      string // "table2"
	Chapter int    // the chapter it stands in
	Title   string // as the chapter is called
	Columns int
	Labels  int // how many columns on the left hold labels only
	Head    int // lines that head the columns and repeat on each page
	Lines   []Line
}

// A Line is one row of a Grid. A box that reaches down from above does not
// appear in it again.
type Line struct {
	Boxes []Box
	Opens bool // the first line of a block, 第二十条第（一）项
}

// A Role says what a box is for.
type Role uint8

// The roles.
const (
	Figure  Role = iota // a cell of the form
	Corner              // the note above the labels of the rows
	Above               // heads one or more columns
	Beside              // heads one or more rows
	Section             // heads a block, across the whole width
)

// A Box is one printed cell, merged or not.
type Box struct {
	Role  Role
	Text  string
	Col   int // first column, from 0
	Cols  int // columns spanned
	Rows  int // lines spanned
	Cell  int // Figure: the form's cell; else -1
	Value form.Value
	Kind  form.Kind
	Fix   int // Figure: the correction it carries, from 1; 0 for none
}

// fixMark stands behind a figure that was corrected by hand. It is no digit and
// nothing that compatibility folding turns into one, so nobody takes it for part
// of the number.
const fixMark = "*"

// Grids lays out the tables the report has, in printing order; nil if it has no
// form.
func (p *Paper) Grids() []Grid {
	r := p.Report
	if r == nil || r.Form == nil {
		return nil
	}
	var out []Grid
	for i := range r.Form.Tables {
		t := &r.Form.Tables[i]
		if r.Lacks(t.ID) {
			continue
		}
		g := Grid{ID: t.ID, Chapter: t.Chapter, Title: t.Title}
		l := layout{p: p, t: t, g: &g}
		switch {
		case t.Across:
			l.across()
		case slices.ContainsFunc(t.Blocks, func(b form.Block) bool { return b.Title != "" }):
			l.stacked()
		default:
			l.matrix()
		}
		out = append(out, g)
	}
	return out
}

type layout struct {
	p *Paper
	t *form.Table
	g *Grid
}

// figure is the box of a cell.
func (l *layout) figure(cell, col, cols int) Box {
	v, kind := l.p.Report.Values[cell], l.p.Report.Form.Cells[cell].Kind
	b := Box{Role: Figure, Text: v.Print(kind), Col: col, Cols: cols, Rows: 1, Cell: cell, Value: v, Kind: kind}
	b.Fix = 1 + slices.IndexFunc(l.p.Fixes, func(f Fix) bool { return f.Cell == cell })
	return b
}

func label(role Role, text string, col, cols, rows int) Box {
	return Box{Role: role, Text: text, Col: col, Cols: cols, Rows: rows, Cell: -1}
}

// rows are the numbers of a block's rows that the report has.
func (l *layout) rows(b *form.Block) []int {
	var out []int
	for i, r := range b.Rows {
		if !l.p.Report.Lacks(l.t.ID + "." + r.ID) {
			out = append(out, i)
		}
	}
	return out
}

// stacked is table two: a block for each item of article 20 with a head line and
// columns of its own. The last column of a narrow block takes what room is left.
func (l *layout) stacked() {
	wide := 0
	for _, b := range l.t.Blocks {
		wide = max(wide, len(b.Columns))
	}
	l.g.Columns, l.g.Labels = 1+wide, 1
	span := func(b *form.Block, c int) int {
		if c == len(b.Columns)-1 {
			return wide - c
		}
		return 1
	}
	for i := range l.t.Blocks {
		b := &l.t.Blocks[i]
		l.g.Lines = append(l.g.Lines, Line{Boxes: []Box{label(Section, b.Title, 0, 1+wide, 1)}, Opens: true})
		names := Line{Boxes: []Box{label(Above, "信息内容", 0, 1, 1)}}
		for c, col := range b.Columns {
			names.Boxes = append(names.Boxes, label(Above, col.Label, 1+c, span(b, c), 1))
		}
		l.g.Lines = append(l.g.Lines, names)
		for _, r := range l.rows(b) {
			line := Line{Boxes: []Box{label(Beside, b.Rows[r].Label, 0, 1, 1)}}
			for c := range b.Columns {
				line.Boxes = append(line.Boxes, l.figure(b.At(r, c), 1+c, span(b, c)))
			}
			l.g.Lines = append(l.g.Lines, line)
		}
	}
}

// matrix is table three: labels merged in levels on the left and above.
func (l *layout) matrix() {
	for i := range l.t.Blocks {
		b := &l.t.Blocks[i]
		rows := l.rows(b)
		beside := make([][]string, len(rows))
		for k, r := range rows {
			beside[k] = path(b.Rows[r].Under, b.Rows[r].Label)
		}
		above := make([][]string, len(b.Columns))
		for k, c := range b.Columns {
			above[k] = path(c.Under, c.Label)
		}
		left, top := deepest(beside), deepest(above)
		l.g.Columns, l.g.Labels, l.g.Head = left+len(b.Columns), left, top
		head := make([]Line, top)
		note := l.t.Note
		if note != "" {
			note = "（" + note + "）"
		}
		head[0].Boxes = append(head[0].Boxes, label(Corner, note, 0, left, top))
		for _, br := range branches(above) {
			head[br.level].Boxes = append(head[br.level].Boxes, label(Above, br.text, left+br.first, br.count, br.deep))
		}
		body := make([]Line, len(rows))
		for _, br := range branches(beside) {
			body[br.first].Boxes = append(body[br.first].Boxes, label(Beside, br.text, br.level, br.deep, br.count))
		}
		for k, r := range rows {
			for c := range b.Columns {
				body[k].Boxes = append(body[k].Boxes, l.figure(b.At(r, c), left+c, 1))
			}
		}
		l.g.Lines = append(append(l.g.Lines, head...), body...)
	}
}

// across is table four: the rows side by side in one line of figures.
func (l *layout) across() {
	var above [][]string
	var figures Line
	for i := range l.t.Blocks {
		b := &l.t.Blocks[i]
		for _, r := range l.rows(b) {
			for c, col := range b.Columns {
				figures.Boxes = append(figures.Boxes, l.figure(b.At(r, c), len(above), 1))
				above = append(above, append(path(b.Rows[r].Under, b.Rows[r].Label), col.Label))
			}
		}
	}
	l.g.Columns, l.g.Head = len(above), deepest(above)
	head := make([]Line, l.g.Head)
	for _, br := range branches(above) {
		head[br.level].Boxes = append(head[br.level].Boxes, label(Above, br.text, br.first, br.count, br.deep))
	}
	l.g.Lines = append(head, figures)
}

// path is the labels from the outermost merged cell to the line's own.
func path(under []string, own string) []string { return append(slices.Clone(under), own) }

func deepest(paths [][]string) int {
	n := 0
	for _, p := range paths {
		n = max(n, len(p))
	}
	return n
}

// A branch is one merged label over a run of neighbouring paths.
type branch struct {
	text         string
	level        int
	first, count int // the paths it covers
	deep         int // levels it covers: a leaf reaches to the figures
}

// branches merges the labels of neighbouring paths, in the order of the paths,
// outermost first.
func branches(paths [][]string) []branch {
	depth := deepest(paths)
	var out []branch
	for i, p := range paths {
		for level := range p {
			if level == len(p)-1 {
				out = append(out, branch{p[level], level, i, 1, depth - level})
				continue
			}
			if i > 0 && within(paths[i-1], p[:level+1]) {
				continue
			}
			n := 1
			for i+n < len(paths) && within(paths[i+n], p[:level+1]) {
				n++
			}
			out = append(out, branch{p[level], level, i, n, 1})
		}
	}
	return out
}

// within tells whether a path goes on below the labels given.
func within(p, prefix []string) bool {
	return len(p) > len(prefix) && slices.Equal(p[:len(prefix)], prefix)
}
