package document

import (
	"context"
	"strings"
	"testing"
)

// What LibreOffice writes of one presentation in three formats is read alike.
func TestAPresentationIsReadAlikeInEveryFormat(t *testing.T) {
	for _, tt := range []struct {
		name string
		kind Kind
		data []byte
		mark string
	}{
		{"deck.pptx", KindPptx, gunzipped(t, "deck.pptx.gz"), ""},
		{"deck.ppt", KindPpt, gunzipped(t, "deck.ppt.gz"), ""},
		{"deck.odp", KindODP, testdata(t, "deck.odp"), "• "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := mustRead(t, tt.name, tt.data)
			same(t, "kind", string(d.Kind), string(tt.kind))
			same(t, "title", d.Title, "明镜区低保工作培训")
			same(t, "slide 1", partText(t, d, "第1张幻灯片"), "明镜区低保工作培训\n"+tt.mark+"申请条件\n"+tt.mark+"办理程序")
			same(t, "slide 2", partText(t, d, "第2张幻灯片"), "救助名单\n姓名\t金额（元）\n周示例\t680\n图形里的文字")
			same(t, "slide 4", partText(t, d, "第4张幻灯片"), "谢谢")
			same(t, "hidden", partText(t, d, PartHidden), "讲到这里举孙示例的例子\n内部测算\n这一张不放映")
			same(t, "comments", partText(t, d, PartComment), "赵示例：这一页要核对")
			if d.Pages != 4 {
				t.Errorf("pages = %d, want 4", d.Pages)
			}
			p, _ := d.Part("第2张幻灯片")
			if cell, _ := p.At(15); cell != "表1!A2" {
				t.Errorf("cell of the name = %q, want 表1!A2", cell)
			}
			h, _ := d.Part(PartHidden)
			if cell, _ := h.At(2); cell != "幻灯片备注!第1张幻灯片" {
				t.Errorf("place of the note = %q", cell)
			}
			if cell, _ := h.At(13); cell != "隐藏的幻灯片!第3张幻灯片" {
				t.Errorf("place of the hidden slide = %q", cell)
			}
			meta := partText(t, d, PartMetadata)
			for _, want := range []string{"creator: 王示例", "lastModifiedBy: 李示例", "修订或者批注人: 赵示例"} {
				if !strings.Contains(meta, want) {
					t.Errorf("metadata %q lacks %q", meta, want)
				}
			}
			hasNote(t, d, NoteHidden, 1)
			hasNote(t, d, NoteComment, 1)
		})
	}
}

