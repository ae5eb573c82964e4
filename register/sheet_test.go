package register_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/register"
)

// filled is the template of a book with cells typed into a sheet.
func filled(t testing.TB, book register.BookID, sheet string, cells map[string]any) []byte {
	t.Helper()
	data, err := register.Workbook(register.ByID(book), nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, v := range cells {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestTheTemplateIsReadBackAsItWasFilledIn(t *testing.T) {
	each(t, func(v *district) {
		data := filled(t, "application", "逐条登记", map[string]any{
			"A2": "依申请2025-1", "B2": "2025/3/3", "C2": "自然人", "D2": "属于三类内部事务信息", "E2": 45741, // 2025-03-25
			"A4": "依申请2025-2", "B4": "2025年12月30日", "C4": "商业企业",
		})
		rows, err := register.ReadSheet(register.ByID("application"), data)
		v.must(err)
		var p register.Preview
		v.read(func(tx *db.Tx) (err error) {
			p, err = register.Check(tx, v.writer, school, "application", rows)
			return err
		})
		if p.New != 2 || p.Wrong != 0 || p.Known != 0 {
			t.Fatalf("Check = %d new, %d known, %d wrong: %+v", p.New, p.Known, p.Wrong, p.Rows)
		}
		v.counted(2025, map[string]string{"application.new.自然人": "?"})
		n, err := v.registers.Import(v.ctx, v.writer, school, "application", rows)
		v.must(err)
		if n != 2 {
			t.Errorf("Import = %d, want 2", n)
		}
		v.counted(2025, map[string]string{"application.new.自然人": "1", "application.deny5.自然人": "1", "application.forward.商业企业": "1"})
		_, err = v.registers.Import(v.ctx, v.writer, school, "application", rows)
		v.refused("the same file again", err, fault.Conflict)
		v.verify()
	})
}

func TestAWrongRowNamesItsCell(t *testing.T) {
	each(t, func(v *district) {
		data := filled(t, "application", "逐条登记", map[string]any{
			"A2": "依申请2025-1", "B2": "2025-03-03", "C2": "自然人",
			"A7": "依申请2025-2", "B7": "上个月", "C7": "自然人",
			"A8": "依申请2025-1", "B8": "2025-03-04", "C8": "其他",
		})
		rows, err := register.ReadSheet(register.ByID("application"), data)
		v.must(err)
		v.read(func(tx *db.Tx) error {
			p, err := register.Check(tx, v.writer, school, "application", rows)
			v.must(err)
			if p.New != 1 || p.Wrong != 1 || p.Known != 1 {
				t.Fatalf("Check = %d new, %d known, %d wrong", p.New, p.Known, p.Wrong)
			}
			if got, want := p.Rows[1].Wrong[0], "工作表“逐条登记”B7：收到日期不是日期，请写成 2025-03-01 这样"; got != want {
				t.Errorf("row 7 says %q, want %q", got, want)
			}
			if got, want := p.Rows[2].Note, "与第2行重复"; got != want {
				t.Errorf("row 8 says %q, want %q", got, want)
			}
			return nil
		})
		_, err = v.registers.Import(v.ctx, v.writer, school, "application", rows)
		v.refused("a wrong row", err, fault.Invalid)
		v.counted(2025, map[string]string{"application.new.自然人": "?"})
		v.verify()
	})
}

func TestTotalsAreReadFromTheirOwnSheet(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	data := filled(t, "fee", "汇总登记", map[string]any{
		"A2": 45717, "B2": "不动产登记费", "C2": 0.1 + 0.2, "D2": 3, "E2": "非税系统", // a month that the program made a day of
		"A3": "2025-04", "B3": "不动产登记费", "C3": "1,234.56", "D3": 8.0, "E3": "非税系统",
	})
	rows, err := register.ReadSheet(register.ByID("fee"), data)
	v.must(err)
	_, err = v.registers.Import(v.ctx, v.writer, school, "fee", rows)
	v.must(err)
	v.counted(2025, map[string]string{"fee.amount": "12348600", "fee.payments": "11"})
	_, err = v.registers.Import(v.ctx, v.writer, school, "fee", rows)
	v.refused("the same totals again", err, fault.Conflict)
}

// TestACellInTheLastCornerIsNoBurden: what is empty costs nothing, wherever the
// sheet ends.
func TestACellInTheLastCornerIsNoBurden(t *testing.T) {
	data := filled(t, "permit", "逐条登记", map[string]any{"A2": "1号", "B2": "2025-03-18", "C2": "某事项", "D2": "准予许可"})
	data = rewrite(t, data, func(sheet string) string {
		last := `<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>2号</t></is></c><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>`
		return strings.Replace(sheet, "</sheetData>", last+"</sheetData>", 1)
	})
	rows, err := register.ReadSheet(register.ByID("permit"), data)
	if err != nil || len(rows) != 2 || rows[1].N != 1048576 || len(rows[0].Cells) != 4 {
		t.Errorf("ReadSheet = %d rows, %v", len(rows), err)
	}
}

// rewrite changes the XML of the first sheet of a template.
func rewrite(t testing.TB, data []byte, change func(string) string) []byte {
	t.Helper()
	old, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range old.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "xl/worksheets/sheet2.xml" {
			body = []byte(change(string(body)))
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCSVIsReadInBothEncodings(t *testing.T) {
	text := "序号,决定书文号,决定日期,决定类型,备注\r\n1,明教许〔2025〕1号,2025.3.18,准予许可,\"含逗号,的备注\"\r\n\r\n2,明教许〔2025〕2号,2025-3-19,不予许可,\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"UTF-8": text, "with a mark": "\ufeff" + text, "GB18030": gb, "tabs": strings.ReplaceAll(strings.ReplaceAll(text, "\"含逗号,的备注\"", "无"), ",", "\t")} {
		rows, err := register.ReadSheet(register.ByID("permit"), []byte(data))
		if err != nil || len(rows) != 2 || rows[0].Cells["no"] != "明教许〔2025〕1号" || rows[1].N != 4 {
			t.Errorf("%s: ReadSheet = %+v, %v", name, rows, err)
			continue
		}
		if got, want := rows[1].Place("day"), "C4"; got != want {
			t.Errorf("%s: Place = %s, want %s", name, got, want)
		}
	}
}

func TestWhatIsNoTemplateIsRefused(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	b := register.ByID("permit")
	empty, err := register.Workbook(b, nil)
	v.must(err)
	other, err := register.Workbook(register.ByID("remedy"), nil)
	v.must(err)
	var long strings.Builder
	w := csv.NewWriter(&long)
	v.must(w.Write([]string{"决定书文号", "决定日期", "决定类型"}))
	for range register.MaxRows + 1 {
		v.must(w.Write([]string{"1", "2025-01-01", "准予许可"}))
	}
	w.Flush()
	for name, data := range map[string][]byte{
		"the empty template": empty, "another book's": other, "a broken workbook": empty[:len(empty)/2], "no sheet at all": []byte("%PDF-1.7"),
		"bytes": {0, 1, 2, 0xff}, "a workbook of twenty years ago": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "nothing": nil, "too many rows": []byte(long.String()),
	} {
		_, err := register.ReadSheet(b, data)
		v.refused(name, err, fault.Invalid)
	}
	_, err = v.registers.Import(v.ctx, v.writer, school, "nonsense", []register.Row{{N: 2}})
	v.refused("an unknown book", err, fault.NotFound)
	_, err = v.registers.Import(v.ctx, v.writer, school, "permit", make([]register.Row, register.MaxRows+1))
	v.refused("too many rows", err, fault.Invalid)
}

// TestAnExportIsReadBackWhole writes lines of every book and reads them back.
func TestAnExportIsReadBackWhole(t *testing.T) {
	v := newDistrict(t, dbtest.SQLite(t, register.Schema))
	dice := newDice()
	for _, b := range register.Books() {
		for i := range 6 {
			_, err := v.registers.Add(v.ctx, v.writer, randomEntry(dice, b, school, i))
			v.must(err)
		}
		v.read(func(tx *db.Tx) error {
			var want []register.Values
			for year := 2022; year <= 2025; year++ {
				lines, _, err := register.List(tx, register.Filter{Unit: school, Book: b.ID, Year: year})
				v.must(err)
				data, err := register.Workbook(b, lines)
				v.must(err)
				want = nil
				for _, total := range []bool{false, true} {
					for _, l := range lines {
						if l.Total == total {
							want = append(want, l.Values)
						}
					}
				}
				if len(lines) == 0 {
					continue
				}
				rows, err := register.ReadSheet(b, data)
				v.must(err)
				p, err := register.Check(tx, v.writer, school, b.ID, rows)
				v.must(err)
				var got []register.Values
				for _, c := range p.Rows {
					got = append(got, c.Line.Values)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s %d read back (-want +got):\n%s", b.ID, year, diff)
				}
				if p.Known != len(rows) {
					t.Errorf("%s %d: %d of %d rows are known", b.ID, year, p.Known, len(rows))
				}
			}
			return nil
		})
	}
}

func FuzzASheetNeverBreaksTheReader(f *testing.F) {
	for _, b := range register.Books() {
		data, err := register.Workbook(b, nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("决定书文号,决定日期,决定类型\n1,2025-01-01,准予许可\n"))
	f.Add([]byte("\"决定书文号\n,决定日期"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, id := range []register.BookID{"permit", "application"} {
			rows, err := register.ReadSheet(register.ByID(id), data)
			if err == nil && len(rows) == 0 || err != nil && fault.Sentence(err) == "" {
				t.Errorf("ReadSheet = %d rows, %v", len(rows), err)
			}
		}
	})
}
