package document

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func TestRichTextOfLibreOfficeIsReadWithAllThatIsInIt(t *testing.T) {
	d := mustRead(t, "text.rtf", testdata(t, "text.rtf"))
	same(t, "kind", string(d.Kind), "rtf")
	same(t, "title", d.Title, "明镜区关于低保对象的公示")
	same(t, "text", partText(t, d, PartDocument), "明镜区关于低保对象的公示\n一、名单\n根据《社会救助暂行办法》，现  公示\t如下：请核对。\n姓名和住址\t金额\n周示例\t清水村\t680\n隐藏节里的郑示例\n• 第一项\n• 第二项\n批注处在此。\n下一行\n旁边\n文本框内容")
	same(t, "header", partText(t, d, PartHeader), "明镜区民政局")
	same(t, "footer", partText(t, d, PartFooter), "公示专用")
	same(t, "hidden", partText(t, d, PartHidden), "藏着的吴示例")
	same(t, "deleted", partText(t, d, PartDeleted), "删掉的孙示例")
	same(t, "comments", partText(t, d, PartComment), "请科长看")
	same(t, "footnotes", partText(t, d, PartFootnote), "脚注内容")
	same(t, "metadata", partText(t, d, PartMetadata), "title: 公示\ncreator: 王示例\ncreator: 李示例\n修订或者批注人: 钱示例")
	if c := d.Blocks[3].Table.Rows[0].Cells; len(c) != 2 || c[0].ColSpan != 2 || c[1].Col != 2 {
		t.Errorf("head of the table = %+v", c)
	}
}

// gbk writes a text as bytes of code page 936, as Word and WPS do.
func gbk(s string) string {
	codes := map[rune]string{'公': "b9ab", '示': "cabe", '名': "c3fb", '单': "b5a5", '王': "cdf5", '例': "c0fd", '删': "c9be", '藏': "b2d8", '甲': "bcd7", '乙': "d2d2", '一': "d2bb", '、': "a1a2", '丂': "8140"}
	var out strings.Builder
	for _, r := range s {
		c, ok := codes[r]
		if !ok {
			out.WriteRune(r)
			continue
		}
		out.WriteString(`\'` + c[:2] + `\'` + c[2:])
	}
	return out.String()
}

const rtfHead = `{\rtf1\ansi\ansicpg936\uc2\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 Times;}{\f2\fcharset2 Symbol;}{\f3\fcharset136 PMingLiU;}{\f4\fcharset204 Arial;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 \'c3\'fb;}}`

