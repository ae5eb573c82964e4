package planting

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

func bookPlaces() []Place {
	const sheet = "名单"
	file := func(name string, seen bool, f func(*Source, *Book)) Place {
		return Place{"a.xlsx", "表格：" + name, seen, func(s *Source) []byte {
			b := NewBook(sheet)
			for i, h := range []string{"序号", "姓名", "乡镇", "金额"} {
				b.Text(sheet, cell(i, 1), h)
				b.Text(sheet, cell(i, 2), []string{"1", "王示例", "青石镇", "300"}[i])
			}
			f(s, b)
			return b.Bytes()
		}}
	}
	style := func(b *Book, at string, st *excelize.Style) {
		n, err := b.NewStyle(st)
		b.must(err)
		b.must(b.SetCellStyle(sheet, at, at, n))
	}
	picture := func(b *Book, p *excelize.Picture) { b.must(b.AddPictureFromBytes(sheet, "F5", p)) }
	format := func(f string) *excelize.Style { return &excelize.Style{CustomNumFmt: &f} }
	return []Place{
		file("单元格", true, func(s *Source, b *Book) { b.Text(sheet, "E2", s.ID()) }),
		file("分组空格和全角", true, func(s *Source, b *Book) {
			b.Text(sheet, "E2", spaced(s.ID(), " "))
			b.Text(sheet, "E3", wide(s.ID()))
			b.Text(sheet, "E4", "'"+s.ID())
		}),
		file("一格几种格式", true, func(s *Source, b *Book) {
			n := s.ID()
			b.must(b.SetCellRichText(sheet, "E2", []excelize.RichTextRun{{Text: n[:6]}, {Text: n[6:14], Font: &excelize.Font{Bold: true}}, {Text: n[14:]}}))
		}),
		file("单元格内换行", true, func(s *Source, b *Book) {
			n := s.ID()
			b.Text(sheet, "E1", "身份证号")
			b.Text(sheet, "E2", n[:10]+"\n"+n[10:])
		}),
		file("隐藏的行", false, func(s *Source, b *Book) {
			b.Text(sheet, "E3", s.ID())
			b.must(b.SetRowVisible(sheet, 3, false))
		}),
		file("隐藏的列", false, func(s *Source, b *Book) {
			b.Text(sheet, "E1", "身份证号")
			b.Text(sheet, "E2", s.ID())
			b.must(b.SetColVisible(sheet, "E", false))
		}),
		file("行高列宽为零", false, func(s *Source, b *Book) {
			b.Text(sheet, "E3", s.ID())
			b.must(b.SetRowHeight(sheet, 3, 0))
			b.Text(sheet, "G2", s.ID())
			b.must(b.SetColWidth(sheet, "G", "G", 0))
		}),
		file("隐藏的工作表", false, func(s *Source, b *Book) {
			for i, name := range []string{"原始数据", "底册"} {
				_, err := b.NewSheet(name)
				b.must(err)
				b.Text(name, "A1", "身份证号")
				b.Text(name, "A2", s.ID())
				b.must(b.SetSheetVisible(name, false, i == 1))
			}
		}),
		file("批注", false, func(s *Source, b *Book) {
			b.must(b.AddComment(sheet, excelize.Comment{Cell: "B2", Author: "经办人", Paragraph: []excelize.RichTextRun{{Text: "身份证" + s.ID()}}}))
		}),
		file("会话批注", false, func(s *Source, b *Book) {
			b.Entry("xl/threadedComments/threadedComment1.xml", `<ThreadedComments xmlns="t"><threadedComment ref="B2" personId="{1}" id="{2}"><text>`+s.ID()+`</text></threadedComment></ThreadedComments>`)
		}),
		file("公式拼接", false, func(s *Source, b *Book) {
			n := s.ID()
			b.must(b.SetCellFormula(sheet, "E2", `"`+n[:4]+`"&"`+n[4:]+`"`))
			b.must(b.SetCellFormula(sheet, "E3", `IF(A1="","`+s.ID()+`","")`))
			b.must(b.SetCellFormula(sheet, "E4", `CONCATENATE("`+s.ID()+`")`))
		}),
		file("不显示的数字格式", false, func(s *Source, b *Book) {
			b.must(b.SetCellInt(sheet, "E2", mobileInt(s.Mobile())))
			style(b, "E2", format(";;;"))
			b.Text(sheet, "F2", s.ID())
			style(b, "F2", format(";;;"))
		}),
		file("存成数值的身份号码（末三位已丢失）", true, func(s *Source, b *Book) {
			b.Text(sheet, "E1", "身份证号")
			b.must(b.SetCellFloat(sheet, "E2", s.Float(), -1, 64))
			b.must(b.SetCellFloat(sheet, "E3", s.Float(), -1, 64))
			style(b, "E3", format("0"))
		}).then(func(data []byte) []byte {
			const name = "xl/worksheets/sheet1.xml"
			return Repack(data, name, exponents.ReplaceAllString(Entry(data, name), "<v>${1}.${2}E+17</v>"))
		}),
		file("科学记数显示的手机号", false, func(s *Source, b *Book) {
			b.Text(sheet, "E1", "手机号码")
			b.must(b.SetCellInt(sheet, "E2", mobileInt(s.Mobile())))
			style(b, "E2", format("0.00E+00"))
		}),
		file("白色文字", false, func(s *Source, b *Book) {
			b.Text(sheet, "E2", s.ID())
			style(b, "E2", &excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}})
		}),
		file("合并单元格盖住的值", false, func(s *Source, b *Book) {
			b.Text(sheet, "A5", "备注")
			b.Text(sheet, "C5", s.ID())
			b.Text(sheet, "D6", "")
		}).then(func(data []byte) []byte {
			const name = "xl/worksheets/sheet1.xml"
			x := Entry(data, name)
			return Repack(data, name, strings.Replace(x, "</sheetData>", `</sheetData><mergeCells count="1"><mergeCell ref="A5:D5"/></mergeCells>`, 1))
		}),
		file("没有单元格使用的文字", false, func(s *Source, b *Book) {}).with(func(s *Source, data []byte) []byte {
			const name = "xl/sharedStrings.xml"
			x := Entry(data, name)
			return Repack(data, name, strings.Replace(x, "</sst>", "<si><t>"+s.ID()+"</t></si></sst>", 1))
		}),
		file("数据透视表缓存", false, func(s *Source, b *Book) {
			b.Entry("xl/pivotCache/pivotCacheDefinition1.xml", `<pivotCacheDefinition xmlns="p"><cacheFields count="1"><cacheField name="身份证号"><sharedItems count="1"><s v="`+s.ID()+`"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>`)
			b.Entry("xl/pivotCache/pivotCacheRecords1.xml", `<pivotCacheRecords xmlns="p" count="1"><r><s v="`+s.ID()+`"/><x v="0"/></r></pivotCacheRecords>`)
		}),
		file("定义的名称", false, func(s *Source, b *Book) {
			b.must(b.SetDefinedName(&excelize.DefinedName{Name: "负责人", RefersTo: `"` + s.ID() + `"`, Comment: s.ID()}))
		}),
		file("页眉页脚", true, func(s *Source, b *Book) {
			b.must(b.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddHeader: "&C经办 " + s.ID(), OddFooter: "&R" + s.ID()}))
		}),
		file("数据有效性列表", false, func(s *Source, b *Book) {
			v := excelize.NewDataValidation(true)
			v.Sqref = "C2:C9"
			b.must(v.SetDropList([]string{s.ID(), s.ID()}))
			v.SetInput("提示", s.ID())
			b.must(b.AddDataValidation(sheet, v))
		}),
		file("文本框", true, func(s *Source, b *Book) {
			b.must(b.AddShape(sheet, &excelize.Shape{Cell: "F3", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "身份证" + s.ID()}}}))
		}),
		file("图片替代文字和拍摄说明", false, func(s *Source, b *Book) {
			picture(b, &excelize.Picture{Extension: ".jpg", File: Photo(s.ID(), false), Format: &excelize.GraphicOptions{AltText: s.ID()}})
		}),
		file("链接地址和提示", false, func(s *Source, b *Book) {
			tip, show := s.ID(), "查询"
			b.must(b.SetCellHyperLink(sheet, "B2", "http://www.example.cn/q?sfz="+s.ID(), "External", excelize.HyperlinkOpts{Display: &show, Tooltip: &tip}))
		}),
		file("外部链接缓存", false, func(s *Source, b *Book) {
			b.Entry("xl/externalLinks/externalLink1.xml", `<externalLink xmlns="e"><externalBook><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>`+s.ID()+`</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>`)
		}),
		file("文件属性", false, func(s *Source, b *Book) {
			b.must(b.SetDocProps(&excelize.DocProperties{Creator: "王示例" + s.ID(), Category: s.ID()}))
			b.Entry("docProps/custom.xml", `<Properties><property name="经办"><vt:lpwstr xmlns:vt="v">`+s.ID()+`</vt:lpwstr></property></Properties>`)
		}),
		file("工作表名称", true, func(s *Source, b *Book) {
			_, err := b.NewSheet(s.ID())
			b.must(err)
		}),
		file("自定义 XML 和数据连接", false, func(s *Source, b *Book) {
			b.Entry("customXml/item1.xml", `<root><sfz>`+s.ID()+`</sfz></root>`)
			b.Entry("xl/connections.xml", `<connections xmlns="c"><connection id="1"><dbPr command="select * from t where sfz='`+s.ID()+`'"/></connection></connections>`)
		}),
		file("嵌入的 Word 文件", false, func(s *Source, b *Book) {
			b.Entry("xl/embeddings/Microsoft_Word_Document.docx", string(Word{Body: `<w:p><w:r><w:t>` + s.ID() + `</w:t></w:r></w:p>`}.Bytes()))
		}),
		file("很多列以外", true, func(s *Source, b *Book) { b.Text(sheet, "AZ3", s.ID()); b.Text(sheet, "B1200", s.ID()) }),
	}
}

// exponents finds numbers that the program would store with an exponent.
var exponents = regexp.MustCompile(`<v>(\d)(\d{14})000</v>`)

func mobileInt(s string) int64 {
	n := int64(0)
	if _, err := fmt.Sscan(s, &n); err != nil {
		panic(err)
	}
	return n
}

// then changes the file that was made.
func (p Place) then(f func([]byte) []byte) Place {
	return p.with(func(_ *Source, b []byte) []byte { return f(b) })
}

func (p Place) with(f func(*Source, []byte) []byte) Place {
	make := p.Make
	p.Make = func(s *Source) []byte { return f(s, make(s)) }
	return p
}
