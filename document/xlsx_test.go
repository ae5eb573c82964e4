package document

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbook builds a real .xlsx.
func workbook(t testing.TB, build func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	build(f)
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func set(t testing.TB, f *excelize.File, sheet string, cells map[string]any) {
	t.Helper()
	for at, v := range cells {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
}

func TestASheetBecomesATableWithItsMergedCells(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		set(t, f, "Sheet1", map[string]any{"A1": "2026年补贴发放名单", "A2": "序号", "B2": "单位", "C2": "金额（元）", "A3": 1, "B3": "甲企业", "C3": 1200.5, "A4": 2, "C4": 900})
		if err := f.MergeCell("Sheet1", "A1", "C1"); err != nil {
			t.Fatal(err)
		}
		if err := f.MergeCell("Sheet1", "B3", "B4"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetName("Sheet1", "名单"); err != nil {
			t.Fatal(err)
		}
	})
	d := mustRead(t, "a.xlsx", data)
	if d.Kind != KindXlsx || d.Title != "2026年补贴发放名单" || d.Pages != 1 {
		t.Errorf("kind %s, title %q, pages %d", d.Kind, d.Title, d.Pages)
	}
	p, _ := d.Part("名单")
	same(t, "text", p.Text, "2026年补贴发放名单\n序号\t单位\t金额（元）\n1\t甲企业\t1200.5\n2\t900")
	if cell, page := p.At(runeIndex(p.Text, "甲企业")); cell != "B3" || page != 1 {
		t.Errorf("At = %s, page %d, want B3 on sheet 1", cell, page)
	}
	if h := d.HTML(); !strings.Contains(h, `<td colspan="3"`) && !strings.Contains(h, `colspan="3"`) || !strings.Contains(h, `rowspan="2"`) || !strings.Contains(h, "<h2>名单</h2>") {
		t.Errorf("HTML = %s", h)
	}
}

func TestHiddenSheetsRowsAndColumnsAreReported(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		set(t, f, "Sheet1", map[string]any{"A1": "姓名", "B1": "证件", "C1": "金额", "A2": "甲", "B2": "列里的秘密", "C2": 1, "A3": "行里的秘密", "C3": 2, "A4": "丙", "C4": 3})
		if _, err := f.NewSheet("底稿"); err != nil {
			t.Fatal(err)
		}
		set(t, f, "底稿", map[string]any{"B2": "表里的秘密"})
		for _, err := range []error{f.SetColVisible("Sheet1", "B", false), f.SetRowVisible("Sheet1", 3, false), f.SetSheetVisible("底稿", false, true),
			f.AddComment("Sheet1", excelize.Comment{Cell: "A2", Author: "审核", Paragraph: []excelize.RichTextRun{{Text: "再核"}}})} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	d := mustRead(t, "a.xlsx", data)
	p, _ := d.Part("Sheet1")
	same(t, "visible", p.Text, "姓名\t金额\n甲\t1\n丙\t3")
	h, _ := d.Part(PartHidden)
	same(t, "hidden", h.Text, "证件\n列里的秘密\n行里的秘密\n2\n表里的秘密")
	if cell, _ := h.At(runeIndex(h.Text, "表里的秘密")); cell != "底稿!B2" {
		t.Errorf("place = %s, want 底稿!B2", cell)
	}
	hasNote(t, d, NoteHidden, 3)
	hasNote(t, d, NoteComment, 1)
	if strings.Contains(d.HTML(), "秘密") {
		t.Error("the page shows hidden cells")
	}
}

func TestAWorkbookFromLibreOfficeIsRead(t *testing.T) {
	d := mustRead(t, "sheet.xlsx", testdata(t, "sheet.xlsx"))
	same(t, "text", partText(t, d, "补贴名单"), "2026年补贴发放名单\n序号\t单位\t金额（元）\n1\t甲企业\t1200.5")
}

func TestAWorkbookWithTooManyCellsIsRefused(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		for r := 1; r <= 60; r++ {
			for c := 1; c <= 20; c++ {
				at, _ := excelize.CoordinatesToCellName(c, r)
				set(t, f, "Sheet1", map[string]any{at: r * c})
			}
		}
	})
	_, err := Read(context.Background(), "a.xlsx", data, Limits{MaxCells: 1000})
	refused(t, err, "单元格")
}