func TestAPresentationShowsWhatIsOnItsSlidesAndTellsWhatIsNot(t *testing.T) {
	off := `<a:xfrm><a:off x="-5000000" y="100"/><a:ext cx="4000000" cy="500"/></a:xfrm>`
	table := `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2" name="t" descr="周示例 4位成员的名单123456"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>` +
		`<a:tr><a:tc gridSpan="2"><a:txBody>` + drawnParas("姓名和住址") + `</a:txBody></a:tc><a:tc hMerge="1"><a:txBody>` + drawnParas("盖住的") + `</a:txBody></a:tc><a:tc><a:txBody>` + drawnParas("金额") + `</a:txBody></a:tc></a:tr>` +
		`<a:tr><a:tc><a:txBody>` + drawnParas("周示例") + `</a:txBody></a:tc><a:tc><a:txBody>` + drawnParas("清水村") + `</a:txBody></a:tc><a:tc><a:txBody>` + drawnParas("680") + `</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	data := slides([]slideFile{
		{shapes: box("body", "", "", "先看正文") + box("ctrTitle", "", "", "培训") + box("sldNum", "", "", "1") + box("ftr", "", "", "明镜区民政局"),
			rels: `<Relationship Id="n" Type="KIND/notesSlide" Target="../notesSlides/notesSlide1.xml"/><Relationship Id="c" Type="KIND/comments" Target="../comments/comment1.xml"/>` +
				`<Relationship Id="m" Type="http://schemas.microsoft.com/office/2018/10/relationships/comments" Target="../comments/modern1.xml"/>`},
		{shapes: `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="1" name="g"/></p:nvGrpSpPr>` + box("", "", off, "组里的字") + `</p:grpSp><p:grpSp><p:nvGrpSpPr><p:cNvPr id="1" name="g" hidden="1"/></p:nvGrpSpPr>` + box("", "", "", "藏起来的组") + `</p:grpSp>` +
			table + box("", `hidden="1"`, "", "藏起来的框") + box("", "", off, "页面以外") +
			`<mc:AlternateContent><mc:Choice Requires="a14">` + box("", "", "", "新式") + `</mc:Choice><mc:Fallback>` + box("", "", "", "旧式") + `</mc:Fallback></mc:AlternateContent>`},
		{attrs: `show="0"`, shapes: box("title", "", "", "不放映")},
		{shapes: `<p:pic><p:nvPicPr><p:cNvPr id="1" name="p"/></p:nvPicPr></p:pic>`},
	}, "ppt/notesSlides/notesSlide1.xml", `<p:notes SPACES><p:cSld><p:spTree>`+box("sldImg", "", "", "图")+box("body", "", "", "备注的话")+box("sldNum", "", "", "1")+`</p:spTree></p:cSld></p:notes>`,
		"ppt/comments/comment1.xml", `<p:cmLst SPACES><p:cm authorId="0"><p:text>旧式批注</p:text></p:cm></p:cmLst>`,
		"ppt/comments/modern1.xml", `<p:cmLst SPACES><p:cm authorId="{A}"><p:replyLst><p:reply authorId="{A}"><p:txBody>`+drawnParas("答复")+`</p:txBody></p:reply></p:replyLst><p:txBody>`+drawnParas("新式批注")+`</p:txBody></p:cm></p:cmLst>`,
		"ppt/commentAuthors.xml", `<p:cmAuthorLst SPACES><p:cmAuthor id="0" name="赵示例"/></p:cmAuthorLst>`, "ppt/authors.xml", `<p:authorLst SPACES><p:author id="{A}" name="钱示例"/></p:authorLst>`,
		"ppt/slideMasters/slideMaster1.xml", `<p:sldMaster SPACES><p:cSld><p:spTree>`+box("title", "", "", "单击此处编辑")+box("", "", "", "母版上的字")+`</p:spTree></p:cSld></p:sldMaster>`,
		"ppt/slides/slide99.xml", `<p:sld SPACES><p:cSld><p:spTree>`+box("", "", "", "没有人引用的幻灯片")+`</p:spTree></p:cSld></p:sld>`,
		"ppt/vbaProject.bin", "x", "ppt/charts/chart1.xml", `<c><v>图表里的数</v></c>`,
		"docProps/core.xml", `<c><creator>王示例</creator></c>`)
	d := mustRead(t, "a.pptm", data)
	same(t, "title", d.Title, "培训")
	same(t, "slide 1", partText(t, d, "第1张幻灯片"), "培训\n先看正文")
	same(t, "slide 2", partText(t, d, "第2张幻灯片"), "组里的字\n姓名和住址\t金额\n周示例\t清水村\t680\n新式")
	same(t, "hidden", partText(t, d, PartHidden), "备注的话\n藏起来的组\n盖住的\n藏起来的框\n页面以外\n不放映")
	same(t, "comments", partText(t, d, PartComment), "赵示例：旧式批注\n钱示例：答复\n钱示例：新式批注")
	same(t, "footer", partText(t, d, PartFooter), "明镜区民政局")
	same(t, "drawn", partText(t, d, PartDrawing), "母版上的字\n图表里的数")
	for _, want := range []string{"周示例 4位成员的名单123456", "没有人引用的幻灯片"} {
		if got := partText(t, d, PartMarkup); !strings.Contains(got, want) {
			t.Errorf("markup %q lacks %q", got, want)
		}
	}
	hasNote(t, d, NoteMacro, 1)
	hasNote(t, d, NoteNoText, 1)
	hasNote(t, d, NoteComment, 3)
	if _, ok := d.Part("第3张幻灯片"); ok {
		t.Error("the hidden slide is shown")
	}
}

func TestAnOldPresentationShowsWhatCountsAndTellsWhatWas(t *testing.T) {
	hide := rec(artProps, 1, false, "\xbf\x03\x02\x00\x02\x00")
	away := rec(artAnchor, 0, false, "\x00\x00\x00\x20\x00\x21\x00\x01")
	cell := func(left, top int, text string) string {
		return pptShapeOf(4, text, rec(0xf00f, 0, false, left, top, left+100, top+50))
	}
	table := rec(artGroup, 0, true, rec(artShape, 0, true, rec(artMoreProps, 1, false, "\x9f\x03\x01\x00\x00\x00")), cell(0, 0, "姓名"), cell(100, 0, "金额"), cell(100, 50, "680"), cell(0, 50, "周示例"))
	comment := rec(pptTags, 0, true, rec(pptBinaryTag, 0, true, rec(pptTagData, 0, false, rec(pptComment, 0, true, rec(pptString, 0, false, units("赵示例")), rec(pptString, 1, false, units("请核对"))))))
	outline := rec(pptTextHead, 0, false, 0) + rec(pptTextChars, 0, false, units("大纲里的标题")) + rec(pptTextHead, 0, false, 1) + rec(pptTextBytes, 0, false, "plain\rwords")
	ref := rec(artShape, 0, true, rec(artTextbox, 0, false, rec(pptOutlineRef, 0, false, 0)))
	data := oldSlides([]string{pptSlideOf(0, pptShapeOf(1, "删去的吴示例\r谢谢"))}, outline,
		pptSlideOf(0, ref+table+pptShapeOf(4, "*")+pptShapeOf(4, "藏着", hide)+pptShapeOf(4, "页外", away), comment),
		pptSlideOf(4, pptShapeOf(0, "不放映")), pptSlideOf(0, pptShapeOf(1, "谢谢\v各位")),
		rec(pptNotes, 0, true, rec(pptNotesAtom, 0, false, 258, 0), rec(pptDrawing, 0, true, pptShapeOf(2, "备注的话"))))
	d := mustRead(t, "a.dps", data)
	same(t, "kind", string(d.Kind), "ppt")
	same(t, "title", d.Title, "大纲里的标题")
	same(t, "slide 1", partText(t, d, "第1张幻灯片"), "大纲里的标题\n姓名\t金额\n周示例\t680\nplain\nwords")
	same(t, "slide 3", partText(t, d, "第3张幻灯片"), "谢谢\n各位")
	same(t, "hidden", partText(t, d, PartHidden), "藏着\n页外\n不放映\n备注的话")
	same(t, "comments", partText(t, d, PartComment), "赵示例：请核对")
	same(t, "former", partText(t, d, PartFormer), "删去的吴示例")
	hasNote(t, d, NoteHidden, 1)
	if d.Pages != 3 {
		t.Errorf("pages = %d, want 3", d.Pages)
	}
}

// WPS writes what Office of its time wrote, under other names; files with programs in
// them are read like those without, and say so.
func TestFilesOfWPSAndFilesWithMacrosAreKnownByWhatTheyHold(t *testing.T) {
	const macro, kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	book := rewritten(hostileBook(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`, "xl/vbaProject.bin", "x"), map[string]string{"[Content_Types].xml": strings.Replace(bookTypes, kind, macro, 1)})
	for _, tt := range []struct {
		name  string
		data  []byte
		kind  Kind
		macro bool
	}{
		{"公示.wps", testdata(t, "notice.doc"), KindDoc, false},
		{"名单.et", testdata(t, "list.xls"), KindXls, false},
		{"培训.dps", gunzipped(t, "deck.ppt.gz"), KindPpt, false},
		{"公示.docm", wordFile{body: para("正文"), more: map[string]string{"word/vbaProject.bin": "x"}}.bytes(), KindDocx, true},
		{"公示.dotx", wordFile{body: para("正文")}.bytes(), KindDocx, false},
		{"名单.xlsm", book, KindXlsx, true},
		{"培训.ppsx", slides([]slideFile{{shapes: box("", "", "", "正文")}}), KindPptx, false},
		{"培训.potm", slides([]slideFile{{shapes: box("", "", "", "正文")}}, "ppt/vbaProject.bin", "x"), KindPptx, true},
	} {
		d := mustRead(t, tt.name, tt.data)
		same(t, tt.name, string(d.Kind), string(tt.kind))
		if tt.macro {
			hasNote(t, d, NoteMacro, 1)
		}
		if d.Text() == "" {
			t.Errorf("%s: no text", tt.name)
		}
	}
}

func TestPresentationsWithoutWordsAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		data       []byte
	}{
		{"pictures only", "只有图片", slides([]slideFile{{shapes: `<p:pic/>`}})},
		{"no slides", "没有幻灯片", slides(nil)},
		{"no list of slides", "已损坏", zipped("ppt/slides/slide1.xml", "<a/>", "ppt/presentation.xml", "<p:")},
		{"a password on the old form", "密码", compound(pptStream, rec(pptDocument, 0, true), pptCurrent, rec(0x0ff6, 0, false, 20, 0xf3d1c4df-1<<32, 0, 0, 0, 0))},
		{"a password on the open form", "密码", zipped("mimetype", openDocument+"presentation", "content.xml", "x", "META-INF/manifest.xml", `<m><encryption-data/></m>`)},
	} {
		_, err := Read(context.Background(), "a", tt.data, Limits{})
		if err == nil {
			t.Errorf("%s: no refusal", tt.name)
			continue
		}
		refused(t, err, tt.want)
	}
}
