package register

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/fault"
)

// A Row is one row of a sheet that is to be imported: what stands in it, by
// column, not yet checked.
type Row struct {
	Sheet string            `json:"s"` // "" for a file without sheets
	N     int               `json:"n"` // as the sheet numbers it
	Total bool              `json:"t"`
	Cells Values            `json:"c"`
	Where map[string]string `json:"w"` // column → letter of its place
}

// Place names a cell as people do: 工作表“逐条登记”B7.
func (r Row) Place(column string) string {
	at := r.Where[column] + strconv.Itoa(r.N)
	if r.Where[column] == "" {
		at = "第" + strconv.Itoa(r.N) + "行"
	}
	if r.Sheet == "" {
		return at
	}
	return "工作表“" + r.Sheet + "”" + at
}

// MaxRows is how many rows one import takes.
const MaxRows = 2000

const (
	maxSheet    = 64 << 20 // unpacked
	maxColumns  = 60       // that are looked at
	headWithin  = 10       // rows in which the header must stand
	firstSerial = 20000    // spreadsheets count days from 1900; this is 1954
	lastSerial  = 80000
)

// ReadSheet reads a filled-in template, or any sheet with its headings: .xlsx,
// or CSV in UTF-8 or GB18030. It fails with Invalid when it is neither, has none
// of the headings, no rows or too many.
func ReadSheet(b *Book, data []byte) ([]Row, error) {
	type sheet struct {
		name string
		grid [][]string
	}
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return nil, fault.Say(fault.Invalid, sayOldSheet)
	}
	if bytes.HasPrefix(data, []byte("%PDF")) {
		return nil, fault.Say(fault.Invalid, sayNotSheet)
	}
	var sheets []sheet
	if bytes.HasPrefix(data, []byte("PK")) {
		f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxSheet, UnzipXMLSizeLimit: maxSheet, RawCellValue: true})
		if err != nil {
			return nil, fault.Say(fault.Invalid, sayNotSheet)
		}
		defer f.Close()
		for _, name := range f.GetSheetList() {
			if name == guideSheet || name == choiceSheet {
				continue
			}
			grid, err := gridOf(f, name)
			if err != nil {
				return nil, err
			}
			sheets = append(sheets, sheet{name, grid})
		}
	} else {
		grid, ok := readCSV(data)
		if !ok {
			return nil, fault.Say(fault.Invalid, sayNotSheet)
		}
		sheets = append(sheets, sheet{"", grid})
	}
	var rows []Row
	lacking, found := "", false
	for _, s := range sheets {
		got, lack := b.rowsOf(s.name, s.grid)
		found = found || lack == ""
		if lacking == "" {
			lacking = lack
		}
		rows = append(rows, got...)
	}
	switch {
	case !found:
		if lacking == "" {
			return nil, fault.Say(fault.Invalid, sayEmptySheet)
		}
		return nil, fault.Say(fault.Invalid, sayWrongSheet, b.Title, lacking)
	case len(rows) == 0:
		return nil, fault.Say(fault.Invalid, sayEmptySheet)
	case len(rows) > MaxRows:
		return nil, fault.Say(fault.Invalid, sayTooManyRows, MaxRows)
	}
	return rows, nil
}

// gridOf reads a sheet row by row: a single cell in the last corner must not
// make us hold a million empty ones.
func gridOf(f *excelize.File, name string) ([][]string, error) {
	rows, err := f.Rows(name)
	if err != nil {
		return nil, fault.Say(fault.Invalid, sayNotSheet)
	}
	defer rows.Close()
	var grid [][]string
	for n, filled := 0, 0; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, fault.Say(fault.Invalid, sayNotSheet)
		}
		if len(cells) == 0 {
			continue
		}
		if filled++; filled > MaxRows+headWithin {
			return nil, fault.Say(fault.Invalid, sayTooManyRows, MaxRows)
		}
		for len(grid) < n {
			grid = append(grid, nil)
		}
		grid = append(grid, slices.Clone(cells[:min(len(cells), maxColumns)]))
	}
	return grid, nil
}

