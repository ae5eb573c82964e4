package document

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongkai/internal/fault"
)

// smallLimits keep one try of the fuzzer short.
var smallLimits = Limits{MaxBytes: 1 << 20, MaxExpanded: 4 << 20, MaxText: 20_000, MaxNodes: 20_000, MaxCells: 4_000, MaxPages: 20, MaxTime: 10 * time.Second,
	CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")}

// try reads one input: it is refused with a sentence or gives a sound Doc; a
// panic inside a reader counts as a failure here although Read survives it.
func try(t *testing.T, name string, data []byte) {
	d, err := Read(context.Background(), name, data, smallLimits)
	if err != nil {
		if fault.Sentence(err) == "" || strings.Contains(err.Error(), "panicked") {
			t.Fatalf("Read = %v", err)
		}
		return
	}
	sound(t, d)
}

// sound fails unless what was read holds what is true of every Doc.
func sound(t *testing.T, d Doc) {
	checkDoc(t, d)
	checkUTF8(t, d)
	if p, _ := d.Part(PartDocument); len(p.Text) > 4<<10 {
		return // a try must be short
	}
	p := Elements(d)
	for _, g := range []Guess{p.Title, p.Issuer, p.DocNo, p.Date, p.Openness, p.Recipients, p.Effective, p.Expires} {
		if g.End < g.Start || g.Sure > 1 {
			t.Fatalf("guess %+v", g)
		}
	}
}

func checkUTF8(t *testing.T, d Doc) {
	for _, p := range d.Parts {
		if !utf8.ValidString(p.Text) {
			t.Fatalf("part %s is not UTF-8: %q", p.Name, p.Text)
		}
	}
	if !utf8.ValidString(d.HTML()) {
		t.Fatal("HTML is not UTF-8")
	}
}

func FuzzWordText(f *testing.F) {
	f.Add(para("正文")+numbered("1", "0", "甲"), level("0", "chineseCounting", "%1、"), wordStyles)
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>`+para("甲")+`</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`, "", "")
	f.Add(`<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://x/"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>链</w:t></w:r></w:p>`, "", "")
	f.Add(`<w:p><w:pPr><w:pStyle w:val="1"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t><w:br/><w:sym w:font="Symbol" w:char="F0B7"/></w:r></w:p>`, "", wordStyles)
	f.Fuzz(func(t *testing.T, body, levels, styles string) {
		number := `<w:abstractNum w:abstractNumId="0">` + levels + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
		try(t, "a.docx", wordFile{body: body, number: number, styles: styles}.bytes())
	})
}

func FuzzWordFile(f *testing.F) {
	f.Add(testdata(f, "notice.docx"))
	f.Add(wordFile{body: para("正文")}.bytes())
	f.Fuzz(func(t *testing.T, data []byte) { try(t, "a.docx", data) })
}

func FuzzWebPage(f *testing.F) {
	f.Add([]byte(`<html><head><meta charset=gbk><meta name=ArticleTitle content=题></head><body><div class=TRS_Editor><h1>题</h1><p align=center>甲<br>　　乙</p><table><tr><td rowspan=2>1<td colspan=3>2<tr><td>3</table><ol start=3><li>x<ul><li>y</ul></ol></div>`))
	f.Add([]byte(`<p style="display:none">x</p><!--注释--><img src=a alt=b><figure><img src="data:image/png;base64,AAAA"><figcaption>c</figcaption></figure><pre> a
 b</pre><sup>1</sup><hr>`))
	f.Fuzz(func(t *testing.T, data []byte) { try(t, "a.html", append([]byte("<html>"), data...)) })
}

func FuzzPlainText(f *testing.F) {
	for _, p := range papers {
		f.Add([]byte(p.text))
	}
	f.Add([]byte("# 题\n\n- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
	f.Add([]byte("# 题\n\n|---|\n|---|\n| 1 |\n"))
	f.Add([]byte("\xff\xfea\x00b\x00"))
	f.Fuzz(func(t *testing.T, data []byte) { try(t, "a.md", data); try(t, "a.txt", data) })
}

func FuzzClean(f *testing.F) {
	f.Add(`<p class=MsoNormal style="text-align:center"><b>甲</b><o:p></o:p><a href="javascript:x">y</a></p><table><tr><td colspan=2>1`)
	f.Add(`<svg><style><img src=x onerror=alert(1)></style></svg><math><mi><table><mglyph><style>`)
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		lower := strings.ToLower(got)
		for _, bad := range []string{"<script", "<style", "<iframe", "<svg", "javascript:", "<!--"} {
			if strings.Contains(strings.ReplaceAll(lower, "&lt;", "‹"), bad) && bad != "javascript:" || strings.Contains(lower, `href="`+bad) {
				t.Fatalf("Clean(%q) = %q holds %s", s, got, bad)
			}
		}
		if again := Clean(got); again != got {
			t.Fatalf("cleaning again changes it:\n in %q\n 1st %q\n 2nd %q", s, got, again)
		}
		if !utf8.ValidString(got) || !utf8.ValidString(Text(got)) {
			t.Fatalf("Clean(%q) is not UTF-8", s)
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add(`<p>甲乙丙</p><table><tr><td>1</td></tr></table>`, `<p>甲丁丙</p><table><tr><td rowspan=2>1</td><td>2</td></tr></table>`)
	f.Add(`<ul><li>甲<ul><li>乙</li></ul></li></ul><h2>x</h2>`, `<ol><li>甲</li></ol><p><strong>x</strong><br>y</p>`)
	f.Fuzz(func(t *testing.T, a, b string) { checkComparison(t, a, b) })
}

func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1"><v>1</v></c><c r="C1" t="inlineStr"><is><t>甲</t></is></c></row><row r="3" hidden="1"><c r="B3"><v>2</v></c></row>`, `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`, `<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`)
	f.Fuzz(func(t *testing.T, rows, after string) {
		const space = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		try(t, "a.xlsx", zipped(
			"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
			"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
			"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/workbook.xml", `<workbook `+space+` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="hidden" sheetId="1" r:id="s1"/></sheets></workbook>`,
			"xl/worksheets/sheet1.xml", `<worksheet `+space+`><sheetData>`+rows+`</sheetData>`+after+`</worksheet>`))
	})
}

func FuzzOFD(f *testing.F) {
	f.Add(`<TextObject Boundary="10 10 50 5" Size="4"><TextCode X="0" Y="4">甲乙</TextCode></TextObject>`, "Doc_0/Document.xml", "Content.xml")
	f.Add(`<Layer DrawParam="1"><PageBlock><TextObject Boundary="10 10 50 5" Size="4" CTM="1 0 0 1 2 3" Alpha="0"><FillColor Value="255 255 255"/><CGTransform CodePosition="0" CodeCount="1"/><TextCode X="0" Y="4" DeltaX="g 2 4 3" DeltaY="1 2">甲乙丙丁</TextCode></TextObject></PageBlock></Layer>`, "Doc_0/Document.xml", "Content.xml")
	f.Add(`<Layer><TextObject Boundary="20 20 60 5" Size="5"><TextCode X="0" Y="4" DeltaX="5 5">关于甲</TextCode></TextObject><TextObject Boundary="80 20 60 5" Size="5"><TextCode>的通知</TextCode></TextObject><PathObject Boundary="0 0 1 1"/><ImageObject/></Layer>`+
		strings.Repeat(`<TextObject Boundary="20 40 60 5" Size="3"><TextCode X="0" Y="4">一\t二 三</TextCode></TextObject>`, 3), "Doc_0/Document.xml", "Content.xml")
	f.Add(`<TextObject Boundary="NaN -1e9 1e9 Inf" Size="-4" CTM="0 0 0 0 0 0"><TextCode X="1e300" Y="" DeltaX="g g g">x</TextCode><TextCode>y</TextCode></TextObject>`, "Doc_0/Document.xml", "Content.xml")
	f.Add(`<Layer Visible="false"><TextObject Boundary="1 1 1 1"><TextCode>x</TextCode></TextObject></Layer>`, "/Doc_0/Document.xml", "../Doc_0/Content.xml")
	f.Fuzz(func(t *testing.T, page, root, loc string) {
		try(t, "a.ofd", zipped("OFD.xml", `<OFD><DocBody><DocRoot>`+root+`</DocRoot></DocBody></OFD>`,
			"Doc_0/Document.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages><Page BaseLoc="`+loc+`"/></Pages></Document>`,
			"Doc_0/Content.xml", `<Page><Content>`+page+`</Content></Page>`))
	})
}

func FuzzPDF(f *testing.F) {
	f.Add(pdf(show(72, 700, 0, "words") + show(72, 686, 3, "hidden")))
	f.Add(pdf("%note\n1 0 0 1 0 0 cm\n"+show(72, 700, 0, "a"), "0 0 m 9 9 l S"))
	f.Fuzz(func(t *testing.T, data []byte) { try(t, "a.pdf", append([]byte("%PDF-1.4\n"), data...)) })
}

func FuzzPDFPage(f *testing.F) {
	f.Add(show(72, 700, 0, "words")+show(72, 686, 3, "hidden"), show(400, 100, 0, "b"))
	f.Add("q 1 0 0 1 10 10 cm BT /F1 12 Tf 1 0 0 1 0 0 Tm [(a) -5000 (b)] TJ T* (c) ' ET Q", "")
	f.Fuzz(func(t *testing.T, a, b string) { try(t, "a.pdf", pdf(a, b)) })
}
