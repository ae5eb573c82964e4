package masking_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gongkai/document"
	"gongkai/inspection/engine"
	"gongkai/inspection/masking"
	"gongkai/internal/fault"
)

// Ten thousand entries that are one entry would be written one beside the other.
func TestEntriesOnTopOfEachOtherAreRefused(t *testing.T) {
	data := docx(t, map[string]string{"word/document.xml": body(`<w:p><w:r><w:t>身份证号` + identity(1, 5) + `</w:t></w:r></w:p>`), "x/a.bin": strings.Repeat("0123456789", 100_000)})
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	start := int(binary.LittleEndian.Uint32(data[end+16:]))
	directory, tail := bytes.Clone(data[start:end]), bytes.Clone(data[end:])
	entries := bytes.Count(directory, []byte("PK\x01\x02"))
	all := bytes.Repeat(directory, 300)
	binary.LittleEndian.PutUint16(tail[8:], uint16(300*entries))
	binary.LittleEndian.PutUint16(tail[10:], uint16(300*entries))
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(all)))
	data = append(append(bytes.Clone(data[:start]), all...), tail...)
	_, err := masking.Make(t.Context(), reader(), masking.With(standard), "a.docx", data, masking.Options{Clean: true})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("Make = %v, want a refusal", err)
	}
	// And when another reader let it pass.
	if _, err := masking.Write(t.Context(), reader(), document.KindDocx, data, engine.FileOf("a.docx", document.Doc{}), nil, masking.Options{Clean: true}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("Write = %v, want a refusal", err)
	}
}

// A number in Chinese numerals, or with marks nobody sees, is masked like any other.
func TestDisguisedNumbersAreMasked(t *testing.T) {
	id := identity(3, 7)
	chinese := strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九").Replace(id)
	marked := strings.Join(strings.Split(id, ""), "\u200b\u200e")
	for _, number := range []string{chinese, marked} {
		m := make_(t, "a.txt", []byte("王示例，身份证号："+number+"，住明镜区。"), masking.Options{})
		holds(t, m.Data, number)
		if len(m.Left) > 0 {
			t.Errorf("%q: left %+v", number, m.Left)
		}
		runs, runes := "", []rune(number)
		for _, half := range []string{"身份证号：" + string(runes[:9]), string(runes[9:]) + "。"} {
			runs += `<w:r><w:t xml:space="preserve">` + half + `</w:t></w:r>`
		}
		m = make_(t, "a.docx", docx(t, map[string]string{"word/document.xml": body(`<w:p>` + runs + `</w:p>`)}), masking.Options{})
		holds(t, m.Data, number)
		if len(m.Left) > 0 {
			t.Errorf("%q in a document: left %+v", number, m.Left)
		}
	}
}

// Forms have a number in two cells, or a figure in each.
func TestANumberOverSeveralCellsIsMaskedInAllOfThem(t *testing.T) {
	halves, figures := identity(9, 90), identity(10, 91)
	f := excelize.NewFile()
	set := func(cell, v string) {
		t.Helper()
		if err := f.SetCellStr("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "姓名")
	set("B1", "身份证号")
	set("A2", "王小五")
	set("B2", halves[:9])
	set("C2", halves[9:])
	set("A4", "身份证号")
	for i, c := range figures {
		set(string(rune('B'+i))+"4", string(c))
	}
	set("A5", "序号")
	set("B5", "9")
	m := make_(t, "a.xlsx", workbook(t, f), masking.Options{})
	holds(t, m.Data, halves, halves[:9], halves[9:], halves[3:9], halves[9:15])
	if len(m.Left) > 0 {
		t.Errorf("left %+v", m.Left)
	}
	got := strings.Split(text(t, "a.xlsx", m.Data), "\n")
	if want := "\t" + halves[:2] + "*******\t******" + halves[15:]; !strings.Contains(got[1], want) {
		t.Errorf("the halves read %q, want %q", got[1], want)
	}
	masks := strings.Split(figures[:2]+"*************"+figures[15:], "")
	if want := strings.Join(masks, "\t"); !strings.HasSuffix(got[3], want) {
		t.Errorf("the figures read %q, want %q", got[3], want)
	}
	if !strings.Contains(got[4], "序号\t9") {
		t.Errorf("another cell of one figure reads %q", got[4])
	}

	// The same in a table of a Word document.
	cell := func(s string) string {
		return `<w:tc><w:p><w:r><w:t>` + s + `</w:t></w:r></w:p></w:tc>`
	}
	word := docx(t, map[string]string{"word/document.xml": body(`<w:tbl><w:tr>` + cell("身份证号") + cell(halves[:9]) + cell(halves[9:]) + `</w:tr><w:tr>` + cell("序号") + cell("9") + cell("") + `</w:tr></w:tbl>`)})
	m = make_(t, "a.docx", word, masking.Options{})
	holds(t, m.Data, halves, halves[:9], halves[9:])
	if got := text(t, "a.docx", m.Data); !strings.Contains(got, "序号\t9") {
		t.Errorf("another cell reads %q", got)
	}
}
