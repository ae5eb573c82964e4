package document

import (
	"context"
	"strings"
	"testing"
)

func TestAnOldWordFileIsReadWithHeadingsAndTables(t *testing.T) {
	d := mustRead(t, "notice.doc", testdata(t, "notice.doc"))
	if d.Kind != KindDoc {
		t.Fatalf("kind = %s, want doc", d.Kind)
	}
	t.Log(strings.Join(shape(d.Blocks), "\n"))
	same(t, "title", d.Title, "示例市明镜区人民政府办公室关于印发2026年政务公开工作要点的通知")
	var table *Table
	headings := 0
	for _, b := range d.Blocks {
		if b.Kind == Grid {
			table = b.Table
		}
		if b.Kind == Heading && b.Level == 1 {
			headings++
		}
	}
	if headings != 2 {
		t.Errorf("headings = %d, want 2", headings)
	}
	if table == nil || len(table.Rows) != 5 || cellText(table.Rows[2].Cells[1]) != "重大决策公开" {
		t.Errorf("table = %+v, want five rows", table)
	}
	p := Elements(d)
	same(t, "number", p.DocNo.Value, "明政办发〔2026〕3号")
	same(t, "date", p.Date.Value, "2026-01-05")
}

func TestACompoundFileThatIsNoWordFileIsRefused(t *testing.T) {
	data := append([]byte(nil), testdata(t, "notice.doc")...)
	for i := 0; i+4 < len(data); i++ { // rename the stream in the directory
		if string(data[i:i+8]) == "W\x00o\x00r\x00d\x00" {
			data[i] = 'X'
		}
	}
	_, err := Read(context.Background(), "a.doc", data, Limits{})
	refused(t, err, "不是 Word 文档")
}

func TestAnOldWordFileKeepsItsFootnoteAndAdmitsLostNumbers(t *testing.T) {
	d := mustRead(t, "footnote.doc", testdata(t, "footnote.doc"))
	same(t, "text", partText(t, d, PartDocument), "公开的话。\n第一项\n第二项\n脚注所在的段落。")
	same(t, "footnote", partText(t, d, PartFootnote), "这是脚注。")
	if h := d.HTML(); !strings.Contains(h, `脚注所在<sup><a href="#fn-1" id="fnref-1">[1]</a></sup>的段落。`) || !strings.Contains(h, `<li id="fn-1">这是脚注。 <a href="#fnref-1">返回正文</a></li>`) {
		t.Errorf("HTML = %s", h)
	}
	hasNote(t, d, NoteTruncated, 2)
}

func TestAnOldWordFileReportsWhatIsDeletedAndHidden(t *testing.T) {
	d := mustRead(t, "tracked.doc", testdata(t, "tracked.doc"))
	same(t, "blocks", shape(d.Blocks), []string{"paragraph 期限为二十日。", "heading1 一、加强领导"})
	same(t, "deleted", partText(t, d, PartDeleted), "十五")
	same(t, "hidden", partText(t, d, PartHidden), "不公开的话")
	hasNote(t, d, NoteTracked, 1)
	hasNote(t, d, NoteHidden, 1)
}
