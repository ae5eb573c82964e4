package planting

// A Place is a corner of a file.
type Place struct {
	File string // name of the file with its ending
	Name string // in Chinese, for the table of what was measured
	Seen bool   // a reader of the page sees it: nothing less than all may be found
	Make func(*Source) []byte
}

// Places are all corners that are measured.
func Places() []Place {
	var all []Place
	for _, p := range [][]Place{wordPlaces(), bookPlaces(), pagePlaces(), pdfPlaces(), textPlaces(), layoutPlaces(), slidePlaces(), richPlaces(), openPlaces()} {
		all = append(all, p...)
	}
	return all
}

// wide writes digits full-width.
func wide(s string) string {
	var out []rune
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			r += '０' - '0'
		case r == 'X':
			r = 'Ｘ'
		}
		out = append(out, r)
	}
	return string(out)
}

// spaced writes an identity number in three groups.
func spaced(s, gap string) string { return s[:6] + gap + s[6:14] + gap + s[14:] }

func textPlaces() []Place {
	text := func(name string, f func(id string) string) Place {
		return Place{"a.txt", name, true, func(s *Source) []byte { return []byte("救助公示\r\n" + f(s.ID()) + "\r\n" + f(s.ID()) + "\r\n") }}
	}
	return []Place{
		text("文本：没有任何说明的数字", func(id string) string { return id }),
		text("文本：全角数字", func(id string) string { return "身份证号：" + wide(id) }),
		text("文本：分组加空格", func(id string) string { return "身份证号：" + spaced(id, " ") }),
		text("文本：分组加连字符", func(id string) string { return "身份证号：" + spaced(id, "-") }),
		text("文本：不换行空格", func(id string) string { return "身份证号：" + spaced(id, "\u00a0") }),
		text("文本：夹有零宽字符", func(id string) string { return "身份证号：" + spaced(id, "\u200b") }),
		text("文本：夹在汉字中间", func(id string) string { return "王示例" + id + "男" }),
		text("文本：带引号的表格数据", func(id string) string { return `1,"王示例","` + id + `","明镜区"` }),
		text("文本：Excel 导出的文本标记", func(id string) string { return "1\t王示例\t'" + id + "\t=\"" + id + "\"" }),
	}
}

func layoutPlaces() []Place {
	ofd := func(page string, more ...string) []byte {
		return Zip(append([]string{"OFD.xml", `<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo><ofd:Author>` + more[0] + `</ofd:Author><ofd:CustomDatas><ofd:CustomData Name="经办">` + more[1] + `</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
			"Doc_0/Document.xml", `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>`,
			"Doc_0/Pages/Page_0/Content.xml", `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>` + object(20, "救助对象公示") + page + `</ofd:Layer></ofd:Content></ofd:Page>`}, more[2:]...)...)
	}
	return []Place{
		{"a.ofd", "OFD：正文", true, func(s *Source) []byte { return ofd(object(40, "身份证号："+s.ID()), "科室", "无") }},
		{"a.ofd", "OFD：不可见图层", false, func(s *Source) []byte {
			return ofd(`</ofd:Layer><ofd:Layer Visible="false">`+object(40, "身份证号："+s.ID()), "科室", "无")
		}},
		{"a.ofd", "OFD：作者和自定义数据", false, func(s *Source) []byte { return ofd(object(40, "甲"), "王示例"+s.ID(), "经办人"+s.ID()) }},
		{"a.ofd", "OFD：注释", false, func(s *Source) []byte {
			return ofd(object(40, "甲"), "科室", "无", "Doc_0/Annots/Annotations.xml", `<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>`,
				"Doc_0/Annots/Page_0/Annotation.xml", `<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Annot ID="9" Type="Highlight"><ofd:Remark>身份证`+s.ID()+`</ofd:Remark></ofd:Annot></ofd:PageAnnot>`)
		}},
		{"a.ofd", "OFD：附件", false, func(s *Source) []byte {
			return ofd(object(40, "甲"), "科室", "无", "Doc_0/Attachs/Attachments.xml", `<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Attachment ID="8" Name="名单" Format="txt"><ofd:FileLoc>list.txt</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`,
				"Doc_0/Attachs/list.txt", "身份证号："+s.ID()+"\n")
		}},
		{"a.jpg", "图片：拍摄说明（EXIF）", false, func(s *Source) []byte { return Photo("身份证 "+s.ID(), false) }},
		{"a.png", "图片：文字块", false, func(s *Source) []byte { return PNGText("Comment", "ID "+s.ID()) }},
	}
}

func object(y int, text string) string {
	return `<ofd:TextObject ID="5" Boundary="20 ` + string(rune('0'+y/10)) + `0 150 6" Size="4"><ofd:TextCode X="0" Y="5">` + text + `</ofd:TextCode></ofd:TextObject>`
}
