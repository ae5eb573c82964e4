package planting

import "strings"

func wordPlaces() []Place {
	para := func(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }
	title := para("救助对象公示")
	body := func(name string, seen bool, f func(*Source) string) Place {
		return Place{"a.docx", "Word：" + name, seen, func(s *Source) []byte { return Word{Body: title + f(s)}.Bytes() }}
	}
	file := func(name string, seen bool, f func(*Source) Word) Place {
		return Place{"a.docx", "Word：" + name, seen, func(s *Source) []byte {
			w := f(s)
			w.Body = title + w.Body
			return w.Bytes()
		}}
	}
	run := func(props, s string) string {
		return `<w:p><w:r><w:rPr>` + props + `</w:rPr><w:t>` + s + `</w:t></w:r></w:p>`
	}
	id := func(s *Source) string { return "身份证号：" + s.ID() }
	return []Place{
		body("一个字符一段格式", true, func(s *Source) string {
			return `<w:p><w:r><w:t>` + strings.Join(strings.Split(s.ID(), ""), `</w:t></w:r><w:r><w:t>`) + `</w:t></w:r></w:p>`
		}),
		body("全角和空格", true, func(s *Source) string { return para(wide(s.ID())) + para(spaced(s.ID(), " ")) }),
		body("表中表", true, func(s *Source) string {
			return `<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>` + para(s.ID()) + `</w:tc></w:tr></w:tbl>` + para("甲") + `</w:tc></w:tr></w:tbl>`
		}),
		body("单元格内换行", true, func(s *Source) string {
			n := s.ID()
			return `<w:tbl><w:tr><w:tc>` + para("身份证号") + `</w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>` + n[:10] + `</w:t><w:br/><w:t>` + n[10:] + `</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`
		}),
		body("文本框", true, func(s *Source) string {
			box := `<w:txbxContent>` + para(id(s)) + `</w:txbxContent>`
			return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>` + box + `</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + box + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
		}),
		file("页眉", true, func(s *Source) Word {
			return Word{Rels: `<Relationship Id="h1" Type="KIND/header" Target="header1.xml"/>`, More: map[string]string{"word/header1.xml": `<w:hdr SPACES>` + para(id(s)) + `</w:hdr>`}}
		}),
		file("页脚", true, func(s *Source) Word {
			return Word{Rels: `<Relationship Id="h1" Type="KIND/footer" Target="footer1.xml"/>`, More: map[string]string{"word/footer1.xml": `<w:ftr SPACES>` + para(id(s)) + `</w:ftr>`}}
		}),
		file("脚注", true, func(s *Source) Word {
			return Word{Body: `<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/></w:r></w:p>`, Rels: `<Relationship Id="n" Type="KIND/footnotes" Target="footnotes.xml"/>`,
				More: map[string]string{"word/footnotes.xml": `<w:footnotes SPACES><w:footnote w:id="2">` + para(id(s)) + `</w:footnote></w:footnotes>`}}
		}),
		file("没有引用的脚注", false, func(s *Source) Word {
			return Word{Rels: `<Relationship Id="n" Type="KIND/endnotes" Target="endnotes.xml"/>`, More: map[string]string{"word/endnotes.xml": `<w:endnotes SPACES><w:endnote w:id="2">` + para(id(s)) + `</w:endnote></w:endnotes>`}}
		}),
		body("修订：删除的文字", false, func(s *Source) string {
			n := s.ID()
			return `<w:p><w:del w:author="甲"><w:r><w:delText>身份证` + n[:6] + `</w:delText></w:r><w:r><w:delText>` + n[6:] + `</w:delText></w:r></w:del></w:p>`
		}),
		body("修订：删除的行和移走的段", false, func(s *Source) string {
			return `<w:tbl><w:tr><w:trPr><w:del w:author="甲"/></w:trPr><w:tc>` + para(s.ID()) + `</w:tc></w:tr></w:tbl><w:moveFrom w:author="甲">` + para(s.ID()) + `</w:moveFrom>`
		}),
		file("批注", false, func(s *Source) Word {
			return Word{Rels: `<Relationship Id="c" Type="KIND/comments" Target="comments.xml"/>`, More: map[string]string{"word/comments.xml": `<w:comments SPACES><w:comment w:id="0" w:author="经办人">` + para("核对"+s.ID()) + `</w:comment></w:comments>`}}
		}),
		body("隐藏文字", false, func(s *Source) string { return run("<w:vanish/>", id(s)) + run("<w:webHidden/>", id(s)) }),
		body("白色文字", false, func(s *Source) string { return run(`<w:color w:val="FFFFFF"/>`, id(s)) }),
		body("一磅大小的文字", false, func(s *Source) string { return run(`<w:sz w:val="2"/>`, id(s)) }),
		file("文件属性", false, func(s *Source) Word {
			return Word{More: map[string]string{"docProps/core.xml": `<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:creator>王示例` + s.ID() + `</dc:creator><dc:description>` + id(s) + `</dc:description></cp:coreProperties>`,
				"docProps/custom.xml": `<Properties><property name="经办"><vt:lpwstr xmlns:vt="v">` + s.ID() + `</vt:lpwstr></property></Properties>`}}
		}),
		body("图片替代文字", false, func(s *Source) string {
			return `<w:p><w:r><w:t>见图</w:t><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="` + id(s) + `" title="王示例` + s.ID() + `"/></wp:inline></w:drawing></w:r></w:p>`
		}),
		body("链接地址", false, func(s *Source) string {
			return `<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://www.example.cn/q?sfz=` + s.ID() + `"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>查询</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`
		}),
		file("关系中的链接地址", false, func(s *Source) Word {
			return Word{Rels: `<Relationship Id="k" Type="KIND/hyperlink" Target="http://www.example.cn/q?sfz=` + s.ID() + `" TargetMode="External"/>`, Body: `<w:p><w:hyperlink r:id="k" w:tooltip="` + s.ID() + `"><w:r><w:t>查询</w:t></w:r></w:hyperlink></w:p>`}
		}),
		body("表单默认值和下拉项", false, func(s *Source) string {
			return `<w:sdt><w:sdtPr><w:alias w:val="王示例` + s.ID() + `"/><w:dropDownList><w:listItem w:displayText="王示例 ` + s.ID() + `" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent>` + para("请选择") + `</w:sdtContent></w:sdt>`
		}),
		file("文档变量", false, func(s *Source) Word {
			return Word{More: map[string]string{"word/settings.xml": `<w:settings SPACES><w:docVars><w:docVar w:name="sfz" w:val="` + s.ID() + `"/></w:docVars></w:settings>`}}
		}),
		file("图示和图表", true, func(s *Source) Word {
			return Word{More: map[string]string{"word/diagrams/data1.xml": `<dgm:dataModel xmlns:dgm="d" xmlns:a="x"><dgm:pt><dgm:t><a:p><a:r><a:t>` + id(s) + `</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>`,
				"word/charts/chart1.xml": `<c:chartSpace xmlns:c="c"><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>` + s.ID() + `</c:v></c:pt></c:strCache></c:strRef></c:cat></c:chartSpace>`}}
		}),
		file("嵌入的工作簿", false, func(s *Source) Word {
			b := NewBook("数据")
			b.Text("数据", "A1", "身份证号")
			b.Text("数据", "A2", s.ID())
			return Word{More: map[string]string{"word/embeddings/Microsoft_Excel_Sheet1.xlsx": string(b.Bytes())}}
		}),
		file("嵌入的 Word 文件里的批注", false, func(s *Source) Word {
			inner := Word{Body: title, Rels: `<Relationship Id="c" Type="KIND/comments" Target="comments.xml"/>`, More: map[string]string{"word/comments.xml": `<w:comments SPACES><w:comment w:id="0">` + para(s.ID()) + `</w:comment></w:comments>`}}
			return Word{More: map[string]string{"word/embeddings/Microsoft_Word_Document.docx": string(inner.Bytes())}}
		}),
		file("自定义 XML 和词汇表", false, func(s *Source) Word {
			return Word{More: map[string]string{"customXml/item1.xml": `<root><sfz>` + s.ID() + `</sfz></root>`, "word/glossary/document.xml": `<w:glossaryDocument SPACES>` + para(s.ID()) + `</w:glossaryDocument>`}}
		}),
		file("图片的拍摄说明（EXIF）", false, func(s *Source) Word {
			return Word{Rels: `<Relationship Id="p" Type="KIND/image" Target="media/image1.jpg"/>`, Body: `<w:p><w:r><w:drawing><a:blip r:embed="p"/></w:drawing></w:r></w:p>`, More: map[string]string{"word/media/image1.jpg": string(Photo(id(s), false))}}
		}),
	}
}
