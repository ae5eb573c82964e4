package planting

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// slidePlaces are the corners of presentations.
func slidePlaces() []Place {
	id := func(s *Source) string { return "身份证号：" + s.ID() }
	front := Slide{Shapes: shape("title", "", "", "救助对象公示")}
	deck := func(name string, seen bool, f func(*Source, *Deck)) Place {
		return Place{"a.pptx", "演示文稿：" + name, seen, func(s *Source) []byte {
			d := Deck{Slides: []Slide{front}, More: map[string]string{}}
			f(s, &d)
			return d.Bytes()
		}}
	}
	on := func(name string, seen bool, f func(*Source) string) Place {
		return deck(name, seen, func(s *Source, d *Deck) { d.Slides = append(d.Slides, Slide{Shapes: f(s)}) })
	}
	beside := func(name, rels string, more map[string]func(*Source) string) Place {
		return deck(name, false, func(s *Source, d *Deck) {
			d.Slides[0].Rels = rels
			for _, n := range slices.Sorted(maps.Keys(more)) {
				d.More[n] = more[n](s)
			}
		})
	}
	tree := func(root, shapes string) string {
		return `<p:` + root + ` SPACES><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:` + root + `>`
	}
	return []Place{
		on("文本框", true, func(s *Source) string { return shape("", "", "", id(s)) }),
		on("表格", true, func(s *Source) string {
			return gridShape([][]string{{"姓名", "身份证号"}, {"王示例", s.ID()}})
		}),
		on("组合里的文字", true, func(s *Source) string {
			return `<p:grpSp><p:grpSp>` + shape("", "", "", id(s)) + `</p:grpSp></p:grpSp>`
		}),
		on("一格里换行", true, func(s *Source) string {
			n := s.ID()
			return `<p:sp><p:txBody><a:p><a:r><a:t>` + n[:10] + `</a:t></a:r><a:br/><a:r><a:t>` + n[10:] + `</a:t></a:r></a:p></p:txBody></p:sp>`
		}),
		on("设为隐藏的文本框", false, func(s *Source) string { return shape("", `hidden="1"`, "", id(s)) }),
		on("移出页面的文本框", false, func(s *Source) string {
			return shape("", "", `<a:xfrm><a:off x="9999999" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>`, id(s))
		}),
		on("替代文字", false, func(s *Source) string {
			return `<p:pic><p:nvPicPr><p:cNvPr id="3" name="图" descr="` + id(s) + `"/></p:nvPicPr></p:pic>`
		}),
		deck("隐藏的幻灯片", false, func(s *Source, d *Deck) {
			d.Slides = append(d.Slides, Slide{Attrs: `show="0"`, Shapes: shape("body", "", "", id(s)) + gridShape([][]string{{"身份证号"}, {s.ID()}})})
		}),
		beside("备注", `<Relationship Id="n" Type="KIND/notesSlide" Target="../notesSlides/notesSlide1.xml"/>`, map[string]func(*Source) string{
			"ppt/notesSlides/notesSlide1.xml": func(s *Source) string { return tree("notes", shape("body", "", "", id(s))) }}),
		beside("批注", `<Relationship Id="c" Type="KIND/comments" Target="../comments/comment1.xml"/>`, map[string]func(*Source) string{
			"ppt/comments/comment1.xml": func(s *Source) string {
				return `<p:cmLst SPACES><p:cm authorId="0"><p:text>核对` + s.ID() + `</p:text></p:cm></p:cmLst>`
			}}),
		beside("会话批注", `<Relationship Id="c" Type="http://schemas.microsoft.com/office/2018/10/relationships/comments" Target="../comments/modern.xml"/>`, map[string]func(*Source) string{
			"ppt/comments/modern.xml": func(s *Source) string {
				return `<p:cmLst SPACES><p:cm authorId="0"><p:replyLst><p:reply><p:txBody>` + drawn(s.ID()) + `</p:txBody></p:reply></p:replyLst></p:cm></p:cmLst>`
			}}),
		beside("母版和没有引用的幻灯片", "", map[string]func(*Source) string{
			"ppt/slides/slide99.xml":            func(s *Source) string { return tree("sld", shape("", "", "", id(s))) },
			"ppt/slideMasters/slideMaster1.xml": func(s *Source) string { return tree("sldMaster", shape("", "", "", id(s))) }}),
		beside("图表和图示", "", map[string]func(*Source) string{
			"ppt/charts/chart1.xml": func(s *Source) string { return `<c:chartSpace xmlns:c="c"><c:v>` + s.ID() + `</c:v></c:chartSpace>` }}),
		beside("文件属性", "", map[string]func(*Source) string{
			"docProps/core.xml": func(s *Source) string { return `<c xmlns:dc="b"><dc:description>` + id(s) + `</dc:description></c>` }}),
		beside("嵌入的工作簿", "", map[string]func(*Source) string{"ppt/embeddings/Sheet1.xlsx": func(s *Source) string {
			b := NewBook("数据")
			b.Text("数据", "A1", s.ID())
			return string(b.Bytes())
		}}),
	}
}

