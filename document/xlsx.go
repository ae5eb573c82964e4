package document

import (
	"bytes"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxSheetBytes bounds a workbook more tightly than other files: its reader
// holds whole sheets in memory.
const maxSheetBytes = 128 << 20

// An xlsxFile is a workbook being read.
type xlsxFile struct {
	office
	f        *excelize.File
	raw      map[string]*rawSheet // by name: what the file says and the page does not show
	hidden   layout               // text of hidden sheets, rows and columns, with its cells
	places   int                  // hidden sheets, rows, columns
	formulas layout               // stored and shown as something else, with its cells
	margins  gathered
	sheets   int // that are shown
	comments []string
	wide     int // grid places looked at
}

func readXlsx(b *budget, d *Doc, data []byte) error {
	a, err := openArchive(b, KindXlsx, data)
	if err != nil {
		return err
	}
	if err := a.weigh(min(b.lim.MaxExpanded, maxSheetBytes)); err != nil {
		return err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: maxSheetBytes + 1, UnzipXMLSizeLimit: maxSheetBytes + 1,
		ShortDatePattern: "yyyy-m-d", LongDatePattern: "yyyy年m月d日", CultureInfo: excelize.CultureNameZhCN,
	})
	if err != nil {
		if strings.Contains(err.Error(), "password") || strings.Contains(err.Error(), "encrypt") {
			return encrypted(KindXlsx)
		}
		return damaged(KindXlsx)
	}
	defer f.Close()
	x := &xlsxFile{office: office{a: a, b: b, d: d}, f: f, raw: map[string]*rawSheet{}}
	if err := x.readRaw(); err != nil {
		return failure(KindXlsx, err)
	}
	for _, name := range f.GetSheetList() {
		if err := x.sheet(name); err != nil {
			return failure(KindXlsx, err)
		}
	}
	if err := x.report(); err != nil {
		return failure(KindXlsx, err)
	}
	if !x.anything() {
		return empty(KindXlsx)
	}
	return nil
}

// weigh unpacks everything once and throws it away, so that a reader that
// trusts the sizes in the directory cannot be surprised.
func (a *archive) weigh(limit int64) error {
	before := a.b.expanded
	for _, name := range a.names {
		r, err := a.open(name)
		if err != nil {
			return err
		}
		if strings.HasSuffix(name, ".xml") {
			_, err = io.Copy(io.Discard, &tagged{r: r})
		} else {
			_, err = io.Copy(io.Discard, r)
		}
		r.Close()
		if err != nil {
			return a.failure(err)
		}
		if a.b.expanded-before > limit {
			return tooExpanded(limit)
		}
		if err := a.b.alive(); err != nil {
			return err
		}
	}
	a.b.expanded = before
	return nil
}

func (x *xlsxFile) anything() bool {
	for _, p := range x.d.Parts {
		if p.Sheet && strings.TrimSpace(p.Text) != "" {
			return true
		}
	}
	return x.hidden.n > 0
}

// sheet reads one sheet. Chart sheets hold no cells.
func (x *xlsxFile) sheet(name string) error {
	visible, err := x.f.GetSheetVisible(name)
	if err != nil {
		return nil
	}
	g, err := x.grid(name)
	if err != nil {
		return err
	}
	if g == nil {
		return nil
	}
	if notes, err := x.f.GetComments(name); err == nil {
		for _, c := range notes { // many sheets may share one list of them
			if err := x.b.node(); err != nil {
				return err
			}
			text := c.Text
			for _, run := range c.Paragraph {
				text += run.Text
			}
			if text = collapse(text); text != "" {
				if err := x.b.addText(text); err != nil {
					return err
				}
				x.comments = append(x.comments, name+"!"+c.Cell+"："+text)
			}
		}
	}
	return x.layOut(name, g, visible)
}

