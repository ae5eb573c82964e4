package document

import (
	"strings"
	"testing"
)

// testdata/list.xls is a workbook of two sheets written by LibreOffice: forty rows,
// strings that run over several records, row 3, column C and the second sheet
// hidden, a date, a formula, merged cells, a comment, a header.
func TestAnOldWorkbookIsReadLikeANewOne(t *testing.T) {
	d := mustRead(t, "list.xls", testdata(t, "list.xls"))
	same(t, "kind", d.Kind, KindXls)
	same(t, "sheets", d.Pages, 1)
	text := partText(t, d, "名单")
	lines := strings.Split(text, "\n")
	same(t, "head", lines[0], "序号\t姓名\t日期\t金额\t备注")
	if !strings.HasPrefix(lines[1], "1\t王示例\t2026-1-5\t2.5\t长字符串") || !strings.HasSuffix(lines[1], strings.Repeat("长字符串", 200)+"2") {
		t.Errorf("second row = %.80q, want the date and a long string as a whole", lines[1])
	}
	same(t, "last rows", strings.Join(lines[len(lines)-2:], "\n"), "\t\t\t1023.75\t合计\n合并的一格\t\t")
	part, _ := d.Part("名单")
	if cell, _ := part.At(runeIndex(text, "2026-1-5")); cell != "D2" {
		t.Errorf("the date stands in %q, want D2", cell)
	}
	hidden := partText(t, d, PartHidden)
	for _, want := range []string{"编号", "甲乙丙000040", "3.75", "藏着的"} {
		if !strings.Contains(hidden, want) {
			t.Errorf("the hidden part lacks %q", want)
		}
	}
	h, _ := d.Part(PartHidden)
	if cell, _ := h.At(runeIndex(hidden, "藏着的")); cell != "底稿!B2" {
		t.Errorf("the hidden sheet's cell is %q, want 底稿!B2", cell)
	}
	same(t, "comment", partText(t, d, PartComment), "名单!B2：请核对")
	same(t, "margin", partText(t, d, PartFooter), "内部 123456")
	same(t, "metadata", partText(t, d, PartMetadata), "creator: 王示例")
	hasNote(t, d, NoteHidden, 3)
}

func TestCompressedNumbersAreWhatTheyStandFor(t *testing.T) {
	for rk, want := range map[uint32]float64{0x3ff00000: 1, 0x3ff00001: 0.01, 123<<2 | 2: 123, 123<<2 | 3: 1.23, 0xfffffffe: -1} {
		if got := rkValue(rk); got != want {
			t.Errorf("rkValue(%#x) = %v, want %v", rk, got, want)
		}
	}
}