// richPlaces are the corners of rich text.
func richPlaces() []Place {
	rich := func(name string, seen bool, f func(*Source) string) Place {
		return Place{"a.doc", "RTF：" + name, seen, func(s *Source) []byte {
			return []byte(RichHead + Rich("救助对象公示") + `\par ` + f(s) + `\par}`)
		}}
	}
	id := func(s *Source) string { return Rich("身份证号：" + s.ID()) }
	return []Place{
		rich("正文", true, id),
		rich("表格", true, func(s *Source) string {
			return `\trowd\cellx3000\cellx9000\intbl ` + Rich("姓名") + `\cell ` + Rich("身份证号") + `\cell\row\trowd\cellx3000\cellx9000\intbl ` + Rich("王示例") + `\cell ` + Rich(s.ID()) + `\cell\row\pard `
		}),
		rich("表中表", true, func(s *Source) string {
			return `\trowd\cellx9000\intbl\itap2 ` + Rich(s.ID()) + `\nestcell{\*\nesttableprops\trowd\cellx900\nestrow}\itap1\cell\row\pard `
		}),
		rich("用编号写的数字", true, func(s *Source) string {
			var b strings.Builder
			for _, c := range s.ID() {
				fmt.Fprintf(&b, `\u%d??`, c)
			}
			return b.String()
		}),
		rich("文本框", true, func(s *Source) string { return `{\shp{\*\shpinst{\shptxt ` + id(s) + `\par}}}` }),
		rich("页眉和脚注", true, func(s *Source) string {
			return `{\header ` + id(s) + `\par}` + Rich("甲") + `{\footnote ` + id(s) + `}`
		}),
		rich("域的结果", true, func(s *Source) string { return `{\field{\*\fldinst{ DOCPROPERTY a }}{\fldrslt ` + id(s) + `}}` }),
		rich("隐藏文字", false, func(s *Source) string { return `{\v ` + id(s) + `}` }),
		rich("修订：删除的文字", false, func(s *Source) string { return `{\deleted\revauth1 ` + id(s) + `}` }),
		rich("批注", false, func(s *Source) string { return `{\*\atnauthor a}{\*\annotation ` + id(s) + `}` }),
		rich("文件属性", false, func(s *Source) string {
			return `{\info{\doccomm ` + id(s) + `}}{\*\userprops{\propname a}\proptype30{\staticval ` + s.ID() + `}}`
		}),
		rich("链接地址和文档变量", false, func(s *Source) string {
			return `{\field{\*\fldinst{HYPERLINK "http://www.example.cn/q?sfz=` + s.ID() + `"}}{\fldrslt ` + Rich("查询") + `}}{\*\docvar{sfz}{` + s.ID() + `}}`
		}),
		rich("表单默认值", false, func(s *Source) string { return `{\*\formfield{\fftype0{\*\ffdeftext ` + s.ID() + `}}}` }),
		rich("嵌入的工作簿", false, func(s *Source) string {
			b := NewBook("数据")
			b.Text("数据", "A1", s.ID())
			le := func(n int) string {
				return fmt.Sprintf("%02x%02x%02x%02x", n&0xff, n>>8&0xff, n>>16&0xff, n>>24&0xff)
			}
			data := b.Bytes()
			return `{\object\objemb{\*\objdata ` + le(0x501) + le(2) + le(6) + fmt.Sprintf("%x", "Excel\x00") + le(0) + le(0) + le(len(data)) + fmt.Sprintf("%x", data) + `}{\result a}}`
		}),
	}
}