// layOut makes the parts and blocks of a sheet whose cells have been read.
func (x *xlsxFile) layOut(name string, g *xlsxGrid, visible bool) error {
	x.unshown(name, g)
	if !visible {
		x.places++
		x.hide(g, name, func(int, int) bool { return true })
		return nil
	}
	x.places += len(g.hiddenRows) + len(g.hiddenCols)
	x.hide(g, name, g.hides)
	t, err := x.table(name, g)
	if err != nil || t == nil {
		return err
	}
	x.d.Pages++
	x.sheets++
	var l layout
	block := Block{Kind: Grid, Table: t, Page: x.d.Pages}
	l.block(&block, "")
	if err := x.b.addText(l.s.String()); err != nil {
		return err
	}
	x.d.Parts = append(x.d.Parts, Part{Name: name, Sheet: true, Text: l.s.String(), Spans: l.spans})
	if x.d.Pages == 1 {
		x.d.Title = sheetTitle(t)
	}
	x.d.Blocks = append(x.d.Blocks, Block{Kind: Heading, Level: 1, Runs: []Run{{Text: name}}, Page: x.d.Pages}, block)
	return nil
}

// sheetTitle is the first row if it is one cell over the whole table.
func sheetTitle(t *Table) string {
	if len(t.Rows) > 1 && len(t.Rows[0].Cells) == 1 && t.Rows[0].Cells[0].ColSpan > 1 {
		return oneLine(cellText(t.Rows[0].Cells[0]))
	}
	return ""
}

// An xlsxGrid is the formatted values of a sheet, its used rectangle from A1.
type xlsxGrid struct {
	rows       [][]string
	width      int
	hiddenRows map[int]bool
	hiddenCols map[int]bool
}

func (g *xlsxGrid) hides(row, col int) bool { return g.hiddenRows[row] || g.hiddenCols[col] }

func (x *xlsxFile) grid(name string) (*xlsxGrid, error) {
	rows, err := x.f.Rows(name)
	if err != nil {
		return nil, nil // a chart sheet
	}
	defer rows.Close()
	g := &xlsxGrid{hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}}
	last := 0
	for rows.Next() {
		if err := x.b.node(); err != nil {
			return nil, err
		}
		cols, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		if x.wide += len(cols); x.wide > 20*x.b.lim.MaxCells {
			return nil, tooManyCells(x.b.lim.MaxCells)
		}
		filled := 0
		for i, c := range cols {
			if c != "" {
				filled++
				g.width = max(g.width, i+1)
				if int64(len(c)) > 4*int64(x.b.lim.MaxText) {
					return nil, tooMuchText(x.b.lim.MaxText)
				}
			}
		}
		if err := x.b.addCells(filled); err != nil {
			return nil, err
		}
		if (rows.GetRowOpts().Hidden || x.raw[name].flat(len(g.rows))) && filled > 0 {
			g.hiddenRows[len(g.rows)] = true
		}
		g.rows = append(g.rows, cols)
		if filled > 0 {
			last = len(g.rows)
		}
	}
	if err := rows.Error(); err != nil {
		return nil, err
	}
	g.rows = g.rows[:last]
	x.hideColumns(g, x.raw[name])
	return g, nil
}

// hideColumns marks the columns that hold something and are not shown.
func (x *xlsxFile) hideColumns(g *xlsxGrid, raw *rawSheet) {
	thin := raw.thin(g.width)
	for _, r := range g.rows {
		for c, v := range r {
			if v != "" && thin[c] {
				g.hiddenCols[c] = true
			}
		}
	}
}

// hide adds the values a reader does not see to the hidden part.
func (x *xlsxFile) hide(g *xlsxGrid, sheet string, hidden func(row, col int) bool) {
	for r, row := range g.rows {
		for c, v := range row {
			if v != "" && hidden(r, c) {
				x.conceal(sheet, cellName(c, r), v)
			}
		}
	}
}

