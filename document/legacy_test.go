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
