package inspection

import (
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// A Column is a column of a workbook: its head, how many characters wide it is, and
// what its cells are.
type Column struct {
	Head  string
	Width float64
	Cells Cells
}

// Cells is what the cells of a column are. What does not read as such is text.
type Cells string

// The kinds of cells.
const (
	Text    Cells = ""       // as it stands: nothing is computed, no number loses its digits
	Days    Cells = "day"    // 2026-01-05
	Moments Cells = "moment" // 2026-01-05 14:30
	Numbers Cells = "number"
)

// Workbook writes a table as one sheet of .xlsx that can be sorted, filtered and
// printed: days are days and numbers are numbers, everything else is text, so nothing
// in it is computed or opened. The head stays in sight and stands on
// each printed page, and rows are as high as what stands in them.
func Workbook(sheet string, columns []Column, rows [][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("inspection: name the sheet: %w", err)
	}
	if err := onPaper(f, sheet); err != nil {
		return nil, fmt.Errorf("inspection: set the paper: %w", err)
	}
	styles, err := newStyles(f)
	if err != nil {
		return nil, fmt.Errorf("inspection: make styles: %w", err)
	}
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return nil, fmt.Errorf("inspection: write the sheet: %w", err)
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, fmt.Errorf("inspection: keep the head in sight: %w", err)
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		if err := w.SetColWidth(i+1, i+1, c.Width); err != nil {
			return nil, fmt.Errorf("inspection: set a width: %w", err)
		}
		head[i] = excelize.Cell{StyleID: styles.head, Value: c.Head}
	}
	if err := w.SetRow("A1", head); err != nil {
		return nil, fmt.Errorf("inspection: write the head: %w", err)
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, s := range row {
			cells[j] = styles.cell(columns[j].Cells, s)
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), cells, excelize.RowOpts{Height: height(columns, row)}); err != nil {
			return nil, fmt.Errorf("inspection: write a row: %w", err)
		}
	}
	if len(rows) > 0 {
		last, err := excelize.CoordinatesToCellName(len(columns), len(rows)+1)
		if err != nil {
			return nil, fmt.Errorf("inspection: name a cell: %w", err)
		}
		if err := w.AddTable(&excelize.Table{Range: "A1:" + last, Name: "findings", StyleName: "TableStyleLight1"}); err != nil {
			return nil, fmt.Errorf("inspection: make it a table: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return nil, fmt.Errorf("inspection: finish the sheet: %w", err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("inspection: write the workbook: %w", err)
	}
	return b.Bytes(), nil
}

// lineHeight is the height of a line in points; mostLines is how many of them a row shows
// of a cell that has more.
const (
	lineHeight = 15
	mostLines  = 6
)

// height is how high a row must be for its longest cell. Not every program works that
// out by itself.
func height(columns []Column, row []string) float64 {
	lines := 1
	for i, s := range row {
		wide := 0
		for _, r := range s {
			wide++
			if r > 0x2000 { // Chinese
				wide++
			}
		}
		lines = max(lines, min(mostLines, 1+max(wide-1, 0)/max(int(columns[i].Width)-1, 1)))
	}
	return lineHeight * float64(lines)
}

// onPaper has a sheet print across A4, the columns on two pages beside each other, on
// each of them the head and the first two columns.
func onPaper(f *excelize.File, sheet string) error {
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: new(9), Orientation: new("landscape"), FitToWidth: new(2), FitToHeight: new(0)}); err != nil {
		return err
	}
	if err := f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}); err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!$A:$B,'" + sheet + "'!$1:$1", Scope: sheet})
}

// styles are how the cells of a workbook look.
type styles struct{ head, text, day, moment int }

func newStyles(f *excelize.File) (s styles, err error) {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	for _, style := range []struct {
		id   *int
		make excelize.Style
	}{
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top}},
		{&s.text, excelize.Style{Alignment: top}},
		{&s.day, excelize.Style{Alignment: top, CustomNumFmt: new("yyyy-mm-dd")}},
		{&s.moment, excelize.Style{Alignment: top, CustomNumFmt: new("yyyy-mm-dd hh:mm")}},
	} {
		if *style.id, err = f.NewStyle(&style.make); err != nil {
			return s, err
		}
	}
	return s, nil
}

// cell is a cell of a column.
func (s styles) cell(as Cells, text string) excelize.Cell {
	switch as {
	case Days:
		if t, err := time.Parse(time.DateOnly, text); err == nil {
			return excelize.Cell{StyleID: s.day, Value: t}
		}
	case Moments:
		if t, err := time.Parse("2006-01-02 15:04", text); err == nil {
			return excelize.Cell{StyleID: s.moment, Value: t}
		}
	case Numbers:
		if n, err := strconv.Atoi(text); err == nil {
			return excelize.Cell{StyleID: s.text, Value: n}
		}
	}
	return excelize.Cell{StyleID: s.text, Value: text}
}