// conceal adds one value to the hidden part.
func (x *xlsxFile) conceal(sheet, cell, v string) {
	if v = cleanText(v); x.b.addText(v) == nil {
		x.hidden.entry(sheet+"!"+cell, v)
	}
}

// entry writes a line that has a place.
func (l *layout) entry(cell, s string) {
	l.newline()
	start := l.n
	l.write(s)
	l.spans = append(l.spans, Span{Start: start, End: l.n, Cell: cell})
}

// table makes a table of the visible cells; merged ranges become spans over
// what is visible of them.
func (x *xlsxFile) table(name string, g *xlsxGrid) (*Table, error) {
	rowAt, rows := visible(len(g.rows), func(i int) bool { return g.hiddenRows[i] })
	colAt, cols := visible(g.width, func(i int) bool { return g.hiddenCols[i] })
	if rows == 0 || cols == 0 {
		return nil, nil
	}
	if rows*cols > 4*x.b.lim.MaxCells {
		return nil, tooManyCells(x.b.lim.MaxCells)
	}
	type span struct{ rows, cols int }
	spans := map[[2]int]span{}
	covered := map[[2]int]bool{}
	value := map[[2]int]string{}
	for _, m := range x.raw[name].ranges() {
		from, to, _ := strings.Cut(m, ":")
		c0, r0, err0 := excelize.CellNameToCoordinates(from)
		c1, r1, err1 := excelize.CellNameToCoordinates(to)
		if err0 != nil || err1 != nil || r0 > len(g.rows) || c0 > g.width {
			continue
		}
		r1, c1 = min(r1, len(g.rows)), min(c1, g.width)
		top, left := rowAt[r0-1], colAt[c0-1]
		s := span{rowAt[r1] - top, colAt[c1] - left}
		if s.rows <= 0 || s.cols <= 0 || s.rows*s.cols == 1 {
			continue
		}
		if x.wide += s.rows * s.cols; x.wide > 20*x.b.lim.MaxCells {
			return nil, tooManyCells(x.b.lim.MaxCells)
		}
		for r := top; r < top+s.rows; r++ {
			for c := left; c < left+s.cols; c++ {
				covered[[2]int{r, c}] = true
			}
		}
		spans[[2]int{top, left}] = s
		if c0 <= len(g.rows[r0-1]) {
			value[[2]int{top, left}] = g.rows[r0-1][c0-1]
		}
	}
	t := &Table{Rows: make([]Row, 0, rows)}
	for i, row := range g.rows {
		if err := x.b.node(); err != nil {
			return nil, err
		}
		if rowAt[i+1] == rowAt[i] {
			continue
		}
		out := Row{}
		for j := range g.width {
			at := [2]int{rowAt[i], colAt[j]}
			s, begins := spans[at]
			if colAt[j+1] == colAt[j] {
				continue
			}
			if covered[at] && !begins {
				if j < len(row) && row[j] != "" {
					x.conceal(name, cellName(j, i), row[j])
				}
				continue
			}
			c := Cell{Ref: cellName(j, i), Col: at[1], ColSpan: 1, RowSpan: 1}
			text := ""
			if j < len(row) {
				text = row[j]
			}
			if begins {
				c.RowSpan, c.ColSpan = s.rows, s.cols
				if text == "" {
					text = value[at]
				}
			}
			if text = strings.TrimSpace(cleanText(text)); text != "" {
				c.Numerals = numeric(text)
				c.Blocks = []Block{{Kind: Paragraph, Runs: []Run{{Text: text}}}}
			}
			out.Cells = append(out.Cells, c)
		}
		t.Rows = append(t.Rows, out)
	}
	return t, nil
}

// visible numbers what is left when some are hidden: at[i] is the new place of
// i, at[n] the count.
func visible(n int, hidden func(int) bool) (at []int, count int) {
	at = make([]int, n+1)
	for i := range n {
		at[i] = count
		if !hidden(i) {
			count++
		}
	}
	at[n] = count
	return at, count
}