func TestRichTextIsDecodedAndLaidOutAsWordWritesIt(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"bytes of the code page", `\f0 ` + gbk("公示名单") + `\par`, "公示名单"},
		{"a second byte that is a letter", `\f0 \'81@\par x`, "丂\nx"},
		{"a break of line within a character", "\\f0 \\'b9\r\n\\'ab\\par", "公"},
		{"raw bytes", "\\f0 \xb9\xab\\par", "公"},
		{"Unicode with what older programs show", `\u20844\'b9\'ab\u31034??x\par`, "公示x"},
		{"one character in place of each", `{\uc1\u20844?\u-28463?}\u20844aby\par`, "公郑公y"},
		{"two halves", `\uc0\u-10180\u-9216\par`, "\U0001f000"},
		{"other code pages", `{\f3\'a4\'a4}{\f4\'cf}{\f1\'93ab\'94}{\f1 ` + gbk("公") + `}\par`, "中П\u201cab\u201d公"},
		{"a font of signs", `{\f2\'b7}` + gbk("甲") + `\par`, "•甲"},
		{"braces, dashes and spaces", `\{a\}\\ b\~c\_d\emdash e\par`, `{a}\ b c-d—e`},
		{"a break written as a backslash", "a\\\nb\\par", "a\nb"},
		{"printed numbers", `{\listtext\f0 ` + gbk("一、") + `\tab}` + gbk("甲") + `\par{\pntext\f2\'b7\tab}` + gbk("乙") + `\par`, "一、甲\n• 乙"},
		{"a field", `{\field{\*\fldinst{HYPERLINK "http://www.example.cn/"}}{\fldrslt{\ul ` + gbk("公示") + `}}}\par`, "公示"},
		{"groups nobody knows", `{\*\unheardof secret}{\*\generator Word;}a\par`, "a"},
		{"binary data", `{\pict\bin5 }}{{\}a\par`, "a"},
		{"text that is written twice", `{\upr{ab}{\*\ud{c}}}d\par`, "d"},
		{"equations", `{\mmath{\*\moMath{\mr x=1}}}\par`, "x=1"},
		{"a text box", `a{\shp{\*\shpinst\shpleft0{\sp{\sn wzDescription}{\sv 1}}{\shptxt box\par}}{\shprslt{box again\par}}}b\par`, "ab\nbox"},
		{"braces too many", `a\par}}} behind`, "a"},
	} {
		d, err := Read(context.Background(), "a.rtf", []byte(rtfHead+tt.body+`}`), Limits{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		checkDoc(t, d)
		same(t, tt.name, partText(t, d, PartDocument), tt.want)
	}
}

func TestTablesInRichTextKeepTheirGrid(t *testing.T) {
	row := func(defs string, cells ...string) string {
		s := `\trowd` + defs
		for _, c := range cells {
			s += `\pard\intbl ` + c + `\cell`
		}
		return s + `\row`
	}
	body := row(`\trhdr\cellx3000\cellx4000`, "a\\par b", "c") + row(`\clvmgf\cellx1000\cellx3000\cellx4000`, "d", "e", "6") + row(`\clvmrg\cellx1000\cellx3000\cellx4000`, "", "f{\\*\\nesttableprops\\trowd}\\nestcell g", "7") +
		row(`\clmgf\cellx1000\clmrg\cellx3000\cellx4000`, "h", "", "i") + `\pard after\par`
	d := mustRead(t, "a.rtf", []byte(rtfHead+body+`}`))
	same(t, "text", partText(t, d, PartDocument), "a\nb\tc\nd\te\t6\nf\ng\t7\nh\ti\nafter")
	rows := d.Blocks[0].Table.Rows
	if !rows[0].Header || rows[0].Cells[0].ColSpan != 2 || rows[1].Cells[0].RowSpan != 2 || rows[2].Cells[0].Col != 1 || rows[3].Cells[0].ColSpan != 2 || !rows[1].Cells[2].Numerals {
		t.Errorf("rows = %+v", rows)
	}
}

func TestRichTextTellsWhatIsNotOnThePage(t *testing.T) {
	ole := func(class, data string) string { // an object as programs before 1996 put it down
		le := func(n int) string { return fmt.Sprintf("%02x%02x%02x%02x", n&0xff, n>>8&0xff, n>>16&0xff, n>>24&0xff) }
		return le(0x501) + le(2) + le(len(class)+1) + fmt.Sprintf("%x", class) + "00" + le(0) + le(0) + le(len(data)) + fmt.Sprintf("%x", data)
	}
	inner := string(compound("Workbook", smallBook()))
	d := mustRead(t, "a.doc", []byte(rtfHead+`{\info{\author `+gbk("王示例")+`}{\operator b}{\*\company c}{\doccomm d}}{\*\userprops{\propname e}\proptype30{\staticval `+gbk("名单")+`}}`+
		`{\*\revtbl{Unknown;}{`+gbk("乙示例")+`;}}{\header head 1\par}{\footerl foot\par}{\*\docvar{f}{13900000000}}`+
		`a{\v `+gbk("藏")+`}{\deleted\revauth1 `+gbk("删")+`}b{\footnote note\par}\par{\*\atnid x}{\*\atnauthor `+gbk("甲")+`}{\*\annotation `+gbk("公示")+`\par}`+
		`{\field{\*\fldinst INCLUDETEXT "c:\\\\`+gbk("名单")+`.doc"}{\fldrslt x}}\par{\object\objemb{\*\objclass Excel.Sheet.8}{\*\objdata `+ole("Excel.Sheet.8", inner)+`}{\result y\par}}{\object{\*\objdata 0102}{\result z\par}}`+
		`{\*\shppict{\pict\pngblip `+fmt.Sprintf("%x", dot(3))+`}}{\nonshppict{\pict\wmetafile8 00}}\par}`))
	same(t, "text", partText(t, d, PartDocument), "ab\nx\ny\nz\n")
	same(t, "hidden", partText(t, d, PartHidden), "藏")
	same(t, "deleted", partText(t, d, PartDeleted), "删")
	same(t, "comments", partText(t, d, PartComment), "甲：公示")
	same(t, "footnotes", partText(t, d, PartFootnote), "note")
	same(t, "header", partText(t, d, PartHeader), "head 1")
	same(t, "metadata", partText(t, d, PartMetadata), "creator: 王示例\nlastModifiedBy: b\nCompany: c\ndescription: d\ne: 名单\n修订或者批注人: 乙示例\n修订或者批注人: 甲")
	for part, want := range map[string]string{PartEmbedded: "由甲申甴", PartMarkup: "13900000000", PartFooter: "foot"} {
		if got := partText(t, d, part); !strings.Contains(got, want) {
			t.Errorf("%s = %q, lacks %q", part, got, want)
		}
	}
	if len(d.Images) != 1 {
		t.Errorf("%d pictures, want 1", len(d.Images))
	}
	hasNote(t, d, NoteEmbedded, 1)
	hasNote(t, d, NoteExternal, 1)
}
