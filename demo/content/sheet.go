package content

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Sheet writes the tables of a text as a workbook, a sheet a table; numbers stay
// numbers.
func Sheet(body Body) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	n := 0
	for _, b := range body {
		if b.Table == nil {
			continue
		}
		n++
		name := "Sheet" + strconv.Itoa(n)
		if n > 1 {
			if _, err := f.NewSheet(name); err != nil {
				return nil, fmt.Errorf("write sheet: %w", err)
			}
		}
		if err := fillSheet(f, name, b.Table); err != nil {
			return nil, fmt.Errorf("write sheet: %w", err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "明镜区", Created: "2024-01-01T00:00:00Z", Modified: "2024-01-01T00:00:00Z"}); err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write sheet: %w", err)
	}
	return out.Bytes(), nil
}

func fillSheet(f *excelize.File, sheet string, t *Table) error {
	row := 1
	if t.Caption != "" {
		if err := f.SetCellStr(sheet, "A1", t.Caption); err != nil {
			return err
		}
		row++
	}
	covered := map[[2]int]bool{}
	for _, r := range append(append([][]Cell{}, t.Head...), t.Rows...) {
		col := 1
		for _, c := range r {
			for covered[[2]int{row, col}] {
				col++
			}
			at, err := excelize.CoordinatesToCellName(col, row)
			if err != nil {
				return err
			}
			var value any = c.Text
			if x, err := strconv.ParseFloat(strings.ReplaceAll(c.Text, ",", ""), 64); err == nil && len(c.Text) < 13 {
				value = x
			}
			if err := f.SetCellValue(sheet, at, value); err != nil {
				return err
			}
			cols, rows := max(1, c.Cols), max(1, c.Rows)
			for dr := range rows {
				for dc := range cols {
					covered[[2]int{row + dr, col + dc}] = true
				}
			}
			if cols*rows > 1 {
				end, err := excelize.CoordinatesToCellName(col+cols-1, row+rows-1)
				if err != nil {
					return err
				}
				if err := f.MergeCell(sheet, at, end); err != nil {
					return err
				}
			}
			col += cols
		}
		row++
	}
	return f.SetColWidth(sheet, "A", "H", 18)
}
