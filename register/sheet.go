package register

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The sheets of a workbook of one book.
const (
	singleSheet = "逐条登记"
	totalSheet  = "汇总登记"
	guideSheet  = "填写说明"
	choiceSheet = "选项"
)

// sheetRows is how far down the sheets check what is typed.
const sheetRows = 2001

// Workbook writes lines of a book as .xlsx, in the form in which they can be
// read back. Without lines it is the template that units fill in.
func Workbook(b *Book, lines []Line) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	w := writer{f: f, b: b}
	if err := w.sheet(singleSheet, false, lines); err != nil {
		return nil, fmt.Errorf("register: write %s: %w", b.ID, err)
	}
	if b.Totals {
		if err := w.sheet(totalSheet, true, lines); err != nil {
			return nil, fmt.Errorf("register: write totals of %s: %w", b.ID, err)
		}
	}
	if err := w.guide(); err != nil {
		return nil, fmt.Errorf("register: write guide of %s: %w", b.ID, err)
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return nil, err
	}
	f.SetActiveSheet(0)
	buf, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// writer writes the sheets of a workbook.
type writer struct {
	f       *excelize.File
	b       *Book
	choices int // columns used on the sheet of options
}

func (w *writer) sheet(name string, total bool, lines []Line) error {
	if _, err := w.f.NewSheet(name); err != nil {
		return err
	}
	head, err := w.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7EEF5"}},
		Border: []excelize.Border{{Type: "bottom", Color: "1F4E79", Style: 1}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	columns := w.b.ColumnsFor(total)
	for i, c := range columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		style, err := w.style(c)
		if err != nil {
			return err
		}
		for _, do := range []func() error{
			func() error { return w.f.SetColWidth(name, letter, letter, c.width()) },
			func() error { return w.f.SetColStyle(name, letter, style) },
			func() error { return w.f.SetCellStr(name, letter+"1", c.Label) },
			func() error { return w.f.SetCellStyle(name, letter+"1", letter+"1", head) },
			func() error { return w.validate(name, letter, c) },
		} {
			if err := do(); err != nil {
				return err
			}
		}
	}
	row := 1
	for _, l := range lines {
		if l.Total != total {
			continue
		}
		row++
		for i, c := range columns {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				return err
			}
			if err := w.f.SetCellStr(name, at, l.Say(c)); err != nil {
				return err
			}
		}
	}
	return w.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// width is how wide a column is, in characters of the sheet.
func (c Column) width() float64 {
	switch c.Kind {
	case Day, Period, Pieces:
		return 14
	case Long:
		return 40
	case Number:
		return 26
	}
	return 24
}

// style keeps what is typed as it is: a number of a document is no number, a
// month no day.
func (w *writer) style(c Column) (int, error) {
	s := &excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: c.Kind == Long}}
	switch c.Kind {
	case Day:
		form := "yyyy-mm-dd"
		s.CustomNumFmt = &form
	case Pieces, Money:
	default:
		s.NumFmt = 49 // text
	}
	return w.f.NewStyle(s)
}

// validate lets the sheet itself refuse what the register would refuse, as far
// as a sheet can.
func (w *writer) validate(sheet, letter string, c Column) error {
	v := excelize.NewDataValidation(true)
	v.Sqref = fmt.Sprintf("%s2:%s%d", letter, letter, sheetRows)
	v.SetInput(c.Label, c.guide())
	v.SetError(excelize.DataValidationErrorStyleStop, c.Label, c.guide())
	var err error
	switch c.Kind {
	case Choice:
		if err = w.options(c); err == nil {
			from, _ := excelize.ColumnNumberToName(w.choices)
			v.SetSqrefDropList(fmt.Sprintf("%s!$%s$2:$%s$%d", choiceSheet, from, from, len(c.Options)+1))
		}
	case Day:
		err = v.SetRange(fmt.Sprintf("DATE(%d,1,1)", firstYear), "TODAY()", excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
	case Pieces:
		err = v.SetRange(1, maxQuantity, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	case Money:
		err = v.SetRange(0, float64(maxYuan), excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	default:
		err = v.SetRange(0, maxText, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween)
	}
	if err != nil {
		return err
	}
	return w.f.AddDataValidation(sheet, v)
}

// options puts the options of a column onto their own sheet: a list inside the
// cell's rule is bounded to 255 characters.
func (w *writer) options(c Column) error {
	if w.choices == 0 {
		if _, err := w.f.NewSheet(choiceSheet); err != nil {
			return err
		}
		if err := w.f.SetSheetVisible(choiceSheet, false); err != nil {
			return err
		}
	}
	w.choices++
	letter, err := excelize.ColumnNumberToName(w.choices)
	if err != nil {
		return err
	}
	if err := w.f.SetCellStr(choiceSheet, letter+"1", c.Label); err != nil {
		return err
	}
	for i, o := range c.Options {
		if err := w.f.SetCellStr(choiceSheet, fmt.Sprintf("%s%d", letter, i+2), o.Say()); err != nil {
			return err
		}
	}
	return nil
}

// guide says how to fill a column in.
func (c Column) guide() string {
	s := "必填。"
	if c.Optional {
		s = "选填。"
	}
	switch c.Kind {
	case Day:
		s += "日期，如 2025-03-18。"
	case Choice:
		s += "从列表中选择。"
	case Pieces:
		s += "大于零的整数。"
	case Money:
		s += "以元为单位的数字，最多四位小数。"
	}
	if c.Hint != "" {
		s += c.Hint + "。"
	}
	return s
}

// guide is the sheet that explains the others.
func (w *writer) guide() error {
	if _, err := w.f.NewSheet(guideSheet); err != nil {
		return err
	}
	rows := [][]string{{w.b.Title}, {w.b.Help}, {w.b.Begin}, {}, {"工作表", "列", "填写要求", "示例"}}
	for _, total := range []bool{false, true} {
		if total && !w.b.Totals {
			continue
		}
		name := singleSheet
		if total {
			name = totalSheet
		}
		for _, c := range w.b.ColumnsFor(total) {
			rows = append(rows, []string{name, c.Label, c.guide(), c.Example})
		}
	}
	rows = append(rows, nil, []string{"导入时系统先逐行检查并显示结果，确认以后才登记；编号已经登记过的行不会重复导入。"},
		[]string{"不要填写当事人的姓名、身份证号码和电话。"})
	for i, row := range rows {
		for k, s := range row {
			at, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err != nil {
				return err
			}
			if err := w.f.SetCellStr(guideSheet, at, s); err != nil {
				return err
			}
		}
	}
	for letter, width := range map[string]float64{"A": 14, "B": 22, "C": 60, "D": 30} {
		if err := w.f.SetColWidth(guideSheet, letter, letter, width); err != nil {
			return err
		}
	}
	return nil
}
