package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// onePixel is the smallest picture there is.
const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

// wordFile writes a .docx as an office writes it: a red head, a title, headings,
// a numbered list, a table with merged cells, a picture and a footnote.
func wordFile(t *testing.T, title, docNo string, made time.Time) string {
	t.Helper()
	const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	p := func(style, text string) string {
		if style != "" {
			style = `<w:pPr>` + style + `</w:pPr>`
		}
		return `<w:p>` + style + `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
	}
	heading := func(text string) string { return p(`<w:pStyle w:val="Heading1"/>`, text) }
	item := func(text string) string {
		return p(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, text)
	}
	cell := func(props, text string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + p("", text) + `</w:tc>`
	}
	body := p("", "示例市明镜区教育局文件") + p("", docNo) + p(`<w:pStyle w:val="Title"/>`, title) + p("", "各中小学校：") +
		p("", "为减轻家长负担，现就有关事项通知如下。") +
		heading("一、服务时间") +
		`<w:p><w:r><w:t>每周一至周五放学后开展，不少于两小时</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r></w:p>` +
		heading("二、服务内容") + item("作业辅导。") + item("体育锻炼。") + item("阅读和兴趣活动。") +
		heading("三、收费标准") +
		`<w:tbl><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>` +
		`<w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "学段") + cell(`<w:gridSpan w:val="2"/>`, "每人每月（元）") + `</w:tr>` +
		`<w:tr>` + cell(`<w:vMerge/>`, "") + cell("", "城区") + cell("", "镇") + `</w:tr>` +
		`<w:tr>` + cell("", "小学") + cell("", "180") + cell("", "120") + `</w:tr></w:tbl>` +
		`<w:p><w:r><w:drawing><wp:inline><wp:extent cx="952500" cy="952500"/><wp:docPr id="1" name="流程图" descr="课后服务报名流程图"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="流程图"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>` +
		p(`<w:jc w:val="right"/>`, "示例市明镜区教育局") + p(`<w:jc w:val="right"/>`, fmt.Sprintf("%d年%d月%d日", made.Year(), made.Month(), made.Day())) +
		p("", "（此件公开发布）")
	style := func(id, name string) string {
		return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/></w:style>`
	}
	picture, err := base64.StdEncoding.DecodeString(onePixel)
	if err != nil {
		t.Fatal(err)
	}
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	relation := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + office + kind + `" Target="` + target + `"/>`
	}
	relations := func(all ...string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(all, "") + `</Relationships>`
	}
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
			`<Override PartName="/word/document.xml" ContentType="` + word + `document.main+xml"/><Override PartName="/word/styles.xml" ContentType="` + word + `styles+xml"/><Override PartName="/word/numbering.xml" ContentType="` + word + `numbering+xml"/><Override PartName="/word/footnotes.xml" ContentType="` + word + `footnotes+xml"/></Types>`},
		{"_rels/.rels", relations(relation("rId1", "officeDocument", "word/document.xml"))},
		{"word/_rels/document.xml.rels", relations(relation("rId1", "styles", "styles.xml"), relation("rId2", "numbering", "numbering.xml"), relation("rId3", "footnotes", "footnotes.xml"), relation("rId9", "image", "media/image1.png"))},
		{"word/document.xml", `<w:document ` + space + `><w:body>` + body + `</w:body></w:document>`},
		{"word/styles.xml", `<w:styles ` + space + `>` + style("Title", "Title") + style("Heading1", "heading 1") + `</w:styles>`},
		{"word/numbering.xml", `<w:numbering ` + space + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`},
		{"word/footnotes.xml", `<w:footnotes ` + space + `><w:footnote w:id="2"><w:p><w:r><w:t>法定节假日除外。</w:t></w:r></w:p></w:footnote></w:footnotes>`},
		{"word/media/image1.png", string(picture)},
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range parts {
		w, err := z.Create(part.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "课后服务通知.docx")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
