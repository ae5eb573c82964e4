package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const wordStyles = `<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="my"><w:name w:val="我的小标题"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="w3"><w:name w:val="标题 3"/></w:style>
<w:style w:type="paragraph" w:styleId="ol"><w:name w:val="大纲"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>`

// shape lists kind, level and text of the blocks, which is what most tests ask.
func shape(bs []Block) []string {
	var out []string
	for _, b := range bs {
		s := string(b.Kind)
		if b.Kind == Heading {
			s += string(rune('0' + b.Level))
		}
		out = append(out, s+" "+plain([]Block{b}))
	}
	return out
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestHeadingsAreKnownByStyleNameOutlineAndInheritance(t *testing.T) {
	d := mustRead(t, "a.docx", wordFile{styles: wordStyles, body: styled("t", "关于示例工作的通知") + styled("1", "总体要求") + para("正文。") +
		styled("2", "分工") + styled("my", "自定义样式") + styled("w3", "三级") + styled("ol", "按大纲级别") +
		`<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>直接设置</w:t></w:r></w:p>`}.bytes())
	same(t, "blocks", shape(d.Blocks), []string{"heading0 关于示例工作的通知", "heading1 总体要求", "paragraph 正文。",
		"heading2 分工", "heading2 自定义样式", "heading3 三级", "heading2 按大纲级别", "heading1 直接设置"})
	same(t, "title", d.Title, "关于示例工作的通知")
	if h := d.HTML(); strings.Contains(h, "<h1") || strings.Contains(h, "关于示例工作") || !strings.HasPrefix(h, "<h2>总体要求</h2>") {
		t.Errorf("HTML() = %s, want headings from h2 and the title left to the page", h)
	}
}

func TestAStyleThatPutsWholeParagraphsInTheOutlineDoesNotMakeThemHeadings(t *testing.T) {
	long := strings.Repeat("这是被误设为标题样式的正文。", 20)
	d := mustRead(t, "a.docx", wordFile{styles: wordStyles, body: styled("1", long)}.bytes())
	if d.Blocks[0].Kind != Paragraph {
		t.Errorf("kind = %s, want paragraph", d.Blocks[0].Kind)
	}
}

func TestOfficialNumbersMakeHeadingsOnlyWhereTheLooksSayso(t *testing.T) {
	bold := func(s string) string { return `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>` + s + `</w:t></w:r></w:p>` }
	hei := func(s string) string {
		return `<w:p><w:r><w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr><w:t>` + s + `</w:t></w:r></w:p>`
	}
	d := mustRead(t, "a.docx", wordFile{body: bold("一、加强领导") + para("一、普通段落") + hei("（二）压实责任") + bold("（三）按照要求抓好落实，明确任务，压实责任，确保完成。各单位要加强协作配合。")}.bytes())
	same(t, "blocks", shape(d.Blocks), []string{"heading1 一、加强领导", "paragraph 一、普通段落", "heading2 （二）压实责任", "paragraph （三）按照要求抓好落实，明确任务，压实责任，确保完成。各单位要加强协作配合。"})
}

func numbered(id, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func level(i, format, text string) string {
	return `<w:lvl w:ilvl="` + i + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
}

func TestNumbersAreCountedAndPrintedAsWordDoes(t *testing.T) {
	number := `<w:abstractNum w:abstractNumId="0">` + level("0", "chineseCountingThousand", "%1、") + level("1", "japaneseCounting", "（%2）") + level("2", "decimal", "%3.") + `</w:abstractNum>
		<w:abstractNum w:abstractNumId="5">` + level("0", "chineseCounting", "第%1条") + strings.Replace(level("1", "decimal", "%1.%2"), "<w:start", "<w:isLgl/><w:start", 1) + `</w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>
		<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="21"/></w:lvlOverride></w:num>`
	d := mustRead(t, "a.docx", wordFile{number: number, body: numbered("1", "0", "甲") + numbered("1", "1", "乙") + numbered("1", "1", "丙") + numbered("1", "0", "丁") +
		numbered("1", "1", "戊") + numbered("2", "0", "总则") + numbered("2", "1", "细目") + numbered("2", "0", "分则") + numbered("3", "0", "附则") + numbered("2", "0", "末条")}.bytes())
	same(t, "blocks", shape(d.Blocks), []string{"paragraph 一、甲", "paragraph （一）乙", "paragraph （二）丙", "paragraph 二、丁", "paragraph （一）戊",
		"paragraph 第一条总则", "paragraph 1.1细目", "paragraph 第二条分则", "paragraph 第二十一条附则", "paragraph 第二十二条末条"})
}

func TestBulletsAndPlainNumbersBecomeNestedLists(t *testing.T) {
	number := `<w:abstractNum w:abstractNumId="0">` + level("0", "decimal", "%1.") + level("1", "bullet", "·") + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
	d := mustRead(t, "a.docx", wordFile{number: number, body: numbered("1", "0", "发布") + numbered("1", "1", "图解") + numbered("1", "1", "问答") + numbered("1", "0", "回应") + para("段落") + numbered("1", "0", "续号")}.bytes())
	want := "<ol>\n<li>发布<ul>\n<li>图解</li>\n<li>问答</li>\n</ul>\n</li>\n<li>回应</li>\n</ol>\n<p>段落</p>\n<ol start=\"3\">\n<li>续号</li>\n</ol>\n"
	same(t, "HTML", d.HTML(), want)
	same(t, "text", partText(t, d, PartDocument), "1. 发布\n• 图解\n• 问答\n2. 回应\n段落\n3. 续号")
}

func TestMergedCellsBecomeSpans(t *testing.T) {
	cell := func(props, text string) string {
		return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + para(text) + `</w:tc>`
	}
	const restart, follow = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	body := `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>` + cell(restart, "单位") + cell(`<w:gridSpan w:val="2"/>`, "件数") + `</w:tr>` +
		`<w:tr><w:trPr><w:tblHeader/></w:trPr>` + cell(follow, "") + cell("", "新收") + cell("", "办结") + `</w:tr>` +
		`<w:tr>` + cell(restart, "区民政局") + cell("", "3") + cell("", "2") + `</w:tr>` +
		`<w:tr>` + cell(follow, "") + cell("", "5") + cell("", "4") + `</w:tr></w:tbl>`
	d := mustRead(t, "a.docx", wordFile{body: body}.bytes())
	want := `<table><thead><tr><th rowspan="2" scope="col">单位</th><th colspan="2" scope="colgroup">件数</th></tr><tr><th scope="col">新收</th><th scope="col">办结</th></tr></thead>` +
		`<tbody><tr><th rowspan="2" scope="rowgroup">区民政局</th><td>3</td><td>2</td></tr><tr><td>5</td><td>4</td></tr></tbody></table>`
	same(t, "HTML", strings.ReplaceAll(d.HTML(), "\n", ""), want)
	p, _ := d.Part(PartDocument)
	at := runeIndex(p.Text, "办结")
	if cell, _ := p.At(at); cell != "表1!C2" {
		t.Errorf("At(%d) = %q, want 表1!C2", at, cell)
	}
}

func TestATableInsideATableStaysInItsCell(t *testing.T) {
	inner := `<w:tbl><w:tr><w:tc>` + para("内一") + `</w:tc><w:tc>` + para("内二") + `</w:tc></w:tr></w:tbl>`
	d := mustRead(t, "a.docx", wordFile{body: `<w:tbl><w:tr><w:tc>` + para("外") + inner + para("") + `</w:tc><w:tc>` + para("右") + `</w:tc></w:tr></w:tbl>`}.bytes())
	cells := d.Blocks[0].Table.Rows[0].Cells
	if len(cells) != 2 || len(cells[0].Blocks) != 2 || cells[0].Blocks[1].Kind != Grid {
		t.Fatalf("cells = %+v, want a table as second block of the first cell", cells)
	}
	same(t, "text", partText(t, d, PartDocument), "外\n内一\t内二\t右")
}

func TestTrackedChangesAreReadAsAcceptedAndReported(t *testing.T) {
	body := `<w:p><w:r><w:t>办理期限为</w:t></w:r><w:del w:id="1" w:author="某甲"><w:r><w:delText>十五</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>二十</w:t></w:r></w:ins><w:r><w:t>个工作日。</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:trPr><w:del w:id="3"/></w:trPr><w:tc>` + para("删去的行") + `</w:tc></w:tr><w:tr><w:tc>` + para("留下的行") + `</w:tc><w:tc>` + para("右") + `</w:tc></w:tr></w:tbl>`
	d := mustRead(t, "a.docx", wordFile{body: body}.bytes())
	same(t, "text", partText(t, d, PartDocument), "办理期限为二十个工作日。\n留下的行\t右")
	same(t, "deleted", partText(t, d, PartDeleted), "十五\n删去的行")
	hasNote(t, d, NoteTracked, 2)
}

func TestHiddenTextCommentsHeadersAndPropertiesAreParts(t *testing.T) {
	body := `<w:p><w:r><w:t>公开的话</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>不想让人看见</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>`
	d := mustRead(t, "a.docx", wordFile{body: body,
		rels: `<Relationship Id="h" Type="KIND/header" Target="header1.xml"/><Relationship Id="c" Type="KIND/comments" Target="comments.xml"/>`,
		more: map[string]string{
			"word/header1.xml":  `<w:hdr SPACES>` + para("内部资料 注意保存") + `</w:hdr>`,
			"word/comments.xml": `<w:comments SPACES><w:comment w:id="0" w:author="审核员">` + para("这里再核一下") + `</w:comment></w:comments>`,
			"docProps/core.xml": `<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>拟稿人</dc:creator></cp>`,
			"docProps/app.xml":  `<Properties><Pages>3</Pages></Properties>`,
		}}.bytes())
	same(t, "parts", partNames(d), []string{PartDocument, PartHeader, PartComment, PartHidden, PartMetadata})
	same(t, "text", partText(t, d, PartDocument), "公开的话")
	same(t, "hidden", partText(t, d, PartHidden), "不想让人看见")
	same(t, "comment", partText(t, d, PartComment), "审核员：这里再核一下")
	same(t, "header", partText(t, d, PartHeader), "内部资料 注意保存")
	same(t, "metadata", partText(t, d, PartMetadata), "creator: 拟稿人\nPages: 3\n修订或者批注人: 审核员")
	hasNote(t, d, NoteHidden, 1)
	hasNote(t, d, NoteComment, 1)
	if d.Pages != 3 {
		t.Errorf("pages = %d, want 3", d.Pages)
	}
	if strings.Contains(d.HTML(), "不想让人看见") {
		t.Error("the page shows hidden text")
	}
}

func TestFootnotesAreNumberedInTheOrderOfTheirMarks(t *testing.T) {
	mark := func(kind, id string) string { return `<w:r><w:` + kind + `Reference w:id="` + id + `"/></w:r>` }
	d := mustRead(t, "a.docx", wordFile{body: `<w:p><w:r><w:t>甲</w:t></w:r>` + mark("footnote", "7") + `<w:r><w:t>乙</w:t></w:r>` + mark("endnote", "2") + `<w:r><w:t>丙</w:t></w:r>` + mark("footnote", "3") + `</w:p>`,
		rels: `<Relationship Id="f" Type="KIND/footnotes" Target="footnotes.xml"/><Relationship Id="e" Type="KIND/endnotes" Target="endnotes.xml"/>`,
		more: map[string]string{
			"word/footnotes.xml": `<w:footnotes SPACES><w:footnote w:type="separator" w:id="-1">` + para("横线") + `</w:footnote><w:footnote w:id="3">` + para("第三条注") + `</w:footnote><w:footnote w:id="7">` + para("第一条注") + `</w:footnote></w:footnotes>`,
			"word/endnotes.xml":  `<w:endnotes SPACES><w:endnote w:id="2">` + para("尾注") + `</w:endnote></w:endnotes>`,
		}}.bytes())
	same(t, "footnotes", partText(t, d, PartFootnote), "第一条注\n尾注\n第三条注")
	want := `<p>甲<sup><a href="#fn-1" id="fnref-1">[1]</a></sup>乙<sup><a href="#fn-2" id="fnref-2">[2]</a></sup>丙<sup><a href="#fn-3" id="fnref-3">[3]</a></sup></p>` +
		`<section class="footnotes"><h2>注释</h2><ol><li id="fn-1">第一条注 <a href="#fnref-1">返回正文</a></li><li id="fn-2">尾注 <a href="#fnref-2">返回正文</a></li><li id="fn-3">第三条注 <a href="#fnref-3">返回正文</a></li></ol></section>`
	same(t, "HTML", strings.ReplaceAll(d.HTML(), "\n", ""), want)
}

func TestPicturesKeepTheirWordsAndStandOnce(t *testing.T) {
	drawing := func(alt, id string) string {
		return `<w:drawing><wp:inline><wp:docPr id="1" name="图片" descr="` + alt + `"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="` + id + `"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
	}
	run := func(s string) string { return `<w:r>` + s + `</w:r>` }
	d := mustRead(t, "a.docx", wordFile{
		body: `<w:p>` + run(drawing("办事流程图", "p1")) + `</w:p><w:p>` + run(`<w:t>见右图</w:t>`) + run(drawing("同一张图", "p1")) + `</w:p><w:p>` + run(drawing("组织架构", "p2")) + `</w:p>`,
		rels: `<Relationship Id="p1" Type="KIND/image" Target="media/image1.png"/><Relationship Id="p2" Type="KIND/image" Target="media/image2.emf"/>`,
		more: map[string]string{"word/media/image1.png": string(dot(7)), "word/media/image2.emf": "\x01\x00\x00\x00 EMF"}}.bytes())
	if len(d.Images) != 1 || d.Images[0].Kind != KindPNG || d.Images[0].Name != "image1.png" || len(d.Images[0].Digest) != 64 {
		t.Fatalf("images = %+v, want one picture image1.png", d.Images)
	}
	src := "/files/" + d.Images[0].Digest + "/image1.png"
	want := `<figure><img src="` + src + `" alt="办事流程图"></figure><p>见右图<img src="` + src + `" alt="同一张图"></p><p>组织架构</p>`
	same(t, "HTML", strings.ReplaceAll(d.HTML(), "\n", ""), want)
	hasNote(t, d, NotePicture, 1)
}

func TestATextBoxIsReadOnceAndFollowsItsParagraph(t *testing.T) {
	box := `<w:txbxContent>` + para("框里的字") + `</w:txbxContent>`
	body := `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="文本框"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>` + box +
		`</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + box + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框外的字</w:t></w:r></w:p>`
	d := mustRead(t, "a.docx", wordFile{body: body}.bytes())
	same(t, "blocks", shape(d.Blocks), []string{"paragraph 框外的字", "paragraph 框里的字"})
}

func TestLinksSymbolsTabsAndFields(t *testing.T) {
	field := func(instr, result string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instr + `</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>` + result + `</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	d := mustRead(t, "a.docx", wordFile{
		body: `<w:p><w:hyperlink r:id="l1"><w:r><w:t>公开专栏</w:t></w:r></w:hyperlink><w:hyperlink r:id="l2"><w:r><w:t>脚本</w:t></w:r></w:hyperlink>` + field(` HYPERLINK "https://b.example.gov.cn/" `, "域链接") + field(" PAGE ", "4") +
			field(` INCLUDETEXT "http://evil.example/x" `, "外文") + `<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:tab/><w:noBreakHyphen/><w:br/><w:t xml:space="preserve"> 末 </w:t></w:r></w:p>`,
		rels: `<Relationship Id="l1" Type="KIND/hyperlink" Target="https://a.example.gov.cn/x?y=1&amp;z=2" TargetMode="External"/><Relationship Id="l2" Type="KIND/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>`,
	}.bytes())
	want := `<p><a href="https://a.example.gov.cn/x?y=1&amp;z=2">公开专栏</a>脚本<a href="https://b.example.gov.cn/">域链接</a>4外文☑ -<br> 末</p>` + "\n"
	same(t, "HTML", d.HTML(), want)
	hasNote(t, d, NoteExternal, 1)
}

func TestMacrosEmbeddedFilesAndExternalContentAreReported(t *testing.T) {
	d := mustRead(t, "a.docx", wordFile{body: para("正文"),
		rels: `<Relationship Id="x" Type="KIND/image" Target="http://tracker.example/a.png" TargetMode="External"/><Relationship Id="y" Type="KIND/attachedTemplate" Target="file://server/t.dotm" TargetMode="External"/>`,
		more: map[string]string{"word/vbaProject.bin": "x", "word/embeddings/oleObject1.bin": "x"}}.bytes())
	hasNote(t, d, NoteMacro, 1)
	hasNote(t, d, NoteEmbedded, 1)
	hasNote(t, d, NoteExternal, 2)
}

func TestAFileFromLibreOfficeReadsLikeItsPage(t *testing.T) {
	d := mustRead(t, "notice.docx", testdata(t, "notice.docx"))
	same(t, "title", d.Title, "示例市明镜区人民政府办公室关于印发2026年政务公开工作要点的通知")
	var table *Table
	for _, b := range d.Blocks {
		if b.Kind == Grid {
			table = b.Table
		}
	}
	if table == nil || len(table.Rows) != 5 || table.Rows[0].Cells[1].ColSpan != 2 || table.Rows[3].Cells[1].RowSpan != 2 || table.Rows[0].Cells[0].RowSpan != 2 {
		t.Fatalf("table = %+v, want 5 rows with merged cells", table)
	}
	h := d.HTML()
	for _, want := range []string{"<h2>一、总体要求</h2>", "H<sub>2</sub>O", "<ol>\n<li>及时发布</li>", "<li>准确解读<ul>\n<li>图解</li>", `<a href="https://www.example.gov.cn/zwgk">公开专栏</a>`, `<p class="al-right">2026年1月5日</p>`, "<strong>重点任务</strong>"} {
		if !strings.Contains(h, want) {
			t.Errorf("HTML lacks %s:\n%s", want, h)
		}
	}
}
