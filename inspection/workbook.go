package inspection

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Workbook writes a table, its head first, as one sheet of .xlsx. Every cell is
// text: nothing in it is computed or opened.
func Workbook(sheet string, rows [][]string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("inspection: name the sheet: %w", err)
	}
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return nil, fmt.Errorf("inspection: write the sheet: %w", err)
	}
	if len(rows) > 0 {
		for i := range rows[0] {
			if err := w.SetColWidth(i+1, i+1, 16); err != nil {
				return nil, fmt.Errorf("inspection: set a width: %w", err)
			}
		}
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, fmt.Errorf("inspection: style the head: %w", err)
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, s := range row {
			cells[j] = s
			if i == 0 {
				cells[j] = excelize.Cell{StyleID: head, Value: s}
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return nil, fmt.Errorf("inspection: write a row: %w", err)
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
