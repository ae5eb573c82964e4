package document

import "strings"

// An odfSheet is one sheet being read. It is laid out as sheets of the Office format
// are.
type odfSheet struct {
	*odfFile
	t    *odfText
	name string
	grid *xlsxGrid
	raw  *rawSheet
	row  int
	col  int // of the columns declared so far
}

// lastSheetRow is beyond what any program opens.
const lastSheetRow = 1 << 21

// sheets reads the sheets of a workbook, and what was in them before changes that are
// still recorded.
func (f *odfFile) sheets(x *xmlStream) error {
	t := &odfText{odfFile: f, x: x}
	return x.children(func(e element) error {
		switch e.name {
		case "table":
			s := &odfSheet{odfFile: f, t: t, name: cleanText(e.attr("name")), grid: &xlsxGrid{hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}}, raw: &rawSheet{flatRows: map[int]bool{}}}
			return s.read(!f.unseen("table", e.attr("style-name")))
		case "tracked-changes":
			return t.changes()
		}
		return nil
	})
}

func (s *odfSheet) read(visible bool) error {
	if err := s.t.x.children(func(e element) error { return s.rows(e, false) }); err != nil {
		return err
	}
	for n := range s.grid.hiddenRows {
		if n >= len(s.grid.rows) || strings.Join(s.grid.rows[n], "") == "" {
			delete(s.grid.hiddenRows, n)
		}
	}
	s.book.raw[s.name] = s.raw
	s.book.hideColumns(s.grid, s.raw)
	return s.book.layOut(s.name, s.grid, visible)
}

// rows reads columns and rows, and the groups they lie in.
func (s *odfSheet) rows(e element, hidden bool) error {
	hidden = hidden || e.attr("display") == "false"
	switch v := e.attr("visibility"); e.name {
	case "table-columns", "table-header-columns", "table-column-group", "table-rows", "table-header-rows", "table-row-group":
		return s.t.x.children(func(e element) error { return s.rows(e, hidden) })
	case "table-column":
		n := repeated(e, "number-columns-repeated")
		if hidden || v == "collapse" || v == "filter" {
			s.raw.thinCols = append(s.raw.thinCols, [2]int{s.col, s.col + n - 1})
		}
		s.col = min(s.col+n, 1<<24)
	case "table-row":
		return s.cells(repeated(e, "number-rows-repeated"), hidden || v == "collapse" || v == "filter")
	case "shapes":
		var drawn []Block
		err := s.t.shape(e, &drawn)
		s.draw(drawn)
		return err
	}
	return nil
}

func (s *odfSheet) draw(blocks []Block) {
	for line := range strings.Lines(plain(blocks)) {
		s.drawn.add(line)
	}
}

// cells reads a row that stands for so many. What is empty costs nothing, however
// often it is repeated; what is not is counted before it is written.
func (s *odfSheet) cells(times int, hidden bool) error {
	var row []string
	col, filled, letters := 0, 0, 0
	err := s.t.x.children(func(e element) error {
		if e.name != "table-cell" && e.name != "covered-table-cell" {
			return nil
		}
		n := repeated(e, "number-columns-repeated")
		text, err := s.cell(e, col)
		if err != nil {
			return err
		}
		if text == "" {
			col = min(col+n, 1<<24)
			return nil
		}
		if col+n > 1<<14 {
			return tooManyCells(s.b.lim.MaxCells)
		}
		filled += n
		if letters += n * runeLen(text); filled > s.b.lim.MaxCells || letters > s.b.lim.MaxText {
			return tooMuchText(s.b.lim.MaxText)
		}
		for len(row) < col {
			row = append(row, "")
		}
		for range n {
			row = append(row, text)
		}
		s.grid.width = max(s.grid.width, col+n)
		col += n
		return nil
	})
	if err != nil || len(row) == 0 {
		s.row = min(s.row+times, 1<<25)
		return err
	}
	if s.row+times > lastSheetRow || times > s.b.lim.MaxCells {
		return tooManyCells(s.b.lim.MaxCells)
	}
	if err := s.b.addCells(filled * times); err != nil {
		return err
	}
	if s.b.text += letters * (times - 1); s.b.text > s.b.lim.MaxText {
		return tooMuchText(s.b.lim.MaxText)
	}
	if s.book.wide += len(row) * times; s.book.wide > 20*s.b.lim.MaxCells {
		return tooManyCells(s.b.lim.MaxCells)
	}
	for len(s.grid.rows) < s.row {
		s.grid.rows = append(s.grid.rows, nil)
	}
	for range times {
		if hidden {
			s.grid.hiddenRows[s.row] = true
		}
		s.grid.rows = append(s.grid.rows, row)
		s.row++
	}
	return nil
}

// cell reads one cell: what it shows, and what it holds.
func (s *odfSheet) cell(e element, col int) (string, error) {
	place := cellName(col, s.row)
	var said, drawn []Block
	err := s.t.x.children(func(e element) error {
		switch e.name {
		case "annotation":
			text, err := s.t.comment()
			if text != "" {
				s.book.comments = append(s.book.comments, s.name+"!"+place+"："+text)
			}
			return err
		case "p", "h", "list", "table":
			return s.t.block(e, &said)
		}
		return s.t.shape(e, &drawn)
	})
	s.draw(drawn)
	if len(said) == 0 {
		return "", err
	}
	if c, r := clampSpan(e.attr("number-columns-spanned"), 1), repeated(e, "number-rows-spanned"); c > 1 || r > 1 {
		s.raw.merged = append(s.raw.merged, place+":"+cellName(col+max(1, c)-1, s.row+min(r, longestSpan)-1))
	}
	formula, value := e.attr("formula"), e.attr("value")
	if !strings.Contains(formula, `"`) || !telling(formula) {
		formula = ""
	}
	if formula != "" || len(value) >= 6 {
		s.raw.cells = append(s.raw.cells, rawCell{cell: place, formula: formula, value: value})
	}
	return plain(said), err
}
