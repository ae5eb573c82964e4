package paper

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongkai/annualreport/form"
	"gongkai/internal/fault"
)

// XLSX is the figures as a workbook: a sheet of notes and one for each table,
// merged as the form is. Numbers are numbers, blanks are empty cells. It fails
// with Invalid if the report has no form.
func (p *Paper) XLSX() ([]byte, error) {
	grids := p.Grids()
	if len(grids) == 0 {
		return nil, fault.Say(fault.Invalid, sayNothing)
	}
	f := excelize.NewFile()
	defer f.Close()
	w := &workbook{f: f, p: p, styles: map[look]int{}}
	w.must(f.SetDocProps(&excelize.DocProperties{Title: tidy(p.Title), Creator: tidy(p.Report.Agency), LastModifiedBy: tidy(p.Report.Agency),
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z", Language: "zh-CN"}))
	w.must(f.SetSheetName("Sheet1", "说明"))
	w.notes(grids)
	for i := range grids {
		w.sheet(&grids[i])
	}
	if w.err != nil {
		return nil, fmt.Errorf("write workbook: %w", w.err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return settled(out.Bytes())
}

// settled packs an archive again in one order, so that the same report gives the
// same bytes.
func settled(b []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("settle workbook: %w", err)
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int {
		return cmp.Or(cmp.Compare(btoi(a.Name != "[Content_Types].xml"), btoi(b.Name != "[Content_Types].xml")), cmp.Compare(a.Name, b.Name))
	})
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range files {
		if err := func() error {
			r, err := f.Open()
			if err != nil {
				return err
			}
			defer r.Close()
			to, err := zw.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
			if err != nil {
				return err
			}
			_, err = io.Copy(to, r)
			return err
		}(); err != nil {
			return nil, fmt.Errorf("settle workbook: %w", err)
		}
	}
	if err := zw.Close(); err != nil {
		return nil, fmt.Errorf("settle workbook: %w", err)
	}
	return out.Bytes(), nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A workbook is being written; err is the first thing that went wrong.
type workbook struct {
	f      *excelize.File
	p      *Paper
	styles map[look]int
	err    error
}

// A look is how a cell is formatted.
type look struct {
	bold, border, left, large bool
	shade                     bool
	format                    string // number format
}

func (w *workbook) must(err error) {
	if err != nil && w.err == nil {
		w.err = err
	}
}

func (w *workbook) style(l look) int {
	if id, ok := w.styles[l]; ok {
		return id
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: 10.5, Bold: l.bold},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	}
	if l.left {
		s.Alignment.Horizontal = "left"
	}
	if l.large {
		s.Font.Size = 16
	}
	if l.border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.shade {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	id, err := w.f.NewStyle(s)
	w.must(err)
	w.styles[l] = id
	return id
}

func at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		panic(err) // the grids are small
	}
	return name
}

// text puts a line of words across a sheet.
func (w *workbook) text(sheet string, row, cols int, text string, l look, height float64) {
	w.must(w.f.SetCellStr(sheet, at(0, row), text))
	if cols > 1 {
		w.must(w.f.MergeCell(sheet, at(0, row), at(cols-1, row)))
	}
	w.must(w.f.SetCellStyle(sheet, at(0, row), at(cols-1, row), w.style(l)))
	w.must(w.f.SetRowHeight(sheet, row+1, height))
}

// notes is the first sheet: whose figures these are and how to read them.
func (w *workbook) notes(grids []Grid) {
	const sheet = "说明"
	p, r := w.p, w.p.Report
	facts := [][2]string{{"机关", tidy(r.Agency)}}
	if r.Year != 0 {
		facts = append(facts, [2]string{"统计期限", fmt.Sprintf("%d年1月1日至%d年12月31日", r.Year, r.Year)})
	}
	facts = append(facts, [2]string{"格式依据", r.Form.Source + "《" + r.Form.Name + "》"},
		[2]string{"填写说明", "空白表示报告中该格未填数字；“/”表示该项不适用于本机关。"})
	if len(p.Fixes) > 0 {
		facts = append(facts, [2]string{"人工更正", fmt.Sprintf("共%d处，以%s标明，更正情况列在各表之后。", len(p.Fixes), fixMark)})
	}
	if s := p.Contact.say(); s != "" {
		facts = append(facts, [2]string{"联系方式", tidy(s)})
	}
	if s := strings.TrimSpace(tidy(p.Signed) + " " + tidy(p.Made)); s != "" {
		facts = append(facts, [2]string{"落款", s})
	}
	w.must(w.f.SetColWidth(sheet, "A", "A", 12))
	w.must(w.f.SetColWidth(sheet, "B", "B", 76))
	w.text(sheet, 0, 2, tidy(p.Title), look{bold: true, large: true}, 30)
	for i, f := range facts {
		i++ // below the title
		w.must(w.f.SetCellStr(sheet, at(0, i), f[0]))
		w.must(w.f.SetCellStr(sheet, at(1, i), f[1]))
		w.must(w.f.SetCellStyle(sheet, at(0, i), at(0, i), w.style(look{bold: true, left: true, border: true, shade: true})))
		w.must(w.f.SetCellStyle(sheet, at(1, i), at(1, i), w.style(look{left: true, border: true})))
		w.must(w.f.SetRowHeight(sheet, i+1, float64(18*max(1, (width(f[1])+73)/74))))
	}
	w.page(sheet, false, 0)
}

// width counts a text in half-width columns.
func width(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}

// sheet draws one table below its title, and its corrections below it.
func (w *workbook) sheet(g *Grid) {
	name := "表" + string(numerals[g.Chapter-1])
	if _, err := w.f.NewSheet(name); err != nil {
		w.must(err)
		return
	}
	widths := sheetWidths(g)
	for i, n := range widths {
		col := strings.TrimRight(at(i, 0), "0123456789")
		w.must(w.f.SetColWidth(name, col, col, n))
	}
	w.text(name, 0, g.Columns, tidy(w.p.Title), look{bold: true, large: true}, 30)
	w.text(name, 1, g.Columns, string(numerals[g.Chapter-1])+"、"+g.Title, look{bold: true}, 22)
	const top = 2
	for i, line := range g.Lines {
		tall := 1
		for _, b := range line.Boxes {
			w.box(name, top+i, b)
			room := 0.0
			for k := b.Col; k < b.Col+b.Cols; k++ {
				room += widths[k]
			}
			if b.Rows == 1 {
				tall = max(tall, (width(b.Text)+int(room)-2)/max(int(room)-1, 1))
			}
		}
		w.must(w.f.SetRowHeight(name, top+i+1, float64(16*tall+4)))
	}
	row := top + len(g.Lines)
	for _, n := range w.p.notes(g) {
		room := 0.0
		for _, k := range widths {
			room += k
		}
		w.text(name, row, g.Columns, n.text, look{left: true}, float64(16*(1+width(n.text)/int(room))))
		row++
	}
	if g.Head > 0 {
		w.must(w.f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: g.Labels, YSplit: top + g.Head, TopLeftCell: at(g.Labels, top+g.Head), ActivePane: "bottomRight"}))
		w.must(w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", name, top+1, top+g.Head), Scope: name}))
	}
	w.page(name, g.Labels == 0, 1)
}

// sheetWidths are the widths of the columns in characters.
func sheetWidths(g *Grid) []float64 {
	out := make([]float64, g.Columns)
	for i := range out {
		switch {
		case g.Labels == 3 && i < 2:
			out[i] = 11
		case g.Labels == 3 && i == 2:
			out[i] = 33
		case g.Labels == 3:
			out[i] = 7.5
		case g.Labels == 1 && i == 0:
			out[i] = 24
		case g.Labels == 1:
			out[i] = 18
		default:
			out[i] = 9.5
		}
	}
	for _, l := range g.Lines {
		for _, b := range l.Boxes {
			if b.Role == Figure && b.Cols == 1 {
				out[b.Col] = max(out[b.Col], float64(width(b.Text)+2))
			}
		}
	}
	return out
}

func (w *workbook) box(sheet string, row int, b Box) {
	first, last := at(b.Col, row), at(b.Col+b.Cols-1, row+b.Rows-1)
	l := look{border: true, bold: b.Role == Section, shade: b.Role != Figure}
	l.left = b.Role == Beside && b.Rows == 1
	switch {
	case b.Role == Figure && b.exact():
		figure := b.digits()
		w.must(w.f.SetCellDefault(sheet, first, figure))
		l.format = numberFormat(b, figure)
	case b.Text != "":
		w.must(w.f.SetCellStr(sheet, first, b.Text+b.mark()))
	case b.Fix > 0: // a blank that a person put there
		l.shade = true
	}
	if first != last {
		w.must(w.f.MergeCell(sheet, first, last))
	}
	w.must(w.f.SetCellStyle(sheet, first, last, w.style(l)))
}

// digits is the number without its unit, money in 万元.
func (b Box) digits() string {
	if b.Kind.Money() {
		return form.InWan(b.Value.N)
	}
	return strconv.FormatInt(b.Value.N, 10)
}

// mostDigits is how many digits a spreadsheet program keeps of a number.
const mostDigits = 15

// exact tells whether the box holds a number that a workbook can hold exactly;
// one with more digits is written as text.
func (b Box) exact() bool {
	return b.Value.Known() && len(strings.Trim(strings.ReplaceAll(b.digits(), ".", ""), "-0")) <= mostDigits
}

// numberFormat shows a number as the form prints it, with its unit and mark.
func numberFormat(b Box, figure string) string {
	format := "0"
	if _, frac, ok := strings.Cut(figure, "."); ok {
		format += "." + strings.Repeat("0", len(frac))
	}
	tail := ""
	if b.Kind == form.Yuan {
		tail = "万元"
	}
	if b.Fix > 0 {
		tail += fixMark
	}
	if tail != "" {
		format += `"` + tail + `"`
	}
	return format
}

// page makes a sheet print on A4, as wide as the paper and on so many pages; 0
// stands for as many as it takes.
func (w *workbook) page(sheet string, lying bool, tall int) {
	size, fit, way := 9, 1, "portrait"
	if lying {
		way = "landscape"
	}
	w.must(w.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &way, FitToWidth: &fit, FitToHeight: &tall}))
	yes := true
	w.must(w.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}))
	w.must(w.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}))
}