// openPlaces are the corners of OpenDocument files.
func openPlaces() []Place {
	id := func(s *Source) string { return "身份证号：" + s.ID() }
	file := func(kind, ext, name string, seen bool, f func(*Source, *Open)) Place {
		return Place{"a." + ext, strings.ToUpper(ext) + "：" + name, seen, func(s *Source) []byte {
			o := Open{Kind: kind, More: map[string]string{}, Styles: `<style:style style:name="no" style:family="text"><style:text-properties text:display="none"/></style:style>` +
				`<style:style style:name="dark" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style><style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>`}
			f(s, &o)
			return o.Bytes()
		}}
	}
	text := func(name string, seen bool, f func(*Source) string) Place {
		return file("text", "odt", name, seen, func(s *Source, o *Open) { o.Body = openPara("救助对象公示") + f(s) })
	}
	sheet := func(name string, seen bool, f func(*Source) string) Place {
		return file("spreadsheet", "ods", name, seen, func(s *Source, o *Open) {
			o.Body = `<table:table table:name="名单">` + openRow("姓名", "身份证号") + f(s) + `</table:table>`
		})
	}
	slide := func(name string, seen bool, f func(*Source) string) Place {
		return file("presentation", "odp", name, seen, func(s *Source, o *Open) {
			o.Body = `<draw:page><draw:frame presentation:class="title"><draw:text-box>` + openPara("救助对象公示") + `</draw:text-box></draw:frame>` + f(s) + `</draw:page>`
		})
	}
	boxed := func(s string) string {
		return `<draw:frame><draw:text-box>` + openPara(s) + `</draw:text-box></draw:frame>`
	}
	return []Place{
		text("正文和空格", true, func(s *Source) string {
			n := s.ID()
			return openPara(id(s)) + `<text:p>` + n[:6] + `<text:s/>` + n[6:14] + `<text:s/>` + n[14:] + `</text:p>`
		}),
		text("表格", true, func(s *Source) string {
			return `<table:table>` + openRow("姓名", "身份证号") + openRow("王示例", s.ID()) + `</table:table>`
		}),
		text("文本框和脚注", true, func(s *Source) string {
			return `<text:p>甲` + boxed(id(s)) + `<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>` + openPara(id(s)) + `</text:note-body></text:note></text:p>`
		}),
		text("隐藏的节和文字", false, func(s *Source) string {
			return `<text:section text:name="a" text:display="none">` + openPara(id(s)) + `</text:section><text:p>甲<text:span text:style-name="no">` + id(s) + `</text:span><text:hidden-text text:string-value="` + id(s) + `"/></text:p>`
		}),
		text("修订：删除的文字", false, func(s *Source) string {
			return `<text:tracked-changes><text:changed-region><text:deletion>` + openPara(id(s)) + `</text:deletion></text:changed-region></text:tracked-changes>`
		}),
		text("批注", false, func(s *Source) string {
			return `<text:p>甲<office:annotation><dc:creator>经办人</dc:creator>` + openPara(id(s)) + `</office:annotation></text:p>`
		}),
		text("替代文字和链接地址", false, func(s *Source) string {
			return `<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>` + id(s) + `</svg:desc></draw:frame><text:a xlink:href="http://www.example.cn/q?sfz=` + s.ID() + `">查询</text:a></text:p>`
		}),
		file("text", "odt", "文件属性", false, func(s *Source, o *Open) {
			o.Body = openPara("救助对象公示")
			o.More["meta.xml"] = `<office:document-meta SPACES><office:meta><dc:description>` + id(s) + `</dc:description><meta:user-defined meta:name="经办">` + s.ID() + `</meta:user-defined></office:meta></office:document-meta>`
		}),
		file("text", "odt", "页眉和图表", true, func(s *Source, o *Open) {
			o.Body = openPara("救助对象公示")
			o.More["styles.xml"] = `<office:document-styles SPACES><office:master-styles><style:master-page style:name="a"><style:header>` + openPara(id(s)) + `</style:header></style:master-page></office:master-styles></office:document-styles>`
			o.More["Object 1/content.xml"] = `<a SPACES><text:p>` + s.ID() + `</text:p></a>`
		}),
		sheet("单元格", true, func(s *Source) string { return openRow("王示例", s.ID()) }),
		sheet("隐藏的行和列", false, func(s *Source) string {
			return strings.Replace(openRow("王示例", s.ID()), "<table:table-row", `<table:table-row table:visibility="collapse"`, 1) + `<table:table-row-group table:display="false">` + openRow("李示例", s.ID()) + `</table:table-row-group>`
		}),
		file("spreadsheet", "ods", "隐藏的工作表", false, func(s *Source, o *Open) {
			o.Body = `<table:table table:name="名单">` + openRow("救助对象公示") + `</table:table><table:table table:name="底稿" table:style-name="away">` + openRow("身份证号") + openRow(s.ID()) + `</table:table>`
		}),
		sheet("批注和公式", false, func(s *Source) string {
			n := s.ID()
			return `<table:table-row><table:table-cell><office:annotation>` + openPara(id(s)) + `</office:annotation>` + openPara("甲") + `</table:table-cell><table:table-cell table:formula="of:=&quot;` + n[:9] + `&quot;&amp;&quot;` + n[9:] + `&quot;">` + openPara("乙") + `</table:table-cell></table:table-row>`
		}),
		sheet("合并单元格盖住的值", false, func(s *Source) string {
			return `<table:table-row><table:table-cell table:number-columns-spanned="2">` + openPara("合计") + `</table:table-cell><table:covered-table-cell>` + openPara(s.ID()) + `</table:covered-table-cell></table:table-row>`
		}),
		slide("文本框和表格", true, func(s *Source) string {
			return boxed(id(s)) + `<draw:frame><table:table>` + openRow("身份证号") + openRow(s.ID()) + `</table:table></draw:frame>`
		}),
		slide("图形", true, func(s *Source) string {
			return `<draw:g><draw:custom-shape>` + openPara(id(s)) + `</draw:custom-shape></draw:g>`
		}),
		slide("备注和批注", false, func(s *Source) string {
			return `<office:annotation>` + openPara(id(s)) + `</office:annotation><presentation:notes><draw:frame presentation:class="notes"><draw:text-box>` + openPara(id(s)) + `</draw:text-box></draw:frame></presentation:notes>`
		}),
		slide("隐藏的幻灯片", false, func(s *Source) string { return `</draw:page><draw:page draw:style-name="dark">` + boxed(id(s)) }),
	}
}
