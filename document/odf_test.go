package document

import (
	"context"
	"strings"
	"testing"
)

// One text, written by LibreOffice in two formats.
func TestAnOpenTextIsReadWithAllThatIsInIt(t *testing.T) {
	d := mustRead(t, "text.odt", testdata(t, "text.odt"))
	same(t, "kind", string(d.Kind), "odt")
	same(t, "title", d.Title, "明镜区关于低保对象的公示")
	same(t, "text", partText(t, d, PartDocument), "明镜区关于低保对象的公示\n一、名单\n根据《社会救助暂行办法》，现  公示\t如下：请核对。\n姓名和住址\t金额\n周示例\t清水村\t680\n• 第一项\n• 第二项\n批注处在此。\n下一行\n旁边\n文本框内容")
	same(t, "header", partText(t, d, PartHeader), "明镜区民政局")
	same(t, "footer", partText(t, d, PartFooter), "公示专用")
	same(t, "hidden", partText(t, d, PartHidden), "藏着的吴示例\n隐藏节里的郑示例")
	same(t, "deleted", partText(t, d, PartDeleted), "删掉的孙示例")
	same(t, "comments", partText(t, d, PartComment), "赵示例：请科长看")
	same(t, "footnotes", partText(t, d, PartFootnote), "脚注内容")
	for _, want := range []string{"creator: 王示例", "lastModifiedBy: 李示例", "修订或者批注人: 钱示例", "修订或者批注人: 赵示例"} {
		if meta := partText(t, d, PartMetadata); !strings.Contains(meta, want) {
			t.Errorf("metadata %q lacks %q", meta, want)
		}
	}
	if c := d.Blocks[3].Table.Rows[0].Cells; len(c) != 2 || c[0].ColSpan != 2 || c[1].Col != 2 {
		t.Errorf("head of the table = %+v", c)
	}
	hasNote(t, d, NoteHidden, 2)
	hasNote(t, d, NoteTracked, 1)
	hasNote(t, d, NoteComment, 1)
}

func TestAnOpenWorkbookIsReadLikeOneOfExcel(t *testing.T) {
	d := mustRead(t, "book.ods", testdata(t, "book.ods"))
	same(t, "title", d.Title, "明镜区救助名单")
	text := partText(t, d, "名单")
	if !strings.HasPrefix(text, "明镜区救助名单\n姓名\t日期\t金额\n周示例\t") || strings.Contains(text, "藏一") || strings.Contains(text, "吴示例") {
		t.Errorf("sheet = %q", text)
	}
	same(t, "hidden", partText(t, d, PartHidden), "隐藏列\n藏一\n吴示例\n700\n测算过程")
	same(t, "comments", partText(t, d, PartComment), "名单!A3：赵示例：核对户籍")
	h, _ := d.Part(PartHidden)
	if cell, _ := h.At(8); cell != "名单!A4" {
		t.Errorf("place of the hidden name = %q, want 名单!A4", cell)
	}
}

func TestAnOpenWorkbookTellsWhatCellsHoldAndDoNotShow(t *testing.T) {
	d := mustRead(t, "a.ods", odf("spreadsheet", "", `<table:tracked-changes><table:cell-content-change><office:change-info><dc:creator>钱示例</dc:creator></office:change-info><table:previous><table:change-track-table-cell><text:p>改前的吴示例</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>`+
		`<table:table table:name="表"><table:table-row><table:table-cell><text:p>编号</text:p></table:table-cell><table:table-cell><text:p>甲</text:p><text:p>乙</text:p></table:table-cell></table:table-row>`+
		`<table:table-row-group table:display="false"><table:table-row><table:table-cell><text:p>收起的行</text:p></table:table-cell></table:table-row></table:table-row-group>`+
		`<table:table-row table:number-rows-repeated="3"><table:table-cell office:value="1234567890123" table:formula="of:=&quot;王示&quot;&amp;&quot;例&quot;"><text:p>1.23E+12</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>`+
		`<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`))
	same(t, "sheet", partText(t, d, "表"), "编号\t甲\n乙\n1.23E+12\t\n1.23E+12\t\n1.23E+12\t")
	same(t, "hidden", partText(t, d, PartHidden), "收起的行")
	same(t, "deleted", partText(t, d, PartDeleted), "改前的吴示例")
	for _, want := range []string{"1234567890123", "王示例"} {
		if got := partText(t, d, PartMarkup); !strings.Contains(got, want) {
			t.Errorf("markup %q lacks %q", got, want)
		}
	}
}

func TestNumbersOfListsAreThoseOnThePage(t *testing.T) {
	styles := `<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style>` +
		`<style:style style:name="gone" style:family="paragraph"><style:text-properties text:display="none"/></style:style>`
	item := func(s string) string { return `<text:list-item><text:p>` + s + `</text:p></text:list-item>` }
	d := mustRead(t, "a.odt", odf("text", styles, `<text:list text:style-name="L">`+item("甲")+`<text:list-item><text:p>乙</text:p><text:list>`+item("子")+item("丑")+`</text:list></text:list-item></text:list>`+
		`<text:p>中间</text:p><text:list text:style-name="L" text:continue-numbering="true">`+item("丙")+`</text:list><text:p text:style-name="gone">不显示</text:p><text:p>末<text:hidden-text text:string-value="条件下才见"/></text:p>`,
		"Object 1/content.xml", `<o><v>图表里的数</v></o>`, "Basic/Standard/Module1.xml", `<m>Sub a: x = "宏里的吴示例"</m>`, "settings.xml", "<s/>"))
	same(t, "text", partText(t, d, PartDocument), "一、甲\n二、乙\n1. 子\n2. 丑\n中间\n三、丙\n末")
	same(t, "hidden", partText(t, d, PartHidden), "不显示\n条件下才见")
	same(t, "drawn", partText(t, d, PartDrawing), "图表里的数")
	hasNote(t, d, NoteMacro, 1)
}

func TestOpenFilesAreKnownByTheirOwnWord(t *testing.T) {
	for kind, want := range map[string]Kind{"text": KindODT, "text-template": KindODT, "spreadsheet": KindODS, "presentation-template": KindODP, "graphics": KindZip} {
		if got := KindOf("a", zipped("content.xml", "<a/>", "mimetype", openDocument+kind)); got != want {
			t.Errorf("KindOf(%s) = %s, want %s", kind, got, want)
		}
	}
	if got := KindOf("a", odf("text", "", "")[:200]); got != KindODT {
		t.Errorf("a file cut off is %s, want odt", got)
	}
	_, err := Read(context.Background(), "a.odt", odf("text", "", "")[:200], Limits{})
	refused(t, err, "ODT 文档已损坏")
}