// rowsOf finds the header in a sheet and reads what is below it. It says which
// heading is lacking when the sheet has rows but no header.
func (b *Book) rowsOf(name string, grid [][]string) (rows []Row, lacking string) {
	total, head, places, lacking := b.header(grid)
	if head < 0 {
		return nil, lacking
	}
	where := map[string]string{}
	for i, c := range places {
		if c != nil {
			where[c.ID], _ = excelize.ColumnNumberToName(i + 1)
		}
	}
	for n := head + 1; n < len(grid); n++ {
		r := Row{Sheet: name, N: n + 1, Total: total, Cells: Values{}, Where: where}
		for i, cell := range grid[n] {
			if i < len(places) && places[i] != nil && strings.TrimSpace(cell) != "" {
				r.Cells[places[i].ID] = places[i].fromSheet(cell)
			}
		}
		if len(r.Cells) > 0 {
			rows = append(rows, r)
		}
	}
	return rows, ""
}

// header finds the row of headings: the first one that has every column that
// must be filled in, of a single line or of a total.
func (b *Book) header(grid [][]string) (total bool, head int, places []*Column, lacking string) {
	best := 0
	for n, row := range grid[:min(len(grid), headWithin)] {
		for _, total := range []bool{false, true} {
			if total && !b.Totals {
				continue
			}
			columns := b.ColumnsFor(total)
			places, hits, lack := make([]*Column, len(row)), 0, ""
			for k := range columns {
				there := false
				for i, cell := range row {
					if alike(cell) == alike(columns[k].Label) && places[i] == nil {
						places[i], there = &columns[k], true
						break
					}
				}
				if there {
					hits++
				} else if !columns[k].Optional && lack == "" {
					lack = columns[k].Label
				}
			}
			if lack == "" {
				return total, n, places, ""
			}
			if hits > best || lacking == "" && len(row) > 0 {
				best, lacking = hits, lack
			}
		}
	}
	return false, -1, nil, lacking
}

// fromSheet gives a raw cell as a person would have typed it: spreadsheets keep
// days as numbers, and sums with dust in the last place.
func (c Column) fromSheet(cell string) string {
	v := strings.TrimSpace(cell)
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return v
	}
	switch c.Kind {
	case Day, Period:
		if n < firstSerial || n > lastSerial {
			return v
		}
		t, err := excelize.ExcelDateToTime(n, false)
		if err != nil {
			return v
		}
		if c.Kind == Period {
			return t.Format("2006-01")
		}
		return t.Format("2006-01-02")
	case Pieces:
		if n == math.Trunc(n) && math.Abs(n) < 1e15 {
			return strconv.FormatInt(int64(n), 10)
		}
	case Money:
		if s := strconv.FormatFloat(n, 'f', 4, 64); strings.ContainsAny(v, ".eE") && math.Abs(n) < 1e9 {
			if near, _ := strconv.ParseFloat(s, 64); math.Abs(near-n) < 1e-7 {
				return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
			}
		}
	}
	return v
}

// readCSV reads text with commas, semicolons or tabs.
func readCSV(data []byte) ([][]string, bool) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	if !utf8.ValidString(text) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, false
		}
		text = string(decoded)
	}
	if strings.ContainsRune(text, 0) {
		return nil, false
	}
	first, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	for _, sep := range []rune{'\t', ';'} {
		if strings.ContainsRune(first, sep) && !strings.ContainsRune(first, ',') {
			r.Comma = sep
		}
	}
	grid, err := numbered(r)
	return grid, err == nil
}

// numbered reads all records and keeps empty lines, so that rows are numbered
// as a person sees them.
func numbered(r *csv.Reader) ([][]string, error) {
	var grid [][]string
	for {
		record, err := r.Read()
		if record == nil {
			if errors.Is(err, io.EOF) {
				return grid, nil
			}
			return grid, err
		}
		if err != nil {
			return grid, err
		}
		line, _ := r.FieldPos(0)
		for len(grid) < line-1 {
			grid = append(grid, nil)
		}
		for i, cell := range record {
			// An apostrophe that keeps a cell from being a formula is not part of it.
			if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@", rune(cell[1])) {
				record[i] = cell[1:]
			}
		}
		grid = append(grid, record)
	}
}
